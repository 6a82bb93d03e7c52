import { describe, expect, it } from 'vitest'
import { formatInstant } from '../../../shared/events/civil-time.ts'
import type { ZoneName } from '../../../shared/events/identifiers.ts'
import {
  type DateOrder,
  offsetInName,
  provedDateOrder,
  readEpoch,
  readShortYear,
  readWrittenTime,
} from '../../../shared/sources/written-times.ts'

const UTC = 'UTC' as ZoneName
const read = (text: string, order: DateOrder = 'dmy', zone = UTC): string | null => {
  const found = readWrittenTime(text, order, zone)
  return found === null ? null : `${formatInstant(found.time)} ${found.precision}`
}

describe('written times', () => {
  it.each([
    ['05-11-20 14:30:11', 'dmy', '2020-11-05T14:30:11.000Z second'],
    ['05-11-20 14:30:11', 'mdy', '2020-05-11T14:30:11.000Z second'],
    ['12/31/2018 3:22:46 PM', 'mdy', '2018-12-31T15:22:46.000Z second'],
    ['1/28/2022, 12:31:00 AM', 'mdy', '2022-01-28T00:31:00.000Z second'],
    ['28/01/2022 12:31', 'dmy', '2022-01-28T12:31:00.000Z minute'],
    ['2019/05/11 10:27:17', 'dmy', '2019-05-11T10:27:17.000Z second'],
    ['Jan. 28, 2022, 12:31 AM', 'dmy', '2022-01-28T00:31:00.000Z minute'],
    ['Sept. 1, 2022, 01:05 PM', 'dmy', '2022-09-01T13:05:00.000Z minute'],
    ['Mar 8, 2022, 2:08:54\u202fPM', 'dmy', '2022-03-08T14:08:54.000Z second'],
    ['Jan 02 2025', 'dmy', '2025-01-02T00:00:00.000Z day'],
    ['2 January 2025', 'dmy', '2025-01-02T00:00:00.000Z day'],
    ['Tue May 26 2020 18:06:28 GMT+0000', 'dmy', '2020-05-26T18:06:28.000Z second'],
    ['Tue May 26 2020 18:06:28 GMT+0200', 'dmy', '2020-05-26T16:06:28.000Z second'],
    ['2021-07-01 10:00:00 EDT', 'ymd', '2021-07-01T14:00:00.000Z second'],
    ['2018-05-11 14:30:11.123', 'dmy', '2018-05-11T14:30:11.123Z millisecond'],
    ['31.12.2021 23:59', 'dmy', '2021-12-31T23:59:00.000Z minute'],
  ] as const)('%s (%s)', (text, order, expected) => {
    expect(read(text, order)).toBe(expected)
  })

  it.each([
    '31-02-20 14:30:11',
    '13/13/2020',
    'Feb. 31, 2022, 01:05 PM',
    '05-11-20 24:00:00',
    '05-11-20 13:00 PM',
    '05-11-20 10:61',
    '5 Janvember 2020',
    'yesterday',
    '12:30',
    '05-11-20 10:00 XYZ',
    '',
  ])('%s is none', (text) => {
    expect(read(text)).toBeNull()
  })

  it('takes a zone where the text names none', () => {
    expect(read('05-07-20 14:30', 'dmy', 'Europe/Berlin' as ZoneName)).toBe('2020-07-05T12:30:00.000Z minute')
    expect(readWrittenTime('25-10-20 02:30', 'dmy', 'Europe/Berlin' as ZoneName)?.doubtful).toBe(true)
  })

  it('reads years of two digits only where the year stands first', () => {
    expect(formatInstant(readShortYear('24-03-05 10:11:12', UTC)?.time ?? (0 as never))).toBe(
      '2024-03-05T10:11:12.000Z',
    )
    expect(readShortYear('5-3-24', UTC)).toBeNull()
  })

  it('reads seconds and milliseconds since 1970', () => {
    expect(readEpoch('1520244672')?.time).toBe(1520244672000)
    expect(readEpoch('1520244672.25')?.time).toBe(1520244672250)
    expect(readEpoch('1520244672123')).toEqual({ time: 1520244672123, precision: 'millisecond' })
    for (const text of ['12', '15202446721', '1520244672x', '-1520244672', '']) expect(readEpoch(text)).toBeNull()
  })

  it('finds the order of day and month that the dates prove, and no other', () => {
    expect(provedDateOrder(['05-11-20 14:30', '25-11-20 14:30'])).toBe('dmy')
    expect(provedDateOrder(['5/11/2020', '5/25/2020'])).toBe('mdy')
    expect(provedDateOrder(['05-11-20', '06-11-20'])).toBeNull()
    expect(provedDateOrder(['25-11-20', '11-25-20'])).toBeNull()
    expect(provedDateOrder(['2020-11-25'])).toBeNull()
  })

  it('reads the offset in the name of a column', () => {
    expect(offsetInName('Time(UTC+02:00)')).toBe(2 * 3_600_000)
    expect(offsetInName('Date(UTC-5)')).toBe(-5 * 3_600_000)
    expect(offsetInName('Time (UTC+05:45)')).toBe(5.75 * 3_600_000)
    expect(offsetInName('Date(UTC)')).toBe(0)
    expect(offsetInName('Date(UTCnull)')).toBe(0)
    expect(offsetInName('Time')).toBeNull()
    expect(offsetInName('Filled Volume (USDT)')).toBeNull()
  })
})
