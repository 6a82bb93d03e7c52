/** Pairs of exports of one venue that tell of the same: nothing is doubled, nothing is merged unseen. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventsOf, failedChecks, importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger({ zone: 'UTC' })
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)
const holdings = async () => {
  const { rows } = await running.client.events.balances({})
  return Object.fromEntries(
    rows
      .filter(({ amount }) => amount !== '0')
      .map(({ accountName, symbol, amount }) => [`${accountName} ${symbol}`, amount]),
  )
}
/** What each proposal says, with the number of records on either side. */
const proposals = async () => {
  const { links } = await running.client.links.list({ state: 'proposed', offset: 0, limit: 50 })
  return links.map(({ grade, facts, corroborating }) => `${grade} ${facts.length}:${corroborating.length}`)
}
const acceptAll = async () => {
  for (const grade of ['proved', 'likely', 'unclear'] as const) {
    const { links } = await running.client.links.list({ state: 'proposed', offset: 0, limit: 50 })
    if (links.some((link) => link.grade === grade)) await running.client.links.accept({ grade })
  }
}
const isSound = async () => expect(await failedChecks(running.client)).toEqual([])
/** Imports one file, then another that tells of the same; accepts what is proposed; the books hold what the first alone did. */
async function overlapping(first: string, second: string, proposed: readonly string[]) {
  await importAll(running.client, { 'first.csv': first })
  await quiet(running.client)
  const before = await holdings()
  const events = await everyEvent()
  await importAll(running.client, { 'second.csv': second })
  await quiet(running.client)
  expect((await proposals()).toSorted()).toEqual(proposed.toSorted())
  await acceptAll()
  expect(await holdings()).toEqual(before)
  await isSound()
  return events
}

const PRO_ACCOUNT = `portfolio,type,time,amount,balance,amount/balance unit,transfer id,trade id,order id
default,deposit,2021-03-01T09:00:00.000Z,500,500,EUR,0a000000-0000-4000-8000-000000000001,,
default,match,2021-03-01T10:00:00.123Z,-300,200,EUR,,900001,0b000000-0000-4000-8000-000000000001
default,match,2021-03-01T10:00:00.123Z,0.0075,0.0075,BTC,,900001,0b000000-0000-4000-8000-000000000001
default,fee,2021-03-01T10:00:00.123Z,-1.5,198.5,EUR,,900001,0b000000-0000-4000-8000-000000000001
default,match,2021-03-02T10:00:00.500Z,-40,158.5,EUR,,900002,0b000000-0000-4000-8000-000000000002
default,match,2021-03-02T10:00:00.500Z,0.02,0.02,ETH,,900002,0b000000-0000-4000-8000-000000000002
`
const PRO_FILLS = `portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit
default,900001,BTC-EUR,BUY,2021-03-01T10:00:00.123Z,0.0075,BTC,40000,1.5,-301.5,EUR
default,900002,ETH-EUR,BUY,2021-03-02T10:00:00.500Z,0.02,ETH,2000,0,-40,EUR
`

test('Coinbase Pro’s account statement and its fills: each trade is proposed once, the deposit stays', async () => {
  await overlapping(PRO_ACCOUNT, PRO_FILLS, ['likely 1:1', 'likely 1:1'])
  expect(await everyEvent()).toHaveLength(3)
})

test('Coinbase Pro’s fills before its account statement: the fills are the facts', async () => {
  await importAll(running.client, { 'fills.csv': PRO_FILLS })
  await importAll(running.client, { 'account.csv': PRO_ACCOUNT })
  await quiet(running.client)
  await acceptAll()
  expect((await everyEvent()).map(({ source }) => source)).toEqual([
    'coinbase-pro-account',
    'coinbase-pro-fills',
    'coinbase-pro-fills',
  ])
  expect(await holdings()).toEqual({
    'Coinbase Pro EUR': '158.5',
    'Coinbase Pro BTC': '0.0075',
    'Coinbase Pro ETH': '0.02',
  })
  await isSound()
})

