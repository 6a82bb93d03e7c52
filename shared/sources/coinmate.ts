/**
 * Coinmate's transactions. Facts:
 * - Separated by semicolons; a damaged mark of byte order can stand as `?` before the first name.
 * - `Total` is the other side with the fee inside: what a purchase cost is total − fee, what a sale brought is total + fee.
 * - Times are without a zone: asked. Pending and cancelled rows moved nothing.
 */
import type { SourceId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, leg, present, trade, withdrawal } from './legs.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { wordTable } from './word-table.ts'

const DONE = new Set(['ok', 'completed', 'done'])
const BUYS = new Set(['buy', 'quick_buy', 'market_buy', 'instant_buy', 'limit_buy'])
const SELLS = new Set(['sell', 'quick_sell', 'market_sell', 'instant_sell', 'limit_sell'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  affiliate: 'referral',
  referral: 'referral',
  new_user_reward: 'referral',
})

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    currency: column('Currency amount'),
    amount: column('Amount'),
    feeCurrency: column('Currency fee'),
    fee: column('Fee'),
    totalCurrency: column('Currency total'),
    total: column('Total'),
    description: column('Description'),
    status: column('Status'),
  }
  return {
    read(row) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const type = row.word(at.type)
      const folded = type.toLowerCase().replace(/[\s-]+/g, '_')
      const symbol = row.symbol(at.currency)
      const amount = row.neededSize(at.amount)
      const isFiat = row.isFiat(symbol)
      const fee = row.size(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      const facts = { sourceKind: type, ...present({ note: row.text(at.description) }) }
      const isBuy = BUYS.has(folded)
      if (isBuy || SELLS.has(folded)) {
        const quote = row.symbol(at.totalCurrency)
        const total = row.neededSize(at.total)
        const inside = feeSymbol === quote ? (isBuy ? -fee : fee) : 0n
        if (total + inside < 0n) return { reason: 'the fee is larger than what was paid', column: 'Fee' }
        const sides = { isBuy, base: symbol, baseAmount: amount, quote, quoteAmount: total + inside, fee, feeSymbol }
        return { ...trade(sides, (one) => row.isFiat(one)), ...facts }
      }
      const feesOf = (on: 'in' | 'out') => feeLegs(feeSymbol, fee, feeSymbol === symbol ? on : undefined)
      if (folded === 'deposit') return { ...deposit(symbol, amount, isFiat, feesOf('in')), ...facts }
      if (folded === 'withdrawal') return { ...withdrawal(symbol, amount, isFiat, feesOf('out')), ...facts }
      const income = INCOME[folded]
      if (income === undefined) return unknownType(type, 'Type')
      return { kind: income, legs: [leg('in', symbol, amount), ...feesOf('in')], ...facts }
    },
  }
}

export const coinmate = tableSource({
  id: 'coinmate' as SourceId,
  name: 'Coinmate transactions',
  venue: 'Coinmate',
  version: 1,
  account: { name: 'Coinmate', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'Coinmate: Account → Transaction history → Export, CSV, all time.',
  plainName: (name) => name.replace(/^\?+\s*/, ''),
  layouts: [
    {
      layout: 'transactions',
      required: [
        'Transaction id',
        'Date',
        'Type',
        'Currency amount',
        'Amount',
        'Currency price',
        'Price',
        'Currency fee',
        'Fee',
        'Currency total',
        'Total',
        'Status',
      ],
      optional: ['Email', 'Name', 'Type detail', 'Description'],
      id: ['Transaction id'],
      identity: ['Date', 'Type', 'Currency amount', 'Amount', 'Total'],
      time: ['Date'],
      record: 'transaction',
      open,
    },
  ],
})
