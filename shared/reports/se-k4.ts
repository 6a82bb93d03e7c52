/** Sweden, K4 section D: the rows of the form, seven to a sheet, as Skatteverket's file takes them. */
import type { FormLine } from '../tax/result.ts'
import { disposalId } from '../tax/result.ts'
import { toResultDocument } from '../tax/result-document.ts'
import { figureRef } from './figures.ts'
import { frameOf, symbolsOf, yearLabelOf } from './frame.ts'
import type { Report, ReportColumn, ReportDefinition, ReportInput, ReportRow, ReportSection } from './report.ts'

const FORM = 'se-k4'
/** Rows that a sheet of the form holds. */
const ROWS = 7
const SUMS = ['proceeds', 'cost', 'gain', 'loss'] as const

const COLUMNS: readonly ReportColumn[] = [
  { key: 'quantity', label: 'Antal', kind: 'amount', align: 'right', width: 20 },
  { key: 'name', label: 'Beteckning', kind: 'text', align: 'left', width: 20 },
  { key: 'proceeds', label: 'Försäljningspris', kind: 'money', align: 'right', width: 15 },
  { key: 'cost', label: 'Omkostnadsbelopp', kind: 'money', align: 'right', width: 15 },
  { key: 'gain', label: 'Vinst', kind: 'money', align: 'right', width: 15 },
  { key: 'loss', label: 'Förlust', kind: 'money', align: 'right', width: 15 },
]

const linesOf = (input: ReportInput): readonly FormLine[] => {
  const { result, assets, year } = input
  const forms = input.forms ?? (toResultDocument(result, { assets, year }).forms as Record<string, readonly FormLine[]>)
  return forms[FORM] ?? []
}

function sheet(input: ReportInput, lines: readonly FormLine[], number: number): ReportSection {
  const { result, year } = input
  const symbolOf = symbolsOf(input)
  const section = `sheet-${number}`
  return {
    id: section,
    title: `K4, avsnitt D, blankett ${number}`,
    about: [],
    columns: COLUMNS,
    rows: lines.map((line, at): ReportRow => {
      const id = String(at + 1)
      const isLoss = line.loss !== '0'
      const rows = result.disposals.filter(
        (row) => row.taxYear === year && row.taxable && row.gain < 0n === isLoss && symbolOf(row.asset) === line.name,
      )
      return {
        id,
        cells: Object.fromEntries(COLUMNS.map(({ key }) => [key, line[key] ?? ''])),
        refs: Object.fromEntries(SUMS.map((key) => [key, figureRef(FORM, year, section, id, key)])),
        behind: rows.map((row) => `disposal:${disposalId(row)}`),
      }
    }),
    totals: Object.fromEntries(
      SUMS.map((key) => [key, String(lines.reduce((sum, line) => sum + BigInt(line[key] ?? '0'), 0n))]),
    ),
    totalLabel: 'Summa',
    pages: [],
  }
}

function build(input: ReportInput): Report {
  const lines = linesOf(input)
  const sheets: ReportSection[] = []
  for (let from = 0; from < lines.length; from += ROWS)
    sheets.push(sheet(input, lines.slice(from, from + ROWS), sheets.length + 1))
  return {
    ...frameOf(input, FORM, 'K4, section D', `Sweden, income year ${yearLabelOf(input)}`),
    sections: sheets,
    notes: [
      'Whole kronor, halves up, row by row; the sums are those of the printed rows.',
      'For the file transfer of Skatteverket keep both files, BLANKETTER.SRU and INFO.SRU. Your personal identity number, postcode and town are not in these books: write them in place of ÅÅÅÅMMDDNNNN, 00000 and ORT with a text editor that keeps ISO 8859-1.',
      ...(lines.length === 0 ? [`Nothing was sold in ${yearLabelOf(input)}.`] : []),
    ],
  }
}

export const seK4: ReportDefinition = {
  id: FORM,
  title: 'K4, section D',
  about: 'Gains and losses on crypto-assets, coin by coin, also as the two files of Skatteverket’s file transfer.',
  jurisdictions: ['se'],
  formats: () => ['pdf', 'csv', 'xlsx', 'json', 'sru', 'sru-info'],
  build,
}
