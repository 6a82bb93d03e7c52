/**
 * The quick way through a block of text: lines that hold whole records, cut into cells as they are read. What it cannot
 * tell at once (a quoted field over several lines, a stray quotation mark, a carriage return alone) it leaves to the
 * record cutter and papaparse, from the line where it stands; where it reads, both read the same cells.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { textOf } from './encoding.ts'
import type { Encoding } from './messages.ts'
import { LONGEST_RECORD } from './records.ts'

const QUOTE = 34
const CR = 13

/** One line with something in it. */
export interface Line {
  /** Bytes from the start of the block, and bytes without the line's end. */
  readonly start: number
  readonly length: number
  readonly text: string
  readonly cells: string[]
  /** Empty lines between the line before and this one. */
  readonly blanksBefore: number
}

/** The lines of a block of bytes that begins with a record and ends with a line. */
export class WholeLines {
  readonly #text: string
  readonly #delimiter: string
  readonly #delimiterCode: number
  readonly #hasQuotes: boolean
  readonly #hasReturns: boolean
  /** Every character is one byte of the file. */
  readonly #isPlain: boolean
  /** The bytes are the text as UTF-8. */
  readonly isUtf8: boolean
  #at = 0
  #byte = 0
  #blanks = 0

  private constructor(text: string, delimiter: string, isPlain: boolean, isUtf8: boolean) {
    this.#text = text
    this.#delimiter = delimiter
    this.#delimiterCode = delimiter.charCodeAt(0)
    this.#hasQuotes = text.includes('"')
    this.#hasReturns = text.includes('\r')
    this.#isPlain = isPlain
    this.isUtf8 = isUtf8
  }

  /** Opens a block, or gives null where it is not text of one encoding throughout. */
  static of(bytes: Uint8Array, encoding: Encoding, delimiter: string): WholeLines | null {
    if (bytes.length > LONGEST_RECORD || bytes.includes(0)) return null
    if (isAscii(bytes)) return new WholeLines(textOf(bytes, encoding), delimiter, true, true)
    if (encoding === 'utf-8' && !isUtf8(bytes)) return null
    const text = textOf(bytes, encoding)
    return text.includes('\ufeff')
      ? null
      : new WholeLines(text, delimiter, text.length === bytes.length, encoding === 'utf-8')
  }

  /** Bytes that were read: where the line begins that comes next, or that could not be read. */
  get bytes(): number {
    return this.#byte
  }

  /** Empty lines that no line has followed so far. */
  get blanks(): number {
    return this.#blanks
  }

  /** The next line; null at the end of the block; `hard` where the line cannot be told from here. */
  next(): Line | null | 'hard' {
    const text = this.#text
    for (;;) {
      const at = this.#at
      if (at >= text.length) return null
      const newline = text.indexOf('\n', at)
      const stop = newline < 0 ? text.length : newline
      let end = stop
      if (this.#hasReturns) {
        const isReturned = end > at && text.charCodeAt(end - 1) === CR
        if (isReturned) end--
        const alone = text.indexOf('\r', at)
        if (alone >= 0 && alone < (newline < 0 ? stop : end)) return 'hard'
      }
      const after = newline < 0 ? stop : stop + 1
      if (end === at) {
        this.#blanks++
        this.#pass(after, after - at)
        continue
      }
      const line = text.slice(at, end)
      const cells = this.#hasQuotes ? this.#cellsOf(at, end) : line.split(this.#delimiter)
      if (cells === null) return 'hard'
      const length = this.#isPlain ? end - at : Buffer.byteLength(line)
      const found = { start: this.#byte, length, text: line, cells, blanksBefore: this.#blanks }
      this.#blanks = 0
      this.#pass(after, length + after - end)
      return found
    }
  }

  #pass(at: number, bytes: number): void {
    this.#at = at
    this.#byte += bytes
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
