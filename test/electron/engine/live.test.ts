import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Change } from '../../../shared/contract/live.ts'
import {
  connectPage,
  errorOf,
  importAll,
  krakenCsv,
  krakenTrade,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger()
  await importAll(running.client, {
    'kraken.csv': krakenCsv([
      ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000'),
      ...krakenTrade('3', '2025-03-04 12:00:00', 'XXBT', '-0.2', '17000'),
    ]),
  })
  await quiet(running.client)
})
afterAll(() => running.end())

const events = () => running.client.events.list({ offset: 0, limit: 10, filter: {}, sort: 'time', descending: false })

test('every page hears of every commit, with its revision and what it touched', async () => {
  const other = connectPage(running.engine)
  const stop = new AbortController()
  const changes = await other.client.live.changes(undefined, { signal: stop.signal })
  const heard = changes.next()
  const [first] = (await events()).rows
  const { revision } = await running.client.events.decide({
    decisions: [{ what: 'note', event: first?.id ?? '', note: 'gift of my aunt' }],
  })
  const { value } = (await heard) as { value: Change }
  expect(value.revision).toBe(revision)
  expect(value.topics).toEqual(expect.arrayContaining(['events', 'decisions', 'tax', 'stages']))
  expect((await events()).revision).toBe(revision)
  stop.abort()
  await running.client.live.undo()
})

test('undo takes back the latest act and redo brings it back, and the figures follow', async () => {
  const gain = async () => (await running.client.tax.years()).years.find(({ year }) => year === 2025)?.gain
  const before = await gain()
  const sold = (await events()).rows.find(({ kind }) => kind === 'sell')
  const leg = sold?.legs.findIndex(({ role }) => role === 'out') ?? -1
  await running.client.events.decide({
    decisions: [{ what: 'ignore', event: sold?.id ?? '', reason: 'not mine' }],
  })
  expect(leg).toBeGreaterThanOrEqual(0)
  expect(await gain()).toBeUndefined()
  expect((await running.client.live.undo()).undone).toContain('ignore')
  expect(await gain()).toBe(before)
  expect((await running.client.live.redo()).redone).toContain('ignore')
  expect(await gain()).toBeUndefined()
  await running.client.live.undo()
})

test('an older act is revoked only after its dependants were shown', async () => {
  const [first] = (await events()).rows
  const event = first?.id ?? ''
  const older = await running.client.events.decide({ decisions: [{ what: 'note', event, note: 'one' }] })
  await running.client.events.decide({ decisions: [{ what: 'note', event, note: 'two' }] })
  const asked = await running.client.live.revoke({ act: older.act, confirmed: false })
  expect(asked.revoked).toBe(false)
  expect(asked.dependants).toHaveLength(1)
  expect((await running.client.live.revoke({ act: older.act, confirmed: true })).revoked).toBe(true)
  expect((await events()).rows[0]?.note).toBe('two')
  const { acts } = await running.client.live.acts({ offset: 0, limit: 5 })
  expect(acts.find(({ id }) => id === older.act)).toMatchObject({ live: false, revocable: false })
  expect(await errorOf(running.client.live.revoke({ act: older.act, confirmed: true }))).toEqual({
    code: 'REFUSED',
    message: 'This act has been undone already.',
  })
  const made = await running.client.live.acts({ offset: 0, limit: 50 })
  const creation = made.acts.at(-1)
  expect(await errorOf(running.client.live.revoke({ act: creation?.id ?? '', confirmed: true }))).toEqual({
    code: 'REFUSED',
    message: 'This act cannot be undone.',
  })
  expect((await errorOf(running.client.live.revoke({ act: '999', confirmed: true }))).code).toBe('NOT_FOUND')
})

test('many decisions are one act and are undone as one', async () => {
  const ids = (await events()).rows.map(({ id }) => id)
  await running.client.events.decide({ decisions: ids.map((event) => ({ what: 'note', event, note: 'checked' })) })
  expect((await events()).rows.map(({ note }) => note)).toEqual(ids.map(() => 'checked'))
  await running.client.live.undo()
  expect((await events()).rows.map(({ note }) => note)).not.toContain('checked')
})

test('a decision on an event or a leg that is not there is refused, and none of the act is kept', async () => {
  const [first] = (await events()).rows
  const event = first?.id ?? ''
  const before = (await events()).revision
  const decide = (decision: { event: string; leg: number }) =>
    errorOf(
      running.client.events.decide({
        decisions: [
          { what: 'note', event, note: 'half' },
          { what: 'value', ...decision, value: '1' },
        ],
      }),
    )
  expect(await decide({ event: 'nobody:knows', leg: 0 })).toMatchObject({ code: 'NOT_FOUND' })
  expect(await decide({ event, leg: 9 })).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('leg 9'),
  })
  expect((await events()).revision).toBe(before)
})

test('answers of one page do not wait for another that listens', async () => {
  const listener = connectPage(running.engine)
  const stop = new AbortController()
  const jobs = await listener.client.live.jobs(undefined, { signal: stop.signal })
  expect((await jobs.next()).value).toEqual(expect.any(Array))
  expect((await listener.client.session.state()).phase).toBe('open')
  expect((await running.client.session.state()).phase).toBe('open')
  stop.abort()
})
