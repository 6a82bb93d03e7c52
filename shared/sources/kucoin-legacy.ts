/**
 * KuCoin's exports up to 2022: trades in six layouts, deposits and withdrawals in three. Their times have no offset and are
 * UTC+8. Where a layout has no currency for the fee, it is taken for the quote's and the file is told so.
 */
import type { ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { KUCOIN_DONE, kucoinTime, sideOf, unlessEmpty } from './kucoin-rows.ts'
import { deposit, feeLegs, present, trade, withdrawal } from './legs.ts'
import { pairSplitter, separatedPair } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import type { OpenTable, RowReader, TableLayout } from './table-source.ts'

const SINGAPORE = 'Asia/Singapore' as ZoneName
const split = pairSplitter()

function openTrades({ column, context, sink }: OpenTable): RowReader {
  const at = {
    symbol: column('symbol', 'Pair'),
    side: column('side', 'direction'),
    size: column('size', 'amount_coin', 'amount'),
    funds: column('funds', 'dealValue', 'deal_value', 'Volume'),
    fee: column('fee'),
    feeCurrency: column('feeCurrency', 'FeeCoin'),
  }
  if (at.feeCurrency.at < 0 && at.fee.at >= 0)
    sink.warn('the file does not say in what the fees were paid; they were taken for the quote’s')
  return {
    time: (text) => kucoinTime(text, context.zone),
    read: unlessEmpty((row: RowCursor) => {
      const side = sideOf(row, at.side)
      if (side === null) return unknownType(row.text(at.side), at.side.name)
      const market = row.word(at.symbol)
      const pair = separatedPair(market) ?? split(market)
      if (pair === null)
        return { reason: `“${market.slice(0, 40)}” is no market of two assets`, column: at.symbol.name }
      const fee = row.amount(at.fee)
      const feeSymbol = at.feeCurrency.at < 0 || fee === 0n ? pair.quote : row.symbol(at.feeCurrency)
      const sides = {
        isBuy: side === 'BUY',
        ...pair,
        baseAmount: row.neededSize(at.size),
        quoteAmount: row.neededSize(at.funds),
      }
      return { ...trade({ ...sides, fee, feeSymbol }, (symbol) => row.isFiat(symbol)), sourceKind: side }
    }),
  }
}

function openMovements({ column, context }: OpenTable): RowReader {
  const at = {
    coin: column('coin_type', 'Coin'),
    type: column('type'),
    address: column('add', 'Wallet Address/Account'),
    hash: column('hash'),
    amount: column('vol', 'Amount'),
    fee: column('Fee'),
    status: column('Status'),
    remark: column('Remark'),
  }
  return {
    time: (text) => kucoinTime(text, context.zone),
    read: unlessEmpty((row: RowCursor) => {
      const undone = unlessDone(row.text(at.status), KUCOIN_DONE, 'Status')
      if (undone !== null) return undone
      const type = row.word(at.type)
      const goesOut = /withdraw/i.test(type)
      if (!goesOut && !/deposit/i.test(type)) return unknownType(type, 'type')
      const coin = row.symbol(at.coin)
      const amount = row.neededSize(at.amount)
      const fee = row.size(at.fee)
      const isFiat = row.isFiat(coin)
      const facts = { ...present({ hash: row.text(at.hash), note: row.word(at.remark) }), sourceKind: type }
      if (!goesOut) return { ...deposit(coin, amount, isFiat, feeLegs(coin, fee, 'in')), ...facts }
      const to = present({ toAddress: row.text(at.address) })
      return { ...withdrawal(coin, amount, isFiat, feeLegs(coin, fee, 'out')), ...facts, ...to }
    }),
  }
}

const trades = (
  layout: string,
  time: string,
  required: readonly string[],
  more: Partial<TableLayout> = {},
): TableLayout => ({
  layout,
  required: [time, ...required],
  tag: 'legacy-trade',
  identity: [time, ...required.filter((name) => !/currency|liquidity|ordertype|order_type/i.test(name))],
  time: [time],
  zone: SINGAPORE,
  open: openTrades,
  ...more,
})

const movements = (layout: string, time: string, required: readonly string[]): TableLayout => ({
  layout,
  required: [time, ...required],
  optional: ['Status'],
  tag: 'legacy-movement',
  identity: [time, ...required.filter((name) => !/remark/i.test(name))],
  time: [time],
  zone: SINGAPORE,
  open: openMovements,
})

export const KUCOIN_LEGACY: readonly TableLayout[] = [
  trades(
    'old trades with orders',
    'tradeCreatedAt',
    ['orderId', 'symbol', 'side', 'price', 'size', 'funds', 'fee', 'feeCurrency'],
    { optional: ['liquidity', 'orderType'] },
  ),
  trades('old trades', 'tradeCreatedAt', ['symbol', 'side', 'price', 'size', 'funds', 'fee', 'feeCurrency']),
  trades('old deals', 'createdDate', ['oid', 'symbol', 'dealPrice', 'dealValue', 'amount', 'fee', 'direction'], {
    id: ['oid'],
  }),
  trades('old deals by user', 'created_at', [
    'uid',
    'symbol',
    'order_type',
    'price',
    'amount_coin',
    'direction',
    'funds',
    'fee',
  ]),
  trades('old deals without fees', 'created_at', ['uid', 'symbol', 'direction', 'deal_price', 'amount', 'deal_value']),
  trades('trades of 2019', 'Time', [
    'Pair',
    'Side',
    'FilledPrice',
    'FilledPriceCoin',
    'Amount',
    'AmountCoin',
    'Volume',
    'VolumeCoin',
    'Fee',
    'FeeCoin',
  ]),
  movements('oldest deposits and withdrawals', 'created_at', ['coin_type', 'type', 'add', 'hash', 'vol']),
  movements('old deposits', 'Time', ['Coin', 'Network', 'Amount', 'Type', 'Remark', 'Fee']),
  movements('old withdrawals', 'Time', ['Coin', 'Network', 'Amount', 'Type', 'Wallet Address/Account', 'Remark']),
]
