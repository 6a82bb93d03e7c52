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
const MINUTE = 60_000
const PLUS = 43
const MINUS = 45
const POINT = 46
const COLON = 58
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

/** Space, comma, point, slash, hyphen; the space that does not break, and the narrow one before AM and PM. */
const isSeparator = (code: number): boolean =>
  code === 32 || (code >= 44 && code <= 47) || code === 0xa0 || code === 0x202f

/** What a word of a written time says. */
interface Word {
  readonly says: 'half' | 'nothing' | 'month' | 'weekday' | 'zone'
  /** Hours that are added to the clock, the month, or minutes ahead of UTC. */
  readonly value: number
}

const NOTHING: Word = { says: 'nothing', value: 0 }
const WORDS: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['am', { says: 'half', value: 0 }],
  ['pm', { says: 'half', value: 12 }],
  ['at', NOTHING],
  ['t', NOTHING],
  ...[...WEEKDAYS].map((name): [string, Word] => [name, { says: 'weekday', value: 0 }]),
  ...[...ZONE_WORDS].map(([name, value]): [string, Word] => [name, { says: 'zone', value }]),
])

function wordFor(text: string): Word | null {
  const word = text.toLowerCase()
  const found = WORDS.get(word)
  if (found !== undefined) return found
  const month = monthNamed(word)
  return month === undefined ? null : { says: 'month', value: month }
}

const LONGEST_PACKED = 6
/** Answers about short words: files write few of them, in each row again. */
const shortWords = new Map<number, Word | null>()
/** Words of other letters are as many as people type. */
const MOST_SHORT_WORDS = 2000

/** `key`: the letters as a number that is the same for small and capital ones; 0 where they are too many, or not a to z. */
function wordAt(text: string, from: number, to: number, key: number): Word | null {
  if (key === 0) return wordFor(text.slice(from, to))
  const known = shortWords.get(key)
  if (known !== undefined) return known
  const found = wordFor(text.slice(from, to))
  if (shortWords.size < MOST_SHORT_WORDS) shortWords.set(key, found)
  return found
}

/** What a written time is made of. There is one, begun anew for each text. */
class Scan {
  /** How many numbers the date has, and those; a month by name stands apart. */
  count = 0
  first = 0
  second = 0
  third = 0
  /** How many digits the first number was written with. */
  firstDigits = 0
  month = 0
  /** A clock has hours and minutes, and perhaps seconds. */
  clockParts = 0
  hour = 0
  minute = 0
  seconds = 0
  millis = 0
  precision: TimePrecision = 'day'
  /** Hours to add to a clock of twelve; −1 for one of twenty-four. */
  half = -1
  hasOffset = false
  offset = 0

  /** Takes a text apart; false where something stands in it that is no part of a time. */
  take(text: string): boolean {
    this.#clear()
    let i = 0
    while (i < text.length) {
      const code = text.charCodeAt(i)
      if (isDigit(code)) i = this.#takeDigits(text, i)
      else if (isLetter(code)) i = this.#takeWord(text, i)
      else if ((code === PLUS || code === MINUS) && this.clockParts > 0) i = this.#takeOffset(text, i)
      else if (isSeparator(code)) i++
      else return false
      if (i < 0) return false
    }
    return true
  }

  #clear(): void {
    this.count = 0
    this.first = 0
    this.second = 0
    this.third = 0
    this.firstDigits = 0
    this.month = 0
    this.clockParts = 0
    this.hour = 0
    this.minute = 0
    this.seconds = 0
    this.millis = 0
    this.precision = 'day'
    this.half = -1
    this.hasOffset = false
    this.offset = 0
  }

  /** A number of the date, or the clock; gives where it ends, or −1. */
  #takeDigits(text: string, from: number): number {
    let end = from
    let value = 0
    let code = text.charCodeAt(end)
    while (isDigit(code)) {
      value = value * 10 + (code - 48)
      code = text.charCodeAt(++end)
    }
    if (end - from > 4) return -1
    if (code === COLON && this.clockParts === 0) return end - from > 2 ? -1 : this.#takeClock(text, end + 1, value)
    if (this.count === 0) {
      this.first = value
      this.firstDigits = end - from
    } else if (this.count === 1) this.second = value
    else if (this.count === 2) this.third = value
    else return -1
    this.count++
    return isOrdinal(text, end, code) ? end + 2 : end
  }

  /** What stands behind the hour: `05`, `05:06`, `05:06.789`. */
  #takeClock(text: string, from: number, hour: number): number {
    let i = from
    let parts = 1
    this.hour = hour
    while (parts < 3) {
      let value = text.charCodeAt(i) - 48
      if (!(value >= 0 && value <= 9)) return -1
      let code = text.charCodeAt(++i)
      if (isDigit(code)) {
        value = value * 10 + (code - 48)
        code = text.charCodeAt(++i)
        if (isDigit(code)) return -1
      }
      if (parts === 1) this.minute = value
      else this.seconds = value
      parts++
      if (code !== COLON) break
      i++
    }
    this.clockParts = parts
    this.precision = parts === 3 ? 'second' : 'minute'
    if (parts === 3 && text.charCodeAt(i) === POINT && isDigit(text.charCodeAt(i + 1))) {
      const end = endOfDigits(text, i + 1)
      this.millis = millisAt(text, i + 1, end)
      this.precision = 'millisecond'
      i = end
    }
    return i
  }

  #takeWord(text: string, from: number): number {
    let end = from
    let key = 0
    let isPacked = true
    for (let code = text.charCodeAt(end); isLetter(code); code = text.charCodeAt(++end)) {
      key = key * 32 + ((code | 32) - 96)
      isPacked &&= code <= 122
    }
    const word = wordAt(text, from, end, isPacked && end - from <= LONGEST_PACKED ? key : 0)
    if (word === null) return -1
    const hasClock = this.clockParts > 0
    switch (word.says) {
      case 'half':
        if (!hasClock || this.half >= 0) return -1
        this.half = word.value
        break
      case 'month':
        if (hasClock || this.month !== 0) return -1
        this.month = word.value
        break
      case 'weekday':
        if (this.count > 0) return -1
        break
      case 'zone':
        if (!hasClock || this.hasOffset) return -1
        this.hasOffset = true
        this.offset = word.value * MINUTE
        break
      default:
    }
    return end
  }

  /** `+02:00`, `-0500`, `+2`, on top of `GMT` where that word stood before it. */
  #takeOffset(text: string, from: number): number {
    if (this.offset !== 0) return -1
    let end = from + 1
    while (isDigit(text.charCodeAt(end)) || text.charCodeAt(end) === COLON) end++
    const digits = text.slice(from + 1, end).replace(':', '')
    if (digits.length === 0 || digits.length > 4) return -1
    const isShort = digits.length <= 2
    const hours = digitsAt(digits, 0, isShort ? digits.length : digits.length - 2)
    const minutes = isShort ? 0 : digitsAt(digits, digits.length - 2, digits.length)
    if (hours > 18 || minutes > 59) return -1
    const offset = (hours * 60 + minutes) * MINUTE
    this.hasOffset = true
    this.offset = text.charCodeAt(from) === MINUS ? -offset : offset
    return end
  }
}

