/** Calendar arithmetic on civil dates, which know no zone. A day number counts days from 1970-01-01. */
import type { CivilDate } from './identifiers.ts'

const DAYS_PER_ERA = 146_097
const DAYS_TO_1970 = 719_468
const texts = new Map<number, CivilDate>()

const pad = (value: number, width: number): string => value.toString().padStart(width, '0')

/** Day number of a date of the proleptic Gregorian calendar. `month` is 1 to 12. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * DAYS_PER_ERA +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    DAYS_TO_1970
  )
}

/** Year, month (1 to 12) and day of a day number. */
export function dateParts(day: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = day + DAYS_TO_1970
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** `YYYY-MM-DD` of a day number; the same string object for the same day. */
export function dateOfDay(day: number): CivilDate {
  const known = texts.get(day)
  if (known !== undefined) return known
  const parts = dateParts(day)
  const text = `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}` as CivilDate
  texts.set(day, text)
  return text
}

const digitsAt = (text: string, from: number, to: number): number => {
  let value = 0
  for (let i = from; i < to; i++) value = value * 10 + (text.charCodeAt(i) - 48)
  return value
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] as number)

/** Day number of a civil date that is known to be well formed. */
export const dayOfDate = (date: CivilDate): number =>
  dayNumber(digitsAt(date, 0, 4), digitsAt(date, 5, 7), digitsAt(date, 8, 10))

/** Reads `YYYY-MM-DD`; null for anything else, 31 February included. */
export function parseCivilDate(text: string): CivilDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const month = digitsAt(text, 5, 7)
  const day = digitsAt(text, 8, 10)
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(digitsAt(text, 0, 4), month)) return null
  return text as CivilDate
}

export const addDays = (date: CivilDate, days: number): CivilDate => dateOfDay(dayOfDate(date) + days)

/** The calendar year of a date. */
export const yearOf = (date: CivilDate): number => digitsAt(date, 0, 4)
