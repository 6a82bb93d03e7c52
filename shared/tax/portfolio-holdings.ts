import { shareOf } from '../amount/arithmetic.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import type { PriceBook } from '../valuation/price-book.ts'
import type { Portion } from './basis.ts'
import { LENDING_MOVES, LOCK_MOVES, POOL_MOVES } from './kind-groups.ts'
import { least } from './least.ts'
import { PortfolioValue } from './portfolio-value.ts'

/** Kinds whose receipts stand for what was handed over. */
const RECEIPTS: ReadonlySet<Kind> = new Set<Kind>([
  ...POOL_MOVES,
  ...LENDING_MOVES,
  ...LOCK_MOVES,
  'liquid_stake',
  'liquid_unstake',
  'stake_lock',
  'stake_unlock',
  'wrap',
  'unwrap',
])

interface HoldingsSnapshot {
  readonly units: readonly (readonly [AssetId, bigint])[]
  readonly baskets: readonly (readonly [AssetId, readonly (readonly [AssetId, bigint])[]])[]
  readonly value: ReturnType<PortfolioValue['snapshot']>
}

/**
 * Units held over all accounts, and what they are worth. A receipt of a pool or protocol that has no price of its own is
 * worth what was handed over for it, at the prices of the day asked for.
 */
export class PortfolioHoldings {
  readonly value: PortfolioValue
  private readonly prices: PriceBook
  private readonly held = new Map<AssetId, bigint>()
  private readonly baskets = new Map<AssetId, Map<AssetId, bigint>>()

  constructor(prices: PriceBook) {
    this.prices = prices
    this.value = new PortfolioValue(prices)
  }

  unitsOf(asset: AssetId): bigint {
    return this.held.get(asset) ?? 0n
  }

  add(asset: AssetId, units: bigint, junk = false): void {
    this.held.set(asset, this.unitsOf(asset) + units)
    this.value.add(asset, units, junk)
  }

  /** Takes units, no more than are held. */
  remove(asset: AssetId, units: bigint): void {
    const before = this.unitsOf(asset)
    const taken = least(units, before)
    this.held.set(asset, before - taken)
    const basket = this.baskets.get(asset)
    if (basket === undefined) {
      this.value.add(asset, -taken)
      return
    }
    for (const [inside, amount] of basket) {
      const share = shareOf(amount, taken, before)
      basket.set(inside, amount - share)
      this.value.add(inside, -share)
    }
    if (taken === before) this.baskets.delete(asset)
  }

  /** Units become others. `takeOut` removes a side that is not kept in a receipt. */
  convert(kind: Kind, outs: readonly Portion[], ins: readonly Portion[], takeOut: (out: Portion) => void): void {
    const receipt = RECEIPTS.has(kind) && ins.length === 1 ? ins[0] : undefined
    const keeps =
      receipt !== undefined &&
      this.prices.around(receipt.asset, 0) === null &&
      outs.every(({ asset, amount }) => !this.baskets.has(asset) && this.unitsOf(asset) >= amount) &&
      (this.unitsOf(receipt.asset) === 0n || this.baskets.has(receipt.asset))
    if (receipt === undefined || !keeps) {
      for (const out of outs) takeOut(out)
      for (const { asset, amount } of ins) this.add(asset, amount)
      return
    }
    const basket = this.baskets.get(receipt.asset) ?? new Map<AssetId, bigint>()
    for (const { asset, amount } of outs) {
      this.held.set(asset, this.unitsOf(asset) - amount)
      basket.set(asset, (basket.get(asset) ?? 0n) + amount)
    }
    this.baskets.set(receipt.asset, basket)
    this.held.set(receipt.asset, this.unitsOf(receipt.asset) + receipt.amount)
  }

  units(): (readonly [AssetId, bigint])[] {
    return [...this.held]
  }

  snapshot(): HoldingsSnapshot {
    return {
      units: [...this.held],
      baskets: [...this.baskets].map(([asset, inside]) => [asset, [...inside]] as const),
      value: this.value.snapshot(),
    }
  }

  restore(snapshot: unknown): void {
    const { units, baskets, value } = snapshot as HoldingsSnapshot
    for (const [asset, amount] of units) this.held.set(asset, amount)
    for (const [asset, inside] of baskets) this.baskets.set(asset, new Map(inside))
    this.value.restore(value)
  }
}
