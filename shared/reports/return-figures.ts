/** The figures that a country's return asks for, line by line, each with what it comes from. */

import type { Money } from '../amount/amount.ts'
import { formatMoney, parseMoney } from '../amount/decimal.ts'
import type { AccountId } from '../events/identifiers.ts'
import { rowFormOf } from '../tax/forms/country-forms.ts'
import { tableFormTitle } from '../tax/forms/table-forms.ts'
import { packOf } from '../tax/packs/pack-list.ts'
import type { DisposalRow, FormLine, YearTotals } from '../tax/result.ts'
import { disposalId } from '../tax/result.ts'
import { toResultDocument } from '../tax/result-document.ts'
import { figureRef } from './figures.ts'
import { accountNamesOf, frameOf, yearLabelOf } from './frame.ts'
import { INCOME_HEADS } from './income.ts'
import type {
  CellKind,
  Report,
  ReportColumn,
  ReportDefinition,
  ReportInput,
  ReportRow,
  ReportSection,
} from './report.ts'

const FORM = 'return-figures'
/** Forms with a report of their own. */
const APART: ReadonlySet<string> = new Set(['us-8949'])

const YEAR: readonly ReportColumn[] = [
  { key: 'text', label: 'Figure', kind: 'text', align: 'left', width: 70 },
  { key: 'amount', label: 'Amount', kind: 'money', align: 'right', width: 30 },
]

const TITLES: Readonly<Record<string, string>> = {
  'gb-income': 'Income by line',
  'au-income': 'Income by line',
  'de-income': 'Income by line',
  'us-1040-question': 'Form 1040, question about digital assets',
  'us-8283': 'Form 8283, noncash charitable contributions',
  'us-income': 'Income by line',
  'de-anlage-so': 'Anlage SO, sale by sale',
  'de-anlage-so-sums': 'Anlage SO',
  'au-parcel-list': 'Parcels behind item 18',
  'au-item-18': 'Individual tax return, item 18',
  'fr-2086': 'Formulaire 2086',
  'fr-3916-bis': 'Formulaire 3916-bis',
  'fr-2042-c': 'Formulaire 2042 C',
  'ca-schedule-3': 'Schedule 3: crypto-assets',
  'ca-schedule-3-totals': 'Schedule 3, and the lines of the return',
  'gb-sa108': 'SA108',
}

/** Members of form lines in words; any other member is split at its capitals. */
const LABELS: Readonly<Record<string, string>> = {
  year: 'Tax year',
  label: 'Line',
  line: 'Line',
  value: 'Figure',
  text: 'What',
  costBase: 'Cost base',
  veraeusserung: 'Veräußerung',
  veraeusserungspreis: 'Veräußerungspreis',
  haltedauerUeberEinJahr: 'Haltedauer > 1 Jahr',
}

/** The columns of forms whose members are the form's own numbers. */
const FORM_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'fr-2086': {
    '211': '211 Date',
    '212': '212 Valeur globale',
    '213': '213 Prix de cession',
    '214': '214 Frais',
    '215': '215 Net de frais',
    '216': '216 Soulte',
    '217': '217 Net de soultes',
    '218': '218 Net de frais et soultes',
    '220': '220 Prix total d’acquisition',
    '221': '221 Fractions de capital initial',
    '222': '222 Soultes reçues',
    '223': '223 Acquisition net',
    '224': '224 Plus ou moins-value',
  },
  'fr-2042-c': { '224': '224 Plus ou moins-value globale', '3AN': '3AN Plus-value', '3BN': '3BN Moins-value' },
  'ca-schedule-3': {
    '1': '(1) Number and name',
    '2': '(2) Proceeds of disposition',
    '3': '(3) Adjusted cost base',
    '4': '(4) Outlays and expenses',
    '5': '(5) Gain or loss',
    superficial: 'Superficial loss denied',
  },
  'ca-schedule-3-totals': {
    '12700': '12700 Taxable capital gains',
    '15199': '15199 Proceeds',
    '15300': '15300 Gain or loss',
    '25300': '25300 Earlier losses',
  },
}

const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** `1900.000000000000000000` as `1900.00`: what the form asks is at most cents, the exact figure is in the trace. */
function shown(key: string, text: string): string {
  if (!/^-?\d+\.\d{3,}$/.test(text) || UNITS.has(key)) return text
  const money = parseMoney(text)
  return typeof money === 'bigint' ? formatMoney(money as Money, 2) : text
}
const UNITS: ReadonlySet<string> = new Set([
  'quantity',
  'menge',
  'units',
  'openingQuantity',
  'acquiredQuantity',
  'soldQuantity',
  'closingQuantity',
])

