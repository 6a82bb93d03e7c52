/**
 * MEXC: deposits, withdrawals, spot trades and futures orders, as CSV or workbook, younger ones with `UID` in front.
 * Facts:
 * - The zone is that of the account (UTC+8 by default): asked, unless the column's name states it (`Time(UTC+01:00)`).
 * - Spot fees are in the quote, in younger files with the unit glued on (`0.0123USDT`).
 * - Withdrawals: settled = requested − fee. A `TxID` may end with `:index`.
 * - Futures: `sell short` closes a long, `sell long` a short; only `FINISHED` orders count.
 * - Order history leaves fees out and is read by `mexc-orders.ts`.
 */
import { ONE_UNIT } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { endsWithLetter } from './glued-amounts.ts'
import { deposit, feeLegs, leg, type Meaning, swap, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { unlessDone } from './statuses.ts'
import { clockOf, withoutOffset, zoneUnlessNamed } from './table-clocks.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'
import { remembered } from './word-table.ts'

const DONE = new Set([
  'credited successfully',
  'withdrawal successful',
  'success',
  'successful',
  'completed',
  'filled',
  'finished',
  'partially filled/cancelled',
  'partially filled/canceled',
])

const unlessMoved = remembered((status) => unlessDone(status, DONE, 'Status'))
const inCapitals = remembered((word) => word.toUpperCase())

/** A cell that may carry the unit that is expected in it. */
const unitsIn = (row: RowCursor, column: Column, unit: string): bigint =>
  endsWithLetter(row.text(column)) ? row.neededGlued(column, [unit]).amount : row.amount(column)

const hashIn = (text: string): string => {
  const colon = text.lastIndexOf(':')
  return colon > 0 ? text.slice(0, colon) : text
}

const openMovement =
  (goesOut: boolean) =>
  (table: OpenTable): RowReader => {
    const { column } = table
    const at = {
      status: column('Status'),
      time: column('Time'),
      coin: column('Crypto'),
      amount: goesOut ? column('Settlement Amount') : column('Deposit Amount'),
      fee: column('Trading Fee'),
      address: column('Withdrawal Address'),
      hash: column('TxID'),
    }
    return {
      time: clockOf(table, at.time),
      read(row: RowCursor) {
        const undone = unlessMoved(row.text(at.status))
        if (undone !== null) return undone
        const coin = row.symbol(at.coin)
        const amount = row.neededSize(at.amount)
        const made: Writable<Meaning> = goesOut
          ? withdrawal(coin, amount, row.isFiat(coin), feeLegs(coin, unitsIn(row, at.fee, coin), 'out'))
          : deposit(coin, amount, row.isFiat(coin))
        addFact(made, 'hash', hashIn(row.text(at.hash)))
        if (goesOut) addFact(made, 'toAddress', row.text(at.address))
        return made
      },
    }
  }

/** Spot trades, and with `isOrder` orders by what was filled of them. */
export const openMexcTrades =
  (isOrder: boolean) =>
  (table: OpenTable): RowReader => {
    const { column, sink } = table
    if (isOrder) sink.warn('the order history leaves fees out; the trade history of the same time has them')
    const at = {
      time: column('Time'),
      pair: column('Pairs'),
      side: isOrder ? column('Direction') : column('Side'),
      amount: isOrder ? column('Filled Quantity') : column('Executed Amount'),
      price: column('Average Filled Price'),
      total: column('Total'),
      fee: column('Fee'),
    }
    return {
      time: clockOf(table, at.time),
      read(row: RowCursor) {
        const side = inCapitals(row.text(at.side))
        if (side !== 'BUY' && side !== 'SELL') return unknownType(row.text(at.side), at.side.name)
        const pair = separatedPair(row.text(at.pair))
        if (pair === null) return { reason: 'the market does not name two assets', column: 'Pairs' }
        const baseAmount = unitsIn(row, at.amount, pair.base)
        if (baseAmount === 0n && row.problem === null) return { skip: 'nothing of this order was filled' }
        const fee = unitsIn(row, at.fee, pair.quote)
        const quoteAmount = isOrder
          ? mulDiv(baseAmount, row.neededSize(at.price), ONE_UNIT)
          : unitsIn(row, at.total, pair.quote)
        const { base, quote } = pair
        const isFiat = (symbol: string) => row.isFiat(symbol)
        const { kind, legs } =
          side === 'BUY'
            ? swap(quote, quoteAmount, base, baseAmount, isFiat, fee, quote)
            : swap(base, baseAmount, quote, quoteAmount, isFiat, fee, quote)
        return { kind, legs, sourceKind: side }
      },
    }
  }

const DIRECTIONS = new Set(['buy long', 'sell short', 'buy short', 'sell long'])

function openFutures(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Time'),
    pair: column('Futures Trading Pair'),
    direction: column('Direction'),
    result: column('Closing PNL'),
    fee: column('Trading Fee'),
    feeCoin: column('Fee-payment Crypto'),
    status: column('Status'),
  }
  return {
    time: clockOf(table, at.time),
    read(row: RowCursor): Verdict {
      const undone = unlessMoved(row.text(at.status))
      if (undone !== null) return undone
      const direction = row.word(at.direction)
      if (!DIRECTIONS.has(direction.toLowerCase())) return unknownType(direction, 'Direction')
      const pair = separatedPair(row.word(at.pair))
      if (pair === null) return { reason: 'the contract does not name two assets', column: 'Futures Trading Pair' }
      const settled = pair.quote === 'USD' ? pair.base : pair.quote
      const result = unitsIn(row, at.result, settled)
      const fee = unitsIn(row, at.fee, settled)
      const fees = feeLegs(fee === 0n ? settled : row.word(at.feeCoin) || settled, fee < 0n ? -fee : fee)
      const sourceKind = direction
      if (result === 0n) return { kind: fees.length === 0 ? 'informational' : 'derivative_fee', legs: fees, sourceKind }
      const role = result < 0n ? 'out' : 'in'
      const kind = result < 0n ? 'realised_loss' : 'realised_profit'
      return { kind, legs: [leg(role, settled, result), ...fees], sourceKind }
    },
  }
}

