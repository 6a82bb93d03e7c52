/** Times as sources write them, without patterns on the way that nearly every row takes. */
import { dayNumber, daysInMonth } from '../events/civil-date.ts'
import { civilClock } from '../events/civil-time.ts'
import type { TimePrecision } from '../events/event.ts'
import type { Instant, ZoneName } from '../events/identifiers.ts'

export interface SourceTime {
  readonly time: Instant
  readonly precision: TimePrecision
  /** The wall clock showed this time twice (or never): the earlier reading was taken. */
  readonly doubtful?: true
}

const DAY = 86_400_000
const isDigit = (code: number): boolean => code >= 48 && code <= 57

const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at)
  const ones = text.charCodeAt(at + 1)
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + (ones - 48) : -1
}

const OFFSET = /^([-+])(\d{1,2}):?(\d{2})?$/

/** Milliseconds ahead of UTC, 'none' where the text names no zone, null where it is not understood. */
function offsetOf(rest: string): number | 'none' | null {
  const text = rest.trim()
  if (text === '') return 'none'
  const upper = text.toUpperCase()
  if (upper === 'UTC' || upper === 'Z' || upper === 'GMT') return 0
  const match = OFFSET.exec(upper.replace(/^(UTC|GMT)/, ''))
  if (match === null) return null
  const minutes = two((match[2] as string).padStart(2, '0'), 0) * 60 + (match[3] === undefined ? 0 : two(match[3], 0))
  return minutes > 18 * 60 ? null : (match[1] === '-' ? -minutes : minutes) * 60_000
}

/** The instant of a wall clock reading in a zone; readings that the clock showed twice or never give the earlier one. */
export function atWall(wall: number, precision: TimePrecision, zone: ZoneName): SourceTime {
  if (zone === 'UTC') return { time: wall as Instant, precision }
  const found = civilClock(zone).resolve(wall)
  if (found.kind === 'exact') return { time: found.instant, precision }
  return { time: found.kind === 'ambiguous' ? found.earlier : found.after, precision, doubtful: true }
}

/**
 * Reads `YYYY-MM-DD`, `YYYY-MM-DD HH:MM`, `…:SS`, `…:SS.fff…` (a `T` or spaces between), followed by `UTC`, `Z`, an offset
 * or nothing, in which case `zone` holds. Null for anything else, 31 February and 24:00 included.
 */
export function readTime(text: string, zone: ZoneName): SourceTime | null {
  const length = text.length
  if (length < 10 || length > 48 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null
  const century = two(text, 0)
  const ofCentury = two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  if (century < 0 || ofCentury < 0 || month < 1 || month > 12 || day < 1) return null
  const year = century * 100 + ofCentury
  if (day > daysInMonth(year, month)) return null
  const midnight = dayNumber(year, month, day) * DAY
  if (length === 10) return atWall(midnight, 'day', zone)
  const separator = text.charCodeAt(10)
  if (separator !== 32 && separator !== 84) return null
  const hour = two(text, 11)
  const minute = two(text, 14)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text.charCodeAt(13) !== 58) return null
  let wall = midnight + hour * 3_600_000 + minute * 60_000
  let precision: TimePrecision = 'minute'
  let end = 16
  if (text.charCodeAt(16) === 58) {
    const second = two(text, 17)
    if (second < 0 || second > 59) return null
    wall += second * 1000
    precision = 'second'
    end = 19
    const mark = text.charCodeAt(19)
    if (mark === 46 || mark === 44) {
      let weight = 100
      end = 20
      while (isDigit(text.charCodeAt(end))) {
        wall += (text.charCodeAt(end) - 48) * Math.floor(weight)
        weight /= 10
        end++
      }
      if (end === 20) return null
      precision = 'millisecond'
    }
  }
  if (end === length) return atWall(wall, precision, zone)
  const offset = offsetOf(text.slice(end))
  if (offset === null) return null
  return offset === 'none' ? atWall(wall, precision, zone) : { time: (wall - offset) as Instant, precision }
}
