/** A report as a workbook: one sheet a table, one for what is open, one for what the figures hold under. */
import { strFromU8, unzipSync, type Zippable, zipSync } from 'fflate'
import writeXlsxFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/node'
import type { CellKind, Report, ReportSection } from '../../shared/reports/report.ts'
import { spreadsheetText } from './spreadsheet-text.ts'

const HEAD = { fontWeight: 'bold', backgroundColor: '#E6F0EF', wrap: true, alignVertical: 'top' } as const
/** Digits that a spreadsheet's numbers, which are doubles, keep without fail. */
const SAFE_DIGITS = 15
/** Files inside the workbook carry this time, so that equal reports are equal bytes. */
const NO_TIME = new Date(1980, 0, 1)

function cellOf(text: string, kind: CellKind, strong: boolean): CellObject {
  const style = strong ? ({ fontWeight: 'bold' } as const) : {}
  if ((kind === 'money' || kind === 'amount') && text !== '') {
    const digits = text.replace(/^-|\./g, '').replace(/^0+/, '').length
    const decimals =
      kind === 'money' && text.includes('.') ? '#,##0.00' : kind === 'money' ? '#,##0' : '0.##################'
    if (digits <= SAFE_DIGITS) return { ...style, type: Number, value: Number(text), format: decimals, align: 'right' }
    return { ...style, type: String, value: text, align: 'right' }
  }
  return { ...style, type: String, value: spreadsheetText(text, kind), wrap: kind === 'text' }
}

const headRow = (labels: readonly string[]): Row => labels.map((value) => ({ ...HEAD, type: String, value }))

/** Excel allows 31 characters, none of `[]:*?/\`, and no two sheets alike. */
function sheetName(wanted: string, taken: Set<string>): string {
  const base =
    wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .trim()
      .slice(0, 27) || 'Table'
  let name = base
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} ${n}`
  taken.add(name.toLowerCase())
  return name
}

function sectionSheet(section: ReportSection, name: string): Sheet<never> {
  const columns = [...section.columns, ...(section.fileColumns ?? [])]
  const totals = Object.keys(section.totals).length === 0 ? [] : [totalRow(section, section.totalLabel, section.totals)]
  const sheets =
    section.pages.length > 1 ? section.pages.map((page, i) => totalRow(section, `Sheet ${i + 1}`, page.totals)) : []
  return {
    sheet: name,
    orientation: 'landscape',
    stickyRowsCount: 1,
    columns: [...columns.map((column) => ({ width: Math.max(10, column.width + 4) })), { width: 30 }],
    data: [
      headRow([...columns.map((column) => (column.heading ?? column.label).replaceAll('\n', ' ')), 'Remark']),
      ...section.rows.map(
        (row): Row => [
          ...columns.map((column) => cellOf(row.cells[column.key] ?? '', column.kind, row.strong === true)),
          cellOf(row.mark ?? '', 'text', false),
        ],
      ),
      ...sheets,
      ...totals,
    ],
  }
}

function totalRow(section: ReportSection, label: string, totals: Readonly<Record<string, string>>): Row {
  return section.columns.map((column, index) =>
    index === 0 ? cellOf(label, 'text', true) : cellOf(totals[column.key] ?? '', column.kind, true),
  )
}

/** The workbook's bytes. */
export async function reportXlsx(report: Report): Promise<Uint8Array> {
  const taken = new Set<string>()
  const sheets: Sheet<never>[] = report.sections.map((section) =>
    sectionSheet(section, sheetName(/^[A-Z]$/.test(section.id) ? `Box ${section.id}` : section.title, taken)),
  )
  if (report.open.length > 0) {
    sheets.push({
      sheet: sheetName('Open points', taken),
      columns: [{ width: 30 }, { width: 80 }, { width: 16 }, { width: 16 }],
      data: [
        headRow(['Open point', 'What it is', 'At least', 'At most']),
        ...report.open.map(
          (point): Row => [
            cellOf(point.title, 'text', false),
            cellOf(point.text, 'text', false),
            cellOf(point.low ?? 'not known', point.low === null ? 'text' : 'money', false),
            cellOf(point.high ?? 'not known', point.high === null ? 'text' : 'money', false),
          ],
        ),
      ],
    })
  }
  sheets.push({
    sheet: sheetName('About', taken),
    columns: [{ width: 26 }, { width: 90 }],
    data: [
      headRow([report.title, report.subtitle]),
      ...report.facts.map((fact): Row => [cellOf(fact.label, 'text', false), cellOf(fact.value, 'text', false)]),
      ...report.notes.map((note): Row => [cellOf('Note', 'text', false), cellOf(note, 'text', false)]),
    ],
  })
  return withoutTimes(await writeXlsxFile(sheets).toBuffer())
}

function withoutTimes(workbook: Uint8Array): Uint8Array {
  const files: Zippable = {}
  for (const [name, bytes] of Object.entries(unzipSync(workbook)).sort(([a], [b]) => (a < b ? -1 : 1))) {
    files[name] = [name === 'docProps/core.xml' ? coreWithoutTimes(bytes) : bytes, { mtime: NO_TIME }]
  }
  return zipSync(files, { level: 6 })
}

const coreWithoutTimes = (bytes: Uint8Array): Uint8Array =>
  new TextEncoder().encode(strFromU8(bytes).replace(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, ''))
