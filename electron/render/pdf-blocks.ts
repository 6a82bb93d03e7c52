/** The tables and blocks of a printed report. */
import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'
import type { Report, ReportColumn, ReportRow, ReportSection } from '../../shared/reports/report.ts'

export const INK = '#1f2933'
export const MUTED = '#5f6c76'
export const LINE = '#c9d1d6'
export const TEAL = '#1c6b69'
const TINT = '#eef4f3'
const AMBER = '#8a5a00'

/** Thousands apart; a loss in parentheses or with a minus sign. Text that is no number stays as it is. */
export function printedNumber(text: string, negative: Report['negative']): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  if (!match) return text
  const [, sign, whole = '', part = ''] = match
  const size = `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${part}`
  if (sign === '') return size
  return negative === 'parentheses' ? `(${size})` : `\u2212${size}`
}

/** Hairlines between rows, a firmer line under the heads and at the end; none above a title. */
const quietLayout = (titled: boolean): CustomTableLayout => ({
  hLineWidth: (line, node) => {
    if (titled && line === 0) return 0
    return line === node.table.headerRows || line === node.table.body.length ? 0.8 : 0.4
  },
  vLineWidth: () => 0,
  hLineColor: (line, node) => (line === node.table.headerRows || line === node.table.body.length ? MUTED : LINE),
  paddingLeft: () => 7,
  paddingRight: () => 7,
  paddingTop: () => 4,
  paddingBottom: () => 4,
})
const QUIET = quietLayout(false)
const TITLED = quietLayout(true)

const ORDINARY_LENGTH = 16
/** Long numbers are printed smaller, so that none breaks over two lines. */
const numberSize = (printed: string): number => Math.max(4.5, 8.5 * Math.min(1, ORDINARY_LENGTH / printed.length))

function figureCell(report: Report, column: ReportColumn, text: string, bold: boolean): TableCell {
  const isNumber = column.kind === 'money' || column.kind === 'amount'
  const printed = isNumber ? printedNumber(text, report.negative) : text
  return {
    text: printed,
    alignment: column.align,
    bold,
    fontSize: isNumber ? numberSize(printed) : 8.5,
    noWrap: isNumber,
  }
}

const headCell = (column: ReportColumn): TableCell => ({
  text: column.heading ?? column.label,
  alignment: column.align,
  bold: true,
  fontSize: 7.5,
  color: INK,
  fillColor: TINT,
})

const MARKS = ['†', '‡', '§', '¶']

/** The remarks of some rows, each once, with the sign that stands for it. */
function remarksOf(rows: readonly ReportRow[]): ReadonlyMap<string, string> {
  const remarks = new Map<string, string>()
  for (const { mark } of rows) {
    if (mark !== undefined && !remarks.has(mark)) remarks.set(mark, MARKS[remarks.size] ?? `*${remarks.size + 1}`)
  }
  return remarks
}

function bodyRow(
  report: Report,
  columns: readonly ReportColumn[],
  row: ReportRow,
  remarks: ReadonlyMap<string, string>,
): TableCell[] {
  return columns.map((column, index) => {
    const cell = figureCell(report, column, row.cells[column.key] ?? '', row.strong === true)
    if (index > 0 || row.mark === undefined) return cell
    const sign = { text: ` ${remarks.get(row.mark)}`, color: AMBER, bold: true }
    return { text: [{ text: row.cells[column.key] ?? '' }, sign], alignment: column.align }
  })
}

function totalCells(
  report: Report,
  columns: readonly ReportColumn[],
  label: string,
  totals: Readonly<Record<string, string>>,
): TableCell[] {
  const first = columns.findIndex((column) => totals[column.key] !== undefined)
  return columns.map((column, index): TableCell => {
    if (index === 0) return { text: label, bold: true, colSpan: Math.max(first, 1), fillColor: TINT }
    if (index < first) return {}
    return { ...(figureCell(report, column, totals[column.key] ?? '', true) as object), fillColor: TINT } as TableCell
  })
}

