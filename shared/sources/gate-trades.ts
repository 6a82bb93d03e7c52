/**
 * Gate's spot trade history (`No,Time,Account,Trade Type,Pair,Price,Amount,Total,Fee`). The account book (`gate.ts`) holds
 * the same trades and everything else: where both are imported, one of each counts. A fee names its coin beside the number, or
 * cannot be read. The zone is that of the account's settings: asked.
 */
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { endsWithLetter } from './glued-amounts.ts'
import { trade } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

/** A cell that may carry the unit that is expected in it. */
const inUnits = (row: RowCursor, cell: Column, unit: string): bigint =>
  endsWithLetter(row.text(cell)) ? row.neededGlued(cell, [unit]).amount : row.neededSize(cell)

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('Trade Type'),
    pair: column('Pair'),
    amount: column('Amount'),
    total: column('Total'),
    fee: column('Fee'),
  }
  return {
    read(row: RowCursor) {
      const type = row.word(at.type)
      const side = type.toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(type, 'Trade Type')
      const pair = separatedPair(row.word(at.pair))
      if (pair === null) return { reason: 'the market does not name two assets', column: 'Pair' }
      const { base, quote } = pair
      const feeText = row.text(at.fee)
      const fee = /^[-0.]*$/.test(feeText) ? null : row.glued(at.fee, [base, quote, 'GT', 'POINT'])
      const sides = {
        isBuy: side === 'BUY',
        base,
        baseAmount: inUnits(row, at.amount, base),
        quote,
        quoteAmount: inUnits(row, at.total, quote),
        fee: fee === null ? 0n : fee.amount < 0n ? -fee.amount : fee.amount,
        feeSymbol: fee?.symbol ?? '',
      }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: type }
    },
  }
}

export const gateTrades = tableSource({
  id: 'gate-trades' as SourceId,
  name: 'Gate spot trades',
  venue: 'Gate',
  version: 1,
  account: { name: 'Gate', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'Gate: Orders → Spot → Trade history → Export. The account book holds them too.',
  layouts: [
    {
      layout: 'spot trades',
      required: ['No', 'Time', 'Account', 'Trade Type', 'Pair', 'Price', 'Amount', 'Total', 'Fee'],
      identity: ['Time', 'Account', 'Trade Type', 'Pair', 'Price', 'Amount', 'Total', 'Fee'],
      time: ['Time'],
      open,
    },
  ],
})
