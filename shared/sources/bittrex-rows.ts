/** What Bittrex's files have in common. */
import type { ZoneName } from '../events/identifiers.ts'
import type { MarketPair } from './market-pairs.ts'
import { separatedPair } from './market-pairs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { readTime, type SourceTime } from './times.ts'
import { readWrittenTime } from './written-times.ts'

/** `12/31/2018 3:22:46 PM`, or ISO. */
export const usTime = (text: string, zone: ZoneName): SourceTime | null =>
  readTime(text, zone) ?? readWrittenTime(text, 'mdy', zone)

/** A reason to skip where the column says true. */
export const unlessNever = (row: RowCursor, column: Column, why: string): { readonly skip: string } | null =>
  /^(true|1|yes)$/i.test(row.text(column)) ? { skip: `${why}: nothing was moved` } : null

/** `USDT-BTC`: the quote stands first, except where a slash parts base and quote (`SWT/BTC`). */
export function bittrexPair(market: string): MarketPair | null {
  const pair = separatedPair(market)
  if (pair === null || market.includes('/')) return pair
  return { base: pair.quote, quote: pair.base }
}

/** The side in `LIMIT_BUY`, `CEILING_MARKET_SELL`, `Buy`; null where there is none. */
export const bittrexSide = (text: string): 'buy' | 'sell' | null =>
  /buy/i.test(text) ? 'buy' : /sell/i.test(text) ? 'sell' : null
