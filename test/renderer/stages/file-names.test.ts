import { expect, test } from 'vitest'
import { namesOf, withoutHidden } from '../../../renderer/stages/read-in/file-names.ts'

test('files of one name in several folders are told apart by their folders, others keep their names', () => {
  expect(
    namesOf([
      { name: 'trades.csv', webkitRelativePath: 'exports/kraken/trades.csv' },
      { name: 'trades.csv', relativePath: './exports/gemini/trades.csv' },
      { name: 'ledgers.csv', webkitRelativePath: 'exports/kraken/ledgers.csv' },
    ]),
  ).toEqual(['exports/kraken/trades.csv', 'exports/gemini/trades.csv', 'ledgers.csv'])
  expect(namesOf([{ name: 'a.csv' }, { name: 'a.csv', webkitRelativePath: '' }])).toEqual(['a.csv', 'a.csv'])
})

test('what the system keeps in a folder for itself is left out', () => {
  const files = [
    { name: '.DS_Store', webkitRelativePath: 'exports/.DS_Store' },
    { name: 'index', relativePath: './exports/.git/index' },
    { name: 'a.b.csv', webkitRelativePath: 'exports/a.b.csv' },
    { name: 'plain.csv' },
  ]
  expect(withoutHidden(files).map(({ name }) => name)).toEqual(['a.b.csv', 'plain.csv'])
})
