/** A transaction of several records leaves with the books as what it is, and what was said of it holds where it comes back. */
import { afterEach, expect, test } from 'vitest'
import { OWN, ROUTER, sent, TOKENS, TRANSACTIONS, token, tx, USDC } from '../ledger/explorer-files.ts'
import {
  eventsOf,
  failedChecks,
  importAll,
  planOf,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

const open: RunningEngine[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.end()
})
async function newLedger() {
  const one = await runWithLedger({ zone: 'UTC' })
  open.push(one)
  return one.client
}
type Client = RunningEngine['client']

const KEY = `etherscan:${OWN}:tx.${tx('a1')}`
const FILES = {
  [`export-${OWN}.csv`]: [TRANSACTIONS, sent(tx('a1'), 0, '1', 'Swap Exact ETH For Tokens')].join('\n'),
  [`export-token-${OWN}.csv`]: [TOKENS, token(tx('a1'), 0, [ROUTER, OWN], '2600', [USDC, 'USDC'])].join('\n'),
}
async function importSwap(client: Client) {
  let plan = await planOf(client, FILES)
  for (const file of Object.keys(FILES))
    plan = await client.intake.replan({ batch: plan.batch, file, source: 'etherscan' })
  while (plan.state !== 'ready') {
    await new Promise((done) => setTimeout(done, 20))
    plan = await client.intake.plan({ batch: plan.batch })
  }
  await client.intake.execute({ batch: plan.batch, hash: plan.hash })
  await quiet(client)
}
const lines = async (client: Client) =>
  (await eventsOf(client))
    .map(
      ({ kind, legs }) =>
        `${kind}: ${legs.map(({ role, amount, symbol }) => `${role} ${amount} ${symbol}`).join(', ')}`,
    )
    .sort()
const bytesOf = async (client: Client) =>
  Buffer.from((await client.reports.exportAll({ format: 'json' })).base64, 'base64').toString('utf8')

test('records that were told apart stay apart in the other ledger, also when their files are read in there', async () => {
  const client = await newLedger()
  await importSwap(client)
  await client.joins.apart({ ids: [KEY] })
  await quiet(client)
  const apart = await lines(client)
  expect(apart).toHaveLength(2)
  const again = await newLedger()
  const bytes = await bytesOf(client)
  await importAll(again, { 'books.json': bytes })
  await quiet(again)
  expect(await lines(again)).toEqual(apart)
  expect(await bytesOf(again)).toBe(bytes)
  await importSwap(again)
  expect(await lines(again)).toEqual(apart)
  expect(await failedChecks(again)).toEqual([])
})

test('a joined transaction comes back as one event, and its files read in there do not count a second time', async () => {
  const client = await newLedger()
  await importSwap(client)
  const joined = await lines(client)
  expect(joined).toHaveLength(1)
  const again = await newLedger()
  const bytes = await bytesOf(client)
  await importAll(again, { 'books.json': bytes })
  await quiet(again)
  expect(await lines(again)).toEqual(joined)
  await importSwap(again)
  expect(await lines(again)).toEqual(joined)
  expect(await failedChecks(again)).toEqual([])
})
