/**
 * Shakepay's transactions. Facts:
 * - What was debited and what was credited stand beside each other; the spread is in the rate, there is no fee.
 * - Times are `2021-05-07T14:50:41+00`. Sats for shaking the phone and card rewards are given; peer transfers go to other users.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { type SidedKinds, sideOf, twoSided } from './two-sided.ts'
import { remembered, wordTable } from './word-table.ts'

const GIVEN: SidedKinds = { in: 'other_income', out: 'clawback' }
const KINDS: Readonly<Record<string, SidedKinds>> = wordTable({
  'purchase/sale': {},
  purchase: {},
  sale: {},
  buy: {},
  sell: {},
  'fiat funding': {},
  'fiat cashout': {},
  'fiat deposit': {},
  'fiat withdrawal': {},
  'crypto funding': {},
  'crypto cashout': {},
  'crypto purchase': {},
  'crypto sale': {},
  send: {},
  receive: {},
  'peer transfer': {},
  'interac e-transfer': {},
  shakingsats: GIVEN,
  reward: GIVEN,
  other: GIVEN,
  'referral reward': { in: 'referral', out: 'clawback' },
  'card transactions': { in: 'refund_in', out: 'spend' },
  'card transaction': { in: 'refund_in', out: 'spend' },
  'card cashbacks': { in: 'cashback', out: 'clawback' },
  'card cashback': { in: 'cashback', out: 'clawback' },
})

const kindsOf = remembered((type) => KINDS[type.toLowerCase()])

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('Transaction Type'),
    out: column('Amount Debited'),
    outCurrency: column('Debit Currency'),
    in: column('Amount Credited'),
    inCurrency: column('Credit Currency'),
  }
  return {
    read(row) {
      const type = row.word(at.type)
      const kinds = kindsOf(type)
      if (kinds === undefined) return unknownType(type, 'Transaction Type')
      const sent = sideOf(row, at.out, at.outCurrency)
      const received = sideOf(row, at.in, at.inCurrency)
      if (sent === null && received === null) return { reason: 'the amount is missing', column: 'Amount Credited' }
      const made = twoSided(row, sent, received, null, kinds)
      made.sourceKind = type
      return made
    },
  }
}

export const shakepay = tableSource({
  id: 'shakepay' as SourceId,
  name: 'Shakepay transactions',
  venue: 'Shakepay',
  version: 1,
  account: { name: 'Shakepay', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Shakepay app: Settings → Export transaction history; the CSV comes by e-mail.',
  layouts: [
    {
      layout: 'transactions',
      required: ['Transaction Type', 'Date', 'Amount Debited', 'Debit Currency', 'Amount Credited', 'Credit Currency'],
      optional: [
        'Exchange Rate',
        'Buy / Sell Rate',
        'Credit/Debit',
        'Direction',
        'Spot Rate',
        'Source / Destination',
        'Blockchain Transaction ID',
      ],
      identity: ['Transaction Type', 'Date', 'Amount Debited', 'Debit Currency', 'Amount Credited', 'Credit Currency'],
      time: ['Date'],
      open,
    },
  ],
})
