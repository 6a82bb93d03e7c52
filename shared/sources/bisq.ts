/**
 * Bisq's trade history. Facts:
 * - `Offer type` is read as the user's own side (`Buy BTC`, `Sell BTC`, `Buy BSQ`); `Amount in BTC` and `Amount` with `Currency` are
 *   the two sides. Deposits come back and are no cost.
 * - The mining fee is in bitcoin, the trade fee in bitcoin or BSQ; older files have one column for both kinds.
 * - Times are the machine's, day first, with the month by name in its language: the zone is asked. Cancelled trades moved nothing.
 */
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { feeLegs, trade } from './legs.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const DONE = new Set(['completed', 'mediated', 'arbitrated', 'closed'])

const wordsOf = remembered((offer) => offer.toUpperCase().split(' '))

function open({ column, context }: OpenTable): RowReader {
  const at = {
    btc: column('Amount in BTC'),
    amount: column('Amount'),
    currency: column('Currency'),
    mining: column('Transaction Fee'),
    feeBtc: column('Trade Fee BTC'),
    feeBsq: column('Trade Fee BSQ'),
    fee: column('Trade Fee'),
    offer: column('Offer type'),
    status: column('Status'),
  }
  return {
    time: (text) => readWrittenTime(text, 'dmy', context.zone),
    read(row) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const offer = row.word(at.offer)
      const [side = '', coin = ''] = wordsOf(offer)
      if ((side !== 'BUY' && side !== 'SELL') || coin === '') return unknownType(offer, 'Offer type')
      const other = row.symbol(at.currency)
      const isOfBtc = coin === 'BTC'
      if (!isOfBtc && coin !== other.toUpperCase())
        return { reason: `it names another coin than the row (“${offer.slice(0, 40)}”)`, column: 'Offer type' }
      const isFiat = (symbol: string): boolean => row.isFiat(symbol)
      const btc = row.neededSize(at.btc)
      const amount = row.neededSize(at.amount)
      const sides = isOfBtc
        ? { base: 'BTC', baseAmount: btc, quote: other, quoteAmount: amount }
        : { base: other, baseAmount: amount, quote: 'BTC', quoteAmount: btc }
      const old = row.glued(at.fee, ['BTC', 'BSQ'])
      const isOldBsq = old?.symbol === 'BSQ'
      const inBtc = row.size(at.mining) + row.size(at.feeBtc) + (old === null || isOldBsq ? 0n : magnitude(old.amount))
      const inBsq = row.size(at.feeBsq) + (isOldBsq ? magnitude(old.amount) : 0n)
      const { kind, legs } = trade({ isBuy: side === 'BUY', ...sides, fee: inBtc, feeSymbol: 'BTC' }, isFiat)
      return { kind, legs: inBsq === 0n ? legs : [...legs, ...feeLegs('BSQ', inBsq)], sourceKind: offer }
    },
  }
}

const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

const COLUMNS = [
  'Trade ID',
  'Date/Time',
  'Market',
  'Amount in BTC',
  'Amount',
  'Currency',
  'Transaction Fee',
  'Offer type',
  'Status',
]
const OTHERS = ['Price', 'Deviation', 'Buyer Deposit', 'Seller Deposit']

export const bisq = tableSource({
  id: 'bisq' as SourceId,
  name: 'Bisq trade history',
  venue: 'Bisq',
  version: 2,
  account: { name: 'Bisq', kind: 'wallet' },
  zone: 'ask',
  howToGet: 'Bisq: Portfolio → History → Export to CSV.',
  layouts: [
    {
      layout: 'trade history',
      required: [...COLUMNS, 'Trade Fee BTC', 'Trade Fee BSQ'],
      optional: OTHERS,
      id: ['Trade ID'],
      identity: ['Date/Time', 'Market', 'Amount in BTC', 'Amount', 'Currency', 'Offer type'],
      time: ['Date/Time'],
      record: 'trade',
      open,
    },
    {
      layout: 'old trade history',
      required: [...COLUMNS, 'Trade Fee'],
      optional: OTHERS,
      id: ['Trade ID'],
      identity: ['Date/Time', 'Market', 'Amount in BTC', 'Amount', 'Currency', 'Offer type'],
      time: ['Date/Time'],
      record: 'trade',
      open,
    },
  ],
})
