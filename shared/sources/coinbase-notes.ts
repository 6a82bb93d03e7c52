/** Coinbase's notes are data: what a conversion bought, the quote of an advanced trade, where a send went. */

import type { Amount } from '../amount/amount.ts'
import type { DecimalMark } from '../amount/source-number.ts'
import { findDecimalMark, parseSourceAmount } from '../amount/source-number.ts'
import { size } from './cells.ts'

export interface NotedAmount {
  readonly amount: Amount
  readonly symbol: string
}

const NUMBER = '([^\\s]*\\d[^\\s]*)'
const SYMBOL = '([A-Za-z0-9.]{1,20})'
const CONVERTED = new RegExp(`^Converted ${NUMBER} ${SYMBOL} to ${NUMBER} ${SYMBOL}`)
const TRADED = new RegExp(`^(?:Bought|Sold) ${NUMBER} ${SYMBOL} for ${NUMBER} ${SYMBOL}`)
const AT_RATE = new RegExp(` on ${SYMBOL}-${SYMBOL} at ${NUMBER} ${SYMBOL}/${SYMBOL}`)
const SENT_TO = /^Sent .+? to (.+)$/s
const RECEIVED_FROM = /^Received .+? from (.+)$/s

/** Notes follow the locale of the person, whatever the columns do: the mark is proved by the numbers of one note. */
function noted(number: string, symbol: string, others: readonly string[]): NotedAmount | null {
  const found = findDecimalMark([number, ...others])
  const mark: DecimalMark = found === ',' ? ',' : '.'
  const amount = parseSourceAmount(number, mark)
  return typeof amount === 'bigint' ? { amount: size(amount), symbol } : null
}

/** Both sides of `Converted 0.001 BTC to 0.0165 ETH`. */
export function readConversion(note: string): { readonly from: NotedAmount; readonly to: NotedAmount } | null {
  const match = CONVERTED.exec(note)
  if (match === null) return null
  const [, out = '', outSymbol = '', income = '', inSymbol = ''] = match
  const from = noted(out, outSymbol, [income])
  const to = noted(income, inSymbol, [out])
  return from === null || to === null ? null : { from, to }
}

export interface NotedTrade {
  /** What was paid or received in all, fees counted in. */
  readonly quote: NotedAmount
  /** Price of one unit in the quote's asset, where an advanced trade names it. */
  readonly rate: Amount | null
}

/** The quote side of `Bought 0.01 BTC for 301.20 EUR on BTC-EUR at 30000 EUR/BTC`; null where that is the row's own currency. */
export function readTrade(note: string, own: string): NotedTrade | null {
  const match = TRADED.exec(note)
  if (match === null) return null
  const [, base = '', , number = '', symbol = ''] = match
  if (symbol === own) return null
  const quote = noted(number, symbol, [base])
  if (quote === null) return null
  const at = AT_RATE.exec(note)
  return { quote, rate: at === null ? null : (noted(at[3] as string, symbol, [number, base])?.amount ?? null) }
}

/** Does it look like an address on a chain rather than a name? */
const isAddress = (text: string): boolean => /^[A-Za-z0-9:]{24,120}$/.test(text) && /\d/.test(text)

export interface OtherSide {
  readonly address?: string
  readonly name?: string
}

const otherSide = (text: string): OtherSide => {
  const side = text.trim()
  return isAddress(side) ? { address: side } : { name: side.slice(0, 200) }
}

/** Where `Sent 0.1 BTC to …` went. */
export function readSentTo(note: string): OtherSide {
  const match = SENT_TO.exec(note.trim())
  return match === null ? {} : otherSide(match[1] as string)
}

/** Where `Received … from …` came from; an external account says nothing. */
export function readReceivedFrom(note: string): OtherSide {
  const match = RECEIVED_FROM.exec(note.trim())
  const from = match?.[1]?.trim()
  return from === undefined || /^an? external account$/i.test(from) ? {} : otherSide(from)
}
