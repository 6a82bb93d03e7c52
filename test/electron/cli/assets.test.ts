/** The assets of the books on the terminal: listed, and put right where a person knows better. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tallystick, UNLOCKED } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-assets-'))
const ledger = join(folder, 'Anna.tally')
const run = (...args: string[]) => tallystick(args, { env: UNLOCKED })
const assetsOf = (out: string) =>
  (JSON.parse(out) as { assets: { id: string; kind: string; family: string | null; symbol: string }[] }).assets

beforeAll(async () => {
  const document = join(folder, 'books.json')
  const leg = (role: string, asset: string, amount: string) => ({ role, account: 'w', asset, amount })
  writeFileSync(
    document,
    JSON.stringify({
      schema: 'tallystick/events@1',
      profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
      accounts: [{ id: 'w', name: 'Wallet', kind: 'wallet' }],
      assets: [
        { id: 'ETH', kind: 'crypto' },
        { id: 'vETH', kind: 'crypto' },
        { id: 'USD', kind: 'fiat' },
      ],
      prices: [],
      events: [
        {
          id: 'b',
          time: '2024-01-02T10:00:00Z',
          kind: 'buy',
          legs: [leg('in', 'vETH', '2'), leg('out', 'USD', '2400')],
        },
        {
          id: 'c',
          time: '2024-01-03T10:00:00Z',
          kind: 'buy',
          legs: [leg('in', 'ETH', '1'), leg('out', 'USD', '1200')],
        },
      ],
    }),
  )
  await run('new', ledger, '--jurisdiction', 'us', '--zone', 'UTC')
  expect((await run('import', ledger, document)).code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an asset that nobody knows is given its kind and its family, which stay and are taken back', async () => {
  const before = assetsOf((await run('assets', ledger, '--json')).out).find(({ id }) => id === 'vETH')
  expect(before).toMatchObject({ kind: 'crypto', family: null })
  const set = await run('assets', ledger, '--set', 'vETH', '--kind', 'token', '--family', 'ETH', '--json')
  expect(assetsOf(set.out)).toMatchObject([{ id: 'vETH', kind: 'token', family: 'ETH', symbol: 'vETH' }])
  expect((await run('assets', ledger)).out).toMatch(/vETH +vETH +token +ETH/)
  expect((await run('undo', ledger)).code).toBe(0)
  expect(assetsOf((await run('assets', ledger, '--json')).out)).toContainEqual(before)
})

test('families that the program knows come with their reason, and bad use is said in one line', async () => {
  expect((await run('assets', ledger, '--families')).out).toMatch(/^ETH: .*\(.+\)$/m)
  for (const args of [
    ['--set', 'vETH'],
    ['--kind', 'token'],
    ['--set', 'vETH', '--kind', 'coin'],
    ['--set', 'NONE', '--kind', 'token'],
  ]) {
    const ran = await run('assets', ledger, ...args)
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.err.trim().split('\n')).toHaveLength(1)
  }
})
