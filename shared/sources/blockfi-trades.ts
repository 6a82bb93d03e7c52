/**
 * BlockFi's trades, whole: what was bought and what was sold. The transactions (`blockfi.ts`) have the same trades as two rows,
 * which can be days apart; the two are linked, never both counted. `Type` is Trade or, with a frequency, Recurring Trade; any other
 * word is not understood.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { noteBelow, twoSided } from './two-sided.ts'

const TYPES: ReadonlySet<string> = new Set(['trade', 'recurring trade'])

function open({ column }: OpenTable): RowReader {
  const at = {
    bought: column('Buy Quantity'),
    boughtSymbol: column('Buy Currency'),
    sold: column('Sold Quantity'),
    soldSymbol: column('Sold Currency'),
    type: column('Type'),
  }
  return {
    read(row) {
      const note = noteBelow(row)
      if (note !== null) return note
      const type = row.word(at.type)
      if (!TYPES.has(type.toLowerCase())) return unknownType(type, 'Type')
      const sold = { symbol: row.symbol(at.soldSymbol).toUpperCase(), amount: row.neededSize(at.sold) }
      const bought = { symbol: row.symbol(at.boughtSymbol).toUpperCase(), amount: row.neededSize(at.bought) }
      return { ...twoSided(row, sold, bought), sourceKind: type }
    },
  }
}

export const blockfiTrades = tableSource({
  id: 'blockfi-trades' as SourceId,
  name: 'BlockFi trades',
  venue: 'BlockFi',
  version: 2,
  account: { name: 'BlockFi', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'BlockFi closed; its trading report was a CSV under Reports. Use the file you kept.',
  layouts: [
    {
      layout: 'trades',
      required: ['Trade ID', 'Date', 'Buy Quantity', 'Buy Currency', 'Sold Quantity', 'Sold Currency', 'Type'],
      optional: ['Rate Amount', 'Rate Currency', 'Frequency', 'Destination'],
      id: ['Trade ID'],
      identity: ['Date', 'Buy Quantity', 'Buy Currency', 'Sold Quantity', 'Sold Currency'],
      time: ['Date'],
      record: 'trade',
      open,
    },
  ],
})
