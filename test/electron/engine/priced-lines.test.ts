import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  importAll,
  type KrakenRow,
  krakenCsv,
  krakenTrade,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

const withdrawal: KrakenRow = {
  id: 'LW1-AAAAA-BBBBBB',
  ref: 'F1-CCCCC-DDDDDD',
  time: '2025-02-01 09:00:00',
  type: 'withdrawal',
  asset: 'XXBT',
  amount: '-0.5',
}

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger()
  await importAll(running.client, {
    'kraken.csv': krakenCsv([
      ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '1', '-42000'),
      withdrawal,
      ...krakenTrade('2', '2025-03-04 12:00:00', 'XETH', '-2', '5000'),
    ]),
  })
  await quiet(running.client)
})
afterAll(() => running.end())

const list = (filter: { attention?: boolean } = {}) =>
  running.client.events.list({ offset: 0, limit: 10, filter, sort: 'time', descending: false })
const withdrawn = async () => (await list()).rows.find(({ kind }) => kind === 'unmatched_out')
const worth = async () => (await withdrawn())?.legs.map(({ value, valueReason }) => [value, valueReason])

test('a line is worth what the imported prices say, and stops being so when their import is taken back', async () => {
  expect(await worth()).toEqual([[null, null]])
  await importAll(running.client, { 'prices.csv': 'date,asset,currency,price\n2025-02-01,BTC,USD,100000\n' })
  expect(await worth()).toEqual([['50000', 'price at the time']])
  const detail = await running.client.events.get({ event: (await withdrawn())?.id ?? '' })
  expect(detail.row.legs[0]).toMatchObject({ value: '50000', valueReason: 'price at the time' })
  await running.client.live.undo()
  expect(await worth()).toEqual([[null, null]])
  await running.client.live.redo()
  expect(await worth()).toEqual([['50000', 'price at the time']])
})

test('a newer price for the same day takes the place of the older one', async () => {
  await importAll(running.client, { 'newer.csv': 'date,asset,currency,price\n2025-02-01,BTC,USD,90000\n' })
  expect(await worth()).toEqual([['45000', 'price at the time']])
})

test('a line carries the open points of the last computation, and asks for attention by them', async () => {
  await running.client.tax.years()
  const sold = (await list()).rows.find(
    ({ kind, legs }) => kind === 'sell' && legs.some(({ symbol }) => symbol === 'ETH'),
  )
  expect(sold?.open).toContain('missing-acquisition')
  expect((await running.client.events.get({ event: sold?.id ?? '' })).row.open).toEqual(sold?.open)
  expect((await list({ attention: true })).rows.map(({ id }) => id)).toContain(sold?.id)
})
