/**
 * The fills of Coinbase Pro and Coinbase Exchange (`fills.csv`): one row for each fill. Facts:
 * - `total` is negative for a purchase and includes the fee: paid without it is |total| − fee; a sale's gross is
 *   total + fee.
 * - The account statement has the same trades, and the transfers besides: where both are imported, one of each pair counts.
 * - With and without `portfolio`. Trade ids are unique within a market only. Times are ISO, UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { trade } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

function open({ column }: OpenTable): RowReader {
  const at = {
    side: column('side'),
    size: column('size'),
    unit: column('size unit'),
    fee: column('fee'),
    total: column('total'),
    quote: column('price/fee/total unit'),
  }
  return {
    read(row: RowCursor) {
      const side = row.word(at.side).toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(side, 'side')
      const isBuy = side === 'BUY'
      const fee = row.amount(at.fee)
      const total = row.neededSize(at.total)
      const quoteAmount = isBuy ? total - fee : total + fee
      if (quoteAmount < 0n) return { reason: 'the fee is larger than the total', column: 'fee' }
      const quote = row.symbol(at.quote)
      const base = row.symbol(at.unit)
      const sides = { isBuy, base, baseAmount: row.neededSize(at.size), quote, quoteAmount, fee }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: side }
    },
  }
}

export const coinbaseProFills = tableSource({
  id: 'coinbase-pro-fills' as SourceId,
  name: 'Coinbase Pro fills',
  venue: 'Coinbase Pro',
  version: 1,
  account: { name: 'Coinbase Pro', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet:
    'Coinbase Pro (closed) or Coinbase Exchange: Statements → Generate → Fills, CSV. The account statement holds them too.',
  layouts: [
    {
      layout: 'fills',
      required: [
        'trade id',
        'product',
        'side',
        'created at',
        'size',
        'size unit',
        'price',
        'fee',
        'total',
        'price/fee/total unit',
      ],
      optional: ['portfolio'],
      id: ['product', 'trade id'],
      identity: ['trade id', 'product', 'side', 'created at', 'size', 'total'],
      time: ['created at'],
      record: 'fill',
      open,
    },
  ],
})
