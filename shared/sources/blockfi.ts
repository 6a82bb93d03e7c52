/**
 * BlockFi's transactions (closed in 2022; what its estate paid out later is in no file). Facts:
 * - Amounts are signed; times are UTC; a row without `Confirmed At` was never carried out.
 * - A trade is two rows which need not share their time (they can be days apart): halves of one second are joined, others stand
 *   alone and say so. The file of trades has them whole: `blockfi-trades.ts`.
 * - `BIA Deposit` and `BIA Withdraw` move between the pockets of the account. A withdrawal's fee is a row of its own.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, insideMove, signed, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { noteBelow } from './two-sided.ts'
import { wordTable } from './word-table.ts'

const CROSSES = new Set([
  'deposit',
  'wire deposit',
  'ach deposit',
  'crypto transfer',
  'withdrawal',
  'wire withdrawal',
  'ach withdrawal',
])
const INSIDE = new Set(['bia deposit', 'bia withdraw', 'bia withdrawal'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  'interest payment': 'lending_interest',
  'referral bonus': 'referral',
  'bonus payment': 'other_income',
  'cc rewards redemption': 'cashback',
  'cc trading rebate': 'cashback',
})

function open({ column }: OpenTable): RowReader {
  const at = {
    symbol: column('Cryptocurrency'),
    amount: column('Amount'),
    type: column('Transaction Type'),
    confirmed: column('Confirmed At'),
  }
  return {
    read(row) {
      const note = noteBelow(row)
      if (note !== null) return note
      if (row.text(at.confirmed) === '') return { skip: 'it has no time of confirmation: nothing was moved' }
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      const symbol = row.symbol(at.symbol).toUpperCase()
      const amount = row.needed(at.amount)
      const isFiat = row.isFiat(symbol)
      if (folded === 'trade') {
        const { asset } = row.asset(symbol)
        return { join: ['trade', row.text(at.confirmed)], word: type, parts: [{ symbol, asset, isFiat, amount }] }
      }
      if (folded === 'withdrawal fee')
        return { kind: 'network_fee', legs: feeLegs(symbol, amount < 0n ? -amount : amount), sourceKind: type }
      if (INSIDE.has(folded)) return { ...insideMove(symbol, amount), sourceKind: type }
      if (CROSSES.has(folded))
        return { ...(amount < 0n ? withdrawal : deposit)(symbol, amount, isFiat), sourceKind: type }
      const income = INCOME[folded]
      if (income === undefined) return unknownType(type, 'Transaction Type')
      return { ...signed(symbol, amount, income, 'clawback'), sourceKind: type }
    },
  }
}

export const blockfi = tableSource({
  id: 'blockfi' as SourceId,
  name: 'BlockFi transactions',
  venue: 'BlockFi',
  version: 1,
  account: { name: 'BlockFi', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'BlockFi closed; its transaction history was a CSV under Reports. Use the file you kept.',
  layouts: [
    {
      layout: 'transactions',
      required: ['Cryptocurrency', 'Amount', 'Transaction Type', 'Confirmed At'],
      optional: ['Exchange Rate Per Coin (USD)'],
      identity: ['Cryptocurrency', 'Amount', 'Transaction Type', 'Confirmed At'],
      time: ['Confirmed At'],
      open,
    },
  ],
})
