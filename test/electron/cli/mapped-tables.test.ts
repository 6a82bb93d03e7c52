import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered, tallystick, UNLOCKED } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-mapped-'))
const ledger = join(folder, 'Anna.tally')
const at = (name: string): string => join(folder, name)

interface Mapped {
  readonly word?: { readonly meanings: Record<string, unknown> }
  readonly time: { readonly columns: readonly string[]; readonly format: string; zone: string }
  readonly decimals: string
  readonly group?: { readonly columns: readonly string[] }
  readonly [member: string]: unknown
}

/** Tables that no reader knows: the file, a further row of a later export, what a person puts right in the first mapping. */
const TABLES: Readonly<Record<string, { text: string; later: string; edit: (recipe: Mapped) => unknown }>> = {
  'deutsche-boerse': {
    text: 'Datum;Vorgang;Menge;Währung;Gebühr\n03.02.2024 10:30;Kauf;1.000,5;ADA;0,25\n04.02.2024 11:00;Verkauf;200,25;ADA;\n31.12.2024 23:30;Einzahlung;2;BTC;\n',
    later: '05.01.2025 11:00;Auszahlung;0,5;BTC;0,001\n',
    edit: (recipe) => ({
      ...recipe,
      decimals: ',',
      time: { ...recipe.time, zone: 'Europe/Berlin' },
      word: {
        ...recipe.word,
        meanings: { ...recipe.word?.meanings, Auszahlung: { kind: 'by-legs', flow: 'out' } },
      },
    }),
  },
  'paired-rows': {
    text: 'Order ID,Time,Coin,Change\nA1,2024-03-01 10:00:00,BTC,0.5\nA1,2024-03-01 10:00:00,USDT,-30000\nA1,2024-03-01 10:00:01,BNB,-0.01\nB2,2024-03-02 10:00:00,ETH,-2\n',
    later: 'C3,2024-03-03 10:00:00,ETH,1\nC3,2024-03-03 10:00:00,USDT,-3000\n',
    edit: (recipe) => ({ ...recipe, time: { ...recipe.time, zone: 'UTC' } }),
  },
  'signed-amounts': {
    text: 'date,amount,asset,note\n2024-03-01T10:00:00Z,-0.5,LTC,out\n2024-03-02T10:00:00Z,"1,500.25",USD,in\n',
    later: '2024-03-03T10:00:00Z,(0.25),LTC,out again\n',
    edit: (recipe) => recipe,
  },
  'en-espanol': {
    text: 'Fecha,Tipo,Cantidad,Moneda\n01/02/2024 10:00,Compra,"0,5",XMR\n15/02/2024 10:00,Venta,"0,25",XMR\n16/02/2024 10:00,Intereses,"0,01",XMR\n17/02/2024 10:00,Regalo recibido,"0,02",XMR\n',
    later: '18/02/2024 10:00,Sorteo,"0,5",XMR\n',
    edit: (recipe) => ({
      ...recipe,
      time: { ...recipe.time, zone: 'Europe/Madrid' },
      word: {
        ...recipe.word,
        meanings: { ...recipe.word?.meanings, 'Regalo recibido': { kind: 'gift_in', flow: 'in' } },
      },
    }),
  },
  'epoch-times': {
    text: 'timestamp,pair,side,qty,price,fee\n1709287200,DOT/EUR,BUY,0.5,8,0.1\n1709287200123,SOL-EUR,SELL,2,100,5\n',
    later: '1709373600,DOT/EUR,BUY,1,7,0.1\n',
    edit: (recipe) => recipe,
  },
}

const onLedger = (...args: string[]) =>
  tallystick([args[0] as string, ledger, ...args.slice(1), '--json'], { env: UNLOCKED })
const jsonOf = (command: string, ...rest: string[]) => answered(command, ledger, ...rest)

beforeAll(async () => {
  const made = await tallystick(['new', ledger, '--jurisdiction', 'none', '--zone', 'UTC', '--name', 'Anna'], {
    env: UNLOCKED,
  })
  if (made.code !== 0) throw new Error(made.err)
  for (const [name, { text }] of Object.entries(TABLES)) writeFileSync(at(`${name}.csv`), text)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = Object.keys(TABLES).map((name) => at(`${name}.csv`))

test('five tables of places nobody knows: mapped once, put right, read, and read by their header from then on', async () => {
  for (const [name, { edit }] of Object.entries(TABLES)) {
    const path = at(`${name}.json`)
    const { code, json } = await jsonOf('recipes', '--suggest', at(`${name}.csv`), '--out', path)
    expect([name, code, json.file]).toEqual([name, 0, path])
    writeFileSync(path, JSON.stringify(edit(JSON.parse(readFileSync(path, 'utf8')) as Mapped)))
    expect((await onLedger('recipes', '--import', path)).code).toBe(0)
  }
  const [german, paired, , spanish, epoch] = Object.keys(TABLES).map(
    (name) => JSON.parse(readFileSync(at(`${name}.json`), 'utf8')) as Mapped,
  )
  expect([german?.time.format, spanish?.time.format, epoch?.time.format]).toEqual(['dmy', 'dmy', 'epoch'])
  expect(paired?.group?.columns).toEqual(['Order ID'])

  const first = await jsonOf('import', ...files)
  const counts = (json: { files: { added: number; events: number; notUnderstood: unknown[] }[] }) =>
    json.files.map((file) => [file.added, file.events, file.notUnderstood.length])
  expect(counts(first.json)).toEqual([
    [3, 3, 0],
    [4, 2, 0],
    [2, 2, 0],
    [4, 4, 0],
    [2, 2, 0],
  ])

  for (const [name, { text, later }] of Object.entries(TABLES)) writeFileSync(at(`${name}.csv`), text + later)
  const again = await jsonOf('import', ...files)
  expect(counts(again.json)).toEqual([
    [1, 1, 0],
    [2, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
    [1, 1, 0],
  ])
  expect(again.json.files[3].notUnderstood[0].reason).toContain('Sorteo')

  const { json } = await jsonOf('balances')
  const balances = (json.balances as { account: string; symbol: string; amount: string }[])
    .map(({ account, symbol, amount }) => `${account} ${amount} ${symbol}`)
    .toSorted()
  expect(balances).toEqual([
    'deutsche-boerse 1.499 BTC',
    'deutsche-boerse 800 ADA',
    'en-espanol 0.28 XMR',
    'epoch-times -2 SOL',
    'epoch-times 1.5 DOT',
    'epoch-times 183.8 EUR',
    'paired-rows -0.01 BNB',
    'paired-rows -1 ETH',
    'paired-rows -33000 USDT',
    'paired-rows 0.5 BTC',
    'signed-amounts -0.75 LTC',
    'signed-amounts 1500.25 USD',
  ])
}, 240_000)

test('a file that holds no table is not mapped, and a wrong number of a table is told', async () => {
  writeFileSync(at('prose.csv'), 'Dear Anna\n')
  const none = await onLedger('recipes', '--suggest', at('prose.csv'), '--out', at('prose.json'))
  expect([none.code, existsSync(at('prose.json'))]).toEqual([2, false])
  const wrong = await onLedger('recipes', '--suggest', at('epoch-times.csv'), '--table', '../1')
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--table')])
}, 60_000)
