import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const SAMPLES = join(import.meta.dirname, '../../../samples')

/** Files of the samples by name, as `importAll` takes them. */
export const sampleFiles = (...names: readonly string[]): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(names.map((name) => [name, readFileSync(join(SAMPLES, name))]))

/** The invented client's exports in formats that are built in, and the prices. */
export const SAMPLE_FILES = sampleFiles(
  'kraken-ledgers-2022-2024.csv',
  'kraken-ledgers-2024-2025.csv',
  'coinbase-transactions.csv',
  'binance-statement.csv',
  'ledger-live-operations.csv',
  'prices.csv',
)
