import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, tallystick, UNLOCKED } from './run-cli.ts'

const BOOKS = {
  schema: 'tallystick/events@1',
  profile: {
    jurisdiction: 'us',
    currency: 'USD',
    zone: 'America/Chicago',
    method: [
      { from: '1970-01-01', method: 'fifo' },
      { from: '2025-01-01', method: 'hifo' },
    ],
    fees: { transfer: 'carry' },
    person: { 2025: { filingStatus: 'single', otherIncome: '1000' } },
    carryIn: { year: 2024, lossLong: '7' },
  },
  accounts: [
    { id: 'desk', name: 'Desk', kind: 'exchange', owner: 'self' },
    { id: 'spare', kind: 'wallet' },
  ],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    trade('b', '2024-03-01', 'buy', ['in', 'BTC', '2'], ['out', 'USD', '2000']),
    trade('s', '2025-09-01', 'sell', ['out', 'BTC', '1'], ['in', 'USD', '3000']),
  ],
  brokerForms: [
    { account: 'desk', asset: 'BTC', units: '1', sold: '2025-09-01', proceeds: '3000', basisReported: true },
  ],
}
function trade(id: string, day: string, kind: string, ...legs: [string, string, string][]) {
  return {
    id,
    time: `${day}T12:00:00Z`,
    kind,
    legs: legs.map(([role, asset, amount]) => ({ role, account: 'desk', asset, amount })),
  }
}

let folder = ''
const run = (...args: string[]) => tallystick(args, { env: UNLOCKED })
const path = (name: string) => join(folder, name)
const write = (name: string, profile: object) =>
  writeFileSync(path(name), JSON.stringify({ ...BOOKS, profile: { ...BOOKS.profile, ...profile } }))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallystick-document-'))
  write('books.json', {})
  write('wrong.json', { method: 's104' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a ledger made of a document leaves as the same document, choices and brokers’ forms and all', async () => {
  await answerOf('new', path('One.tally'), '--from', path('books.json'))
  await answerOf('export', path('One.tally'), '--to', 'json', '--out', path('one.json'))
  await answerOf('new', path('Two.tally'), '--from', path('one.json'))
  await answerOf('export', path('Two.tally'), '--to', 'json', '--out', path('two.json'))
  expect(readFileSync(path('two.json'), 'utf8')).toBe(readFileSync(path('one.json'), 'utf8'))
  const { profile, brokerForms, accounts } = JSON.parse(readFileSync(path('one.json'), 'utf8'))
  expect(profile).toEqual({ ...BOOKS.profile, scope: 'pack', rounding: 'cents' })
  expect(brokerForms).toEqual(BOOKS.brokerForms)
  expect(accounts).toMatchObject([{ id: 'desk', owner: 'self' }, { id: 'spare' }])
  const { forms } = await answerOf<{ forms: { 'us-8949': { box: string }[] } }>(
    'tax',
    path('One.tally'),
    '--year',
    '2025',
  )
  expect(forms['us-8949'].map(({ box }) => box)).toEqual(['J'])
  expect((await run('tax', path('One.tally'), '--year', '2025')).out).toContain("Brokers' forms: 1 matched")
}, 120_000)

test('a document of a method that the country does not allow makes no ledger', async () => {
  const { code, err } = await run('new', path('Never.tally'), '--from', path('wrong.json'))
  expect([code, existsSync(path('Never.tally')), existsSync(path('Never.tally-lock'))]).toEqual([2, false, false])
  expect(err).toContain('method-not-allowed')
}, 120_000)

test('the plan of a document says what it chooses otherwise, and choices against the law import nothing', async () => {
  const ledger = path('Own.tally')
  await answerOf('new', ledger, '--jurisdiction', 'us', '--zone', 'America/New_York')
  const refused = await run('import', ledger, path('wrong.json'), '--with-profile')
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('method-not-allowed') })
  const shown = await run('import', ledger, path('books.json'), '--dry-run')
  expect(shown.out).toContain('time zone: America/Chicago in the document, America/New_York here')
  expect(shown.out).toContain("1 rows of brokers' forms")
  expect((await answerOf<{ batches: unknown[] }>('batches', ledger)).batches).toEqual([])
}, 120_000)
