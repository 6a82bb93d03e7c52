import { expect, it } from 'vitest'
import { atStake, boundsText, stakeText } from '../../../renderer/components/effect.ts'

it('what is at stake is the distance between both outcomes', () => {
  expect(atStake({ low: '-10.5', high: '31.2' })).toBe('41.7')
  expect(stakeText({ low: '0', high: '2310.4' }, 'USD', 'en-US')).toBe('$2,310')
  expect(stakeText({ low: '0', high: '0.4' }, 'USD', 'en-US')).toBe('under $1')
})

it('nothing is said where nothing is at stake, and an unknown outcome is never a zero', () => {
  expect(stakeText({ low: '5', high: '5' }, 'USD', 'en-US')).toBe('')
  expect(stakeText({ low: '5', high: null }, 'USD', 'en-US')).toBe('sum not known')
  expect(atStake({ low: '5', high: null })).toBeNull()
})

it('both outcomes are said in words', () => {
  expect(boundsText({ low: '0', high: '31.2' }, 'en-US')).toBe('between 0.00 and 31.20')
  expect(boundsText({ low: '7', high: '7' }, 'en-US')).toBe('7.00')
  expect(boundsText({ low: '7', high: null }, 'en-US')).toBe('at least 7.00')
  expect(boundsText({ low: null, high: null }, 'en-US')).toBe('not known')
})
