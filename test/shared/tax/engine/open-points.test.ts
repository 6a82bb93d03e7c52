import { describe, expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { AssetId, CivilDate, CurrencyCode } from '../../../../shared/events/identifiers.ts'
import type { Prices } from '../../../../shared/events/interchange-types.ts'
import type { OpenPoint, TaxResult } from '../../../../shared/tax/result.ts'
import { event, inputOf, leg, money, profileFor, resultOf, units } from './history.ts'

const priced = (currency: string, days: readonly (readonly [string, number])[]): Prices =>
  days.map(([day, price]) => ({
    asset: 'AAA' as AssetId,
    currency: currency as CurrencyCode,
    time: day as CivilDate,
    price: money(price),
  }))

const bought = (currency: string, account = 'exchange'): LedgerEvent =>
  event('buy', '2024-01-02T12:00:00Z', 'buy', [
    leg('in', account, 'AAA', units(10)),
    leg('out', account, currency, units(1000)),
  ])
const spent = event('spend', '2025-03-10T12:00:00Z', 'spend', [leg('out', 'exchange', 'AAA', units(1))])

const points = (result: TaxResult, code: string): OpenPoint[] => result.open.filter((point) => point.code === code)

describe.each([
  ['us', 'USD', 2025],
  ['none', 'USD', 2025],
  ['gb', 'GBP', 2024],
])('in %s', (jurisdiction, currency, year) => {
  const profile = profileFor(jurisdiction)

  test('a missing price between two known ones is bounded by them, and the nearer one counts', () => {
    const prices = priced(currency, [
      ['2025-03-08', 150],
      ['2025-03-20', 300],
    ])
    const result = resultOf(inputOf(profile, [bought(currency), spent], prices))
    expect(points(result, 'missing-price')).toMatchObject([
      { event: 'spend', effect: { low: money(50), high: money(200) }, counted: money(50) },
    ])
    expect(result.totals.get(year)).toMatchObject({ gain: money(50), low: money(50), high: money(200) })
  })

  test('a price nobody knows leaves the upper bound open, and never passes for zero', () => {
    const result = resultOf(inputOf(profile, [bought(currency), spent]))
    expect(points(result, 'missing-price')).toMatchObject([{ effect: { low: money(-100), high: null } }])
    expect(result.totals.get(year)).toMatchObject({ low: money(-100), high: null })
  })

  test('units gone without a reason count as a disposal until it is known, with both bounds', () => {
    const gone = event('gone', '2025-03-10T12:00:00Z', 'unmatched_out', [leg('out', 'exchange', 'AAA', units(1))])
    const result = resultOf(inputOf(profile, [bought(currency), gone], priced(currency, [['2025-03-10', 180]])))
    expect(points(result, 'unmatched-out')).toMatchObject([
      { event: 'gone', effect: { low: 0n, high: money(80) }, counted: money(80) },
    ])
    expect(result.totals.get(year)).toMatchObject({ low: 0n, high: money(80) })
  })

  test('units without a past are sold at no cost, and say so', () => {
    const came = event('came', '2024-02-02T12:00:00Z', 'unmatched_in', [leg('in', 'exchange', 'AAA', units(1))])
    const result = resultOf(
      inputOf(profile, [
        came,
        { ...spent, legs: [{ ...spent.legs[0], value: money(70) } as (typeof spent.legs)[number]] },
      ]),
    )
    expect(points(result, 'unmatched-in')).toHaveLength(1)
    expect(result.totals.get(year)?.gain).toBe(money(70))
  })
})

test('with the best case chosen an unexplained withdrawal is no disposal, and stays open', () => {
  const gone = event('gone', '2025-03-10T12:00:00Z', 'unmatched_out', [leg('out', 'exchange', 'AAA', units(1))])
  const profile = profileFor('us', { positions: { P14: [{ choice: 'best' }] } })
  const result = resultOf(inputOf(profile, [bought('USD'), gone], priced('USD', [['2025-03-10', 180]])))
  expect(result.disposals).toEqual([])
  expect(points(result, 'unmatched-out')).toHaveLength(1)
})

test('a loss on an unexplained withdrawal does not count', () => {
  const gone = event('gone', '2025-03-10T12:00:00Z', 'unmatched_out', [leg('out', 'exchange', 'AAA', units(1))])
  const result = resultOf(inputOf(profileFor('us'), [bought('USD'), gone], priced('USD', [['2025-03-10', 30]])))
  expect(result.disposals).toMatchObject([{ gain: money(-70), taxable: false }])
  expect(result.totals.get(2025)).toMatchObject({ gain: 0n, low: money(-70), high: 0n })
})

test('a coin in a kind that only knows money is not passed over', () => {
  const odd = event('odd', '2024-02-02T12:00:00Z', 'fiat_deposit', [leg('in', 'exchange', 'AAA', units(1))])
  const result = resultOf(inputOf(profileFor('us'), [odd]))
  expect(points(result, 'needs-decision')).toMatchObject([{ event: 'odd', asset: 'AAA' }])
})

test('the year names the account that was short for a moment', () => {
  const early = event('early', '2024-01-01T12:00:00Z', 'sell', [
    leg('out', 'wallet', 'AAA', units(1)),
    leg('in', 'wallet', 'USD', units(31)),
  ])
  const result = resultOf(inputOf(profileFor('us', { scope: 'account' }), [early, bought('USD', 'wallet')]))
  expect(points(result, 'missing-acquisition')).toMatchObject([
    { event: 'early', account: 'wallet', amount: units(1), effect: { low: 0n, high: money(31) } },
  ])
  expect(result.disposals).toMatchObject([{ rule: 'missing-acquisition', cost: 0n, term: 'short', taxable: true }])
  expect(result.lots).toMatchObject([{ amount: units(10) }])
})

test('a fee rule of one’s own is reported', () => {
  const result = resultOf(inputOf(profileFor('us', { fees: { transfer: 'cost' } }), [bought('USD')]))
  expect(points(result, 'fee-rule-overridden')).toMatchObject([{ detail: 'transfer' }])
})

test('the machine’s own time zone changes nothing', () => {
  const zone = process.env.TZ
  const results = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'].map((machine) => {
    process.env.TZ = machine
    return resultOf(inputOf(profileFor('us'), [bought('USD'), spent], priced('USD', [['2025-03-10', 180]])))
  })
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
  expect(results[1]).toEqual(results[0])
  expect(results[2]).toEqual(results[0])
})
