/** A text file with separators, read as it streams in: encoding, separator, header, then rows. */
import { hash } from 'node:crypto'
import { findDecimalMark } from '../../shared/amount/source-number.ts'
import { CutRow } from '../../shared/sources/cut-row.ts'
import type { SourceFormat } from '../../shared/sources/source-format.ts'
import { cellsOf, cellsOfRecord, isBlankRow, type Newline, unwrapped, withoutZeros } from './cells.ts'
import { type FoundEncoding, findEncoding, textOf, UnitReader } from './encoding.ts'
import { type FoundHeader, findHeader, HEADER_WITHIN } from './header-search.ts'
import type { ImportOptions } from './messages.ts'
import { type CutRecord, LONGEST_RECORD, RecordCutter, type Units } from './records.ts'
import { type RowPlace, TableRun } from './table-run.ts'
import { WholeLines } from './whole-lines.ts'

/** So much of the file is looked at before the header is decided. */
const HEAD_BYTES = 512 * 1024
const DELIMITERS = [',', ';', '\t'] as const
/** Rows whose numbers may prove the decimal mark. */
const PROOF_ROWS = 400
/** Units that are cut and read between two looks at the cancel flag. */
const SLICE = 256 * 1024

export interface TextPlace {
  readonly table: number
  readonly member: string | null
  /** Whether byte offsets are those of the file as given. */
  readonly rowsAre: 'bytes' | 'text'
  readonly formats: readonly SourceFormat[]
}

interface Dialect {
  readonly encoding: FoundEncoding
  readonly delimiter: string
  readonly isWrapped: boolean
  readonly found: FoundHeader
}

const FLAWS = {
  'too-long': `the line is longer than ${LONGEST_RECORD.toLocaleString('en-US')} characters and was not read`,
  'stray-quote':
    'a quotation mark in this line opens a field that never closes; the line was not read, reading goes on below it',
} as const

/** Where a line stands, with its text at hand. One for all lines of a text, moved from one to the next. */
class LinePlace implements RowPlace {
  start: number | null = null
  length = 0
  hash = ''
  line = ''

