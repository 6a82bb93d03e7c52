import type { Amount, Money } from '../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../amount/amount.ts'
import { mulDiv, shareOf, unitPrice, valueAt } from '../amount/arithmetic.ts'
import { dateOfDay, dayOfDate } from '../events/civil-date.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { Basis } from './basis.ts'
import { inForce } from './in-force.ts'
import type { Law } from './law.ts'
import type { OpenPointDraft } from './open-point.ts'
import type { RulePack, StepUp } from './pack.ts'
import { positionOf } from './positions.ts'
import type { Recorder } from './recorder.ts'
import type { HeldValue } from './result.ts'
import type { HeldSum } from './year-slice.ts'
import { addNamed } from './year-slice.ts'

/** What snapshots say that was held of an asset on a day. */
export interface Stated {
  readonly amount: Amount
  readonly value: Money | null
}

/** Does the country ask what is held at the turn of each year. */
export const asksForClosing = (pack: RulePack): boolean =>
  pack.year.rule === 'table' && (pack.year.wealth !== undefined || pack.year.form.list?.kind === 'yearly-average')

/** What snapshots state, by asset and day, those of several accounts added up. */
export function statedHoldings(
  snapshots: readonly LedgerEvent[],
  dayAt: (time: LedgerEvent['time']) => number,
): ReadonlyMap<AssetId, ReadonlyMap<number, Stated>> {
  const stated = new Map<AssetId, Map<number, Stated>>()
  for (const event of snapshots) {
    const day = dayAt(event.time)
    for (const leg of event.legs) {
      if (leg.role !== 'info') continue
      const days = stated.get(leg.asset) ?? new Map<number, Stated>()
      const known = days.get(day)
      const unvalued = leg.value === undefined || known?.value === null
      days.set(day, {
        amount: ((known?.amount ?? 0n) + leg.amount) as Amount,
        value: unvalued ? null : (((known?.value ?? 0n) + (leg.value ?? 0n)) as Money),
      })
      stated.set(leg.asset, days)
    }
  }
  return stated
}

/** What units of an asset were worth on a day: by a snapshot of that day, else by its price; null where neither is known. */
function worthOn(law: Law, asset: AssetId, amount: Amount, day: number): Money | null {
  const stated = law.stated.get(asset)?.get(day)
  if (stated !== undefined && stated.value !== null && stated.amount > 0n) {
    if (stated.amount === amount) return stated.value
    return valueAt(amount, unitPrice(stated.value, stated.amount))
  }
  const price = law.prices.priceAt(asset, law.clock.startOfDay(dateOfDay(day)), day)
  return price === null ? null : valueAt(amount, price)
}

/** All units of each asset that are held, over all accounts. */
export function heldSums(basis: Basis): HeldSum[] {
  const sums = new Map<AssetId, { amount: bigint; cost: bigint }>()
  for (const { asset, amount, cost } of [...basis.heldLots(), ...basis.pools()]) {
    const sum = sums.get(asset) ?? { amount: 0n, cost: 0n }
    sum.amount += amount
    sum.cost += cost
    sums.set(asset, sum)
  }
  return [...sums]
    .filter(([, { amount }]) => amount > 0n)
    .map(([asset, { amount, cost }]) => ({ asset, amount: amount as Amount, cost: cost as Money }))
}

/** Gives what is held on the first day of a tax year its market value as cost, where the law says so for that day. */
export function stepUpCosts(law: Law, basis: Basis, record: Recorder, before: number, year: number): void {
  if (before === Number.MIN_SAFE_INTEGER || basis.revalue === undefined) return
  for (const row of law.pack.stepUps ?? []) {
    if (law.yearOf(dayOfDate(row.from)) !== year) continue
    for (const { asset, amount } of heldSums(basis)) stepUpAsset(law, basis, record, row, asset, amount)
  }
}

function stepUpAsset(law: Law, basis: Basis, record: Recorder, row: StepUp, asset: AssetId, held: Amount): void {
  const { chosen } = row
  const from = dayOfDate(row.from)
  if (chosen !== undefined && positionOf(law.profile, law.pack, chosen.position, { asset }, from) !== chosen.choice)
    return
  const day = dayOfDate(row.valuedAt)
  const worth = worthOn(law, asset, held, day)
  if (worth === null) {
    record.open({ code: 'step-up-value-missing', asset, amount: held, event: null, detail: row.valuedAt })
    return
  }
  if (chosen !== undefined)
    addNamed(record.slice, 'step-up-tax', mulDiv(worth, chosen.substituteTax, ONE_MONEY) as Money)
  const until = row.acquiredTo === undefined ? null : dayOfDate(row.acquiredTo)
  basis.revalue?.(asset, (amount, cost, acquired) => {
    if (until !== null && acquired !== null && acquired > until) return cost
    const value = shareOf(worth, amount, held)
    if (row.cost === 'higher' && value < cost) return cost
    return value < ZERO_MONEY ? ZERO_MONEY : value
  })
}

/** The day whose holdings a tax year's table asks for; null where it asks for none. */
function wealthDay(law: Law, year: number): { readonly day: number; readonly at: 'start' | 'end' } | null {
  if (law.pack.year.rule !== 'table') return null
  const rule = inForce(law.pack.year.wealth ?? [], law.yearStart(year))
  if (rule === null) return null
  return rule.at === 'start'
    ? { day: law.yearStart(year), at: 'start' }
    : { day: law.yearStart(year + 1) - 1, at: 'end' }
}

/** Tax years on whose day a snapshot states holdings. */
export function statedYears(law: Law): readonly number[] {
  const years = new Set<number>()
  for (const days of law.stated.values()) {
    for (const day of days.keys()) {
      const year = law.yearOf(day)
      if (wealthDay(law, year)?.day === day) years.add(year)
    }
  }
  return [...years]
}

/** Holdings of the day of a tax year: as snapshots state them, else as the books have them, at the day's price. */
export function wealthOf(
  law: Law,
  closings: ReadonlyMap<number, ReadonlyMap<AssetId, HeldSum>>,
  year: number,
): { readonly wealth: readonly HeldValue[]; readonly open: readonly OpenPointDraft[] } {
  const asked = wealthDay(law, year)
  if (asked === null) return { wealth: [], open: [] }
  const held = closings.get(asked.at === 'start' ? year - 1 : year) ?? new Map<AssetId, HeldSum>()
  const stated = new Map<AssetId, Stated>()
  for (const [asset, days] of law.stated) {
    const there = days.get(asked.day)
    if (there !== undefined) stated.set(asset, there)
  }
  const wealth: HeldValue[] = []
  const open: OpenPointDraft[] = []
  for (const asset of [...new Set([...held.keys(), ...stated.keys()])].sort()) {
    const books = held.get(asset)
    const own = stated.get(asset)
    const amount = own?.amount ?? books?.amount
    if (amount === undefined || amount === 0n || law.fiat.has(asset)) continue
    const value = worthOn(law, asset, amount, asked.day)
    wealth.push({ asset, amount, cost: books?.cost ?? ZERO_MONEY, value, stated: own !== undefined })
    if (value === null)
      open.push({ code: 'holding-unpriced', asset, amount, effect: { low: null, high: null }, event: null })
    if (own !== undefined && books !== undefined && books.amount !== own.amount)
      open.push({ code: 'snapshot-differs', asset, amount: books.amount, event: null })
  }
  return { wealth, open }
}
