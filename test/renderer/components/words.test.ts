import { expect, it } from 'vitest'
import { decisionsChanged, listed } from '../../../renderer/components/words.ts'

it('names are told in one sentence, the first of many and how many more', () => {
  expect(listed([])).toBe('')
  expect(listed(['a.csv'])).toBe('a.csv')
  expect(listed(['a.csv', 'b.csv'])).toBe('a.csv and b.csv')
  expect(listed(['a.csv', 'b.csv', 'c.csv'])).toBe('a.csv, b.csv and c.csv')
  expect(listed(['a.csv', 'b.csv', 'c.csv', 'd.csv'])).toBe('a.csv, b.csv and 2 more')
})

it('an act on rules says whether it changes anything', () => {
  expect(decisionsChanged(0)).toBe('It changes no event.')
  expect(decisionsChanged(1)).toBe('It changes 1 decision.')
  expect(decisionsChanged(1204)).toBe('It changes 1,204 decisions.')
})
