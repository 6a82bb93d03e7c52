/**
 * Clocks of files: an offset in the name of a column (`Time(UTC+02:00)`, `Date(UTC)`) or above the header, and dates of
 * which the file has to prove whether the day or the month stands first.
 */
import type { Instant, ZoneName } from '../events/identifiers.ts'
import type { Column } from './row-cursor.ts'
import type { TableHeader } from './source-format.ts'
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

/**
 * Reads dates of numbers in the order that the first rows prove by a number above 12, or else in that of `usual`, which
 * the file is then told about. Dates that begin with the year need no proof.
 */
export function clockInOrder(
  { context, sink }: OpenTable,
  column: Column,
  usual: Exclude<DateOrder, 'ymd'>,
): (text: string) => SourceTime | null {
  const texts = context.header.sample.map((row) => row.cells[column.at]?.trim() ?? '')
  const proved = provedDateOrder(texts)
  const isOpen = proved === null && texts.some((text) => /^\d{1,2}[-/.]\d{1,2}[-/.]/.test(text))
  if (isOpen) {
    const how = usual === 'dmy' ? 'day before month' : 'month before day'
    sink.warn(
      `the first rows do not prove whether the day or the month stands first; they were read ${how}, as the venue usually writes`,
    )
  }
  const order = proved ?? usual
  return (text) => readWrittenTime(text, order, context.zone)
}
