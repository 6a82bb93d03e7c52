import { dayOfDate } from '../events/civil-date.ts'
import type { Dated } from './pack.ts'

/** The value among dated rows that is in force on a day; null where none is. */
export function inForce<Value>(rows: readonly Dated<Value>[], day: number): Value | null {
  for (const row of rows) {
    if ((row.from === undefined || dayOfDate(row.from) <= day) && (row.to === undefined || day <= dayOfDate(row.to))) {
      return row.value
    }
  }
  return null
}
