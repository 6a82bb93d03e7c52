/** A wallet's files tell one transaction account by account (Ledger Live) or asset by asset (Exodus): the halves meet in the books. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { undo } from '../../../electron/ledger/acts.ts'
import { readFacts } from '../../../electron/ledger/facts.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import { type Books, BY, drain, newBooks, readBalances, removeFolder } from './books.ts'
import { type ExplorerFile, importFiles } from './explorer-files.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

const findings = (): readonly string[] => drain(verify(books.ledger)).findings.map(({ text }) => text)
const facts = () => [...readFacts(books.ledger)].flat().map(({ event }) => event)
const lines = (): string[] =>
  facts()
    .map(
      ({ kind, legs }) =>
        `${kind}: ${legs.map(({ role, amount, asset }) => `${role} ${formatAmount(amount)} ${asset}`).join(', ')}`,
    )
    .toSorted()
const ids = (): string[] =>
  facts()
    .map(({ id }) => id)
    .toSorted()
const balances = (): string[] =>
  readBalances(books.ledger).map(({ asset, amount }) => `${asset} ${formatAmount(amount)}`)

/** The same files over imports in every order and cut leave the same books, and taking the last back leaves those of the others. */
async function inEveryOrder(files: readonly ExplorerFile[], expected: readonly string[]): Promise<void> {
  const [first, second] = files as [ExplorerFile, ExplorerFile]
  const seen: string[] = []
  for (const imports of [
    [[first, second]],
    [[first], [second]],
    [[second], [first]],
    [[first], [second], [first, second]],
  ]) {
    const before = books
    books = await newBooks()
    for (const one of imports) await importFiles(books.ledger, one)
    expect(lines()).toEqual(expected)
    expect(findings()).toEqual([])
    seen.push([...ids(), ...balances()].join())
    books.close()
    removeFolder(books.folder)
    books = before
  }
  expect(new Set(seen).size).toBe(1)
}

const OPERATIONS =
  'Operation Date,Status,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account Name,Account xpub,Countervalue Ticker,Countervalue at Operation Date,Countervalue at CSV Export'
const OLDEST =
  'Operation Date,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account Name,Account id'
const HASH = 'ab'.repeat(32)
const live = (name: string, ...rows: readonly string[]): ExplorerFile => ({
  name: `${name}.csv`,
  source: 'ledger-live',
  head: OPERATIONS,
  rows,
})
const sent = (hash = HASH) =>
  `2024-01-16T00:00:00.000Z,Confirmed,BTC,OUT,0.5001,0.0001,${hash},Savings,xpub6First,EUR,,`
const arrived = (amount = '0.5', hash = HASH) =>
  `2024-01-16T00:00:00.000Z,Confirmed,BTC,IN,${amount},0.0001,${hash},Daily,xpub6Second,EUR,,`

test('two exports of Ledger Live, each of one account, make one move with its fee, in any order', async () => {
  await inEveryOrder([live('first', sent()), live('second', arrived())], ['self_send: fee 0.0001 BTC'])
})

test('the second export takes nothing from the first, and gives back what it brought', async () => {
  await importFiles(books.ledger, [live('first', sent())])
  await importFiles(books.ledger, [live('second', arrived('0.2'))])
  expect(lines()).toEqual(['unmatched_out: out 0.3 BTC, fee 0.0001 BTC'])
  expect(balances()).toEqual(['BTC -0.3001'])
  undo(books.ledger, BY)
  expect(lines()).toEqual(['unmatched_out: out 0.5 BTC, fee 0.0001 BTC'])
  expect(findings()).toEqual([])
})

test('a swap into another account of the wallet is one trade', async () => {
  const hash = `0x${'cd'.repeat(32)}`
  const ether = (type: string, ticker: string, amount: string, account: string, xpub: string) =>
    `2024-01-17T00:00:00.000Z,Confirmed,${ticker},${type},${amount},0.001,${hash},${account},${xpub},EUR,,`
  await inEveryOrder(
    [
      live('first', ether('OUT', 'ETH', '1.001', 'One', '0x01')),
      live('second', ether('IN', 'USDC', '2600', 'Two', '0x02')),
    ],
    ['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH'],
  )
})

test('the oldest export names an account by an id that holds the same key, so that nothing of it counts twice', async () => {
  const oldest = {
    name: 'old.csv',
    source: 'ledger-live',
    head: OLDEST,
    rows: [`2024-01-16T00:00:00.000Z,BTC,OUT,0.5001,0.0001,${HASH},Savings,libcore:1:bitcoin:xpub6First:native_segwit`],
  }
  await importFiles(books.ledger, [oldest])
  await importFiles(books.ledger, [live('new', sent(), arrived())])
  expect(lines()).toEqual(['self_send: fee 0.0001 BTC'])
  expect(findings()).toEqual([])
})

test('operations of one hash that is no whole one are joined by nothing', async () => {
  await importFiles(books.ledger, [live('first', sent('ab12')), live('second', arrived('0.5', 'ab12'))])
  expect(lines()).toEqual(['unmatched_in: in 0.5 BTC', 'unmatched_out: out 0.5 BTC, fee 0.0001 BTC'])
})

const ASSET = 'TXID,TXURL,DATE,TYPE,FROMPORTFOLIO,TOPORTFOLIO,COINAMOUNT,FEE,BALANCE,EXCHANGE,PERSONALNOTE'
const asset = (name: string, ...rows: readonly string[]): ExplorerFile => ({
  name: `${name}.csv`,
  source: 'exodus',
  head: ASSET,
  rows,
})
const exchanged = (id: string, amount: string, fee: string, other: string) =>
  `${id},,Wed Jan 03 2024 10:11:12 GMT+0100 (CET),exchange,exodus_0,exodus_0,${amount},${fee},1,${other},`

test('an exchange of Exodus by one transaction, its halves in the files of two assets, is one trade', async () => {
  const hash = `0x${'ef'.repeat(32)}`
  const files = [
    asset('eth', exchanged(hash, '-0.1 ETH', '-0.0008 ETH', 'USDC')),
    asset('usdc', exchanged(hash, '250 USDC', '', 'ETH')),
  ]
  await inEveryOrder(files, ['trade: out 0.1 ETH, in 250 USDC, fee 0.0008 ETH'])
  await importFiles(books.ledger, files)
  expect(
    books.ledger.column<string | null>('SELECT e.warnings FROM joined j JOIN event e ON e.id = j.event_id'),
  ).toEqual([null])
})

test('an exchange of Exodus by two transactions stays two events, each of which says so', async () => {
  const files = [
    asset('eth', exchanged(`0x${'e1'.repeat(32)}`, '-0.1 ETH', '-0.0008 ETH', 'USDC')),
    asset('usdc', exchanged(`0x${'e2'.repeat(32)}`, '250 USDC', '', 'ETH')),
  ]
  await importFiles(books.ledger, files)
  expect(lines()).toEqual(['trade: in 250 USDC', 'trade: out 0.1 ETH, fee 0.0008 ETH'])
  const warnings = books.ledger.column<string>('SELECT warnings FROM event ORDER BY id')
  expect(warnings.every((text) => text.includes('merge the two by hand'))).toBe(true)
})
