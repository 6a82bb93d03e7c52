/**
 * Cuts a stream of character units into records (lines, where quoted newlines do not count), each with its place in the
 * file. What a quote means follows papaparse to the letter, so that both see the same records.
 */
import { createHash, type Hash } from 'node:crypto'

/** One byte, or one UTF-16 code unit, per character unit. */
export type Units = Uint8Array | Uint16Array

const QUOTE = 34
const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9

/** A longer record is reported and not read. */
export const LONGEST_RECORD = 1_048_576
/** How far the end of a quoted field is looked for before its quotation mark is taken for a stray one. */
const LONGEST_SEARCH = 16 * 1_048_576
/** After so many stray quotation marks no field of the file may span lines any more. */
const MOST_STRAYS = 20

export type Flaw = 'too-long' | 'stray-quote'

export interface CutRecord {
  /** In units, from the start of the stream. */
  readonly start: number
  /** Content only, without the line's end. Never nothing: empty lines are only counted. */
  readonly length: number
  /** Empty lines between the record before and this one. */
  readonly blanksBefore: number
  readonly newline: '\n' | '\r' | '\r\n' | ''
  /** Content within the block's units; for a record too long to be held, its beginning. */
  readonly units: Units
  readonly flaw: Flaw | null
  /** SHA-256 where `units` is only the beginning. */
  readonly hash: string | null
}

const bytesOf = (units: Units): Uint8Array => new Uint8Array(units.buffer, units.byteOffset, units.byteLength)

/** A record that outgrew what is held: only counted and hashed until its line ends. */
interface Overflow {
  readonly start: number
  length: number
  readonly beginning: Units
  readonly hash: Hash
  readonly flaw: Flaw
}

export class RecordCutter {
  readonly #delimiter: number
  #held: Units
  /** Stream position of `#held[0]`. */
  #base: number
  #overflow: Overflow | null = null
  #strays = 0
  #blanks = 0

  /** `delimiter` is the separator's unit; `base` the stream position of the first unit that will be pushed. */
  constructor(delimiter: number, base = 0) {
    this.#delimiter = delimiter
    this.#base = base
    this.#held = new Uint8Array(0)
  }

  /** Stray quotation marks met so far. */
  get strays(): number {
    return this.#strays
  }

  /** May a quoted field still span lines? */
  get spansLines(): boolean {
    return this.#strays <= MOST_STRAYS
  }

