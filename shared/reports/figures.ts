/** References of a report's figures, and the way back from a figure to what it is made of. */
import type { Report } from './report.ts'

/** The reference of a cell: `form:us-8949:2025:L:14:d`; of a total: `form:us-8949:2025:L:total:d`. */
export const figureRef = (form: string, year: number, section: string, row: string, column: string): string =>
  `form:${form}:${year}:${section}:${row}:${column}`

export interface FigureParts {
  readonly form: string
  readonly year: number
  readonly section: string
  readonly row: string
  readonly column: string
}

/** Reads a reference made by `figureRef`; null where the text is none. */
export function parseFigureRef(ref: string): FigureParts | null {
  const match = /^form:([^:]+):(\d{4}):([^:]+):([^:]+):([^:]+)$/.exec(ref)
  if (!match) return null
  const [, form = '', year = '', section = '', row = '', column = ''] = match
  return { form, year: Number.parseInt(year, 10), section, row, column }
}

export interface Figure {
  /** “Form 8949, box L, row 14, column d”. */
  readonly label: string
  /** The figure as the report shows it. */
  readonly text: string
  /** References one step closer to the source rows, in the report's order. */
  readonly behind: readonly string[]
}

/** A figure of a report by its reference; null where the report has no such cell. */
export function figureOf(report: Report, ref: string): Figure | null {
  const parts = parseFigureRef(ref)
  const section = report.sections.find((candidate) => candidate.id === parts?.section)
  if (!parts || !section || parts.form !== report.id || parts.year !== report.year) return null
  const column = section.columns.find((candidate) => candidate.key === parts.column)
  if (!column) return null
  if (parts.row === 'total') {
    const text = section.totals[parts.column]
    if (text === undefined) return null
    const behind = section.rows.flatMap((row) => row.refs[parts.column] ?? [])
    return { label: `${report.title}, ${section.title}, total of ${column.label}`, text, behind }
  }
  const row = section.rows.find((candidate) => candidate.id === parts.row)
  const text = row?.cells[parts.column]
  if (!row || text === undefined) return null
  return { label: `${report.title}, ${section.title}, row ${row.id}, ${column.label}`, text, behind: row.behind }
}
