/**
 * Poloniex: trades, deposits, withdrawals and distributions, before and after 2022. Times are UTC. Facts:
 * - Old trades: the fee is a percentage; in this file “Base” is the market's quote. What moved stands in `Base Total Less Fee`
 *   and `Quote Total Less Fee`; the fee is what is missing of `Amount` (bought) or `Total` (sold). Rows with a fee currency of their
 *   own say the fee in `Fee Total`.
 * - Fills of one order have no id of their own: equal ones are real.
 * - Deposits and withdrawals: `COMPLETE: <hash>`. The oldest file has both under the deposits' header: there only withdrawals
 *   have a hash behind `COMPLETE`. The name of the file, or a negative amount, tells withdrawals as well. `Amount` of a withdrawal
 *   has the fee inside.
 * - Tickers of its own: STR is XLM.
 */
import { ONE_UNIT } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeWithin, leg, present, trade, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'

const NO_MARKET = 'the market does not name two assets'
const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

function openOldTrades({ column }: OpenTable): RowReader {
  const at = {
    market: column('Market'),
    category: column('Category'),
    type: column('Type'),
    amount: column('Amount'),
    total: column('Total'),
    quoteNet: column('Base Total Less Fee'),
    baseNet: column('Quote Total Less Fee'),
    feeCurrency: column('Fee Currency'),
    feeTotal: column('Fee Total'),
  }
  return {
    read(row: RowCursor): Verdict {
      const type = row.word(at.type).toLowerCase()
      if (type !== 'buy' && type !== 'sell') return unknownType(row.text(at.type), 'Type')
      if (row.word(at.category).toLowerCase() !== 'exchange') return unknownType(row.text(at.category), 'Category')
      const pair = separatedPair(row.word(at.market))
      if (pair === null) return { reason: NO_MARKET, column: 'Market' }
      const isBuy = type === 'buy'
      const amount = row.neededSize(at.amount)
      const total = row.neededSize(at.total)
      const baseNet = row.neededSize(at.baseNet)
      const quoteNet = row.neededSize(at.quoteNet)
      const feeCurrency = row.word(at.feeCurrency)
      const hasOwn = feeCurrency !== '' && feeCurrency !== pair.base && feeCurrency !== pair.quote
      const missing = isBuy ? amount - baseNet : total - quoteNet
      const fee = hasOwn ? row.size(at.feeTotal) : missing < 0n ? 0n : missing
      const sides = {
        isBuy,
        ...pair,
        baseAmount: isBuy ? baseNet + (hasOwn ? 0n : fee) : baseNet,
        quoteAmount: isBuy ? quoteNet : quoteNet + (hasOwn ? 0n : fee),
        fee,
        feeSymbol: hasOwn ? feeCurrency : isBuy ? pair.base : pair.quote,
      }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: type }
    },
  }
}

function openTrades({ column }: OpenTable): RowReader {
  const at = {
    market: column('market'),
    side: column('side'),
    price: column('price'),
    amount: column('amount'),
    feeCurrency: column('fee_currency'),
    fee: column('fee_total'),
  }
  return {
    read(row: RowCursor): Verdict {
      const side = row.word(at.side).toLowerCase()
      if (side !== 'buy' && side !== 'sell') return unknownType(row.text(at.side), 'side')
      const pair = separatedPair(row.word(at.market))
      if (pair === null) return { reason: NO_MARKET, column: 'market' }
      const baseAmount = row.neededSize(at.amount)
      const fee = row.amount(at.fee)
      const sides = {
        isBuy: side === 'buy',
        ...pair,
        baseAmount,
        quoteAmount: mulDiv(baseAmount, row.neededSize(at.price), ONE_UNIT),
      }
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      return { ...trade({ ...sides, fee, feeSymbol }, (symbol) => row.isFiat(symbol)), sourceKind: side }
    },
  }
}

const DONE = new Set(['complete', 'completed', 'success'])

/** The oldest file of both: deposits say `COMPLETE` and nothing more. */
const holdsBoth = ({ context }: OpenTable, status: Column): boolean =>
  context.header.sample.some(({ cells }) => /^complete$/i.test(cells[status.at]?.trim() ?? ''))

