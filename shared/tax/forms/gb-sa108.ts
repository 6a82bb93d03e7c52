import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY } from '../../amount/amount.ts'
import type { RoundingStep } from '../../amount/arithmetic.ts'
import { mulDiv, roundMoney } from '../../amount/arithmetic.ts'
import { formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import type { FormLine, TaxResult, YearTotals } from '../result.ts'

/** From 2024-25 the return has a section of its own for cryptoassets. */
const OWN_SECTION_FROM = 2024
/** The return of 2024-25 works out the tax at the rates of its first months. */
const ADJUSTED_YEAR = 2024

type Direction = 'down' | 'up'

/**
 * The boxes of SA108 for tokens, by tax year: 13.1 to 13.5 from 2024-25, before that 14 to 19 (“other property, assets
 * and gains”); 51 adjusts the tax of 2024-25 to the rates from 30 October 2024. Whole pounds round income and gains down,
 * costs and losses up.
 * Authority: SA108 and its notes for the year; boxes 13.1 to 13.5 as described by secondary sources, to verify.
 */
export function sa108Lines(result: TaxResult, year: number | undefined, rounding?: RoundingStep): FormLine[] {
  const lines: FormLine[] = []
  for (const totals of result.totals.values()) {
    if (year !== undefined && totals.year !== year) continue
    const write = (box: string, label: string, amount: Money, direction: Direction): void => {
      lines.push({ year: totals.label, box, label, value: rounded(amount, direction, rounding) })
    }
    const own = totals.year >= OWN_SECTION_FROM
    const box = (section: number, before: number): string => (own ? `13.${section}` : String(before))
    lines.push({
      year: totals.label,
      box: box(1, 14),
      label: 'Number of disposals',
      value: String(totals.disposals),
    })
    write(box(2, 15), 'Disposal proceeds', totals.proceeds, 'down')
    write(box(3, 16), 'Allowable costs', (totals.cost + totals.fees) as Money, 'up')
    write(box(4, 17), 'Gains in the year, before losses', totals.gains, 'down')
    write(box(5, 19), 'Losses in the year', totals.losses, 'up')
    const adjustment = adjustmentOf(totals)
    if (adjustment !== null) write('51', 'Adjustment to Capital Gains Tax', adjustment, 'down')
  }
  return lines
}

/** What the tax is more than at the rate of the year's first months, which the return reckons with. */
function adjustmentOf({ year, taxable, tax, lines }: YearTotals): Money | null {
  const rate = lines.find(({ id }) => id === 'first-rate')?.amount
  if (year !== ADJUSTED_YEAR || tax === null || rate === undefined) return null
  return (tax - mulDiv(taxable, rate, ONE_MONEY)) as Money
}

function rounded(value: Money, direction: Direction, rounding: RoundingStep | undefined): string {
  if (rounding === undefined) return formatMoneyFull(value)
  return formatMoney(roundMoney(value, rounding, direction), rounding === 'whole' ? 0 : 2)
}
