/**
 * Binance's deposit and withdrawal histories of coins and of money, and the BETH distributions. Facts:
 * - Coins now: deposits and withdrawals have headers of their own (`Date(UTC+0),Coin,Network,Amount,[Fee,]Address,TXID,
 *   Status`), years of two digits. `Amount` of a withdrawal is net, `Fee` comes on top.
 * - Coins before: one header for both (`…,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status`), so that only the
 *   name of the file says which it is. Also without `Network`, and with a plain `Date`.
 * - Money: `Date(UTC+2),Coin,Amount,Status,Payment Method,Indicated Amount,Fee,Order ID`; the offset is the user's own.
 *   `Amount` is net, `Indicated Amount` gross. Again only the file's name says which way.
 * - A chain transaction can pay several rows: the hash is proof for pairing, never the identity of a row by itself.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { addFact } from './facts.ts'
import { deposit, feeLegs, feeWithin, type Meaning, present, signed, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { TableHeader, Writable } from './source-format.ts'
import { unlessDone } from './statuses.ts'
import { clockOf, withoutOffset } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readShortYear } from './written-times.ts'

const DONE = new Set(['completed', 'success', 'successful', 'credited', 'finished'])
/** Transfers inside Binance have a sentence in place of a hash. */
const isHash = (text: string): boolean => text.length > 20 && !text.includes(' ')

type Way = 'deposit' | 'withdrawal' | null
const wayOf = (fileName: string): Way =>
  /withdraw/i.test(fileName) ? 'withdrawal' : /deposit/i.test(fileName) ? 'deposit' : null

const UNCLEAR = {
  reason:
    'deposits and withdrawals have the same columns here, and the file’s name says neither; name it so and import it again',
  column: 'Amount',
}

function openCoins(table: OpenTable): RowReader {
  const { column, context } = table
  const at = {
    time: column('Date'),
    coin: column('Coin'),
    amount: column('Amount'),
    fee: column('Fee', 'TransactionFee'),
    address: column('Address'),
    hash: column('TXID'),
    source: column('SourceAddress'),
    status: column('Status'),
  }
  const way: Way =
    context.layout === 'deposits'
      ? 'deposit'
      : context.layout === 'withdrawals'
        ? 'withdrawal'
        : wayOf(context.fileName)
  return {
    time: clockOf(table, at.time, readShortYear),
    /** Where there is a hash the time is left out: exports of different ages write it differently. */
    identity(row: RowCursor) {
      const hash = row.text(at.hash)
      const texts = [way ?? 'transfer', row.text(at.coin), row.text(at.amount), row.text(at.address), hash]
      if (isHash(hash)) return texts
      const time = row.text(at.time)
      return [...texts, time.charCodeAt(2) === 45 ? `20${time}` : time]
    },
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      if (way === null) return UNCLEAR
      const coin = row.symbol(at.coin)
      const amount = row.neededSize(at.amount)
      const isFiat = row.isFiat(coin)
      const hash = row.text(at.hash)
      const comesIn = way === 'deposit'
      const made: Writable<Meaning> = comesIn
        ? deposit(coin, amount, isFiat)
        : withdrawal(coin, amount, isFiat, feeLegs(coin, row.size(at.fee), 'out'))
      made.sourceKind = way
      if (isHash(hash)) addFact(made, 'hash', hash)
      if (comesIn) addFact(made, 'fromAddress', row.text(at.source))
      else addFact(made, 'toAddress', row.text(at.address))
      return made
    },
  }
}

function openMoney(table: OpenTable): RowReader {
  const { column, context } = table
  const at = {
    time: column('Date'),
    coin: column('Coin'),
    amount: column('Amount'),
    status: column('Status'),
    method: column('Payment Method'),
    gross: column('Indicated Amount'),
    fee: column('Fee'),
  }
  const way = wayOf(context.fileName)
  return {
    time: clockOf(table, at.time, readShortYear),
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      if (way === null) return UNCLEAR
      const coin = row.symbol(at.coin)
      const isFiat = row.isFiat(coin)
      const net = row.neededSize(at.amount)
      const gross = row.amountOrNull(at.gross) ?? net
      const fee = row.size(at.fee)
      const counterparty = present({ counterparty: row.word(at.method) })
      if (way === 'deposit') return { ...deposit(coin, gross, isFiat, feeLegs(coin, fee, 'in')), ...counterparty }
      return { ...withdrawal(coin, gross, isFiat, feeWithin(coin, fee, 'out', gross)), ...counterparty }
    },
  }
}

function openRewards(table: OpenTable): RowReader {
  const { column } = table
  const at = { time: column('Date'), token: column('Token'), amount: column('Amount'), status: column('Status') }
  return {
    time: clockOf(table, at.time, readShortYear),
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const received = signed(row.symbol(at.token), row.needed(at.amount), 'staking_reward', 'clawback')
      return { ...received, sourceKind: 'ETH 2.0 staking' }
    },
  }
}

const statesOffset = (header: TableHeader): boolean => /\(utc/i.test(header.names[0] ?? '')

const COINS = { identity: ['Coin', 'Amount', 'Address', 'TXID', 'Date'], time: ['Date'], open: openCoins }
const OLD = ['Date', 'Coin', 'Amount', 'TransactionFee', 'Address', 'TXID', 'SourceAddress', 'PaymentID', 'Status']
const MONEY = ['Date', 'Coin', 'Amount', 'Status', 'Payment Method', 'Indicated Amount', 'Fee', 'Order ID']

export const binanceTransfers = tableSource({
  id: 'binance-transfers' as SourceId,
  name: 'Binance deposits and withdrawals',
  venue: 'Binance',
  version: 2,
  account: { name: 'Binance', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet:
    'Binance: Wallet → Transaction History → Deposit & Withdraw → Export; leave the names of the files as they are.',
  plainName: withoutOffset,
  layouts: [
    { ...COINS, layout: 'deposits', required: ['Date', 'Coin', 'Network', 'Amount', 'Address', 'TXID', 'Status'] },
    {
      ...COINS,
      layout: 'withdrawals',
      required: ['Date', 'Coin', 'Network', 'Amount', 'Fee', 'Address', 'TXID', 'Status'],
    },
    { ...COINS, layout: 'older deposits or withdrawals', required: OLD, optional: ['Network'] },
    {
      layout: 'money',
      required: MONEY,
      id: ['Order ID'],
      tag: 'money',
      identity: ['Date', 'Coin', 'Amount', 'Payment Method', 'Indicated Amount'],
      time: ['Date'],
      open: openMoney,
    },
    {
      layout: 'BETH distributions',
      required: ['Date', 'Coin', 'Token', 'Amount', 'Status'],
      tag: 'beth',
      identity: ['Date', 'Coin', 'Token', 'Amount'],
      time: ['Date'],
      fits: statesOffset,
      open: openRewards,
    },
  ],
})
