/** Every disposal of the year as the country's rule matched it, with the year's totals. */
import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { formatAmount, formatMoney } from '../amount/decimal.ts'
import type { DisposalRow } from '../tax/result.ts'
import { disposalId } from '../tax/result.ts'
import { figureRef } from './figures.ts'
import { accountNamesOf, frameOf, symbolsOf } from './frame.ts'
import type { Report, ReportColumn, ReportDefinition, ReportInput, ReportRow, ReportSection } from './report.ts'

const FORM = 'gains'

const COLUMNS: readonly ReportColumn[] = [
  { key: 'disposed', label: 'Disposed', kind: 'date', align: 'left', width: 12 },
  { key: 'asset', label: 'Asset', kind: 'text', align: 'left', width: 8 },
  { key: 'amount', label: 'Amount', kind: 'amount', align: 'right', width: 15 },
  { key: 'account', label: 'Account', kind: 'text', align: 'left', width: 12 },
  { key: 'rule', label: 'Matched by', kind: 'text', align: 'left', width: 11 },
  { key: 'acquired', label: 'Acquired', kind: 'date', align: 'left', width: 10 },
  { key: 'proceeds', label: 'Proceeds', kind: 'money', align: 'right', width: 13 },
  { key: 'fees', label: 'Fees', kind: 'money', align: 'right', width: 9 },
  { key: 'cost', label: 'Cost', kind: 'money', align: 'right', width: 13 },
  { key: 'gain', label: 'Gain or loss', kind: 'money', align: 'right', width: 13 },
]
/** The part of a loss that the law does not let count, before what is left of the gain or loss. */
const DENIED: ReportColumn = { key: 'denied', label: 'Loss denied', kind: 'money', align: 'right', width: 11 }
const SUMMARY: readonly ReportColumn[] = [
  { key: 'text', label: 'Sum of the year', kind: 'text', align: 'left', width: 70 },
  { key: 'amount', label: 'Amount', kind: 'money', align: 'right', width: 30 },
]
const LEFT: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date', align: 'left', width: 10 },
  { key: 'kind', label: 'What', kind: 'text', align: 'left', width: 14 },
  { key: 'asset', label: 'Asset', kind: 'text', align: 'left', width: 10 },
  { key: 'amount', label: 'Amount', kind: 'amount', align: 'right', width: 18 },
  { key: 'account', label: 'Account', kind: 'text', align: 'left', width: 16 },
  { key: 'acquired', label: 'Acquired', kind: 'date', align: 'left', width: 10 },
  { key: 'value', label: 'Market value', kind: 'money', align: 'right', width: 14 },
  { key: 'cost', label: 'Cost that went along', kind: 'money', align: 'right', width: 16 },
]
const SUMMED = ['proceeds', 'fees', 'cost', 'gain'] as const

const RULES: Readonly<Record<string, string>> = {
  fifo: 'FIFO',
  lifo: 'LIFO',
  hifo: 'HIFO',
  lofo: 'LOFO',
  specific: 'named lots',
  'same-day': 'same day',
  'four-weeks': 'four weeks',
  '30-day': '30 days',
  s104: 'Section 104',
  'missing-acquisition': 'not known',
  acb: 'average cost',
  'moving-average': 'moving average',
  'total-average': 'yearly average',
  'portfolio-fr': 'portfolio formula',
  'fifo-average': 'FIFO, average',
  'yearly-costs': 'costs of the year',
}

const money = (value: Money): string => formatMoney(value, 2)
const deniedOf = ({ gain, rawGain }: DisposalRow): Money => (gain - rawGain) as Money

function tableOf(input: ReportInput, id: string, title: string, rows: readonly DisposalRow[]): ReportSection {
  const symbolOf = symbolsOf(input)
  const accountOf = accountNamesOf(input)
  const sum = (member: (typeof SUMMED)[number]): string =>
    money(rows.reduce((total, row) => (total + row[member]) as Money, ZERO_MONEY))
  const denied = rows.reduce((total, row) => (total + deniedOf(row)) as Money, ZERO_MONEY)
  const hasDenied = rows.some((row) => deniedOf(row) !== ZERO_MONEY)
  return {
    id,
    title,
    about: [],
    columns: hasDenied ? [...COLUMNS.slice(0, -1), DENIED, ...COLUMNS.slice(-1)] : COLUMNS,
    rows: rows.map((row, index): ReportRow => {
      const number = String(index + 1)
      const refs = Object.fromEntries(SUMMED.map((key) => [key, figureRef(FORM, input.year, id, number, key)]))
      return {
        id: number,
        cells: {
          disposed: row.disposed,
          asset: symbolOf(row.asset),
          amount: formatAmount(row.amount),
          account: accountOf(row.account),
          rule: RULES[row.rule] ?? row.rule.replaceAll('-', ' '),
          acquired: row.acquired ?? '',
          proceeds: money(row.proceeds),
          fees: money(row.fees),
          cost: money(row.cost),
          ...(hasDenied ? { denied: money(deniedOf(row)) } : {}),
          gain: money(row.gain),
        },
        refs,
        behind: [`disposal:${disposalId(row)}`],
        ...(row.rule === 'missing-acquisition' ? { mark: 'No purchase is known; counted at a cost of zero.' } : {}),
      }
    }),
    totals: {
      ...Object.fromEntries(SUMMED.map((key) => [key, sum(key)])),
      ...(hasDenied ? { denied: money(denied) } : {}),
    },
    totalLabel: 'Total',
    pages: [],
  }
}

