/** How the lines of one file quote their cells, so that lines which say the same are the same text. */
import { type CutRow, HOLDS, isFit, QUOTED } from './cut-row.ts'

const COMMA = ','
const NEEDS_QUOTES = /[",]/

/** The way of a line, parted by commas, in which most files write all others. */
export class Quoting {
  /** Every cell is quoted. */
  readonly #isAll: boolean
  /** No cell is quoted that need not be. */
  readonly #isPlain: boolean
  /** The columns whose cells are quoted although they need not be. */
  readonly #needless: readonly boolean[]

  private constructor(row: CutRow) {
    this.#isAll = row.isQuoted
    this.#isPlain = row.isPlain
    this.#needless = row.isPlain
      ? []
      : Array.from(row.marks.subarray(0, row.count), (mark) => (mark & (QUOTED | HOLDS)) === QUOTED)
  }

  /** As the line of this row does it; null where the row is no line, or one whose hash was not made. */
  static of(row: CutRow): Quoting | null {
    if (row.isPlain) return new Quoting(row)
    const isParted = row.count === 1 || row.line[(row.starts[1] as number) - 1] === COMMA
    return row.isMarked && isParted && row.digest !== '' ? new Quoting(row) : null
  }

  /** Is the row's line written so? */
  isOf(row: CutRow): boolean {
    if (this.#isPlain) return row.isPlain
    if (this.#isAll) return row.isQuoted
    if (!row.isMarked) return false
    for (let i = 0; i < row.count; i++) {
      const mark = row.marks[i] as number
      if (this.#needless[i] === true ? (mark & QUOTED) === 0 : !isFit(mark)) return false
    }
    return true
  }

  /** The line that would be so written. */
  lineOf(cells: readonly string[]): string {
    const isQuoted = (cell: string, at: number) => this.#isAll || this.#needless[at] === true || NEEDS_QUOTES.test(cell)
    return cells.map((cell, at) => (isQuoted(cell, at) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(COMMA)
  }
}
