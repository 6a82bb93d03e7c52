import type { Money } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import { directionOf } from '../events/leg-direction.ts'
import type { Law } from './law.ts'
import { least } from './least.ts'
import { ONE_SIDED } from './one-sided-kinds.ts'
import type { Treatment } from './pack.ts'
import type { Recorder } from './recorder.ts'

/** One asset: its acquisitions in order, and its units at the end of each day on which they changed, over all accounts. */
interface Line {
  readonly days: number[]
  readonly positions: number[]
  readonly accounts: AccountId[]
  /** Units of each acquisition that have served no loss yet. */
  readonly left: bigint[]
  /** Denied losses that join the cost when the acquisition comes. */
  readonly added: Map<number, bigint>
  /** Acquisitions before it are too old or used up. */
  head: number
  /** The first acquisition that has not come yet. */
  next: number
  opening: bigint
  readonly balanceDays: number[]
  readonly balances: bigint[]
  balanceAt: number
}

interface LineSnapshot {
  readonly opening: bigint
  readonly past: readonly { readonly day: number; readonly account: AccountId; readonly left: bigint }[]
  /** Of acquisitions of the year that begins, in their order. */
  readonly coming: readonly { readonly left: bigint; readonly added: bigint | undefined }[]
}

export type LossesSnapshot = readonly (readonly [AssetId, LineSnapshot])[]

/** Cost that joins the units of an account. */
export interface Addition {
  readonly account: AccountId
  readonly cost: Money
}

export interface Denial {
  readonly denied: Money
  /** Additions to units that are held already; the others come with their acquisition. */
  readonly now: readonly Addition[]
  /** What of the denial stays with the taxpayer's own units. */
  readonly own: Money
}

/** Treatments whose `in` legs are acquisitions of property. */
const ACQUIRES: ReadonlySet<Treatment> = new Set<Treatment>([
  'exchange',
  'personal-use',
  'income',
  'acquire-nil',
  'acquire-outside',
  'acquire-carried',
  'acquire-inherited',
  'split',
  'derivative',
  'debt',
  'unknown',
  'ask',
  'dispose-nil',
])

/** Treatments whose units stay where they are. */
const STAYS: ReadonlySet<Treatment> = new Set<Treatment>(['nothing', 'note', 'await-claim', 'deemed', 'override'])

/**
 * Superficial losses: a loss is denied as far as identical property was acquired from 30 days before to 30 days after
 * and is still held at the end of the last of these days, by the taxpayer or a person affiliated with him. Of a
 * disposal of S units, with P units acquired that have served no earlier loss and B units held at the end, min(S, P, B)
 * / S of the loss is denied; acquisitions serve in the order of their time, each unit once. What is denied joins the
 * cost of what took the units' place: at once as far as it is held, else when it is acquired.
 * Authority: Income Tax Act ss. 40(2)(g)(i), 53(1)(f), 54 “superficial loss”; the Canada Revenue Agency's proration.
 */
export class SuperficialLosses {
  private readonly law: Law
  private readonly record: Recorder
  private readonly window: number
  private readonly isOther: (account: AccountId) => boolean
  private readonly lines = new Map<AssetId, Line>()
  private restored: LossesSnapshot | null = null

  constructor(
    law: Law,
    record: Recorder,
    assets: readonly AssetId[],
    window: number,
    isOther: (account: AccountId) => boolean,
  ) {
    this.law = law
    this.record = record
    this.window = window
    this.isOther = isOther
    for (const asset of assets) if (!law.fiat.has(asset)) this.lines.set(asset, newLine())
  }

  /** Notes the units that come and go in the events from `from` on, which the losses before them depend on. */
  foresee(events: readonly LedgerEvent[], from: number): void {
    const { law } = this
    for (let position = from; position < events.length; position++) {
      const event = events[position] as LedgerEvent
      const day = law.clock.dayAt(event.time)
      const { treatment } = law.treatmentOf(event, day)
      const { legs } = event
      const still = STAYS.has(treatment) || (ONE_SIDED.has(event.kind) && !hasBothSides(legs))
      const acquires = ACQUIRES.has(treatment)
      for (const leg of legs) {
        const line = this.lines.get(leg.asset)
        if (line === undefined || leg.amount === 0n) continue
        const direction = directionOf(leg, legs)
        if (direction === 0 || (still && leg.role !== 'fee')) continue
        moveBalance(line, day, direction === 1 ? leg.amount : -leg.amount)
        if (direction === 1 && acquires) {
          line.days.push(day)
          line.positions.push(position)
          line.accounts.push(leg.account)
          line.left.push(leg.amount)
        }
      }
    }
    for (const [asset, { coming }] of this.restored ?? []) {
      const line = this.lines.get(asset)
      if (line === undefined) continue
      coming.forEach(({ left, added }, i) => {
        line.left[line.next + i] = left
        if (added !== undefined) line.added.set(line.next + i, added)
      })
    }
    this.restored = null
  }

  /** Cost that comes with the acquisitions of an asset up to the present event (`before`: those of earlier events only). */
  due(asset: AssetId, before: boolean): readonly Addition[] {
    const line = this.lines.get(asset)
    if (line === undefined) return NOTHING
    const until = before ? this.record.position : this.record.position + 1
    let found: Addition[] | null = null
    while (line.next < line.positions.length && (line.positions[line.next] as number) < until) {
      const cost = line.added.get(line.next)
      if (cost !== undefined) {
        found ??= []
        found.push({ account: line.accounts[line.next] as AccountId, cost: cost as Money })
        line.added.delete(line.next)
      }
      line.next++
    }
    return found ?? NOTHING
  }