/** Members that name a line, though they may look like numbers. */
const NAMING: ReadonlySet<string> = new Set([
  'year',
  'jahr',
  'line',
  'zeile',
  'label',
  'box',
  'field',
  'slNo',
  'period',
])

function columnsOf(form: string, lines: readonly FormLine[]): ReportColumn[] {
  const own = FORM_LABELS[form] ?? {}
  const members = [...new Set(lines.flatMap((line) => Object.keys(line)))]
  // Members that are numbers come before all others in an object, the year that they are of included.
  const keys = [...members.filter((key) => key === 'year'), ...members.filter((key) => key !== 'year')]
  return keys.map((key): ReportColumn => {
    const texts = lines.map((line) => line[key] ?? '').filter((text) => text !== '')
    const kind: CellKind =
      texts.length > 0 && texts.every(isDate)
        ? 'date'
        : UNITS.has(key) && texts.every(isDecimal)
          ? 'amount'
          : texts.some((text) => /^-?\d+\.\d{2,}$/.test(text)) && texts.every(isDecimal)
            ? 'money'
            : 'text'
    const isFigure = kind === 'money' || kind === 'amount' || (!NAMING.has(key) && texts.some(isDecimal))
    const longest = Math.min(
      40,
      Math.max(LABELS[key]?.length ?? key.length, ...texts.slice(0, 200).map((text) => text.length)),
    )
    const label = own[key] ?? (key === 'label' && keys.includes('line') ? 'What' : labelOf(key))
    const word = Math.max(...label.split(' ').map((part) => part.length))
    return {
      key,
      label,
      kind,
      align: isFigure ? 'right' : 'left',
      // Names of accounts are one word, which no page should cut.
      width: Math.max(8, key === 'wallet' ? longest + 6 : longest, word + 1),
    }
  })
}

const labelOf = (key: string): string =>
  LABELS[key] ??
  `${key.charAt(0).toUpperCase()}${key.slice(1).replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)}`

/** An id of ours for a line that the country does not number: its words say all. */
const OWN_LINE = /^[a-z][a-z0-9-]*$/

/** Lines with names of accounts and heads of income in words, and without ids of ours. */
function inWords(input: ReportInput, lines: readonly FormLine[]): readonly FormLine[] {
  const accountOf = accountNamesOf(input)
  const known = new Set<string>(input.accounts.map(({ id }) => id))
  const isUnnumbered =
    lines.length > 0 && lines.every(({ line, label }) => label !== undefined && OWN_LINE.test(line ?? '0'))
  return lines.map((line) => {
    const members = Object.entries(line).flatMap(([name, text]) => {
      if (name === 'line' && isUnnumbered) return []
      if (name === 'heads') return [[name, headWords(text)]]
      return [[name, name === 'wallet' && known.has(text) ? accountOf(text as AccountId) : text]]
    })
    return Object.fromEntries(members) as FormLine
  })
}

const headWords = (heads: string): string =>
  heads
    .split(', ')
    .map((head) => INCOME_HEADS[head] ?? head)
    .join(', ')

function formSection(
  input: ReportInput,
  form: string,
  lines: readonly FormLine[],
  behind: (at: number) => readonly string[],
): ReportSection {
  const said = inWords(input, lines)
  const columns = columnsOf(form, said)
  return {
    id: form,
    title: TITLES[form] ?? tableFormTitle(input.result.jurisdiction, form) ?? form,
    about: [],
    columns,
    rows: lines.map((line, at): ReportRow => {
      const id = String(at + 1)
      const figures = Object.entries(line).filter(([, text]) => isDecimal(text))
      return {
        id,
        cells: Object.fromEntries(columns.map(({ key }) => [key, shown(key, said[at]?.[key] ?? '')])),
        refs: Object.fromEntries(figures.map(([key]) => [key, figureRef(FORM, input.year, form, id, key)])),
        behind: behind(at),
      }
    }),
    totals: {},
    totalLabel: '',
    pages: [],
  }
}

/** The rows that have a line on the country's form, in the order of its lines. */
function rowsWithLines(input: ReportInput, form: string, rows: readonly DisposalRow[]): readonly DisposalRow[] | null {
  const written = rowFormOf(input.result, { assets: input.assets, year: input.year })
  return written?.id === form ? rows.filter((row) => written.line(row) !== null) : null
}

