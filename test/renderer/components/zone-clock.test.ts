import { expect, test } from 'vitest'
import { clockText, instantOf, shiftedTime, shiftText } from '../../../renderer/components/zone-clock.ts'

const at = (text: string): number => Date.parse(text)

test('a clock read in Berlin that stood in UTC tells of an hour later in winter and two in summer', () => {
  expect(shiftedTime(at('2024-01-10T09:00:00Z'), 'Europe/Berlin', 'UTC')).toBe(at('2024-01-10T10:00:00Z'))
  expect(shiftedTime(at('2024-07-10T08:00:00Z'), 'Europe/Berlin', 'UTC')).toBe(at('2024-07-10T10:00:00Z'))
})

test('a shift there and back ends where it began, also beside a change of the clocks', () => {
  for (const text of ['2024-03-31T00:30:00Z', '2024-03-31T03:30:00Z', '2024-11-03T12:00:00Z', '2024-06-01T00:00:00Z']) {
    const there = shiftedTime(at(text), 'UTC', 'America/New_York')
    expect(shiftedTime(there, 'America/New_York', 'UTC')).toBe(at(text))
  }
})

test('how far times move is said in words', () => {
  expect(shiftText(2 * 3_600_000)).toBe('2 hours later')
  expect(shiftText(-90 * 60_000)).toBe('1 hour 30 minutes earlier')
  expect(shiftText(0)).toBe('at the same time')
})

test('a date-and-time field shows the clock of the taxpayer’s zone and is read back as the same instant', () => {
  const summer = at('2025-07-01T12:00:05Z')
  expect(clockText(summer, 'America/New_York')).toBe('2025-07-01T08:00:05')
  expect(instantOf('2025-07-01T08:00:05', 'America/New_York')).toBe(summer)
  expect(instantOf('2025-07-01T08:00', 'UTC')).toBe(at('2025-07-01T08:00:00Z'))
  expect(instantOf('', 'UTC')).toBeNull()
})
