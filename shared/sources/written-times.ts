/**
 * Times in the other forms that sources write: days before months, months by name, two digits of the year, clocks of
 * twelve hours, seconds since 1970, abbreviated zones, offsets in the header.
 */
import { dayNumber, daysInMonth } from '../events/civil-date.ts'
import type { TimePrecision } from '../events/event.ts'
import type { Instant, ZoneName } from '../events/identifiers.ts'
import { monthNamed } from './month-names.ts'
import { atWall, readTime, type SourceTime } from './times.ts'

/** In which order the numbers of a date stand. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

const DAY = 86_400_000
const WEEKDAYS: ReadonlySet<string> = new Set(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'])
/** Minutes ahead of UTC of the abbreviations that exports write. Those with two meanings (IST, CST of China) are left out. */
const ZONE_WORDS: ReadonlyMap<string, number> = new Map([
  ['utc', 0],
  ['gmt', 0],
  ['z', 0],
  ['bst', 60],
  ['cet', 60],
  ['cest', 120],
  ['est', -300],
  ['edt', -240],
  ['cst', -360],
  ['cdt', -300],
  ['mst', -420],
  ['mdt', -360],
  ['pst', -480],
  ['pdt', -420],
])

const isDigit = (code: number): boolean => code >= 48 && code <= 57
/** Letters of any alphabet: months are written in many languages. */
const isLetter = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 192 && code < 0x2000)

interface Scan {
  /** Numbers of the date, in order; a month by name stands apart. */
  readonly numbers: number[]
  /** How many digits the first number was written with. */
  firstDigits: number
  month: number
  /** The name of a month stood before the first number. */
  isMonthFirst: boolean
  clock: readonly number[]
  millis: number
  precision: TimePrecision
  half: 'am' | 'pm' | null
  offset: number | null
}

/** Takes a written time apart; null where something stands in it that is no part of a time. */
function scan(text: string): Scan | null {
  const found: Scan = {
    numbers: [],
    firstDigits: 0,
    month: 0,
    isMonthFirst: false,
    clock: [],
    millis: 0,
    precision: 'day',
    half: null,
    offset: null,
  }
  let i = 0
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (isDigit(code)) {
      const end = endOf(text, i, isDigit)
      if (end - i > 4) return null
      const next = text.charCodeAt(end)
      if (next === 58 && found.clock.length === 0) {
        i = scanClock(text, i, found)
        if (i < 0) return null
        continue
      }
      if (found.numbers.length === 3) return null
      if (found.numbers.length === 0) found.firstDigits = end - i
      found.numbers.push(digitsAt(text, i, end))
      i = end
      const suffix = text.slice(i, i + 2)
      if (suffix === 'st' || suffix === 'nd' || suffix === 'rd' || suffix === 'th') i += 2
    } else if (isLetter(code)) {
      const end = endOf(text, i, isLetter)
      if (!takeWord(text.slice(i, end).toLowerCase(), found)) return null
      i = end
    } else if ((code === 43 || (code === 45 && text.charCodeAt(i - 1) !== 32)) && found.clock.length > 0) {
      const end = offsetAt(text, i, found)
      if (end < 0) return null
      i = end
    } else if (code === 45 && found.clock.length > 0) {
      const end = offsetAt(text, i, found)
      if (end < 0) return null
      i = end
    } else if (' ,./-'.includes(text[i] as string) || code === 0xa0 || code === 0x202f) i++
    else return null
  }
  return found
}

function endOf(text: string, from: number, fits: (code: number) => boolean): number {
  let end = from
  while (end < text.length && fits(text.charCodeAt(end))) end++
  return end
}

function digitsAt(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) value = value * 10 + (text.charCodeAt(i) - 48)
  return value
}

function takeWord(word: string, found: Scan): boolean {
  if (word === 'am' || word === 'pm') {
    if (found.clock.length === 0 || found.half !== null) return false
    found.half = word
    return true
  }
  if (word === 'at' || word === 't') return true
  const month = monthNamed(word)
  if (month !== undefined && found.month === 0 && found.clock.length === 0) {
    found.month = month
    found.isMonthFirst = found.numbers.length === 0
    return true
  }
  if (WEEKDAYS.has(word) && found.numbers.length === 0) return true
  const minutes = ZONE_WORDS.get(word)
  if (minutes === undefined || found.clock.length === 0 || found.offset !== null) return false
  found.offset = minutes * 60_000
  return true
}

/** `9:05`, `09:05:06`, `09:05:06.789` from `from`; gives where it ends, or −1. */
function scanClock(text: string, from: number, found: Scan): number {
  const clock: number[] = []
  let i = from
  for (let part = 0; part < 3; part++) {
    const end = endOf(text, i, isDigit)
    if (end === i || end - i > 2) return -1
    clock.push(digitsAt(text, i, end))
    i = end
    if (text.charCodeAt(i) !== 58) break
    i++
  }
  found.precision = clock.length === 3 ? 'second' : 'minute'
  if (clock.length === 3 && text.charCodeAt(i) === 46 && isDigit(text.charCodeAt(i + 1))) {
    const end = endOf(text, i + 1, isDigit)
    found.millis = digitsAt(text.slice(i + 1, Math.min(end, i + 4)).padEnd(3, '0'), 0, 3)
    found.precision = 'millisecond'
    i = end
  }
  found.clock = clock
  return i
}

