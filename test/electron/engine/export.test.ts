/** The way out: everything leaves, other programs accept it, and what comes back is the same. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest'
import { tallystick } from '../cli/run-cli.ts'
import { importAll, PASSPHRASE, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'
import { SAMPLE_FILES } from './sample-files.ts'

let folder: string
let running: RunningEngine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tallystick-export-'))
  running = await runWithLedger()
  await importAll(running.client, SAMPLE_FILES)
  await quiet(running.client)
  await running.client.transfers.accept({ grade: 'likely' })
  await quiet(running.client)
})
afterAll(async () => {
  await running.end()
  rmSync(folder, { recursive: true, force: true })
})

type Format = NonNullable<Parameters<RunningEngine['client']['reports']['exportAll']>[0]>['format']

async function exported(format: Format): Promise<{ readonly path: string; readonly bytes: Buffer }> {
  const { fileName, base64 } = await running.client.reports.exportAll({ format })
  const bytes = Buffer.from(base64, 'base64')
  const path = join(folder, fileName)
  writeFileSync(path, bytes)
  return { path, bytes }
}

const digits = (amount: string): bigint => {
  const [whole = '', part = ''] = amount.replace('-', '').split('.')
  const units = BigInt(whole + part.padEnd(24, '0'))
  return amount.startsWith('-') ? -units : units
}

/** Units of each symbol over all accounts, where there are any. */
async function holdingsOf({ client }: RunningEngine): Promise<string[]> {
  const held = new Map<string, bigint>()
  const { rows } = await client.events.balances({})
  for (const { symbol, amount } of rows) held.set(symbol, (held.get(symbol) ?? 0n) + digits(amount))
  return [...held]
    .filter(([, amount]) => amount !== 0n)
    .map(([symbol, amount]) => `${symbol} ${amount}`)
    .sort()
}

function needs(name: string, context: TestContext): void {
  if (spawnSync(name, ['--version']).status !== 0) context.skip(`${name} is not installed here`)
}

test('hledger accepts the journal in strict mode, with its closing balances', async (context) => {
  needs('hledger', context)
  const { path, bytes } = await exported('hledger')
  const { status, stderr } = spawnSync('hledger', ['-f', path, '-s', 'check', 'ordereddates'], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  expect(bytes.toString('utf8').match(/ = /g)?.length).toBeGreaterThan(5)
})

test('Beancount accepts the journal without a word', async (context) => {
  needs('bean-check', context)
  const { path } = await exported('beancount')
  const { status, stdout, stderr } = spawnSync('bean-check', ['--no-cache', path], { encoding: 'utf8' })
  expect([status, stdout, stderr]).toEqual([0, '', ''])
})

test.each([
  ['json', {}],
  ['csv', { 'prices.csv': SAMPLE_FILES['prices.csv'] as Buffer }],
] as const)('our own %s, read into a new ledger, gives the same result', async (format, prices) => {
  const { bytes } = await exported(format)
  const again = await runWithLedger()
  try {
    await importAll(again.client, { [`books.${format}`]: bytes })
    for (const [name, content] of Object.entries(prices)) await importAll(again.client, { [name]: content })
    await quiet(again.client)
    expect(await holdingsOf(again)).toEqual(await holdingsOf(running))
    const result = async ({ client }: RunningEngine) => {
      const { text } = await client.tax.document({})
      const { totals, disposals, income } = JSON.parse(text)
      const figures = (rows: Record<string, unknown>[]) =>
        rows.map(({ event: _event, lot: _lot, account: _account, ...row }) => row)
      return { totals, disposals: figures(disposals), income: figures(income) }
    }
    expect(await result(again)).toEqual(await result(running))
  } finally {
    await again.end()
  }
})

test.each(['koinly', 'cointracking', 'rotki'] as const)(
  'the files for %s, read into a new ledger, hold what the books hold',
  async (format) => {
    const { path, bytes } = await exported(format)
    const files = path.endsWith('.zip') ? unzipSync(bytes) : { 'books.csv': bytes }
    const again = await runWithLedger()
    try {
      for (const [name, content] of Object.entries(files)) await importAll(again.client, { [name]: content })
      await quiet(again.client)
      expect(await holdingsOf(again)).toEqual(await holdingsOf(running))
    } finally {
      await again.end()
    }
  },
)

test('the same books leave as the same bytes', async () => {
  for (const format of ['koinly', 'cointracking', 'rotki', 'hledger', 'beancount', 'json', 'csv'] as const) {
    const first = await exported(format)
    expect((await exported(format)).bytes.equals(first.bytes), format).toBe(true)
  }
})

test('a form that the terminal does not know is refused with the list of those it knows', async () => {
  const { code, err } = await tallystick(['export', 'x.tally', '--to', 'quicken', '--out', 'x'], {
    env: { TALLYSTICK_PASSPHRASE: PASSPHRASE },
  })
  expect(code).toBe(2)
  expect(err).toContain('json, csv, koinly, cointracking, rotki, hledger, beancount')
})
