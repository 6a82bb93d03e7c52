/** Transactions that several files tell of, on the terminal: planned, listed, traced, taken apart, exported and taxed as one event. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  INTERNAL,
  OWN,
  ROUTER,
  refunded,
  sent,
  TOKENS,
  TRANSACTIONS,
  token,
  tx,
  USDC,
} from '../ledger/explorer-files.ts'
import { tallystick, UNLOCKED } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-join-'))
const [ledger, single, copy] = ['Anna', 'Single', 'Copy'].map((name) => join(folder, `${name}.tally`)) as [
  string,
  string,
  string,
]
const KEY = `etherscan:${OWN}:tx.${tx('a1')}`
const TIME = '2024-01-11T19:06:40Z'
const account = { id: OWN, name: OWN, kind: 'address' }
const leg = (role: string, asset: string, amount: string) => ({ role, account: OWN, asset, amount })
/** What both ledgers have: ether that was bought, and prices. */
const BOOKS = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [account],
  assets: [
    { id: 'ETH', kind: 'crypto' },
    { id: 'USDC', kind: 'token' },
    { id: 'USD', kind: 'fiat' },
  ],
  prices: ['ETH 2600', 'USDC 1'].map((text) => {
    const [asset, price] = text.split(' ')
    return { asset, currency: 'USD', time: TIME, price }
  }),
  events: [
    { id: 'b', time: '2023-01-02T10:00:00Z', kind: 'buy', legs: [leg('in', 'ETH', '2'), leg('out', 'USD', '2400')] },
  ],
}
const SWAP = {
  id: 'swap',
  time: TIME,
  kind: 'trade',
  legs: [leg('out', 'ETH', '0.9'), leg('in', 'USDC', '2340'), { ...leg('fee', 'ETH', '0.001'), for: 'out' }],
}
const write = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const run = async (...args: string[]) => {
  const ran = await tallystick(args, { env: UNLOCKED })
  if (ran.code === null || ran.code > 1) throw new Error(`${args.join(' ')}: ${ran.code}: ${ran.err}${ran.out}`)
  return ran.out
}
const taxOf = async (path: string) => {
  const { totals, disposals } = JSON.parse(await run('tax', path, '--year', '2024', '--json'))
  return { totals, disposals: disposals.map(({ event: _, lot: __, ...row }: { event: string; lot: string }) => row) }
}
let planned = ''
let files: string[] = []

beforeAll(async () => {
  const books = write('books.json', JSON.stringify(BOOKS))
  const one = write('one.json', JSON.stringify({ ...BOOKS, events: [...BOOKS.events, SWAP] }))
  files = [
    write(`export-${OWN}.csv`, `${TRANSACTIONS}\n${sent(tx('a1'), 0, '1', 'Swap ETH For Exact Tokens')}\n`),
    write(`export-internal-${OWN}.csv`, `${INTERNAL}\n${refunded(tx('a1'), 0, '0.1')}\n`),
    write(`export-token-${OWN}.csv`, `${TOKENS}\n${token(tx('a1'), 0, [ROUTER, OWN], '2,340', [USDC, 'USDC'])}\n`),
  ]
  for (const path of [ledger, single]) await run('new', path, '--jurisdiction', 'us', '--zone', 'UTC')
  await run('import', ledger, books)
  await run('import', single, one)
  planned = await run('import', ledger, ...files, '--source', 'etherscan')
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the import says that transactions become one event each, and the list names the fact and its records', async () => {
  expect(planned).toContain('Told by several records of one transaction, and one event each: 1 (tallystick join).')
  const { counts, joins } = JSON.parse(await run('join', ledger, '--json'))
  expect(counts).toEqual({ joined: 1, waiting: 0, apart: 0 })
  expect(joins[0]).toMatchObject({ id: KEY, event: { kind: 'trade' }, records: [{}, {}, {}] })
}, 120_000)

test('the trace goes from the event to each record and its row, with the reason', async () => {
  const text = await run('explain', ledger, `event:${KEY}`)
  expect(text).toContain('joined from 3 records of one transaction hash: one asset left, and another arrived')
  expect(text.match(/Joined from: /g)).toHaveLength(3)
  for (const name of ['export', 'export-internal', 'export-token']) expect(text).toContain(`${name}-${OWN}.csv, row 2`)
}, 120_000)

test('a swap over three files is taxed as the same swap told by one record', async () => {
  const tax = await taxOf(ledger)
  expect(tax.disposals.length).toBeGreaterThan(0)
  expect(tax).toEqual(await taxOf(single))
}, 240_000)

test('what leaves the ledger comes into another byte for byte', async () => {
  const [first, second] = [join(folder, 'first.json'), join(folder, 'second.json')]
  await run('export', ledger, '--to', 'json', '--out', first)
  await run('new', copy, '--from', first)
  await run('export', copy, '--to', 'json', '--out', second)
  expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'))
  expect(readFileSync(first, 'utf8')).toContain(KEY)
}, 240_000)

test('records that come after books which tell of the whole stand behind it, and count nothing', async () => {
  const balances = await run('balances', copy)
  const [coin, internal, token] = files as [string, string, string]
  await run('import', copy, token, '--source', 'etherscan')
  expect(await run('balances', copy)).toBe(balances)
  await run('import', copy, coin, internal, '--source', 'etherscan')
  expect(await run('balances', copy)).toBe(balances)
  expect(await run('join', copy)).toContain('0 joined, 0 waiting, 0 taken apart')
  expect((await run('explain', copy, `event:${KEY}`)).match(/Joined from: /g)).toHaveLength(3)
  expect(await run('verify', copy)).not.toMatch(/should|double|add up/)
}, 240_000)

test('a document of the same books takes the place of the joined event, and gives it back', async () => {
  const balances = await run('balances', ledger)
  await run('import', ledger, join(folder, 'first.json'))
  expect(await run('balances', ledger)).toBe(balances)
  expect(await run('join', ledger)).toContain('0 joined, 0 waiting, 0 taken apart')
  expect(await run('verify', ledger)).not.toMatch(/should|double|add up|do not fit/)
  await run('undo', ledger)
  expect(await run('balances', ledger)).toBe(balances)
  expect(await run('join', ledger)).toContain('1 joined, 0 waiting, 0 taken apart')
  expect(await run('verify', ledger)).not.toMatch(/should|double|add up|do not fit/)
}, 240_000)

test('taken apart its records count by themselves, and undo makes one event of them again', async () => {
  expect(await run('join', ledger, '--apart', KEY)).toContain('0 joined, 0 waiting, 1 taken apart')
  await run('undo', ledger)
  expect(await run('join', ledger)).toContain('1 joined, 0 waiting, 0 taken apart')
}, 240_000)
