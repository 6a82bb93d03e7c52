/**
 * Binance's spot order history: what each order came to, all fills together. The trade history and the statement hold
 * the same with fees, so that this is for those who have nothing else. Facts:
 * - Two ages: with `OrderNo` and `Average Price`, and older with `AvgTrading Price` and `Filled`.
 * - Fees are not in the file. Orders of which nothing was filled moved nothing.
 * - Amounts may carry their asset. Partly filled orders that were cancelled did trade what was filled.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { binancePair } from './binance-trades.ts'
import { unknownType } from './cells.ts'
import { trade } from './legs.ts'
import { pairByUnits } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { clockOf, withoutOffset } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readShortYear } from './written-times.ts'

const ORDERS = [
  'Date',
  'OrderNo',
  'Pair',
  'Type',
  'Side',
  'Order Price',
  'Order Amount',
  'Time',
  'Executed',
  'Average Price',
  'Trading total',
  'Status',
]
const OLDER = ['Date', 'Pair', 'Type', 'Order Price', 'Order Amount', 'AvgTrading Price', 'Filled', 'Total', 'status']

function open(table: OpenTable): RowReader {
  const { column, sink } = table
  sink.warn('the order history leaves fees out; the trade history or the statement of the same time has them')
  const isOlder = table.context.layout === 'older orders'
  const at = {
    time: column('Date'),
    pair: column('Pair'),
    side: isOlder ? column('Type') : column('Side'),
    filled: isOlder ? column('Filled') : column('Executed'),
    total: isOlder ? column('Total') : column('Trading total'),
  }
  return {
    time: clockOf(table, at.time, readShortYear),
    read(row: RowCursor) {
      const side = row.word(at.side).toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(side, at.side.name)
      const market = row.word(at.pair)
      const pair = pairByUnits(market, row.text(at.filled), row.text(at.total)) ?? binancePair(market)
      if (pair === null)
        return { reason: `“${market.slice(0, 40)}” is no market of two assets that this reader knows`, column: 'Pair' }
      const units = (cell: typeof at.filled, unit: string) =>
        row.text(cell).endsWith(unit) ? row.neededGlued(cell, [unit]).amount : row.neededSize(cell)
      const filled = units(at.filled, pair.base)
      if (filled === 0n && row.problem === null) return { skip: 'nothing of this order was filled' }
      const sides = { isBuy: side === 'BUY', ...pair, baseAmount: filled, quoteAmount: units(at.total, pair.quote) }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: side }
    },
  }
}

export const binanceOrders = tableSource({
  id: 'binance-orders' as SourceId,
  name: 'Binance spot orders',
  venue: 'Binance',
  version: 1,
  account: { name: 'Binance', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet:
    'Binance: Orders → Spot Order → Order History → Export. Better: the statement, which has fees and everything else.',
  plainName: withoutOffset,
  layouts: [
    {
      layout: 'orders',
      required: ORDERS,
      id: ['OrderNo'],
      identity: ['OrderNo'],
      time: ['Date'],
      record: 'order',
      open,
    },
    {
      layout: 'older orders',
      required: OLDER,
      identity: ['Date', 'Pair', 'Type', 'Order Price', 'Order Amount', 'Filled', 'Total'],
      time: ['Date'],
      open,
    },
  ],
})
