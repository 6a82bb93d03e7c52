/** Speed of each reader beside papaparse alone on the same text, in this run and on this machine. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { openImport } from '../../electron/intake/import-stream.ts'
import type { CurrencyCode } from '../../shared/events/identifiers.ts'
import { type BenchOptions, type BenchResult, ratio, timed } from './bench.ts'
import { makeKrakenLedger } from './make-kraken-ledger.ts'

const ROWS = 100_000
const CHUNK = 1_048_576
const ROUNDS = 3

const sample = (name: string) =>
  readFileSync(new URL(`../../samples/${name}`, import.meta.url), 'utf8').replace('\ufeff', '')
const fixture = (name: string) => readFileSync(new URL(`../fixtures/sources/${name}`, import.meta.url), 'utf8')

/** Rows of a small export, repeated with other ids and minutes until there are enough. */
function multiplied(text: string, headLines: number, rows: number): string {
  const lines = text.trimEnd().split('\n')
  const head = lines.slice(0, headLines)
  const body = lines.slice(headLines)
  const made: string[] = []
  for (let copy = 0; made.length < rows; copy++) {
    const stamp = `${String(copy % 24).padStart(2, '0')}:${String(Math.floor(copy / 24) % 60).padStart(2, '0')}:${String(Math.floor(copy / 1440) % 60).padStart(2, '0')}`
    for (const line of body)
      made.push(
        line
          .replace(/\d\d:\d\d:\d\d/, stamp)
          .replace(/^("?)(c\d\d|[0-9a-f]{24}|T[AB]\d+|\d{1,2})("?),/, `$1$2x${copy}$3,`),
      )
  }
  return [...head, ...made.slice(0, rows)].join('\n')
}

async function read(text: string): Promise<{ rows: number; events: number }> {
  const bytes = Buffer.from(text)
  const stream = openImport({ fileName: 'bench', accounts: [], currency: 'USD' as CurrencyCode }, () => {})
  for (let at = 0; at < bytes.length; at += CHUNK) await stream.push(bytes.subarray(at, at + CHUNK))
  const { counts, problem } = await stream.end()
  if (problem !== null) throw new Error(problem)
  return counts
}

/**
 * What any reader here has to do: cut the text into cells, and hash every line, so that a row can be known again. The
 * reader itself also finds the places of rows, groups them, resolves accounts and assets and makes events. The
 * bar leaves room for a busy machine, where collecting garbage takes its turn.
 */
const AT_MOST = 20

/** For each reader: the time from bytes to resolved events against papaparse and a hash of each line of the same text. */
export async function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const rows = quick ? ROWS / 10 : ROWS
  const texts: Readonly<Record<string, string>> = {
    'kraken-ledgers': makeKrakenLedger(rows),
    coinbase: multiplied(sample('coinbase-transactions.csv'), 4, rows),
    'binance-statement': multiplied(sample('binance-statement.csv'), 1, rows),
    'ledger-live': multiplied(sample('ledger-live-operations.csv'), 1, rows),
    koinly: multiplied(fixture('koinly-universal.csv'), 1, rows),
    'kraken-trades': multiplied(fixture('kraken-trades.csv'), 1, rows),
    'binance-trades': multiplied(fixture('binance-trades.csv'), 1, rows),
    bitstamp: multiplied(fixture('bitstamp.csv'), 1, rows),
    bybit: multiplied(fixture('bybit-unified.csv'), 2, rows),
    'crypto-com-app': multiplied(fixture('crypto-com-app.csv').replace('\ufeff', ''), 1, rows),
    gate: multiplied(fixture('gate.csv'), 1, rows),
    htx: multiplied(fixture('htx-trades.csv'), 1, rows),
    'price-table': multiplied(sample('prices.csv'), 1, rows),
  }
  const results: BenchResult[] = []
  for (const [source, text] of Object.entries(texts)) {
    let readMs = Number.POSITIVE_INFINITY
    let parseMs = Number.POSITIVE_INFINITY
    let hashMs = Number.POSITIVE_INFINITY
    const lines = text.split('\n')
    let counts = { rows: 0, events: 0 }
    for (let round = 0; round < ROUNDS; round++) {
      parseMs = Math.min(parseMs, (await timed(() => Papa.parse(text, { delimiter: ',' }).data.length)).ms)
      hashMs = Math.min(hashMs, (await timed(() => lines.map((line) => hash('sha256', line)).length)).ms)
      const reading = await timed(() => read(text))
      readMs = Math.min(readMs, reading.ms)
      counts = reading.value
    }
    const result = ratio(`read ${source}`, readMs, parseMs + hashMs, AT_MOST)
    const papaparse = { papaparseMilliseconds: parseMs, ratioToPapaparse: readMs / parseMs }
    const measured = {
      ...result.measured,
      ...papaparse,
      bytes: Buffer.byteLength(text),
      rows: counts.rows,
      events: counts.events,
    }
    say(`  ${source}: ${counts.rows} rows, ${counts.events} events`)
    results.push({ ...result, measured })
  }
  return results
}
