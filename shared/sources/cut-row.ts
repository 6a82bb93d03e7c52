/**
 * A row of a table with its cells. Where the row is a line of text, only the places of its cells are found at first, and
 * a cell becomes a text of its own when it is asked for: most layouts have more columns than a reader needs.
 */
import type { SourceRow } from './source-format.ts'

/** The cell stands in quotation marks. */
export const QUOTED = 1
/** It holds a comma or a quotation mark. */
export const HOLDS = 2
/** The quotation marks in it are doubled. */
export const DOUBLED = 4
/** There may be spaces around what it says. */
export const SPACED = 8

/** Is a cell that is written so written as `lineOf` would? */
export const isFit = (mark: number): boolean => mark === 0 || (mark & ~DOUBLED) === (QUOTED | HOLDS)

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
  /** How each cell is written (`QUOTED`, …); only of a line that has quotation marks or is not parted by commas. */
  marks = new Uint8Array(64)
  /** SHA-256 of the line as UTF-8, as 64 hex digits; empty where it was not made. */
  digest = ''
  /** The line is what `lineOf` makes of its cells: parted by commas, no spaces around them, quoted only where they must be. */
  isPlain = false
  /**
   * Every cell of the line stands in quotation marks, and commas part them: lines that say the same are the same, as those
   * that are plain are.
   */
  isQuoted = false
  /** The row is a line, and `marks` say how its cells are written. */
  isMarked = false
  #line = ''
  /** No cell has spaces around it; only of lines without `marks`. */
  #isTrimmed = false
  /** The cells as texts, once they were asked for as a whole. */
  #cells: readonly string[] | null = null

  /** Makes room for twice as many cells, and gives the new `starts`. */
  makeRoom(): Int32Array<ArrayBuffer> {
    const { starts, marks } = this
    this.starts = new Int32Array(starts.length * 2)
    this.starts.set(starts)
    this.marks = new Uint8Array(marks.length * 2)
    this.marks.set(marks)
    return this.starts
  }

  /**
   * `starts` are those of the next line, which has this many cells, parted by commas, and no quotation marks.
   * `isTrimmed`: no cell has spaces around it.
   */
  foundCells(count: number, isTrimmed: boolean): void {
    this.count = count
    this.isMarked = false
    this.#isTrimmed = isTrimmed
    this.isPlain = isTrimmed
    this.isQuoted = false
  }

  /**
   * `starts` and `marks` are those of the next line, which has this many cells. `isPlain`, `isQuoted`: as the members say;
   * only of lines parted by commas.
   */
  foundMarked(count: number, isPlain: boolean, isQuoted: boolean): void {
    this.count = count
    this.isMarked = true
    this.#isTrimmed = false
    this.isPlain = isPlain
    this.isQuoted = isQuoted
  }

  /** Becomes the line whose cells were found last. */
  becomeLine(line: string): void {
    this.#line = line
    this.#cells = null
    this.digest = ''
  }

  /** Becomes a row of these cells. */
  becomeCells(row: number, cells: readonly string[]): this {
    this.row = row
    this.#line = ''
    this.#cells = cells
    this.isMarked = false
    this.#isTrimmed = false
    this.count = cells.length
    this.isPlain = false
    this.isQuoted = false
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
    if (this.#isTrimmed || (this.isMarked && ((this.marks[at] as number) & SPACED) === 0)) return this.#cut(at)
    return this.#cut(at).trim()
  }

  /** Does no cell say anything? */
  get isBlank(): boolean {
    if (this.#cells === null && this.#isTrimmed) return this.#line.length < this.count
    for (let i = 0; i < this.count; i++) if (this.cell(i) !== '') return false
    return true
  }

  /** The texts of neighbouring cells as `lineOf` joins them. Only of a row that is a line. */
  textOf(from: number, to: number): string {
    if (this.isPlain) return this.#written(from, to)
    let text = this.#fitting(from)
    for (let i = from + 1; i <= to; i++) text += `,${this.#fitting(i)}`
    return text
  }

  /** The cell as `lineOf` writes it. */
  #fitting(at: number): string {
    if (this.isMarked) {
      const mark = this.marks[at] as number
      if (isFit(mark)) return this.#written(at, at)
      if (mark === QUOTED) return this.#cut(at)
    }
    return between(this.cell(at))
  }

  #cut(at: number): string {
    const mark = this.isMarked ? (this.marks[at] as number) : 0
    if ((mark & QUOTED) === 0) return this.#written(at, at)
    const text = this.#line.slice((this.starts[at] as number) + 1, (this.starts[at + 1] as number) - 2)
    return (mark & DOUBLED) === 0 ? text : text.replaceAll('""', '"')
  }

  /** What stands in the line from the one cell to the other. */
  #written(from: number, to: number): string {
    return this.#line.slice(this.starts[from], (this.starts[to + 1] as number) - 1)
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
    if (row.line === '' || this.#last >= row.count) return this.#joined(row)
    let text = this.#tag === undefined ? '' : between(this.#tag)
    for (let i = 0; i < this.#runs.length; i++) {
      const [from, to] = this.#runs[i] as readonly [number, number]
      if (i > 0 || this.#tag !== undefined) text += ','
      if (from >= 0) text += row.textOf(from, to)
    }
    return text
  }

  #joined(row: CutRow): string {
    const texts = this.#at.map((at) => row.cell(at))
    return lineOf(this.#tag === undefined ? texts : [this.#tag, ...texts])
  }
}
