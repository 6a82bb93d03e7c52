/** Known prices in the base currency, by asset and time. */
import type { Money } from '../amount/amount.ts'
import { ONE_MONEY } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import { dayOfDate } from '../events/civil-date.ts'
import type { AssetId, CurrencyCode, Instant } from '../events/identifiers.ts'
import type { PriceEntry, Prices } from '../events/interchange-types.ts'

/** A price of one unit in the base currency, and where it came from. */
export interface PriceFound {
  readonly price: Money
  readonly source: string | null
  /** Days between the day asked for and the price's own. */
  readonly daysAway: number
}

/** Prices of one unit in the base currency. Callers give the civil day of an instant, which hot loops know already. */
export interface PriceBook {
  /** The price at an instant that lies on civil day `day`: that very instant's, else the whole day's; null without one. */
  priceAt(asset: AssetId, time: Instant, day: number): Money | null
  /** As `priceAt`, with where the price came from. */
  find(asset: AssetId, time: Instant, day: number): PriceFound | null
  /** Can the price of an asset differ inside one day. */
  hasInstants(asset: AssetId): boolean
  /** The currency whose rate is missing where the day has a price in it, or is asked about it; null where no rate would help. */
  missingRate(asset: AssetId, time: Instant, day: number): CurrencyCode | null
  /** The nearest known prices on either side of a day: their bounds, and the nearer one (the earlier at a tie). */
  around(asset: AssetId, day: number): PricesAround | null
}

export interface PricesAround {
  readonly low: Money
  readonly high: Money
  readonly nearest: Money
  readonly found: PriceFound
}

interface Quotes {
  readonly currency: CurrencyCode
  readonly byInstant: Map<number, PriceEntry>
  readonly byDay: Map<number, PriceEntry>
  /** All entries with their day, ascending; made when first asked for. */
  timeline: readonly { readonly day: number; readonly entry: PriceEntry }[] | null
}

/** On weekends and holidays no rates are published: for so many days the last one before stands. */
const RATE_STANDS = 7

/**
 * Indexes a price list. A price in another currency counts through that currency's own price at the same time, one step
 * at most; a rate that was stated the other way round (how much foreign money the base currency buys) is turned. On a
 * day without a rate the last one of the week before stands. Of two prices for the same asset and time the later listed
 * counts. `dayOf` tells an instant's civil day, `currencyAsset` the asset that stands for a currency, `isMoney` which
 * assets are currencies, and `codeOf` which currency such an asset is.
 */
