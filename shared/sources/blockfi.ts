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
import { called } from './facts.ts'
import { deposit, feeLegs, insideMove, signed, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { noteBelow } from './two-sided.ts'
import { remembered, wordTable } from './word-table.ts'

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

type BlockFiMeaning = 'trade' | 'fee' | 'inside' | 'crosses' | { readonly income: Kind }

/** What a type means; null where nobody has told us. */
const meaningOf = remembered((type): BlockFiMeaning | null => {
  const folded = type.toLowerCase()
  if (folded === 'trade') return 'trade'
  if (folded === 'withdrawal fee') return 'fee'
  if (INSIDE.has(folded)) return 'inside'
  if (CROSSES.has(folded)) return 'crosses'
  const income = INCOME[folded]
  return income === undefined ? null : { income }
})
const inCapitals = remembered((symbol) => symbol.toUpperCase())

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
      const meaning = meaningOf(type)
      const symbol = inCapitals(row.symbol(at.symbol))
      const amount = row.needed(at.amount)
      if (meaning === null) return unknownType(type, 'Transaction Type')
      if (meaning === 'trade') {
        const { asset, kind } = row.asset(symbol)
        const parts = [{ symbol, asset, isFiat: kind === 'fiat', amount }]
        return { join: ['trade', row.text(at.confirmed)], word: type, parts }
      }
      if (meaning === 'fee')
        return { kind: 'network_fee', legs: feeLegs(symbol, amount < 0n ? -amount : amount), sourceKind: type }
      if (meaning === 'inside') return called(insideMove(symbol, amount), type)
      if (meaning === 'crosses')
        return called((amount < 0n ? withdrawal : deposit)(symbol, amount, row.isFiat(symbol)), type)
      return called(signed(symbol, amount, meaning.income, 'clawback'), type)
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
