/**
 * Bitfinex: trades and movements. Facts:
 * - Dates are `DD-MM-YY HH:MM:SS` by default, but the user can choose another form (`YYYY-MM-DD`, milliseconds). The order
 *   is proved by the first rows or taken for the default; UTC by default.
 * - Trades: `AMOUNT` is signed (negative: sold); what was paid is price × amount. `FEE` is negative where it was charged, positive
 *   for a rebate, with the noise of floating point behind the eighth place.
 * - Movements: `FEES` is negative and beside the amount. Only `COMPLETED` moved something.
 * - `BTCF0:USTF0` is a perpetual: its fills move nothing but the fee, and its results stand in the ledgers.
 * - Tickers of its own: UST is Tether, UDC, EUT, IOT, DSH, QTM, ALG. Long ones are parted by a colon (`DUSK:USD`).
 */
import { ONE_UNIT } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { isDerivative, outOfDerivatives } from './bitfinex-ledgers.ts'
import { deposit, feeLegs, present, trade, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { clockInOrder } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

const EIGHTH_PLACE = ONE_UNIT / 10n ** 8n
const toEightPlaces = (amount: bigint): bigint => divideHalfEven(amount, EIGHTH_PLACE) * EIGHTH_PLACE

function openTrades(table: OpenTable): RowReader {
  const { column, sink } = table
  let told = false
  const at = {
    date: column('DATE'),
    pair: column('PAIR'),
    amount: column('AMOUNT'),
    price: column('PRICE'),
    fee: column('FEE'),
    feeCurrency: column('FEE CURRENCY'),
  }
  return {
    ...clockInOrder(table, at.date, 'dmy'),
    read(row: RowCursor) {
      const market = row.word(at.pair)
      const pair = separatedPair(market)
      if (pair === null) return { reason: `“${market.slice(0, 40)}” is no market of two assets`, column: 'PAIR' }
      const amount = row.needed(at.amount)
      const price = row.neededSize(at.price)
      const fee = -toEightPlaces(row.amount(at.fee))
      const feeSymbol = fee === 0n ? '' : outOfDerivatives(row.symbol(at.feeCurrency))
      if (isDerivative(pair.base)) {
        if (!told) sink.warn('fills of derivatives tell fees, not results: the ledgers of Bitfinex have those')
        told = true
        const kind = fee === 0n ? 'informational' : fee < 0n ? 'fee_rebate' : 'derivative_fee'
        return { kind, legs: feeLegs(feeSymbol, fee), sourceKind: market }
      }
      const sides = { isBuy: amount > 0n, ...pair, baseAmount: amount, quoteAmount: mulDiv(amount, price, ONE_UNIT) }
      return { ...trade({ ...sides, fee, feeSymbol }, (symbol) => row.isFiat(symbol)) }
    },
  }
}

const DONE = new Set(['completed'])

function openMovements(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    date: column('UPDATED', 'DATE'),
    currency: column('CURRENCY'),
    status: column('STATUS'),
    amount: column('AMOUNT'),
    fees: column('FEES'),
    description: column('DESCRIPTION'),
    hash: column('TRANSACTION ID'),
    note: column('NOTE'),
  }
  return {
    ...clockInOrder(table, at.date, 'dmy'),
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'STATUS')
      if (undone !== null) return undone
      const currency = row.symbol(at.currency)
      const amount = row.needed(at.amount)
      const fee = row.size(at.fees)
      const isFiat = row.isFiat(currency)
      const facts = present({ hash: row.text(at.hash), note: row.word(at.note) })
      if (amount > 0n) return { ...deposit(currency, amount, isFiat, feeLegs(currency, fee, 'in')), ...facts }
      const to = present({ toAddress: row.text(at.description) })
      return { ...withdrawal(currency, amount, isFiat, feeLegs(currency, fee, 'out')), ...facts, ...to }
    },
  }
}

const MOVEMENT = ['CURRENCY', 'STATUS', 'AMOUNT', 'FEES', 'DESCRIPTION', 'TRANSACTION ID']

export const bitfinex = tableSource({
  id: 'bitfinex' as SourceId,
  name: 'Bitfinex trades and movements',
  venue: 'Bitfinex',
  version: 2,
  account: { name: 'Bitfinex', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bitfinex: Reports → History → Trades and Movements → Export as CSV, UTC, all time.',
  layouts: [
    {
      layout: 'trades',
      required: ['#', 'PAIR', 'AMOUNT', 'PRICE', 'FEE', 'FEE CURRENCY', 'DATE', 'ORDER ID'],
      optional: ['FEE PERC'],
      id: ['#'],
      tag: 'trade',
      identity: ['#'],
      time: ['DATE'],
      record: 'trade',
      open: openTrades,
    },
    {
      layout: 'movements',
      required: ['#', 'STARTED', 'UPDATED', ...MOVEMENT],
      optional: ['NOTE'],
      id: ['#'],
      tag: 'movement',
      identity: ['#'],
      time: ['UPDATED'],
      record: 'movement',
      open: openMovements,
    },
    {
      layout: 'older movements',
      required: ['#', 'DATE', ...MOVEMENT],
      optional: ['NOTE'],
      id: ['#'],
      tag: 'movement',
      identity: ['#'],
      time: ['DATE'],
      record: 'movement',
      open: openMovements,
    },
  ],
})
