/**
 * Instants and wall clocks. The zone rules come from temporal-polyfill's own implementation, never from a Temporal that
 * the runtime brings, and are kept in tables of offsets so that hot loops do one array look-up.
 */
import { Temporal } from 'temporal-polyfill/implementation'
import { dateOfDay, dayNumber, dayOfDate, daysInMonth, parseCivilDate } from './civil-date.ts'
import type { CivilDate, Instant, ZoneName } from './identifiers.ts'

const DAY = 86_400_000
const CHUNK = 2 ** 39
const FIRST_INSTANT = -8_000_000_000_000_000
const LAST_INSTANT = 8_000_000_000_000_000

/** Offsets in force over one chunk of about 17 years: `offsets[i]` from `starts[i]` until `starts[i + 1]`. */
interface OffsetTable {
  readonly index: number
  readonly starts: Float64Array
  readonly offsets: Float64Array
}

/**
 * What a wall clock reading stands for. `ambiguous`: the clock was set back and showed it twice; `nonexistent`: it was
 * set forward past it, and `before` and `after` read it with the offsets on either side.
 */
export type LocalInstant =
  | { readonly kind: 'exact'; readonly instant: Instant }
  | { readonly kind: 'ambiguous'; readonly earlier: Instant; readonly later: Instant }
  | { readonly kind: 'nonexistent'; readonly before: Instant; readonly after: Instant }

/** The civil calendar of one zone. */
export interface CivilClock {
  readonly zone: ZoneName
  /** Milliseconds that the wall clock is ahead of UTC. */
  offsetAt(instant: Instant): number
  /** Civil day number (days from 1970-01-01) of an instant. */
  dayAt(instant: Instant): number
  /** Civil date of an instant. */
  dateAt(instant: Instant): CivilDate
  /** The first instant of a civil date: midnight, or the first moment after a gap that swallows it. */
  startOfDay(date: CivilDate): Instant
  /** The instant of a wall clock reading, given as the milliseconds it would be in UTC. */
  resolve(wallMilliseconds: number): LocalInstant
}

function buildTable(zone: string, index: number): OffsetTable {
  const from = index * CHUNK
  const starts = [from]
  let at = Temporal.Instant.fromEpochMilliseconds(Math.max(from, FIRST_INSTANT)).toZonedDateTimeISO(zone)
  const offsets = [at.offsetNanoseconds / 1e6]
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= from + CHUNK) break
    starts.push(next.epochMilliseconds)
    offsets.push(next.offsetNanoseconds / 1e6)
    at = next
  }
  return { index, starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) }
}

function offsetIn(table: OffsetTable, instant: number): number {
  const { starts, offsets } = table
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= instant) low = middle
    else high = middle - 1
  }
  return offsets[low] as number
}

const clocks = new Map<string, CivilClock>()
/** Texts that were asked about and are no zone. */
const strangers = new Set<string>()
const MOST_STRANGERS = 1000

/** Is it an IANA zone name (or a fixed offset such as `+05:30`) that the zone rules know? */
export const isZoneName = (zone: string): zone is ZoneName => {
  // Files name one zone in every row.
  if (clocks.has(zone)) return true
  if (strangers.has(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // A copy: the text may have been cut out of a whole file.
    if (strangers.size < MOST_STRANGERS && zone.length < 100) strangers.add(` ${zone}`.slice(1))
    return false
  }
}

/** The clock of a zone that is known to exist (`isZoneName`); built once per zone. */
export function civilClock(zone: ZoneName): CivilClock {
  const known = clocks.get(zone)
  if (known) return known
  const clock = buildClock(zone)
  clocks.set(zone, clock)
  return clock
}

function buildClock(zone: ZoneName): CivilClock {
  const tables = new Map<number, OffsetTable>()
  let recent = buildTable(zone, 3)
  tables.set(3, recent)

  const tableAt = (instant: number): OffsetTable => {
    const index = Math.floor(instant / CHUNK)
    if (recent.index === index) return recent
    recent = tables.get(index) ?? buildTable(zone, index)
    tables.set(index, recent)
    return recent
  }
  const offsetAt = (instant: number): number =>
    offsetIn(tableAt(instant), Math.min(Math.max(instant, FIRST_INSTANT), LAST_INSTANT))

  const resolve = (wall: number): LocalInstant => {
    // No zone has two changes of its clock within two days of each other that both touch one reading.
    const before = wall - offsetAt(wall - DAY)
    const after = wall - offsetAt(wall + DAY)
    const beforeHolds = before + offsetAt(before) === wall
    const afterHolds = after + offsetAt(after) === wall
    if (beforeHolds && afterHolds && before !== after) {
      return {
        kind: 'ambiguous',
        earlier: Math.min(before, after) as Instant,
        later: Math.max(before, after) as Instant,
      }
    }
    if (beforeHolds) return { kind: 'exact', instant: before as Instant }
    if (afterHolds) return { kind: 'exact', instant: after as Instant }
    return { kind: 'nonexistent', before: before as Instant, after: after as Instant }
  }

  const dayAt = (instant: Instant): number => Math.floor((instant + offsetAt(instant)) / DAY)

  return {
    zone,
    offsetAt,
    dayAt,
    dateAt: (instant) => dateOfDay(dayAt(instant)),
    resolve,
    startOfDay: (date) => {
      const found = resolve(dayOfDate(date) * DAY)
      if (found.kind === 'exact') return found.instant
      if (found.kind === 'ambiguous') return found.earlier
      return firstOfGap(found.after, found.before, offsetAt)
    },
  }
}

/** The transition between two instants on either side of a gap. */
function firstOfGap(low: number, high: number, offsetAt: (instant: number) => number): Instant {
  const offset = offsetAt(high)
  let [from, to] = [low, high]
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2)
    if (offsetAt(middle) === offset) to = middle
    else from = middle
  }
  return (offsetAt(from) === offset ? from : to) as Instant
}

