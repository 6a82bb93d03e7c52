/**
 * Clocks of files: an offset in the name of a column (`Time(UTC+02:00)`, `Date(UTC)`) or above the header, and dates of
 * which the file has to prove whether the day or the month stands first.
 */
import type { Instant, ZoneName } from '../events/identifiers.ts'
import type { Column } from './row-cursor.ts'
import type { ReadSink, TableHeader } from './source-format.ts'
import type { OpenTable } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { type DateOrder, offsetInName, provedDateOrder, readWrittenTime } from './written-times.ts'

/** The name without its offset, as layouts write it: `Time(UTC+02:00)` is `Time`. */
export const withoutOffset = (name: string): string => name.replace(/\s*\((?:utc|gmt)[^)]*\)/i, '')

/** Reads times by the offset in the column's name, or in the table's zone where the name states none. */
export function clockOf(
  { context, nameInFile }: OpenTable,
  column: Column,
  read: (text: string, zone: ZoneName) => SourceTime | null = readTime,
): (text: string) => SourceTime | null {
  const offset = offsetInName(nameInFile(column))
  if (offset === null) return (text) => read(text, context.zone)
  return (text) => {
    const found = read(text, 'UTC' as ZoneName)
    return found === null || offset === 0 ? found : { ...found, time: (found.time - offset) as Instant }
  }
}

/** The zone of files that may state an offset in the name of a column: then none has to be asked for. */
export const zoneUnlessNamed = ({ names }: TableHeader): ZoneName | 'ask' =>
  names.some((name) => offsetInName(name) !== null) ? ('UTC' as ZoneName) : 'ask'

/** The offset that a line above the header states (`Time zone: UTC+8`), in milliseconds ahead of UTC; null where none does. */
export function offsetAbove(header: TableHeader): number | null {
  for (const line of header.preamble) {
    const match = /(?:time ?zone|utc|gmt)\D{0,12}?([-+])\s*(\d{1,2})(?::?(\d{2}))?/i.exec(line)
    if (match !== null) {
      const found = offsetInName(`(UTC${match[1]}${match[2]}:${match[3] ?? '00'})`)
      if (found !== null) return found
    }
    if (/time ?zone\W+(?:utc|gmt)\b(?!\s*[-+])/i.test(line)) return 0
  }
  return null
}

/** Reads times by the offset that stands above the header, or in the table's zone. */
export function clockAbove({ context }: OpenTable): (text: string) => SourceTime | null {
  const offset = offsetAbove(context.header)
  if (offset === null) return (text) => readTime(text, context.zone)
  return (text) => {
    const found = readTime(text, 'UTC' as ZoneName)
    return found === null ? null : { ...found, time: (found.time - offset) as Instant }
  }
}

/** In which order the dates of a file are written, which any of its rows may prove by a number above 12. */
export class DateProof {
  #order: Exclude<DateOrder, 'ymd'> | null
  readonly #usual: Exclude<DateOrder, 'ymd'>
  readonly #sink: ReadSink
  #isSettled: boolean

  constructor(sample: readonly string[], usual: Exclude<DateOrder, 'ymd'>, sink: ReadSink) {
    this.#order = provedDateOrder(sample)
    this.#usual = usual
    this.#sink = sink
    this.#isSettled = this.#order !== null || !sample.some((text) => /^\d{1,2}[-/.]\d{1,2}[-/.]/.test(text))
  }

  /** Whether rows should wait for one that proves the order. */
  get isOpen(): boolean {
    return !this.#isSettled
  }

  get order(): DateOrder {
    return this.#order ?? this.#usual
  }

  see(text: string): void {
    this.#order = provedDateOrder([text])
    this.#isSettled = this.#order !== null
  }

  /** No row has proved it: takes the usual order, which the file is told about. */
  settle(): void {
    if (this.#isSettled) return
    this.#isSettled = true
    const how = this.#usual === 'dmy' ? 'day before month' : 'month before day'
    this.#sink.warn(
      `no row proves whether the day or the month stands first; all were read ${how}, as the venue usually writes`,
    )
  }
}

/**
 * Reads dates of numbers in the order that the file proves, or else in that of `usual`. Dates that begin with the year
 * need no proof.
 */
export function clockInOrder(
  { context, sink }: OpenTable,
  column: Column,
  usual: Exclude<DateOrder, 'ymd'>,
): { readonly time: (text: string) => SourceTime | null; readonly proof: DateProof } {
  const texts = context.header.sample.map((row) => row.cells[column.at]?.trim() ?? '')
  const proof = new DateProof(texts, usual, sink)
  return { time: (text) => readWrittenTime(text, proof.order, context.zone), proof }
}
