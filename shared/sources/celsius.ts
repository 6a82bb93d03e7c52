/**
 * Celsius's transactions, all three ages (closed in 2022; what its estate paid out later is in no file). Facts:
 * - Times are `March 5, 2021 10:00 AM`, UTC; amounts are signed; `Confirmed` is Yes or No.
 * - Types are words with underscores in old files and titles in later ones. The two rows of a swap share their time.
 * - A reward may be paid in CEL for another coin: the other coin stands beside and moves nothing.
 * - Collateral stays in the account, locked.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, insideMove, leg, signed, withdrawal } from './legs.ts'
import type { LegDraft } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered, wordTable } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const CROSSES = new Set(['transfer', 'deposit', 'inbound transfer', 'withdrawal', 'outbound transfer'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  interest: 'lending_interest',
  reward: 'lending_interest',
  'referred award': 'referral',
  'referrer award': 'referral',
  'promo code reward': 'other_income',
  'bonus token': 'other_income',
})
const LOAN_INTEREST = new Set(['loan interest payment', 'interest payment', 'loan interest liquidation'])

const foldType = remembered((type) => type.toLowerCase().replace(/_/g, ' '))

function open({ column, context }: OpenTable): RowReader {
  const at = {
    time: column('Date and time'),
    type: column('Transaction type'),
    coin: column('Coin type'),
    amount: column('Coin amount'),
    value: column('USD Value'),
    confirmed: column('Confirmed'),
  }
  return {
    time: (text) => readWrittenTime(text, 'mdy', context.zone),
    read(row) {
      if (row.text(at.confirmed).toLowerCase() === 'no') return { skip: 'it was never confirmed: nothing was moved' }
      const type = row.word(at.type)
      const folded = foldType(type)
      const symbol = row.symbol(at.coin)
      const amount = row.needed(at.amount)
      const isFiat = row.isFiat(symbol)
      if (folded === 'swap in' || folded === 'swap out') {
        const { asset } = row.asset(symbol)
        const part = { symbol, asset, isFiat, amount: folded === 'swap out' && amount > 0n ? -amount : amount }
        return { join: ['swap', row.text(at.time)], word: type, parts: [part] }
      }
      if (CROSSES.has(folded))
        return { ...(amount < 0n ? withdrawal : deposit)(symbol, amount, isFiat), sourceKind: type }
      if (folded === 'collateral') return { ...insideMove(symbol, amount), sourceKind: type }
      if (folded === 'operation cost' || folded === 'withdrawal fee')
        return { kind: 'network_fee', legs: feeLegs(symbol, amount < 0n ? -amount : amount), sourceKind: type }
      if (LOAN_INTEREST.has(folded))
        return { ...signed(symbol, amount, 'refund_in', 'loan_interest'), sourceKind: type }
      if (folded === 'loan principal payment' || folded === 'loan principal liquidation') {
        const paid = leg('out', symbol, amount)
        const less: LegDraft = { ...paid, role: 'debt', amount: -paid.amount as LegDraft['amount'] }
        return { kind: 'loan_repay', legs: [paid, less], sourceKind: type }
      }
      const income = INCOME[folded]
      if (income === undefined) return unknownType(type, 'Transaction type')
      const { kind, legs } = signed(symbol, amount, income, 'clawback')
      const worth = row.worth(at.value, 'USD')
      return { kind, legs: legs.map((one) => ({ ...one, ...worth })), sourceKind: type }
    },
  }
}

const COLUMNS = [
  'Internal id',
  'Date and time',
  'Transaction type',
  'Coin type',
  'Coin amount',
  'USD Value',
  'Confirmed',
]
const OTHERS = ['Accredited investor status', 'Lock date and time', 'Unlock date and time']

export const celsius = tableSource({
  id: 'celsius' as SourceId,
  name: 'Celsius transactions',
  venue: 'Celsius',
  version: 1,
  account: { name: 'Celsius', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Celsius closed; its transaction history was a CSV in the profile. Use the file you kept.',
  layouts: [
    {
      layout: 'transactions',
      required: COLUMNS,
      optional: ['Original Reward Coin', 'Reward Amount In Original Coin', ...OTHERS],
      id: ['Internal id'],
      identity: ['Date and time', 'Transaction type', 'Coin type', 'Coin amount'],
      time: ['Date and time'],
      record: 'transaction',
      open,
    },
    {
      layout: 'old transactions',
      required: [...COLUMNS, 'Original Interest Coin', 'Interest Amount In Original Coin'],
      id: ['Internal id'],
      identity: ['Date and time', 'Transaction type', 'Coin type', 'Coin amount'],
      time: ['Date and time'],
      record: 'transaction',
      open,
    },
  ],
})
