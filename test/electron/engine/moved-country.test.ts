import { afterAll, beforeAll, expect, test } from 'vitest'
import { importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

const leg = (role: string, asset: string, amount: string) => ({ role, account: 'kraken', asset, amount })
const event = (id: string, day: string, kind: string, legs: object[], more: object = {}) => ({
  id,
  time: `${day}T12:00:00Z`,
  kind,
  legs,
  ...more,
})
const days = ['2024-01-15', '2025-03-03', '2025-07-01', '2025-09-01', '2026-03-02']

/** Bought in the United States, part sold there, then moved to Germany and sold there: once after a month, once after two years. */
const BOOKS = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'kraken', name: 'Kraken', kind: 'exchange' }],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
    { id: 'EUR', kind: 'fiat' },
  ],
  events: [
    event('b', '2024-01-15', 'buy', [leg('in', 'BTC', '3'), leg('out', 'USD', '3000.00')]),
    event('s1', '2025-03-03', 'sell', [leg('out', 'BTC', '1'), leg('in', 'USD', '2000.00')]),
    event('move', '2025-07-01', 'residence_change', [], { jurisdiction: 'de', currency: 'EUR', zone: 'Europe/Berlin' }),
    event('b2', '2025-09-01', 'buy', [leg('in', 'BTC', '1'), leg('out', 'USD', '5000.00')]),
    event('s2', '2026-03-02', 'sell', [leg('out', 'BTC', '3'), leg('in', 'USD', '18000.00')]),
  ],
  prices: days.flatMap((time) => [
    { asset: 'USD', currency: 'EUR', time, price: '0.90' },
    { asset: 'BTC', currency: 'USD', time, price: '5000.00' },
  ]),
})

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger()
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
}, 60_000)
afterAll(() => running.end())
const page = { offset: 0, limit: 10 } as const

test('each year stands under the country that taxes it, in its currency, and both parts stand side by side', async () => {
  const { years, residence } = await running.client.tax.years()
  expect(years.find(({ year }) => year === 2025)).toMatchObject({ jurisdiction: 'us', currency: 'USD', gain: '1000' })
  expect(years.find(({ year }) => year === 2026)).toMatchObject({ jurisdiction: 'de', currency: 'EUR' })
  expect(residence.map(({ jurisdiction, currency }) => [jurisdiction, currency])).toEqual([
    ['us', 'USD'],
    ['de', 'EUR'],
  ])
  expect(residence[1]?.from).toBe(Date.parse('2025-07-01T12:00:00Z'))
})

test('disposals, reports and a filing of a year after the move are those of the new country', async () => {
  const { client } = running
  const { rows } = await client.tax.disposals({ ...page, year: 2026, sort: 'disposed', descending: false })
  expect(rows.map(({ amount, proceeds, taxable, term }) => [amount, proceeds, taxable, term])).toEqual([
    ['2', '10800', false, 'long'],
    ['1', '5400', true, 'short'],
  ])
  const figures = (await client.reports.list()).find(({ id }) => id === 'us-8949')
  expect(figures?.years).not.toContain(2026)
  const { sections } = await client.reports.table({ form: 'return-figures', year: 2026, ...page })
  expect(sections.map(({ title }) => title)).toContain('Anlage SO')
  const before = (await client.tax.years()).years.find(({ year }) => year === 2026)
  await client.check.freeze({ year: 2026 })
  expect((await client.tax.years()).years.find(({ year }) => year === 2026)).toEqual({ ...before, filed: true })
  expect((await client.reports.table({ form: 'return-figures', year: 2026, ...page })).sections).toEqual(sections)
})
