import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { civilClock } from '../../../shared/events/civil-time.ts'
import type { Instant, ZoneName } from '../../../shared/events/identifiers.ts'
import { instantAt, namesItsZone, zoneEvidence } from '../../../shared/sources/zone-evidence.ts'

const UTC = 'UTC' as ZoneName
const ZONES = ['Europe/London', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney'] as ZoneName[]
const same = (time: number) => [{ time, as: 'same' as const, source: 'the API' }]

describe('evidence for a zone', () => {
  it('finds the zone that wrote the file, from trades over a whole year, whatever it is', () => {
    const start = Date.UTC(2023, 0, 1)
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.uniqueArray(fc.integer({ min: 0, max: 8_000 }), { minLength: 25, maxLength: 40 }),
        (zone, hours) => {
          const movements = hours.map((hour) => {
            const time = start + hour * 3_600_000
            return { wall: time + civilClock(zone).offsetAt(time as Instant), others: same(time) }
          })
          const [best] = zoneEvidence(movements, [UTC])
          expect(best?.agree).toBeGreaterThanOrEqual(movements.length - 2)
          const shift = (at: ZoneName) => movements.map(({ wall }) => instantAt(wall, at))
          expect(shift(best?.zone as ZoneName).filter((time, n) => time !== shift(zone)[n]).length).toBeLessThanOrEqual(
            2,
          )
        },
      ),
      { numRuns: 30 },
    )
  })

  it('says how far off the other zones are', () => {
    const time = Date.UTC(2024, 6, 1, 10)
    const [best, ...others] = zoneEvidence([{ wall: time + 2 * 3_600_000, others: same(time) }], [UTC])
    expect(best).toMatchObject({ zone: 'Europe/Berlin', agree: 1, pairs: 1 })
    expect(others.find(({ zone }) => zone === UTC)?.text).toBe(
      '1 of 1 movement of this file would lie 2 hours after the same in the API',
    )
  })

  it('knows that what arrives comes after it left', () => {
    const left = Date.UTC(2024, 0, 1, 10)
    const arrives = [{ time: left + 20 * 60_000, as: 'arrives' as const, source: 'Ledger Live' }]
    expect(zoneEvidence([{ wall: left, others: arrives }], [UTC])[0]).toMatchObject({ zone: UTC, agree: 1 })
    const before = [{ time: left - 20 * 60_000, as: 'arrives' as const, source: 'Ledger Live' }]
    expect(zoneEvidence([{ wall: left, others: before }], [UTC]).find(({ zone }) => zone === UTC)?.agree).toBe(0)
  })

  it('is none where nothing else tells of the movements within half a day', () => {
    expect(zoneEvidence([{ wall: 0, others: [] }], [UTC])).toEqual([])
    expect(zoneEvidence([{ wall: 0, others: same(40 * 3_600_000) }], [UTC])).toEqual([])
  })
})

it('a time that names its zone is told from one that does not', () => {
  const named = [
    '2024-01-02T03:04:05Z',
    '2024-01-02 03:04:05 UTC',
    '2024-01-02 03:04:05+02:00',
    '1700000000',
    'Tue May 26 2020 18:06:28 GMT+0000',
    '2024-01-02 03:04 EST',
  ]
  const open = ['2024-01-02 03:04:05', '02.01.2024 03:04', '2024-01-02', 'Jan. 28, 2022, 12:31 AM']
  expect(named.filter((text) => !namesItsZone(text))).toEqual([])
  expect(open.filter(namesItsZone)).toEqual([])
})
