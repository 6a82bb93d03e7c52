/** Cells to values, with a reason in words where that cannot be. */
import type { Amount, Money } from '../amount/amount.ts'
import { AMOUNT_DIGITS } from '../amount/amount.ts'
import { parseDecimal } from '../amount/decimal.ts'
import type { DecimalMark } from '../amount/source-number.ts'
import { parseSourceAmount, parseSourceMoney } from '../amount/source-number.ts'
import type { ReadContext, ReadSink } from './source-format.ts'
import { readTime, type SourceTime } from './times.ts'

/** Why a row is not understood: said to a person, with the column it is about. */
export interface CellProblem {
  readonly reason: string
  readonly column: string
}

export const isProblem = (value: unknown): value is CellProblem =>
  typeof value === 'object' && value !== null && 'reason' in value

const shown = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`

/** Units in a cell, signed; null where it is blank. */
export function amountIn(text: string, column: string, mark: DecimalMark): Amount | null | CellProblem {
  if (text === '' || text === '-') return null
  if (mark === '.') {
    const plain = parseDecimal(text, AMOUNT_DIGITS)
    if (typeof plain === 'bigint') return plain as Amount
  }
  const amount = parseSourceAmount(text, mark)
  if (amount === null || typeof amount === 'bigint') return amount
  return { reason: `the amount ${amount.error}`, column }
}

/** Like `amountIn`, where a blank cell counts as missing. */
export function amountNeededIn(text: string, column: string, mark: DecimalMark): Amount | CellProblem {
  return amountIn(text, column, mark) ?? { reason: 'the amount is missing', column }
}

/** Money in a cell, signed, with any currency sign left out; null where it is blank. */
export function moneyIn(text: string, column: string, mark: DecimalMark): Money | null | CellProblem {
  if (text === '' || text === '-') return null
  const money = parseSourceMoney(text, mark)
  if (money === null || typeof money === 'bigint') return money
  return { reason: `the sum ${money.error}`, column }
}

const LONGEST_SYMBOL = 60

/** A symbol: something, not too long, without control characters. */
export function symbolIn(text: string, column: string): string | CellProblem {
  if (text === '') return { reason: 'the asset is missing', column }
  if (text.length > LONGEST_SYMBOL || hasControl(text))
    return { reason: `${shown(text)} is no symbol of an asset`, column }
  return text
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32) return true
  return false
}

/** A time in a cell. Where the clock of the zone showed it twice or never, the file gets a warning that says so. */
export function timeIn(
  text: string,
  column: string,
  context: ReadContext,
  sink: ReadSink,
  shownText: string = text,
): SourceTime | CellProblem {
  const time = readTime(text, context.zone)
  if (time === null) return timeProblem(text, column, shownText)
  if (time.doubtful === true) warnDoubtful(shownText, context.zone, sink)
  return time
}

/** Why a text is no time. */
export const timeProblem = (text: string, column: string, shownText: string = text): CellProblem => ({
  reason:
    text === ''
      ? 'the time is missing'
      : `${shown(shownText)} is no time of the calendar that this source writes${SERIAL_DAY.test(text) ? ': it looks like a spreadsheet’s count of days. Give the column the form of a date there, and save the file again' : ''}`,
  column,
})
/** A day since 1900 as spreadsheets count, from 2008 to 2064, perhaps with its hour. */
const SERIAL_DAY = /^(?:39[4-9]|[45]\d\d)\d\d(?:\.\d+)?$/

/** Says that the clock of the zone showed this time twice or never. */
export function warnDoubtful(text: string, zone: string, sink: ReadSink): void {
  sink.warn(`${shown(text)} is a time that clocks in ${zone} showed twice or never; the earlier reading was taken`)
}

export const unknownType = (text: string, column: string): CellProblem => ({
  reason: text === '' ? 'the type is missing' : `the type ${shown(text)} is not known to this reader`,
  column,
})

/** |amount|. */
export const size = (amount: Amount): Amount => (amount < 0n ? -amount : amount) as Amount
/** |money|. */
export const sizeOfMoney = (money: Money): Money => (money < 0n ? -money : money) as Money
