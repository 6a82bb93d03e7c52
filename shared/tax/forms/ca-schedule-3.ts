import type { Money } from '../../amount/amount.ts'
import type { RoundingStep } from '../../amount/arithmetic.ts'
import { roundMoney } from '../../amount/arithmetic.ts'
import { formatAmount, formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import type { DisposalRow, FormLine, TaxResult } from '../result.ts'

const moneyText =
  (rounding: RoundingStep | undefined) =>
  (value: bigint): string =>
    rounding === undefined
      ? formatMoneyFull(value as Money)
      : formatMoney(roundMoney(value as Money, rounding, 'half-up'), rounding === 'whole' ? 0 : 2)

/** The period of the form of 2024 that a day is in; other years have none. */
const periodOf = (date: string): string => (date.startsWith('2024') ? (date <= '2024-06-24' ? '1' : '2') : '')

/**
 * A line of Schedule 3 in the section for crypto-assets: (1) number and name, (2) proceeds, (3) adjusted cost base, (4)
 * outlays and expenses, (5) gain or loss: 2 − 3 − 4, less what is denied as superficial. Null for what is no capital
 * gain of the taxpayer. On the form (5) follows from the rounded columns.
 * Authority: Schedule 3 and guide T4037.
 */
export function schedule3Line(row: DisposalRow, symbol: string, rounding?: RoundingStep): FormLine | null {
  if (row.head === 'business' || !row.taxable) return null
  const money = moneyText(rounding)
  const round = (value: bigint): bigint =>
    rounding === undefined ? value : roundMoney(value as Money, rounding, 'half-up')
  const denied = round(row.gain - row.rawGain)
  return {
    date: row.disposed,
    period: periodOf(row.disposed),
    '1': `${formatAmount(row.amount)} ${symbol}`,
    '2': money(row.proceeds),
    '3': money(row.cost),
    '4': money(row.fees),
    '5': money(round(row.proceeds) - round(row.cost) - round(row.fees) + denied),
    superficial: money(denied),
  }
}

/** The totals of Schedule 3 and what goes on the return, by year; 2024 by its two periods as well. */
export function schedule3Totals(result: TaxResult, year?: number, rounding?: RoundingStep): FormLine[] {
  const money = moneyText(rounding)
  const lines: FormLine[] = []
  for (const totals of result.totals.values()) {
    if (year !== undefined && totals.year !== year) continue
    const lineOf = (id: string): string => money(totals.lines.find((line) => line.id === id)?.amount ?? 0n)
    lines.push({
      year: totals.label,
      period: '',
      '15199': lineOf('ca-15199'),
      '15300': lineOf('ca-15300'),
      '12700': lineOf('ca-12700'),
      '25300': lineOf('ca-25300'),
    })
    if (totals.year !== 2024) continue
    for (const period of ['1', '2']) {
      let [proceeds, gain] = [0n, 0n]
      for (const row of result.disposals) {
        if (row.taxYear !== 2024 || row.head !== null || !row.taxable || periodOf(row.disposed) !== period) continue
        proceeds += row.proceeds
        gain += row.gain
      }
      lines.push({
        year: totals.label,
        period,
        '15199': money(proceeds),
        '15300': money(gain),
        '12700': '',
        '25300': '',
      })
    }
  }
  return lines
}
