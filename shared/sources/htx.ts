/**
 * HTX (Huobi): spot orders of the old site, in English and Chinese, and the statement's trades, deposits and withdrawals.
 * Facts:
 * - Old site: quoted header with a BOM, rows unquoted with a comma at the end; the fee with its unit (`0.00178800LTC`).
 *   Chinese files are in Chinese time; of the others the zone is not stated, and asked.
 * - Statement: `volume` is the base, `amount` the quote; the fee's currency in small letters. A fee can be paid in HT or points
 *   (`fee_point_currency`, `fee_point_volume`) instead.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, present, trade, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { wordTable } from './word-table.ts'

const NO_MARKET = 'the market does not name two assets'
const SPOT = new Set(['exchange', 'spot', '币币交易'])
const SIDES: Readonly<Record<string, 'buy' | 'sell'>> = wordTable({
  buy: 'buy',
  sell: 'sell',
  买入: 'buy',
  卖出: 'sell',
})

function openOrders({ column }: OpenTable): RowReader {
  const at = {
    type: column('Type', '交易类型'),
    pair: column('Pair', '交易对'),
    side: column('Side', '方向'),
    amount: column('Amount', '数量'),
    total: column('Total', '成交额'),
    fee: column('Fee', '手续费'),
  }
  return {
    read(row: RowCursor) {
      const type = row.word(at.type)
      if (!SPOT.has(type.toLowerCase())) return unknownType(type, 'Type')
      const side = SIDES[row.word(at.side).toLowerCase()]
      if (side === undefined) return unknownType(row.text(at.side), 'Side')
      const pair = separatedPair(row.word(at.pair).toUpperCase())
      if (pair === null) return { reason: NO_MARKET, column: 'Pair' }
      const fee = row.glued(at.fee, [pair.base, pair.quote])
      const sides = {
        isBuy: side === 'buy',
        ...pair,
        baseAmount: row.neededSize(at.amount),
        quoteAmount: row.neededSize(at.total),
      }
      const legs = trade({ ...sides, fee: fee?.amount ?? 0n, feeSymbol: fee?.symbol ?? '' }, (symbol) =>
        row.isFiat(symbol),
      )
      return { ...legs, sourceKind: side }
    },
  }
}

function openTrades({ column }: OpenTable): RowReader {
  const at = {
    symbol: column('symbol'),
    type: column('deal_type'),
    volume: column('volume'),
    amount: column('amount'),
    fee: column('fee_amount'),
    feeCurrency: column('fee_currency'),
    points: column('fee_point_volume'),
    pointCurrency: column('fee_point_currency'),
  }
  return {
    read(row: RowCursor) {
      const side = SIDES[row.word(at.type).toLowerCase()]
      if (side === undefined) return unknownType(row.text(at.type), 'deal_type')
      const pair = separatedPair(row.word(at.symbol).toUpperCase())
      if (pair === null) return { reason: NO_MARKET, column: 'symbol' }
      const fee = row.amount(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency).toUpperCase()
      const points = row.size(at.points)
      const sides = {
        isBuy: side === 'buy',
        ...pair,
        baseAmount: row.neededSize(at.volume),
        quoteAmount: row.neededSize(at.amount),
      }
      const read = trade({ ...sides, fee, feeSymbol }, (symbol) => row.isFiat(symbol))
      const extra = points === 0n ? [] : feeLegs(row.symbol(at.pointCurrency).toUpperCase(), points)
      return { kind: read.kind, legs: [...read.legs, ...extra], sourceKind: side }
    },
  }
}

const openMovement =
  (goesOut: boolean) =>
  ({ column }: OpenTable): RowReader => {
    const at = {
      currency: column('currency'),
      hash: column('tx_hash'),
      from: column('from_address'),
      to: column('to_address'),
      amount: column('amount'),
      fee: column('fee'),
    }
    return {
      read(row: RowCursor) {
        const currency = row.symbol(at.currency).toUpperCase()
        const amount = row.neededSize(at.amount)
        const hash = present({ hash: row.text(at.hash) })
        if (!goesOut)
          return {
            ...deposit(currency, amount, row.isFiat(currency)),
            ...hash,
            ...present({ fromAddress: row.text(at.from) }),
          }
        const fees = feeLegs(currency, row.size(at.fee), 'out')
        return {
          ...withdrawal(currency, amount, row.isFiat(currency), fees),
          ...hash,
          ...present({ toAddress: row.text(at.to) }),
        }
      },
    }
  }

const ORDERS = ['Time', 'Type', 'Pair', 'Side', 'Price', 'Amount', 'Total', 'Fee']
const CHINESE = ['时间', '交易类型', '交易对', '方向', '价格', '数量', '成交额', '手续费']
const MOVEMENT = ['uid', 'currency', 'tx_hash', 'to_address', 'amount']

export const htx = tableSource({
  id: 'htx' as SourceId,
  name: 'HTX (Huobi) trades and movements',
  venue: 'HTX',
  version: 1,
  account: { name: 'HTX', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'HTX: Account → Statements → Spot trades, deposits, withdrawals → Download; import the archive as it is.',
  layouts: [
    { layout: 'spot orders', required: ORDERS, tag: 'order', identity: ORDERS, time: ['Time'], open: openOrders },
    {
      layout: 'spot orders in Chinese',
      required: CHINESE,
      tag: 'order',
      identity: CHINESE,
      time: ['时间'],
      zone: 'Asia/Shanghai' as ZoneName,
      open: openOrders,
    },
    {
      layout: 'trades',
      required: [
        'uid',
        'symbol',
        'deal_type',
        'order_type',
        'account_type',
        'price',
        'volume',
        'amount',
        'fee_amount',
        'fee_currency',
        'deal_time',
      ],
      optional: ['fee_point_currency', 'fee_point_volume'],
      tag: 'trade',
      identity: ['symbol', 'deal_type', 'price', 'volume', 'amount', 'fee_amount', 'deal_time'],
      time: ['deal_time'],
      open: openTrades,
    },
    {
      layout: 'deposits',
      required: [...MOVEMENT, 'from_address', 'deposit_time'],
      tag: 'deposit',
      identity: ['currency', 'tx_hash', 'to_address', 'amount', 'deposit_time'],
      time: ['deposit_time'],
      open: openMovement(false),
    },
    {
      layout: 'withdrawals',
      required: [...MOVEMENT, 'fee', 'withdraw_time'],
      tag: 'withdrawal',
      identity: ['currency', 'tx_hash', 'to_address', 'amount', 'withdraw_time'],
      time: ['withdraw_time'],
      open: openMovement(true),
    },
  ],
})
