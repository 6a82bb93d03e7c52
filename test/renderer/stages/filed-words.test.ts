import { expect, test } from 'vitest'
import { figureName, figureText, inOrder } from '../../../renderer/stages/file/filed-words.ts'

const line = (label: string, filed = '1', now = '2') => ({ label, filed, now })

test('a difference to a filed year is told in the words of the Tax view, money to the cent', () => {
  expect(figureName('longTerm')).toBe('Net gain, long term')
  expect(figureName('Net capital gain or loss')).toBe('Net capital gain or loss')
  expect(figureText(line('cost'), '1457.709085177018590536', 'en-US')).toBe('1,457.71')
  expect(figureText(line('disposals'), '25', 'en-US')).toBe('25')
  expect(figureText(line('rows of open'), '3 not there now', 'en-US')).toBe('3 not there now')
  expect(figureText(line('taxable'), '', 'en-US')).toBe('')
})

test('the net gain stands first, lines of the return before the bounds', () => {
  const lines = ['rows of open', 'low', 'Line 7 of Schedule D', 'disposals', 'cost', 'gain'].map((label) => line(label))
  expect(inOrder(lines).map(({ label }) => label)).toEqual([
    'gain',
    'cost',
    'Line 7 of Schedule D',
    'low',
    'disposals',
    'rows of open',
  ])
})
