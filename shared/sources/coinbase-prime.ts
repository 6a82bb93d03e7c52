/**
 * Coinbase Prime: orders and transactions. Facts:
 * - An order is one row with what it came to; orders of which nothing was filled moved nothing, whatever their status. The
 *   fees are in the quote, beside the filled quote quantity. The time of the trade is that of the last update.
 * - A transaction names its direction in its title or type. Its value counts as units only where it is written in the
 *   asset itself.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, insideMove, leg, trade, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

const DONE = new Set(['completed', 'done', 'confirmed', 'succeeded', 'imported', 'transaction_done'])

function openOrders({ column }: OpenTable): RowReader {
  const at = {
    market: column('market'),
    side: column('side'),
    base: column('filled base quantity'),
    quote: column('filled quote quantity'),
    fees: column('total fees and commissions'),
  }
  return {
    read(row: RowCursor) {
      const side = row.word(at.side).toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(side, 'side')
      const baseAmount = row.size(at.base)
      if (baseAmount === 0n && row.problem === null) return { skip: 'nothing of this order was filled' }
      const pair = separatedPair(row.word(at.market))
      if (pair === null) return { reason: 'the market does not name two assets', column: 'market' }
      const sides = { isBuy: side === 'BUY', ...pair, baseAmount, quoteAmount: row.neededSize(at.quote) }
      return { ...trade({ ...sides, fee: row.amount(at.fees) }, (symbol) => row.isFiat(symbol)), sourceKind: side }
    },
  }
}

function openTransactions({ column }: OpenTable): RowReader {
  const at = {
    status: column('final status'),
    title: column('activity title'),
    type: column('activity type'),
    asset: column('asset'),
    value: column('transaction value'),
    currency: column('transaction currency'),
  }
  return {
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'final status')
      if (undone !== null) return undone
      const symbol = row.symbol(at.asset)
      const currency = row.text(at.currency)
      if (currency !== '' && currency !== symbol) {
        return { reason: 'the value is not written in units of the asset', column: 'transaction currency' }
      }
      const words = `${row.text(at.type)} ${row.text(at.title)}`.toLowerCase()
      const sourceKind = row.word(at.type)
      const amount = row.neededSize(at.value)
      const isFiat = row.isFiat(symbol)
      if (/reward/.test(words)) return { kind: 'staking_reward', legs: [leg('in', symbol, amount)], sourceKind }
      if (/unstake|stake|delegat|internal|sweep/.test(words)) return { ...insideMove(symbol, amount), sourceKind }
      if (/deposit|receive/.test(words)) return { ...deposit(symbol, amount, isFiat), sourceKind }
      if (/withdraw|send/.test(words)) return { ...withdrawal(symbol, amount, isFiat), sourceKind }
      return unknownType(row.text(at.type) || row.text(at.title), 'activity type')
    },
  }
}

const WHO = ['portfolio name', 'portfolio id', 'entity name', 'entity id']

export const coinbasePrime = tableSource({
  id: 'coinbase-prime' as SourceId,
  name: 'Coinbase Prime orders and transactions',
  venue: 'Coinbase Prime',
  version: 1,
  account: { name: 'Coinbase Prime', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Coinbase Prime: Activity → Orders or Transactions → Export CSV.',
  layouts: [
    {
      layout: 'orders',
      required: [
        'order id',
        'status',
        'market',
        'side',
        'filled base quantity',
        'filled quote quantity',
        'total fees and commissions',
        'last updated time',
      ],
      optional: [
        'type',
        'limit price',
        'total order quantity',
        'order currency',
        'average fill price',
        'initiated by',
        'initiated time',
        'activity level',
        ...WHO,
      ],
      id: ['order id'],
      tag: 'order',
      identity: ['order id'],
      time: ['last updated time'],
      record: 'order',
      open: openOrders,
    },
    {
      layout: 'transactions',
      required: [
        'activity id',
        'final status',
        'activity title',
        'activity type',
        'asset',
        'transaction value',
        'transaction currency',
        'last updated time',
      ],
      optional: [
        'wallet name',
        'initiated by',
        'approved by',
        'rejected by',
        'initiated time',
        'activity level',
        ...WHO,
      ],
      id: ['activity id'],
      tag: 'activity',
      identity: ['activity id'],
      time: ['last updated time'],
      record: 'activity',
      open: openTransactions,
    },
  ],
})
