/** What KuCoin's files have in common: empty reports, statuses, times of several ages. */
import type { ZoneName } from '../events/identifiers.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { RowReader, Verdict } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { readEpoch, readWrittenTime } from './written-times.ts'

export const KUCOIN_DONE: ReadonlySet<string> = new Set([
  'deal',
  'done',
  'success',
  'succeeded',
  'completed',
  'filled',
  'part_deal',
])

/** An empty report has one row that says so. */
const NOTHING_FOUND = /^no matching records found/i
const SHORTEST_NOTE = 'no matching records found'.length

/** Reads rows after asking whether the row only says that the report is empty. */
export const unlessEmpty = (read: (row: RowCursor) => Verdict): RowReader['read'] => {
  const isEmpty = (row: RowCursor): boolean => {
    const first = row.source.cell(0)
    return first.length >= SHORTEST_NOTE && NOTHING_FOUND.test(first)
  }
  return (row) => (isEmpty(row) ? { skip: 'the report is empty, and this row says so' } : read(row))
}

/** `2021-03-01 10:00:00`, `2019/05/11 10:27:17`, or milliseconds since 1970. */
export const kucoinTime = (text: string, zone: ZoneName): SourceTime | null =>
  readTime(text, zone) ?? readEpoch(text) ?? readWrittenTime(text, 'ymd', zone)

/** BUY or SELL, or null. */
export function sideOf(row: RowCursor, column: Column): 'BUY' | 'SELL' | null {
  const side = row.word(column).toUpperCase()
  return side === 'BUY' || side === 'SELL' ? side : null
}
