import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId, EventId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import type { AcquisitionDetail, Basis, Move } from './basis.ts'
import type { Law } from './law.ts'
import { greatest } from './least.ts'
import type { Match } from './methods/section-104.ts'
import { matchLater, WINDOW } from './methods/section-104.ts'
import { positionChoice } from './positions.ts'
import type { Recorder, RowExtra } from './recorder.ts'
import type { HeldLot, PoolBalance } from './result.ts'
import type { Day, DaysSnapshot, Disposed } from './section-104-days.ts'
import { copyOfDay, ShareDays } from './section-104-days.ts'
import type { Share } from './section-104-parts.ts'
import { givenAway, shares, unitsGiven } from './section-104-parts.ts'
import type { Pool, PoolAct, TimedAct } from './section-104-pools.ts'
import { SharePools } from './section-104-pools.ts'

/** A day on which more was disposed of than was held: what comes later may still be matched with the rest. */
interface Shortage {
  readonly asset: AssetId
  readonly entry: Day
  readonly fromPool: bigint
  readonly poolCost: bigint
  /** How many of the day's matches were made before the pool was asked. */
  readonly near: number
}

interface Snapshot {
  readonly days: DaysSnapshot
  readonly pools: ReadonlyMap<AssetId, Pool>
  readonly acts: readonly TimedAct[]
  readonly shortages: readonly Shortage[]
}

/**
 * Share matching of the United Kingdom over all accounts: same day, the 30 days after, then the Section 104 pool. A day
 * is one acquisition and one disposal of each asset. Figures of a day are known when the 30 days after it are; they are
 * settled at every year's beginning, so that a later change leaves them alone.
 */
