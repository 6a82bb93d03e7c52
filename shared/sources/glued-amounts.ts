/** Amounts with their unit in the same cell: `0.0100000000BTC`, `1,234.50EUR`, `20 USDT`, `-104.97 USDT`. */
import type { Amount } from '../amount/amount.ts'
import { type DecimalMark, parseSourceAmount } from '../amount/source-number.ts'
import { shared } from './identity.ts'

export interface GluedAmount {
  readonly amount: Amount
  readonly symbol: string
}

/** Assets whose symbol begins with a digit, which a number before it would swallow. */
const DIGIT_FIRST = ['1INCH', '1000SATS', '1000CAT', '1000CHEEMS', '1MBABYDOGE'] as const

const isSymbolCode = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 46 || code > 127

/** Does a unit stand behind the number, or a number alone? */
export function endsWithLetter(text: string): boolean {
  const code = text.charCodeAt(text.length - 1) | 32
  return code >= 97 && code <= 122
}

/** The one of `units` that stands behind the number. */
function expectedUnit(text: string, units: readonly string[]): string | undefined {
  const last = text.charCodeAt(text.length - 1)
  for (const unit of units) {
    if (unit.charCodeAt(unit.length - 1) !== last || !text.endsWith(unit)) continue
    const before = text.charCodeAt(text.length - unit.length - 1)
    if ((before >= 48 && before <= 57) || before === 46 || before === 32) return unit
  }
  return undefined
}

/** Where the unit begins, or −1 where there is none. */
function unitAt(text: string): number {
  const space = text.lastIndexOf(' ')
  if (space > 0) return space + 1
  for (const unit of DIGIT_FIRST) {
    const at = text.length - unit.length
    if (at > 0 && text.endsWith(unit) && text.slice(0, at).includes('.')) return at
  }
  let at = text.length
  while (at > 0 && isSymbolCode(text.charCodeAt(at - 1)) && !isDigitOrPoint(text.charCodeAt(at - 1))) at--
  if (at < text.length) return at
  // A unit that ends with digits (`0.5C98`) begins with the letters before them.
  let i = text.length
  while (i > 0 && isDigitOrPoint(text.charCodeAt(i - 1))) i--
  while (i > 0 && isSymbolCode(text.charCodeAt(i - 1)) && !isDigitOrPoint(text.charCodeAt(i - 1))) i--
  return i > 0 && i < text.length && isDigitOrPoint(text.charCodeAt(i - 1)) ? i : -1
}

const isDigitOrPoint = (code: number): boolean => (code >= 48 && code <= 57) || code === 46

/**
 * The number and the unit of a cell, or why it has none. `units` are the symbols that the row lets expect, tried first,
 * because a symbol may itself begin with a digit. The unit is one copy for all rows.
 */
export function gluedAmount(text: string, mark: DecimalMark, units: readonly string[] = []): GluedAmount | string {
  const expected = expectedUnit(text, units)
  const at = expected === undefined ? unitAt(text) : text.length - expected.length
  if (at <= 0) return 'the amount names no unit'
  const amount = parseSourceAmount(text.slice(0, at).trim(), mark)
  if (amount === null) return 'the amount is missing'
  if (typeof amount !== 'bigint') return `the amount ${amount.error}`
  return { amount, symbol: shared(expected ?? text.slice(at)) }
}
