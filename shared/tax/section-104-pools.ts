import type { Amount, Money } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { Move, Portion } from './basis.ts'
import { least, positive } from './least.ts'
import type { Recorder } from './recorder.ts'
import type { PoolBalance } from './result.ts'
import type { ShareDays } from './section-104-days.ts'

export interface Pool {
  amount: bigint
  cost: bigint
}

/** What touches pools directly, in the order of events. */
export type PoolAct =
  | { readonly what: 'add'; readonly asset: AssetId; readonly amount: bigint; readonly cost: bigint }
  | { readonly what: 'drop'; readonly asset: AssetId; readonly amount: Amount }
  | { readonly what: 'override'; readonly asset: AssetId; readonly amount: Amount; readonly cost: Money }
  | { readonly what: 'leave'; readonly asset: AssetId; readonly amount: Amount; readonly value: Money | null }
  | { readonly what: 'absorb'; readonly asset: AssetId; readonly cost: Money; readonly absorbed: readonly Portion[] }
  | { readonly what: 'convert'; readonly move: Omit<Move, 'addCost'>; readonly cost: Money }
  | {
      readonly what: 'split'
      readonly parent: AssetId
      readonly leg: Leg
      readonly childValue: Money
      readonly parentPrice: Money
    }

export interface TimedAct {
  readonly day: number
  readonly event: LedgerEvent
  /** After the disposals of its day, not before. */
  readonly late: boolean
  readonly act: PoolAct
}

/** The Section 104 pools of some assets, and what touches them without being matched. */
export class SharePools {
  private readonly record: Recorder
  private readonly days: ShareDays
  private readonly pools = new Map<AssetId, Pool>()

  constructor(record: Recorder, days: ShareDays, assets: readonly AssetId[]) {
    this.record = record
    this.days = days
    for (const asset of assets) this.pools.set(asset, { amount: 0n, cost: 0n })
  }

  has(asset: AssetId): boolean {
    return this.pools.has(asset)
  }

  add(asset: AssetId, amount: bigint, cost: bigint): void {
    const pool = this.pools.get(asset) as Pool
    pool.amount += amount
    pool.cost += cost
  }

  /** How many of some units the pool has. */
  covered(asset: AssetId, amount: bigint): bigint {
    const pool = this.pools.get(asset) as Pool
    return least(amount, positive(pool.amount))
  }

  /** Takes units at the pool's average, the last of them with all that is left of its cost. */
  take(asset: AssetId, amount: bigint): bigint {
    const pool = this.pools.get(asset) as Pool
    const covered = this.covered(asset, amount)
    if (covered < amount) this.record.open({ code: 'missing-acquisition', asset, amount: (amount - covered) as Amount })
    if (covered === 0n) return 0n
    const cost = shareOf(pool.cost, covered, pool.amount)
    pool.amount -= covered
    pool.cost -= cost
    return cost
  }

  /** What touches pools directly, at its place among the disposals. */
  perform({ event, day, act }: TimedAct): void {
    this.record.reopen(event, day)
    switch (act.what) {
      case 'add':
        this.add(act.asset, act.amount, act.cost)
        break
      case 'drop':
        this.take(act.asset, act.amount)
        break
      case 'leave': {
        const cost = this.take(act.asset, act.amount) as Money
        this.record.left(null, act.asset, act.amount, act.value, cost, null)
        break
      }
      case 'absorb':
        this.add(act.asset, 0n, act.cost + this.costOf(act.absorbed))
        break
      case 'convert':
        this.convert(event, act.move, act.cost)
        break
      case 'override':
        this.take(act.asset, act.amount)
        this.add(act.asset, act.amount, act.cost)
        break
      case 'split':
        this.splitPool(act)
        break
      default: {
        const never: never = act
        throw new RangeError(`no such act on a pool: ${String(never)}`)
      }
    }
  }

  private costOf(portions: readonly Portion[]): bigint {
    let cost = 0n
    for (const { asset, amount } of portions) cost += this.take(asset, amount)
    return cost
  }

  private convert(event: LedgerEvent, { outs, ins, absorbed }: Omit<Move, 'addCost'>, added: Money): void {
    const { owed, owedThere } = this.days.owedTo(event)
    let cost = added + this.costOf(absorbed)
    for (const out of outs) cost += this.take(out.asset, out.amount + owed)
    let weights = 0n
    for (const arrival of ins) weights += arrival.weight
    for (const arrival of ins) {
      const share = shareOf(cost, arrival.weight, weights)
      cost -= share
      weights -= arrival.weight
      this.add(arrival.asset, arrival.amount + owedThere, share)
    }
  }

  private splitPool({ parent, leg, childValue, parentPrice }: Extract<PoolAct, { what: 'split' }>): void {
    const pool = this.pools.get(parent) as Pool
    const worth = (pool.amount * parentPrice) / 10n ** 24n + childValue
    const share = worth === 0n ? 0n : divideHalfEven(pool.cost * childValue, worth)
    pool.cost -= share
    this.add(leg.asset, leg.amount, share)
  }

  snapshot(): ReadonlyMap<AssetId, Pool> {
    return new Map([...this.pools].map(([asset, pool]) => [asset, { ...pool }]))
  }

  restore(pools: ReadonlyMap<AssetId, Pool>): void {
    for (const [asset, pool] of pools) this.pools.set(asset, { ...pool })
  }

  balances(fiat: ReadonlySet<AssetId>): PoolBalance[] {
    return [...this.pools]
      .filter(([asset]) => !fiat.has(asset) && asset.length > 0)
      .map(([asset, pool]) => ({ asset, account: null, amount: pool.amount as Amount, cost: pool.cost as Money }))
  }
}
