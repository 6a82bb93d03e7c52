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
import { type SidedKinds, sideOf, twoSided } from './two-sided.ts'
import { remembered, wordTable } from './word-table.ts'

const PLAIN = new Set(['', 'buy', 'sell', 'send', 'receive', 'withdrawal', 'deposit'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  interest: 'lending_interest',
  income: 'other_income',
  referral: 'referral',
})

/** What rows of a tag are beyond what their sides show; null of a tag that is not known. */
const kindsOf = remembered((tag): SidedKinds | null => {
  const folded = tag.toLowerCase()
  const income = INCOME[folded]
  if (income !== undefined) return { in: income, out: 'clawback' }
  return PLAIN.has(folded) ? {} : null
})

function open({ column }: OpenTable): RowReader {
  const at = {
    sent: column('Sent Amount'),
    sentCurrency: column('Sent Currency'),
    received: column('Received Amount'),
    receivedCurrency: column('Received Currency'),
    fee: column('Fee Amount'),
    feeCurrency: column('Fee Currency'),
    tag: column('Tag'),
  }
  return {
    read(row) {
      const tag = row.word(at.tag)
      const kinds = kindsOf(tag)
      if (kinds === null) return unknownType(tag, 'Tag')
      const sent = sideOf(row, at.sent, at.sentCurrency)
      const received = sideOf(row, at.received, at.receivedCurrency)
      if (sent === null && received === null) return { reason: 'the amount is missing', column: 'Sent Amount' }
      const made = twoSided(row, sent, received, sideOf(row, at.fee, at.feeCurrency), kinds)
      if (tag !== '') made.sourceKind = tag
      return made
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
