/**
 * Binance's exports of trades: spot trade history, convert history, auto-invest history. Facts:
 * - Spot trades (`Date(UTC),Pair,Side,Price,Executed,Amount,Fee`): amounts carry their asset and thousands commas
 *   (`0.0100000000BTC`, `1,234.50EUR`). Pairs have no separator; the assets beside the amounts split them, also those that
 *   begin with a digit (`1INCH`).
 * - Older (`Date(UTC),Market,Type,Price,Amount,Total,Fee,Fee Coin`, a workbook): bare numbers, so the pair is split by
 *   the list of quotes.
 * - No order id and no trade id: equal fills of one second are real.
 * - Convert: `Sell` and `Buy` like `20 USDT`; only `Successful` happened; with or without a column `Wallet`.
 * - Auto-invest: `Units` is what was bought, `Amount per period` what was paid with the fee inside; a fee `--` is none.
 * - The name of the time column states an offset where it is not UTC. Conversions can have a column that is just `Date`: asked.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { swap, trade } from './legs.ts'
import { type MarketPair, pairByUnits, pairSplitter } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { clockOf, withoutOffset, zoneUnlessNamed } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered, wordTable } from './word-table.ts'
import { readShortYear, readWrittenTime } from './written-times.ts'

/** Longest quote first would cut these wrongly. */
const EXCEPTIONS: Readonly<Record<string, MarketPair>> = wordTable({
  USDTUSD: { base: 'USDT', quote: 'USD' },
  USDCUSD: { base: 'USDC', quote: 'USD' },
  PAXGUSD: { base: 'PAXG', quote: 'USD' },
  BNBIDR: { base: 'BNB', quote: 'IDR' },
  LUNAEUR: { base: 'LUNA', quote: 'EUR' },
})
export const binancePair = pairSplitter(undefined, EXCEPTIONS)

const DONE = new Set(['successful', 'success', 'completed', 'filled'])

const noMarket = (market: string, column: string) => ({
  reason: `“${market.slice(0, 40)}” is no market of two assets that this reader knows`,
  column,
})

const inCapitals = remembered((word) => word.toUpperCase())

function openGlued(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Date'),
    pair: column('Pair'),
    side: column('Side'),
    executed: column('Executed'),
    amount: column('Amount'),
    fee: column('Fee'),
  }
  return {
    time: clockOf(table, at.time, readShortYear),
    read(row: RowCursor) {
      const side = inCapitals(row.text(at.side))
      if (side !== 'BUY' && side !== 'SELL') return unknownType(side, 'Side')
      const market = row.text(at.pair)
      const pair = pairByUnits(market, row.text(at.executed), row.text(at.amount))
      if (pair === null) return noMarket(market, 'Pair')
      const { base, quote } = pair
      const executed = row.neededGlued(at.executed, [base])
      const amount = row.neededGlued(at.amount, [quote])
      const fee = row.glued(at.fee, [base, quote, 'BNB'])
      const isFiat = (symbol: string) => row.isFiat(symbol)
      const charged = fee?.amount ?? 0n
      const { kind, legs } =
        side === 'BUY'
          ? swap(quote, amount.amount, base, executed.amount, isFiat, charged, fee?.symbol)
          : swap(base, executed.amount, quote, amount.amount, isFiat, charged, fee?.symbol)
      return { kind, legs, sourceKind: side }
    },
  }
}

function openBare(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Date'),
    market: column('Market'),
    type: column('Type'),
    amount: column('Amount'),
    total: column('Total'),
    fee: column('Fee'),
    feeCoin: column('Fee Coin'),
  }
  return {
    time: clockOf(table, at.time, readShortYear),
    read(row: RowCursor) {
      const type = row.word(at.type).toUpperCase()
      if (type !== 'BUY' && type !== 'SELL') return unknownType(type, 'Type')
      const market = row.word(at.market)
      const pair = binancePair(market)
      if (pair === null) return noMarket(market, 'Market')
      const fee = row.amount(at.fee)
      const sides = {
        isBuy: type === 'BUY',
        base: pair.base,
        baseAmount: row.neededSize(at.amount),
        quote: pair.quote,
        quoteAmount: row.neededSize(at.total),
        fee,
        feeSymbol: fee === 0n ? '' : row.symbol(at.feeCoin),
      }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: type }
    },
  }
}