function tableOf(
  report: Report,
  section: ReportSection,
  tail: string,
  rows: readonly ReportRow[],
  sums: readonly { readonly label: string; readonly totals: Readonly<Record<string, string>> }[],
): Content {
  const remarks = remarksOf(rows)
  const whole = section.columns.reduce((sum, column) => sum + column.width, 0) * (section.narrow === true ? 2 : 1)
  const table: Content = {
    layout: TITLED,
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: section.columns.map((column) => `${(100 * column.width) / whole}%`),
      body: [
        titleRow(section, tail),
        section.columns.map(headCell),
        ...rows.map((row) => bodyRow(report, section.columns, row, remarks)),
        ...sums.map((sum) => totalCells(report, section.columns, sum.label, sum.totals)),
      ],
    },
  }
  const legend = [...remarks].map(
    ([text, sign]): Content => ({ text: `${sign} ${text}`, fontSize: 8, color: AMBER, margin: [7, 4, 0, 0] }),
  )
  return { stack: [table, ...legend] }
}

/** The section's name above its heads, on every page that it reaches. */
function titleRow(section: ReportSection, tail: string): TableCell[] {
  const title: TableCell = {
    colSpan: section.columns.length,
    margin: [-7, 0, -7, 2],
    stack: [
      {
        columns: [
          { width: '*', text: section.title, bold: true, fontSize: 10.5 },
          { width: 'auto', text: tail, fontSize: 8, color: MUTED },
        ],
      },
      ...section.about.map((text): Content => ({ text, fontSize: 8, color: MUTED, margin: [0, 2, 0, 0] })),
    ],
  }
  return section.columns.map((_, index): TableCell => (index === 0 ? title : {}))
}

/** The tables of a section: one a sheet where the form has sheets, else one that flows over the pages. */
export function sectionTables(
  report: Report,
  section: ReportSection,
): { readonly content: Content; readonly newPage: boolean }[] {
  const hasTotals = Object.keys(section.totals).length > 0
  const all = hasTotals ? [{ label: section.totalLabel, totals: section.totals }] : []
  if (section.pages.length === 0) {
    const table = tableOf(report, section, '', section.rows, all)
    return [{ content: { margin: [0, 0, 0, 18], stack: [table] }, newPage: false }]
  }
  return section.pages.map((page, index) => {
    const last = index === section.pages.length - 1
    const sums = [
      { label: 'Totals of this sheet', totals: page.totals },
      ...(last && section.pages.length > 1 ? all : []),
    ]
    const rows = section.rows.slice(page.from, page.from + page.count)
    const tail = `Sheet ${index + 1} of ${section.pages.length}`
    return { content: tableOf(report, section, tail, rows, sums), newPage: true }
  })
}

const blockTitle = (text: string): Content => ({ text, bold: true, fontSize: 10.5, margin: [0, 0, 0, 5] })

/** What only the user, or a better record, can settle, with its effect; null where nothing is open. */
export function openBlock(report: Report): Content | null {
  if (report.open.length === 0) return null
  const bound = (text: string | null): TableCell => ({
    text: text === null ? 'not known' : printedNumber(text, report.negative),
    alignment: 'right',
  })
  const head = (text: string, alignment: 'left' | 'right'): TableCell => ({
    text,
    alignment,
    bold: true,
    fontSize: 7.5,
    fillColor: TINT,
  })
  return {
    margin: [0, 0, 0, 18],
    stack: [
      blockTitle(report.open.length === 1 ? '1 open point' : `${report.open.length} open points`),
      {
        layout: QUIET,
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: ['22%', '52%', '13%', '13%'],
          body: [
            [
              head('Open point', 'left'),
              head('What it is', 'left'),
              head('Adds at least', 'right'),
              head('Adds at most', 'right'),
            ],
            ...report.open.map((point): TableCell[] => [
              { text: point.title, color: AMBER, bold: true },
              { text: point.text },
              bound(point.low),
              bound(point.high),
            ]),
          ],
        },
      },
    ],
  }
}

export function notesBlock(report: Report): Content | null {
  if (report.notes.length === 0) return null
  const notes = report.notes.map((text): Content => ({ text, margin: [0, 0, 0, 3] }))
  return { margin: [0, 0, 0, 18], unbreakable: true, stack: [blockTitle('Notes'), ...notes] }
}

/** Profile, settings, engine, price sources and input, so that the figures can be made again. */
export function factsBlock(report: Report): Content {
  return {
    unbreakable: true,
    stack: [
      blockTitle('What these figures rest on'),
      {
        layout: QUIET,
        table: {
          headerRows: 0,
          dontBreakRows: true,
          widths: ['22%', '78%'],
          body: report.facts.map((fact): TableCell[] => [{ text: fact.label, color: MUTED }, { text: fact.value }]),
        },
      },
    ],
  }
}
