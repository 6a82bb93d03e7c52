/** Work by hand on the terminal: every command shows what it would do, does it with `--yes`, and undo takes it back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tallystick, UNLOCKED } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-hand-'))
const ledger = join(folder, 'Anna.tally')
const leg = (role: string, asset: string, amount: string) => ({ role, account: 'kraken', asset, amount })
const BOOKS = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'kraken', name: 'Kraken', kind: 'exchange' }],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    { id: 'b', time: '2023-01-02T10:00:00Z', kind: 'buy', legs: [leg('in', 'BTC', '1'), leg('out', 'USD', '20000')] },
    {
      id: 's',
      time: '2024-03-04T10:00:00Z',
      kind: 'sell',
      legs: [leg('out', 'BTC', '0.5'), leg('in', 'USD', '30000')],
    },
  ],
}
const onLedger = (...args: string[]) => tallystick([args[0] as string, ledger, ...args.slice(1)], { env: UNLOCKED })
async function jsonOf(...args: string[]) {
  const ran = await onLedger(...args, '--json')
  if (ran.code !== 0) throw new Error(`${ran.code}: ${ran.err}`)
  return JSON.parse(ran.out)
}
let exports = 0
async function events(): Promise<{ id: string; kind: string; legs: { asset: string; amount: string }[] }[]> {
  const out = join(folder, `books-${++exports}.json`)
  await jsonOf('export', '--to', 'json', '--out', out)
  return JSON.parse(readFileSync(out, 'utf8')).events
}
let buy = ''

beforeAll(async () => {
  const path = join(folder, 'books.json')
  writeFileSync(path, JSON.stringify(BOOKS))
  const made = await tallystick(['new', ledger, '--jurisdiction', 'us', '--zone', 'America/New_York', '--json'], {
    env: UNLOCKED,
  })
  if (made.code !== 0) throw new Error(made.err)
  await jsonOf('import', path)
  buy = (await events()).find(({ kind }) => kind === 'buy')?.id ?? ''
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an event is shown first, then added, copied with a change, edited and removed', async () => {
  const what = [
    'add',
    '--kind',
    'sell',
    '--time',
    '2024-06-01',
    '--account',
    'Kraken',
    '--out',
    '0.1 BTC',
    '--in',
    '7000.00 USD',
  ]
  const shown = await jsonOf(...what)
  expect(shown).toMatchObject({ done: false, refusal: null, makes: [{ kind: 'sell', precision: 'day' }] })
  expect(shown.makes[0].time).toBe(Date.parse('2024-06-01T04:00:00Z'))
  expect(shown.tax.years).toMatchObject([{ year: 2024, gainBefore: '20000', gainAfter: '25000', filed: false }])
  expect(await events()).toHaveLength(2)
  const done = await jsonOf(...what, '--yes')
  const [id] = done.events
  const copied = await jsonOf('copy', '--event', id, '--change', '{"note":"again"}', '--yes')
  const written = await jsonOf('event', '--event', copied.events[0])
  expect(written).toMatchObject({
    kind: 'sell',
    note: 'again',
    precision: 'day',
    legs: [{ amount: '7000' }, { amount: '0.1' }],
  })
  await jsonOf('edit', '--event', id, '--change', '{"note":"by post"}', '--yes')
  expect((await jsonOf('event', '--event', id)).note).toBe('by post')
  const people = await onLedger('remove', '--event', id)
  expect(people.out).toContain('2024: gain 30,000.00 → 25,000.00')
  expect(people.out).toContain('Nothing was done: --yes does it.')
  await jsonOf('remove', '--event', id, '--yes')
  expect(await events()).toHaveLength(3)
  for (let n = 0; n < 4; n++) await jsonOf('undo')
  expect(await events()).toHaveLength(2)
}, 180_000)

test('a split by amounts shares everything out, a merge puts it together again, and both are undone', async () => {
  const shown = await jsonOf('split', '--event', buy, '--into', '0.3,0.7')
  expect(shown).toMatchObject({ done: false, replaces: [buy], tax: { years: [] } })
  expect(shown.makes.map(({ legs }: { legs: { amount: string }[] }) => legs.map(({ amount }) => amount))).toEqual([
    ['0.3', '6000'],
    ['0.7', '14000'],
  ])
  const { events: parts } = await jsonOf('split', '--event', buy, '--into', '0.3,0.7', '--yes')
  const merged = await jsonOf('merge', '--event', ...parts, '--kind', 'buy', '--yes')
  expect(await jsonOf('event', '--event', merged.events[0])).toMatchObject({
    legs: [{ amount: '1' }, { amount: '20000' }],
  })
  await jsonOf('undo')
  await jsonOf('undo')
  expect((await events()).map(({ id }) => id)).toContain(buy)
  const wrong = await onLedger('split', '--event', buy, '--into', '0.3,0.6', '--yes')
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('add up to 0.9; the event moves 1 BTC')])
}, 180_000)

test('a change of many by a condition is shown, done as one act and undone; groups come and go', async () => {
  const what = ['bulk', '--when', '{"direction":"out","asset":"BTC"}', '--kind', 'gift_out']
  const shown = await jsonOf(...what)
  expect(shown).toMatchObject({ done: false, fits: 1, changes: 1, tax: { years: [{ year: 2024, gainAfter: '0' }] } })
  expect((await events()).map(({ kind }) => kind)).toEqual(['buy', 'sell'])
  expect(await jsonOf(...what, '--yes')).toMatchObject({ done: true, changed: 1 })
  expect((await events()).map(({ kind }) => kind)).toEqual(['buy', 'gift_out'])
  await jsonOf('undo')
  expect((await events()).map(({ kind }) => kind)).toEqual(['buy', 'sell'])
  expect(await jsonOf('group', '--event', buy, '--name', 'Savings')).toMatchObject({ done: false })
  await jsonOf('group', '--event', buy, '--name', 'Savings', '--yes')
  expect((await jsonOf('group')).groups).toMatchObject([{ name: 'Savings', events: [buy] }])
  await jsonOf('group', '--event', buy, '--out', '--yes')
  expect((await jsonOf('group')).groups).toEqual([])
}, 180_000)

test('what cannot be read is refused in one line that names it', async () => {
  const bulk = await onLedger('bulk', '--when', '{}')
  expect([bulk.code, bulk.err]).toEqual([2, expect.stringContaining('say what is to change')])
  const nowhere = await onLedger(
    'add',
    '--kind',
    'buy',
    '--time',
    '2024-06-01',
    '--account',
    'Nowhere',
    '--in',
    '1 BTC',
  )
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('Nowhere: there is no such account')])
  const change = await onLedger('copy', '--event', buy, '--change', '{"legs":"none"}')
  expect([change.code, change.err]).toEqual([2, expect.stringContaining('--change: legs:')])
}, 120_000)
