import { expect, test } from 'vitest'
import type { Asset } from '../../../../shared/events/account.ts'
import type { AssetId, CivilDate, CurrencyCode } from '../../../../shared/events/identifiers.ts'
import { event, inputOf, leg, money, profileFor, resultOf, units } from './history.ts'

const rowsOf = (result: ReturnType<typeof resultOf>) =>
  result.disposals.map(({ event: id, asset, proceeds, fees, cost, gain, rule }) => ({
    id,
    asset,
    proceeds,
    fees,
    cost,
    gain,
    rule,
  }))

test('profit, loss and fees settled in money are short-term results without lots', () => {
  const history = [
    event('profit', '2025-05-01T12:00:00Z', 'realised_profit', [leg('in', 'exchange', 'USD', units(50))]),
    event('loss', '2025-05-02T12:00:00Z', 'realised_loss', [leg('out', 'exchange', 'USD', units(20))]),
    event('fee', '2025-05-03T12:00:00Z', 'derivative_fee', [leg('fee', 'exchange', 'USD', units(3))]),
  ]
  const result = resultOf(inputOf(profileFor('us'), history))
  expect(rowsOf(result).map(({ id, gain, rule }) => [id, gain, rule])).toEqual([
    ['profit', money(50), 'derivative'],
    ['loss', money(-20), 'derivative'],
    ['fee', money(-3), 'derivative'],
  ])
  expect(result.totals.get(2025)).toMatchObject({ gain: money(27), shortTerm: money(27) })
  expect(result.lots).toEqual([])
})

test('a profit paid in a coin is a result, and the coin has its value as cost', () => {
  const history = [
    event('profit', '2025-05-01T12:00:00Z', 'realised_profit', [
      leg('in', 'exchange', 'AAA', units(2), { value: money(80) }),
    ]),
  ]
  const result = resultOf(inputOf(profileFor('us'), history))
  expect(rowsOf(result)).toMatchObject([{ asset: 'AAA', proceeds: money(80), gain: money(80) }])
  expect(result.lots).toMatchObject([{ amount: units(2), cost: money(80) }])
})

test('a loss paid in a coin is a result, and the coin that left has a gain of its own', () => {
  const history = [
    event('buy', '2025-01-01T12:00:00Z', 'buy', [
      leg('in', 'exchange', 'AAA', units(2)),
      leg('out', 'exchange', 'USD', units(10)),
    ]),
    event('loss', '2025-05-01T12:00:00Z', 'realised_loss', [
      leg('out', 'exchange', 'AAA', units(1), { value: money(40) }),
    ]),
  ]
  const result = resultOf(inputOf(profileFor('us'), history))
  expect(rowsOf(result).map(({ rule, gain }) => [rule, gain])).toEqual([
    ['derivative', money(-40)],
    ['fifo', money(35)],
  ])
  expect(result.totals.get(2025)?.gain).toBe(money(-5))
})

test('money of another currency is valued, and its own gain is open in the United States', () => {
  const input = inputOf(profileFor('us'), [
    event('buy', '2025-05-01T12:00:00Z', 'buy', [
      leg('in', 'exchange', 'AAA', units(1)),
      leg('out', 'exchange', 'EUR', units(100)),
    ]),
  ])
  const euro: Asset = { id: 'EUR' as AssetId, kind: 'fiat' }
  const rate = { asset: euro.id, currency: 'USD' as CurrencyCode, time: '2025-05-01' as CivilDate, price: money(11, 1) }
  const result = resultOf({ ...input, assets: [...input.assets, euro], prices: [rate] })
  expect(result.lots).toMatchObject([{ asset: 'AAA', cost: money(110) }])
  expect(result.open).toMatchObject([{ code: 'foreign-money', asset: 'EUR', taxYear: 2025 }])
})
