/** Records to cells, by papaparse. */
import Papa from 'papaparse'

export type Newline = '\n' | '\r' | '\r\n'

/** The cells of every record of the text; the records end with `newline` throughout. */
export function cellsOf(text: string, delimiter: string, newline: Newline): string[][] {
  return Papa.parse<string[]>(text, { delimiter, newline, header: false, dynamicTyping: false, skipEmptyLines: false })
    .data
}

/** What a record can have in it that is not plainly a cell or between two; papaparse takes longer to set up than to cut. */
const HARD = /[\r\n\ufeff]|^$/

/** The cells of one record, whatever is in it. */
export function cellsOfRecord(text: string, delimiter: string): string[] {
  if (!HARD.test(text)) {
    if (!text.includes('"')) return text.split(delimiter)
    const cells = quotedCells(text, delimiter)
    if (cells !== null) return cells
  }
  const rows = cellsOf(text, delimiter, '\n')
  return rows.length === 1 ? (rows[0] as string[]) : rows.flat()
}

/** The cells of a line; null where a quotation mark begins a cell that does not end with one. */
function quotedCells(text: string, delimiter: string): string[] | null {
  const cells: string[] = []
  for (let at = 0; ; at++) {
    if (text[at] === '"') {
      const from = at + 1
      at = text.indexOf('"', from)
      while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
      if (at < 0) return null
      cells.push(text.slice(from, at).replaceAll('""', '"'))
      at++
    } else {
      const from = at
      at = text.indexOf(delimiter, from)
      if (at < 0) at = text.length
      cells.push(text.slice(from, at))
    }
    if (at === text.length) return cells
    if (text[at] !== delimiter) return null
  }
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
