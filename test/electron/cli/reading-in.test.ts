import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered, tallystick, UNLOCKED } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-reading-'))
const ledger = join(folder, 'Anna.tally')
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

beforeAll(async () => {
  const made = await tallystick(['new', ledger, '--jurisdiction', 'us', '--zone', 'UTC', '--name', 'Anna', '--json'], {
    env: UNLOCKED,
  })
  if (made.code !== 0) throw new Error(made.err)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const onLedger = (...args: string[]) => tallystick([args[0] as string, ledger, ...args.slice(1)], { env: UNLOCKED })
const jsonOf = (...args: string[]) => answered(args[0] as string, ledger, ...args.slice(1))

const recipe = {
  schema: 'tallystick/recipe@1',
  id: 'own-table',
  version: 1,
  name: 'Own table',
  venue: 'Own table',
  account: { name: 'Own table', kind: 'wallet' },
  header: { columns: ['Day', 'Coin', 'Got'] },
  time: { columns: ['Day'], format: 'iso', zone: 'UTC' },
  decimals: '.',
  identity: { columns: ['Day', 'Coin', 'Got'] },
  legs: [{ amount: { column: 'Got' }, asset: { column: 'Coin' }, sign: 'in' }],
}

test('a recipe is taken in, reads a table, and goes out again; a wrong one is refused by member', async () => {
  const wrong = await onLedger('recipes', '--import', file('wrong.json', JSON.stringify({ ...recipe, run: 'x' })))
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('“run”')])
  expect(wrong.err).toContain('no recipe that can be used: a recipe has no member called “run”')
  const huge = await onLedger(
    'recipes',
    '--import',
    file('huge.json', JSON.stringify({ ...recipe, name: 'n'.repeat(500_000) })),
  )
  expect(huge.code).toBe(2)
  expect(huge.err).toContain('a recipe has at most 500,000 characters')
  const taken = await jsonOf('recipes', '--import', file('recipe.json', JSON.stringify(recipe)))
  expect([taken.code, taken.json.recipe.id]).toEqual([0, 'own-table'])
  const read = await jsonOf(
    'import',
    file('own.csv', 'Day,Coin,Got\n2024-01-02,BTC,0.001\n2024-01-03,BTC,0.5\n2024-03-04,BCC,3\n'),
  )
  expect(read.json.files[0]).toMatchObject({ source: 'recipe-own-table', rows: 3, added: 3 })
  const out = join(folder, 'out.json')
  expect((await jsonOf('recipes', '--export', 'own-table', '--out', out)).code).toBe(0)
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(recipe)
})

test('a rule is tried, added, listed with what it caught, and removed', async () => {
  const args = ['rules', '--add', 'Small', '--when', '{"asset":"BTC","atMost":"0.01"}', '--kind', 'mining']
  expect((await jsonOf(...args, '--dry-run')).json).toMatchObject({
    fits: 1,
    changes: 1,
    kept: 0,
    tax: { years: [] },
  })
  const added = await jsonOf(...args)
  expect(added.json).toMatchObject({ fits: 1, changed: 1 })
  const listed = await jsonOf('rules')
  expect(listed.json.rules.find((rule: { id: string }) => rule.id === added.json.rule)).toMatchObject({ caught: 1 })
  const bad = await onLedger('rules', '--add', 'x', '--when', '{"colour":"red"}', '--kind', 'mining')
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('colour')])
  expect((await jsonOf('rules', '--remove', added.json.rule)).json.changed).toBe(1)
})

test('a rule is placed before others, switched off and on, and its events are listed', async () => {
  const rule = async (name: string, ...more: string[]): Promise<string> =>
    (await jsonOf('rules', '--add', name, '--when', '{"asset":"BTC"}', ...more)).json.rule
  const special = await rule('Mined', '--kind', 'mining')
  const general = await rule('All', '--kind', 'airdrop', '--position', '0')
  expect((await jsonOf('rules', '--caught', special)).json.events).toMatchObject([
    { kind: 'mining' },
    { kind: 'mining' },
  ])
  expect((await jsonOf('rules', '--order', special, general)).json).toMatchObject({ changed: 2 })
  expect((await jsonOf('rules', '--off', general, '--dry-run')).json).toMatchObject({ changes: 2 })
  const off = await jsonOf('rules', '--off', general)
  expect(off.json).toMatchObject({ changed: 2 })
  const listed = (await jsonOf('rules')).json.rules.filter(({ position }: { position: number }) => position > 0)
  expect(listed).toMatchObject([
    { id: special, caught: 2 },
    { id: general, enabled: false, caught: 0 },
  ])
  await jsonOf('rules', '--remove', special)
}, 240_000)

test('coverage names the gaps, takes an excuse for them, and ends with 1 while one is open', async () => {
  const open = await jsonOf('coverage')
  const own = open.json.accounts.find((one: { name: string }) => one.name === 'Own table')
  expect([open.code, own.first, own.last]).toEqual([0, '2024-01-02', '2024-03-04'])
  const days = ['--account', own.account, '--from', own.last, '--to', '2099-12-31']
  const excused = await jsonOf('coverage', ...days, '--excuse', 'complete', '--note', 'closed')
  expect(excused.json.accounts[0].state).toBe('excused')
})

test('an ambiguous symbol is shown, answered, and its events put right', async () => {
  const shown = await jsonOf('symbols')
  expect([shown.code, shown.json.mentions[0].symbol]).toEqual([1, 'BCC'])
  expect((await jsonOf('symbols', '--answer', 'BCC', '--asset', 'BCH')).json).toMatchObject({ events: 1 })
  expect((await jsonOf('symbols')).code).toBe(0)
})

test('a file is attached to an event, listed and saved byte for byte; nothing is there to link', async () => {
  const path = file('receipt.txt', 'paid in full')
  const { json } = await jsonOf('export', '--to', 'json', '--out', join(folder, 'books.json'))
  expect(json).not.toBeNull()
  const [event] = JSON.parse(readFileSync(join(folder, 'books.json'), 'utf8')).events
  const attached = await jsonOf('attach', '--event', event.id, '--file', path)
  expect(attached.json.attachment).toMatchObject({ name: 'receipt.txt', bytes: 12 })
  const copy = join(folder, 'copy.txt')
  await jsonOf('attach', '--save', attached.json.attachment.id, '--out', copy)
  expect(readFileSync(copy, 'utf8')).toBe('paid in full')
  const link = await jsonOf('link')
  expect([link.code, link.json.counts]).toEqual([0, expect.objectContaining({ proposed: 0, linked: 0 })])
})
