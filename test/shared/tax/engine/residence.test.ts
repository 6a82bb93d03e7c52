import { describe, expect, test } from 'vitest'
import { formatMoney } from '../../../../shared/amount/decimal.ts'
import { readInterchange } from '../../../../shared/events/interchange.ts'
import { compute } from '../../../../shared/tax/compute.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import type { ResidencePart, TaxResult } from '../../../../shared/tax/result.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'

const leg = (role: string, asset: string, amount: string, more: object = {}) => ({
  role,
  account: 'W',
  asset,
  amount,
  ...more,
})
const at = (id: string, day: string, kind: string, legs: readonly object[], more: object = {}) => ({
  id,
  time: day.includes('T') ? day : `${day}T12:00:00Z`,
  kind,
  legs,
  ...more,
})
const buy = (id: string, day: string, amount: string, asset: string, cost: string) =>
  at(id, day, 'buy', [leg('in', 'BTC', amount), leg('out', asset, cost)])
const sell = (id: string, day: string, amount: string, asset: string, proceeds: string) =>
  at(id, day, 'sell', [leg('out', 'BTC', amount), leg('in', asset, proceeds)])
const move = (id: string, day: string, jurisdiction: string, currency: string, zone: string) =>
  at(id, day, 'residence_change', [], { jurisdiction, currency, zone })
const price = (asset: string, currency: string, time: string, value: string) => ({
  asset,
  currency,
  time,
  price: value,
})

function document(profile: object, events: readonly object[], prices: readonly object[] = []) {
  const reading = readInterchange(
    {
      schema: 'tallystick/events@1',
      profile,
      accounts: [{ id: 'W', name: 'W', kind: 'wallet' }],
      assets: ['BTC', 'ETH', 'USD', 'GBP', 'CAD'].map((id) => ({ id, kind: /BTC|ETH/.test(id) ? 'crypto' : 'fiat' })),
      events: structuredClone(events),
      prices,
    },
    'residence',
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading))
  return reading.document
}

function partsOf(...args: Parameters<typeof document>): readonly ResidencePart[] {
  const outcome = compute(document(...args))
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals))
  return outcome.result.residence
}

const gains = (result: TaxResult | undefined) =>
  [...(result?.totals ?? [])].map(([year, totals]) => [year, formatMoney(totals.gain, 2)])

