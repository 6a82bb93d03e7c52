/** Form 8949: every sale of the year, by box, cut into sheets as the form is. Authority: Form 8949 and its instructions. */
import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { formatMoney } from '../amount/decimal.ts'
import type { AccountId } from '../events/identifiers.ts'
import type { Form8949Line } from '../tax/forms/us-8949.ts'
import { form8949Columns, form8949Lines } from '../tax/forms/us-8949.ts'
import { disposalId } from '../tax/result.ts'
import { figureRef } from './figures.ts'
import { accountNamesOf, frameOf, symbolsOf } from './frame.ts'
import type {
  Report,
  ReportColumn,
  ReportDefinition,
  ReportInput,
  ReportPage,
  ReportRow,
  ReportSection,
} from './report.ts'

const FORM = 'us-8949'
/** Rows on a part of the form: 14 up to 2024, 11 from 2025, which has three more boxes above the table. */
export const rowsPerSheet = (year: number): number => (year >= 2025 ? 11 : 14)

const SHORT = 'Part I. Short-term: assets held one year or less'
const LONG = 'Part II. Long-term: assets held more than one year'

/** What each box says, with the line of Schedule D that takes its totals. */
export const FORM_8949_BOXES: Readonly<
  Record<string, { readonly part: string; readonly says: string; readonly line: string }>
> = {
  A: {
    part: SHORT,
    says: 'Short-term transactions reported on Form(s) 1099-B showing basis was reported to the IRS',
    line: '1b',
  },
  B: {
    part: SHORT,
    says: 'Short-term transactions reported on Form(s) 1099-B showing basis was not reported to the IRS',
    line: '2',
  },
  C: { part: SHORT, says: 'Short-term transactions not reported to you on Form 1099-B', line: '3' },
  G: {
    part: SHORT,
    says: 'Short-term transactions reported on Form(s) 1099-DA showing basis was reported to the IRS',
    line: '1b',
  },
  H: {
    part: SHORT,
    says: 'Short-term transactions reported on Form(s) 1099-DA showing basis was not reported to the IRS',
    line: '2',
  },
  I: {
    part: SHORT,
    says: 'Short-term digital asset transactions not reported to you on Form 1099-DA or Form 1099-B',
    line: '3',
  },
  D: {
    part: LONG,
    says: 'Long-term transactions reported on Form(s) 1099-B showing basis was reported to the IRS',
    line: '8b',
  },
  E: {
    part: LONG,
    says: 'Long-term transactions reported on Form(s) 1099-B showing basis was not reported to the IRS',
    line: '9',
  },
  F: { part: LONG, says: 'Long-term transactions not reported to you on Form 1099-B', line: '10' },
  J: {
    part: LONG,
    says: 'Long-term transactions reported on Form(s) 1099-DA showing basis was reported to the IRS',
    line: '8b',
  },
  K: {
    part: LONG,
    says: 'Long-term transactions reported on Form(s) 1099-DA showing basis was not reported to the IRS',
    line: '9',
  },
  L: {
    part: LONG,
    says: 'Long-term digital asset transactions not reported to you on Form 1099-DA or Form 1099-B',
    line: '10',
  },
}
const BOX_ORDER = Object.keys(FORM_8949_BOXES)

const COLUMNS: readonly ReportColumn[] = [
  {
    key: 'a',
    label: '(a) Description',
    field: 'Description',
    heading: '(a)\nDescription of property',
    kind: 'text',
    align: 'left',
    width: 23,
  },
  {
    key: 'b',
    label: '(b) Date acquired',
    field: 'Date Acquired',
    heading: '(b)\nDate acquired\n(Mo., day, yr.)',
    kind: 'text',
    align: 'left',
    width: 10,
  },
  {
    key: 'c',
    label: '(c) Date sold',
    field: 'Date Sold',
    heading: '(c)\nDate sold or\ndisposed of\n(Mo., day, yr.)',
    kind: 'text',
    align: 'left',
    width: 10,
  },
  {
    key: 'd',
    label: '(d) Proceeds',
    field: 'Proceeds',
    heading: '(d)\nProceeds\n(sales price)',
    kind: 'money',
    align: 'right',
    width: 14,
  },
  {
    key: 'e',
    label: '(e) Cost or other basis',
    field: 'Cost Basis',
    heading: '(e)\nCost or\nother basis',
    kind: 'money',
    align: 'right',
    width: 14,
  },
  {
    key: 'f',
    label: '(f) Code',
    field: 'Code',
    heading: '(f)\nCode(s) from\ninstructions',
    kind: 'text',
    align: 'left',
    width: 8,
  },
  {
    key: 'g',
    label: '(g) Adjustment',
    field: 'Adjustment',
    heading: '(g)\nAmount of\nadjustment',
    kind: 'money',
    align: 'right',
    width: 11,
  },
  {
    key: 'h',
    label: '(h) Gain or (loss)',
    field: 'Gain or Loss',
    heading: '(h)\nGain or (loss)\n(d) less (e),\ncombined with (g)',
    kind: 'money',
    align: 'right',
    width: 14,
  },
]
/** What tax programs ask for beside the form's columns. */
const FILE_COLUMNS: readonly ReportColumn[] = [
  { key: 'term', label: 'Term', kind: 'text', align: 'left', width: 8 },
  { key: 'box', label: 'Box', kind: 'text', align: 'left', width: 6 },
  { key: 'wallet', label: 'Wallet', kind: 'text', align: 'left', width: 16 },
  { key: 'transaction', label: 'Transaction ID', kind: 'text', align: 'left', width: 24 },
]
const SUMMED = { d: 'proceeds', e: 'cost', g: 'adjustment', h: 'gain' } as const

