import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ZoneName } from '../../../shared/events/identifiers.ts'
import { readTime } from '../../../shared/sources/times.ts'

const UTC = 'UTC' as ZoneName
const iso = (text: string, zone: ZoneName = UTC) => {
  const read = readTime(text, zone)
  return read === null ? null : `${new Date(read.time).toISOString()} ${read.precision}`
}

describe('times of sources', () => {
  it.each([
    ['2024-03-05', '2024-03-05T00:00:00.000Z day'],
    ['2024-03-05 10:11', '2024-03-05T10:11:00.000Z minute'],
    ['2024-03-05 10:11:12', '2024-03-05T10:11:12.000Z second'],
    ['2024-03-05T10:11:12Z', '2024-03-05T10:11:12.000Z second'],
    ['2024-03-05 10:11:12 UTC', '2024-03-05T10:11:12.000Z second'],
    ['2024-03-05 10:11:12.7890', '2024-03-05T10:11:12.789Z millisecond'],
    ['2024-03-05 10:11:12.78999999', '2024-03-05T10:11:12.789Z millisecond'],
    ['2024-03-05T10:11:12.007Z', '2024-03-05T10:11:12.007Z millisecond'],
    ['2024-03-05 10:11:12 +0530', '2024-03-05T04:41:12.000Z second'],
    ['2024-03-05 10:11:12-08:00', '2024-03-05T18:11:12.000Z second'],
    ['2024-03-05 10:11:12 UTC+2', '2024-03-05T08:11:12.000Z second'],
    ['2024-02-29 00:00:00', '2024-02-29T00:00:00.000Z second'],
  ])('%s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it.each([
    '2024-02-31 10:00:00',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-03-05 24:00:00',
    '2024-03-05 10:60:00',
    '2024-03-05 10:11:60',
    '05.03.2024',
    '2024-3-5',
    '2024-03-05 10',
    '2024-03-05 10:11:12 PST',
    '2024-03-05 10:11:12.',
    '',
    'NaN',
    '2024-03-05 10:11:12 +99:00',
  ])('refuses “%s”', (text) => {
    expect(readTime(text, UTC)).toBeNull()
  })

  it('takes a time without zone in the zone it is told', () => {
    expect(iso('2024-07-01 12:00:00', 'America/New_York' as ZoneName)).toBe('2024-07-01T16:00:00.000Z second')
    expect(iso('2024-07-01 12:00:00Z', 'America/New_York' as ZoneName)).toBe('2024-07-01T12:00:00.000Z second')
  })

  it('says where the clock showed a time twice', () => {
    expect(readTime('2024-11-03 01:30:00', 'America/New_York' as ZoneName)).toMatchObject({
      time: Date.UTC(2024, 10, 3, 5, 30),
      doubtful: true,
    })
  })

  it('agrees with Date for every second of the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          expect(readTime(date.toISOString(), UTC)?.time).toBe(date.getTime())
        },
      ),
    )
  })
})
