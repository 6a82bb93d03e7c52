import { afterEach, expect, test } from 'vitest'
import {
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  type KrakenRow,
  krakenCsv,
  krakenTrade,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

const engines: RunningEngine[] = []
const newLedger = async (): Promise<RunningEngine> => {
  const running = await runWithLedger()
  engines.push(running)
  return running
}
afterEach(async () => {
  for (const running of engines.splice(0)) await running.end()
})

const buys: readonly KrakenRow[] = [
  ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000'),
  ...krakenTrade('2', '2024-02-03 11:00:00', 'XETH', '2', '-4600'),
]
const sale = krakenTrade('3', '2025-03-04 12:00:00', 'XXBT', '-0.2', '17000')
const broken: KrakenRow = {
  id: 'LBROKE-AAAAA-BBBBBB',
  ref: 'SBROKE-CCCCC-DDDDDD',
  time: '2025-02-31 09:00:00',
  type: 'deposit',
  asset: 'XETH',
  amount: '2',
}
const SHORT = krakenCsv(buys)
const LONG = krakenCsv([...buys, ...sale, broken])

const everyEvent = ({ client }: RunningEngine) => eventsOf(client)

/** What the books say, without how it came there. */
const facts = async (running: RunningEngine) => {
  const rows = await everyEvent(running)
  return rows.map(({ id, time, kind, legs }) => ({ id, time, kind, legs }))
}
const isSound = async ({ client }: RunningEngine) => expect(await failedChecks(client)).toEqual([])
const titles = async ({ client }: RunningEngine) =>
  (await client.intake.batches()).batches.map(({ title, state, events }) => `${state} ${title}: ${events}`).sort()

async function overlapping() {
  const running = await newLedger()
  const short = await importAll(running.client, { 'a.csv': SHORT })
  const long = await importAll(running.client, { 'b.csv': LONG })
  await quiet(running.client)
  return { running, short: short.batch.id, long: long.batch.id }
}

async function alone() {
  const running = await newLedger()
  await importAll(running.client, { 'b.csv': LONG })
  await quiet(running.client)
  return facts(running)
}

test('rows that a live import holds too come back after the import that had brought them was reverted', async () => {
  const { running, short } = await overlapping()
  const { client } = running
  expect(await client.intake.revert({ batch: short })).toMatchObject({ events: 2, readingAgain: ['b.csv'] })
  await quiet(client)
  expect(await facts(running)).toEqual(await alone())
  expect(await titles(running)).toEqual([
    'live Read again after a revert: b.csv: 2',
    'live b.csv: 1',
    'reverted a.csv: 2',
  ])
  const { batches } = await client.intake.batches()
  expect(batches.reduce((sum, one) => sum + (one.state === 'live' ? one.notUnderstood : 0), 0)).toBe(1)
  const [first] = await everyEvent(running)
  const { rawRows } = await client.events.get({ event: first?.id ?? '' })
  expect(rawRows.map(({ row, file }) => [row, file])).toEqual([
    [2, 'b.csv'],
    [3, 'b.csv'],
  ])
  await isSound(running)
})

test('redo of a reverted import after the other was read again doubles nothing, and undo again loses nothing', async () => {
  const { running, short } = await overlapping()
  const { client } = running
  const before = await facts(running)
  await client.intake.revert({ batch: short })
  await quiet(client)
  for (let round = 0; round < 2; round++) {
    expect(await client.live.redo()).toMatchObject({ redone: 'import a.csv', readingAgain: [] })
    await quiet(client)
    expect(await facts(running)).toEqual(before)
    await isSound(running)
    expect(await client.live.undo()).toMatchObject({ undone: 'import b.csv' })
    await quiet(client)
    expect(await everyEvent(running)).toHaveLength(2)
    await isSound(running)
    expect(await client.live.redo()).toMatchObject({ redone: 'import b.csv', readingAgain: [] })
    await client.intake.revert({ batch: short })
    await quiet(client)
    expect(await facts(running)).toEqual(before)
    await isSound(running)
  }
})

test('what was read again goes with its import and comes back with it, and cannot be reverted alone', async () => {
  const { running, short, long } = await overlapping()
  const { client } = running
  await client.intake.revert({ batch: short })
  await quiet(client)
  const again = (await client.intake.batches()).batches.find(({ title }) => title.startsWith('Read again'))
  const refused = await errorOf(client.intake.revert({ batch: again?.id ?? '' }))
  expect(refused).toMatchObject({ code: 'REFUSED' })
  expect(refused.message).toContain('b.csv')
  await client.intake.revert({ batch: long })
  await quiet(client)
  expect(await everyEvent(running)).toEqual([])
  await client.live.redo()
  await quiet(client)
  expect(await facts(running)).toEqual(await alone())
  await isSound(running)
})

test('undo and revoke of an import read again what leaned on it, as a revert does', async () => {
  const running = await newLedger()
  const { client } = running
  await importAll(running.client, { 'a.csv': SHORT })
  await importAll(running.client, { 'b.csv': LONG })
  await importAll(running.client, { 'c.csv': LONG })
  await quiet(client)
  const actOf = async (what: string) => {
    const { acts } = await client.live.acts({ offset: 0, limit: 50 })
    return acts.find((act) => act.what === what)?.id ?? ''
  }
  const act = await actOf('import a.csv')
  const asked = await client.live.revoke({ act, confirmed: false })
  expect(asked).toMatchObject({ revoked: false, readingAgain: [] })
  expect(asked.dependants.map(({ what }) => what)).toEqual(['import c.csv', 'import b.csv'])
  expect(await client.live.revoke({ act, confirmed: true })).toMatchObject({ readingAgain: ['b.csv', 'c.csv'] })
  await quiet(client)
  const all = await alone()
  expect(await facts(running)).toEqual(all)
  // b.csv holds all of it now: c.csv was looked at, added nothing, and leans on b.csv.
  expect((await titles(running)).filter((title) => title.includes('Read again'))).toEqual([
    'live Read again after a revert: b.csv: 2',
  ])
  await client.live.revoke({ act: await actOf('import b.csv'), confirmed: true })
  await quiet(client)
  expect(await facts(running)).toEqual(all)
  expect((await titles(running)).filter((title) => title.startsWith('live'))).toEqual([
    'live Read again after a revert: c.csv: 3',
    'live c.csv: 0',
  ])
  await isSound(running)
})

test('a file that is read again restates nothing that a later import corrected', async () => {
  const { running, short } = await overlapping()
  const { client } = running
  const corrected = krakenCsv([...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.4', '-21000')])
  const { plan } = await importAll(client, { 'corrected.csv': corrected })
  expect(plan.files[0]).toMatchObject({ changed: 2 })
  const before = await facts(running)
  await client.intake.revert({ batch: short })
  await quiet(client)
  expect(await facts(running)).toEqual(before)
  await isSound(running)
})