const STATEMENT = `User_ID,UTC_Time,Account,Operation,Coin,Change,Remark
1,2021-03-05 10:00:00,Spot,Deposit,EUR,1000,
1,2021-03-05 10:11:12,Spot,Transaction Spend,EUR,-400,
1,2021-03-05 10:11:12,Spot,Transaction Buy,BTC,0.01,
1,2021-03-05 10:11:12,Spot,Transaction Spend,EUR,-200,
1,2021-03-05 10:11:12,Spot,Transaction Buy,BTC,0.005,
1,2021-03-06 08:00:00,Spot,Deposit,ETH,1.5,
1,2021-03-07 09:00:00,Spot,Withdraw,BTC,-0.01,Withdraw fee is included
`
const BINANCE_TRADES = `Date(UTC),Pair,Side,Price,Executed,Amount,Fee
2021-03-05 10:11:12,BTCEUR,BUY,"40,000.00",0.0100000000BTC,400.00EUR,0BNB
2021-03-05 10:11:12,BTCEUR,BUY,"40,000.00",0.0050000000BTC,200.00EUR,0BNB
`
const BINANCE_DEPOSITS = `Date(UTC+0),Coin,Network,Amount,Address,TXID,Status
21-03-06 07:41:00,ETH,ETH,1.5,0xmine,aa00000000000000000000000000000000000000000000000000000000000001,Completed
`
const BINANCE_WITHDRAWALS = `Date(UTC+0),Coin,Network,Amount,Fee,Address,TXID,Status
21-03-07 09:00:00,BTC,BTC,0.0095,0.0005,bc1qother,bb00000000000000000000000000000000000000000000000000000000000001,Completed
`

test('Binance’s statement adds up the fills of a second: the fills together are proposed as its parts', async () => {
  await overlapping(STATEMENT, BINANCE_TRADES, ['likely 2:1'])
  expect((await everyEvent()).filter(({ source }) => source === 'binance-trades')).toHaveLength(2)
  const { links } = await running.client.links.list({ state: 'linked', offset: 0, limit: 10 })
  await running.client.links.swap({ event: links[0]?.corroborating[0]?.id ?? '' })
  expect((await everyEvent()).filter(({ source }) => source === 'binance-trades')).toHaveLength(0)
  await isSound()
})

test('Binance’s statement and its deposits: minutes apart is unclear, and left to the person', async () => {
  await overlapping(STATEMENT, BINANCE_DEPOSITS, ['unclear 1:1'])
})

test('Binance’s statement and its withdrawals: a fee told apart is the same movement', async () => {
  await overlapping(STATEMENT, BINANCE_WITHDRAWALS, ['likely 1:1'])
})

const COINBASE_V3 = `You can use this transaction report to inform your likely tax obligations.

Transactions
User,jane@example.org,5f0c0000-0000-4000-8000-000000000001

Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes
2022-02-03T09:15:11Z,Buy,BTC,0.0025,USD,40000,100,102.99,2.99,Bought 0.0025 BTC for $102.99 USD
2022-02-06T00:05:00Z,Rewards Income,ETH,0.0012,USD,2500,3,3,0,Received 0.0012 ETH from Coinbase Rewards
`
const COINBASE_V4 = `
Transactions
User,Jane Doe,5f0c0000-0000-4000-8000-000000000001
ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes
67a000000000000000000001,2022-02-03 09:15:11 UTC,Buy,BTC,0.0025,USD,$40000.00,$100.00,$102.99,$2.99,Bought 0.0025 BTC for 102.99 USD
67a000000000000000000002,2022-02-06 00:05:00 UTC,Rewards Income,ETH,0.0012,USD,$2500.00,$3.00,$3.00,$0.00,
`

test('Coinbase’s report without ids and its younger one with them', async () => {
  await overlapping(COINBASE_V3, COINBASE_V4, ['likely 1:1', 'likely 1:1'])
  expect(await everyEvent()).toHaveLength(2)
})

