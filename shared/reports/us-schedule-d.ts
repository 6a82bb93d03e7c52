/** Schedule D (Form 1040): the totals of Form 8949 by line, loss carryovers, the net and the loss limit. */
import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { roundMoney } from '../amount/arithmetic.ts'
import { figureRef } from './figures.ts'
import { frameOf } from './frame.ts'
import type { Report, ReportColumn, ReportDefinition, ReportInput, ReportRow, ReportSection } from './report.ts'
import { FORM_8949_BOXES, type Form8949Sums, form8949ByBox, formMoney } from './us-8949.ts'

const FORM = 'us-schedule-d'
const SECTION = 'lines'

const COLUMNS: readonly ReportColumn[] = [
  { key: 'line', label: 'Line', kind: 'text', align: 'left', width: 6 },
  {
    key: 'text',
    label: 'What',
    kind: 'text',
    align: 'left',
    width: 42,
  },
  {
    key: 'd',
    label: '(d) Proceeds',
    heading: '(d)\nProceeds\n(sales price)',
    kind: 'money',
    align: 'right',
    width: 14,
  },
  { key: 'e', label: '(e) Cost', heading: '(e)\nCost\n(or other basis)', kind: 'money', align: 'right', width: 14 },
  {
    key: 'g',
    label: '(g) Adjustments',
    heading: '(g)\nAdjustments from\nForm(s) 8949',
    kind: 'money',
    align: 'right',
    width: 12,
  },
  { key: 'h', label: '(h) Gain or (loss)', heading: '(h)\nGain or (loss)', kind: 'money', align: 'right', width: 14 },
]

/** Losses that earlier years carry into this one, both positive. */
function carriedIn(input: ReportInput): { readonly short: Money; readonly long: Money } {
  const { carryIn } = input.profile
  const years = [...input.result.totals.keys()].filter((year) => year < input.year)
  const before = years.length === 0 ? null : Math.max(...years)
  if (carryIn && carryIn.year <= input.year && (before === null || carryIn.year > before)) {
    return { short: carryIn.lossShort ?? ZERO_MONEY, long: carryIn.lossLong ?? ZERO_MONEY }
  }
  const carried = before === null ? undefined : input.result.totals.get(before)?.carryOut
  return { short: carried?.lossShort ?? ZERO_MONEY, long: carried?.lossLong ?? ZERO_MONEY }
}

function build(input: ReportInput): Report {
  const money = formMoney(input)
  const round = (value: Money): Money => roundMoney(value, input.profile.rounding ?? 'cents', 'half-up')
  const byBox = form8949ByBox(input)
  const ref = (line: string, column: string): string => figureRef(FORM, input.year, SECTION, line, column)
  const rows: ReportRow[] = []

  const boxLine = (line: string): Money => {
    const boxes = [...byBox].filter(([box]) => FORM_8949_BOXES[box]?.line === line)
    const sum = (column: keyof Form8949Sums): Money =>
      boxes.reduce((total, [, { sums }]) => (total + sums[column]) as Money, ZERO_MONEY)
    const named = Object.keys(FORM_8949_BOXES).filter((box) => FORM_8949_BOXES[box]?.line === line)
    const present = input.year >= 2025 ? named : named.filter((box) => box <= 'F')
    rows.push({
      id: line,
      cells: {
        line,
        text: `Totals of Form(s) 8949 with Box ${present.join(' or Box ')} checked`,
        d: money(sum('d')),
        e: money(sum('e')),
        g: money(sum('g')),
        h: money(sum('h')),
      },
      refs: { d: ref(line, 'd'), e: ref(line, 'e'), g: ref(line, 'g'), h: ref(line, 'h') },
      behind: boxes.map(([box]) => figureRef('us-8949', input.year, box, 'total', 'h')),
    })
    return sum('h')
  }
  const plainLine = (line: string, text: string, gain: Money, behind: readonly string[], strong = true): Money => {
    const cells = { line, text, d: '', e: '', g: '', h: money(gain) }
    rows.push({ id: line, cells, refs: { h: ref(line, 'h') }, behind, strong })
    return gain
  }
  const half = (lines: readonly string[], term: 'short' | 'long', carryLine: string, netLine: string): Money => {
    let net = lines.reduce((total, line) => (total + boxLine(line)) as Money, ZERO_MONEY)
    const parts = lines.map((line) => ref(line, 'h'))
    const name = term === 'short' ? 'Short-term' : 'Long-term'
    const other = round(input.profile.person[String(input.year)]?.otherGains?.[term] ?? ZERO_MONEY)
    if (other !== ZERO_MONEY) {
      const text = `${name} gains and losses outside these books, as the profile states them`
      net = (net + plainLine(`other ${term}`, text, other, [], false)) as Money
      parts.push(ref(`other ${term}`, 'h'))
    }
    const carried = round(carriedIn(input)[term])
    if (carried !== ZERO_MONEY) {
      const text = `${name} capital loss carryover from earlier years`
      net = (net + plainLine(carryLine, text, -carried as Money, [], false)) as Money
      parts.push(ref(carryLine, 'h'))
    }
    return plainLine(netLine, `Net ${term}-term capital gain or (loss)`, net, parts)
  }

  const short = half(['1b', '2', '3'], 'short', '6', '7')
  const long = half(['8b', '9', '10'], 'long', '14', '15')
  const net = plainLine('16', 'Combine lines 7 and 15', (short + long) as Money, [ref('7', 'h'), ref('15', 'h')])
  if (net < 0n) {
    const limit = round(input.result.totals.get(input.year)?.deduction ?? ZERO_MONEY)
    plainLine('21', 'Loss that may be deducted this year', -limit as Money, [
      ref('16', 'h'),
      `total:${input.year}:deduction`,
    ])
  }
  const section: ReportSection = {
    id: SECTION,
    title: 'Capital gains and losses',
    about: [],
    columns: COLUMNS,
    rows,
    totals: {},
    totalLabel: '',
    pages: [],
  }
  return {
    ...frameOf(input, FORM, 'Schedule D (Form 1040)', 'Capital Gains and Losses'),
    officialForm: true,
    sections: [section],
    notes: ['Lines that take figures from other forms (1a, 4, 5, 8a, 11, 12, 13) are for you to fill in.'],
  }
}

export const usScheduleD: ReportDefinition = {
  id: FORM,
  title: 'Schedule D',
  about: 'The totals of Form 8949 by line, losses carried over, and what may be deducted.',
  jurisdictions: ['us'],
  formats: () => ['pdf', 'csv', 'xlsx', 'json'],
  build,
}
