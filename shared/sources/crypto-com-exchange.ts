/**
 * Crypto.com Exchange: spot trades (`Order ID,Trade ID,Time (UTC),Symbol,Side,Trade Price,Trade Amount,Volume of
 * Business,Fee,Fee Currency`). `Volume of Business` is the quote's amount; the fee is often in CRO. Moves from and to the
 * app stand in the app's files as well, as deposits and withdrawals.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { trade } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

function open({ column }: OpenTable): RowReader {
  const at = {
    symbol: column('Symbol'),
    side: column('Side'),
    amount: column('Trade Amount'),
    volume: column('Volume of Business'),
    fee: column('Fee'),
    feeCurrency: column('Fee Currency'),
  }
  return {
    read(row: RowCursor) {
      const side = row.word(at.side).toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(side, 'Side')
      const pair = separatedPair(row.word(at.symbol))
      if (pair === null) return { reason: 'the market does not name two assets', column: 'Symbol' }
      const fee = row.amount(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      const sides = {
        isBuy: side === 'BUY',
        ...pair,
        baseAmount: row.neededSize(at.amount),
        quoteAmount: row.neededSize(at.volume),
      }
      return { ...trade({ ...sides, fee, feeSymbol }, (symbol) => row.isFiat(symbol)), sourceKind: side }
    },
  }
}

export const cryptoComExchange = tableSource({
  id: 'crypto-com-exchange' as SourceId,
  name: 'Crypto.com Exchange trades',
  venue: 'Crypto.com Exchange',
  version: 1,
  account: { name: 'Crypto com Exchange', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Crypto.com Exchange: Orders → Trade history → Export, all time.',
  layouts: [
    {
      layout: 'spot trades',
      required: [
        'Order ID',
        'Trade ID',
        'Time (UTC)',
        'Symbol',
        'Side',
        'Trade Price',
        'Trade Amount',
        'Volume of Business',
        'Fee',
        'Fee Currency',
      ],
      id: ['Trade ID'],
      identity: ['Trade ID'],
      time: ['Time (UTC)'],
      record: 'trade',
      open,
    },
  ],
})
