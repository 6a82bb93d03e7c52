import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_AMOUNT, ZERO_MONEY } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import { dayOfDate } from '../events/civil-date.ts'
import type { LedgerEvent, Leg, NamedLot } from '../events/event.ts'
import type { AccountId, AssetId, CivilDate } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import type { AcquisitionDetail, Basis, Move, Portion } from './basis.ts'
import type { Law } from './law.ts'
import { least } from './least.ts'
import { LotBasis } from './lot-basis.ts'
import { PoolBasis } from './pool-basis.ts'
import type { Recorder } from './recorder.ts'
import type { HeldLot, PoolBalance } from './result.ts'

/** Conversions that leave the asset what it was; all others are acquisitions of their own day. */
const SAME_ASSET: ReadonlySet<Kind> = new Set<Kind>(['redenomination', 'migration', 'bridge'])

/** One part of what moves, with what it makes of both sides. */
interface Part {
  readonly outs: readonly Portion[]
  readonly ins: readonly Portion[]
}

/**
 * Austria: units acquired by a day stay old holdings, lot by lot; all later ones share a moving average in each wallet.
 * Old units leave first, unless the event names lots: what it names of later acquisitions comes out of the average.
 * Authority: EStG §§ 27a (4) 3a, 124b Z 384; KryptowährungsV.
 */
export class OldHoldingsBasis implements Basis {
  private readonly law: Law
  private readonly record: Recorder
  private readonly old: LotBasis
  private readonly fresh: PoolBasis
  private readonly limit: number
  /** Old units by asset and unit of basis. */
  private held = new Map<AssetId, Amount[]>()
  /** Units that the event names of later acquisitions. */
  private namedFresh = new Map<AssetId, bigint>()

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    this.old = new LotBasis(law, record, assets)
    this.fresh = new PoolBasis(law, record, assets)
    this.limit = dayOfDate(law.pack.oldHoldings?.acquiredTo as CivilDate)
    for (const asset of assets) this.held.set(asset, [])
  }

  owns(asset: AssetId): boolean {
    return this.held.has(asset)
  }

  foresee(events: readonly LedgerEvent[]): void {
    this.old.foresee(events)
  }

  acquire(leg: Leg, index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    if (!this.owns(leg.asset)) return
    if ((detail?.acquired?.day ?? this.record.day) <= this.limit) {
      this.old.acquire(leg, index, amount, cost, detail)
      this.count(leg.account, leg.asset, amount)
    } else {
      this.fresh.acquire(leg, index, amount, cost, detail)
    }
  }

  dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    if (!this.owns(asset) || amount === 0n) return ZERO_MONEY
    const old = this.takeOld(account, asset, amount)
    if (old === 0n) return this.fresh.dispose(account, asset, amount, proceeds, fees)
    if (old === amount) return this.old.dispose(account, asset, amount, proceeds, fees)
    const money = divideHalfEven(proceeds * old, amount) as Money
    const charge = divideHalfEven(fees * old, amount) as Money
    const first = this.old.dispose(account, asset, old, money, charge)
    const rest = (amount - old) as Amount
    return (first +
      this.fresh.dispose(account, asset, rest, (proceeds - money) as Money, (fees - charge) as Money)) as Money
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    if (this.record.day > this.limit) return this.fresh.disposeJustAcquired(leg, amount, proceeds, fees)
    if (this.owns(leg.asset)) this.count(leg.account, leg.asset, -amount as Amount)
    return this.old.disposeJustAcquired(leg, amount, proceeds, fees)
  }

  drop(account: AccountId, asset: AssetId, amount: Amount): Money {
    if (!this.owns(asset)) return ZERO_MONEY
    const old = this.takeOld(account, asset, amount)
    const cost = old === 0n ? 0n : this.old.drop(account, asset, old)
    return (cost + (old === amount ? 0n : this.fresh.drop(account, asset, (amount - old) as Amount))) as Money
  }

  leave(account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    if (!this.owns(asset) || amount === 0n) return ZERO_MONEY
    const old = this.takeOld(account, asset, amount)
    const share = value === null ? null : (divideHalfEven(value * old, amount) as Money)
    const cost = old === 0n ? 0n : this.old.leave(account, asset, old, share)
    if (old === amount) return cost as Money
    const rest = value === null || share === null ? null : ((value - share) as Money)
    return (cost + this.fresh.leave(account, asset, (amount - old) as Amount, rest)) as Money
  }

  settle(_asset: AssetId, _amount: Amount, gain: Money, told: (gain: Money) => void): void {
    told(gain)
  }

  move({ outs, ins, convert, absorbed, addCost }: Move): void {
    const first = outs[0]
    if (first === undefined || !this.owns(first.asset)) return
    const parts = outs.map((out) => ({ out, old: this.takeOld(out.account, out.asset, out.amount) }))
    const fees = (): Money => {
      let cost = addCost() as bigint
      for (const { account, asset, amount } of absorbed) cost += this.drop(account, asset, amount)
      return cost as Money
    }
    if (convert && !SAME_ASSET.has(this.record.event.kind) && this.record.day > this.limit) {
      this.convertToFresh(parts, ins, fees)
      return
    }
    const whole = outs.reduce((sum, out) => sum + out.weight, 0n)
    const oldWeight = parts.reduce((sum, { out, old }) => sum + (out.weight * old) / out.amount, 0n)
    const [older, newer] = divide(parts, ins, oldWeight, whole)
    const hasNewer = newer.outs.length > 0
    if (older.outs.length > 0) {
      this.old.move({ ...older, convert, absorbed: [], addCost: hasNewer ? () => ZERO_MONEY : fees })
      for (const { account, asset, amount } of older.ins) this.count(account, asset, amount)
    }
    if (hasNewer) this.fresh.move({ ...newer, convert, absorbed: [], addCost: fees })
  }

  /** What is received in a swap is acquired on its day, at the cost of what is given. */
  private convertToFresh(
    parts: readonly { readonly out: Portion; readonly old: Amount }[],
    ins: readonly Portion[],
    fees: () => Money,
  ): void {
    let cost = 0n
    for (const { out, old } of parts) {
      if (old > 0n) cost += this.old.drop(out.account, out.asset, old)
    }
    const outs = parts
      .filter(({ out, old }) => old < out.amount)
      .map(({ out, old }) => ({ ...out, amount: (out.amount - old) as Amount }))
    if (outs.length > 0) {
      this.fresh.move({ outs, ins, convert: true, absorbed: [], addCost: () => (fees() + cost) as Money })
      return
    }
    cost += fees()
    let weights = ins.reduce((sum, arrival) => sum + arrival.weight, 0n)
    for (const { account, asset, amount, weight } of ins) {
      const share = shareOf(cost, weight, weights)
      cost -= share
      weights -= weight
      const leg: Leg = { role: 'in', account, asset, amount }
      this.fresh.acquire(leg, 0, amount, share as Money, null)
    }
  }

  split(parent: AssetId, leg: Leg, index: number, childValue: Money, parentPrice: Money): void {
    this.fresh.split(parent, leg, index, childValue, parentPrice)
  }

  nameLots(lots: readonly NamedLot[], fallbackAsset: AssetId): void {
    const held = this.old.heldLots()
    const older: NamedLot[] = []
    for (const lot of lots) {
      const asset = lot.asset ?? fallbackAsset
      if (held.some(({ origin, asset: of }) => origin === lot.event && of === asset)) older.push(lot)
      else this.namedFresh.set(asset, (this.namedFresh.get(asset) ?? 0n) + lot.amount)
    }
    if (older.length > 0) this.old.nameLots(older, fallbackAsset)
  }

  endNaming(): void {
    this.namedFresh.clear()
    this.old.endNaming()
  }

  endYear(): void {
    this.fresh.endYear()
  }

  startYear(): void {}
  finish(): void {}

  snapshot(): unknown {
    return {
      old: this.old.snapshot(),
      fresh: this.fresh.snapshot(),
      held: [...this.held].map(([asset, units]) => [asset, [...units]]),
    }
  }

  restore(snapshot: unknown): void {
    const saved = snapshot as { old: unknown; fresh: unknown; held: [AssetId, Amount[]][] }
    this.old.restore(saved.old)
    this.fresh.restore(saved.fresh)
    this.held = new Map(saved.held.map(([asset, units]) => [asset, [...units]]))
  }

  heldLots(): HeldLot[] {
    return this.old.heldLots()
  }

  pools(): PoolBalance[] {
    return this.fresh.pools()
  }

  private count(account: AccountId, asset: AssetId, amount: Amount): void {
    const units = this.held.get(asset) as Amount[]
    const unit = this.law.unitOf.get(account) as number
    units[unit] = ((units[unit] ?? ZERO_AMOUNT) + amount) as Amount
  }

  /** How many of the units leave the old holdings; they are counted as gone. */
  private takeOld(account: AccountId, asset: AssetId, amount: Amount): Amount {
    const there = this.held.get(asset)?.[this.law.unitOf.get(account) as number] ?? ZERO_AMOUNT
    if (there === 0n) return ZERO_AMOUNT
    const named = least(this.namedFresh.get(asset) ?? 0n, amount)
    if (named > 0n) this.namedFresh.set(asset, (this.namedFresh.get(asset) ?? 0n) - named)
    const old = least(there, amount - named) as Amount
    this.count(account, asset, -old as Amount)
    return old
  }
}