function summaryOf(input: ReportInput): ReportSection | null {
  const totals = input.result.totals.get(input.year)
  if (!totals) return null
  const hasTerms = totals.lines.length === 0 && (totals.shortTerm !== ZERO_MONEY || totals.longTerm !== ZERO_MONEY)
  const lines: [string, string, Money][] = [
    ['proceeds', 'Proceeds', totals.proceeds],
    ['fees', 'Fees of disposal', totals.fees],
    ['cost', 'Cost', totals.cost],
    ['gain', 'Gain or loss', totals.gain],
    ['gains', 'Gains', totals.gains],
    ['losses', 'Losses', totals.losses],
    ...(hasTerms
      ? ([
          ['shortTerm', 'Short-term', totals.shortTerm],
          ['longTerm', 'Long-term', totals.longTerm],
        ] satisfies [string, string, Money][])
      : []),
    ...totals.lines.map((line): [string, string, Money] => [line.id, line.label, line.amount]),
  ]
  return {
    id: 'summary',
    title: 'The year',
    about: [`${totals.disposals} ${totals.disposals === 1 ? 'disposal' : 'disposals'} as the law counts them.`],
    columns: SUMMARY,
    narrow: true,
    rows: lines.map(([id, text, amount]) => ({
      id,
      cells: { text, amount: money(amount) },
      refs: { amount: figureRef(FORM, input.year, 'summary', id, 'amount') },
      behind: [`total:${input.year}:${id}`],
      ...(id === 'gain' ? { strong: true } : {}),
    })),
    totals: {},
    totalLabel: '',
    pages: [],
  }
}

/** Gifts, donations, losses that wait for a decision: units that left without a disposal. */
function leftTable(input: ReportInput): ReportSection | null {
  const rows = input.result.transfersOut.filter((row) => row.taxYear === input.year)
  if (rows.length === 0) return null
  const symbolOf = symbolsOf(input)
  const accountOf = accountNamesOf(input)
  return {
    id: 'left',
    title: 'Left without a disposal',
    about: [],
    columns: LEFT,
    rows: rows.map((row, index) => ({
      id: String(index + 1),
      cells: {
        date: row.date,
        kind: row.kind.replaceAll('_', ' '),
        asset: symbolOf(row.asset),
        amount: formatAmount(row.amount),
        account: accountOf(row.account),
        acquired: row.acquired ?? '',
        value: row.value === null ? '' : money(row.value),
        cost: money(row.cost),
      },
      refs: { cost: figureRef(FORM, input.year, 'left', String(index + 1), 'cost') },
      behind: [`event:${row.event}`],
    })),
    totals: { cost: money(rows.reduce((total, row) => (total + row.cost) as Money, ZERO_MONEY)) },
    totalLabel: 'Total',
    pages: [],
  }
}

function build(input: ReportInput): Report {
  const rows = input.result.disposals.filter((row) => row.taxYear === input.year)
  const counted = rows.filter((row) => row.taxable)
  // A loss outside the sums with something open about it waits; any other row outside is one that the law exempts.
  const openEvents = new Set(input.result.open.map(({ event }) => event))
  const waits = (row: DisposalRow): boolean => !row.taxable && row.gain < 0n && openEvents.has(row.event)
  const byTerm: [string, string, DisposalRow[]][] = [
    ['short', 'Short-term disposals', counted.filter((row) => row.term === 'short')],
    ['long', 'Long-term disposals', counted.filter((row) => row.term === 'long')],
    ['disposals', 'Disposals', counted.filter((row) => row.term === null)],
    ['exempt', 'Not taxed: exempt, or outside the tax', rows.filter((row) => !row.taxable && !waits(row))],
    ['uncounted', 'Not in the sums: losses that count only once their reason is known', rows.filter(waits)],
  ]
  const summary = summaryOf(input)
  const left = leftTable(input)
  const tables = byTerm
    .filter(([, , part]) => part.length > 0)
    .map(([id, title, part]) => tableOf(input, id, title, part))
  const notes = [
    'Rows are shown to the cent; totals are sums of the exact figures, so they may differ from the rows by a cent.',
  ]
  if (rows.length === 0) notes.unshift(`No disposals in ${input.result.totals.get(input.year)?.label ?? input.year}.`)
  return {
    ...frameOf(input, FORM, 'Gains and losses', 'Every disposal with what it is matched to'),
    sections: [...(summary && rows.length > 0 ? [summary] : []), ...tables, ...(left ? [left] : [])],
    notes,
  }
}

export const gains: ReportDefinition = {
  id: FORM,
  title: 'Gains and losses',
  about: 'Every disposal with its matching rule, proceeds, fees, cost and gain, and the year’s totals.',
  jurisdictions: null,
  formats: () => ['pdf', 'csv', 'xlsx', 'json'],
  build,
}
