import { describe, expect, test } from 'vitest'
import { dateOfDay, dayOfDate } from '../../../../shared/events/civil-date.ts'
import type { CivilDate } from '../../../../shared/events/identifiers.ts'
import type { Holding } from '../../../../shared/tax/holding.ts'
import { firstLongDay, NEVER } from '../../../../shared/tax/holding.ts'

const day = (text: string): number => dayOfDate(text as CivilDate)
const firstLong = (holding: Holding, acquired: string): string => dateOfDay(firstLongDay(holding, day(acquired)))

const YEAR: Holding = { rule: 'after-months', months: 12, authority: 'made for the test' }
const DAYS: Holding = { rule: 'days', days: 365, authority: 'made for the test' }
const US: Holding = { rule: 'us-anniversary', authority: 'made for the test' }

describe('the first long day', () => {
  test.each([
    ['an ordinary day', '2024-03-10', '2025-03-11'],
    ['a leap day ends with February', '2024-02-29', '2025-03-01'],
    ['the day before a leap day reaches it', '2023-02-28', '2024-02-29'],
    ['the last day of a year', '2024-12-31', '2026-01-01'],
    ['a day before March in a leap year', '2024-02-28', '2025-03-01'],
  ])('is the day after the anniversary: %s', (_, acquired, long) => {
    expect(firstLong(YEAR, acquired)).toBe(long)
  })

  test('counts months by the calendar, and short months by their last day', () => {
    expect(firstLong({ ...YEAR, months: 6 } as Holding, '2024-08-31')).toBe('2025-03-01')
    expect(firstLong({ ...YEAR, months: 36 } as Holding, '2024-02-29')).toBe('2027-03-01')
  })

  test('counts 365 days whatever the calendar says', () => {
    expect(firstLong(DAYS, '2023-03-10')).toBe('2024-03-09')
    expect(firstLong(DAYS, '2024-03-10')).toBe('2025-03-10')
  })

  test('is the anniversary of the day after, in the United States', () => {
    expect(firstLong(US, '2023-02-28')).toBe('2024-03-01')
    expect(firstLong(US, '2024-02-28')).toBe('2025-03-01')
    expect(firstLong(US, '2024-03-10')).toBe('2025-03-11')
  })

  test('never comes without a rule, and for what was acquired too late to be old', () => {
    expect(firstLongDay({ rule: 'none', authority: 'made for the test' }, day('2024-03-10'))).toBe(NEVER)
    const old: Holding = { ...YEAR, acquiredTo: '2021-02-28' as CivilDate }
    expect(firstLong(old, '2021-02-28')).toBe('2022-03-01')
    expect(firstLongDay(old, day('2021-03-01'))).toBe(NEVER)
  })
})
