import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  connectPage,
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
    'kraken.csv': krakenCsv(krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000')),
  })
  await quiet(running.client)
})
afterAll(() => running.end())

const pause = (ms: number) => new Promise((later) => setTimeout(later, ms))
const LIST = { offset: 0, limit: 10, filter: {}, sort: 'time', descending: false } as const

test('pages that vanish in the middle of calls and subscriptions leave the engine answering, its ledger open', async () => {
  for (let round = 0; round < 60; round++) {
    const { client, port } = connectPage(running.engine)
    const changes = await client.live.changes()
    const jobs = await client.live.jobs()
    const inFlight = [
      changes.next(),
      jobs.next(),
      client.events.list(LIST),
      client.tax.years(),
      client.transfers.counts(),
      client.transfers.propose(),
      client.live.jobs(),
    ]
    if (round % 3 === 1) await pause(round % 7)
    if (round % 3 === 2) await jobs.next()
    port.close()
    await Promise.allSettled(inFlight)
  }
  await pause(100)
  expect((await running.client.session.state()).phase).toBe('open')
  expect((await running.client.events.list(LIST)).total).toBe(1)
})

test('subscriptions that end by the page’s own wish leave the engine answering', async () => {
  const { client, port } = connectPage(running.engine)
  for (let round = 0; round < 60; round++) {
    const stop = new AbortController()
    const changes = await client.live.changes(undefined, { signal: stop.signal })
    const next = changes.next()
    const list = client.events.list(LIST, { signal: stop.signal })
    if (round % 2 === 1) await pause(round % 5)
    stop.abort()
    await Promise.allSettled([next, list])
    const jobs = await client.live.jobs()
    await jobs.return?.()
  }
  await pause(100)
  expect((await client.session.state()).phase).toBe('open')
  port.close()
})

test('frames that nobody can read are answered with nothing and end nothing', async () => {
  const page = running.engine.connect()
  for (const frame of ['{"i":', '', Buffer.from([1, 2, 3]), { not: 'a frame' }, null, 7]) page.postMessage(frame)
  await pause(100)
  expect((await running.client.session.state()).phase).toBe('open')
  page.close()
})

test('a lock in the middle of calls ends them and nothing else', async () => {
  const { client } = connectPage(running.engine)
  const changes = await client.live.changes()
  const inFlight = [changes.next(), client.tax.years(), client.events.list(LIST), client.transfers.counts()]
  running.engine.lock()
  await Promise.allSettled(inFlight)
  const { client: next } = connectPage(running.engine)
  expect((await next.session.state()).phase).toBe('locked')
})
