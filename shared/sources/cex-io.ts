/**
 * CEX.IO's transactions. Facts:
 * - A trade is told by the comment of its row (`Bought 0.1 BTC at 400 USD`); placing an order only sets money aside, and cancelling
 *   brings it back: such rows count nowhere. The fee is in `FeeSymbol`, beside.
 * - Times are UTC; amounts are signed.
 */

import { parseSourceAmount } from '../amount/source-number.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { called } from './facts.ts'
import { deposit, feeLegs, insideMove, signed, trade, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered, wordTable } from './word-table.ts'

const ONE = 10n ** 24n
const TRADED = /^(Bought|Sold) ([\d.,]+) (\w+) at ([\d.,]+) (\w+)/i
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  staking: 'staking_reward',
  airdrop: 'airdrop',
  referral: 'referral',
  bonus: 'other_income',
})

type CexMeaning = 'buy' | 'trade' | 'crosses' | 'inside' | { readonly income: Kind }

/** What a type means; null where nobody has told us. */
const meaningOf = remembered((type): CexMeaning | null => {
  const folded = type.toLowerCase()
  if (folded === 'buy' || folded === 'sell') return 'buy'
  if (folded === 'trade') return 'trade'
  if (folded === 'deposit' || folded === 'withdraw' || folded === 'withdrawal') return 'crosses'
  if (folded === 'wallet' || folded === 'cancel') return 'inside'
  const income = INCOME[folded]
  return income === undefined ? null : { income }
})

function open({ column }: OpenTable): RowReader {
  const at = {
    amount: column('Amount'),
    symbol: column('Symbol'),
    balance: column('Balance'),
    type: column('Type'),
    fee: column('FeeAmount'),
    feeSymbol: column('FeeSymbol'),
    comment: column('Comment'),
  }
  /** Of the row that was read last, whose balance is asked for then. */
  let symbol = ''
  let amount = 0n
  return {
    balance(row) {
      const balance = row.amountOrNull(at.balance)
      return balance === null ? null : { of: symbol, balance, change: amount }
    },
    read(row) {
      const type = row.word(at.type)
      const meaning = meaningOf(type)
      symbol = row.symbol(at.symbol)
      amount = row.needed(at.amount)
      const fee = row.size(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeSymbol)
      if (meaning === null) return unknownType(type, 'Type')
      if (meaning === 'buy' || meaning === 'trade') {
        const comment = row.text(at.comment)
        const match = TRADED.exec(comment)
        if (match === null) {
          if (meaning === 'trade' || /order/i.test(comment)) {
            const { kind, legs } = insideMove(symbol, amount)
            return { kind, legs, sourceKind: type, note: comment }
          }
          return { reason: 'the comment does not say what was traded', column: 'Comment' }
        }
        const [, word = '', quantity = '', base = '', price = '', quote = ''] = match
        const [units, each] = [parseSourceAmount(quantity, row.mark), parseSourceAmount(price, row.mark)]
        if (typeof units !== 'bigint' || typeof each !== 'bigint')
          return { reason: 'the comment does not say what was traded', column: 'Comment' }
        const isFiat = (one: string) => row.isFiat(one)
        const quoteAmount = (units * each) / ONE
        const isBuy = word.toLowerCase() === 'bought'
        const sides = { isBuy, base, baseAmount: units, quote, quoteAmount, fee, feeSymbol }
        const { kind, legs } = trade(sides, isFiat)
        return { kind, legs, sourceKind: type, note: comment }
      }
      if (meaning === 'crosses') {
        const fees =
          fee === 0n ? [] : feeLegs(feeSymbol, fee, feeSymbol === symbol ? (amount < 0n ? 'out' : 'in') : undefined)
        return called((amount < 0n ? withdrawal : deposit)(symbol, amount, row.isFiat(symbol), fees), type)
      }
      if (meaning === 'inside') return called(insideMove(symbol, amount), type)
      return called(signed(symbol, amount, meaning.income, 'clawback'), type)
    },
  }
}

export const cexIo = tableSource({
  id: 'cex-io' as SourceId,
  name: 'CEX.IO transactions',
  venue: 'CEX.IO',
  version: 1,
  account: { name: 'CEX IO', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'CEX.IO: Finance → Transactions → Download report, CSV, all time.',
  layouts: [
    {
      layout: 'transactions',
      required: ['DateUTC', 'Amount', 'Symbol', 'Balance', 'Type', 'Pair', 'FeeSymbol', 'FeeAmount', 'Comment'],
      identity: ['DateUTC', 'Amount', 'Symbol', 'Type', 'Pair', 'FeeAmount'],
      time: ['DateUTC'],
      open,
    },
  ],
})