export interface TimeError {
  readonly error: string
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[-+]\d{2}:?\d{2})$/

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const pair = (text: string, at: number): number => {
  const [tens, ones] = [text.charCodeAt(at), text.charCodeAt(at + 1)]
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + (ones - 48) : 1000
}

/** The common spelling `YYYY-MM-DDTHH:MM:SSZ` with or without three decimals, read without a pattern; null for others. */
function utcSeconds(text: string): Instant | null {
  const length = text.length
  if ((length !== 20 && length !== 24) || text.charCodeAt(length - 1) !== 90 || text.charCodeAt(10) !== 84) return null
  if (
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58
  )
    return null
  const year = pair(text, 0) * 100 + pair(text, 2)
  const month = pair(text, 5)
  const day = pair(text, 8)
  const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)]
  let milliseconds = 0
  if (length === 24) {
    const last = text.charCodeAt(22)
    if (text.charCodeAt(19) !== 46 || !isDigit(last)) return null
    milliseconds = pair(text, 20) * 10 + (last - 48)
  }
  const ofClock = hour < 24 && minute < 60 && second < 60 && milliseconds < 1000
  if (!ofClock || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return (dayNumber(year, month, day) * DAY +
    hour * 3_600_000 +
    minute * 60_000 +
    second * 1000 +
    milliseconds) as Instant
}

/**
 * Reads an ISO 8601 instant with its offset (`Z`, `+02:00`). Digits beyond milliseconds are cut. A time without an
 * offset, 31 February, 24:00 and a leap second are refused.
 */
export function parseInstant(text: string): Instant | TimeError {
  const plain = utcSeconds(text)
  if (plain !== null) return plain
  const match = INSTANT.exec(text)
  if (!match) return { error: `“${text.slice(0, 40)}” is not an instant like 2024-03-01T12:00:00Z` }
  const part = (i: number): number => (match[i] === undefined ? 0 : Number.parseInt(match[i], 10))
  const month = part(2)
  const inCalendar = month >= 1 && month <= 12 && part(3) >= 1 && part(3) <= daysInMonth(part(1), month)
  if (!inCalendar || part(4) > 23 || part(5) > 59 || part(6) > 59)
    return { error: `“${text}” is no time of the calendar` }
  const milliseconds = Number.parseInt((match[7] ?? '').padEnd(3, '0').slice(0, 3), 10)
  const wall =
    dayNumber(part(1), month, part(3)) * DAY + part(4) * 3_600_000 + part(5) * 60_000 + part(6) * 1000 + milliseconds
  const zone = match[8] as string
  if (zone === 'Z') return wall as Instant
  const minutes = Number.parseInt(zone.slice(1, 3), 10) * 60 + Number.parseInt(zone.slice(-2), 10)
  if (minutes > 18 * 60) return { error: `“${text}” has an offset that no zone has` }
  return (wall - (zone.startsWith('-') ? -minutes : minutes) * 60_000) as Instant
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => n.toString().padStart(2, '0'))

/** `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / DAY)
  const rest = instant - day * DAY
  const hour = TWO_DIGITS[Math.floor(rest / 3_600_000)]
  const minute = TWO_DIGITS[Math.floor(rest / 60_000) % 60]
  const second = TWO_DIGITS[Math.floor(rest / 1000) % 60]
  return `${dateOfDay(day)}T${hour}:${minute}:${second}.${(rest % 1000).toString().padStart(3, '0')}Z`
}

/** Reads a civil date or an instant: dates stay dates, for whoever knows the zone. */
export function parseDateOrInstant(text: string): CivilDate | Instant | TimeError {
  return text.length === 10
    ? (parseCivilDate(text) ?? { error: `“${text}” is no date of the calendar` })
    : parseInstant(text)
}