/** Sums of the rows as they are printed, by column. */
export type Form8949Sums = Readonly<Record<keyof typeof SUMMED, Money>>

function sumsOf(lines: readonly Form8949Line[]): Form8949Sums {
  const sum = (member: (typeof SUMMED)[keyof typeof SUMMED]): Money =>
    lines.reduce((total, line) => (total + line[member]) as Money, ZERO_MONEY)
  return { d: sum('proceeds'), e: sum('cost'), g: sum('adjustment'), h: sum('gain') }
}

/** The lines of the year by box, in the order of the form, rounded as the profile asks. */
export function form8949ByBox(
  input: ReportInput,
): ReadonlyMap<string, { readonly lines: readonly Form8949Line[]; readonly sums: Form8949Sums }> {
  const rows = input.result.disposals.filter((row) => row.taxYear === input.year)
  const lines = form8949Lines(rows, symbolsOf(input), input.profile.rounding ?? 'cents')
  const byBox = new Map<string, { lines: readonly Form8949Line[]; sums: Form8949Sums }>()
  for (const box of BOX_ORDER) {
    const ofBox = lines.filter((line) => line.box === box)
    if (ofBox.length > 0) byBox.set(box, { lines: ofBox, sums: sumsOf(ofBox) })
  }
  return byBox
}

/** Money as the form writes it under the profile's rounding. */
export const formMoney = (input: ReportInput): ((money: Money) => string) => {
  const digits = input.profile.rounding === 'whole' ? 0 : 2
  return (money) => formatMoney(money, digits)
}

interface RowWords {
  readonly money: (value: Money) => string
  readonly account: (account: AccountId | null) => string
}

function rowOf(input: ReportInput, line: Form8949Line, index: number, words: RowWords): ReportRow {
  const { year } = input
  const { money } = words
  const id = String(index + 1)
  const ref = (column: string): string => figureRef(FORM, year, line.box, id, column)
  return {
    id,
    cells: {
      ...form8949Columns(line, money),
      term: line.row.term === 'long' ? 'Long' : 'Short',
      box: line.box,
      wallet: words.account(line.row.account),
      transaction: input.transactionOf?.(line.row.event) ?? '',
    },
    refs: { d: ref('d'), e: ref('e'), g: ref('g'), h: ref('h') },
    behind: [`disposal:${disposalId(line.row)}`],
    ...(line.row.rule === 'missing-acquisition' ? { mark: 'No purchase is known; counted at a cost of zero.' } : {}),
  }
}

function buildForm8949(input: ReportInput): Report {
  const money = formMoney(input)
  const words: RowWords = { money, account: accountNamesOf(input) }
  const size = rowsPerSheet(input.year)
  const texts = (sums: Form8949Sums) => ({ d: money(sums.d), e: money(sums.e), g: money(sums.g), h: money(sums.h) })
  const sections: ReportSection[] = [...form8949ByBox(input)].map(([box, { lines, sums }]) => {
    const says = FORM_8949_BOXES[box] as { part: string; says: string; line: string }
    const pages: ReportPage[] = []
    for (let from = 0; from < lines.length; from += size) {
      const sheet = lines.slice(from, from + size)
      pages.push({ from, count: sheet.length, totals: texts(sumsOf(sheet)) })
    }
    return {
      id: box,
      title: `${says.part}. Box ${box}`,
      about: [`Box ${box}: ${says.says}. Totals go to Schedule D, line ${says.line}.`],
      columns: COLUMNS,
      fileColumns: FILE_COLUMNS,
      rows: lines.map((line, index) => rowOf(input, line, index, words)),
      totals: texts(sums),
      totalLabel: `Box ${box}, all sheets`,
      pages,
    }
  })
  const notes = [
    'Column (d) is net of the selling costs, as the instructions ask where no broker form was received.',
    `Each row is rounded to ${input.profile.rounding === 'whole' ? 'whole dollars' : 'cents'} (halves up); totals are sums of the rounded rows.`,
  ]
  if (sections.length === 0) notes.unshift(`No disposals of digital assets in ${input.year}.`)
  return {
    ...frameOf(input, FORM, 'Form 8949', 'Sales and Other Dispositions of Capital Assets'),
    officialForm: true,
    sections,
    notes,
  }
}

/** TXF has no codes for the boxes of 2025 and later, so it is offered up to 2024 only. */
export const us8949: ReportDefinition = {
  id: FORM,
  title: 'Form 8949',
  about: 'Each sale with its dates, proceeds and cost, by box; our own layout with the official columns.',
  jurisdictions: ['us'],
  formats: (year) => (year <= 2024 ? ['pdf', 'csv', 'xlsx', 'json', 'txf'] : ['pdf', 'csv', 'xlsx', 'json']),
  build: buildForm8949,
}
