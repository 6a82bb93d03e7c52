import { expect, it } from 'vitest'
import { civilText, dayText, exactMomentText, momentText, spanText } from '../../../renderer/components/time-text.ts'

const instant = Date.parse('2025-03-12T18:02:07Z')

it('times are told in the taxpayer’s zone, and the hover says which', () => {
  expect(momentText(instant, 'America/New_York')).toBe('12 Mar 2025, 14:02')
  expect(exactMomentText(instant, 'America/New_York')).toContain('America/New_York')
  expect(momentText(Date.parse('2025-09-08T04:05:00Z'), 'UTC')).toBe('8 Sep 2025, 04:05')
  expect(dayText(Date.parse('2025-01-01T03:00:00Z'), 'America/New_York')).toBe('31 Dec 2024')
})

it('a civil date stays the day it is, wherever the computer stands', () => {
  expect(civilText('2025-01-01')).toBe('1 Jan 2025')
})

it.each([
  [null, null, 'always'],
  ['2024-01-01', null, 'from 1 Jan 2024 on'],
  [null, '2024-02-03', 'up to 3 Feb 2024'],
  ['2024-01-01', '2024-02-03', '1 Jan 2024 – 3 Feb 2024'],
  ['2024-01-01', '2024-01-01', '1 Jan 2024'],
])('the days from %s to %s read “%s”', (from, to, said) => {
  expect(spanText(from, to)).toBe(said)
})