function openConvert(table: OpenTable): RowReader {
  const { column } = table
  const at = { time: column('Date'), sell: column('Sell'), buy: column('Buy'), status: column('Status') }
  return {
    time: clockOf(table, at.time, readShortYear),
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const sold = row.neededGlued(at.sell)
      const bought = row.neededGlued(at.buy)
      const legs = swap(sold.symbol, sold.amount, bought.symbol, bought.amount, (symbol) => row.isFiat(symbol))
      return { ...legs, sourceKind: 'Convert' }
    },
  }
}

function openAutoInvest(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Auto-Invest Date'),
    coin: column('Holding Coin'),
    paid: column('Amount per period'),
    fee: column('Trading Fee'),
    units: column('Units'),
    from: column('From'),
    status: column('Status'),
  }
  const { zone } = table.context
  return {
    time: clockOf(table, at.time, (text) => readWrittenTime(text, 'mdy', zone)),
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const coin = row.symbol(at.coin)
      const units = row.text(at.units).endsWith(coin)
        ? row.neededGlued(at.units, [coin]).amount
        : row.neededSize(at.units)
      const paid = row.neededGlued(at.paid)
      const fee = row.glued(at.fee, [paid.symbol])
      const isPaidIn = fee !== null && fee.symbol === paid.symbol && fee.amount <= paid.amount
      const gross = isPaidIn ? paid.amount - fee.amount : paid.amount
      const legs = swap(
        paid.symbol,
        gross,
        coin,
        units,
        (symbol) => row.isFiat(symbol),
        fee?.amount ?? 0n,
        fee?.symbol ?? '',
      )
      return { ...legs, sourceKind: 'Auto-Invest' }
    },
  }
}

const SPOT = ['Date', 'Pair', 'Side', 'Price', 'Executed', 'Amount', 'Fee']
const OLD_SPOT = ['Date', 'Market', 'Type', 'Price', 'Amount', 'Total', 'Fee', 'Fee Coin']
const CONVERT = ['Date', 'Pair', 'Type', 'Sell', 'Buy', 'Price', 'Inverse Price', 'Date Updated', 'Status']
const INVEST = ['Auto-Invest Date', 'Holding Coin', 'Amount per period', 'Trading Fee', 'Units', 'From', 'Status']

export const binanceTrades = tableSource({
  id: 'binance-trades' as SourceId,
  name: 'Binance trades',
  venue: 'Binance',
  version: 2,
  account: { name: 'Binance', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet:
    'Binance: Orders → Spot Order → Trade History → Export; Convert History → Export. The statement (“Generate all statements”) holds them too.',
  plainName: withoutOffset,
  layouts: [
    { layout: 'spot trades', required: SPOT, tag: 'trade', identity: SPOT, time: ['Date'], open: openGlued },
    {
      layout: 'older spot trades',
      required: OLD_SPOT,
      tag: 'trade',
      identity: OLD_SPOT,
      time: ['Date'],
      open: openBare,
    },
    {
      layout: 'convert',
      required: CONVERT,
      optional: ['Wallet'],
      tag: 'convert',
      identity: ['Date', 'Pair', 'Type', 'Sell', 'Buy'],
      time: ['Date'],
      zone: zoneUnlessNamed,
      open: openConvert,
    },
    {
      layout: 'auto-invest',
      required: INVEST,
      tag: 'auto-invest',
      identity: INVEST.slice(0, 6),
      time: ['Auto-Invest Date'],
      open: openAutoInvest,
    },
  ],
})