export class Section104Basis implements Basis {
  private readonly law: Law
  private readonly record: Recorder
  private readonly days: ShareDays
  private readonly books: SharePools
  private acts: TimedAct[] = []
  private shortages: Shortage[] = []

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    this.days = new ShareDays(assets)
    this.books = new SharePools(record, this.days, assets)
  }

  owns(asset: AssetId): boolean {
    return this.books.has(asset)
  }

  acquire(leg: Leg, _index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    if (!this.owns(leg.asset) || amount === 0n) return
    if (detail?.note?.missing) this.record.open({ code: 'missing-acquisition', asset: leg.asset, amount })
    if (detail?.unmatched) {
      this.act({ what: 'add', asset: leg.asset, amount, cost }, detail.boughtBack)
      return
    }
    const { acquired } = this.days.on(leg.asset, this.record.day)
    acquired.amount += amount
    acquired.cost += cost
  }

  dispose(_account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    if (!this.owns(asset) || amount === 0n) return ZERO_MONEY
    const disposed = this.days.disposedOn(asset, this.record.day)
    disposed.amount += amount
    disposed.left += amount
    disposed.proceeds += proceeds
    disposed.fees += fees
    disposed.lossesCount ||= this.record.countsLosses
    if (disposed.events[disposed.events.length - 1] !== this.record.event) disposed.events.push(this.record.event)
    return ZERO_MONEY
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    return this.dispose(leg.account, leg.asset, amount, proceeds, fees)
  }

  drop(_account: AccountId, asset: AssetId, amount: Amount): Money {
    if (this.owns(asset)) this.act({ what: 'drop', asset, amount })
    return ZERO_MONEY
  }

  leave(_account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    if (!this.owns(asset) || amount === 0n) return ZERO_MONEY
    const { event, day } = this.record
    if (NO_GAIN_NO_LOSS.has(event.kind)) {
      const disposed = this.days.disposedOn(asset, day)
      disposed.amount += amount
      disposed.left += amount
      disposed.given.push({ event, amount, value })
    } else this.act({ what: 'leave', asset, amount, value })
    return ZERO_MONEY
  }

  settle(asset: AssetId, amount: Amount, _gain: Money, told: (gain: Money, counted?: Money) => void): void {
    this.days.on(asset, this.record.day).disposed?.waiting.push({ amount, told })
  }

  move({ outs, ins, convert, absorbed, addCost }: Move): void {
    const first = outs[0]
    if (first === undefined || !this.owns(first.asset)) return
    const cost = addCost()
    if (convert) {
      this.renumber(outs, ins)
      this.act({ what: 'convert', move: { outs, ins, convert, absorbed }, cost })
    } else if (cost !== 0n || absorbed.length > 0) {
      this.act({ what: 'absorb', asset: first.asset, cost, absorbed })
    }
  }

  private renumber(outs: Move['outs'], ins: Move['ins']): void {
    const { event, day } = this.record
    const [out] = outs
    const [arrival] = ins
    if (event.kind !== 'redenomination' && event.kind !== 'migration') return
    if (!out || !arrival || outs.length > 1 || ins.length > 1 || out.amount === 0n || arrival.amount === 0n) return
    this.days.renumber({
      event: event.id,
      day,
      from: out.asset,
      to: arrival.asset,
      given: out.amount,
      arrived: arrival.amount,
      owed: 0n,
    })
  }

  split(parent: AssetId, leg: Leg, _index: number, childValue: Money, parentPrice: Money): void {
    if (this.owns(leg.asset)) this.act({ what: 'split', parent, leg, childValue, parentPrice })
  }

  overrideCost(leg: Leg, cost: Money): Amount {
    this.act({ what: 'override', asset: leg.asset, amount: leg.amount, cost })
    return 0n as Amount
  }

  nameLots(): void {}
  endNaming(): void {}
  endYear(): void {}

  startYear(year: number, from: number): void {
    this.settleUntil(from - 1 - WINDOW)
    this.record.startYear(year)
  }

  finish(): void {
    this.settleUntil(Number.MAX_SAFE_INTEGER)
    for (const shortage of this.shortages) this.writeDay(shortage)
    this.shortages = []
  }

  /** Settles every day up to one whose 30 days are over. */
  private settleUntil(until: number): void {
    const byDay = this.days.settle(until)
    const actsOf = new Map<number, TimedAct[]>()
    for (const act of this.acts) {
      if (act.day > until) continue
      const there = actsOf.get(act.day)
      if (there === undefined) actsOf.set(act.day, [act])
      else there.push(act)
    }
    this.acts = this.acts.filter(({ day }) => day > until)
    for (const day of [...new Set([...byDay.keys(), ...actsOf.keys()])].sort((a, b) => a - b)) {
      const entries = byDay.get(day) ?? []
      for (const { asset, entry } of entries) {
        this.matchShortages(asset, entry)
        this.books.add(asset, entry.acquired.amount, entry.acquired.cost)
      }
      const acts = actsOf.get(day) ?? []
      for (const act of acts) if (!act.late) this.books.perform(act)
      for (const { asset, entry } of entries) this.askPool(asset, entry)
      for (const act of acts) if (act.late) this.books.perform(act)
    }
    this.days.forget(until)
  }

  /** What earlier days are short of is matched with what this day leaves, the earlier shortage first. */
  private matchShortages(asset: AssetId, entry: Day): void {
    for (const shortage of this.shortages) {
      if (shortage.asset !== asset || entry.acquired.amount === 0n) continue
      matchLater(shortage.entry.disposed as Disposed, entry)
      if (shortage.entry.disposed?.left === 0n) this.writeDay(shortage)
    }
    if (this.shortages.length > 0) this.shortages = this.shortages.filter((one) => one.entry.disposed?.left !== 0n)
  }

  /** Takes from the pool what nothing near was matched with. Writes the day, unless it waits for what comes later. */
  private askPool(asset: AssetId, entry: Day): void {
    const { disposed } = entry
    if (disposed === null) return
    const fromPool = this.books.covered(asset, disposed.left)
    const poolCost = this.books.take(asset, fromPool)
    disposed.left -= fromPool
    const settled: Shortage = { asset, entry, fromPool, poolCost, near: disposed.matches.length }
    if (disposed.left > 0n) this.shortages.push(settled)
    else this.writeDay(settled)
  }

  /** The rows of one asset and day, in the order of the rules. */
  private writeDay({ asset, entry, fromPool, poolCost, near }: Shortage): void {
    const disposed = entry.disposed as Disposed
    const { given, events: sold } = disposed
    const part = givenAway(disposed)
    const matches = disposed.matches.map((match) => ({ ...match, ...part(match) }))
    const pooled = part({ amount: fromPool, cost: poolCost })
    const missing = part({ amount: disposed.left, cost: 0n }).amount
    const [first] = sold
    if (first !== undefined) {
      const events = [...new Set(sold.map((event) => event.id))]
      this.record.reopen(first, entry.day)
      const share = shares({ ...disposed, amount: disposed.amount - unitsGiven(disposed) })
      const named = events.length > 1 ? events : null
      const cost = matches.reduce((sum, match) => sum + match.cost, pooled.cost as bigint)
      // Where units are missing the whole day is open already.
      const covered = missing === 0n && near === matches.length
      const net = disposed.proceeds - disposed.fees - cost
      const clogged = covered && this.isClogged(sold, entry.day, net)
      const ignored = clogged || (covered && net < 0n && !disposed.lossesCount)
      const extra = ignored ? OUTSIDE : null
      for (const match of matches.slice(0, near))
        if (match.amount > 0n) this.writeMatch(asset, match, share, named, extra)
      if (pooled.amount > 0n) {
        const { proceeds, fees } = share(pooled.amount)
        this.record.disposePooled(null, asset, pooled.amount, proceeds, fees, pooled.cost, 's104', null, named, extra)
      }
      for (const match of matches.slice(near)) if (match.amount > 0n) this.writeLater(asset, match, share, named)
      if (missing > 0n) {
        const { proceeds, fees } = share(missing)
        this.record.disposeMissing(null, asset, missing, proceeds, fees, null)
      }
      const gain = this.record.endDay()
      if (clogged) this.openClogged(asset, (disposed.amount - unitsGiven(disposed)) as Amount, gain)
      const units = disposed.amount - unitsGiven(disposed)
      for (const { amount, told } of disposed.waiting) {
        const share = divideHalfEven(gain * amount, units) as Money
        told(share, ignored ? ZERO_MONEY : share)
      }
    }
    if (given.length > 0) this.writeGiven(asset, entry.day, disposed, part.cost(), (disposed.left - missing) as Amount)
  }

  /**
   * A loss on a gift to a connected person counts against gains on disposals to the same person only.
   * Authority: TCGA 1992 ss. 18(3), 286.
   */
  private isClogged(sold: readonly LedgerEvent[], day: number, gain: bigint): boolean {
    const { profile } = this.law
    return (
      gain < 0n &&
      this.law.pack.positions?.some(({ id }) => id === 'P18') === true &&
      sold.every((event) => event.kind === 'gift_out' && positionChoice(profile, 'P18', event, day) !== 'unconnected')
    )
  }

  private openClogged(asset: AssetId, amount: Amount, gain: Money): void {
    const effect = { low: gain, high: ZERO_MONEY }
    this.record.open({ code: 'connected-person-loss', asset, amount, effect, of: 'gain' })
  }

  /** What went without gain or loss, each gift with its units' share of the cost. */
  private writeGiven(asset: AssetId, day: number, disposed: Disposed, total: bigint, missing: Amount): void {
    let [units, cost] = [unitsGiven(disposed), total]
    for (const { event, amount, value } of disposed.given) {
      const share = shareOf(cost, amount, units)
      units -= amount
      cost -= share
      this.record.reopen(event, day)
      this.record.left(null, asset, amount, value, share as Money, null)
    }
    if (missing > 0n) this.record.open({ code: 'missing-acquisition', asset, amount: missing })
  }

  private writeMatch(
    asset: AssetId,
    match: Match,
    share: Share,
    events: readonly EventId[] | null,
    extra: RowExtra | null = null,
  ): Money {
    const { proceeds, fees } = share(match.amount)
    const { amount, cost, rule, day } = match
    return this.record.disposePooled(null, asset, amount, proceeds, fees, cost, rule, day, events, extra)
  }

  /** More was disposed of than was held: the law matches what came later, which is open. */
  private writeLater(asset: AssetId, match: Match, share: Share, events: readonly EventId[] | null): void {
    const gain = this.writeMatch(asset, match, share, events)
    const net = (gain + match.cost) as Money
    this.record.open({
      code: 'missing-acquisition',
      asset,
      amount: match.amount,
      effect: { low: gain < 0n ? gain : ZERO_MONEY, high: greatest(net, gain) as Money },
      counted: gain,
      of: 'gain',
    })
  }

  snapshot(): Snapshot | null {
    const days = this.days.snapshot()
    if (days === null || this.shortages.some(({ entry }) => (entry.disposed as Disposed).waiting.length > 0))
      return null
    return {
      days,
      pools: this.books.snapshot(),
      acts: this.acts.slice(),
      shortages: this.shortages.map((shortage) => ({ ...shortage, entry: copyOfDay(shortage.entry) })),
    }
  }

  restore(snapshot: unknown): void {
    const { days, pools, acts, shortages } = snapshot as Snapshot
    this.days.restore(days)
    this.books.restore(pools)
    this.acts = acts.slice()
    this.shortages = shortages.map((shortage) => ({ ...shortage, entry: copyOfDay(shortage.entry) }))
  }

  heldLots(): HeldLot[] {
    return []
  }

  pools(): PoolBalance[] {
    return this.books.balances(this.law.fiat)
  }

  private act(act: PoolAct, late = false): void {
    this.acts.push({ day: this.record.day, event: this.record.event, late, act })
  }
}

/** Rows that are shown and count nowhere. */
const OUTSIDE: RowExtra = { taxable: false }

/** Disposals of which the law takes the consideration that gives neither gain nor loss: TCGA 1992 ss. 58, 257. */
const NO_GAIN_NO_LOSS: ReadonlySet<Kind> = new Set<Kind>(['gift_spouse', 'donation'])
