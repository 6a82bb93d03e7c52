/**
 * Form 8949 as Tax Exchange Format, version 042 (Intuit's specification of 2011-11-30): boxes A to F only; the format has
 * no codes for the boxes of 2025 and later.
 */
import type { Report, ReportRow } from '../../shared/reports/report.ts'

/** Tax reference numbers by box of Form 8949. */
const REFERENCES: Readonly<Record<string, string>> = { A: '321', B: '711', C: '712', D: '323', E: '713', F: '714' }
const END = '\r\n'

/** ASCII without line breaks, as a field of the format has to be. */
const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').replaceAll('^', '?')

const recordOf = (row: ReportRow, reference: string): string =>
  [
    'TD',
    `N${reference}`,
    'C1',
    'L1',
    `P${ascii(row.cells.a ?? '')}`,
    `D${row.cells.b ?? ''}`,
    `D${row.cells.c ?? ''}`,
    `$${row.cells.e ?? ''}`,
    `$${row.cells.d ?? ''}`,
    '$',
    '^',
  ].join(END)

/**
 * The report as one text. The header's date is the last day of the tax year, because equal reports are equal bytes.
 * Rows of a box without a code are left out; the list of reports does not offer the format for years that have them.
 */
export function reportTxf(report: Report): string {
  const header = ['V042', `ATallystick ${ascii(report.engine)}`, `D ${`12/31/${report.year}`}`, '^'].join(END)
  const records = report.sections.flatMap((section) => {
    const reference = REFERENCES[section.id]
    return reference === undefined ? [] : section.rows.map((row) => recordOf(row, reference))
  })
  return `${[header, ...records].join(END)}${END}`
}
