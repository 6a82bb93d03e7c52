/**
 * Cash App's transactions, both orders of their columns. Facts:
 * - Dates end with `EST`, `EDT`, `CST` … which say the offset; where none stands, the zone is asked.
 * - Sums are written `$100.00`, `-$100.00` or `($100.00)`. What a purchase cost is |Amount|, its fee beside; `Asset Amount` are
 *   the coins. A bitcoin withdrawal has BTC in `Currency`, its coins in `Net Amount`.
 * - Shares are in the same file and are left out with that reason.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, leg, present, signed, trade, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { remembered, wordTable } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const DONE = new Set([
  'complete',
  'completed',
  'payment sent',
  'payment received',
  'payment deposited',
  'transfer sent',
  'deposited',
])

const BITCOIN_IN: Readonly<Record<string, Kind>> = wordTable({
  'bitcoin boost': 'cashback',
  'bitcoin reward': 'cashback',
  'bitcoin deposit': 'unmatched_in',
  'bitcoin receive': 'unmatched_in',
})
const CASH = new Set(['cash in', 'cash out', 'received p2p', 'sent p2p', 'p2p', 'deposits', 'deposit', 'withdrawal'])
const LEAVES = new Set(['cash out', 'sent p2p', 'withdrawal'])

const sideOf = remembered((type) => (/buy|purchase/.test(type) ? 'buy' : /sale|sell/.test(type) ? 'sell' : 'none'))

function open({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('Transaction Type'),
    currency: column('Currency'),
    amount: column('Amount'),
    fee: column('Fee'),
    net: column('Net Amount'),
    asset: column('Asset Type'),
    assetAmount: column('Asset Amount'),
    status: column('Status'),
    notes: column('Notes'),
    name: column('Name of sender/receiver'),
  }

  const coins = (row: RowCursor): bigint => {
    const stated = row.size(at.assetAmount)
    if (stated !== 0n) return stated
    return row.word(at.currency) === 'BTC' ? row.neededSize(at.net) : row.neededSize(at.assetAmount)
  }

  const bitcoin = (row: RowCursor, type: string, folded: string): Verdict => {
    const base = row.word(at.asset) || 'BTC'
    const baseAmount = coins(row)
    const quote = row.symbol(at.currency)
    const fee = row.size(at.fee)
    const side = sideOf(folded)
    if (side !== 'none') {
      if (!row.isFiat(quote)) return { reason: 'it does not say what was paid', column: 'Currency' }
      const isBuy = side === 'buy'
      const sides = { isBuy, base, baseAmount, quote, quoteAmount: row.neededSize(at.amount), fee }
      return { ...trade(sides, (one) => row.isFiat(one)), sourceKind: type }
    }
    const kind = BITCOIN_IN[folded]
    if (kind === 'cashback' && row.amount(at.assetAmount) < 0n)
      return { kind: 'clawback', legs: [leg('out', base, baseAmount)], sourceKind: type }
    if (kind !== undefined) return { kind, legs: [leg('in', base, baseAmount)], sourceKind: type }
    if (folded !== 'bitcoin withdrawal' && folded !== 'bitcoin send') return unknownType(type, 'Transaction Type')
    const charged = quote === base ? feeLegs(base, fee, 'out') : feeLegs(quote, fee)
    const net = quote === base && charged.length > 0 ? row.size(at.amount) : baseAmount
    return { ...withdrawal(base, net === 0n ? baseAmount : net, false, charged), sourceKind: type }
  }

  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      if (folded === 'account notifications') return { skip: 'a notice, which moves nothing' }
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null)
        return row.text(at.status) === 'PAYMENT REFUNDED' ? { skip: 'the payment was refunded' } : undone
      if (folded.startsWith('stock')) return { skip: 'it is about shares, not about crypto' }
      if (folded.startsWith('bitcoin')) return bitcoin(row, type, folded)
      const symbol = row.symbol(at.currency)
      const amount = row.needed(at.net.at < 0 ? at.amount : at.net)
      const isFiat = row.isFiat(symbol)
      const facts = { sourceKind: type, ...present({ note: row.text(at.notes), counterparty: row.text(at.name) }) }
      if (folded === 'cash card debit' || folded === 'cash card')
        return {
          kind: amount > 0n ? 'refund_in' : 'spend',
          legs: [leg(amount > 0n ? 'in' : 'out', symbol, amount)],
          ...facts,
        }
      if (folded === 'boost payment') return { ...signed(symbol, amount, 'cashback', 'clawback'), ...facts }
      if (!CASH.has(folded)) return unknownType(type, 'Transaction Type')
      const goesOut = amount < 0n || LEAVES.has(folded)
      return { ...(goesOut ? withdrawal(symbol, amount, isFiat) : deposit(symbol, amount, isFiat)), ...facts }
    },
  }
}

const COLUMNS = ['Date', 'Transaction ID', 'Transaction Type', 'Currency', 'Amount', 'Fee', 'Net Amount', 'Asset Type']
const IDENTITY = ['Date', 'Transaction Type', 'Currency', 'Amount', 'Asset Amount']
/** A date of the first rows that ends with letters names its zone. */
const ENDS_WITH_ZONE = /\d [A-Z]{3,4}$/

export const cashApp = tableSource({
  id: 'cash-app' as SourceId,
  name: 'Cash App transactions',
  venue: 'Cash App',
  version: 2,
  account: { name: 'Cash App', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'Cash App on the web: Account → Documents → Account statements → Export CSV, all time.',
  layouts: [
    {
      layout: 'transactions',
      required: [...COLUMNS, 'Asset Amount', 'Status'],
      optional: ['Asset Price', 'Notes', 'Name of sender/receiver', 'Account'],
      id: ['Transaction ID'],
      identity: IDENTITY,
      time: ['Date'],
      zone: ({ names, sample }) => {
        const date = names.indexOf('Date')
        return sample.some(({ cells }) => ENDS_WITH_ZONE.test(cells[date]?.trim() ?? '')) ? ('UTC' as ZoneName) : 'ask'
      },
      record: 'transaction',
      open,
    },
  ],
})
