/** Dates of files that people edit: several forms in one file, the order of day and month proved or as the tool writes. */
import type { Column } from './row-cursor.ts'
import type { OpenTable } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { type DateOrder, provedDateOrder, readWrittenTime } from './written-times.ts'

const SLASHED = /^\d{1,2}\/\d{1,2}\/\d{2,4}\b/
const DAY_FIRST = /^\d{1,2}[.-]\d{1,2}[.-]\d{2,4}\b/

/**
 * Reads `2024-01-31 …`, `31.01.2024 …`, `31-01-2024 …` and dates with slashes, also mixed in one file. Slashes are read in
 * the order that the first rows prove, else in that of `usual`, which the file is told; a date that has only one reading
 * is read so.
 */
export function mixedClock(
  { context, sink }: OpenTable,
  column: Column,
  usual: Exclude<DateOrder, 'ymd'>,
): (text: string) => SourceTime | null {
  const slashed = context.header.sample
    .map((row) => row.cells[column.at]?.trim() ?? '')
    .filter((text) => SLASHED.test(text))
  const proved = provedDateOrder(slashed)
  if (proved === null && slashed.length > 0) {
    const how = usual === 'dmy' ? 'day before month' : 'month before day'
    sink.warn(
      `the first rows do not prove whether the day or the month stands first in dates with slashes; they were read ${how}, as this tool usually writes`,
    )
  }
  const order = proved ?? usual
  const other = order === 'dmy' ? 'mdy' : 'dmy'
  const { zone } = context
  return (text) => {
    if (DAY_FIRST.test(text)) return readWrittenTime(text, 'dmy', zone)
    if (SLASHED.test(text)) return readWrittenTime(text, order, zone) ?? readWrittenTime(text, other, zone)
    return readTime(text, zone) ?? readWrittenTime(text, 'ymd', zone)
  }
}

/**
 * Reads dates with slashes in the documented order; where the first rows prove the other one (the file went through a
 * spreadsheet), in that, and the file is told. Everything else as `mixedClock` reads it.
 */
export function documentedClock(
  { context, sink }: OpenTable,
  column: Column,
  documented: Exclude<DateOrder, 'ymd'>,
): (text: string) => SourceTime | null {
  const texts = context.header.sample.map((row) => row.cells[column.at]?.trim() ?? '')
  const proved = provedDateOrder(texts.filter((text) => SLASHED.test(text)))
  if (proved !== null && proved !== documented) {
    const how = proved === 'dmy' ? 'day before month' : 'month before day'
    sink.warn(`the dates of this file are written ${how}, not as the tool writes them; they were read so`)
  }
  const order = proved ?? documented
  const { zone } = context
  return (text) => {
    if (SLASHED.test(text)) return readWrittenTime(text, order, zone)
    if (DAY_FIRST.test(text)) return readWrittenTime(text, 'dmy', zone)
    return readTime(text, zone) ?? readWrittenTime(text, 'ymd', zone)
  }
}
