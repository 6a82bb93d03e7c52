/**
 * The quick way through a block of text: lines that hold whole records, whose cells are found as they are read. What it
 * cannot tell at once (a quoted field over several lines, a stray quotation mark, a carriage return alone) it leaves to the
 * record cutter and papaparse, from the line where it stands; where it reads, both read the same cells.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import type { CutRow } from '../../shared/sources/cut-row.ts'
import { textOf } from './encoding.ts'
import type { Encoding } from './messages.ts'
import { LONGEST_RECORD } from './records.ts'

const QUOTE = 34
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
  readonly #delimiter: string
  readonly #delimiterCode: number
  /** Characters of the text take several bytes, as in UTF-8. */
  readonly #isWide: boolean
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

  private constructor(
    bytes: Uint8Array,
    text: string,
    delimiter: string,
    row: CutRow,
    kind: { isWide: boolean; isUtf8: boolean },
  ) {
    this.#bytes = bytes
    this.#text = text
    this.#delimiter = delimiter
    this.#delimiterCode = delimiter.charCodeAt(0)
    this.#row = row
    this.#isWide = kind.isWide
    this.isUtf8 = kind.isUtf8
  }

  /** Opens a block, or gives null where it is not text of one encoding throughout. Its lines become `row`. */
  static of(bytes: Uint8Array, encoding: Encoding, delimiter: string, row: CutRow): WholeLines | null {
    if (bytes.length > LONGEST_RECORD || bytes.includes(0)) return null
    const open = (text: string, isWide: boolean, utf8: boolean) =>
      new WholeLines(bytes, text, delimiter, row, { isWide, isUtf8: utf8 })
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
    const delimiter = this.#delimiterCode
    for (;;) {
      const from = this.#byte
      if (from >= size) return null
      let { starts } = this.#row
      starts[0] = 0
      let count = 1
      let cell = from
      let isTrimmed = true
      let isQuoted = false
      /** Bytes behind the place in the text, counted from the line's beginning. */
      let more = 0
      let i = from
      let end = size
      for (; i < size; i++) {
        const byte = bytes[i] as number
        if (byte === delimiter) {
          if (i > cell) isTrimmed &&= isSeen(bytes[cell] as number) && isSeen(bytes[i - 1] as number)
          cell = i + 1
          if (count + 1 >= starts.length) starts = this.#longer()
          starts[count++] = cell - from - more
        } else if (byte < 35) {
          if (byte === LF) break
          if (byte === QUOTE) isQuoted = true
          else if (byte === CR) {
            if (i + 1 < size && bytes[i + 1] !== LF) return 'hard'
            end = i
          }
        } else if (byte >= 0xc0 && this.#isWide) more += byte >= 0xe0 ? 2 : 1
      }
      const after = i < size ? i + 1 : size
      if (end > i) end = i
      const length = end - from
      if (length === 0) {
        this.#blanks++
        this.#at += after - from
        this.#byte = after
        continue
      }
      if (end > cell) isTrimmed &&= isSeen(bytes[cell] as number) && isSeen(bytes[end - 1] as number)
      const to = this.#at + length - more
      const line = this.#text.slice(this.#at, to)
      if (isQuoted) {
        const cells = this.#cellsOf(this.#at, to)
        if (cells === null) return 'hard'
        this.#row.becomeCells(0, cells)
      } else {
        starts[count] = length - more + 1
        this.#row.becomeLine(line, count, delimiter, isTrimmed)
      }
      this.start = from
      this.length = length
      this.line = line
      this.blanksBefore = this.#blanks
      this.#blanks = 0
      this.#at += after - from - more
      this.#byte = after
      return 'line'
    }
  }

  /** Makes room for twice as many cells. */
  #longer(): Int32Array<ArrayBuffer> {
    const starts = new Int32Array(this.#row.starts.length * 2)
    starts.set(this.#row.starts)
    this.#row.starts = starts
    return starts
  }

  /** The cells from `from` to `end`; null where a quotation mark is not plainly the first or the last of its cell. */
  #cellsOf(from: number, end: number): string[] | null {
    const text = this.#text
    const cells: string[] = []
    let at = from
    for (;;) {
      if (text.charCodeAt(at) === QUOTE && at < end) {
        let close = text.indexOf('"', at + 1)
        let isDoubled = false
        while (close >= 0 && close < end && text.charCodeAt(close + 1) === QUOTE) {
          isDoubled = true
          close = text.indexOf('"', close + 2)
        }
        if (close < 0 || close >= end) return null
        const inside = text.slice(at + 1, close)
        cells.push(isDoubled ? inside.replaceAll('""', '"') : inside)
        if (close + 1 === end) return cells
        if (text.charCodeAt(close + 1) !== this.#delimiterCode) return null
        at = close + 2
      } else {
        const next = text.indexOf(this.#delimiter, at)
        if (next < 0 || next >= end) {
          cells.push(text.slice(at, end))
          return cells
        }
        cells.push(text.slice(at, next))
        at = next + 1
      }
    }
  }
}

/** Is it certainly no part of a space? */
const isSeen = (byte: number): boolean => byte > SPACE && byte < DELETE
