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
import { deposit, feeLegs, insideMove, signed, trade, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { wordTable } from './word-table.ts'

const ONE = 10n ** 24n
const TRADED = /^(Bought|Sold) ([\d.,]+) (\w+) at ([\d.,]+) (\w+)/i
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  staking: 'staking_reward',
  airdrop: 'airdrop',
  referral: 'referral',
  bonus: 'other_income',
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
      const folded = type.toLowerCase()
      symbol = row.symbol(at.symbol)
      amount = row.needed(at.amount)
      const isFiat = row.isFiat(symbol)
      const fee = row.size(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeSymbol)
      const comment = row.text(at.comment)
      if (folded === 'buy' || folded === 'sell' || folded === 'trade') {
        const match = TRADED.exec(comment)
        if (match === null) {
          if (/order/i.test(comment) || folded === 'trade')
            return { ...insideMove(symbol, amount), sourceKind: type, note: comment }
          return { reason: 'the comment does not say what was traded', column: 'Comment' }
        }
        const [, word = '', quantity = '', base = '', price = '', quote = ''] = match
        const [units, each] = [parseSourceAmount(quantity, row.mark), parseSourceAmount(price, row.mark)]
        if (typeof units !== 'bigint' || typeof each !== 'bigint')
          return { reason: 'the comment does not say what was traded', column: 'Comment' }
        const sides = {
          isBuy: word.toLowerCase() === 'bought',
          base,
          baseAmount: units,
          quote,
          quoteAmount: (units * each) / ONE,
        }
        return { ...trade({ ...sides, fee, feeSymbol }, (one) => row.isFiat(one)), sourceKind: type, note: comment }
      }
      if (folded === 'deposit' || folded === 'withdraw' || folded === 'withdrawal') {
        const fees =
          fee === 0n ? [] : feeLegs(feeSymbol, fee, feeSymbol === symbol ? (amount < 0n ? 'out' : 'in') : undefined)
        return { ...(amount < 0n ? withdrawal : deposit)(symbol, amount, isFiat, fees), sourceKind: type }
      }
      if (folded === 'wallet') return { ...insideMove(symbol, amount), sourceKind: type }
      if (folded === 'cancel') return { ...insideMove(symbol, amount), sourceKind: type }
      const income = INCOME[folded]
      return income === undefined
        ? unknownType(type, 'Type')
        : { ...signed(symbol, amount, income, 'clawback'), sourceKind: type }
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