  text(): string {
    return this.line
  }
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const only = parts[0]
  if (parts.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export class DelimitedText {
  readonly #place: TextPlace
  readonly #options: ImportOptions
  #head: Uint8Array[] = []
  #headBytes = 0
  #run: TableRun | null = null
  #dialect: Dialect | null = null
  #cutter: RecordCutter | null = null
  #units: UnitReader | null = null
  #records = 0
  /** For the lines that are read the quick way. */
  readonly #row = new CutRow()
  readonly #linePlace = new LinePlace()

  constructor(place: TextPlace, options: ImportOptions) {
    this.#place = place
    this.#options = options
  }

  /** The table, once its header is found. */
  get run(): TableRun | null {
    return this.#run
  }

  /** Reads on; between the steps the caller hands batches over. `unknown`: no format knows the header. */
  *write(bytes: Uint8Array, last: boolean): Generator<'step' | 'unknown'> {
    if (this.#dialect === null) {
      if (bytes.length > 0) {
        this.#head.push(bytes)
        this.#headBytes += bytes.length
      }
      if (this.#headBytes < HEAD_BYTES && !last) return
      const head = concat(this.#head)
      this.#head = []
      const beginning = head.subarray(0, HEAD_BYTES)
      const isWhole = last && beginning.length === head.length
      this.#dialect = findDialect(beginning, isWhole, this.#place, this.#options)
      if (this.#dialect === null) {
        yield 'unknown'
        return
      }
      this.#start(this.#dialect, beginning, isWhole)
      yield* this.#read(head.subarray(this.#dialect.encoding.bom), last)
      return
    }
    yield* this.#read(bytes, last)
  }

  #start(dialect: Dialect, head: Uint8Array, last: boolean): void {
    const { encoding, delimiter, found } = dialect
    const { formats: _, ...place } = this.#place
    const rows = headRows(head, encoding, delimiter, last, found.index + 1 + PROOF_ROWS, dialect.isWrapped)
    const format = found.candidates[0]?.format
    const proved = format?.decimals === '.' ? '.' : findDecimalMark(rows.slice(found.index + 1).flat())
    this.#cutter = new RecordCutter(delimiter.charCodeAt(0))
    this.#units = new UnitReader(encoding.encoding)
    const mark = proved === ',' ? ',' : '.'
    const { header, candidates } = found
    const table = { ...place, sheet: null, encoding: encoding.encoding, delimiter, header, candidates, mark } as const
    this.#run = new TableRun(table, this.#options)
  }

  *#read(bytes: Uint8Array, last: boolean): Generator<'step'> {
    const cutter = this.#cutter as RecordCutter
    const units = (this.#units as UnitReader).read(bytes)
    for (let at = 0; at < units.length || at === 0; at += SLICE) {
      const isEnd = last && at + SLICE >= units.length
      const slice = units.subarray(at, at + SLICE)
      const isTaken = yield* this.#readLines(slice, isEnd)
      this.#readRecords(cutter.push(isTaken ? slice.subarray(0, 0) : slice, isEnd))
      yield 'step'
    }
    if (!last) return
    const run = this.#run as TableRun
    if (cutter.strays > 0) run.warn(`quotation marks that never close: ${cutter.strays} lines were not read`)
    yield* run.ending()
    yield 'step'
  }

  /** Reads whole lines the quick way, as far as it goes; says whether the cutter holds these units now. */
  *#readLines(units: Units, last: boolean): Generator<'step', boolean> {
    const { encoding, delimiter, isWrapped } = this.#dialect as Dialect
    const cutter = this.#cutter as RecordCutter
    const block = isWrapped ? null : cutter.block(units, last)
    if (block === null) return false
    const lines = WholeLines.of(block.bytes, encoding.encoding, delimiter, this.#row, cutter.spansLines)
    if (lines === null) return true
    const run = this.#run as TableRun
    this.#records += cutter.blanks
    while (lines.next() === 'line') {
      this.#readLine(lines, block)
      if (run.isFull) yield 'step'
    }
    cutter.passed(lines.bytes, lines.blanks)
    return true
  }

  #readLine(lines: WholeLines, block: { readonly bytes: Uint8Array; readonly start: number }): void {
    const { found, encoding } = this.#dialect as Dialect
    const { start, length, line } = lines
    this.#records += lines.blanksBefore + 1
    const number = this.#records
    if (number <= found.header.row) return
    const row = this.#row
    const isEmpty = row.isBlank
    if (isEmpty && row.count < 2) return
    const isBytes = this.#place.rowsAre === 'bytes'
    const isText = lines.isUtf8 || !isBytes
    const place = this.#linePlace
    place.start = isBytes ? encoding.bom + block.start + start : null
    place.length = length
    place.hash = hash('sha256', isText ? line : block.bytes.subarray(start, start + length))
    place.line = line
    if (isEmpty) {
      ;(this.#run as TableRun).leaveEmpty(number, place)
      return
    }
    row.row = number
    if (isText) row.digest = place.hash
    ;(this.#run as TableRun).row(row, place)
  }

  #readRecords(records: readonly CutRecord[]): void {
    let from = 0
    while (from < records.length) {
      const first = records[from] as CutRecord
      let to = from + 1
      if (first.flaw === null && first.newline !== '') {
        while (to < records.length && continues(first, records[to] as CutRecord)) to++
      }
      this.#readAlike(records.slice(from, to))
      from = to
    }
  }

  /** Records with one kind of line end: cut into cells together, or one by one where that gives another count. */
  #readAlike(records: readonly CutRecord[]): void {
    const dialect = this.#dialect as Dialect
    const first = records[0] as CutRecord
    if (first.flaw !== null) {
      this.#records += first.blanksBefore + 1
      const row = this.#records
      if (row > dialect.found.header.row) (this.#run as TableRun).refuse(row, this.#placeOf(first), FLAWS[first.flaw])
      return
    }
    const text = withoutZeros(this.#textOf(records))
    const rows = cellsOf(text, dialect.delimiter, (first.newline || '\n') as Newline)
    const isSame = rows.length === records.length
    for (const [i, record] of records.entries()) {
      const cells = isSame
        ? (rows[i] as string[])
        : cellsOfRecord(withoutZeros(this.#textOf([record])), dialect.delimiter)
      this.#readRow(cells, record)
    }
  }

  #readRow(cells: string[], record: CutRecord): void {
    this.#records += record.blanksBefore + 1
    const row = this.#records
    const { found, isWrapped, delimiter } = this.#dialect as Dialect
    if (row <= found.header.row) return
    if (isBlankRow(cells)) {
      if (cells.length > 1) (this.#run as TableRun).leaveEmpty(row, this.#placeOf(record))
      return
    }
    const opened = isWrapped ? (unwrapped(cells, delimiter) ?? cells) : cells
    ;(this.#run as TableRun).row({ row, cells: opened }, this.#placeOf(record))
  }

  /** The text of neighbouring records, without the last one's line end. */
  #textOf(records: readonly CutRecord[]): string {
    const { encoding } = (this.#dialect as Dialect).encoding
    const first = records[0] as CutRecord
    if (records.length === 1) return textOf(first.units, encoding)
    const last = records.at(-1) as CutRecord
    const size = first.units.BYTES_PER_ELEMENT
    const length = last.start + last.length - first.start
    const { buffer, byteOffset } = first.units
    const whole: Units =
      size === 1 ? new Uint8Array(buffer, byteOffset, length) : new Uint16Array(buffer, byteOffset, length)
    return textOf(whole, encoding)
  }

  #placeOf(record: CutRecord): RowPlace {
    const { encoding, bom } = (this.#dialect as Dialect).encoding
    const { units } = record
    const size = units.BYTES_PER_ELEMENT
    const isBytes = this.#place.rowsAre === 'bytes'
    return {
      start: isBytes ? bom + record.start * size : null,
      length: record.length * size,
      hash:
        record.hash ??
        hash(
          'sha256',
          this.#place.rowsAre === 'bytes' && encoding !== 'utf-16be' ? bytesOf(units) : textOf(units, encoding),
        ),
      text: () => textOf(units, encoding),
    }
  }
}

/** Can the two be cut into cells as one text? */
const continues = (first: CutRecord, next: CutRecord): boolean =>
  next.newline === first.newline && next.flaw === null && next.blanksBefore === 0

const bytesOf = (units: Units): Uint8Array => new Uint8Array(units.buffer, units.byteOffset, units.byteLength)

/** The first rows of the head, cut by one separator. */
function headRows(
  head: Uint8Array,
  { encoding, bom }: FoundEncoding,
  delimiter: string,
  last: boolean,
  most: number,
  isWrapped: boolean,
): string[][] {
  const units = new UnitReader(encoding).read(head.subarray(bom))
  const records = new RecordCutter(delimiter.charCodeAt(0)).push(units, last, most)
  const rows: string[][] = []
  for (const record of records) {
    for (let blanks = Math.min(record.blanksBefore, most); blanks > 0; blanks--) rows.push([])
    const cells = record.flaw === null ? cellsOfRecord(withoutZeros(textOf(record.units, encoding)), delimiter) : []
    rows.push(isWrapped ? (unwrapped(cells, delimiter) ?? cells) : cells)
  }
  return rows
}

/** Encoding, separator and header of the file that begins so, or null where no format knows it. */
function findDialect(head: Uint8Array, last: boolean, place: TextPlace, options: ImportOptions): Dialect | null {
  const encoding = findEncoding(head)
  const fileName = place.member ?? options.fileName
  let best: Dialect | null = null
  for (const isWrapped of [false, true]) {
    for (const delimiter of DELIMITERS) {
      const rows = headRows(head, encoding, delimiter, last, HEADER_WITHIN + 20, isWrapped)
      const found = findHeader(rows, fileName, place.formats)
      if (found === null) continue
      const score = found.candidates[0]?.score ?? 0
      if (score > (best?.found.candidates[0]?.score ?? 0)) best = { encoding, delimiter, isWrapped, found }
    }
    if (best !== null) return best
  }
  return best
}
