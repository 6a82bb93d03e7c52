import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId, EventId } from '../events/identifiers.ts'
import type { AcquisitionDetail, Basis, Move } from './basis.ts'
import type { Law } from './law.ts'
import { greatest } from './least.ts'
import type { AssetDay, DayAcquired, DayDisposed, Match, Renumbering } from './methods/section-104.ts'
import { matchLater, matchRenumbered, matchShares } from './methods/section-104.ts'
import type { Recorder } from './recorder.ts'
import type { HeldLot, PoolBalance } from './result.ts'

interface Disposed extends DayDisposed {
  amount: bigint
  proceeds: bigint
  fees: bigint
  readonly events: LedgerEvent[]
  /** Who asked for the gain of some of the day's units. */
  readonly waiting: { readonly amount: Amount; readonly told: (gain: Money) => void }[]
}

interface Day extends AssetDay {
  readonly acquired: DayAcquired
  disposed: Disposed | null
}

interface Pool {
  amount: bigint
  cost: bigint
}

/** Something that touches pools directly, in the order of events. */
interface PoolAct {
  readonly day: number
  readonly event: LedgerEvent
  /** After the disposals of its day, not before. */
  readonly late: boolean
  readonly run: () => void
}

/**
 * Share matching of the United Kingdom over all accounts: same day, the 30 days after, then the Section 104 pool. A day
 * is one acquisition and one disposal of each asset; figures are known when the whole history is.
 */
