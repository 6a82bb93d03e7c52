import { expect, test } from 'vitest'
import { linesOf, splitAt } from '../../../../renderer/views/tax/plan-lines.ts'
import { datesInWords, refusalText } from '../../../../renderer/views/tax/tax-words.ts'

const part = (lot: string, amount: string) => ({
  lot,
  amount,
  acquired: '2022-01-10',
  cost: '1',
  account: 'ledger',
  accountName: 'Ledger',
  ref: `event:${lot}`,
})

test('a plan lot by lot begins with where the lots lie, each part a line of its own', () => {
  const lines = linesOf({ result: [part('a', '1234.5'), part('a', '0.5'), part('b', '2')] }, 'en-US')
  expect(lines.map(({ lot, text, amount }) => [lot, text, amount])).toEqual([
    ['a', '1,234.5', '1234.5'],
    ['a', '0.5', '0.5'],
    ['b', '2', '2'],
  ])
  expect(new Set(lines.map(({ key }) => key)).size).toBe(3)
})

test('a line that is split keeps its amount; the new part has none until one is given', () => {
  const [first] = linesOf({ result: [part('a', '1')] }, 'en-US')
  const once = splitAt(first === undefined ? [] : [first], first?.key ?? '')
  const twice = splitAt(once, first?.key ?? '')
  expect(twice.map(({ lot, amount }) => [lot, amount])).toEqual([
    ['a', '1'],
    ['a', null],
    ['a', null],
  ])
  const removed = twice.filter(({ key }) => key !== once[1]?.key)
  for (const lines of [twice, splitAt(removed, first?.key ?? '')])
    expect(new Set(lines.map(({ key }) => key)).size).toBe(3)
})

test('a refusal names its rule and the law, and days are read as days', () => {
  expect(refusalText({ text: 'Too late.', rule: 'allocation-late', authority: 'Rev. Proc. 2024-28' })).toBe(
    'Too late. (allocation-late: Rev. Proc. 2024-28)',
  )
  expect(refusalText({ text: 'No.', rule: 'method-dates', authority: null })).toBe('No. (method-dates)')
  expect(datesInWords('2025-01-16 to 2026-10-15, by asset')).toBe('16 Jan 2025 to 15 Oct 2026, by asset')
})
