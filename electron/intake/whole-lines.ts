/**
 * The quick way through a block of text: records whose cells are found as they are read. What it cannot tell at once (a
 * quoted field that goes on behind the block, a quotation mark behind which its field does not end, a carriage return
 * alone) it leaves to the record cutter and papaparse, from the line where it stands; where it reads, both read the same
 * cells.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { type CutRow, DOUBLED, HOLDS, isFit, QUOTED, SPACED } from '../../shared/sources/cut-row.ts'
import { textOf } from './encoding.ts'
import type { Encoding } from './messages.ts'
import { LONGEST_RECORD } from './records.ts'

const QUOTE = 34
const COMMA = 44
const LF = 10
const CR = 13
const SPACE = 32
/** From here on a byte can be part of a space that is no ASCII. */
const DELETE = 127

/** The lines of a block of bytes that begins with a record and ends with a line. */
export class WholeLines {
  readonly #bytes: Uint8Array
  readonly #text: string
  readonly #row: CutRow
  readonly #delimiter: number
  /** Characters of the text take several bytes, as in UTF-8. */
  readonly #isWide: boolean
  /** A quoted cell may hold ends of lines. */
  readonly #spansLines: boolean
  /** The bytes are the text as UTF-8. */
  readonly isUtf8: boolean
  /** The line that `next` moved to: where it begins in the block, its bytes without the line's end, and its text. */
  start = 0
  length = 0
  line = ''
  /** Empty lines between the line before and this one. */
  blanksBefore = 0
  #at = 0
  #byte = 0
  #blanks = 0
  /** Bytes that the line takes beyond its characters. */
  #more = 0

  private constructor(
    bytes: Uint8Array,
    text: string,
    delimiter: string,
    row: CutRow,
    kind: { isWide: boolean; isUtf8: boolean; spansLines: boolean },
  ) {
    this.#bytes = bytes
    this.#text = text
    this.#delimiter = delimiter.charCodeAt(0)
    this.#row = row
    this.#isWide = kind.isWide
    this.#spansLines = kind.spansLines
    this.isUtf8 = kind.isUtf8
  }

  /**
   * Opens a block, or gives null where it is not text of one encoding throughout. Its lines become `row`.
   * @param spansLines whether a quoted cell may hold ends of lines
   */
  static of(
    bytes: Uint8Array,
    encoding: Encoding,
    delimiter: string,
    row: CutRow,
    spansLines: boolean,
  ): WholeLines | null {
    if (bytes.length > LONGEST_RECORD || bytes.includes(0)) return null
    const open = (text: string, isWide: boolean, utf8: boolean) =>
      new WholeLines(bytes, text, delimiter, row, { isWide, isUtf8: utf8, spansLines })
    if (isAscii(bytes)) return open(textOf(bytes, encoding), false, true)
    if (encoding === 'utf-8' && !isUtf8(bytes)) return null
    const text = textOf(bytes, encoding)
    return text.includes('\ufeff') ? null : open(text, encoding === 'utf-8', encoding === 'utf-8')
  }

  /** Bytes that were read: where the line begins that comes next, or that could not be read. */
  get bytes(): number {
    return this.#byte
  }

  /** Empty lines that no line has followed so far. */
  get blanks(): number {
    return this.#blanks
  }

  /** Moves to the next line; null at the end of the block, `hard` where the line cannot be told from here. */
  next(): 'line' | null | 'hard' {
    const bytes = this.#bytes
    const size = bytes.length
    for (;;) {
      const from = this.#byte
      if (from >= size) return null
      const stop = this.#delimiter === COMMA ? this.#findCells(from) : this.#findMarked(from)
      if (stop < 0) return 'hard'
      const after = stop < size ? stop + 1 : size
      const length = (stop > from && bytes[stop - 1] === CR ? stop - 1 : stop) - from
      if (length === 0) {
        this.#blanks++
        this.#at += after - from
        this.#byte = after
        continue
      }
      const more = this.#more
      this.line = this.#text.slice(this.#at, this.#at + length - more)
      this.#row.becomeLine(this.line)
      this.start = from
      this.length = length
      this.blanksBefore = this.#blanks
      this.#blanks = 0
      this.#at += after - from - more
      this.#byte = after
      return 'line'
    }
  }

