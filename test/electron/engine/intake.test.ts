import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeKrakenLedger } from '../../bench/make-kraken-ledger.ts'
import {
  errorOf,
  eventsOf,
  importAll,
  type KrakenRow,
  krakenCsv,
  krakenTrade,
  planOf,
  type RunningEngine,
  runWithLedger,
  settledPlan,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)

const buys: readonly KrakenRow[] = [
  ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000'),
  ...krakenTrade('2', '2024-02-03 11:00:00', 'XETH', '2', '-4600'),
]
const sale = krakenTrade('3', '2025-03-04 12:00:00', 'XXBT', '-0.2', '17000')

test('the preview is the plan that is executed: its events are staged, seen by nobody, and then the books', async () => {
  const plan = await planOf(running.client, { 'kraken.csv': krakenCsv(buys) })
  expect(plan.state).toBe('ready')
  expect(plan.files[0]).toMatchObject({
    file: 'kraken.csv',
    source: 'kraken-ledgers',
    rows: 4,
    added: 4,
    skipped: 0,
    notUnderstood: 0,
    events: 2,
    account: { name: 'Kraken', isNew: true },
  })
  expect(await everyEvent()).toEqual([])
  const preview = await running.client.intake.previewEvents({ batch: plan.batch, offset: 0, limit: 10 })
  expect(preview.total).toBe(2)
  expect(preview.rows[0]).toMatchObject({ kind: 'buy', accountNames: ['Kraken'] })
  const [first] = preview.rows
  const { rawRows } = await running.client.intake.previewRaw({ batch: plan.batch, event: first?.id ?? '' })
  expect(rawRows.map(({ row }) => row)).toEqual([2, 3])
  expect(rawRows[0]?.cells[rawRows[0]?.header.indexOf('asset')]).toBe('XXBT')
  const { batch } = await running.client.intake.execute({ batch: plan.batch, hash: plan.hash })
  expect(batch).toMatchObject({ state: 'live', events: 2 })
  expect((await everyEvent()).map(({ id }) => id)).toEqual(preview.rows.map(({ id }) => id))
})

test('another hash than the plan’s is refused and imports nothing', async () => {
  const plan = await planOf(running.client, { 'kraken.csv': krakenCsv(buys) })
  const call = running.client.intake.execute({ batch: plan.batch, hash: '0'.repeat(64) })
  expect((await errorOf(call)).code).toBe('PLAN_CHANGED')
  expect(await everyEvent()).toEqual([])
})

test('the same file twice adds nothing, and says which rows it knew', async () => {
  const files = { 'kraken.csv': krakenCsv(buys) }
  await importAll(running.client, files)
  const plan = await planOf(running.client, files)
  expect(plan.files[0]).toMatchObject({ rows: 4, added: 0, skipped: 4, events: 0 })
  expect(plan.files[0]?.skippedReasons).toEqual([{ reason: 'already in the ledger', count: 4 }])
  expect(plan.files[0]?.warnings[0]).toContain('imported before')
  const notices = await running.client.intake.notices({ batch: plan.batch, outcome: 'skipped', offset: 1, limit: 2 })
  expect(notices).toMatchObject({ total: 4, rows: [{ row: 3 }, { row: 4 }] })
})

test('a longer export that overlaps adds only what is new', async () => {
  await importAll(running.client, { 'a.csv': krakenCsv(buys) })
  const { plan } = await importAll(running.client, { 'b.csv': krakenCsv([...buys, ...sale]) })
  expect(plan.files[0]).toMatchObject({ rows: 6, added: 2, skipped: 4, events: 1 })
  expect(await everyEvent()).toHaveLength(3)
})

test('a reverted import leaves the books, comes back by redo, and can be imported again', async () => {
  const files = { 'kraken.csv': krakenCsv(buys) }
  const { batch } = await importAll(running.client, files)
  expect(await running.client.intake.revert({ batch: batch.id })).toMatchObject({ events: 2 })
  expect(await everyEvent()).toEqual([])
  expect((await errorOf(running.client.intake.revert({ batch: batch.id }))).code).toBe('REFUSED')
  await running.client.live.redo()
  expect(await everyEvent()).toHaveLength(2)
  await running.client.live.undo()
  const { plan } = await importAll(running.client, files)
  expect(plan.files[0]).toMatchObject({ added: 4, events: 2 })
  expect(await everyEvent()).toHaveLength(2)
})

test('a plan made before another import of the same rows is made anew instead of doubling them', async () => {
  const files = { 'kraken.csv': krakenCsv(buys) }
  const stale = await planOf(running.client, files)
  await importAll(running.client, { 'other.csv': krakenCsv(buys) })
  const call = running.client.intake.execute({ batch: stale.batch, hash: stale.hash })
  expect((await errorOf(call)).code).toBe('PLAN_CHANGED')
  const plan = await settledPlan(running.client, stale.batch)
  expect(plan.files[0]).toMatchObject({ added: 0, skipped: 4 })
  await running.client.intake.execute({ batch: plan.batch, hash: plan.hash })
  expect(await everyEvent()).toHaveLength(2)
})