/** `+02:00`, `-0500`, `+2` from `from`, on top of `GMT` where that word stood before it; gives where it ends, or −1. */
function offsetAt(text: string, from: number, found: Scan): number {
  if (found.offset !== null && found.offset !== 0) return -1
  const end = endOf(text, from + 1, (code) => isDigit(code) || code === 58)
  const digits = text.slice(from + 1, end).replace(':', '')
  if (digits.length === 0 || digits.length > 4) return -1
  const isShort = digits.length <= 2
  const hours = digitsAt(digits, 0, isShort ? digits.length : digits.length - 2)
  const minutes = isShort ? 0 : digitsAt(digits, digits.length - 2, digits.length)
  if (hours > 18 || minutes > 59) return -1
  const offset = (hours * 60 + minutes) * 60_000
  found.offset = text.charCodeAt(from) === 45 ? -offset : offset
  return end
}

/** Year, month and day of the numbers, or null where they are no date of the calendar. */
function dateOf(found: Scan, order: DateOrder): readonly [number, number, number] | null {
  const [a, b, c] = found.numbers as [number, number, number]
  const count = found.numbers.length
  let [year, month, day] = [a, b, c]
  if (found.month > 0) {
    if (count !== 2) return null
    month = found.month
    ;[year, day] = found.firstDigits === 4 ? [a, b] : [b, a]
  } else if (count !== 3) return null
  else if (order === 'dmy' && found.firstDigits < 3) [day, month, year] = [a, b, c]
  else if (order === 'mdy' && found.firstDigits < 3) [month, day, year] = [a, b, c]
  if (year < 100) year += 2000
  if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return [year, month, day]
}

/**
 * Reads a written time (`05-11-20 14:30:11`, `12/31/2018 3:22:46 PM`, `Jan. 28, 2022, 12:31 AM`, `Tue May 26 2020
 * 18:06:28 GMT+0000`). `order` says how a date of numbers alone is meant; two digits of a year are of this century. `zone`
 * holds where the text names none. Null for what is none, 31 February included.
 */
export function readWrittenTime(text: string, order: DateOrder, zone: ZoneName): SourceTime | null {
  if (text.length < 6 || text.length > 60) return null
  const found = scan(text)
  if (found === null) return null
  const date = dateOf(found, order)
  if (date === null) return null
  const [hours = 0, minutes = 0, seconds = 0] = found.clock
  if (minutes > 59 || seconds > 59 || found.clock.length === 1) return null
  let hour = hours
  if (found.half !== null) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (found.half === 'pm' ? 12 : 0)
  }
  if (hour > 23) return null
  const wall =
    dayNumber(...date) * DAY +
    hour * 3_600_000 +
    minutes * 60_000 +
    seconds * 1000 +
    (found.millis === 0 ? 0 : found.millis)
  if (found.offset !== null) return { time: (wall - found.offset) as Instant, precision: found.precision }
  return atWall(wall, found.precision, zone)
}

/** Digits of seconds (or, from 12 digits on, milliseconds) since 1970; decimals of seconds are allowed. */
export function readEpoch(text: string): SourceTime | null {
  const point = text.indexOf('.')
  const whole = point < 0 ? text : text.slice(0, point)
  if (whole.length < 9 || whole.length > 13 || whole.length === 11) return null
  for (let i = 0; i < text.length; i++) if (i !== point && !isDigit(text.charCodeAt(i))) return null
  const value = digitsAt(whole, 0, whole.length)
  if (whole.length >= 12) return { time: value as Instant, precision: 'millisecond' }
  if (point < 0) return { time: (value * 1000) as Instant, precision: 'second' }
  const millis = digitsAt(text.slice(point + 1, point + 4).padEnd(3, '0'), 0, 3)
  return { time: (value * 1000 + millis) as Instant, precision: 'millisecond' }
}

/** `YY-MM-DD …` as `readTime` reads it with the century, and everything that `readTime` reads. */
export const readShortYear = (text: string, zone: ZoneName): SourceTime | null =>
  readTime(text.charCodeAt(2) === 45 && text.charCodeAt(5) === 45 ? `20${text}` : text, zone)

/** The order that some dates prove by a number above 12; null where none does, or where they contradict each other. */
export function provedDateOrder(texts: readonly string[]): 'dmy' | 'mdy' | null {
  let proved: 'dmy' | 'mdy' | null = null
  for (const text of texts) {
    const match = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b/.exec(text.trim())
    if (match === null) continue
    const first = digitsAt(match[1] as string, 0, (match[1] as string).length)
    const second = digitsAt(match[2] as string, 0, (match[2] as string).length)
    const order = first > 12 && second <= 12 ? 'dmy' : second > 12 && first <= 12 ? 'mdy' : null
    if (order === null) continue
    if (proved !== null && proved !== order) return null
    proved = order
  }
  return proved
}

/**
 * The offset that the name of a column states (`Time(UTC+02:00)`, `Date(UTC-5)`, `Date(UTC)`), in milliseconds ahead of
 * UTC; null where it states none.
 */
export function offsetInName(name: string): number | null {
  const match = /\((?:utc|gmt)\s*(?:null|([-+])\s*(\d{1,2})(?::?(\d{2}))?)?\)/i.exec(name)
  if (match === null) return null
  if (match[2] === undefined) return 0
  const minutes =
    digitsAt(match[2], 0, match[2].length) * 60 + (match[3] === undefined ? 0 : digitsAt(match[3], 0, match[3].length))
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}
