/**
 * Pocket Bitcoin's history. Facts:
 * - Three rows tell a purchase: deposit (money arrives), exchange (`cost` is given, `value` is got), withdrawal (the coins are sent to
 *   the user's address). Rows of one order share `reference`; each is an event.
 * - Fees stand beside cost and value. UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import type { Meaning } from './legs.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { sideOf, twoSided } from './two-sided.ts'
import { readWrittenTime } from './written-times.ts'

function open({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('type'),
    cost: column('cost.amount'),
    costCurrency: column('cost.currency'),
    fee: column('fee.amount'),
    feeCurrency: column('fee.currency'),
    value: column('value.amount'),
    valueCurrency: column('value.currency'),
  }
  const named = (made: Writable<Meaning>, type: string): Meaning => {
    made.sourceKind = type
    return made
  }
  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = row.word(at.type)
      const value = sideOf(row, at.value, at.valueCurrency)
      const fee = sideOf(row, at.fee, at.feeCurrency)
      if (value === null) return { reason: 'the amount is missing', column: 'value.amount' }
      switch (type.toLowerCase()) {
        case 'deposit':
          return named(twoSided(row, null, value, fee), type)
        case 'withdrawal':
          return named(twoSided(row, value, null, fee), type)
        case 'exchange': {
          const cost = sideOf(row, at.cost, at.costCurrency)
          if (cost === null) return { reason: 'what was paid is missing', column: 'cost.amount' }
          return named(twoSided(row, cost, value, fee), type)
        }
        default:
          return unknownType(type, 'type')
      }
    },
  }
}

export const pocketBitcoin = tableSource({
  id: 'pocket-bitcoin' as SourceId,
  name: 'Pocket Bitcoin history',
  venue: 'Pocket Bitcoin',
  version: 1,
  account: { name: 'Pocket Bitcoin', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Pocket Bitcoin: the link to your orders in the e-mail → Export, CSV.',
  layouts: [
    {
      layout: 'history',
      required: [
        'type',
        'date',
        'reference',
        'cost.currency',
        'cost.amount',
        'fee.currency',
        'fee.amount',
        'value.currency',
        'value.amount',
      ],
      optional: ['price.currency', 'price.amount'],
      identity: ['type', 'date', 'reference', 'cost.amount', 'value.amount'],
      time: ['date'],
      open,
    },
  ],
})
