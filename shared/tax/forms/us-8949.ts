import type { Money } from '../../amount/amount.ts'
import type { RoundingStep } from '../../amount/arithmetic.ts'
import { roundMoney } from '../../amount/arithmetic.ts'
import { formatAmount, formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import type { AssetId, CivilDate } from '../../events/identifiers.ts'
import type { DisposalRow } from '../result.ts'

/** One line of Form 8949 by column; money as exact bigints so that a report can add it up. */
export interface Form8949Line {
  readonly box: string
  readonly description: string
  /** Column b: a date, or the word that the instructions ask for. */
  readonly acquired: string
  readonly sold: string
  readonly proceeds: Money
  readonly cost: Money
  readonly code: string
  readonly adjustment: Money
  readonly gain: Money
  readonly row: DisposalRow
}

/** `MM/DD/YYYY`, as the form writes dates. */
export const usDate = (date: CivilDate): string => `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`

const acquiredText = (row: DisposalRow): string =>
  row.origin?.note?.inherited ? 'INHERITED' : row.acquired === null ? '' : usDate(row.acquired)

/**
 * The lines of Form 8949 for the rows that have a box. Column d is proceeds less the fees of the disposal where no
 * broker's form says otherwise; h = d − e + g. Rows that an aggregate form reports as one make one line (code M). With `rounding`, d, e and g are rounded (halves up) before h is taken, as
 * the instructions for rounding ask.
 * Authority: Form 8949 and its instructions, columns a to h.
 */
export function form8949Lines(
  rows: readonly DisposalRow[],
  symbolOf: (asset: AssetId) => string,
  rounding?: RoundingStep,
): Form8949Line[] {
  const round = (money: Money): Money => (rounding ? roundMoney(money, rounding, 'half-up') : money)
  const lines: Form8949Line[] = []
  for (const row of rows) {
    const { entry } = row
    if (row.box === null || !row.taxable || entry?.joined === 'other') continue
    const proceeds = round(entry?.proceeds ?? ((row.proceeds - row.fees) as Money))
    const cost = round(entry?.cost ?? row.cost)
    const adjustment = round(entry?.adjustment ?? ((row.gain - row.rawGain) as Money))
    const several = entry?.joined === 'first'
    lines.push({
      box: row.box,
      description: `${formatAmount(entry?.units ?? row.amount)} ${symbolOf(row.asset)}`,
      acquired: several ? 'VARIOUS' : acquiredText(row),
      sold: several ? 'VARIOUS' : usDate(row.disposed),
      proceeds,
      cost,
      code: entry?.code ?? '',
      adjustment,
      gain: (proceeds - cost + adjustment) as Money,
      row,
    })
  }
  return lines
}

/** The unrounded figures of a row as text, where somebody has written them already. */
export interface RowText {
  readonly proceeds: string
  readonly cost: string
  readonly gain: string
}

/** The same line as text by column letter. */
export function form8949Text(line: Form8949Line, rounding?: RoundingStep, known?: RowText): Record<string, string> {
  const asItIs = rounding === undefined && line.row.fees === 0n && line.adjustment === 0n && !line.row.entry
  if (known !== undefined && asItIs) {
    return {
      box: line.box,
      a: line.description,
      b: line.acquired,
      c: line.sold,
      d: known.proceeds,
      e: known.cost,
      f: line.code,
      g: '0.00',
      h: known.gain,
    }
  }
  const money = (value: Money): string =>
    rounding === undefined ? formatMoneyFull(value) : formatMoney(value, rounding === 'whole' ? 0 : 2)
  return { box: line.box, ...form8949Columns(line, money) }
}

/** The line's columns (a) to (h), money written by `money`. */
export const form8949Columns = (line: Form8949Line, money: (value: Money) => string) => ({
  a: line.description,
  b: line.acquired,
  c: line.sold,
  d: money(line.proceeds),
  e: money(line.cost),
  f: line.code,
  g: money(line.adjustment),
  h: money(line.gain),
})
