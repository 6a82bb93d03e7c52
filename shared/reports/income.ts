/** Income of the year by head: what came in, when, and its value on that day. */
import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { formatAmount, formatMoney } from '../amount/decimal.ts'
import type { IncomeRow } from '../tax/result.ts'
import { figureRef } from './figures.ts'
import { accountNamesOf, frameOf, symbolsOf, yearLabelOf } from './frame.ts'
import type { Report, ReportColumn, ReportDefinition, ReportInput, ReportSection } from './report.ts'

const FORM = 'income'

const SUMMARY: readonly ReportColumn[] = [
  { key: 'kind', label: 'Kind', kind: 'text', align: 'left', width: 50 },
  { key: 'line', label: 'Where it goes', kind: 'text', align: 'left', width: 50 },
  { key: 'count', label: 'Receipts', kind: 'text', align: 'right', width: 20 },
  { key: 'value', label: 'Value when received', kind: 'money', align: 'right', width: 40 },
]
const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date', align: 'left', width: 12 },
  { key: 'asset', label: 'Asset', kind: 'text', align: 'left', width: 14 },
  { key: 'amount', label: 'Amount', kind: 'amount', align: 'right', width: 22 },
  { key: 'account', label: 'Account', kind: 'text', align: 'left', width: 24 },
  { key: 'value', label: 'Value when received', kind: 'money', align: 'right', width: 18 },
]

/** Heads in words; a head without words is shown as it is. */
export const INCOME_HEADS: Readonly<Record<string, string>> = {
  mining: 'Mining',
  validator: 'Validating',
  staking: 'Staking rewards',
  lending: 'Lending interest',
  liquidity: 'Liquidity rewards',
  airdrop: 'Airdrops',
  fork: 'Forks',
  salary: 'Wages',
  business: 'Business income',
  royalty: 'Royalties',
  reward: 'Referral and learning rewards',
  gambling: 'Gambling winnings',
  rebase: 'Rebases',
  other: 'Other income',
}

/** Where a US return takes a head. Authority: Schedule 1 and Schedule C; before 2023 there was no line 8v. */
function usLine(head: string, year: number): string {
  if (head === 'business' || head === 'royalty') return 'Schedule C, line 1'
  if (head === 'salary') return 'Form 1040, line 1a (on Form W-2)'
  if (head === 'gambling') return 'Schedule 1, line 8b'
  return year >= 2023 ? 'Schedule 1, line 8v' : 'Schedule 1, line 8z'
}

const sumOf = (rows: readonly IncomeRow[]): Money => rows.reduce((sum, row) => (sum + row.value) as Money, ZERO_MONEY)

function summaryOf(
  input: ReportInput,
  heads: ReadonlyMap<string, readonly IncomeRow[]>,
  money: (value: Money) => string,
): ReportSection {
  const isUs = input.result.jurisdiction === 'us'
  return {
    id: 'summary',
    title: 'The year',
    about: [],
    columns: isUs ? SUMMARY : SUMMARY.filter((column) => column.key !== 'line'),
    narrow: true,
    rows: [...heads].map(([head, rows]) => ({
      id: head,
      cells: {
        kind: INCOME_HEADS[head] ?? head,
        line: isUs ? usLine(head, input.year) : '',
        count: String(rows.length),
        value: money(sumOf(rows)),
      },
      refs: { value: figureRef(FORM, input.year, 'summary', head, 'value') },
      behind: [figureRef(FORM, input.year, head, 'total', 'value')],
    })),
    totals: { value: money([...heads.values()].reduce((sum, rows) => (sum + sumOf(rows)) as Money, ZERO_MONEY)) },
    totalLabel: 'Total',
    pages: [],
  }
}

function build(input: ReportInput): Report {
  const symbolOf = symbolsOf(input)
  const accountOf = accountNamesOf(input)
  const money = (value: Money): string => formatMoney(value, 2)
  const heads = new Map<string, IncomeRow[]>()
  for (const row of input.result.income) {
    if (row.taxYear !== input.year) continue
    const known = heads.get(row.head)
    if (known) known.push(row)
    else heads.set(row.head, [row])
  }
  const sections: ReportSection[] = [...heads].map(([head, rows]) => ({
    id: head,
    title: INCOME_HEADS[head] ?? head,
    about: input.result.jurisdiction === 'us' ? [`On a US return: ${usLine(head, input.year)}.`] : [],
    columns: COLUMNS,
    rows: rows.map((row, index) => ({
      id: String(index + 1),
      cells: {
        date: row.date,
        asset: symbolOf(row.asset),
        amount: formatAmount(row.amount),
        account: accountOf(row.account),
        value: money(row.value),
      },
      refs: { value: figureRef(FORM, input.year, head, String(index + 1), 'value') },
      behind: [`event:${row.event}`],
    })),
    totals: { value: money(sumOf(rows)) },
    totalLabel: 'Total',
    pages: [],
  }))
  if (sections.length > 1) sections.unshift(summaryOf(input, heads, money))
  const notes = ['Where the law taxes a receipt, its value when received is also the cost of the units from then on.']
  if (sections.length === 0) notes.unshift(`No income in ${yearLabelOf(input)}.`)
  return { ...frameOf(input, FORM, 'Income', 'What was received, by kind, at its value on the day'), sections, notes }
}

export const income: ReportDefinition = {
  id: FORM,
  title: 'Income',
  about: 'Rewards, interest, airdrops, pay: each receipt with its value, by kind.',
  jurisdictions: null,
  formats: () => ['pdf', 'csv', 'xlsx', 'json'],
  build,
}
