/**
 * A row of a table with its cells. Where the row is a line of text, only the places of its cells are found at first, and
 * a cell becomes a text of its own when it is asked for: most layouts have more columns than a reader needs.
 */
import type { SourceRow } from './source-format.ts'

const COMMA = 44

/** One for each table, moved from row to row: what should outlast the row is to be copied. */
export class CutRow implements SourceRow {
  row = 0
  /** Cells of the row. */
  count = 0
  /**
   * Where each cell begins in the line; behind the last, where one more would begin: each but the last ends one before the
   * next begins. Without meaning of a row that is no line.
   */
  starts = new Int32Array(64)
  /** SHA-256 of the line as UTF-8, as 64 hex digits; empty where it was not made. */
  digest = ''
  /** The line shows every cell as it is, parted by commas: no quotation marks, no spaces around cells. */
  isPlain = false
  #line = ''
  /** No cell has spaces around it. */
  #isTrimmed = false
  /** The cells as texts, once they were asked for as a whole. */
  #cells: readonly string[] | null = null

  /**
   * Becomes a line without quotation marks, whose cells the caller finds (`starts`, `count`) before it reads them.
   * `isTrimmed`: no cell has spaces around it.
   */
  becomeLine(line: string, count: number, delimiter: number, isTrimmed: boolean): void {
    this.#line = line
    this.#cells = null
    this.#isTrimmed = isTrimmed
    this.count = count
    this.isPlain = isTrimmed && delimiter === COMMA
    this.digest = ''
  }

  /** Becomes a row of these cells. */
  becomeCells(row: number, cells: readonly string[]): this {
    this.row = row
    this.#line = ''
    this.#cells = cells
    this.#isTrimmed = false
    this.count = cells.length
    this.isPlain = false
    this.digest = ''
    return this
  }

  /** The line, where the row is one. */
  get line(): string {
    return this.#line
  }

  /** All cells, as the file has them. */
  get cells(): readonly string[] {
    if (this.#cells !== null) return this.#cells
    const cells: string[] = new Array(this.count)
    for (let i = 0; i < this.count; i++) cells[i] = this.#cut(i)
    this.#cells = cells
    return cells
  }

  /** The cell, trimmed; empty where the row is too short, or `at` is −1. */
  cell(at: number): string {
    if (at < 0 || at >= this.count) return ''
    if (this.#cells !== null) return (this.#cells[at] as string).trim()
    return this.#isTrimmed ? this.#cut(at) : this.#cut(at).trim()
  }

  /** Does no cell say anything? */
  get isBlank(): boolean {
    if (this.#cells === null && this.#isTrimmed) return this.#line.length < this.count
    for (let i = 0; i < this.count; i++) if (this.cell(i) !== '') return false
    return true
  }

  #cut(at: number): string {
    return this.#line.slice(this.starts[at], (this.starts[at + 1] as number) - 1)
  }
}

/** The row as one that gives single cells; `own` is used where it is not one already. */
export const cutRow = (row: SourceRow, own: CutRow): CutRow =>
  row instanceof CutRow ? row : own.becomeCells(row.row, row.cells)

/** A cell between commas that nothing else can be taken for. */
const between = (text: string): string =>
  text.includes(',') || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text

/** Texts as one that no other texts give: as a line of a table has them, quoted only where they must be. */
export function lineOf(texts: readonly string[]): string {
  if (texts.length === 0) return ''
  let line = between(texts[0] as string)
  for (let i = 1; i < texts.length; i++) line += `,${between(texts[i] as string)}`
  return line
}

/** Columns whose texts identify a row. Their text of a plain line is cut out of the line as it is. */
export class TextColumns {
  readonly #at: readonly number[]
  /** From and to the end of which column, for columns that stand side by side in the file; −1 for one that is not there. */
  readonly #runs: readonly (readonly [from: number, to: number])[]
  readonly #last: number
  readonly #tag: string | undefined

  /** @param tag stands before the texts of the columns, where there is one */
  constructor(at: readonly number[], tag?: string) {
    const runs: [number, number][] = []
    for (const column of at) {
      const run = runs.at(-1)
      if (run !== undefined && column > 0 && run[1] === column - 1) run[1] = column
      else runs.push([column, column])
    }
    this.#at = at
    this.#runs = runs
    this.#last = Math.max(-1, ...at)
    this.#tag = tag
  }

  /** Are the columns all cells of the line, in its order? */
  isWhole(row: CutRow): boolean {
    const [run] = this.#runs
    return (
      row.isPlain &&
      this.#runs.length === 1 &&
      this.#tag === undefined &&
      run?.[0] === 0 &&
      this.#last === row.count - 1
    )
  }

  /** The texts of the columns as `lineOf` joins them. */
  textOf(row: CutRow): string {
    if (!row.isPlain || this.#last >= row.count) return this.#joined(row)
    const { line, starts } = row
    let text = this.#tag === undefined ? '' : between(this.#tag)
    for (let i = 0; i < this.#runs.length; i++) {
      const [from, to] = this.#runs[i] as readonly [number, number]
      if (i > 0 || this.#tag !== undefined) text += ','
      if (from >= 0) text += line.slice(starts[from], (starts[to + 1] as number) - 1)
    }
    return text
  }

  #joined(row: CutRow): string {
    const texts = this.#at.map((at) => row.cell(at))
    return lineOf(this.#tag === undefined ? texts : [this.#tag, ...texts])
  }
}