const DEPOSIT = ['Status', 'Time', 'Crypto', 'Network', 'Deposit Amount', 'TxID', 'Progress']
const WITHDRAWAL = [
  'Status',
  'Time',
  'Crypto',
  'Network',
  'Request Amount',
  'Withdrawal Address',
  'TxID',
  'Trading Fee',
  'Settlement Amount',
  'Withdrawal Descriptions',
]
const TRADE = ['Pairs', 'Time', 'Side', 'Filled Price', 'Executed Amount', 'Total', 'Fee', 'Role']
const FUTURES = [
  'Time',
  'Futures Trading Pair',
  'Direction',
  'Leverage',
  'Order Type',
  'Filled Qty (Cont.)',
  'Average Filled Price',
  'Closing PNL',
  'Trading Fee',
  'Fee-payment Crypto',
  'Status',
]
const COMMON = { time: ['Time'], zone: zoneUnlessNamed } satisfies Partial<TableLayout>

export const mexc = tableSource({
  id: 'mexc' as SourceId,
  name: 'MEXC histories',
  venue: 'MEXC',
  version: 1,
  account: { name: 'MEXC', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'MEXC: Orders → Spot trade history → Export; Wallet → Funding history → Deposits and Withdrawals → Export.',
  plainName: withoutOffset,
  layouts: [
    {
      ...COMMON,
      layout: 'deposits',
      required: DEPOSIT,
      optional: ['UID'],
      tag: 'deposit',
      identity: ['Time', 'Crypto', 'Network', 'Deposit Amount', 'TxID'],
      open: openMovement(false),
    },
    {
      ...COMMON,
      layout: 'withdrawals',
      required: WITHDRAWAL,
      optional: ['UID', 'memo'],
      tag: 'withdrawal',
      identity: ['Time', 'Crypto', 'Network', 'Request Amount', 'Withdrawal Address', 'TxID'],
      open: openMovement(true),
    },
    {
      ...COMMON,
      layout: 'spot trades',
      required: TRADE,
      optional: ['UID'],
      tag: 'trade',
      identity: ['Pairs', 'Time', 'Side', 'Filled Price', 'Executed Amount', 'Total', 'Role'],
      open: openMexcTrades(false),
    },
    {
      ...COMMON,
      layout: 'futures orders',
      required: FUTURES,
      optional: [
        'UID',
        'Order Qty (Cont.)',
        'Order Qty (Crypto)',
        'Filled Qty (Crypto)',
        'Order Qty (Amount)',
        'Filled Qty (Amount)',
        'Order Price',
      ],
      tag: 'futures',
      identity: FUTURES.slice(0, 10),
      open: openFutures,
    },
  ],
})