  /** Finds the cells of the line at `from`, parted by commas; gives where it stops, or −1 where it is hard. */
  #findCells(from: number): number {
    const bytes = this.#bytes
    const size = bytes.length
    const row = this.#row
    let { starts } = row
    let count = 1
    let cell = from
    let isTrimmed = true
    /** Bytes behind the place in the text, counted from the line's beginning. */
    let more = 0
    let i = from
    let end = size
    starts[0] = 0
    for (; i < size; i++) {
      const byte = bytes[i] as number
      if (byte === COMMA) {
        if (i > cell) isTrimmed &&= isTrimmedCell(bytes, cell, i, this.#isWide)
        cell = i + 1
        if (count + 1 >= starts.length) starts = row.makeRoom()
        starts[count++] = cell - from - more
      } else if (byte < 35) {
        if (byte === LF) break
        if (byte === QUOTE) return this.#findMarked(from)
        if (byte === CR) {
          if (i + 1 < size && bytes[i + 1] !== LF) return -1
          end = i
        }
      } else if (byte >= 0xc0 && this.#isWide) more += byte >= 0xe0 ? 2 : 1
    }
    if (end > i) end = i
    if (end > cell) isTrimmed &&= isTrimmedCell(bytes, cell, end, this.#isWide)
    starts[count] = end - from - more + 1
    row.foundCells(count, isTrimmed)
    this.#more = more
    return i
  }

  /** As `#findCells`, of any line: says of each cell how it is written. */
  #findMarked(from: number): number {
    const bytes = this.#bytes
    const size = bytes.length
    const delimiter = this.#delimiter
    const isWide = this.#isWide
    const row = this.#row
    let { starts, marks } = row
    let count = 0
    let isPlain = delimiter === COMMA
    /** What is true of every cell. */
    let every = isPlain ? QUOTED : 0
    let more = 0
    let i = from
    for (;;) {
      if (count + 1 >= starts.length) {
        starts = row.makeRoom()
        marks = row.marks
      }
      starts[count] = i - from - more
      let mark = 0
      let first = i
      let last = i
      if (bytes[i] === QUOTE) {
        mark = QUOTED
        first++
        for (i++; ; i++) {
          if (i >= size) return -1
          const byte = bytes[i] as number
          if (byte > COMMA) {
            if (byte >= 0xc0 && isWide) more += byte >= 0xe0 ? 2 : 1
          } else if (byte === QUOTE) {
            if (bytes[i + 1] !== QUOTE) break
            mark |= HOLDS | DOUBLED
            i++
          } else if (byte === COMMA) mark |= HOLDS
          else if (byte === LF && !this.#spansLines) return -1
        }
        last = i++
      } else {
        for (; i < size; i++) {
          const byte = bytes[i] as number
          if (byte === delimiter) break
          if (byte > COMMA) {
            if (byte >= 0xc0 && isWide) more += byte >= 0xe0 ? 2 : 1
          } else if (byte === LF || byte === CR) break
          else if (byte === QUOTE || byte === COMMA) mark |= HOLDS
        }
        last = i
      }
      if (last > first && !isTrimmedCell(bytes, first, last, isWide)) mark |= SPACED
      marks[count++] = mark
      if (mark !== 0) isPlain &&= isFit(mark)
      every &= mark
      if (i < size && bytes[i] === delimiter) {
        i++
        continue
      }
      starts[count] = i - from - more + 1
      if (i < size && bytes[i] === CR) i++
      if (i < size && bytes[i] !== LF) return -1
      row.foundMarked(count, isPlain, (every & QUOTED) !== 0)
      this.#more = more
      return i
    }
  }
}

/** Has the cell certainly no space at its edges? */
const isTrimmedCell = (bytes: Uint8Array, from: number, end: number, isWide: boolean): boolean =>
  (isSeen(bytes[from] as number) || beginsSeen(bytes, from, isWide)) &&
  (isSeen(bytes[end - 1] as number) || endsSeen(bytes, end, isWide))

/** Is it a character of ASCII that is no space? */
const isSeen = (byte: number): boolean => byte > SPACE && byte < DELETE

/** Does it begin with a character beyond ASCII that is certainly no space? Those are U+00A0, U+1680, U+2000 …, U+3000, U+FEFF. */
function beginsSeen(bytes: Uint8Array, from: number, isWide: boolean): boolean {
  const byte = bytes[from] as number
  if (!isWide || byte < 0xc0) return false
  if (byte === 0xc2) return bytes[from + 1] !== 0xa0
  // The signs of currencies (U+20A0 …) stand behind the spaces.
  if (byte === 0xe2) return (bytes[from + 1] as number) >= 0x82
  return byte !== 0xe1 && byte !== 0xe3 && byte !== 0xef
}

/** Does it end with a character beyond ASCII that is certainly no space? */
function endsSeen(bytes: Uint8Array, end: number, isWide: boolean): boolean {
  if (!isWide || (bytes[end - 1] as number) < 0x80) return false
  let first = end - 1
  while ((bytes[first] as number) < 0xc0) first--
  return beginsSeen(bytes, first, isWide)
}
