/**
 * Bitvavo's transactions. Facts:
 * - Each row names its zone (`Europe/Amsterdam`); date and time stand apart, the time with or without milliseconds.
 * - `Received / Paid Amount` is signed and **has the fee inside**: −100.00 paid with a fee of 0.25 bought for 99.75.
 * - `Amount` is signed for withdrawals, whose fee comes on top.
 * - `internal_transfer` and `loan` change the balance, and nothing says who is on the other side: they are left open.
 * - An old layout (`timestamp,type,currency,amount,status,address,method,txid`) has a row for each side of a trade.
 */
import { isZoneName } from '../events/civil-time.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { deposit, feeLegs, type Meaning, signed, trade, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { readTime } from './times.ts'
import { wordTable } from './word-table.ts'

const DONE = new Set(['completed', 'distributed', 'confirmed', 'filled', 'success'])
const UNCLEAR = 'Bitvavo does not say what this is: change the kind where it is known'
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  staking: 'staking_reward',
  fixed_staking: 'staking_reward',
  affiliate: 'referral',
  campaign_new_user_incentive: 'referral',
  rebate: 'fee_rebate',
  manually_assigned: 'balance_correction',
  manually_assigned_bitvavo: 'balance_correction',
  withdrawal_cancelled: 'refund_in',
  distribution: 'airdrop',
})

function moved(
  row: RowCursor,
  type: string,
  symbol: string,
  amount: bigint,
  fee: bigint,
  feeSymbol: string,
): Writable<Meaning> | null {
  const isFiat = row.isFiat(symbol)
  if (type === 'deposit' || type === 'external_transferred_funds') {
    return amount < 0n
      ? withdrawal(symbol, amount, isFiat)
      : deposit(symbol, amount, isFiat, feeLegs(feeSymbol, fee, 'in'))
  }
  if (type === 'withdrawal') return withdrawal(symbol, amount, isFiat, feeLegs(feeSymbol, fee, 'out'))
  if (type === 'internal_transfer' || type === 'loan') {
    const moved = amount < 0n ? withdrawal(symbol, amount, isFiat) : deposit(symbol, amount, isFiat)
    return type === 'loan' ? { ...moved, warnings: [UNCLEAR] } : moved
  }
  const kind = INCOME[type]
  return kind === undefined ? null : signed(symbol, amount, kind, 'balance_correction')
}

function open({ column, context }: OpenTable): RowReader {
  const at = {
    zone: column('Timezone'),
    date: column('Date'),
    time: column('Time'),
    type: column('Type'),
    currency: column('Currency'),
    amount: column('Amount'),
    paidCurrency: column('Received / Paid Currency'),
    paid: column('Received / Paid Amount'),
    feeCurrency: column('Fee currency'),
    fee: column('Fee amount'),
    status: column('Status'),
    address: column('Address'),
  }
  const zones = new Map<string, ZoneName | null>()
  const zoneOf = (name: string): ZoneName | null => {
    const known = zones.get(name)
    if (known !== undefined) return known
    const zone = name === '' ? context.zone : isZoneName(name) ? name : null
    if (zones.size < 100) zones.set(name, zone)
    return zone
  }
  return {
    zoneOf: (row) => row.text(at.zone) || context.zone,
    timeText: (row) => `${row.text(at.date)} ${row.text(at.time)}`.trim(),
    time(text, row) {
      const zone = zoneOf(row.text(at.zone))
      if (zone !== null) return readTime(text, zone)
      row.fail(`“${row.text(at.zone).slice(0, 40)}” is no time zone`, at.zone)
      return null
    },
    read(row: RowCursor): Verdict {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const type = row.word(at.type).toLowerCase()
      const symbol = row.symbol(at.currency)
      const amount = row.needed(at.amount)
      const fee = row.size(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      if (type !== 'buy' && type !== 'sell') {
        const read = moved(row, type, symbol, amount, fee, feeSymbol)
        if (read === null) return unknownType(row.text(at.type), 'Type')
        read.sourceKind = type
        addFact(read, type === 'withdrawal' ? 'toAddress' : 'fromAddress', row.text(at.address))
        return read
      }
      const quote = row.symbol(at.paidCurrency)
      const paid = row.neededSize(at.paid)
      const isInside = feeSymbol === quote
      const isBuy = type === 'buy'
      const quoteAmount = isInside ? (isBuy ? paid - fee : paid + fee) : paid
      if (quoteAmount < 0n) return { reason: 'the fee is larger than what was paid', column: 'Fee amount' }
      const sides = { isBuy, base: symbol, baseAmount: amount, quote, quoteAmount, fee, feeSymbol }
      return { ...trade(sides, (one) => row.isFiat(one)), sourceKind: type }
    },
  }
}

function openOld({ column }: OpenTable): RowReader {
  const at = {
    time: column('timestamp'),
    type: column('type'),
    currency: column('currency'),
    amount: column('amount'),
    status: column('status'),
    address: column('address'),
    hash: column('txid'),
  }
  return {
    read(row: RowCursor): Verdict {
      const undone = unlessDone(row.text(at.status), DONE, 'status')
      if (undone !== null) return undone
      const type = row.word(at.type).toLowerCase()
      const symbol = row.symbol(at.currency)
      const amount = row.needed(at.amount)
      if (type === 'trade' || type === 'buy' || type === 'sell') {
        const { asset, kind } = row.asset(symbol)
        return {
          join: ['trade', row.text(at.time)],
          word: type,
          parts: [{ symbol, asset, isFiat: kind === 'fiat', amount }],
        }
      }
      const read = moved(row, type, symbol, amount, 0n, '')
      if (read === null) return unknownType(row.text(at.type), 'type')
      read.sourceKind = type
      addFact(read, 'hash', row.text(at.hash))
      addFact(read, type === 'withdrawal' ? 'toAddress' : 'fromAddress', row.text(at.address))
      return read
    },
  }
}

export const bitvavo = tableSource({
  id: 'bitvavo' as SourceId,
  name: 'Bitvavo transactions',
  venue: 'Bitvavo',
  version: 2,
  account: { name: 'Bitvavo', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bitvavo: Account → Transaction history → Export, CSV, all time.',
  layouts: [
    {
      layout: 'transactions',
      required: [
        'Timezone',
        'Date',
        'Time',
        'Type',
        'Currency',
        'Amount',
        'Received / Paid Currency',
        'Received / Paid Amount',
        'Fee currency',
        'Fee amount',
        'Status',
        'Transaction ID',
      ],
      optional: ['Quote Currency', 'Quote Price', 'Address'],
      id: ['Transaction ID'],
      identity: ['Date', 'Time', 'Type', 'Currency', 'Amount', 'Received / Paid Currency', 'Received / Paid Amount'],
      time: ['Date'],
      record: 'transaction',
      open,
    },
    {
      layout: 'old transactions',
      required: ['timestamp', 'type', 'currency', 'amount', 'status', 'address', 'method', 'txid'],
      tag: 'old',
      identity: ['timestamp', 'type', 'currency', 'amount', 'address', 'txid'],
      time: ['timestamp'],
      open: openOld,
    },
  ],
})
