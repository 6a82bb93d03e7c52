/**
 * Bittrex (closed in December 2023): five layouts of orders, the final statement, and the movements of
 * `bittrex-movements.ts`. Facts:
 * - **`Exchange` is QUOTE-BASE**: `USDT-BTC` is bitcoin bought with USDT. The files of 2023 write `SWT/BTC`, base first.
 * - `Price` of old order files is the total. Filled is quantity − remaining. The commission is in the quote, on top.
 * - Dates are US style (`12/31/2018 3:22:46 PM`) or ISO; UTC. The oldest file is UTF-16.
 * - The final statement has lines with name, user and date above the header; its trades are price × quantity.
 */
import { ONE_UNIT } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { BITTREX_MOVEMENTS } from './bittrex-movements.ts'
import { bittrexPair, bittrexSide, usTime } from './bittrex-rows.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, trade, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'

const NO_FEES = 'this file leaves commissions out; Bittrex’s final statement and its older files of orders have them'

function openOrders({ column, context, sink }: OpenTable): RowReader {
  const at = {
    exchange: column('Exchange', 'Market'),
    quoteName: column('QUOTE'),
    side: column('OrderType', 'Side', 'Type'),
    quantity: column('FILLED', 'Quantity'),
    remaining: column('Remaining', 'QuantityRemaining'),
    fee: column('CommissionPaid', 'Commission', 'COMISSIONPAID'),
    total: column('PROCEEDS', 'Total', 'Price'),
  }
  if (at.fee.at < 0) sink.warn(NO_FEES)
  return {
    time: (text) => usTime(text, context.zone),
    read(row: RowCursor): Verdict {
      const side = bittrexSide(row.word(at.side))
      if (side === null) return unknownType(row.text(at.side), at.side.name)
      const market = row.word(at.exchange)
      const pair =
        at.quoteName.at < 0 ? bittrexPair(market) : { base: row.symbol(at.exchange), quote: row.symbol(at.quoteName) }
      if (pair === null) return { reason: 'the market does not name two assets', column: at.exchange.name }
      const baseAmount = row.neededSize(at.quantity) - row.size(at.remaining)
      if (baseAmount <= 0n && row.problem === null) return { skip: 'nothing of this order was filled' }
      const sides = {
        isBuy: side === 'buy',
        ...pair,
        baseAmount,
        quoteAmount: row.neededSize(at.total),
        fee: row.size(at.fee),
      }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: row.word(at.side) }
    },
  }
}

function openFinal({ column, context }: OpenTable): RowReader {
  const at = {
    transaction: column('Transaction'),
    base: column('Base'),
    quote: column('Quote'),
    price: column('Price'),
    quantity: column('Quantity (Base)'),
    fee: column('Fees (Quote)'),
  }
  return {
    time: (text) => usTime(text, context.zone),
    read(row: RowCursor): Verdict {
      const transaction = row.word(at.transaction)
      const side = bittrexSide(transaction)
      const base = row.symbol(at.base)
      const baseAmount = row.neededSize(at.quantity)
      const isFiat = (symbol: string) => row.isFiat(symbol)
      const sourceKind = transaction
      if (side !== null) {
        const quote = row.symbol(at.quote)
        const quoteAmount = mulDiv(baseAmount, row.neededSize(at.price), ONE_UNIT)
        const sides = { isBuy: side === 'buy', base, baseAmount, quote, quoteAmount, fee: row.size(at.fee) }
        return { ...trade(sides, isFiat), sourceKind }
      }
      const fee = row.size(at.fee)
      const feeSymbol = row.word(at.quote) || base
      if (/deposit/i.test(transaction))
        return { ...deposit(base, baseAmount, isFiat(base), feeLegs(feeSymbol, fee, 'in')), sourceKind }
      if (/withdraw/i.test(transaction))
        return { ...withdrawal(base, baseAmount, isFiat(base), feeLegs(feeSymbol, fee, 'out')), sourceKind }
      return unknownType(transaction, 'Transaction')
    },
  }
}

const orders = (
  layout: string,
  id: string,
  time: string,
  required: readonly string[],
  optional: readonly string[] = [],
): TableLayout => ({
  layout,
  required: [id, ...required],
  optional,
  id: [id],
  tag: 'order',
  identity: [id],
  time: [time],
  record: 'order',
  open: openOrders,
})

const ORDER_OF_2023 = ['Date', 'Market', 'Side', 'Type', 'Price', 'Quantity', 'Total']

export const bittrex = tableSource({
  id: 'bittrex' as SourceId,
  name: 'Bittrex orders and movements',
  venue: 'Bittrex',
  version: 2,
  account: { name: 'Bittrex', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bittrex is closed; use the files downloaded before December 2023.',
  layouts: [
    {
      layout: 'final statement',
      required: [
        'TXID',
        'Time (UTC)',
        'Transaction',
        'Order Type',
        'Market',
        'Base',
        'Quote',
        'Price',
        'Quantity (Base)',
        'Fees (Quote)',
        'Total (Quote)',
      ],
      optional: ['Approx Value (USD)', 'Time In Force', 'Notes'],
      id: ['TXID'],
      tag: 'final',
      identity: ['Time (UTC)', 'Transaction', 'Market', 'Price', 'Quantity (Base)', 'Fees (Quote)'],
      time: ['Time (UTC)'],
      record: 'transaction',
      open: openFinal,
    },
    {
      layout: 'orders of 2023',
      required: ORDER_OF_2023,
      tag: 'order-2023',
      identity: ORDER_OF_2023,
      time: ['Date'],
      open: openOrders,
    },
    orders(
      'orders v3',
      'Uuid',
      'Closed (UTC)',
      ['Exchange', 'Closed (UTC)', 'Opened (UTC)', 'Type', 'Bid/Ask', 'Quantity', 'Remaining', 'Price'],
      ['Time In Force', 'Avg. Price per Share'],
    ),
    orders(
      'orders v2',
      'Uuid',
      'Closed',
      ['Exchange', 'TimeStamp', 'OrderType', 'Limit', 'Quantity', 'QuantityRemaining', 'Commission', 'Price', 'Closed'],
      [
        'PricePerUnit',
        'IsConditional',
        'Condition',
        'ConditionTarget',
        'ImmediateOrCancel',
        'TimeInForceTypeId',
        'TimeInForce',
      ],
    ),
    orders(
      'old orders',
      'UUID',
      'CLOSED',
      ['QUOTE', 'MARKET', 'ORDERTYPE', 'LIMIT', 'QUANTITY', 'FILLED', 'PROCEEDS', 'COMISSIONPAID', 'OPENED', 'CLOSED'],
      ['CEILING', 'TIMEINFORCETYPE', 'ISCONDITIONAL', 'CONDITION', 'CONDITIONTARGET'],
    ),
    orders('oldest orders', 'OrderUuid', 'Closed', [
      'Exchange',
      'Type',
      'Quantity',
      'Limit',
      'CommissionPaid',
      'Price',
      'Opened',
      'Closed',
    ]),
    ...BITTREX_MOVEMENTS,
  ],
})
