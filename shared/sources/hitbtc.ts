/**
 * HitBTC's trades, and the payments of its main account. Facts:
 * - The offset stands in the header: `Date (UTC)`, `Date (+01:00)`; where it does not, the zone is asked.
 * - Fee and rebate are in the quote, beside `Volume`. Instruments are written with or without a separator.
 * - Payments between main and trading account stay inside.
 */
import type { Instant, SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, insideMove, present, trade, withdrawal } from './legs.ts'
import { pairSplitter } from './market-pairs.ts'
import type { TableHeader } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { offsetInName } from './written-times.ts'

/** The offset in `Date (+01:00)` and `Date (UTC)`. */
const offsetOf = (name: string): number | null => offsetInName(name.replace(/\(\s*([-+])/, '(UTC$1'))

const zone = ({ names }: TableHeader): ZoneName | 'ask' =>
  names.some((name) => /^date\b/i.test(name) && offsetOf(name) !== null) ? ('UTC' as ZoneName) : 'ask'

function clock({ column, nameInFile, context }: OpenTable): (text: string) => SourceTime | null {
  const offset = offsetOf(nameInFile(column('Date')))
  if (offset === null) return (text) => readTime(text, context.zone)
  return (text) => {
    const found = readTime(text, 'UTC' as ZoneName)
    return found === null ? null : { ...found, time: (found.time - offset) as Instant }
  }
}

function openTrades(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    instrument: column('Instrument'),
    side: column('Side'),
    quantity: column('Quantity'),
    volume: column('Volume'),
    fee: column('Fee'),
    rebate: column('Rebate'),
  }
  const split = pairSplitter()
  return {
    time: clock(table),
    read(row) {
      const side = row.word(at.side).toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(row.text(at.side), 'Side')
      const pair = split(row.word(at.instrument))
      if (pair === null) return { reason: 'the market does not name two assets', column: 'Instrument' }
      const sides = {
        isBuy: side === 'BUY',
        ...pair,
        baseAmount: row.neededSize(at.quantity),
        quoteAmount: row.neededSize(at.volume),
      }
      const fee = row.size(at.fee) - row.size(at.rebate)
      return { ...trade({ ...sides, fee }, (symbol) => row.isFiat(symbol)), sourceKind: side }
    },
  }
}

function openPayments(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    type: column('Type'),
    amount: column('Amount'),
    hash: column('Transaction hash'),
    currency: column('Currency'),
  }
  return {
    time: clock(table),
    read(row) {
      const type = row.word(at.type)
      const symbol = row.symbol(at.currency)
      const amount = row.neededSize(at.amount)
      const isFiat = row.isFiat(symbol)
      const facts = { sourceKind: type, ...present({ hash: row.text(at.hash) }) }
      if (/^transfer/i.test(type)) return { ...insideMove(symbol, amount), ...facts }
      if (/^(?:deposit|payin)/i.test(type)) return { ...deposit(symbol, amount, isFiat), ...facts }
      if (/^(?:withdraw|payout)/i.test(type)) return { ...withdrawal(symbol, amount, isFiat), ...facts }
      return unknownType(type, 'Type')
    },
  }
}

export const hitbtc = tableSource({
  id: 'hitbtc' as SourceId,
  name: 'HitBTC exports',
  venue: 'HitBTC',
  version: 1,
  account: { name: 'HitBTC', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'HitBTC: Reports → My trades, and Payment history → Export, CSV, all time.',
  plainName: (name) => name.replace(/^Date\s*\([^)]*\)$/i, 'Date'),
  layouts: [
    {
      layout: 'trades',
      required: ['Date', 'Instrument', 'Trade ID', 'Order ID', 'Side', 'Quantity', 'Price', 'Volume', 'Fee', 'Rebate'],
      optional: ['Email', 'PnL', 'Total', 'Taker', 'Margin Mode'],
      id: ['Trade ID'],
      tag: 'trade',
      identity: ['Date', 'Instrument', 'Side', 'Quantity', 'Volume'],
      time: ['Date'],
      zone,
      record: 'trade',
      open: openTrades,
    },
    {
      layout: 'payments',
      required: ['Date', 'Operation id', 'Type', 'Amount', 'Transaction hash', 'Currency'],
      optional: ['Email', 'Main account balance'],
      id: ['Operation id'],
      tag: 'payment',
      identity: ['Date', 'Type', 'Amount', 'Currency'],
      time: ['Date'],
      zone,
      record: 'payment',
      open: openPayments,
    },
  ],
})