export class Section104Basis implements Basis {
  private readonly law: Law
  private readonly record: Recorder
  private readonly days = new Map<AssetId, Map<number, Day>>()
  private readonly books = new Map<AssetId, Pool>()
  private readonly acts: PoolAct[] = []
  private readonly renumberings: Renumbering[] = []

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    for (const asset of assets) {
      this.days.set(asset, new Map())
      this.books.set(asset, { amount: 0n, cost: 0n })
    }
  }

  owns(asset: AssetId): boolean {
    return this.books.has(asset)
  }

  acquire(leg: Leg, _index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    if (!this.owns(leg.asset) || amount === 0n) return
    if (detail?.note?.missing) this.record.open({ code: 'missing-acquisition', asset: leg.asset, amount })
    if (detail?.unmatched) {
      this.act(() => this.add(leg.asset, amount, cost), detail.boughtBack)
      return
    }
    const { acquired } = this.dayOf(leg.asset)
    acquired.amount += amount
    acquired.cost += cost
  }

  dispose(_account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    if (!this.owns(asset) || amount === 0n) return ZERO_MONEY
    const day = this.dayOf(asset)
    day.disposed ??= { amount: 0n, left: 0n, proceeds: 0n, fees: 0n, matches: [], events: [], waiting: [] }
    const { disposed } = day
    disposed.amount += amount
    disposed.left += amount
    disposed.proceeds += proceeds
    disposed.fees += fees
    if (disposed.events[disposed.events.length - 1] !== this.record.event) disposed.events.push(this.record.event)
    return ZERO_MONEY
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    return this.dispose(leg.account, leg.asset, amount, proceeds, fees)
  }

  drop(_account: AccountId, asset: AssetId, amount: Amount): Money {
    if (this.owns(asset)) this.act(() => void this.takeFromPool(asset, amount))
    return ZERO_MONEY
  }

  leave(_account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    if (this.owns(asset)) {
      this.act(() => this.record.left(null, asset, amount, value, this.takeFromPool(asset, amount) as Money, null))
    }
    return ZERO_MONEY
  }

  settle(asset: AssetId, amount: Amount, _gain: Money, told: (gain: Money) => void): void {
    this.dayOf(asset).disposed?.waiting.push({ amount, told })
  }

  move({ outs, ins, convert, absorbed, addCost }: Move): void {
    const first = outs[0]
    if (first === undefined || !this.owns(first.asset)) return
    const added = addCost()
    const absorb = (): bigint => {
      let cost = added as bigint
      for (const { asset, amount } of absorbed) cost += this.takeFromPool(asset, amount)
      return cost
    }
    if (!convert) {
      if (added !== 0n || absorbed.length > 0) this.act(() => this.add(first.asset, 0n, absorb()))
      return
    }
    const renumbering = this.renumber(outs, ins)
    this.act(() => {
      let cost = absorb()
      const owed = renumbering?.owed ?? 0n
      for (const out of outs) cost += this.takeFromPool(out.asset, out.amount + owed)
      let weights = 0n
      for (const arrival of ins) weights += arrival.weight
      for (const arrival of ins) {
        const share = arrival.weight === weights ? cost : divideHalfEven(cost * arrival.weight, weights)
        cost -= share
        weights -= arrival.weight
        const owedThere = renumbering ? divideHalfEven(owed * renumbering.arrived, renumbering.given) : 0n
        this.add(arrival.asset, arrival.amount + owedThere, share)
      }
    })
  }

  /** Notes a split or a change of name, which sales before it and purchases after it look through. */
  private renumber(outs: Move['outs'], ins: Move['ins']): Renumbering | null {
    const { event, day } = this.record
    const [out] = outs
    const [arrival] = ins
    if (event.kind !== 'redenomination' && event.kind !== 'migration') return null
    if (!out || !arrival || outs.length > 1 || ins.length > 1 || out.amount === 0n || arrival.amount === 0n) return null
    const renumbering: Renumbering = {
      day,
      from: out.asset,
      to: arrival.asset,
      given: out.amount,
      arrived: arrival.amount,
      owed: 0n,
    }
    this.renumberings.push(renumbering)
    return renumbering
  }

  split(parent: AssetId, leg: Leg, _index: number, childValue: Money, parentPrice: Money): void {
    if (!this.owns(leg.asset)) return
    this.act(() => {
      const pool = this.books.get(parent) as Pool
      const worth = (pool.amount * parentPrice) / 10n ** 24n + childValue
      const share = worth === 0n ? 0n : divideHalfEven(pool.cost * childValue, worth)
      pool.cost -= share
      this.add(leg.asset, leg.amount, share)
    })
  }

  nameLots(): void {}
  endNaming(): void {}
  endYear(): void {}
  startYear(): void {}

  finish(): void {
    const timeline = new Map<AssetId, Day[]>()
    const byDay = new Map<number, { readonly asset: AssetId; readonly index: number }[]>()
    for (const [asset, days] of this.days) {
      const list = [...days.values()].sort((a, b) => a.day - b.day)
      timeline.set(asset, list)
      if (this.renumberings.length === 0) matchShares(list)
      list.forEach(({ day }, index) => {
        const there = byDay.get(day)
        if (there === undefined) byDay.set(day, [{ asset, index }])
        else there.push({ asset, index })
      })
    }
    if (this.renumberings.length > 0) matchRenumbered(timeline, this.renumberings)
    const actsOf = new Map<number, PoolAct[]>()
    for (const act of this.acts) {
      const there = actsOf.get(act.day)
      if (there === undefined) actsOf.set(act.day, [act])
      else there.push(act)
    }
    const days = [...new Set([...byDay.keys(), ...actsOf.keys()])].sort((a, b) => a - b)
    for (const day of days) {
      const entries = byDay.get(day) ?? []
      for (const { asset, index } of entries) {
        const { acquired } = (timeline.get(asset) as Day[])[index] as Day
        this.add(asset, acquired.amount, acquired.cost)
        acquired.amount = 0n
        acquired.cost = 0n
      }
      const acts = actsOf.get(day) ?? []
      this.perform(acts.filter((act) => !act.late))
      for (const { asset, index } of entries) this.writeDay(asset, timeline.get(asset) as Day[], index)
      this.perform(acts.filter((act) => act.late))
    }
  }

  private perform(acts: readonly PoolAct[]): void {
    for (const { event, day, run } of acts) {
      this.record.reopen(event, day)
      run()
    }
  }

  /** The rows of one asset and day, in the order of the rules. */
  private writeDay(asset: AssetId, days: readonly Day[], index: number): void {
    const { day, disposed } = days[index] as Day
    if (disposed === null) return
    const events = [...new Set(disposed.events.map((event) => event.id))]
    this.record.reopen(disposed.events[0] as LedgerEvent, day)
    const share = shares(disposed)
    const named = events.length > 1 ? events : null
    for (const match of disposed.matches) this.writeMatch(asset, match, share, named)
    const pool = this.books.get(asset) as Pool
    const fromPool = disposed.left < pool.amount ? disposed.left : pool.amount > 0n ? pool.amount : 0n
    if (fromPool > 0n) {
      const { proceeds, fees } = share(fromPool)
      const cost = this.takeFromPool(asset, fromPool) as Money
      this.record.disposePooled(null, asset, fromPool as Amount, proceeds, fees, cost, 's104', null, named)
    }
    const shortage = disposed.left - fromPool
    if (shortage > 0n) this.writeShortage(asset, days, index, shortage, share, named)
    const gain = this.record.endDay()
    for (const { amount, told } of disposed.waiting) told(divideHalfEven(gain * amount, disposed.amount) as Money)
  }

  private writeMatch(asset: AssetId, match: Match, share: Share, events: readonly EventId[] | null): void {
    const { proceeds, fees } = share(match.amount)
    const { amount, cost, rule, day } = match
    this.record.disposePooled(null, asset, amount, proceeds, fees, cost, rule, day, events)
  }

  /** More was disposed of than was held: the law matches what came later; both that and what is left are open. */
  private writeShortage(
    asset: AssetId,
    days: readonly Day[],
    index: number,
    shortage: bigint,
    share: Share,
    events: readonly EventId[] | null,
  ): void {
    const { matches, left } = matchLater(days, index, shortage)
    for (const { amount, cost, rule, day } of matches) {
      const { proceeds, fees } = share(amount)
      const gain = this.record.disposePooled(null, asset, amount, proceeds, fees, cost, rule, day, events)
      const net = (proceeds - fees) as Money
      this.record.open({
        code: 'missing-acquisition',
        asset,
        amount,
        effect: { low: gain < 0n ? gain : ZERO_MONEY, high: greatest(net, gain) as Money },
        counted: gain,
        of: 'gain',
      })
    }
    if (left > 0n) {
      const { proceeds, fees } = share(left)
      this.record.disposeMissing(null, asset, left as Amount, proceeds, fees, null)
    }
  }

  snapshot(): null {
    return null
  }

  restore(): void {}

  heldLots(): HeldLot[] {
    return []
  }

  pools(): PoolBalance[] {
    return [...this.books]
      .filter(([asset]) => !this.law.fiat.has(asset) && asset.length > 0)
      .map(([asset, pool]) => ({ asset, account: null, amount: pool.amount as Amount, cost: pool.cost as Money }))
  }

  private dayOf(asset: AssetId): Day {
    const days = this.days.get(asset) as Map<number, Day>
    const { day } = this.record
    let entry = days.get(day)
    if (entry === undefined) {
      entry = { day, acquired: { amount: 0n, cost: 0n }, disposed: null }
      days.set(day, entry)
    }
    return entry
  }

  private act(run: () => void, late = false): void {
    this.acts.push({ day: this.record.day, event: this.record.event, late, run })
  }

  private add(asset: AssetId, amount: bigint, cost: bigint): void {
    const pool = this.books.get(asset) as Pool
    pool.amount += amount
    pool.cost += cost
  }

  /** Takes units at the pool's average, the last of them with all that is left of its cost. */
  private takeFromPool(asset: AssetId, amount: bigint): bigint {
    const pool = this.books.get(asset) as Pool
    const covered = pool.amount < amount ? (pool.amount > 0n ? pool.amount : 0n) : amount
    if (covered < amount) this.record.open({ code: 'missing-acquisition', asset, amount: (amount - covered) as Amount })
    if (covered === 0n) return 0n
    const cost = covered === pool.amount ? pool.cost : divideHalfEven(pool.cost * covered, pool.amount)
    pool.amount -= covered
    pool.cost -= cost
    return cost
  }
}

type Share = (amount: bigint) => { readonly proceeds: Money; readonly fees: Money }

/** Cuts a day's proceeds and fees in proportion to units, the last part taking the remainder. */
function shares(disposed: Disposed): Share {
  let { amount: units, proceeds, fees } = disposed
  return (amount) => {
    const money = amount === units ? proceeds : divideHalfEven(proceeds * amount, units)
    const charge = amount === units ? fees : divideHalfEven(fees * amount, units)
    units -= amount
    proceeds -= money
    fees -= charge
    return { proceeds: money as Money, fees: charge as Money }
  }
}
