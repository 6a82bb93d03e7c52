/**
 * Blockchain.com: the history of the account, and the older one of the wallet. Facts:
 * - New: a trade has asset and counter-asset in one row; the type says which way it goes. UTC.
 * - Old: `amount` is signed and has the fee inside; the date and the time stand apart, the values beside are in the user's currency.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { deposit, present, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { sideOf, twoSided } from './two-sided.ts'
import { remembered, wordTable } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const IN = new Set(['deposit', 'receive', 'received', 'transfer_in'])
const OUT = new Set(['withdrawal', 'withdraw', 'send', 'sent', 'transfer_out'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  interest: 'lending_interest',
  reward: 'other_income',
  rewards: 'lending_interest',
  staking_reward: 'staking_reward',
  referral: 'referral',
  airdrop: 'airdrop',
})

const foldType = remembered((type) => type.toLowerCase().replace(/[\s-]+/g, '_'))

function open({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('transaction_type'),
    asset: column('asset'),
    quantity: column('quantity_transacted'),
    counter: [column('counter_amount'), column('counter_asset')],
    fee: [column('fee_amount'), column('fee_asset')],
    notes: column('Notes'),
    hash: column('transaction_hash'),
  } as const
  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = row.word(at.type)
      const folded = foldType(type)
      const quantity = row.needed(at.quantity)
      const one = { symbol: row.symbol(at.asset), amount: quantity < 0n ? -quantity : quantity }
      const other = sideOf(row, ...at.counter)
      const fee = sideOf(row, ...at.fee)
      const facts = { sourceKind: type, ...present({ hash: row.text(at.hash), note: row.text(at.notes) }) }
      if (folded === 'buy' || folded === 'sell' || folded === 'swap' || folded === 'trade') {
        if (other === null) return { reason: 'the other side of the trade is missing', column: 'counter_amount' }
        const isBought = folded === 'buy' || (folded !== 'sell' && quantity > 0n && row.amount(at.counter[0]) < 0n)
        return { ...(isBought ? twoSided(row, other, one, fee) : twoSided(row, one, other, fee)), ...facts }
      }
      if (IN.has(folded)) return { ...twoSided(row, null, one, fee), ...facts }
      if (OUT.has(folded)) return { ...twoSided(row, one, null, fee), ...facts }
      const income = INCOME[folded]
      if (income === undefined) return unknownType(type, 'transaction_type')
      return { ...twoSided(row, null, one, fee, { in: income }), ...facts }
    },
  }
}

function openOld({ column, context }: OpenTable): RowReader {
  const at = {
    date: column('date'),
    time: column('time'),
    token: column('token'),
    type: column('type'),
    amount: column('amount'),
    hash: column('tx'),
    note: column('note'),
  }
  return {
    timeText: (row) => `${row.text(at.date)} ${row.text(at.time)}`,
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      if (!IN.has(folded) && !OUT.has(folded)) return unknownType(type, 'type')
      const symbol = row.symbol(at.token)
      const amount = row.neededSize(at.amount)
      const moved = (IN.has(folded) ? deposit : withdrawal)(symbol, amount, row.isFiat(symbol))
      return { ...moved, sourceKind: type, ...present({ hash: row.text(at.hash), note: row.text(at.note) }) }
    },
  }
}

export const blockchainCom = tableSource({
  id: 'blockchain-com' as SourceId,
  name: 'Blockchain.com history',
  venue: 'Blockchain.com',
  version: 1,
  account: { name: 'Blockchain com', kind: 'wallet' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Blockchain.com: Activity → Download history, CSV, all time.',
  layouts: [
    {
      layout: 'account history',
      required: [
        'date_time_utc',
        'transaction_type',
        'asset',
        'quantity_transacted',
        'counter_asset',
        'counter_amount',
        'fee_asset',
        'fee_amount',
        'transaction_id',
      ],
      optional: ['Notes', 'transaction_hash'],
      id: ['transaction_id'],
      identity: [
        'date_time_utc',
        'transaction_type',
        'asset',
        'quantity_transacted',
        'counter_asset',
        'counter_amount',
      ],
      time: ['date_time_utc'],
      record: 'transaction',
      open,
    },
    {
      layout: 'wallet history',
      required: ['date', 'time', 'token', 'type', 'amount', 'value_then', 'value_now', 'exchange_rate_then', 'tx'],
      optional: ['note'],
      tag: 'wallet',
      identity: ['token', 'type', 'amount', 'tx'],
      time: ['date'],
      open: openOld,
    },
  ],
})
