/**
 * Gate's spot trade history (`No,Time,Account,Trade Type,Pair,Price,Amount,Total,Fee`). The account book (`gate.ts`) holds
 * the same trades and everything else: where both are imported, one of each counts. A fee names its coin beside the number, or
 * cannot be read. The zone is that of the account's settings: asked.
 */
import type { SourceId } from '../events/identifiers.ts'
import { size, unknownType } from './cells.ts'
import { endsWithLetter } from './glued-amounts.ts'
import { swap } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered } from './word-table.ts'

const inCapitals = remembered((word) => word.toUpperCase())

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
      const side = inCapitals(type)
      if (side !== 'BUY' && side !== 'SELL') return unknownType(type, 'Trade Type')
      const pair = separatedPair(row.text(at.pair))
      if (pair === null) return { reason: 'the market does not name two assets', column: 'Pair' }
      const { base, quote } = pair
      const feeText = row.text(at.fee)
      const fee = /^[-0.]*$/.test(feeText) ? null : row.glued(at.fee, [base, quote, 'GT', 'POINT'])
      const baseAmount = inUnits(row, at.amount, base)
      const quoteAmount = inUnits(row, at.total, quote)
      const isFiat = (symbol: string) => row.isFiat(symbol)
      const charged = fee === null ? 0n : size(fee.amount)
      const { kind, legs } =
        side === 'BUY'
          ? swap(quote, quoteAmount, base, baseAmount, isFiat, charged, fee?.symbol)
          : swap(base, baseAmount, quote, quoteAmount, isFiat, charged, fee?.symbol)
      return { kind, legs, sourceKind: type }
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