  /** What is denied of a loss on `sold` units; `held`: units of the taxpayer's own that are left. Null: nothing. */
  deny(asset: AssetId, sold: bigint, loss: bigint, held: bigint): Denial | null {
    const line = this.lines.get(asset)
    if (line === undefined) return null
    const { day } = this.record
    const need = least(sold, balanceOn(line, day + this.window))
    if (need <= 0n) return null
    const count = line.days.length
    while (line.head < count && ((line.days[line.head] as number) < day - this.window || line.left[line.head] === 0n)) {
      line.head++
    }
    let taken = 0n
    let past = 0n
    const parts: { readonly at: number; units: bigint }[] = []
    for (let at = line.head; at < count && taken < need; at++) {
      if ((line.days[at] as number) > day + this.window) break
      const units = least(line.left[at] as bigint, need - taken)
      if (units === 0n) continue
      line.left[at] = (line.left[at] as bigint) - units
      taken += units
      if (at < line.next && !this.isOther(line.accounts[at] as AccountId)) past += units
      else parts.push({ at, units })
    }
    if (taken === 0n) return null
    const denied = shareOf(loss, taken, sold)
    const stays = least(past, held > 0n ? held : 0n)
    // Units bought before that are sold again have their place taken by what is bought next.
    const replaced = past - stays
    const follower = replaced === 0n ? -1 : this.nextOwn(line, day)
    if (follower >= 0) parts.push({ at: follower, units: replaced })
    return this.divide(line, denied, taken, follower >= 0 ? stays : past, parts)
  }

  private divide(
    line: Line,
    denied: bigint,
    taken: bigint,
    own: bigint,
    parts: readonly { readonly at: number; readonly units: bigint }[],
  ): Denial {
    let units = taken
    let money = denied
    const share = (part: bigint): bigint => {
      const cost = shareOf(money, part, units)
      units -= part
      money -= cost
      return cost
    }
    const now: Addition[] = []
    const ownCost = share(own)
    for (const { at, units: part } of parts) {
      const cost = share(part)
      if (at < line.next) now.push({ account: line.accounts[at] as AccountId, cost: cost as Money })
      else line.added.set(at, (line.added.get(at) ?? 0n) + cost)
    }
    return { denied: denied as Money, now, own: ownCost as Money }
  }

  /** The taxpayer's next acquisition inside the window; -1 without one. */
  private nextOwn(line: Line, day: number): number {
    for (let at = line.next; at < line.days.length && (line.days[at] as number) <= day + this.window; at++) {
      if (!this.isOther(line.accounts[at] as AccountId)) return at
    }
    return -1
  }

  /** The state as the year begins that the recorder is in. */
  snapshot(): LossesSnapshot {
    const first = this.law.yearStart(this.record.year)
    return [...this.lines].map(([asset, line]) => {
      const past: { day: number; account: AccountId; left: bigint }[] = []
      for (let at = line.head; at < line.next; at++) {
        const day = line.days[at] as number
        const left = line.left[at] as bigint
        if (left > 0n && day >= first - this.window) past.push({ day, account: line.accounts[at] as AccountId, left })
      }
      const coming: { left: bigint; added: bigint | undefined }[] = []
      for (let at = line.next; at < line.days.length && (line.days[at] as number) < first + this.window; at++) {
        coming.push({ left: line.left[at] as bigint, added: line.added.get(at) })
      }
      return [asset, { opening: searchBalance(line, first - 1), past, coming }] as const
    })
  }

  restore(snapshot: LossesSnapshot): void {
    this.restored = snapshot
    for (const [asset, { opening, past }] of snapshot) {
      const line = newLine()
      line.opening = opening
      for (const { day, account, left } of past) {
        line.days.push(day)
        line.positions.push(-1)
        line.accounts.push(account)
        line.left.push(left)
      }
      line.next = past.length
      this.lines.set(asset, line)
    }
  }
}

const NOTHING: readonly Addition[] = []

const newLine = (): Line => ({
  days: [],
  positions: [],
  accounts: [],
  left: [],
  added: new Map(),
  head: 0,
  next: 0,
  opening: 0n,
  balanceDays: [],
  balances: [],
  balanceAt: -1,
})

function hasBothSides(legs: readonly Leg[]): boolean {
  let [given, taken] = [false, false]
  for (const { role } of legs) {
    if (role === 'out') given = true
    else if (role === 'in') taken = true
  }
  return given && taken
}

function moveBalance(line: Line, day: number, change: bigint): void {
  const last = line.balances.length - 1
  if (last >= 0 && line.balanceDays[last] === day) {
    line.balances[last] = (line.balances[last] as bigint) + change
    return
  }
  line.balanceDays.push(day)
  line.balances.push((last < 0 ? line.opening : (line.balances[last] as bigint)) + change)
}

/** Units at the end of a day. Asked for days that never go back. */
function balanceOn(line: Line, day: number): bigint {
  while (line.balanceAt + 1 < line.balanceDays.length && (line.balanceDays[line.balanceAt + 1] as number) <= day) {
    line.balanceAt++
  }
  return line.balanceAt < 0 ? line.opening : (line.balances[line.balanceAt] as bigint)
}

function searchBalance(line: Line, day: number): bigint {
  let low = 0
  let high = line.balanceDays.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((line.balanceDays[middle] as number) <= day) low = middle + 1
    else high = middle
  }
  return low === 0 ? line.opening : (line.balances[low - 1] as bigint)
}