function yearSection(input: ReportInput, totals: YearTotals): ReportSection {
  const { year } = input
  const figure = (id: string, text: string, amount: Money | null, strong = false): ReportRow[] =>
    amount === null
      ? []
      : [
          {
            id,
            cells: { text, amount: formatMoney(amount, 2) },
            refs: { amount: figureRef(FORM, year, 'year', id, 'amount') },
            behind: [id.startsWith('head.') ? `income:${year}:${id.slice(5)}` : `total:${year}:${id}`],
            ...(strong ? { strong: true } : {}),
          },
        ]
  const unlessNone = (id: string, text: string, amount: Money): ReportRow[] =>
    amount === 0n ? [] : figure(id, text, amount)
  return {
    id: 'year',
    title: `Tax year ${yearLabelOf(input)}`,
    about: [],
    columns: YEAR,
    narrow: true,
    rows: [
      ...figure('proceeds', 'Proceeds', totals.proceeds),
      ...unlessNone('fees', 'Fees of disposal', totals.fees),
      ...figure('cost', 'Cost', totals.cost),
      ...figure('gain', 'Gain or loss', totals.gain, true),
      ...figure('gains', 'Gains', totals.gains),
      ...figure('losses', 'Losses', totals.losses),
      ...unlessNone('shortTerm', 'Short-term', totals.shortTerm),
      ...unlessNone('longTerm', 'Long-term', totals.longTerm),
      ...unlessNone('exempt', 'Exempt gain', totals.exempt),
      ...unlessNone('denied', 'Losses denied', totals.denied),
      ...unlessNone('discount', 'Discount', totals.discount),
      ...Object.entries(totals.incomeByHead).flatMap(([head, value]) =>
        figure(`head.${head}`, `Income: ${INCOME_HEADS[head] ?? head}`, value),
      ),
      ...unlessNone('incomeTaxable', 'Taxable income', totals.incomeTaxable),
      ...totals.lines.flatMap(({ id, label, amount }) => figure(id, label, amount)),
      ...unlessNone('deduction', 'Deduction of the net loss', totals.deduction),
      ...unlessNone('allowance', 'Allowance used', totals.allowance),
      ...figure('taxable', 'Taxable', totals.taxable, true),
      ...figure('tax', 'Tax, as far as the rules make it plain', totals.tax),
      ...Object.entries(totals.carryOut).flatMap(([id, amount]) =>
        unlessNone(`carryOut.${id}`, `Carried to later years: ${labelOf(id).toLowerCase()}`, amount),
      ),
    ],
    totals: {},
    totalLabel: '',
    pages: [],
  }
}

function build(input: ReportInput): Report {
  const { year, result, assets } = input
  const totals = result.totals.get(year)
  const rows = result.disposals.filter((row) => row.taxYear === year)
  const rounded = input.profile.rounding ?? 'cents'
  const forms =
    input.forms ??
    (toResultDocument(result, { assets, year, rounded }).forms as Readonly<Record<string, readonly FormLine[]>>)
  const whole = [`total:${year}:taxable`, `total:${year}:gain`, `total:${year}:income`]
  const sections = Object.entries(forms).flatMap(([form, lines]) => {
    if (APART.has(form) || lines.length === 0) return []
    const ofRows = rowsWithLines(input, form, rows)
    const isLineByRow = ofRows !== null && ofRows.length === lines.length
    return [
      formSection(input, form, lines, (at) =>
        isLineByRow ? [`disposal:${disposalId(ofRows[at] as DisposalRow)}`] : whole,
      ),
    ]
  })
  const notes = ['The figures are for the return; which line takes them is written where the sources name one.']
  if (totals === undefined) notes.unshift(`Nothing happened in ${yearLabelOf(input)}.`)
  return {
    ...frameOf(input, FORM, 'Figures for the return', packOf(result.jurisdiction)?.name ?? ''),
    sections: [...(totals === undefined ? [] : [yearSection(input, totals)]), ...sections],
    notes,
  }
}

export const returnFigures: ReportDefinition = {
  id: FORM,
  title: 'Figures for the return',
  about: 'What the country’s return asks for, line by line, each figure with its trace.',
  jurisdictions: null,
  formats: () => ['pdf', 'csv', 'xlsx', 'json'],
  build,
}
