import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import type { AssetId } from '../events/identifiers.ts'
import { least } from './least.ts'
import type { PoolBalance } from './result.ts'

interface Pool {
  amount: bigint
  cost: bigint
}

export type ApartSnapshot = readonly (readonly [AssetId, Pool])[]

/** Average cost of assets that a portfolio's one price leaves out, each by itself. */
export class ApartPools {
  private readonly pools = new Map<AssetId, Pool>()

  add(asset: AssetId, amount: bigint, cost: bigint): void {
    const pool = this.pools.get(asset) ?? { amount: 0n, cost: 0n }
    pool.amount += amount
    pool.cost += cost
    this.pools.set(asset, pool)
  }

  /** Takes units, as far as they are there, and returns their cost; the last of them take all that is left. */
  take(asset: AssetId, amount: bigint): Money {
    const pool = this.pools.get(asset)
    const units = least(amount, pool?.amount ?? 0n)
    if (pool === undefined || units === 0n) return ZERO_MONEY
    const cost = shareOf(pool.cost, units, pool.amount)
    pool.amount -= units
    pool.cost -= cost
    return cost as Money
  }

  balances(): PoolBalance[] {
    return [...this.pools].map(([asset, { amount, cost }]) => ({
      asset,
      account: null,
      amount: amount as Amount,
      cost: cost as Money,
    }))
  }

  snapshot(): ApartSnapshot {
    return [...this.pools].map(([asset, pool]) => [asset, { ...pool }] as const)
  }

  restore(snapshot: ApartSnapshot): void {
    for (const [asset, pool] of snapshot) this.pools.set(asset, { ...pool })
  }
}
