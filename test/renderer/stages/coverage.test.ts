import { expect, it } from 'vitest'
import { gapOf } from '../../../renderer/stages/sources/coverage.ts'

const at = (date: string): number => Date.parse(`${date}T12:00:00Z`)
const ZONE = 'America/New_York'

it('an account that ends before the tax year asks whether it was closed', () => {
  expect(gapOf({ first: at('2021-01-01'), last: at('2023-05-01'), events: 9 }, 2025, ZONE)).toContain(
    'nothing after 2023',
  )
})

it('an account that reaches into the tax year has no gap', () => {
  expect(gapOf({ first: at('2021-01-01'), last: at('2025-05-01'), events: 9 }, 2025, ZONE)).toBeNull()
})

it('the year is the one in the taxpayer’s zone', () => {
  const last = Date.parse('2025-01-01T03:00:00Z')
  expect(gapOf({ first: at('2021-01-01'), last, events: 9 }, 2025, ZONE)).toContain('nothing after 2024')
  expect(gapOf({ first: at('2021-01-01'), last, events: 9 }, 2025, 'UTC')).toBeNull()
})

it('an account without rows says so', () => {
  expect(gapOf({ first: null, last: null, events: 0 }, 2025, ZONE)).toBe('nothing read in yet')
})
