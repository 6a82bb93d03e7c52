import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { calc } from '../../../electron/cli/calc.ts'
import { tallystick } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-calc-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const document = (changes: object = {}) => ({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York', method: 'fifo' },
  accounts: [{ id: 'kraken', name: 'Kraken', kind: 'exchange' }],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    {
      id: 'e1',
      time: '2024-01-02T03:04:05.000Z',
      kind: 'buy',
      legs: [
        { role: 'in', account: 'kraken', asset: 'BTC', amount: '3' },
        { role: 'out', account: 'kraken', asset: 'USD', amount: '100' },
      ],
    },
    {
      id: 'e2',
      time: '2025-02-02T03:04:05.000Z',
      kind: 'sell',
      legs: [
        { role: 'out', account: 'kraken', asset: 'BTC', amount: '1' },
        { role: 'in', account: 'kraken', asset: 'USD', amount: '50' },
      ],
    },
  ],
  ...changes,
})
const fileOf = (content: string, name = 'in.json'): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

test('calc reads a file, or standard input, and writes one result document and nothing else', async () => {
  const text = JSON.stringify(document())
  const [fromFile, fromInput] = await Promise.all([
    tallystick(['calc', fileOf(text)]),
    tallystick(['calc', '-'], { input: text }),
  ])
  expect([fromFile.code, fromInput.code, fromFile.err]).toEqual([0, 0, ''])
  const result = JSON.parse(fromFile.out)
  expect(result).toMatchObject({ schema: 'tallystick/result@1', disposals: [{ event: 'e2', term: 'long' }] })
  expect(result.disposals[0].cost).toBe('33.333333333333333333')
  expect(fromInput.out).toBe(fromFile.out)
})

test('--rounded rounds each figure as the form does', async () => {
  const { out } = await tallystick(['calc', '--rounded', fileOf(JSON.stringify(document()))])
  expect(JSON.parse(out).disposals[0]).toMatchObject({ cost: '33.33', gain: '16.67' })
})

test.each([
  ['a member that is not its own', JSON.stringify(document({ colour: 'red' })), /in\.json: colour is not a member/],
  ['no JSON', '{"schema": ', /in\.json: the document is not JSON/],
  [
    'an account that nobody declared',
    JSON.stringify(document({ accounts: [] })),
    /in\.json: events\[0\]\.legs\[0\]\.account/,
  ],
  [
    'a country without a pack',
    JSON.stringify(document({ profile: { jurisdiction: 'xx', currency: 'USD', zone: 'UTC' } })),
    /xx/,
  ],
  [
    'an amount that is no number',
    JSON.stringify(document()).replace('"3"', '"0x10"'),
    /events\[0\]\.legs\[0\]\.amount/,
  ],
  ['31 February', JSON.stringify(document()).replace('2025-02-02', '2025-02-31'), /events\[1\]\.time/],
])('%s ends with code 2 and one line that names the file and the place', async (_, content, words) => {
  const { code, out, err } = await tallystick(['calc', fileOf(content)])
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(words)
  expect(err.trim().split('\n')).toHaveLength(1)
})

test('a file that is not there is named', async () => {
  const { code, err } = await tallystick(['calc', join(folder, 'absent.json')])
  expect(code).toBe(2)
  expect(err).toContain('absent.json')
})

test('calc starts without the ledger, the contract or the terminal’s engine', async () => {
  const loaded = fileOf(
    `import { registerHooks } from 'node:module'
const seen = []
registerHooks({ load(url, context, next) { seen.push(url); return next(url, context) } })
process.on('exit', () => process.stderr.write(JSON.stringify(seen)))`,
    'hooks.mjs',
  )
  const ran = await tallystick([fileOf(JSON.stringify(document()))], {
    shell: `exec "$NODE" --import "${loaded}" "$CLI" calc "$1"`,
  })
  expect(ran.code).toBe(0)
  const heavy = (JSON.parse(ran.err) as string[]).filter((url) =>
    /better-sqlite3|@orpc|\/zod\/|kysely|pdfmake|electron\/(engine|ledger|vault)/.test(url),
  )
  expect(heavy).toEqual([])
})

test('the function behind it gives errors as values', () => {
  expect(calc('[]', 'x.json')).toEqual({ ok: false, error: expect.stringContaining('x.json') })
  expect(calc(JSON.stringify(document()), 'x.json').ok).toBe(true)
})
