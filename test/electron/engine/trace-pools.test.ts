/** What stands behind a cost without lots: the day it was matched with, or what went into the pool. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

const leg = (role: string, account: string, asset: string, amount: string) => ({ role, account, asset, amount })
const event = (id: string, day: string, kind: string, ...legs: object[]) => ({
  id,
  time: `${day}T12:00:00Z`,
  kind,
  legs,
})
const BOOKS = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London' },
  accounts: ['kraken', 'ledger'].map((id) => ({ id, name: id, kind: 'exchange' })),
  assets: [
    { id: 'ETH', kind: 'crypto' },
    { id: 'GBP', kind: 'fiat' },
  ],
  events: [
    event('old', '2023-05-01', 'buy', leg('in', 'kraken', 'ETH', '10'), leg('out', 'kraken', 'GBP', '100')),
    event('moved', '2023-06-01', 'transfer', leg('out', 'kraken', 'ETH', '5'), leg('in', 'ledger', 'ETH', '5')),
    event('sold', '2024-05-01', 'sell', leg('out', 'kraken', 'ETH', '3'), leg('in', 'kraken', 'GBP', '90')),
    event('again', '2024-05-20', 'buy', leg('in', 'kraken', 'ETH', '1'), leg('out', 'kraken', 'GBP', '25')),
    event('later', '2024-08-20', 'buy', leg('in', 'kraken', 'ETH', '1'), leg('out', 'kraken', 'GBP', '25')),
  ],
})

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London', method: 's104' })
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
}, 60_000)
afterAll(() => running.end())

test('a cost by the 30 days leads to the purchase after the sale, the rest to what was bought into the pool before', async () => {
  const page = { offset: 0, limit: 100 } as const
  const { rows } = await running.client.tax.disposals({ ...page, year: 2024, sort: 'disposed', descending: false })
  const behind = async (rule: string) => {
    const row = rows.find((one) => one.rule === rule)
    const { children } = await running.client.tax.expand({ ref: `disposal:${row?.id}`, ...page })
    const pool = children.find(({ ref }) => ref.startsWith('pool:'))
    const { node, children: below } = await running.client.tax.expand({ ref: pool?.ref ?? '', ...page })
    return { amount: node.amount, events: below.map(({ ref }) => ref.split(':').at(-1)) }
  }
  expect(await behind('30-day')).toEqual({ amount: '25', events: ['again'] })
  expect(await behind('s104')).toEqual({ amount: '20', events: ['old'] })
})
