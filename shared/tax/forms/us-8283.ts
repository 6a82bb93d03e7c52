import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../../amount/amount.ts'
import type { RoundingStep } from '../../amount/arithmetic.ts'
import { roundMoney } from '../../amount/arithmetic.ts'
import { formatAmount, formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import type { AssetId } from '../../events/identifiers.ts'
import type { FormLine, TaxResult, TransferOutRow } from '../result.ts'
import { usDate } from './us-8949.ts'

/** Above this much a year the form is asked for at all. */
const FORM_FROM = 500n * ONE_MONEY
/** Above this much for an item or a group of similar items a qualified appraisal is asked for. */
const APPRAISAL_FROM = 5000n * ONE_MONEY

/**
 * What Form 8283 asks about donated coins: Section A up to $5,000 for each coin and year, Section B with a qualified
 * appraisal above, for which an exchange's price is no substitute. The deduction is the market value of what was held
 * long, else the lesser of it and the cost. A year of $500 or less has no line.
 * Authority: IRC 170(e), 170(f)(11); Form 8283 (Rev. 12-2025); CCA 202302012.
 */
export function form8283Lines(
  result: TaxResult,
  symbolOf: (asset: AssetId) => string,
  year: number | undefined,
  rounding?: RoundingStep,
): FormLine[] {
  const money = (value: Money): string =>
    rounding === undefined
      ? formatMoneyFull(value)
      : formatMoney(roundMoney(value, rounding, 'half-up'), rounding === 'whole' ? 0 : 2)
  const gifts = result.transfersOut.filter(
    (row) => row.kind === 'donation' && (year === undefined || row.taxYear === year),
  )
  const deductions = new Map<string, Money>()
  const add = (key: string, row: TransferOutRow): void => {
    deductions.set(key, ((deductions.get(key) ?? ZERO_MONEY) + deductionOf(row)) as Money)
  }
  for (const row of gifts) {
    add(`${row.taxYear}`, row)
    add(`${row.taxYear} ${row.asset}`, row)
  }
  return gifts.flatMap((row) => {
    if ((deductions.get(`${row.taxYear}`) ?? 0n) <= FORM_FROM) return []
    const appraised = (deductions.get(`${row.taxYear} ${row.asset}`) ?? 0n) > APPRAISAL_FROM
    return [
      {
        year: String(row.taxYear),
        section: appraised ? 'B' : 'A',
        description: `${formatAmount(row.amount)} ${symbolOf(row.asset)}`,
        given: usDate(row.date),
        acquired: row.acquired === null ? '' : usDate(row.acquired),
        cost: money(row.cost),
        marketValue: row.value === null ? '' : money(row.value),
        deduction: money(deductionOf(row)),
        appraisal: appraised ? 'A qualified appraisal is needed' : '',
      },
    ]
  })
}

const deductionOf = ({ value, cost, term }: TransferOutRow): Money => {
  if (value === null) return ZERO_MONEY
  return term === 'long' || value < cost ? value : cost
}
