/**
 * Writes the sample exports of Ada, who does not exist: `node samples/make-samples.ts`. The same bytes on every machine;
 * a test compares them with what is committed.
 */
import { writeFileSync } from 'node:fs'
import { priceAt, DAY } from './make/market.ts'
import { tellStory } from './make/story.ts'

/** Days on which the books need a market price: everything that is neither bought nor sold for dollars. */
const PRICED = ['BTC', 'ETH', 'SOL', 'DOT', 'ADA', 'LINK', 'ATOM', 'BNB', 'DOGE', 'XLM', 'LTC', 'USDC', 'USDT'] as const
/** One price is missing on purpose: the reward of this asset on this day has none. */
const MISSING = { asset: 'DOT', from: '2025-03-01', to: '2025-03-31' }

function priceFile(): string {
  const lines = ['date,asset,currency,price']
  for (let day = Date.UTC(2022, 0, 1); day < Date.UTC(2026, 0, 1); day += DAY) {
    const date = new Date(day).toISOString().slice(0, 10)
    for (const asset of PRICED) {
      const isMissing = asset === MISSING.asset && date >= MISSING.from && date <= MISSING.to
      if (!isMissing && isNeeded(asset, day)) lines.push(`${date},${asset},USD,${priceAt(asset, day)}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const isNeeded = (asset: string, day: number): boolean => needed.has(`${asset} ${day}`)
const needed = new Set<string>()

/** The sample files by name. */
export function sampleFiles(): ReadonlyMap<string, string> {
  const { kraken, coinbase, ledger, binance, riverbank } = tellStory()
  const start = Date.UTC(2022, 0, 1)
  const end = Date.UTC(2026, 0, 1)
  const files = new Map([
    ['coinbase-transactions.csv', coinbase.file()],
    ['kraken-ledgers-2022-2024.csv', kraken.file(start, Date.UTC(2024, 6, 1))],
    ['kraken-ledgers-2024-2025.csv', kraken.file(Date.UTC(2024, 0, 1), end)],
    ['ledger-live-operations.csv', ledger.file()],
    ['binance-statement.csv', binance.file()],
    ['riverbank-koinly-template.csv', riverbank.file()],
  ])
  for (const [name, text] of files) collectDays(name, text)
  files.set('prices.csv', priceFile())
  return files
}

/** Every day and asset that a row names gets a price, dollars aside. */
function collectDays(name: string, text: string): void {
  if (name.startsWith('coinbase')) return collectConversions(text)
  for (const line of text.split('\n').slice(1)) {
    const date = /(?:20)?(\d\d-\d\d-\d\d)[T ]/.exec(line)
    if (date === null) continue
    const day = Date.parse(`20${date[1]}T00:00:00Z`)
    for (const asset of PRICED) {
      const code = { BTC: 'XXBT|BTC', ETH: 'XETH|ETH', USDT: 'LDUSDT|USDT', DOT: 'DOT28\\.S|DOT' }[asset as string] ?? asset
      if (new RegExp(`(^|[,"])(${code})([,"]|$)`).test(line)) needed.add(`${asset} ${day}`)
    }
  }
}

function collectConversions(text: string): void {
  for (const line of text.split('\n')) {
    const date = /,(\d{4}-\d\d-\d\d) /.exec(line)
    if (date !== null && /Convert/.test(line)) needed.add(`SOL ${Date.parse(`${date[1]}T00:00:00Z`)}`)
  }
}

if (process.argv[1]?.endsWith('make-samples.ts')) {
  for (const [name, text] of sampleFiles()) writeFileSync(new URL(name, import.meta.url), text)
}