test('a file is read again under another account and zone; ids do not move with the zone', async () => {
  const plan = await planOf(running.client, { 'kraken.csv': krakenCsv(buys) })
  const before = await running.client.intake.previewEvents({ batch: plan.batch, offset: 0, limit: 10 })
  const again = await running.client.intake.replan({ batch: plan.batch, file: 'kraken.csv', zone: 'Asia/Tokyo' })
  expect(again.state).toBe('reading')
  const shifted = await settledPlan(running.client, plan.batch)
  expect(shifted.files[0]?.zone).toBe('Asia/Tokyo')
  const after = await running.client.intake.previewEvents({ batch: plan.batch, offset: 0, limit: 10 })
  expect(after.rows.map(({ id }) => id)).toEqual(before.rows.map(({ id }) => id))
  expect((before.rows[0]?.time ?? 0) - (after.rows[0]?.time ?? 0)).toBe(9 * 3_600_000)
  await running.client.intake.replan({ batch: plan.batch, file: 'kraken.csv', newAccountName: 'Kraken of my brother' })
  const moved = await settledPlan(running.client, plan.batch)
  expect(moved.files[0]?.account).toMatchObject({ name: 'Kraken of my brother', isNew: true })
  await running.client.intake.execute({ batch: moved.batch, hash: moved.hash })
  const { accounts } = await running.client.intake.accounts()
  expect(accounts).toMatchObject([{ name: 'Kraken of my brother', events: 2, batches: 1, sources: ['kraken-ledgers'] }])
})

test('a discarded preview leaves nothing behind', async () => {
  const plan = await planOf(running.client, { 'kraken.csv': krakenCsv(buys) })
  await running.client.intake.discard({ batch: plan.batch })
  expect((await errorOf(running.client.intake.plan({ batch: plan.batch }))).code).toBe('NOT_FOUND')
  expect((await running.client.intake.batches()).batches).toEqual([])
  expect((await running.client.check.verify()).ok).toBe(true)
})

test('a price table of its own gives the value that a source does not state', async () => {
  const reward: KrakenRow = {
    id: 'LREWAR-AAAAA-BBBBBB',
    ref: 'SREWAR-CCCCC-DDDDDD',
    time: '2025-01-05 09:00:00',
    type: 'staking',
    asset: 'DOT',
    amount: '2',
  }
  await importAll(running.client, { 'kraken.csv': krakenCsv([reward]) })
  const missing = await running.client.tax.open({ offset: 0, limit: 10, year: 2025 })
  expect(missing.rows.map(({ code }) => code)).toContain('missing-price')
  const { plan } = await importAll(running.client, {
    'prices.csv': 'date,asset,currency,price\n2025-01-05,DOT,USD,7.50\n',
  })
  expect(plan.files[0]).toMatchObject({ source: 'price-table', prices: 1, rows: 1, added: 1, notUnderstood: 0 })
  const { rows } = await running.client.tax.income({ offset: 0, limit: 10, year: 2025 })
  expect(rows).toMatchObject([{ symbol: 'DOT', amount: '2', value: '15' }])
})

test('several files of one import are read in turn and named apart', async () => {
  const plan = await planOf(running.client, {
    'kraken.csv': krakenCsv(buys),
    'more.csv': krakenCsv([...buys, ...sale]),
  })
  expect(plan.files.map(({ file, added, skipped }) => [file, added, skipped])).toEqual([
    ['kraken.csv', 4, 0],
    ['more.csv', 2, 4],
  ])
})

test('an account is renamed in every view and undone', async () => {
  await importAll(running.client, { 'kraken.csv': krakenCsv(buys) })
  const { accounts } = await running.client.intake.accounts()
  const id = accounts[0]?.id ?? ''
  expect(await running.client.intake.editAccount({ id, name: 'Kraken (joint)' })).toMatchObject({
    name: 'Kraken (joint)',
  })
  expect((await everyEvent())[0]?.accountNames).toEqual(['Kraken (joint)'])
  await running.client.live.undo()
  expect((await everyEvent())[0]?.accountNames).toEqual(['Kraken'])
})

test('reading that is cancelled says so, keeps nothing in the books, and the import can be discarded', async () => {
  const content = Buffer.from(makeKrakenLedger(60_000))
  const { batch, uploads } = await running.client.intake.begin({ files: [{ name: 'long.csv', bytes: content.length }] })
  const chunks = Math.ceil(content.length / 1_048_576)
  for (let index = 0; index < chunks; index++)
    await running.client.intake.chunk({
      upload: uploads[0] ?? '',
      index,
      base64: content.subarray(index * 1_048_576, (index + 1) * 1_048_576).toString('base64'),
      last: index === chunks - 1,
    })
  const { job } = await running.client.intake.plan({ batch })
  expect(job).not.toBeNull()
  expect(await running.client.live.cancel({ job: job ?? '' })).toEqual({ ok: true })
  const plan = await settledPlan(running.client, batch)
  expect(plan.state).toBe('failed')
  expect(plan.files[0]?.problem).toBe('Reading was cancelled.')
  expect(await running.client.live.cancel({ job: job ?? '' })).toEqual({ ok: false })
  await running.client.intake.discard({ batch })
  const { plan: next } = await importAll(running.client, { 'kraken.csv': krakenCsv(buys) })
  expect(next.files[0]).toMatchObject({ added: 4, events: 2 })
  expect((await running.client.check.verify()).ok).toBe(true)
})
