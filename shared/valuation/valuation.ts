/**
 * What a leg is worth in the profile's currency, and why (model: “Valuation”). In this order: the user's decision, the
 * other side in fiat, the value the source states, the other side's market price, the asset's own price.
 */
import type { Amount, Money } from '../amount/amount.ts'
import { shareMoney, valueAt } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { Asset } from '../events/account.ts'
import { civilClock } from '../events/civil-time.ts'
import type { LedgerEvent, Leg, Role } from '../events/event.ts'
import type { AssetId, CurrencyCode, Instant } from '../events/identifiers.ts'
import type { Prices, Profile } from '../events/interchange-types.ts'
import type { PriceBook, PriceFound } from './price-book.ts'
import { priceBook } from './price-book.ts'
import { countingSide, FIAT, NO_GROUND, PRICE, SOURCE, USER, weakestGround } from './sides.ts'

/**
 * Which side of a swap counts: `received`: the value of what comes in, for both sides; `exchanged`: each side the value
 * of the other.
 */
export type SwapValueRule = 'received' | 'exchanged'

/** Reasons of a value, best first. */
const VALUE_REASONS = ['user', 'fiat', 'source', 'price'] as const
export type ValueReason = (typeof VALUE_REASONS)[number]

/** The value of one leg with its grounds. `side`: was it read off the leg itself or off the other side of the event. */
export interface LegValue {
  readonly value: Money
  readonly reason: ValueReason
  readonly side: 'own' | 'other'
  /** Where a price came from, where one was used and says so. */
  readonly source: string | null
  /** Days between the event and the price that was used; 0 for its own instant or day. */
  readonly daysAway: number
}

/** A leg without a value: what it may be worth by the nearest known prices; null where that is not known. */
export interface MissingValue {
  readonly value: null
  readonly low: Money
  readonly high: Money | null
  readonly nearest: PriceFound | null
}

export interface Valuation {
  readonly prices: PriceBook
  isFiat(asset: AssetId): boolean
  /** A leg by itself: a user's or source's value, a fiat amount, the asset's price; null where nothing is known. */
  ownValue(event: LedgerEvent, leg: Leg): Money | null
  /** What the legs that go out are given for, by the rule; null where neither side has a value. */
  proceedsOf(event: LedgerEvent, rule: SwapValueRule): Money | null
  /** What the legs that come in cost, by the rule; null where neither side has a value. */
  costOf(event: LedgerEvent, rule: SwapValueRule): Money | null
  /** Values of the legs of one side that add up to `total` exactly, shared by their own values (equally where those are unknown). */
  share(event: LedgerEvent, role: 'out' | 'in', total: Money): Money[]
  /** The value of one leg with its grounds, or the bounds that are known. */
  explain(event: LedgerEvent, index: number, rule: SwapValueRule): LegValue | MissingValue
  /** What `amount` units may be worth at a time that has no price. */
  bounds(asset: AssetId, amount: Amount, time: Instant): MissingValue
}

const UNITS_TO_MONEY = 1_000_000n

/** The amount of a fiat leg as money. */
const fiatMoney = (amount: Amount): Money => divideHalfEven(amount, UNITS_TO_MONEY) as Money

