import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorOf, importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

const leg = (role: string, asset: string, amount: string) => ({ role, account: 'kraken', asset, amount })
const event = (id: string, day: string, kind: string, legs: object[], more: object = {}) => ({
  id,
  time: `${day}T12:00:00Z`,
  kind,
  legs,
  ...more,
})

/** The sale of 2024 names a lot that was bought after it. */
const BOOKS = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'kraken', name: 'Kraken', kind: 'exchange' }],
  assets: [
    { id: 'ETH', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    event('b1', '2022-03-01', 'buy', [leg('in', 'ETH', '3'), leg('out', 'USD', '3000.00')]),
    event('s1', '2023-06-01', 'sell', [leg('out', 'ETH', '1'), leg('in', 'USD', '1500.00')]),
    event('s2', '2024-06-01', 'sell', [leg('out', 'ETH', '1'), leg('in', 'USD', '2500.00')], {
      lots: [{ event: 'b2', amount: '1' }],
    }),
    event('b2', '2024-09-01', 'buy', [leg('in', 'ETH', '1'), leg('out', 'USD', '2600.00')]),
  ],
})

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger({ taxYear: 2024 })
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
}, 60_000)
afterAll(() => running.end())
const page = { offset: 0, limit: 10 } as const

test('a year that cannot be computed says why, and leaves the years before it as they are', async () => {
  const { years, blocked } = await running.client.tax.years()
  expect(years.map(({ year, gain }) => [year, gain])).toContainEqual([2023, '500'])
  expect(years.map(({ year }) => year)).not.toContain(2024)
  expect(blocked).toMatchObject([{ year: 2024, label: '2024', refused: [{ rule: 'named-lot-missing' }] }])
  const { filing } = await running.client.check.freeze({ year: 2023 })
  expect(filing.gain).toBe('500')
})

test('nothing of a blocked year is shown as if it were nothing: no rows, no report, no filing, but the reason', async () => {
  const { tax, reports, check } = running.client
  const refused = { code: 'REFUSED', message: expect.stringContaining('named-lot-missing') }
  const calls = [
    tax.disposals({ ...page, year: 2024, sort: 'gain', descending: true }),
    tax.income({ ...page, year: 2024 }),
    tax.document({ year: 2024 }),
    reports.table({ form: 'gains', year: 2024, ...page }),
    check.freeze({ year: 2024 }),
  ]
  for (const call of calls) expect(await errorOf(call)).toMatchObject(refused)
  const file = (await check.stages()).stages.find(({ id }) => id === 'file')
  expect(file?.problems[0]?.text).toContain('lot')
  expect(file?.atStake).toEqual({ low: null, high: null })
})

test('once the naming is corrected, the year is there', async () => {
  const { rows } = await running.client.events.list({
    ...page,
    filter: { kinds: ['sell'] },
    sort: 'time',
    descending: true,
  })
  await running.client.events.decide({ decisions: [{ what: 'lots', event: rows[0]?.id ?? '', lots: [] }] })
  const { years, blocked } = await running.client.tax.years()
  expect(blocked).toEqual([])
  expect(years.find(({ year }) => year === 2024)?.gain).toBe('1500')
  expect(years.find(({ year }) => year === 2023)).toMatchObject({ filed: true, gain: '500' })
  expect((await running.client.tax.compareMethods({})).from, 'the first day after the filed year').toBe('2024-01-01')
})
