import type { Amount, Money } from '../../amount/amount.ts'
import { shareOf } from '../../amount/arithmetic.ts'
import { divideHalfEven } from '../../amount/decimal.ts'
import type { AssetId, EventId } from '../../events/identifiers.ts'
import { least } from '../least.ts'

/** All of one asset that was acquired on one day: one acquisition. What matches take is subtracted. */
export interface DayAcquired {
  amount: bigint
  cost: bigint
}

export interface Match {
  readonly rule: 'same-day' | '30-day' | 'later-acquisition'
  /** Day of the acquisition. */
  readonly day: number
  readonly amount: Amount
  readonly cost: Money
}

/** All of one asset that was disposed of on one day: one disposal. */
export interface DayDisposed {
  left: bigint
  readonly matches: Match[]
}

/** The days of one asset, ascending, on which something was acquired or disposed of. */
export interface AssetDay {
  readonly day: number
  readonly acquired: DayAcquired
  readonly disposed: DayDisposed | null
}

/** Days after a disposal on which an acquisition is matched with it. */
export const WINDOW = 30

/**
 * Matches disposals with acquisitions of the same day, for all days first; then with those of the 30 days after, earlier
 * disposals first, earliest acquisition first. Acquisitions serve the disposals of their own day before any other.
 * Disposals after the day `until` wait for the rest of their 30 days; matching what was matched before changes nothing.
 * Authority: TCGA 1992 ss. 105, 106A(5); HMRC Cryptoassets Manual CRYPTO22250 to 22255.
 */
export function matchShares(days: readonly AssetDay[], until: number): void {
  matchSameDay(days)
  for (let i = 0; i < days.length; i++) {
    const { day, disposed } = days[i] as AssetDay
    if (day > until) break
    if (disposed === null || disposed.left === 0n) continue
    for (let j = i + 1; j < days.length; j++) {
      const later = days[j] as AssetDay
      if (later.day > day + WINDOW || disposed.left === 0n) break
      matchWith(disposed, later.acquired, '30-day', later.day)
    }
  }
}

function matchSameDay(days: readonly AssetDay[]): void {
  for (const { day, acquired, disposed } of days) {
    if (disposed !== null) matchWith(disposed, acquired, 'same-day', day)
  }
}

/** A split, or a new name: units that are the same tokens in another number, from one day on. */
export interface Renumbering {
  readonly event: EventId
  readonly day: number
  readonly from: AssetId
  readonly to: AssetId
  /** So many units of `from` became `arrived` of `to`. */
  readonly given: bigint
  readonly arrived: bigint
  /** Units of `from` disposed of before and matched with acquisitions after: they are in the pool that is renumbered. */
  owed: bigint
}

interface Later {
  readonly day: number
  readonly acquired: DayAcquired
  /** The renumberings in between, in their order. */
  readonly path: readonly Renumbering[]
}

/**
 * The same matching for assets that were renumbered into one another: tokens bought back under their new number within
 * the 30 days match those sold under the old one. `renumberings` are in the order of their events.
 * Authority: TCGA 1992 ss. 106A(5), 127: the new holding is the old one.
 */
export function matchRenumbered(
  timelines: ReadonlyMap<AssetId, readonly AssetDay[]>,
  renumberings: readonly Renumbering[],
  until: number,
): void {
  for (const days of timelines.values()) matchSameDay(days)
  const disposals = [...timelines]
    .flatMap(([asset, days]) => days.map(({ day, disposed }) => ({ asset, day, disposed })))
    .filter(({ day }) => day <= until)
    .sort((a, b) => a.day - b.day)
  for (const { asset, day, disposed } of disposals) {
    if (disposed === null || disposed.left === 0n) continue
    const later = laterAcquisitions(timelines, renumberings, asset, day).sort((a, b) => a.day - b.day)
    for (const { day: bought, acquired, path } of later) {
      let units = matchWith(disposed, acquired, '30-day', bought, path) as bigint
      for (const renumbering of path) {
        renumbering.owed += units
        units = divideHalfEven(units * renumbering.arrived, renumbering.given)
      }
    }
  }
}

function laterAcquisitions(
  timelines: ReadonlyMap<AssetId, readonly AssetDay[]>,
  renumberings: readonly Renumbering[],
  asset: AssetId,
  disposed: number,
): Later[] {
  const found: Later[] = []
  const follow = (name: AssetId, from: number, next: number, path: readonly Renumbering[]): void => {
    const split = renumberings.findIndex(
      (one, index) => index >= next && one.from === name && one.to === name && one.day >= from,
    )
    const until = Math.min(disposed + WINDOW, renumberings[split]?.day ?? disposed + WINDOW)
    for (const { day, acquired } of timelines.get(name) ?? []) {
      if (day > disposed && day >= from && day <= until) found.push({ day, acquired, path })
    }
    renumberings.forEach((one, index) => {
      if (index < next || one.from !== name || one.day < from || one.day > until) return
      follow(one.to, one.to === name ? one.day + 1 : one.day, index + 1, [...path, one])
    })
  }
  follow(asset, disposed, 0, [])
  return found
}

/**
 * Matches what the pool could not cover with an acquisition of a later day that nothing nearer took; the earliest first
 * is for the caller to see to. Authority: TCGA 1992 s.105(2).
 */
export function matchLater(shortage: DayDisposed, later: AssetDay): void {
  matchWith(shortage, later.acquired, 'later-acquisition', later.day)
}

/** Matches what is left with what was acquired, counted across `path`; gives the units of the disposal that it matched. */
function matchWith(
  disposed: DayDisposed,
  acquired: DayAcquired,
  rule: Match['rule'],
  day: number,
  path: readonly Renumbering[] = [],
): bigint {
  const wanted = path.reduce((units, { given, arrived }) => divideHalfEven(units * arrived, given), disposed.left)
  const taken = least(acquired.amount, wanted)
  if (taken <= 0n) return 0n
  const amount =
    taken === wanted
      ? disposed.left
      : path.reduceRight((units, { given, arrived }) => divideHalfEven(units * given, arrived), taken as bigint)
  const cost = shareOf(acquired.cost, taken, acquired.amount)
  acquired.amount -= taken
  acquired.cost -= cost
  disposed.left -= amount
  disposed.matches.push({ rule, day, amount: amount as Amount, cost: cost as Money })
  return amount
}
