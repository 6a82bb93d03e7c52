/**
 * Koinly’s template for trades: one row, one fill of a market. Times are UTC; the fee stands beside amount and total.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { type Meaning, swap } from './legs.ts'
import { pairSplitter } from './market-pairs.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered } from './word-table.ts'

const split = pairSplitter()
const inCapitals = remembered((word) => word.toUpperCase())

function open({ column }: OpenTable): RowReader {
  const at = {
    pair: column('Pair'),
    side: column('Side'),
    amount: column('Amount'),
    total: column('Total'),
    fee: column('Fee Amount'),
    feeCurrency: column('Fee Currency'),
    order: column('Order ID'),
  }
  return {
    read(row) {
      const side = row.word(at.side)
      const folded = inCapitals(side)
      if (folded !== 'BUY' && folded !== 'SELL') return unknownType(side, 'Side')
      const pair = split(row.word(at.pair))
      if (pair === null) return { reason: 'the market does not name two assets', column: 'Pair' }
      const fee = row.size(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      const { base, quote } = pair
      const baseAmount = row.neededSize(at.amount)
      const quoteAmount = row.neededSize(at.total)
      const isFiat = (symbol: string) => row.isFiat(symbol)
      const { kind, legs } =
        folded === 'BUY'
          ? swap(quote, quoteAmount, base, baseAmount, isFiat, fee, feeSymbol)
          : swap(base, baseAmount, quote, quoteAmount, isFiat, fee, feeSymbol)
      const made: Writable<Meaning> = { kind, legs, sourceKind: side }
      addFact(made, 'note', row.text(at.order))
      return made
    },
  }
}

export const koinlyTrades = tableSource({
  id: 'koinly-trades' as SourceId,
  name: 'Koinly trades template',
  venue: 'Koinly',
  version: 1,
  account: { name: 'Koinly import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'A file of your own after Koinly’s template for trades.',
  layouts: [
    {
      layout: 'trades template',
      required: ['Koinly Date', 'Pair', 'Side', 'Amount', 'Total', 'Fee Amount', 'Fee Currency'],
      optional: ['Order ID', 'Trade ID'],
      id: ['Trade ID'],
      identity: ['Koinly Date', 'Pair', 'Side', 'Amount', 'Total', 'Fee Amount', 'Order ID'],
      time: ['Koinly Date'],
      record: 'trade',
      open,
    },
  ],
})
