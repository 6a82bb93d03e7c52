/**
 * A report as CSV (UTF-8, comma, CRLF): first the rows, one clean table for each set of columns, then, each after an empty
 * line, the totals, what is open, and under what the figures hold. A program that reads up to the first empty line gets
 * the rows alone.
 */
import { field } from '../../shared/exports/csv-text.ts'
import type { CellKind, Report, ReportColumn, ReportSection } from '../../shared/reports/report.ts'
import { spreadsheetText } from './spreadsheet-text.ts'

const END = '\r\n'

const lineOf = (cells: readonly (readonly [string, CellKind])[]): string =>
  cells.map(([text, kind]) => field(spreadsheetText(text, kind))).join(',')
const textLine = (...texts: readonly string[]): string => lineOf(texts.map((text) => [text, 'text'] as const))
const cellsOf = (columns: readonly ReportColumn[], cells: Readonly<Record<string, string>>) =>
  columns.map((column) => [cells[column.key] ?? '', column.kind] as const)

const columnsOf = (section: ReportSection): readonly ReportColumn[] => [
  ...section.columns,
  ...(section.fileColumns ?? []),
]
const fieldOf = (column: ReportColumn): string => column.field ?? column.label

/** Sections that share their columns go into one table. */
function tablesOf(report: Report): readonly (readonly ReportSection[])[] {
  const tables = new Map<string, ReportSection[]>()
  for (const section of report.sections) {
    const shape = columnsOf(section)
      .map((column) => column.key)
      .join(' ')
    const known = tables.get(shape)
    if (known) known.push(section)
    else tables.set(shape, [section])
  }
  return [...tables.values()]
}

function tableBlock(sections: readonly ReportSection[]): string[] {
  const columns = sections[0] === undefined ? [] : columnsOf(sections[0])
  const rows = sections.flatMap((section) =>
    section.rows.map((row) => lineOf([...cellsOf(columns, row.cells), [section.id, 'text'], [row.mark ?? '', 'text']])),
  )
  return [textLine(...columns.map(fieldOf), 'Section', 'Remark'), ...rows]
}

function totalsBlock(sections: readonly ReportSection[]): string[] {
  const columns = (sections[0]?.columns ?? []).filter((column) =>
    sections.some((section) => section.totals[column.key] !== undefined),
  )
  if (columns.length === 0) return []
  const line = (section: ReportSection, label: string, totals: Readonly<Record<string, string>>): string =>
    lineOf([[section.id, 'text'], [label, 'text'], ...cellsOf(columns, totals)])
  const lines = sections.flatMap((section) => [
    ...section.pages.map((page, index) => line(section, `Sheet ${index + 1}`, page.totals)),
    line(section, section.totalLabel, section.totals),
  ])
  return [textLine('Section', 'Totals of', ...columns.map(fieldOf)), ...lines]
}

/** The whole report as one text. */
export function reportCsv(report: Report): string {
  const tables = tablesOf(report)
  const blocks: string[][] = [
    ...tables.map(tableBlock),
    ...tables.map(totalsBlock),
    report.open.length === 0
      ? []
      : [
          textLine('Open point', 'What it is', 'At least', 'At most'),
          ...report.open.map((point) =>
            lineOf([
              [point.title, 'text'],
              [point.text, 'text'],
              [point.low ?? 'not known', 'money'],
              [point.high ?? 'not known', 'money'],
            ]),
          ),
        ],
    [
      textLine('Report', `${report.title}: ${report.subtitle}`),
      ...report.facts.map((fact) => textLine(fact.label, fact.value)),
      ...report.notes.map((note) => textLine('Note', note)),
    ],
  ]
  const filled = blocks.filter((block) => block.length > 0)
  return `${filled.map((block) => block.join(END)).join(END + END)}${END}`
}
