import { expect, test } from 'vitest'
import type { Source } from '../../../electron/engine/tax-book.ts'
import { sumsBehind } from '../../../electron/engine/trace-sums.ts'
import { computed } from '../../shared/tax/result-of-document.ts'
import { scenarioFiles } from '../../shared/tax/scenario-files.ts'

function sourceOf(name: string): Source {
  const scenario = scenarioFiles().find((one) => one.name === name)
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`)
  const { document, result } = computed(scenario.input)
  return { result, books: document } as Source
}

test('behind the costs of a Polish year are its payments, behind the income the sales and all payments so far', () => {
  const source = sourceOf('examples/pl-pit38-carry')
  const [first, , , second] = source.books.events
    .filter(({ kind }) => kind === 'buy' || kind === 'sell')
    .map(({ id }) => id)
  expect(sumsBehind(source, 2024, 'pl-pit-38.pit38-costs')).toEqual([`event:${first}`])
  const behind = sumsBehind(source, 2025, 'taxable') ?? []
  expect(behind).toContain(`event:${first}`)
  expect(behind.some((ref) => ref.startsWith(`disposal:${second}`))).toBe(true)
  expect(sumsBehind(source, 2025, 'pl-pit-38.pit38-costs-before')).toEqual([`event:${first}`])
})

test('behind a value on 1 January are its snapshots, or what touched the coins before that day', () => {
  expect(sumsBehind(sourceOf('nl/wallets-add-up-and-the-snapshot-counts'), 2025, 'nl-box-3.value')).toEqual([
    'event:p',
    'event:p2',
  ])
  expect(sumsBehind(sourceOf('nl/value-on-1-january-out-of-the-books'), 2024, 'nl-box-3.value')).toEqual(['event:b'])
  expect(sumsBehind(sourceOf('nl/value-on-1-january-out-of-the-books'), 2025, 'taxable')).toEqual([
    'event:b',
    'event:s',
  ])
})

test('figures that disposals make have nothing else behind them', () => {
  expect(sumsBehind(sourceOf('it/lifo-over-all-accounts'), 2025, 'taxable')).toBeNull()
  expect(sumsBehind(sourceOf('us/lots-fifo'), 2025, 'cost')).toBeNull()
})
