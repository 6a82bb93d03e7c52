/**
 * PayPal: the crypto statement, and the activity download of the whole account. Facts:
 * - The statement names what came in and what went out; `Market Value (GBP)` has the currency in its header and leaves the fee
 *   out. The fee stands beside.
 * - The activity download shows only the money side of purchases and sales of crypto: such rows cannot be read alone, and say
 *   so. Everything else in it is no crypto.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { type Side, type SidedKinds, sideOf, twoSided } from './two-sided.ts'
import { remembered, wordTable } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const PLAIN = new Set(['buy', 'sell', 'convert', 'send', 'receive', 'transfer in', 'transfer out'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({ reward: 'other_income', cashback: 'cashback' })

/** What rows of a type are beyond what their sides show; null of a type that is not known. */
const kindsOf = remembered((type): SidedKinds | null => {
  const folded = type.toLowerCase()
  const income = INCOME[folded]
  if (income !== undefined) return { in: income, out: 'clawback' }
  return PLAIN.has(folded) ? {} : null
})

function openStatement({ column, nameInFile }: OpenTable): RowReader {
  const at = {
    type: column('Transaction Type'),
    in: column('Asset In (Quantity)'),
    inCurrency: column('Asset In (Currency)'),
    out: column('Asset Out (Quantity)'),
    outCurrency: column('Asset Out (Currency)'),
    fee: column('Transaction Fee (Quantity)'),
    feeCurrency: column('Transaction Fee (Currency)'),
    value: column('Market Value'),
  }
  const currency = /\(([A-Z]{3})\)/.exec(nameInFile(at.value))?.[1] ?? ''
  return {
    read(row) {
      const type = row.word(at.type)
      const kinds = kindsOf(type)
      if (kinds === null) return unknownType(type, 'Transaction Type')
      let received: Side | null = sideOf(row, at.in, at.inCurrency)
      let sent: Side | null = sideOf(row, at.out, at.outCurrency)
      if (received === null && sent === null) return { reason: 'the amount is missing', column: 'Asset In (Quantity)' }
      if (received === null || sent === null) {
        const { value } = row.worth(at.value, currency)
        if (received !== null) received = { symbol: received.symbol, amount: received.amount, value }
        if (sent !== null) sent = { symbol: sent.symbol, amount: sent.amount, value }
      }
      const made = twoSided(row, sent, received, sideOf(row, at.fee, at.feeCurrency), kinds)
      made.sourceKind = type
      return made
    },
  }
}

function openActivity({ column, context }: OpenTable): RowReader {
  const at = { date: column('Date'), time: column('Time'), type: column('Type') }
  return {
    timeText: (row) => `${row.text(at.date)} ${row.text(at.time)}`,
    time: (text) => readWrittenTime(text, 'mdy', context.zone),
    read(row) {
      if (!/crypto/i.test(row.text(at.type))) return { skip: 'it is a payment in money, not about crypto' }
      return {
        reason: 'this download shows only the money side of it; import PayPal’s crypto statement instead',
        column: 'Type',
      }
    },
  }
}

export const paypal = tableSource({
  id: 'paypal' as SourceId,
  name: 'PayPal crypto',
  venue: 'PayPal',
  version: 1,
  account: { name: 'PayPal', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'PayPal: Finances → Crypto → Tax documents or Statements → crypto transactions, CSV.',
  plainName: (name) => name.replace(/^(Market Value) \([A-Z]{3}\)$/i, '$1'),
  layouts: [
    {
      layout: 'crypto statement',
      required: [
        'DateTime',
        'Transaction Type',
        'Asset In (Quantity)',
        'Asset In (Currency)',
        'Asset Out (Quantity)',
        'Asset Out (Currency)',
        'Transaction Fee (Quantity)',
        'Transaction Fee (Currency)',
      ],
      optional: ['Market Value'],
      identity: [
        'DateTime',
        'Transaction Type',
        'Asset In (Quantity)',
        'Asset In (Currency)',
        'Asset Out (Quantity)',
        'Asset Out (Currency)',
      ],
      time: ['DateTime'],
      open: openStatement,
    },
    {
      layout: 'activity download',
      required: [
        'Date',
        'Time',
        'TimeZone',
        'Name',
        'Type',
        'Status',
        'Currency',
        'Gross',
        'Fee',
        'Net',
        'Transaction ID',
      ],
      id: ['Transaction ID'],
      tag: 'activity',
      identity: ['Date', 'Time', 'Type', 'Currency', 'Gross'],
      time: ['Date'],
      record: 'transaction',
      open: openActivity,
    },
  ],
})