const US = { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' }
const CA = { jurisdiction: 'ca', currency: 'CAD', zone: 'America/Toronto' }

describe('from the United States to the United Kingdom', () => {
  const events = [
    buy('b', '2023-05-01', '1', 'USD', '20000'),
    sell('s1', '2025-03-10', '0.5', 'USD', '45000'),
    move('m', '2025-07-01T00:00:00Z', 'gb', 'GBP', 'Europe/London'),
    sell('s2', '2025-09-10', '0.25', 'GBP', '20000'),
  ]
  const prices = [price('USD', 'GBP', '2023-05-01', '0.8'), price('USD', 'GBP', '2025-03-10', '0.78')]

  test('each country taxes its own time, in its own currency and year', () => {
    const parts = partsOf(US, events, prices)
    expect(parts.map(({ jurisdiction, currency, from, to }) => [jurisdiction, currency, from, to])).toEqual([
      ['us', 'USD', null, Date.UTC(2025, 6, 1)],
      ['gb', 'GBP', Date.UTC(2025, 6, 1), null],
    ])
    // 45,000 − half of 20,000; then 20,000 − a quarter of 20,000 × 0.8.
    expect(gains(parts[0]?.result)).toEqual([[2025, '35000.00']])
    expect(gains(parts[1]?.result)).toEqual([[2025, '16000.00']])
    expect(parts[1]?.result.totals.get(2025)?.label).toBe('2025-26')
  })

  test('the first country’s result holds nothing of the second, and the other way round', () => {
    const parts = partsOf(US, events, prices)
    expect(parts.map(({ result }) => result.disposals.map(({ event }) => event))).toEqual([['s1'], ['s2']])
  })

  test('the document has each country’s result under its own name', () => {
    const outcome = compute(document(US, events, prices))
    if (!outcome.ok) throw new Error('refused')
    const written = JSON.parse(JSON.stringify(toResultDocument(outcome.result)))
    expect(written.disposals.map(({ event }: { event: string }) => event)).toEqual(['s1'])
    expect(written.residence).toMatchObject([
      { jurisdiction: 'us', from: null, to: '2025-07-01T00:00:00.000Z', result: null },
      {
        jurisdiction: 'gb',
        currency: 'GBP',
        event: 'm',
        result: { disposals: [{ event: 's2', gain: '16000.00' }], totals: { 2025: { gain: '16000.00' } } },
      },
    ])
  })

  test('a rate that is only known the other way round counts', () => {
    const inverse = [price('GBP', 'USD', '2023-05-01', '1.25'), price('GBP', 'USD', '2025-03-10', '1.28')]
    expect(gains(partsOf(US, events, inverse)[1]?.result)).toEqual([[2025, '16000.00']])
  })

  test('a cost without a rate is open, not nothing', () => {
    const [us, gb] = partsOf(US, events, [])
    expect(gb?.result.open).toContainEqual(
      expect.objectContaining({ code: 'missing-price', event: 'b', taxYear: 2025 }),
    )
    expect(us?.result.open).toEqual([])
  })

  test('a reward after the move is the second country’s income only', () => {
    const reward = at('r', '2025-08-01', 'staking_reward', [leg('in', 'ETH', '1', { value: '2500' })])
    const parts = partsOf(US, [...events, reward], prices)
    expect(parts.map(({ result }) => result.income.map(({ event, value }) => [event, formatMoney(value, 2)]))).toEqual([
      [],
      [['r', '2500.00']],
    ])
  })

  test('a value stated before the move is converted at the rate of its day', () => {
    const reward = at('r', '2023-05-01', 'staking_reward', [leg('in', 'ETH', '1', { value: '1000' })])
    const sale = at('e', '2025-10-01', 'sell', [leg('out', 'ETH', '1'), leg('in', 'GBP', '3000')])
    const [us, gb] = partsOf(US, [...events, reward, sale], prices)
    expect(us?.result.income.map(({ value }) => formatMoney(value, 2))).toEqual(['1000.00'])
    expect(gb?.result.disposals.filter(({ event }) => event === 'e').map(({ cost }) => formatMoney(cost, 2))).toEqual([
      '800.00',
    ])
  })

  test('a change step by step gives what computing everything gives', () => {
    const whole = document(US, events, prices)
    const created = createIncremental({ ...whole, events: whole.events.filter(({ id }) => id !== 's2') })
    if (created === null || !created.ok) throw new Error('refused')
    created.tax.replaceEvents(
      [],
      whole.events.filter(({ id }) => id === 's2'),
    )
    const [now, then] = [created.tax.result(), compute(whole)]
    if (!now.ok || !then.ok) throw new Error('refused')
    expect(now.result.residence.map(({ result }) => gains(result))).toEqual(
      then.result.residence.map(({ result }) => gains(result)),
    )
  })
})

describe('with values on entry and exit', () => {
  const before = buy('b', '2023-05-01', '1', 'USD', '20000')

  test('Canada takes the market value on entry as cost', () => {
    const parts = partsOf(
      US,
      [
        before,
        move('m', '2024-07-01T04:00:00Z', 'ca', 'CAD', 'America/Toronto'),
        sell('s', '2024-12-01', '1', 'CAD', '140000'),
      ],
      [price('USD', 'CAD', '2023-05-01', '1.3'), price('BTC', 'CAD', '2024-07-01', '85000')],
    )
    expect(gains(parts[0]?.result)).toEqual([])
    expect(gains(parts[1]?.result)).toEqual([[2024, '55000.00']])
  })

  test('Canada taxes on exit what was gained there, and the United States keep the original cost', () => {
    const parts = partsOf(
      CA,
      [
        buy('b', '2023-05-01', '1', 'CAD', '40000'),
        move('m', '2024-07-01T04:00:00Z', 'us', 'USD', 'America/New_York'),
        sell('s', '2025-02-01', '1', 'USD', '100000'),
      ],
      [price('CAD', 'USD', '2023-05-01', '0.75'), price('BTC', 'CAD', '2024-06-30', '85000')],
    )
    expect(gains(parts[0]?.result)).toEqual([[2024, '45000.00']])
    expect(parts[0]?.result.disposals.map(({ event, disposed }) => [event, disposed])).toEqual([['m', '2024-06-30']])
    expect(gains(parts[1]?.result)).toEqual([[2025, '70000.00']])
  })

  test('an exit without a price is open with what is not known', () => {
    const [ca] = partsOf(CA, [
      buy('b', '2023-05-01', '1', 'CAD', '40000'),
      move('m', '2024-07-01T04:00:00Z', 'us', 'USD', 'America/New_York'),
    ])
    expect(ca?.result.open).toContainEqual(
      expect.objectContaining({ code: 'missing-price', event: 'm', taxYear: 2024 }),
    )
  })
})

test('a new zone in the same country is no move, and days count by it from then on', () => {
  const outcome = compute(
    document({ jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' }, [
      buy('b', '2024-03-01', '2', 'USD', '100'),
      sell('s1', '2024-12-31T06:30:00Z', '1', 'USD', '150'),
      at('m', '2025-06-01', 'residence_change', [], { jurisdiction: 'us', zone: 'America/Los_Angeles' }),
      // 23:30 of 31 December in Los Angeles, already the new year in New York.
      sell('s2', '2026-01-01T07:30:00Z', '1', 'USD', '250'),
    ]),
  )
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals))
  expect(outcome.result.residence).toEqual([])
  expect(outcome.result.disposals.map(({ event, disposed, taxYear }) => [event, disposed, taxYear])).toEqual([
    ['s1', '2024-12-31', 2024],
    ['s2', '2025-12-31', 2025],
  ])
})

test('a move to a country without rules is refused by its name', () => {
  const outcome = compute(
    document(US, [buy('b', '2024-03-01', '2', 'USD', '100'), move('m', '2025-01-01', 'xx', 'EUR', 'UTC')]),
  )
  expect(outcome.ok).toBe(false)
  expect(outcome.ok ? [] : outcome.refusals.map(({ code, event }) => [code, event])).toEqual([
    ['unknown-jurisdiction', 'm'],
  ])
})
