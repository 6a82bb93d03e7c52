import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill/implementation'
import { expect, test } from 'vitest'
import { addDays, dateOfDay, dayOfDate, parseCivilDate } from '../../../shared/events/civil-date.ts'
import { civilClock, formatInstant, isZoneName, parseInstant } from '../../../shared/events/civil-time.ts'
import type { CivilDate, Instant, ZoneName } from '../../../shared/events/identifiers.ts'

const ZONES = [
  'America/New_York',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Asia/Tehran',
  'UTC',
  '+05:30',
] as ZoneName[]
const zone = fc.constantFrom(...ZONES)
const date = (text: string) => text as CivilDate
const instant = (text: string) => parseInstant(text) as Instant
const moment = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2055, 0, 1) })

/** Times near a change of the clock, where mistakes live. */
const nearTransition = fc.tuple(zone, moment, fc.integer({ min: -7_300_000, max: 7_300_000 })).map(([z, at, shift]) => {
  const next = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(z).getTimeZoneTransition('next')
  return { zone: z, at: (next?.epochMilliseconds ?? at) + shift }
})
const anywhere = fc.oneof(fc.record({ zone, at: moment }), nearTransition)

test('the civil date and offset of any instant are the ones of the zone rules', () => {
  fc.assert(
    fc.property(anywhere, ({ zone: z, at }) => {
      const clock = civilClock(z)
      const expected = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(z)
      expect(clock.dateAt(at as Instant)).toBe(expected.toPlainDate().toString())
      expect(clock.offsetAt(at as Instant)).toBe(expected.offsetNanoseconds / 1e6)
      expect(dateOfDay(clock.dayAt(at as Instant))).toBe(expected.toPlainDate().toString())
    }),
    { numRuns: 400 },
  )
})

test('a day starts where the zone rules say, midnight skipped or not', () => {
  fc.assert(
    fc.property(anywhere, ({ zone: z, at }) => {
      const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(z).toPlainDate()
      expect(civilClock(z).startOfDay(date(day.toString()))).toBe(day.toZonedDateTime(z).epochMilliseconds)
    }),
    { numRuns: 400 },
  )
  expect(formatInstant(civilClock('America/Sao_Paulo' as ZoneName).startOfDay(date('2018-11-04')))).toBe(
    '2018-11-04T03:00:00.000Z',
  )
})

test('a wall clock reading is exact, ambiguous or nonexistent as the zone rules say', () => {
  fc.assert(
    fc.property(anywhere, ({ zone: z, at }) => {
      const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDateTime()
      const read = (disambiguation: 'earlier' | 'later') => wall.toZonedDateTime(z, { disambiguation })
      const [earlier, later] = [read('earlier'), read('later')]
      const found = civilClock(z).resolve(at)
      if (earlier.epochMilliseconds === later.epochMilliseconds)
        expect(found).toEqual({ kind: 'exact', instant: earlier.epochMilliseconds })
      else if (earlier.toPlainDateTime().equals(wall))
        expect(found).toEqual({ kind: 'ambiguous', earlier: earlier.epochMilliseconds, later: later.epochMilliseconds })
      else
        expect(found).toEqual({
          kind: 'nonexistent',
          before: later.epochMilliseconds,
          after: earlier.epochMilliseconds,
        })
    }),
    { numRuns: 600 },
  )
})

test('23:30 UTC in July is the next day in London', () => {
  expect(civilClock('Europe/London' as ZoneName).dateAt(instant('2024-07-01T23:30:00Z'))).toBe('2024-07-02')
})

test('the hour that New York repeats is ambiguous and the one it skips does not exist', () => {
  const clock = civilClock('America/New_York' as ZoneName)
  expect(clock.resolve(instant('2024-11-03T01:30:00Z'))).toMatchObject({
    kind: 'ambiguous',
    earlier: instant('2024-11-03T05:30:00Z'),
  })
  expect(clock.resolve(instant('2024-03-10T02:30:00Z')).kind).toBe('nonexistent')
})

test('calendar arithmetic agrees with Temporal over four centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -80_000, max: 80_000 }), fc.integer({ min: -4000, max: 4000 }), (day, days) => {
      const plain = Temporal.PlainDate.from('1970-01-01').add({ days: day })
      const text = date(plain.toString())
      expect(dateOfDay(day)).toBe(text)
      expect(dayOfDate(text)).toBe(day)
      expect(addDays(text, days)).toBe(plain.add({ days }).toString())
    }),
    { numRuns: 300 },
  )
})

test.each(['2024-02-30', '2023-02-29', '2024-13-01', '2024-00-10', '2024-1-1', '20240101', '2024-01-01Z'])(
  '%s is no date',
  (text) => {
    expect(parseCivilDate(text)).toBeNull()
  },
)

test('instants are read with their offset, to the millisecond', () => {
  expect(instant('2024-01-02T03:04:05.000Z')).toBe(Date.UTC(2024, 0, 2, 3, 4, 5))
  expect(instant('2024-01-02T03:04:05.123456+02:00')).toBe(Date.UTC(2024, 0, 2, 1, 4, 5, 123))
  expect(instant('2024-01-02T03:04-0330')).toBe(Date.UTC(2024, 0, 2, 6, 34))
  fc.assert(fc.property(moment, (at) => parseInstant(formatInstant(at as Instant)) === at))
  fc.assert(fc.property(moment, (at) => formatInstant(at as Instant) === new Date(at).toISOString()))
})

test.each([
  '2024-01-02T03:04:05',
  '2024-02-31T00:00:00Z',
  '2024-01-01T24:00:00Z',
  '2024-01-01T23:59:60Z',
  '2024-01-01T10:00:00+25:00',
  'yesterday',
  '',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toHaveProperty('error')
})

test('a zone that does not exist is recognised as such', () => {
  expect([...ZONES, 'America/Nowhere', '', 'Mars/Olympus'].filter(isZoneName)).toEqual(ZONES)
})
