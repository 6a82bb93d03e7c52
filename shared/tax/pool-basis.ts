import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_AMOUNT, ZERO_MONEY } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { Method } from '../events/interchange-types.ts'
import type { AcquisitionDetail, Basis, Move, Revalue } from './basis.ts'
import type { Law } from './law.ts'
import type { Recorder } from './recorder.ts'
import type { HeldLot, PoolBalance } from './result.ts'

interface Pool {
  amount: Amount
  cost: Money
}

/** A disposal whose cost waits for the year's average. */
interface Waiting {
  readonly event: LedgerEvent
  readonly day: number
  readonly account: AccountId
  readonly asset: AssetId
  readonly amount: Amount
  readonly proceeds: Money
  readonly fees: Money
  readonly told: ((gain: Money) => void)[]
}

interface PoolSnapshot {
  readonly pools: readonly (readonly [AssetId, readonly (Pool | undefined)[]])[]
}

/**
 * Average cost. `moving-average` and `acb`: the average at the moment of the disposal. `total-average`: the average of
 * what was held at the year's beginning and all that was acquired in it.
 */
export class PoolBasis implements Basis {
  protected readonly law: Law
  protected readonly record: Recorder
  private readonly books = new Map<AssetId, (Pool | undefined)[]>()
  private readonly universal: boolean
  private waiting: Waiting[] = []

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    this.universal = law.firstScope === 'universal'
    for (const asset of assets) this.books.set(asset, [])
  }

  owns(asset: AssetId): boolean {
    return this.books.has(asset)
  }

  acquire(leg: Leg, _index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    if (detail?.note?.missing) this.record.open({ code: 'missing-acquisition', asset: leg.asset, amount })
    this.add(leg.account, leg.asset, amount, cost)
  }

  dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    if (!this.owns(asset) || amount === 0n) return ZERO_MONEY
    const method = this.methodFor(asset, account)
    if (method === 'total-average') {
      const { event, day } = this.record
      this.waiting.push({ event, day, account, asset, amount, proceeds, fees, told: [] })
      return ZERO_MONEY
    }
    return this.disposeNow(account, asset, amount, proceeds, fees, method)
  }

  private disposeNow(
    account: AccountId,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    fees: Money,
    method: Method,
  ): Money {
    const pool = this.poolOf(account, asset)
    const covered = (pool.amount < amount ? (pool.amount > 0n ? pool.amount : 0n) : amount) as Amount
    const money = shareOf(proceeds, covered, amount)
    const charge = shareOf(fees, covered, amount)
    let gain = 0n
    if (covered > 0n) {
      gain += this.write(account, asset, covered, money, charge, this.remove(pool, covered), method)
    }
    if (covered < amount) {
      const rest = (amount - covered) as Amount
      const left = (proceeds - money) as Money
      gain += this.writeMissing(account, asset, rest, left, (fees - charge) as Money)
    }
    return gain as Money
  }

  /** The row of units that the pool gave up at `cost`. Returns its gain. */
  protected write(
    account: AccountId,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    fees: Money,
    cost: Money,
    method: Method,
  ): Money {
    const shown = this.unitName(this.unitFor(account)) === null ? null : account
    return this.record.disposePooled(shown, asset, amount, proceeds, fees, cost, method)
  }

  /** The row of units that the pool does not have. Returns its gain. */
  protected writeMissing(account: AccountId, asset: AssetId, amount: Amount, money: Money, fees: Money): Money {
    const shown = this.unitName(this.unitFor(account)) === null ? null : account
    return this.record.disposeMissing(shown, asset, amount, money, fees, null)
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    return this.dispose(leg.account, leg.asset, amount, proceeds, fees)
  }

  drop(account: AccountId, asset: AssetId, amount: Amount): Money {
    if (!this.owns(asset)) return ZERO_MONEY
    const pool = this.poolOf(account, asset)
    const covered = (pool.amount < amount ? pool.amount : amount) as Amount
    if (covered < amount)
      this.record.open({ code: 'missing-acquisition', asset, account, amount: (amount - covered) as Amount })
    return covered > 0n ? this.remove(pool, covered) : ZERO_MONEY
  }

  leave(account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    if (!this.owns(asset)) return ZERO_MONEY
    const cost = this.drop(account, asset, amount)
    const shown = this.unitName(this.unitFor(account)) === null ? null : account
    this.record.left(shown, asset, amount, value, cost, null)
    return cost
  }

  settle(asset: AssetId, amount: Amount, gain: Money, told: (gain: Money) => void): void {
    const last = this.waiting[this.waiting.length - 1]
    if (last !== undefined && last.event === this.record.event && last.asset === asset && last.amount === amount) {
      last.told.push(told)
    } else {
      told(gain)
    }
  }

  move({ outs, ins, convert, absorbed, addCost }: Move): void {
    const first = outs[0]
    if (first === undefined || !this.owns(first.asset)) return
    let cost = 0n
    let left = 0n
    const unit = this.unitFor(first.account)
    const stays = !convert && [...outs, ...ins].every(({ account }) => this.unitFor(account) === unit)
    if (!stays) {
      for (const out of outs) {
        cost += this.drop(out.account, out.asset, out.amount)
      }
    }
    for (const portion of absorbed) cost += this.drop(portion.account, portion.asset, portion.amount)
    cost += addCost()
    for (const arrival of ins) left += arrival.weight
    for (const arrival of ins) {
      const share = shareOf(cost, arrival.weight, left)
      cost -= share
      left -= arrival.weight
      this.add(arrival.account, arrival.asset, stays ? ZERO_AMOUNT : arrival.amount, share as Money)
    }
  }

  split(parent: AssetId, leg: Leg, _index: number, childValue: Money, parentPrice: Money): void {
    const pools = this.books.get(parent)
    if (pools === undefined) return
    let taken = 0n
    let held = 0n
    for (const pool of pools) held += pool?.amount ?? 0n
    const worth = (held * parentPrice) / 10n ** 24n + childValue
    for (const pool of pools) {
      if (pool === undefined || worth === 0n) continue
      const share = divideHalfEven(pool.cost * childValue, worth)
      pool.cost = (pool.cost - share) as Money
      taken += share
    }
    this.add(leg.account, leg.asset, leg.amount, taken as Money)
  }

  /** The units' share of the pool's cost is replaced by what is stated. */
  overrideCost(leg: Leg, cost: Money): Amount {
    const pool = this.poolOf(leg.account, leg.asset)
    const covered = (pool.amount < leg.amount ? (pool.amount > 0n ? pool.amount : 0n) : leg.amount) as Amount
    if (covered === 0n) return leg.amount
    const stated = shareOf(cost, covered, leg.amount)
    this.remove(pool, covered)
    pool.amount = (pool.amount + covered) as Amount
    pool.cost = (pool.cost + stated) as Money
    return (leg.amount - covered) as Amount
  }

  nameLots(): void {}
  endNaming(): void {}

  endYear(): void {
    if (this.waiting.length === 0) return
    const waiting = this.waiting
    this.waiting = []
    let current: Waiting | null = null
    for (const entry of waiting) {
      if (current?.event !== entry.event) {
        if (current !== null) this.record.endEvent()
        this.record.reopen(entry.event, entry.day)
        current = entry
      }
      const { account, asset, amount, proceeds, fees } = entry
      const gain = this.disposeNow(account, asset, amount, proceeds, fees, 'total-average')
      for (const told of entry.told) told(gain)
    }
    this.record.endEvent()
  }

  startYear(): void {}
  finish(): void {}

  snapshot(): unknown {
    return {
      pools: [...this.books].map(([asset, pools]) => [asset, pools.map((pool) => (pool ? { ...pool } : undefined))]),
    } satisfies PoolSnapshot
  }

  restore(snapshot: unknown): void {
    for (const [asset, pools] of (snapshot as PoolSnapshot).pools) {
      this.books.set(
        asset,
        pools.map((pool) => (pool ? { ...pool } : undefined)),
      )
    }
  }

  revalue(asset: AssetId, decide: Revalue): void {
    for (const pool of this.books.get(asset) ?? []) {
      if (pool !== undefined && pool.amount > 0n) pool.cost = decide(pool.amount, pool.cost, null)
    }
  }

  heldLots(): HeldLot[] {
    return []
  }

  pools(): PoolBalance[] {
    const balances: PoolBalance[] = []
    for (const [asset, pools] of this.books) {
      pools.forEach((pool, unit) => {
        if (pool === undefined) return
        balances.push({ asset, account: this.unitName(unit), amount: pool.amount, cost: pool.cost })
      })
    }
    return balances
  }

  private methodFor(asset: AssetId, account: AccountId): Method {
    return this.law.averageMethodFor(this.record.day, asset, account)
  }

  /** Which of an asset's pools the units of an account are in. */
  protected unitFor(account: AccountId): number {
    return this.universal ? 0 : (this.law.unitOf.get(account) as number)
  }

  /** What a pool is called; null for the one over all accounts. */
  protected unitName(unit: number): AccountId | null {
    return this.universal ? null : (this.law.units[unit] as AccountId)
  }

  protected assets(): Iterable<AssetId> {
    return this.books.keys()
  }

  protected poolOf(account: AccountId, asset: AssetId): Pool {
    const pools = this.books.get(asset) as (Pool | undefined)[]
    const unit = this.unitFor(account)
    let pool = pools[unit]
    if (pool === undefined) {
      pool = { amount: ZERO_AMOUNT, cost: ZERO_MONEY }
      pools[unit] = pool
    }
    return pool
  }

  protected add(account: AccountId, asset: AssetId, amount: Amount, cost: Money): void {
    if (!this.owns(asset)) return
    const pool = this.poolOf(account, asset)
    pool.amount = (pool.amount + amount) as Amount
    pool.cost = (pool.cost + cost) as Money
  }

  private remove(pool: Pool, amount: Amount): Money {
    const cost = shareOf(pool.cost, amount, pool.amount) as Money
    pool.amount = (pool.amount - amount) as Amount
    pool.cost = (pool.cost - cost) as Money
    return cost
  }
}