function openMovement(table: OpenTable): RowReader {
  const { column, context } = table
  const at = {
    currency: column('Currency'),
    amount: column('Amount', 'f_amount'),
    fee: column('Fee Deducted', 'f_feededucted'),
    address: column('Address', 'f_address'),
    status: column('Status', 'f_status'),
  }
  const isWithdrawals = at.fee.at >= 0 || /withdraw/i.test(context.fileName)
  const saysDeposits = at.status.name !== 'Status' || /deposit/i.test(context.fileName)
  const isBoth = !isWithdrawals && !saysDeposits && holdsBoth(table, at.status)
  if (!isWithdrawals && !saysDeposits && !isBoth) {
    table.sink.warn(
      'neither the name nor the rows of this file say whether it lists deposits or withdrawals; it was read as deposits: where it lists withdrawals, import it again under a name with “withdrawals”',
    )
  }
  return {
    read(row: RowCursor) {
      const [status = '', hash = ''] = row.text(at.status).split(/:\s*/)
      const undone = unlessDone(status, DONE, at.status.name)
      if (undone !== null) return undone
      const currency = row.symbol(at.currency)
      const amount = row.needed(at.amount)
      const isFiat = row.isFiat(currency)
      const facts = present({ hash: hash.trim() })
      const isDeposit = isBoth ? hash.trim() === '' : !isWithdrawals
      if (isDeposit && amount >= 0n) return { ...deposit(currency, amount, isFiat), ...facts, sourceKind: 'deposit' }
      const fees = feeWithin(currency, row.size(at.fee), 'out', size(amount))
      const to = present({ toAddress: row.text(at.address) })
      return { ...withdrawal(currency, amount, isFiat, fees), ...facts, ...to, sourceKind: 'withdrawal' }
    },
  }
}

function openDistributions({ column }: OpenTable): RowReader {
  const at = { currency: column('currency'), amount: column('amount') }
  return {
    read: (row: RowCursor) => ({
      kind: 'airdrop',
      legs: [leg('in', row.symbol(at.currency), row.neededSize(at.amount))],
    }),
  }
}

const OLD_TRADE = ['Date', 'Market', 'Category', 'Type', 'Price', 'Amount', 'Total', 'Fee', 'Order Number']
const MOVED = ['Date', 'Currency', 'Amount', 'Address']

export const poloniex = tableSource({
  id: 'poloniex' as SourceId,
  name: 'Poloniex histories',
  venue: 'Poloniex',
  version: 1,
  account: { name: 'Poloniex', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Poloniex: Orders → Trade history → Export; Wallet → Deposits, withdrawals, distributions → Export.',
  layouts: [
    {
      layout: 'old trades',
      required: [...OLD_TRADE, 'Base Total Less Fee', 'Quote Total Less Fee'],
      optional: ['Fee Currency', 'Fee Total'],
      tag: 'trade',
      identity: [...OLD_TRADE, 'Base Total Less Fee', 'Quote Total Less Fee'],
      time: ['Date'],
      open: openOldTrades,
    },
    {
      layout: 'trades',
      required: ['create_time', 'trade_id', 'market', 'side', 'price', 'amount', 'fee', 'fee_currency', 'fee_total'],
      optional: ['buyer_wallet'],
      id: ['trade_id'],
      tag: 'trade',
      identity: ['trade_id'],
      time: ['create_time'],
      record: 'trade',
      open: openTrades,
    },
    {
      layout: 'old deposits',
      required: [...MOVED, 'Status'],
      tag: 'movement',
      identity: MOVED,
      time: ['Date'],
      open: openMovement,
    },
    {
      layout: 'old withdrawals',
      required: [...MOVED, 'Fee Deducted', 'Amount - Fee', 'Status'],
      tag: 'movement',
      identity: MOVED,
      time: ['Date'],
      open: openMovement,
    },
    {
      layout: 'deposits',
      required: ['f_created_at', 'currency', 'f_amount', 'f_address', 'f_status'],
      tag: 'deposit',
      identity: ['f_created_at', 'currency', 'f_amount', 'f_address'],
      time: ['f_created_at'],
      open: openMovement,
    },
    {
      layout: 'withdrawals',
      required: ['f_date', 'currency', 'f_amount', 'f_feededucted', 'f_status'],
      optional: ['f_address'],
      tag: 'withdrawal',
      identity: ['f_date', 'currency', 'f_amount', 'f_feededucted'],
      time: ['f_date'],
      open: openMovement,
    },
    {
      layout: 'distributions',
      required: ['date', 'currency', 'amount', 'wallet'],
      tag: 'distribution',
      fits: ({ names }) => names.length <= 5,
      identity: ['date', 'currency', 'amount', 'wallet'],
      time: ['date'],
      open: openDistributions,
    },
  ],
})