/** Divides a move into its old and its new part; what arrives is divided by the weight of what left. */
function divide(
  parts: readonly { readonly out: Portion; readonly old: Amount }[],
  ins: readonly Portion[],
  oldWeight: bigint,
  whole: bigint,
): readonly [Part, Part] {
  const older: { outs: Portion[]; ins: Portion[] } = { outs: [], ins: [] }
  const newer: { outs: Portion[]; ins: Portion[] } = { outs: [], ins: [] }
  const put = (into: Portion[], from: Portion, amount: bigint): void => {
    if (amount <= 0n) return
    const weight = shareOf(from.weight, amount, from.amount)
    into.push({ ...from, amount: amount as Amount, weight })
  }
  for (const { out, old } of parts) {
    put(older.outs, out, old)
    put(newer.outs, out, out.amount - old)
  }
  let total = ins.reduce((sum, arrival) => sum + arrival.weight, 0n)
  let left = whole === 0n ? 0n : divideHalfEven(total * oldWeight, whole)
  for (const arrival of ins) {
    const old = shareOf(arrival.amount, left, total)
    put(older.ins, arrival, old)
    put(newer.ins, arrival, arrival.amount - old)
    const weight = divideHalfEven(arrival.weight * left, total)
    left -= weight
    total -= arrival.weight
  }
  return [older, newer]
}
