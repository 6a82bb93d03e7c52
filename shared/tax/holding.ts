import { dateParts, dayNumber, dayOfDate, daysInMonth } from '../events/civil-date.ts'
import type { CivilDate } from '../events/identifiers.ts'

/** By which calendar rule a holding becomes long-term. */
export type HoldingRule =
  /** No distinction by time held. */
  | { readonly rule: 'none' }
  /** Long from the anniversary of the day after acquisition: sold on the anniversary itself is still short. */
  | { readonly rule: 'us-anniversary' }
  /**
   * Long from the day after the same calendar day `months` later; where that month has no such day its last one counts.
   * Bought on 10 March 2024, with 12 months: sold on 10 March 2025 still short, on 11 March long.
   */
  | { readonly rule: 'after-months'; readonly months: number }
  /** Long when `days` days lie between acquisition and disposal, the first of them not counted. */
  | { readonly rule: 'days'; readonly days: number }

/** The holding rule of a country, and what a long holding gets. */
export type Holding = HoldingRule & {
  /** What is long is not taxed: its rows are shown, `taxable: false`, and their sum is the year's `exempt`. */
  readonly longIs?: 'exempt'
  /** Only what was acquired by this day can become long. */
  readonly acquiredTo?: CivilDate
  readonly authority: string
}

/** What no day reaches: such units never become long. */
export const NEVER = 10_000_000

/** The first day number on which a disposal of what was acquired on a day is long-term. */
export function firstLongDay(holding: Holding, acquired: number): number {
  if (holding.acquiredTo !== undefined && acquired > dayOfDate(holding.acquiredTo)) return NEVER
  switch (holding.rule) {
    case 'none':
      return NEVER
    case 'us-anniversary':
      return anniversaryOfNextDay(acquired)
    case 'after-months':
      return monthsLater(acquired, holding.months) + 1
    case 'days':
      return acquired + holding.days
  }
}

/**
 * One calendar year after the day after acquisition. Counted by the calendar, so that what was acquired on
 * 28 February 2023 is long from 1 March 2024.
 */
function anniversaryOfNextDay(day: number): number {
  const next = dateParts(day + 1)
  if (next.month === 2 && next.day === 29) return dayNumber(next.year + 1, 3, 1)
  return dayNumber(next.year + 1, next.month, next.day)
}

function monthsLater(day: number, months: number): number {
  const from = dateParts(day)
  const count = from.month - 1 + months
  const year = from.year + Math.floor(count / 12)
  const month = (count % 12) + 1
  return dayNumber(year, month, Math.min(from.day, daysInMonth(year, month)))
}
