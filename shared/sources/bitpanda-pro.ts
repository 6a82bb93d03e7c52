/**
 * Trades of Bitpanda Pro, now One Trading: a title, the account's id and an empty line above `Order ID,Trade ID,Type,
 * Market,…,Time (UTC)`. The quote is price × amount; the fee can be in BEST. The file that begins with `Account id :` is the one of
 * transactions, not of trades.
 */
import { ONE_UNIT } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { trade } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    amount: column('Amount'),
    base: column('Amount Currency'),
    price: column('Price'),
    quote: column('Price Currency'),
    fee: column('Fee'),
    feeCurrency: column('Fee Currency'),
  }
  return {
    read(row: RowCursor) {
      const type = row.word(at.type).toUpperCase()
      if (type !== 'BUY' && type !== 'SELL') return unknownType(row.text(at.type), 'Type')
      const baseAmount = row.neededSize(at.amount)
      const quoteAmount = mulDiv(baseAmount, row.neededSize(at.price), ONE_UNIT)
      const fee = row.amount(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      const sides = {
        isBuy: type === 'BUY',
        base: row.symbol(at.base),
        baseAmount,
        quote: row.symbol(at.quote),
        quoteAmount,
      }
      return { ...trade({ ...sides, fee, feeSymbol }, (symbol) => row.isFiat(symbol)), sourceKind: type }
    },
  }
}

export const bitpandaPro = tableSource({
  id: 'bitpanda-pro' as SourceId,
  name: 'Bitpanda Pro trades (One Trading)',
  venue: 'Bitpanda Pro',
  version: 1,
  account: { name: 'Bitpanda Pro', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'One Trading (Bitpanda Pro): History → Trade history → Export, CSV.',
  layouts: [
    {
      layout: 'trades',
      required: [
        'Order ID',
        'Trade ID',
        'Type',
        'Market',
        'Amount',
        'Amount Currency',
        'Price',
        'Price Currency',
        'Fee',
        'Fee Currency',
        'Time (UTC)',
      ],
      optional: ['BEST_EUR Rate'],
      id: ['Trade ID'],
      identity: ['Trade ID'],
      time: ['Time (UTC)'],
      record: 'trade',
      open,
    },
  ],
})