/** What is linked: the sources of the facts, and of what stands behind them. */
const linked = async () => {
  const { links } = await running.client.links.list({ state: 'linked', offset: 0, limit: 50 })
  const sources = (rows: readonly { source: string | null }[]) =>
    [...new Set(rows.map(({ source }) => source))].join('+')
  return links.map(({ facts, corroborating }) => `${sources(facts)} ← ${sources(corroborating)}`).toSorted()
}

test('Binance’s statement, trades, deposits and withdrawals together: each record is named, can be the fact, and stays apart when unlinked', async () => {
  await importAll(running.client, { 'statement.csv': STATEMENT })
  await quiet(running.client)
  const before = await holdings()
  await importAll(running.client, {
    'trades.csv': BINANCE_TRADES,
    'deposits.csv': BINANCE_DEPOSITS,
    'withdrawals.csv': BINANCE_WITHDRAWALS,
  })
  await quiet(running.client)
  await acceptAll()
  expect(await holdings()).toEqual(before)
  expect(await linked()).toEqual([
    'binance-statement ← binance-transfers',
    'binance-statement ← binance-transfers',
    'binance-trades ← binance-statement',
  ])
  const { links } = await running.client.links.list({ state: 'linked', offset: 0, limit: 50 })
  for (const { facts, corroborating } of links) {
    const detail = await running.client.events.get({ event: facts[0]?.id ?? '' })
    expect(detail.corroboratedBy.map(({ event }) => event)).toContain(corroborating[0]?.id)
    await running.client.links.swap({ event: corroborating[0]?.id ?? '' })
    expect(await holdings()).toEqual(before)
  }
  expect(await linked()).toEqual([
    'binance-statement ← binance-trades',
    'binance-statement ← binance-trades',
    'binance-transfers ← binance-statement',
    'binance-transfers ← binance-statement',
  ])
  const apart = (await running.client.links.list({ state: 'linked', offset: 0, limit: 50 })).links.find(
    ({ facts }) => facts[0]?.source === 'binance-transfers',
  )
  await running.client.links.unlink({ events: [apart?.corroborating[0]?.id ?? ''] })
  await importAll(running.client, { 'deposits again.csv': BINANCE_DEPOSITS })
  await running.client.links.propose()
  await quiet(running.client)
  expect(await proposals()).toEqual([])
  expect((await running.client.links.list({ state: 'rejected', offset: 0, limit: 50 })).total).toBe(1)
  await isSound()
})

test('Coinbase and Coinbase Pro: what went from one to the other is one transfer, told by both', async () => {
  const coinbase = `
Transactions
User,Jane Doe,5f0c0000-0000-4000-8000-000000000001
ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes
67a000000000000000000001,2021-02-28 09:00:00 UTC,Receive,BTC,1,USD,$40000.00,$40000.00,$40000.00,$0.00,
67a000000000000000000002,2021-03-01 10:00:00 UTC,Pro Deposit,BTC,-0.5,USD,$40000.00,-$20000.00,-$20000.00,$0.00,Transferred to Pro
`
  const pro = `portfolio,type,time,amount,balance,amount/balance unit,transfer id,trade id,order id
default,deposit,2021-03-01T10:00:04.000Z,0.5,0.5,BTC,0a000000-0000-4000-8000-000000000001,,
`
  await importAll(running.client, { 'coinbase.csv': coinbase })
  await importAll(running.client, { 'pro.csv': pro })
  await quiet(running.client)
  expect(await proposals()).toEqual([])
  for (const tab of ['likely', 'unclear'] as const) {
    const { pairs } = await running.client.transfers.list({ tab, offset: 0, limit: 10 })
    if (pairs.length > 0) await running.client.transfers.accept({ pairs: pairs.map(({ id }) => id) })
  }
  expect((await everyEvent()).map(({ kind }) => kind).toSorted()).toEqual(['transfer', 'unmatched_in'])
  expect(await holdings()).toEqual({ 'Coinbase BTC': '0.5', 'Coinbase Pro BTC': '0.5' })
  await isSound()
})