const scan = new Scan()

/** `1st`, `2nd`, `3rd`, `4th`: what stands behind the number, from the letter `code` on. */
function isOrdinal(text: string, at: number, code: number): boolean {
  if (code !== 115 && code !== 110 && code !== 114 && code !== 116) return false
  const suffix = text.slice(at, at + 2)
  return suffix === 'st' || suffix === 'nd' || suffix === 'rd' || suffix === 'th'
}

function endOfDigits(text: string, from: number): number {
  let end = from
  while (isDigit(text.charCodeAt(end))) end++
  return end
}

function digitsAt(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) value = value * 10 + (text.charCodeAt(i) - 48)
  return value
}

/** The first three digits of a fraction of a second. */
function millisAt(text: string, from: number, to: number): number {
  const end = Math.min(to, from + 3)
  const value = digitsAt(text, from, end)
  return end - from === 1 ? value * 100 : end - from === 2 ? value * 10 : value
}

/** The midnight of the numbers, or NaN where they are no date of the calendar. */
function midnightOf(order: DateOrder): number {
  let { first: year, second: month, third: day } = scan
  if (scan.month > 0) {
    if (scan.count !== 2) return Number.NaN
    day = month
    month = scan.month
    if (scan.firstDigits !== 4) {
      const written = year
      year = day
      day = written
    }
  } else if (scan.count !== 3) return Number.NaN
  else if (order !== 'ymd' && scan.firstDigits < 3) {
    const { first, second } = scan
    year = scan.third
    day = order === 'dmy' ? first : second
    month = order === 'dmy' ? second : first
  }
  if (year < 100) year += 2000
  if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return Number.NaN
  }
  return dayNumber(year, month, day) * DAY
}

/** `20YY-MM-DD HH:MM:SS`, as most programs write times: `readTime` reads it the same, and sooner. */
const isPlain = (text: string): boolean =>
  text.length === 19 &&
  text.charCodeAt(0) === 50 &&
  text.charCodeAt(1) === 48 &&
  text.charCodeAt(4) === MINUS &&
  text.charCodeAt(16) === COLON

/**
 * Reads a written time (`05-11-20 14:30:11`, `12/31/2018 3:22:46 PM`, `Jan. 28, 2022, 12:31 AM`, `Tue May 26 2020
 * 18:06:28 GMT+0000`). `order` says how a date of numbers alone is meant; two digits of a year are of this century. `zone`
 * holds where the text names none. Null for what is none, 31 February included.
 */
export function readWrittenTime(text: string, order: DateOrder, zone: ZoneName): SourceTime | null {
  const plain = isPlain(text) ? readTime(text, zone) : null
  if (plain !== null) return plain
  if (text.length < 6 || text.length > 60 || !scan.take(text)) return null
  const midnight = midnightOf(order)
  if (Number.isNaN(midnight) || scan.minute > 59 || scan.seconds > 59) return null
  let { hour } = scan
  if (scan.half >= 0) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + scan.half
  }
  if (hour > 23) return null
  const wall = midnight + hour * 3_600_000 + scan.minute * MINUTE + scan.seconds * 1000 + scan.millis
  if (scan.hasOffset) return { time: (wall - scan.offset) as Instant, precision: scan.precision }
  return atWall(wall, scan.precision, zone)
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
  const millis = millisAt(text, point + 1, text.length)
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