  /**
   * All records that are complete with these units, or the first `most`; `last` says that no more follow. The units must
   * stay as they are.
   */
  push(units: Units, last: boolean, most: number = Number.POSITIVE_INFINITY): CutRecord[] {
    const all = this.#joined(units)
    const records: CutRecord[] = []
    let at = 0
    if (this.#overflow !== null) {
      at = this.#passOverflow(all, last, records)
      if (at < 0) {
        this.#base += all.length
        this.#held = all.subarray(all.length)
        return records
      }
    }
    while (at < all.length && records.length < most) {
      const next = this.#cut(all, at, last, records)
      if (next < 0) break
      at = next
    }
    this.#held = all.subarray(at)
    this.#base += at
    if (this.#held.length > LONGEST_SEARCH) this.#startOverflow()
    return records
  }

  /**
   * Takes units as `push` does, but gives all whole lines at once, to be read elsewhere; null where this cannot be, and
   * `push` is to be called with the same units. The caller says by `passed` how far it came.
   */
  block(units: Units, last: boolean): { readonly bytes: Uint8Array; readonly start: number } | null {
    if (!(units instanceof Uint8Array) || this.#overflow !== null || this.#held.length > units.length) return null
    const all = this.#joined(units)
    const end = last ? all.length : all.lastIndexOf(LF) + 1
    if (end === 0) return null
    this.#held = all
    return { bytes: all.subarray(0, end) as Uint8Array, start: this.#base }
  }

  /** So many units of the last block are read, and so many empty lines at the end of them; what is left is held. */
  passed(length: number, blanks: number): void {
    this.#held = this.#held.subarray(length)
    this.#base += length
    this.#blanks = blanks
  }

  /** Empty lines that no record has followed so far. */
  get blanks(): number {
    return this.#blanks
  }

  #joined(units: Units): Units {
    if (this.#held.length === 0) return units
    if (units.length === 0) return this.#held
    const all =
      units instanceof Uint8Array
        ? new Uint8Array(this.#held.length + units.length)
        : new Uint16Array(this.#held.length + units.length)
    all.set(this.#held)
    all.set(units, this.#held.length)
    return all
  }

  /** Cuts the record at `at`; gives where the next begins, or −1 where this one is not complete. */
  #cut(all: Units, at: number, last: boolean, records: CutRecord[]): number {
    const end = this.spansLines ? this.#endOfRecord(all, at, last) : this.#endOfLine(all, at, last)
    if (end === UNCLOSED || end === STRAY) return this.#cutStray(all, at, last, records, end === STRAY)
    if (end < 0) return -1
    return this.#take(all, at, end, null, records)
  }

  /** A quotation mark that nothing closes: the line is one flawed record, and reading goes on below it. */
  #cutStray(all: Units, at: number, last: boolean, records: CutRecord[], isCertain: boolean): number {
    const searched = all.length - at
    if (!isCertain && !last && searched <= LONGEST_SEARCH) return -1
    const end = this.#endOfLine(all, at, last)
    if (end < 0) return -1
    this.#strays++
    return this.#take(all, at, end, 'stray-quote', records)
  }

  #take(all: Units, at: number, end: number, flaw: Flaw | null, records: CutRecord[]): number {
    const newline = newlineAt(all, end)
    const length = end - at
    if (length === 0) {
      this.#blanks++
      return end + newline.length
    }
    const units = all.subarray(at, end)
    records.push({
      start: this.#base + at,
      length,
      blanksBefore: this.#takeBlanks(),
      newline,
      units,
      flaw: flaw ?? (length > LONGEST_RECORD ? 'too-long' : null),
      hash: null,
    })
    return end + newline.length
  }

  #takeBlanks(): number {
    const blanks = this.#blanks
    this.#blanks = 0
    return blanks
  }

  /** End of the record's content, −1 where more units are needed, `UNCLOSED` and `STRAY` as for the quotation mark. */
  #endOfRecord(all: Units, from: number, last: boolean): number {
    const delimiter = this.#delimiter
    const length = all.length
    let fieldStart = true
    let i = from
    while (i < length) {
      const unit = all[i] as number
      if (unit === QUOTE && fieldStart) {
        i = this.#closingQuote(all, i + 1, last)
        if (i < 0) return i
        i++
        fieldStart = false
        continue
      }
      if (unit === LF) return i
      if (unit === CR) return i + 1 < length || last ? i : -1
      fieldStart = unit === delimiter
      i++
    }
    return last ? length : -1
  }

  /**
   * Where the quotation mark stands that closes the field which begins at `from`. `UNCLOSED`: none so far. `STRAY`: on a
   * later line a mark follows that neither closes nor is doubled, so the first one never opened a field of this kind.
   */
  #closingQuote(all: Units, from: number, last: boolean): number {
    const length = all.length
    let i = from
    let looked = from
    for (;;) {
      i = all.indexOf(QUOTE, i)
      if (i < 0) return UNCLOSED
      if (i + 1 >= length) return last ? i : UNCLOSED
      if (all[i + 1] === QUOTE) {
        i += 2
        continue
      }
      let next = i + 1
      while (next < length && (all[next] === SPACE || (all[next] === TAB && this.#delimiter !== TAB))) next++
      if (next >= length) return last ? i : UNCLOSED
      const unit = all[next]
      if (unit === this.#delimiter || unit === LF || unit === CR) return i
      if (hasLineEnd(all, looked, i)) return STRAY
      looked = i
      i += 2
    }
  }

  #endOfLine(all: Units, from: number, last: boolean): number {
    for (let i = from; i < all.length; i++) {
      const unit = all[i]
      if (unit === LF) return i
      if (unit === CR) return i + 1 < all.length || last ? i : -1
    }
    return last ? all.length : -1
  }

  #startOverflow(): void {
    const hash = createHash('sha256').update(bytesOf(this.#held))
    const beginning = this.#held.slice(0, 2_000)
    this.#overflow = { start: this.#base, length: this.#held.length, beginning, hash, flaw: 'too-long' }
    this.#base += this.#held.length
    this.#held = this.#held.subarray(this.#held.length)
  }

  /** Counts on until the line ends; gives where the next record begins, or −1 where it has not ended yet. */
  #passOverflow(all: Units, last: boolean, records: CutRecord[]): number {
    const overflow = this.#overflow as Overflow
    const end = this.#endOfLine(all, 0, last)
    const passed = end < 0 ? all.length : end
    overflow.length += passed
    overflow.hash.update(bytesOf(all.subarray(0, passed)))
    if (end < 0) return -1
    const newline = newlineAt(all, end)
    const { start, length, beginning, flaw, hash } = overflow
    records.push({
      start,
      length,
      blanksBefore: this.#takeBlanks(),
      newline,
      units: beginning,
      flaw,
      hash: hash.digest('hex'),
    })
    this.#overflow = null
    return end + newline.length
  }
}

const UNCLOSED = -2
const STRAY = -3

function hasLineEnd(all: Units, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (all[i] === LF || all[i] === CR) return true
  return false
}

function newlineAt(all: Units, end: number): CutRecord['newline'] {
  if (end >= all.length) return ''
  if (all[end] === LF) return '\n'
  return all[end + 1] === LF ? '\r\n' : '\r'
}
