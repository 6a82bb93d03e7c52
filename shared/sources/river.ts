/**
 * River's transactions. Facts:
 * - The columns are nearly those of a template for tax programs; the words of `Tag` are River's own: Buy, Sell, Interest, and
 *   nothing (or Send, Receive) for transfers. Sent amounts are written with or without a minus.
 * - The fee of a purchase is in dollars and beside what was paid. Times are UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { sideOf, twoSided } from './two-sided.ts'
import { wordTable } from './word-table.ts'

const PLAIN = new Set(['', 'buy', 'sell', 'send', 'receive', 'withdrawal', 'deposit'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  interest: 'lending_interest',
  income: 'other_income',
  referral: 'referral',
})

function open({ column }: OpenTable): RowReader {
  const at = {
    sent: [column('Sent Amount'), column('Sent Currency')],
    received: [column('Received Amount'), column('Received Currency')],
    fee: [column('Fee Amount'), column('Fee Currency')],
    tag: column('Tag'),
  } as const
  return {
    read(row) {
      const tag = row.word(at.tag)
      const folded = tag.toLowerCase()
      const income = INCOME[folded]
      if (!PLAIN.has(folded) && income === undefined) return unknownType(tag, 'Tag')
      const sent = sideOf(row, ...at.sent)
      const received = sideOf(row, ...at.received)
      if (sent === null && received === null) return { reason: 'the amount is missing', column: 'Sent Amount' }
      const kinds = income === undefined ? {} : { in: income, out: 'clawback' as const }
      const read = twoSided(row, sent, received, sideOf(row, ...at.fee), kinds)
      return tag === '' ? read : { ...read, sourceKind: tag }
    },
  }
}

export const river = tableSource({
  id: 'river' as SourceId,
  name: 'River transactions',
  venue: 'River',
  version: 1,
  account: { name: 'River', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'River: Account → Documents → Account activity, CSV, all time.',
  layouts: [
    {
      layout: 'transactions',
      required: [
        'Date',
        'Sent Amount',
        'Sent Currency',
        'Received Amount',
        'Received Currency',
        'Fee Amount',
        'Fee Currency',
        'Tag',
      ],
      identity: ['Date', 'Sent Amount', 'Sent Currency', 'Received Amount', 'Received Currency'],
      time: ['Date'],
      open,
    },
  ],
})
