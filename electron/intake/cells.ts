/** Records to cells, by papaparse. */
import Papa from 'papaparse'

export type Newline = '\n' | '\r' | '\r\n'

/** The cells of every record of the text; the records end with `newline` throughout. */
export function cellsOf(text: string, delimiter: string, newline: Newline): string[][] {
  return Papa.parse<string[]>(text, { delimiter, newline, header: false, dynamicTyping: false, skipEmptyLines: false })
    .data
}

/** What a record can have in it that is not plainly a cell or between two; papaparse takes longer to set up than to cut. */
const HARD = /["\r\n\ufeff]|^$/

/** The cells of one record, whatever is in it. */
export function cellsOfRecord(text: string, delimiter: string): string[] {
  if (!HARD.test(text)) return text.split(delimiter)
  const rows = cellsOf(text, delimiter, '\n')
  return rows.length === 1 ? (rows[0] as string[]) : rows.flat()
}

/** A line that was wrapped in quotes as a whole when a spreadsheet saved it: its cells, or null where it was not. */
export function unwrapped(cells: readonly string[], delimiter: string): string[] | null {
  const [only] = cells
  return cells.length === 1 && only?.includes(delimiter) ? cellsOfRecord(only, delimiter) : null
}

export const isBlankRow = (cells: readonly string[]): boolean => {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}

/** Zero bytes pad some exports; they are no text. */
export const withoutZeros = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text)
