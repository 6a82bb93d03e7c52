import type { Money } from '../amount/amount.ts'
import { ONE_UNIT } from '../amount/amount.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { AssetId, Instant } from '../events/identifiers.ts'
import type { PriceBook } from '../valuation/price-book.ts'

/** What a portfolio is worth at an instant. `high` is null where nothing limits it. */
export interface PortfolioWorth {
  readonly value: Money
  readonly low: Money
  readonly high: Money | null
  /** Held assets without a price at that time: counted at the nearest known one, else not at all. */
  readonly missing: readonly AssetId[]
}

interface Holding {
  readonly asset: AssetId
  amount: bigint
  /** Price of the day in `day`; null: none is known. */
  price: Money | null
  day: number
  /** All its units came unasked for, so that no price means no value. */
  junk: boolean
  /** Some of its prices are of an instant, so that the day's does not settle it. */
  readonly timed: boolean
}

/**
 * The value of everything held, kept up to date from one day to the next: the sum over the holdings that have one price
 * for the whole day changes with each unit that comes or goes, so that asking for it costs next to nothing.
 */
export class PortfolioValue {
  private readonly prices: PriceBook
  private readonly holdings = new Map<AssetId, Holding>()
  private readonly timed: Holding[] = []
  /** Holdings of the day that have no price. */
  private readonly unpriced = new Set<Holding>()
  private sum = 0n
  private day = Number.NaN

  constructor(prices: PriceBook) {
    this.prices = prices
  }

  amountOf(asset: AssetId): bigint {
    return this.holdings.get(asset)?.amount ?? 0n
  }

  /** Units come (or go, where negative). */
  add(asset: AssetId, units: bigint, junk = false): void {
    let holding = this.holdings.get(asset)
    if (holding === undefined) {
      holding = {
        asset,
        amount: 0n,
        price: null,
        day: Number.NaN,
        junk,
        timed: this.prices.hasInstants(asset),
      }
      this.holdings.set(asset, holding)
      if (holding.timed) this.timed.push(holding)
    } else if (units > 0n && !junk) {
      holding.junk = false
    }
    holding.amount += units
    if (holding.timed || Number.isNaN(this.day)) return
    const price = this.priceOn(holding)
    if (price === null) {
      if (holding.amount > 0n) this.unpriced.add(holding)
      else this.unpriced.delete(holding)
    } else {
      this.sum += units * price
    }
  }

  /**
   * The worth of all that is held at an instant. `sold` may stand in for the price that its asset lacks: what `units` of
   * it fetch.
   */
  at(
    time: Instant,
    day: number,
    sold: { readonly asset: AssetId; readonly units: bigint; readonly price: bigint },
  ): PortfolioWorth {
    if (day !== this.day) this.turnTo(day)
    let sum = this.sum
    for (const holding of this.timed) {
      if (holding.amount <= 0n) continue
      const price = this.prices.priceAt(holding.asset, time, day)
      if (price === null) this.unpriced.add(holding)
      else {
        this.unpriced.delete(holding)
        sum += holding.amount * price
      }
    }
    if (this.unpriced.size === 0) {
      const value = divideHalfEven(sum, ONE_UNIT) as Money
      return { value, low: value, high: value, missing: NONE }
    }
    return this.withUnpriced(sum, day, sold)
  }

  private withUnpriced(
    sum: bigint,
    day: number,
    sold: { readonly asset: AssetId; readonly units: bigint; readonly price: bigint },
  ): PortfolioWorth {
    let [value, low] = [sum, sum]
    let high: bigint | null = sum
    const missing: AssetId[] = []
    for (const { asset, amount, junk } of this.unpriced) {
      if (amount <= 0n) continue
      if (asset === sold.asset && sold.units > 0n) {
        const worth = divideHalfEven(sold.price * amount * ONE_UNIT, sold.units)
        value += worth
        low += worth
        high = high === null ? null : high + worth
        continue
      }
      if (junk) continue
      missing.push(asset)
      const around = this.prices.around(asset, day)
      if (around === null) {
        high = null
        continue
      }
      value += amount * around.nearest
      low += amount * around.low
      high = high === null ? null : high + amount * around.high
    }
    const money = (units: bigint): Money => divideHalfEven(units, ONE_UNIT) as Money
    return { value: money(value), low: money(low), high: high === null ? null : money(high), missing }
  }

  private turnTo(day: number): void {
    this.day = day
    this.sum = 0n
    this.unpriced.clear()
    for (const holding of this.holdings.values()) {
      if (holding.timed || holding.amount <= 0n) continue
      const price = this.priceOn(holding)
      if (price === null) this.unpriced.add(holding)
      else this.sum += holding.amount * price
    }
  }

  /** The price of the day that is kept, asked for once. */
  private priceOn(holding: Holding): Money | null {
    if (holding.day !== this.day) {
      holding.day = this.day
      holding.price = this.prices.priceAt(holding.asset, Number.NaN as Instant, this.day)
    }
    return holding.price
  }

  snapshot(): readonly (readonly [AssetId, bigint, boolean])[] {
    return [...this.holdings.values()].map(({ asset, amount, junk }) => [asset, amount, junk] as const)
  }

  restore(snapshot: readonly (readonly [AssetId, bigint, boolean])[]): void {
    for (const [asset, amount, junk] of snapshot) this.add(asset, amount, junk)
  }
}

const NONE: readonly AssetId[] = []
