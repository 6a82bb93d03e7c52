import type { Amount, Money } from '../amount/amount.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { AssetDay, DayAcquired, DayDisposed, Renumbering } from './methods/section-104.ts'
import { matchRenumbered, matchShares } from './methods/section-104.ts'

export interface Disposed extends DayDisposed {
  amount: bigint
  proceeds: bigint
  fees: bigint
  readonly events: LedgerEvent[]
  /** Units of it that go without gain or loss: to a spouse, to charity. Their share of what is matched is their cost. */
  readonly given: { readonly event: LedgerEvent; readonly amount: Amount; readonly value: Money | null }[]
  /** Does a loss of the day count: some of its units were sold in a way that is explained. */
  lossesCount: boolean
  /** Who asked for the gain of some of the day's units. */
  readonly waiting: { readonly amount: Amount; readonly told: (gain: Money, counted?: Money) => void }[]
}

export interface Day extends AssetDay {
  readonly acquired: DayAcquired
  disposed: Disposed | null
}

/** The days of some assets that are not settled yet, with the renumberings between them. */
export interface DaysSnapshot {
  readonly days: ReadonlyMap<AssetId, readonly Day[]>
  readonly renumberings: readonly Renumbering[]
}

/** What of one asset was acquired and disposed of on each day whose matching may still change. */
export class ShareDays {
  private readonly days = new Map<AssetId, Day[]>()
  private renumberings: Renumbering[] = []

  constructor(assets: readonly AssetId[]) {
    for (const asset of assets) this.days.set(asset, [])
  }

  /** The entry of a day that is the latest so far, or later. */
  on(asset: AssetId, day: number): Day {
    const days = this.days.get(asset) as Day[]
    const last = days[days.length - 1]
    if (last?.day === day) return last
    const entry: Day = { day, acquired: { amount: 0n, cost: 0n }, disposed: null }
    days.push(entry)
    return entry
  }

  /** The day's disposal of an asset, which is one however many events make it. */
  disposedOn(asset: AssetId, day: number): Disposed {
    const entry = this.on(asset, day)
    entry.disposed ??= {
      amount: 0n,
      left: 0n,
      proceeds: 0n,
      fees: 0n,
      matches: [],
      events: [],
      given: [],
      lossesCount: false,
      waiting: [],
    }
    return entry.disposed
  }

  /** Notes a split or a change of name, which sales before it and purchases after it look through. */
  renumber(renumbering: Renumbering): void {
    this.renumberings.push(renumbering)
  }

  /** Units of a renumbering that are in the pool because disposals before it were matched with acquisitions after it. */
  owedTo(event: LedgerEvent): { readonly owed: bigint; readonly owedThere: bigint } {
    const found = this.renumberings.find((one) => one.event === event.id)
    if (found === undefined) return { owed: 0n, owedThere: 0n }
    return { owed: found.owed, owedThere: divideHalfEven(found.owed * found.arrived, found.given) }
  }

  /** Matches the disposals up to a day, of which everything within their 30 days is known, and takes their days out. */
  settle(until: number): ReadonlyMap<number, readonly { readonly asset: AssetId; readonly entry: Day }[]> {
    const settled = new Map<number, { asset: AssetId; entry: Day }[]>()
    if (this.renumberings.length > 0) matchRenumbered(this.days, this.renumberings, until)
    for (const [asset, days] of this.days) {
      if (this.renumberings.length === 0) matchShares(days, until)
      let count = 0
      for (const entry of days) {
        if (entry.day > until) break
        count++
        const there = settled.get(entry.day)
        if (there === undefined) settled.set(entry.day, [{ asset, entry }])
        else there.push({ asset, entry })
      }
      days.splice(0, count)
    }
    return settled
  }

  /** Forgets renumberings that no disposal can look through any more. */
  forget(until: number): void {
    this.renumberings = this.renumberings.filter(({ day }) => day > until)
  }

  /** Null while somebody waits for a gain: whoever goes on could not tell him. */
  snapshot(): DaysSnapshot | null {
    for (const days of this.days.values()) {
      for (const { disposed } of days) if (disposed !== null && disposed.waiting.length > 0) return null
    }
    return copied({ days: this.days, renumberings: this.renumberings })
  }

  restore(snapshot: DaysSnapshot): void {
    const { days, renumberings } = copied(snapshot)
    for (const [asset, list] of days) this.days.set(asset, [...list])
    this.renumberings = [...renumberings]
  }
}

const copied = ({ days, renumberings }: DaysSnapshot): DaysSnapshot => ({
  days: new Map([...days].map(([asset, list]) => [asset, list.map(copyOfDay)])),
  renumberings: renumberings.map((one) => ({ ...one })),
})

export const copyOfDay = ({ day, acquired, disposed }: Day): Day => ({
  day,
  acquired: { ...acquired },
  disposed:
    disposed === null
      ? null
      : {
          ...disposed,
          matches: disposed.matches.slice(),
          events: disposed.events.slice(),
          given: disposed.given.slice(),
          waiting: [],
        },
})