/** Makes the valuation of one ledger or document. */
export function createValuation(
  prices: Prices,
  profile: Pick<Profile, 'currency' | 'zone'>,
  assets: readonly Asset[],
): Valuation {
  const fiat = new Set<AssetId>()
  const currencyAssets = new Map<CurrencyCode, AssetId>()
  for (const asset of assets) {
    if (asset.kind !== 'fiat') continue
    fiat.add(asset.id)
    currencyAssets.set((asset.symbol ?? asset.id) as string as CurrencyCode, asset.id)
  }
  const home = currencyAssets.get(profile.currency) ?? (profile.currency as string as AssetId)
  const clock = civilClock(profile.zone)
  const assetOf = (code: CurrencyCode): AssetId => currencyAssets.get(code) ?? (code as string as AssetId)
  const table = priceBook(prices, profile.currency, clock.dayAt, assetOf, (asset) => fiat.has(asset))
  const priceAt = (asset: AssetId, time: Instant): Money | null => table.priceAt(asset, time, clock.dayAt(time))

  /** Index into VALUE_REASONS of the best ground that a leg has by itself; prices are looked up only where `priced`. */
  const groundOf = (leg: Leg, time: Instant, priced: boolean): number => {
    if (leg.value !== undefined && leg.valueBy === 'user') return USER
    if (leg.asset === home) return FIAT
    if (fiat.has(leg.asset) && priceAt(leg.asset, time) !== null) return FIAT
    if (leg.value !== undefined) return SOURCE
    return priced && priceAt(leg.asset, time) !== null ? PRICE : NO_GROUND
  }

  const ownValue = (event: LedgerEvent, leg: Leg): Money | null => {
    const ground = groundOf(leg, event.time, false)
    if (ground === USER || ground === SOURCE) return leg.value as Money
    if (leg.asset === home) return fiatMoney(leg.amount)
    const price = priceAt(leg.asset, event.time)
    return price === null ? null : valueAt(leg.amount, price)
  }

  const groundOfSide = (event: LedgerEvent, role: 'out' | 'in', priced: boolean): number =>
    weakestGround(legsOf(event, role), (leg) => groundOf(leg, event.time, priced))

  const sumOfSide = (event: LedgerEvent, role: Role): Money => {
    let sum = 0n
    for (const leg of event.legs) if (leg.role === role) sum += ownValue(event, leg) ?? 0n
    return sum as Money
  }

  /** The side whose value counts; prices are asked only where nothing else gives one. */
  const sideOf = (event: LedgerEvent, preferred: 'out' | 'in'): 'out' | 'in' | null =>
    countingSide(preferred, groundOfSide(event, 'out', false), groundOfSide(event, 'in', false)) ??
    countingSide(preferred, groundOfSide(event, 'out', true), groundOfSide(event, 'in', true))

  const sideValue = (event: LedgerEvent, preferred: 'out' | 'in'): Money | null => {
    const side = sideOf(event, preferred)
    return side === null ? null : sumOfSide(event, side)
  }

  const bounds = (asset: AssetId, amount: Amount, time: Instant): MissingValue => {
    const around = table.around(asset, clock.dayAt(time))
    if (around === null) return { value: null, low: 0n as Money, high: null, nearest: null }
    return { value: null, low: valueAt(amount, around.low), high: valueAt(amount, around.high), nearest: around.found }
  }

  const share = (event: LedgerEvent, role: 'out' | 'in', total: Money): Money[] => {
    const legs = event.legs.filter((leg) => leg.role === role)
    if (legs.length === 1) return [total]
    const own = legs.map((leg) => ownValue(event, leg))
    return shareByValue(total, own)
  }

  const explainOwn = (event: LedgerEvent, leg: Leg): LegValue | MissingValue => {
    const ground = groundOf(leg, event.time, true)
    if (ground === NO_GROUND) return bounds(leg.asset, leg.amount, event.time)
    return { value: ownValue(event, leg) as Money, side: 'own', ...grounds(ground, leg, event.time) }
  }

  const grounds = (ground: number, leg: Leg, time: Instant): Pick<LegValue, 'reason' | 'source' | 'daysAway'> => {
    const priced = ground === PRICE || (ground === FIAT && leg.asset !== home)
    const found = priced ? table.find(leg.asset, time, clock.dayAt(time)) : null
    return {
      reason: VALUE_REASONS[ground] as ValueReason,
      source: found?.source ?? null,
      daysAway: found?.daysAway ?? 0,
    }
  }

  const explain = (event: LedgerEvent, index: number, rule: SwapValueRule): LegValue | MissingValue => {
    const leg = event.legs[index] as Leg
    if ((leg.role !== 'out' && leg.role !== 'in') || leg.valueBy === 'user') return explainOwn(event, leg)
    const side = sideOf(event, rule === 'received' || leg.role === 'out' ? 'in' : 'out')
    if (side === null || (side === leg.role && legsOf(event, side).length === 1)) return explainOwn(event, leg)
    const value = share(event, leg.role, sumOfSide(event, side))[legsOf(event, leg.role).indexOf(leg)] as Money
    const ground = groundOfSide(event, side, true)
    const weakest = legsOf(event, side).find((other) => groundOf(other, event.time, true) === ground) as Leg
    return { value, side: side === leg.role ? 'own' : 'other', ...grounds(ground, weakest, event.time) }
  }

  return {
    prices: table,
    isFiat: (asset) => fiat.has(asset),
    ownValue,
    proceedsOf: (event) => sideValue(event, 'in'),
    costOf: (event, rule) => sideValue(event, rule === 'received' ? 'in' : 'out'),
    share,
    explain,
    bounds,
  }
}

const legsOf = (event: LedgerEvent, role: 'out' | 'in'): readonly Leg[] => event.legs.filter((leg) => leg.role === role)

/** Shares `total` by known values; legs without one share equally what the known ones leave. */
function shareByValue(total: Money, own: readonly (Money | null)[]): Money[] {
  const known = own.reduce((sum: bigint, value) => sum + (value ?? 0n), 0n)
  const unknown = own.filter((value) => value === null).length
  const rest = total > known ? total - known : 0n
  const weights = own.map((value) => value ?? (unknown > 0 ? rest / BigInt(unknown) : 0n))
  const sum = weights.reduce((a, b) => a + b, 0n)
  return shareMoney(total, sum === 0n ? own.map(() => 1n) : weights)
}
