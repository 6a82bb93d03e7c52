/** Naming lots in the app: what is there to name, what naming does to the years, and that filed years keep theirs. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorOf, eventsOf, importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

const leg = (role: string, account: string, asset: string, amount: string) => ({ role, account, asset, amount })
const event = (id: string, day: string, kind: string, ...legs: object[]) => ({
  id,
  time: `${day}T12:00:00Z`,
  kind,
  legs,
})
const bought = (id: string, day: string, account: string, amount: string, cash: string) =>
  event(id, day, 'buy', leg('in', account, 'ETH', amount), leg('out', account, 'USD', cash))
const sold = (id: string, day: string, amount: string, cash: string) =>
  event(id, day, 'sell', leg('out', 'kraken', 'ETH', amount), leg('in', 'kraken', 'USD', cash))
const BOOKS = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [{ id: 'kraken' }, { id: 'cold' }],
  assets: [
    { id: 'ETH', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    bought('b1', '2022-03-01', 'kraken', '3', '3000.00'),
    bought('b2', '2023-03-01', 'kraken', '2', '4000.00'),
    bought('c1', '2023-04-01', 'cold', '5', '9000.00'),
    sold('s1', '2024-06-01', '1', '2500.00'),
    sold('s2', '2026-02-01', '1', '3000.00'),
    bought('b3', '2026-03-01', 'kraken', '1', '3100.00'),
  ],
})

let running: RunningEngine
const ids: Record<string, string> = {}
beforeAll(async () => {
  running = await runWithLedger({ zone: 'UTC', taxYear: 2026 })
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
  for (const { id } of await eventsOf(running.client)) ids[id.replace(/^.*:/, '')] = id
}, 60_000)
afterAll(() => running.end())
const idOf = (name: string): string => ids[name] ?? name
const gainIn = async (year: number) => (await running.client.tax.years()).years.find((one) => one.year === year)?.gain

test('the lots of a sale are those in its account just before it, with what is left of them', async () => {
  const { lots, amount, symbol, refusal, named, dateTest } = await running.client.lots.choices({ event: idOf('s2') })
  expect({ amount, symbol, refusal, named, dateTest }).toEqual({
    amount: '1',
    symbol: 'ETH',
    refusal: null,
    named: [],
    dateTest: true,
  })
  expect(lots.map(({ event: of, acquired, amount: there, cost }) => [of, acquired, there, cost])).toEqual([
    [idOf('b1'), '2022-03-01', '2', '2000'],
    [idOf('b2'), '2023-03-01', '2', '4000'],
  ])
})

test('naming them is shown before it is done, done as one act, and undone', async () => {
  const { lots, events, live } = running.client
  const wanted = { event: idOf('s2'), lots: [{ event: idOf('b2'), amount: '1' }] }
  const { tax, refusal } = await lots.effect(wanted)
  expect(refusal).toBeNull()
  expect(tax?.years).toMatchObject([{ year: 2026, gainBefore: '2000', gainAfter: '1000' }])
  expect(await gainIn(2026)).toBe('2000')
  await events.decide({ decisions: [{ what: 'lots', ...wanted }] })
  expect(await gainIn(2026)).toBe('1000')
  expect((await lots.choices({ event: idOf('s2') })).named).toEqual(wanted.lots)
  await live.undo()
  expect(await gainIn(2026)).toBe('2000')
})

test('what cannot be named says why, and stores nothing', async () => {
  const { lots, events } = running.client
  const gone = { event: idOf('s2'), lots: [{ event: idOf('c1'), amount: '1' }] }
  expect((await lots.effect(gone)).refusal).toContain('lot')
  const over = { event: idOf('s2'), lots: [{ event: idOf('b2'), amount: '2' }] }
  expect((await lots.effect(over)).refusal).toContain('more units')
  expect(await errorOf(lots.choices({ event: idOf('b1') }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await errorOf(events.decide({ decisions: [{ what: 'lots', ...gone }] }))).toMatchObject({ code: 'REFUSED' })
  expect(await gainIn(2026)).toBe('2000')
})

test('in a filed year the lots stay as filed', async () => {
  const { lots, events, check } = running.client
  expect((await lots.choices({ event: idOf('s1') })).refusal).toBeNull()
  await check.freeze({ year: 2024 })
  const wanted = { event: idOf('s1'), lots: [{ event: idOf('b2'), amount: '1' }] }
  expect((await lots.choices({ event: idOf('s1') })).refusal).toContain('2024 is filed')
  expect((await lots.effect(wanted)).refusal).toContain('2024 is filed')
  expect(await errorOf(events.decide({ decisions: [{ what: 'lots', ...wanted }] }))).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('year-filed'),
  })
})

test('where the law chooses, no lots can be named, and whose rule that is is said', async () => {
  const one = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', method: 's104', zone: 'UTC' })
  try {
    await importAll(one.client, { 'books.json': BOOKS })
    await quiet(one.client)
    const sale = (await eventsOf(one.client)).find(({ kind }) => kind === 'sell')
    const { refusal, lots } = await one.client.lots.choices({ event: sale?.id ?? '' })
    expect(refusal).toContain('TCGA 1992 s.106A')
    expect(lots).toEqual([])
  } finally {
    await one.end()
  }
}, 60_000)
