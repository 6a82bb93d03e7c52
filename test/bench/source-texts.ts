/** A long text for each source, made of its own main fixture (and, for four, of the sample files or made up). */
import { readFileSync } from 'node:fs'
import { openImport } from '../../electron/intake/import-stream.ts'
import type { ImportTable } from '../../electron/intake/messages.ts'
import type { CurrencyCode, SourceId } from '../../shared/events/identifiers.ts'
import { makeKrakenLedger } from './make-kraken-ledger.ts'
import { multipliedFixture } from './multiply-fixture.ts'

/** Of sources whose main fixture is not called like the source itself. */
const MAIN: Readonly<Record<string, string>> = {
  coinbase: 'coinbase-with-id',
  'binance-transfers': 'binance-deposits',
  'coinbase-prime': 'coinbase-prime-transactions',
  okx: 'okx-trading',
  bybit: 'bybit-unified',
  kucoin: 'kucoin-fills',
  bitfinex: 'bitfinex-trades',
  mexc: 'mexc-trades',
  htx: 'htx-trades',
  poloniex: 'poloniex-trades',
  bittrex: 'bittrex-orders-v3',
  ftx: 'ftx-trades',
  robinhood: 'robinhood-activity',
  strike: 'strike-annual',
  cointracking: 'cointracking-full',
  cointracker: 'cointracker-history',
  coinledger: 'coinledger-export',
  rotki: 'rotki-events',
  turbotax: 'turbotax-universal',
  'bitcoin-tax': 'bitcoin-tax-trades',
  'crypto-com-tax': 'cryptocom-tax',
  dydx: 'dydx-fills',
  hitbtc: 'hitbtc-trades',
  koinly: 'koinly-universal',
  'broker-forms': 'broker-forms-boxes',
}

/** Explorers that write Etherscan's tables with their own coin in the names of the columns. */
const COINS: Readonly<Record<string, string>> = {
  arbiscan: 'ETH',
  basescan: 'ETH',
  optimism: 'ETH',
  lineascan: 'ETH',
  polygonscan: 'POL',
  bscscan: 'BNB',
  snowtrace: 'AVAX',
  ftmscan: 'FTM',
  gnosisscan: 'XDAI',
  cronoscan: 'CRO',
}

export interface SourceText {
  readonly fileName: string
  readonly text: string
  /** The text as the file has it. */
  readonly bytes: Uint8Array
  /** What separates its cells; null of JSON, which papaparse cannot be measured on. */
  readonly delimiter: string | null
  /** Share of its rows that became something, in the fixture: the long text must not be worse. */
  readonly understood: number
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/sources/${name}`, import.meta.url), 'utf8').replace('\ufeff', '')

/** Reads a file by the readers of one source; gives how many rows became something, and the first table. */
export async function readText(
  source: string,
  { fileName, bytes }: Pick<SourceText, 'fileName' | 'bytes'>,
): Promise<{
  readonly rows: number
  readonly events: number
  readonly understood: number
  readonly table: ImportTable
}> {
  const tables: ImportTable[] = []
  const options = { fileName, accounts: [], currency: 'USD' as CurrencyCode, source: source as SourceId }
  const stream = openImport(options, (message) => {
    if (message.type === 'table') tables.push(message.table)
  })
  for (let at = 0; at < bytes.length; at += 1_048_576) await stream.push(bytes.subarray(at, at + 1_048_576))
  const { counts, problem } = await stream.end()
  const [table] = tables
  if (problem !== null || table === undefined) throw new Error(`${source}: ${problem ?? 'no table was found'}`)
  return { ...counts, table }
}

/** The documents of our own with so many events. */
function manyEvents(text: string, rows: number): string {
  const document = JSON.parse(text) as { events: { id: string }[] }
  const some = document.events.slice(0, 2)
  const events = [...document.events]
  for (let copy = 1; events.length < rows; copy++) {
    const time = new Date(Date.UTC(2024, 3, 1) + copy * 600_000).toISOString()
    for (const event of some) events.push({ ...event, id: `${event.id}x${copy}`, ...{ time } })
  }
  return JSON.stringify({ ...document, events: events.slice(0, rows) }, null, 1)
}

/** A text of `rows` rows of the source, none of which is the twin of another. */
export async function sourceText(source: string, rows: number): Promise<SourceText> {
  const made = await longText(source, rows)
  return { ...made, bytes: Buffer.from(made.text) }
}

async function longText(source: string, rows: number): Promise<Omit<SourceText, 'bytes'>> {
  if (source === 'kraken-ledgers') {
    return { fileName: 'ledgers.csv', text: makeKrakenLedger(rows), delimiter: ',', understood: 1 }
  }
  if (source === 'tallystick') {
    const text = manyEvents(fixture('tallystick-events.json'), rows)
    return { fileName: 'events.json', text, delimiter: null, understood: 0.5 }
  }
  const coin = COINS[source]
  const name = coin === undefined ? (MAIN[source] ?? source) : 'etherscan'
  const small = coin === undefined ? fixture(`${name}.csv`) : fixture(`${name}.csv`).replaceAll('(ETH)', `(${coin})`)
  const fileName = `${name}.csv`
  const { table, ...counts } = await readText(source, { fileName, bytes: Buffer.from(small) })
  const delimiter = table.delimiter ?? ','
  const text = multipliedFixture(small, table.headerRow, delimiter, rows)
  return { fileName, text, delimiter, understood: counts.understood / counts.rows }
}
