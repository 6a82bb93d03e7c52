/** Markets such as `BTCUSDT`, `ltc_usdt`, `XBT/EUR` as two assets. */

import { remembered } from './word-table.ts'

export interface MarketPair {
  readonly base: string
  readonly quote: string
}

/** Quotes that venues write without a separator, fiat and coins; `pairSplitter` takes the longest that fits. */
export const COMMON_QUOTES = [
  'USDT',
  'USDC',
  'BUSD',
  'TUSD',
  'FDUSD',
  'USDP',
  'USDS',
  'USDE',
  'GUSD',
  'RLUSD',
  'PAX',
  'DAI',
  'UST',
  'USTC',
  'EURI',
  'EURT',
  'EURC',
  'AEUR',
  'BTC',
  'XBT',
  'ETH',
  'BNB',
  'XRP',
  'TRX',
  'DOGE',
  'DOT',
  'SOL',
  'BCH',
  'LTC',
  'BIDR',
  'BVND',
  'IDRT',
  'USD',
  'EUR',
  'GBP',
  'AUD',
  'CAD',
  'CHF',
  'JPY',
  'KRW',
  'TRY',
  'BRL',
  'RUB',
  'UAH',
  'NGN',
  'ZAR',
  'PLN',
  'RON',
  'ARS',
  'IDR',
  'MXN',
  'COP',
  'CZK',
  'SGD',
  'HKD',
  'NZD',
] as const

const SEPARATORS = ['/', '_', '-', ':'] as const

/** The two sides of a market that is written with a separator; null where it has none, or more than one. */
export const separatedPair = remembered((market): MarketPair | null => {
  for (const separator of SEPARATORS) {
    const at = market.indexOf(separator)
    if (at <= 0) continue
    const base = market.slice(0, at)
    const quote = market.slice(at + 1)
    if (quote === '' || quote.includes(separator)) return null
    return { base, quote }
  }
  return null
})

/**
 * Splits markets by separator, or else by the longest of `quotes` that leaves a base. `exceptions` are markets whose
 * longest quote would cut wrongly (`PAXGUSD` is PAXG against USD, not PAX against GUSD). Answers are remembered.
 */
export function pairSplitter(
  quotes: readonly string[] = COMMON_QUOTES,
  exceptions: Readonly<Record<string, MarketPair>> = {},
): (market: string) => MarketPair | null {
  const longestFirst = quotes.toSorted((a, b) => b.length - a.length)
  const met = new Map<string, MarketPair | null>()
  const split = (market: string): MarketPair | null => {
    const separated = separatedPair(market)
    if (separated !== null) return separated
    const capitals = market.toUpperCase()
    const exception = exceptions[capitals]
    if (exception !== undefined) return exception
    const quote = longestFirst.find((one) => capitals.length > one.length + 1 && capitals.endsWith(one))
    if (quote === undefined) return null
    return { base: market.slice(0, market.length - quote.length), quote: market.slice(market.length - quote.length) }
  }
  return (market) => {
    const known = met.get(market)
    if (known !== undefined) return known
    const pair = split(market)
    if (met.size < 20_000) met.set(market, pair)
    return pair
  }
}

const LONGEST_MARKET = 40

/** All ways to cut the market in two, those with the shortest base first. */
function splitsOf(market: string): readonly MarketPair[] {
  const plain = market.replace(/[/_:-]/g, '')
  const splits: MarketPair[] = []
  for (let at = 1; at < plain.length; at++) {
    splits.push({ base: plain.slice(0, at), quote: plain.slice(at) })
  }
  return splits
}
const rememberedSplits = remembered(splitsOf)

/** The split of a market under which one text ends with the base and the other with the quote; null where none does. */
export function pairByUnits(market: string, baseText: string, quoteText: string): MarketPair | null {
  const splits = market.length > LONGEST_MARKET ? splitsOf(market) : rememberedSplits(market)
  for (const pair of splits) {
    if (endsWithUnit(baseText, pair.base) && endsWithUnit(quoteText, pair.quote)) return pair
  }
  return null
}

/** Does a number stand before the unit? */
const endsWithUnit = (text: string, unit: string): boolean => {
  const at = text.length - unit.length
  if (text.charCodeAt(text.length - 1) !== unit.charCodeAt(unit.length - 1) || !text.endsWith(unit)) return false
  const before = text.charCodeAt(at - 1)
  if (before > 32 && before < 127) return (before >= 48 && before <= 57) || before === 46
  const rest = text.slice(0, at).trimEnd()
  const last = rest.charCodeAt(rest.length - 1)
  return (last >= 48 && last <= 57) || last === 46
}