export function priceBook(
  prices: Prices,
  base: CurrencyCode,
  dayOf: (instant: Instant) => number,
  currencyAsset: (currency: CurrencyCode) => AssetId | null = (code) => code as string as AssetId,
  isMoney: (asset: AssetId) => boolean = () => false,
  codeOf: (asset: AssetId) => CurrencyCode = (asset) => asset as string as CurrencyCode,
): PriceBook {
  const own = new Map<AssetId, Quotes>()
  const foreign = new Map<AssetId, Quotes[]>()
  const turned: PriceEntry[] = []
  const home = currencyAsset(base)
  for (const entry of prices) {
    keep(quotesFor(entry, base, own, foreign), entry)
    if (entry.asset !== home || entry.currency === base || entry.price <= 0n) continue
    const asset = currencyAsset(entry.currency)
    if (asset === null) continue
    turned.push({ ...entry, asset, currency: base, price: mulDiv(ONE_MONEY, ONE_MONEY, entry.price) as Money })
  }
  addMissing(turned, base, own, foreign)

  const quoteAt = (quotes: Quotes, time: Instant, day: number): PriceEntry | undefined =>
    quotes.byInstant.get(time) ?? quotes.byDay.get(day)

  const rateAt = (asset: AssetId, time: Instant, day: number): PriceEntry | undefined => {
    const rates = own.get(asset)
    if (rates === undefined) return undefined
    let rate = quoteAt(rates, time, day)
    for (let back = 1; rate === undefined && back <= RATE_STANDS; back++) rate = rates.byDay.get(day - back)
    return rate
  }

  const directAt = (asset: AssetId, time: Instant, day: number): PriceEntry | undefined => {
    const quotes = own.get(asset)
    const direct = quotes === undefined ? undefined : quoteAt(quotes, time, day)
    return direct === undefined && quotes !== undefined && isMoney(asset) ? rateAt(asset, time, day) : direct
  }

  const inBase = (entry: PriceEntry, time: Instant, day: number): Money | null => {
    if (entry.currency === base) return entry.price
    const asset = currencyAsset(entry.currency)
    const rate = asset === null ? undefined : rateAt(asset, time, day)
    return rate ? (mulDiv(entry.price, rate.price, ONE_MONEY) as Money) : null
  }

  const foreignAt = (asset: AssetId, time: Instant, day: number): { entry: PriceEntry; price: Money } | null => {
    for (const quotes of foreign.get(asset) ?? []) {
      const entry = quoteAt(quotes, time, day)
      const price = entry ? inBase(entry, time, day) : null
      if (entry && price !== null) return { entry, price }
    }
    return null
  }

  const priceAt = (asset: AssetId, time: Instant, day: number): Money | null => {
    const direct = directAt(asset, time, day)
    if (direct !== undefined) return direct.price
    return foreign.size === 0 ? null : (foreignAt(asset, time, day)?.price ?? null)
  }

  const find = (asset: AssetId, time: Instant, day: number): PriceFound | null => {
    const direct = directAt(asset, time, day)
    const found = direct ? { entry: direct, price: direct.price } : foreignAt(asset, time, day)
    if (found === null) return null
    const daysAway = typeof found.entry.time === 'number' ? 0 : day - dayOfDate(found.entry.time)
    return { price: found.price, source: found.entry.source ?? null, daysAway }
  }

  const timelineOf = (quotes: Quotes): NonNullable<Quotes['timeline']> => {
    quotes.timeline ??= [...quotes.byDay.values(), ...quotes.byInstant.values()]
      .map((entry) => ({ day: typeof entry.time === 'number' ? dayOf(entry.time) : dayOfDate(entry.time), entry }))
      .sort((a, b) => a.day - b.day)
    return quotes.timeline
  }

  const around = (asset: AssetId, day: number): PricesAround | null => {
    let before: PriceFound | null = null
    let after: PriceFound | null = null
    for (const quotes of [own.get(asset), ...(foreign.get(asset) ?? [])]) {
      if (!quotes) continue
      const timeline = timelineOf(quotes)
      const split = firstAfter(timeline, day)
      before = closer(before, foundAt(timeline[split - 1], day))
      after = closer(after, foundAt(timeline[split], day))
    }
    const near = closer(before, after)
    if (near === null) return null
    const [a, b] = [(before ?? near).price, (after ?? near).price]
    const [low, high] = a < b ? [a, b] : [b, a]
    return { low, high, nearest: near.price, found: near }
  }

  const foundAt = (quote: { day: number; entry: PriceEntry } | undefined, day: number): PriceFound | null => {
    if (!quote) return null
    const price = inBase(quote.entry, quote.entry.time as Instant, quote.day)
    return price === null
      ? null
      : { price, source: quote.entry.source ?? null, daysAway: quote.day > day ? quote.day - day : day - quote.day }
  }

  const hasInstants = (asset: AssetId): boolean => foreign.has(asset) || (own.get(asset)?.byInstant.size ?? 0) > 0

  const missingRate = (asset: AssetId, time: Instant, day: number): CurrencyCode | null => {
    if (priceAt(asset, time, day) !== null) return null
    if (isMoney(asset)) return codeOf(asset)
    for (const quotes of foreign.get(asset) ?? []) if (quoteAt(quotes, time, day) !== undefined) return quotes.currency
    return null
  }

  return { priceAt, find, hasInstants, missingRate, around }
}

function keep(quotes: Quotes, entry: PriceEntry): void {
  if (typeof entry.time === 'number') quotes.byInstant.set(entry.time, entry)
  else quotes.byDay.set(dayOfDate(entry.time), entry)
}

/** Turned rates stand only where none was stated: of all asked for before any is kept. */
function addMissing(
  turned: readonly PriceEntry[],
  base: CurrencyCode,
  own: Map<AssetId, Quotes>,
  foreign: Map<AssetId, Quotes[]>,
): void {
  const missing = turned.filter(({ asset, time }) => {
    const quotes = own.get(asset)
    return !(typeof time === 'number' ? quotes?.byInstant.has(time) : quotes?.byDay.has(dayOfDate(time)))
  })
  for (const entry of missing) keep(quotesFor(entry, base, own, foreign), entry)
}

function quotesFor(
  { asset, currency }: PriceEntry,
  base: CurrencyCode,
  own: Map<AssetId, Quotes>,
  foreign: Map<AssetId, Quotes[]>,
): Quotes {
  const known = currency === base ? own.get(asset) : foreign.get(asset)?.find((quotes) => quotes.currency === currency)
  if (known) return known
  const quotes: Quotes = { currency, byInstant: new Map(), byDay: new Map(), timeline: null }
  if (currency === base) own.set(asset, quotes)
  else foreign.set(asset, [...(foreign.get(asset) ?? []), quotes])
  return quotes
}

function firstAfter(timeline: readonly { readonly day: number }[], day: number): number {
  let low = 0
  let high = timeline.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timeline[middle] as { day: number }).day <= day) low = middle + 1
    else high = middle
  }
  return low
}

/** The nearer of two prices; the first at a tie. */
const closer = (a: PriceFound | null, b: PriceFound | null): PriceFound | null =>
  a === null || (b !== null && b.daysAway < a.daysAway) ? b : a
