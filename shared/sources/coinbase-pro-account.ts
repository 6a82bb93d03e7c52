/**
 * The account statement of Coinbase Pro, GDAX and Coinbase Exchange (`account.csv`): one row for each change of a balance.
 * Facts:
 * - With and without `portfolio`; a variant has capital letters and `Timestamp`.
 * - Times are ISO, UTC. Amounts are signed.
 * - A trade is two `match` rows and mostly one `fee` row in the quote, which share a trade id. Trade ids are unique within a
 *   market only, so the order id tells them apart. `conversion` (USD to USDC) stands on two rows as well.
 * - The fills file has the same trades: see `coinbase-pro-fills.ts`.
 */
import type { Amount } from '../amount/amount.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { called } from './facts.ts'
import { deposit, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered, rememberedPair } from './word-table.ts'

const folded = remembered((type) => type.toLowerCase())
/** Each portfolio has a balance of its own. */
const balanceIn = rememberedPair((unit, portfolio) => `${unit} (${portfolio})`)

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('type'),
    time: column('time', 'Timestamp'),
    portfolio: column('portfolio'),
    amount: column('amount'),
    balance: column('balance'),
    unit: column('amount/balance unit'),
    transfer: column('transfer id'),
    trade: column('trade id'),
    order: column('order id'),
  }
  /** Of the row that was read last, whose balance is asked for then. */
  let symbol = ''
  let amount: Amount
  return {
    balance(row: RowCursor) {
      const balance = row.amountOrNull(at.balance)
      if (balance === null) return null
      const portfolio = row.text(at.portfolio)
      return { of: portfolio === '' ? symbol : balanceIn(symbol, portfolio), balance, change: amount }
    },
    read(row: RowCursor) {
      const type = folded(row.text(at.type))
      symbol = row.symbol(at.unit)
      amount = row.needed(at.amount)
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      switch (type) {
        case 'deposit':
        case 'withdrawal':
          return called((amount < 0n ? withdrawal : deposit)(symbol, amount, isFiat), type)
        case 'match':
        case 'fee':
        case 'rebate': {
          const trade = row.text(at.trade)
          const order = row.text(at.order)
          const join = trade === '' ? [order, trade, row.text(at.time)] : [order, trade]
          const isFee = type !== 'match'
          return { join, word: type, parts: [{ symbol, asset, isFiat, amount: isFee ? -amount : amount, isFee }] }
        }
        case 'conversion': {
          const shared = row.text(at.trade) || row.text(at.transfer) || row.text(at.time)
          return { join: ['conversion', shared], word: type, parts: [{ symbol, asset, isFiat, amount }] }
        }
        default:
          return unknownType(type, 'type')
      }
    },
  }
}

const COLUMNS = ['amount', 'balance', 'amount/balance unit', 'transfer id', 'trade id', 'order id']
const identity = (time: string) => [
  'type',
  time,
  'amount',
  'amount/balance unit',
  'transfer id',
  'trade id',
  'order id',
]

export const coinbaseProAccount = tableSource({
  id: 'coinbase-pro-account' as SourceId,
  name: 'Coinbase Pro account statement',
  venue: 'Coinbase Pro',
  version: 2,
  account: { name: 'Coinbase Pro', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Coinbase Pro (closed) or Coinbase Exchange: Statements → Generate → Account, all portfolios, CSV.',
  layouts: [
    {
      layout: 'account',
      required: ['type', 'time', ...COLUMNS],
      optional: ['portfolio'],
      identity: identity('time'),
      time: ['time'],
      open,
    },
    {
      layout: 'account with capitals',
      required: ['Type', 'Timestamp', ...COLUMNS],
      optional: ['portfolio'],
      identity: identity('Timestamp'),
      time: ['Timestamp'],
      open,
    },
  ],
})
