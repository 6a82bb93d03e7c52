import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_AMOUNT, ZERO_MONEY } from '../amount/amount.ts'
import type { Leg } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { AcquisitionDetail, Basis, Move } from './basis.ts'
import { homeMoney } from './interpret/event-context.ts'
import type { Law } from './law.ts'
import type { Recorder } from './recorder.ts'
import type { HeldLot, PoolBalance } from './result.ts'

/**
 * No lots: what is sold is revenue in full, and what was paid for coins is a cost of the year in which it was paid,
 * whatever is sold (PL). Units are only counted, so that a sale of more than was held is seen.
 */
export class YearlyCostsBasis implements Basis {
  private readonly law: Law
  private readonly record: Recorder
  private readonly books = new Map<AssetId, Amount>()

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    for (const asset of assets) this.books.set(asset, ZERO_AMOUNT)
  }

  owns(asset: AssetId): boolean {
    return this.books.has(asset)
  }

  acquire(leg: Leg, _index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    if (!this.owns(leg.asset)) return
    if (detail?.note?.missing) this.record.open({ code: 'missing-acquisition', asset: leg.asset, amount })
    this.count(leg.asset, amount)
    // Units from other records were paid for in an earlier year; their cost is carried in by the profile.
    if (cost > 0n && this.record.event.kind !== 'opening_lot') this.record.yearlyCost(leg.asset, cost)
  }

  dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    if (!this.owns(asset) || amount === 0n) return ZERO_MONEY
    this.take(account, asset, amount)
    return this.record.disposePooled(null, asset, amount, proceeds, fees, ZERO_MONEY, 'yearly-costs')
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    return this.dispose(leg.account, leg.asset, amount, proceeds, fees)
  }

  drop(account: AccountId, asset: AssetId, amount: Amount): Money {
    if (this.owns(asset)) this.take(account, asset, amount)
    return ZERO_MONEY
  }

  leave(account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    if (!this.owns(asset)) return ZERO_MONEY
    this.take(account, asset, amount)
    this.record.left(null, asset, amount, value, ZERO_MONEY, null)
    return ZERO_MONEY
  }

  settle(_asset: AssetId, _amount: Amount, gain: Money, told: (gain: Money) => void): void {
    told(gain)
  }

  move({ outs, ins, convert, absorbed, addCost }: Move): void {
    const first = outs[0]
    if (first === undefined || !this.owns(first.asset)) return
    for (const portion of absorbed) this.drop(portion.account, portion.asset, portion.amount)
    let cost = addCost() as bigint
    if (convert) {
      for (const out of outs) this.take(out.account, out.asset, out.amount)
      for (const arrival of ins) this.count(arrival.asset, arrival.amount)
      for (const leg of this.record.event.legs) {
        if (leg.role === 'fee' && this.law.home.has(leg.asset)) cost += homeMoney(leg.amount)
      }
    }
    if (cost > 0n) this.record.yearlyCost(first.asset, cost as Money)
  }

  split(_parent: AssetId, leg: Leg): void {
    if (this.owns(leg.asset)) this.count(leg.asset, leg.amount)
  }

  nameLots(): void {}
  endNaming(): void {}
  endYear(): void {}
  startYear(): void {}
  finish(): void {}

  snapshot(): readonly (readonly [AssetId, Amount])[] {
    return [...this.books]
  }

  restore(snapshot: unknown): void {
    for (const [asset, amount] of snapshot as ReturnType<YearlyCostsBasis['snapshot']>) this.books.set(asset, amount)
  }

  heldLots(): HeldLot[] {
    return []
  }

  pools(): PoolBalance[] {
    return [...this.books]
      .filter(([asset]) => !this.law.fiat.has(asset) && asset.length > 0)
      .map(([asset, amount]) => ({ asset, account: null, amount, cost: ZERO_MONEY }))
  }

  private count(asset: AssetId, amount: bigint): void {
    if (this.owns(asset)) this.books.set(asset, ((this.books.get(asset) ?? 0n) + amount) as Amount)
  }

  /** Units go. Where there were not so many, an acquisition is missing, and perhaps its cost. */
  private take(account: AccountId, asset: AssetId, amount: Amount): void {
    const held = this.books.get(asset) ?? ZERO_AMOUNT
    if (held < amount) {
      const missing = (amount - held) as Amount
      this.record.open({
        code: 'missing-acquisition',
        asset,
        account,
        amount: missing,
        effect: { low: null, high: null },
      })
    }
    this.books.set(asset, (held < amount ? ZERO_AMOUNT : held - amount) as Amount)
  }
}
