import { expect, test } from 'vitest'
import { explainDisposal } from '../../../../shared/tax/explain.ts'
import { disposalId } from '../../../../shared/tax/result.ts'
import { event, inputOf, leg, profileFor, resultOf, units } from './history.ts'

const buy = event('buy', '2024-01-02T12:00:00Z', 'buy', [
  leg('in', 'exchange', 'AAA', units(2)),
  leg('out', 'exchange', 'USD', units(100)),
])
const toWallet = event('to-wallet', '2024-02-02T12:00:00Z', 'transfer', [
  leg('out', 'exchange', 'AAA', units(2)),
  leg('in', 'wallet', 'AAA', units(2)),
])
const wrap = event('wrap', '2024-03-02T12:00:00Z', 'wrap', [
  leg('out', 'wallet', 'AAA', units(2)),
  leg('in', 'wallet', 'WAAA', units(2)),
])
const toCold = event('to-cold', '2025-04-02T12:00:00Z', 'transfer', [
  leg('out', 'wallet', 'WAAA', units(2)),
  leg('in', 'cold', 'WAAA', units(2)),
])
const sell = event('sell', '2025-05-02T12:00:00Z', 'sell', [
  leg('out', 'cold', 'WAAA', units(1)),
  leg('in', 'cold', 'USD', units(80)),
])

test('a sale leads back through every move and wrapper to the purchase', () => {
  const result = resultOf(inputOf(profileFor('us', { scope: 'account' }), [buy, toWallet, wrap, toCold, sell]))
  const row = result.disposals[0]
  expect(row).toMatchObject({ asset: 'WAAA', lot: 'buy', acquired: '2024-01-02', term: 'long' })
  const trace = explainDisposal(result, disposalId(row as NonNullable<typeof row>))
  expect(trace?.steps.map(({ what, event: id, account, asset }) => [what, id, account, asset])).toEqual([
    ['disposed', 'sell', 'cold', 'WAAA'],
    ['moved', 'to-cold', 'cold', 'WAAA'],
    ['moved', 'wrap', 'wallet', 'WAAA'],
    ['moved', 'to-wallet', 'wallet', 'AAA'],
    ['acquired', 'buy', 'exchange', 'AAA'],
  ])
})

test('under one pool for all accounts the moves before 2025 are still in the trace', () => {
  const result = resultOf(inputOf(profileFor('us'), [buy, toWallet, wrap, toCold, sell]))
  const row = result.disposals[0]
  const trace = explainDisposal(result, disposalId(row as NonNullable<typeof row>))
  expect(trace?.steps.map((step) => step.event)).toEqual(['sell', 'to-cold', 'wrap', 'to-wallet', 'buy'])
})

test('a day of several sales in the United Kingdom names them all', () => {
  const sale = (id: string, time: string) =>
    event(id, time, 'sell', [leg('out', 'exchange', 'AAA', units(1, 1)), leg('in', 'exchange', 'GBP', units(9))])
  const bought = event('buy', '2024-01-02T12:00:00Z', 'buy', [
    leg('in', 'exchange', 'AAA', units(2)),
    leg('out', 'exchange', 'GBP', units(100)),
  ])
  const history = [bought, sale('s1', '2025-05-02T09:00:00Z'), sale('s2', '2025-05-02T17:00:00Z')]
  const result = resultOf(inputOf(profileFor('gb'), history))
  expect(explainDisposal(result, 's1~AAA~0')?.events).toEqual(['s1', 's2'])
})

test('an id that the result does not have explains nothing', () => {
  const result = resultOf(inputOf(profileFor('us'), [buy, sell]))
  expect(explainDisposal(result, 'buy~AAA~0')).toBeNull()
  expect(explainDisposal(result, 'nonsense')).toBeNull()
})

test('rows of one event and asset have ids of their own', () => {
  const second = { ...buy, id: 'buy2' as typeof buy.id }
  const all = event('sell', '2025-05-02T12:00:00Z', 'sell', [
    leg('out', 'exchange', 'AAA', units(4)),
    leg('in', 'exchange', 'USD', units(80)),
  ])
  const result = resultOf(inputOf(profileFor('none'), [buy, second, all]))
  expect(result.disposals.map(disposalId)).toEqual(['sell~AAA~0', 'sell~AAA~1'])
})
