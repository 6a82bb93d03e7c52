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

/** The split of a market under which one text ends with the base and the other with the quote; null where none does. */
export function pairByUnits(market: string, baseText: string, quoteText: string): MarketPair | null {
  const plain = market.replace(/[/_:-]/g, '')
  for (let at = 1; at < plain.length; at++) {
    const base = plain.slice(0, at)
    const quote = plain.slice(at)
    if (endsWithUnit(baseText, base) && endsWithUnit(quoteText, quote)) return { base, quote }
  }
  return null
}

/** Does a number stand before the unit? */
const endsWithUnit = (text: string, unit: string): boolean => {
  if (!text.endsWith(unit)) return false
  const rest = text.slice(0, text.length - unit.length).trimEnd()
  const last = rest.charCodeAt(rest.length - 1)
  return (last >= 48 && last <= 57) || last === 46
}
