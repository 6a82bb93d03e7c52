/**
 * Voyager's transactions (closed in 2022; what its estate paid out later is in no file). Facts:
 * - `transaction_type` says what it was, `transaction_direction` which way; `quantity` is of the base, `net_amount` of the quote.
 *   The price already holds the spread; there is no fee.
 * - Later exports are in the layout of CoinLedger and are read as that.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, leg, type Meaning, trade, withdrawal } from './legs.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { wordTable } from './word-table.ts'

const CROSSES = new Set(['bank', 'blockchain', 'deposit', 'withdrawal', 'ach', 'wire', 'transfer'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  interest: 'lending_interest',
  reward: 'other_income',
  referral: 'referral',
  stake: 'staking_reward',
  admin: 'balance_correction',
  cashback: 'cashback',
})

function named(made: Writable<Meaning>, type: string): Meaning {
  made.sourceKind = type
  return made
}

function open({ column }: OpenTable): RowReader {
  const at = {
    direction: column('transaction_direction'),
    type: column('transaction_type'),
    base: column('base_asset'),
    quote: column('quote_asset'),
    quantity: column('quantity'),
    net: column('net_amount'),
  }
  return {
    read(row) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      const direction = row.word(at.direction).toLowerCase()
      const symbol = row.symbol(at.base)
      const amount = row.neededSize(at.quantity)
      if (direction === 'buy' || direction === 'sell') {
        const quote = row.symbol(at.quote)
        const quoteAmount = row.neededSize(at.net)
        const sides = { isBuy: direction === 'buy', base: symbol, baseAmount: amount, quote, quoteAmount }
        return named(
          trade(sides, (one) => row.isFiat(one)),
          type,
        )
      }
      if (direction !== 'deposit' && direction !== 'withdrawal') return unknownType(direction, 'transaction_direction')
      const comesIn = direction === 'deposit'
      const isFiat = row.isFiat(symbol)
      if (CROSSES.has(folded)) return named((comesIn ? deposit : withdrawal)(symbol, amount, isFiat), type)
      if (folded === 'fee' && !comesIn) return { kind: 'network_fee', legs: feeLegs(symbol, amount), sourceKind: type }
      const income = INCOME[folded]
      if (income === undefined) return unknownType(type, 'transaction_type')
      if (!comesIn)
        return { kind: income === 'balance_correction' ? income : 'clawback', legs: [leg('out', symbol, amount)] }
      return { kind: income, legs: [leg('in', symbol, amount)], sourceKind: type }
    },
  }
}

export const voyager = tableSource({
  id: 'voyager' as SourceId,
  name: 'Voyager transactions',
  venue: 'Voyager',
  version: 1,
  account: { name: 'Voyager', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Voyager closed; its transaction statement was a CSV sent on request. Use the file you kept.',
  layouts: [
    {
      layout: 'transactions',
      required: [
        'transaction_date',
        'transaction_id',
        'transaction_direction',
        'transaction_type',
        'base_asset',
        'quote_asset',
        'quantity',
        'net_amount',
        'price',
      ],
      id: ['transaction_id'],
      identity: [
        'transaction_date',
        'transaction_direction',
        'transaction_type',
        'base_asset',
        'quantity',
        'net_amount',
      ],
      time: ['transaction_date'],
      record: 'transaction',
      open,
    },
  ],
})
