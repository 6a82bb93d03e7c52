import { expect, test } from 'vitest'
import { event, inputOf, leg, money, profileFor, resultOf, units } from './history.ts'

const reward = (fee: Parameters<typeof leg>[4]) =>
  event('reward', '2025-06-02T12:00:00Z', 'staking_reward', [
    leg('in', 'exchange', 'AAA', units(10), { value: money(100) }),
    leg('fee', 'exchange', 'AAA', units(1), fee),
  ])

test('what a venue withholds of a reward is income first, then spent at no gain', () => {
  const result = resultOf(inputOf(profileFor('us'), [reward({ for: 'in', withheld: true })]))
  expect(result.income).toMatchObject([{ value: money(100), head: 'staking', amount: units(10) }])
  expect(result.disposals).toMatchObject([{ amount: units(1), proceeds: money(10), cost: money(10), gain: 0n }])
  expect(result.lots).toMatchObject([{ amount: units(9), cost: money(90) }])
})

test('a fee paid beside a reward adds to the cost of the reward', () => {
  const claim = event('reward', '2025-06-02T12:00:00Z', 'staking_reward', [
    leg('in', 'exchange', 'AAA', units(10), { value: money(100) }),
    leg('fee', 'exchange', 'USD', units(3)),
  ])
  const result = resultOf(inputOf(profileFor('us'), [claim]))
  expect(result.totals.get(2025)).toMatchObject({ income: money(100), incomeByHead: { staking: money(100) } })
  expect(result.lots).toMatchObject([{ amount: units(10), cost: money(103) }])
})

test('a negative reward takes units away and asks what it was', () => {
  const bought = event('buy', '2025-01-02T12:00:00Z', 'buy', [
    leg('in', 'exchange', 'AAA', units(10)),
    leg('out', 'exchange', 'USD', units(50)),
  ])
  const slashed = event('slashed', '2025-06-02T12:00:00Z', 'staking_reward', [leg('out', 'exchange', 'AAA', units(2))])
  const result = resultOf(inputOf(profileFor('us'), [bought, slashed]))
  expect(result.income).toEqual([])
  expect(result.transfersOut).toMatchObject([{ event: 'slashed', amount: units(2), cost: money(10) }])
  expect(result.open).toMatchObject([{ code: 'needs-decision', effect: { low: money(-10), high: 0n } }])
  expect(result.totals.get(2025)).toMatchObject({ gain: 0n, low: money(-10), high: 0n })
})
