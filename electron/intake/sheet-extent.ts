/** How far the sheets of a workbook reach: the reader of workbooks fills every gap before the last cell with an empty one. */
import { inflateRawSync } from 'node:zlib'
import type { ArchiveEntry } from './archive-index.ts'

/** The bounds of the format itself (ECMA-376: A1 to XFD1048576). */
const MOST_ROWS = 1_048_576
const MOST_COLUMNS = 16_384
/** Cells of all sheets together, gaps included, that are held in memory. */
const MOST_CELLS = 20_000_000

/** A row, or a cell that holds something: an element that closes itself holds nothing. */
const PLACE = /<(?:[\w.]+:)?(?:row|c)(?=\s)[^<>]*?\sr\s*=\s*["']\s*([A-Za-z]*)(\d*)\s*["'][^<>]*>/g

/** Why the sheets may not be opened, or null. Nothing larger than its entry says is unpacked. */
export function reasonAgainstSheets(entries: readonly ArchiveEntry[]): string | null {
  let cells = 0
  for (const entry of entries) {
    if (!/\.xml$/i.test(entry.name) || /(^|\/)(sharedStrings|styles)\.xml$/i.test(entry.name)) continue
    const text = unpacked(entry)
    if (text === null) return `${entry.name} is damaged or larger than it says`
    let rows = 0
    let columns = 0
    for (const [element, letters = '', digits = ''] of text.matchAll(PLACE)) {
      const row = digits.length > 7 ? MOST_ROWS + 1 : Number.parseInt(digits || '0', 10)
      const column = columnNumber(letters)
      if (row > MOST_ROWS || column > MOST_COLUMNS) return `${entry.name} has a cell beyond the last of a sheet`
      if (element.endsWith('/>')) continue
      if (column > 0 || letters === '') rows = Math.max(rows, row)
      columns = Math.max(columns, column)
    }
    cells += rows * columns
    if (cells > MOST_CELLS) {
      return `its sheets reach over more than ${MOST_CELLS.toLocaleString('en-US')} cells, most of them likely empty`
    }
  }
  return null
}

function unpacked(entry: ArchiveEntry): string | null {
  if (entry.method === 0) return Buffer.from(entry.bytes).toString('latin1')
  try {
    return inflateRawSync(entry.bytes, { maxOutputLength: Math.max(1, entry.size) }).toString('latin1')
  } catch {
    return null
  }
}

function columnNumber(letters: string): number {
  let column = 0
  for (const letter of letters.slice(0, 4).toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column
}
