/**
 * OKX (formerly OKEx): history of the trading account, of the funding account, and two old exports. Facts:
 * - Trading account, three ages: `Unit` twice (2022), then `Trading Unit`, `Fee Unit` and `Balance Unit` (2023, 2025). A spot
 *   trade is a Buy row and a Sell row which share `id`, or at least the order id, and the second. `Balance Change` is what the
 *   balance unit changed by, fee included (negative: charged).
 * - Times are in the zone of the account's settings (often UTC+8 or UTC): asked, unless a line above the header states it.
 * - Files begin with a BOM, the oldest in every name of the header; zero can be `0E-18`.
 * - Old spot bills: rows `buy` and `sell` of one fill share their time, which is Chinese.
 * - Funding: whether the fee is inside `Amount` follows from the balances before and after.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { endsWithLetter } from './glued-amounts.ts'
import { deposit, feeLegs, feeWithin, insideMove, type Meaning, type Part, signed, trade, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { TableHeader, Writable } from './source-format.ts'
import { clockAbove, offsetAbove } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { bothWords, remembered, wordTable } from './word-table.ts'

const zone = (header: TableHeader): ZoneName | 'ask' => (offsetAbove(header) === null ? 'ask' : ('UTC' as ZoneName))

const SWAPS = new Set(['spot', 'convert', 'margin', 'block trading', 'spread'])
const DERIVATIVES = new Set(['swap', 'futures', 'perpetual', 'perpetual swap', 'expiry futures', 'options', 'option'])

type Trading = 'transfer' | 'swap' | 'derivative' | 'option'

/** What rows of a trade type are; null of one that is not known. */
const tradingOf = remembered((tradeType): Trading | null => {
  const type = tradeType.toLowerCase()
  if (type === 'transfer') return 'transfer'
  if (DERIVATIVES.has(type)) return type.startsWith('option') ? 'option' : 'derivative'
  return SWAPS.has(type) ? 'swap' : null
})
const isTransfer = remembered((action) => /^transfer/i.test(action))
const isFunding = remembered((action) => /funding/i.test(action))

function openTrading(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    id: column('id'),
    order: column('Order id'),
    time: column('Time'),
    tradeType: column('Trade Type'),
    action: column('Action', 'Type'),
    fee: column('Fee'),
    feeUnit: column('Fee Unit', 'Unit #2'),
    result: column('PnL', 'PL'),
    change: column('Balance Change'),
    balance: column('Balance'),
    unit: column('Balance Unit', 'Unit #2'),
  }

  const derivative = (action: string, symbol: string, change: bigint, fee: bigint): Verdict => {
    if (isFunding(action)) return signed(symbol, change, 'funding_in', 'funding_out')
    const gross = change - fee
    const fees = feeLegs(symbol, -fee)
    if (gross === 0n) return { kind: fees.length === 0 ? 'informational' : 'derivative_fee', legs: fees }
    const { kind, legs } = signed(symbol, gross, 'realised_profit', 'realised_loss')
    return { kind, legs: [...legs, ...fees] }
  }

  /** An option that is bought or sold is paid for; what else happens to it is a result. */
  const option = (action: string, symbol: string, change: bigint, fee: bigint): Verdict => {
    const isPaid = /buy|sell|open|close/i.test(action)
    if (!isPaid && !/exerc|deliver|settle|expir/i.test(action)) return unknownType(action, at.action.name)
    if (!isPaid || change === fee) return derivative(action, symbol, change, fee)
    const { kind, legs } = signed(symbol, change - fee, 'option_premium_in', 'option_premium_out')
    return { kind, legs: [...legs, ...feeLegs(symbol, -fee)] }
  }

  /** Of the row that was read last: its balance is asked for after it. */
  let unit = ''
  let change = 0n
  return {
    time: clockAbove(table),
    balance(row: RowCursor) {
      const balance = row.amountOrNull(at.balance)
      return balance === null ? null : { of: unit, balance, change }
    },
    read(row: RowCursor) {
      const tradeType = row.word(at.tradeType)
      const action = row.word(at.action)
      const is = tradingOf(tradeType)
      const symbol = row.symbol(at.unit)
      unit = symbol
      change = row.needed(at.change)
      if (is === 'transfer' || isTransfer(action)) return named(insideMove(symbol, change), tradeType, action)
      const charged = row.amount(at.fee)
      const feeText = row.text(at.feeUnit)
      const isSame = feeText === '' || feeText === symbol
      if (is === 'option' || is === 'derivative') {
        const of = is === 'option' ? option : derivative
        const read = of(action, symbol, change, isSame ? charged : 0n)
        return 'legs' in read ? named(read, tradeType, action) : read
      }
      if (is === null) return unknownType(tradeType, 'Trade Type')
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      const side: Part = { symbol, asset, isFiat, amount: isSame ? change - charged : change }
      const parts = charged === 0n ? [side] : [side, feePart(row, isSame ? symbol : row.word(at.feeUnit), -charged)]
      return { join: [row.text(at.order) || row.text(at.id), row.text(at.time)], word: tradeType, parts }
    },
  }
}

function feePart(row: RowCursor, symbol: string, amount: bigint): Part {
  const { asset, kind } = row.asset(symbol)
  return { symbol, asset, isFiat: kind === 'fiat', amount, isFee: true }
}

function named(made: Writable<Meaning>, tradeType: string, action: string): Meaning {
  made.sourceKind = bothWords(tradeType, action)
  return made
}

const FUNDING: Readonly<Record<string, Kind>> = wordTable({
  'staking yield': 'staking_reward',
  'staking rewards': 'staking_reward',
  'savings yield': 'lending_interest',
  'earn yield': 'lending_interest',
  'fee rebate': 'fee_rebate',
  airdrop: 'airdrop',
  'referral bonus': 'referral',
})
const POCKETS = new Set([
  'stake',
  'redeem staking',
  'savings subscription',
  'savings redemption',
  'from unified trading account',
  'to unified trading account',
  'from trading account',
  'to trading account',
  'transfer in',
  'transfer out',
])

function openFunding(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    type: column('Type'),
    amount: column('Amount'),
    before: column('Before Balance'),
    after: column('After Balance'),
    fee: column('Fee'),
    symbol: column('Symbol'),
  }
  return {
    time: clockAbove(table),
    balance(row: RowCursor) {
      const [before, after] = [row.amountOrNull(at.before), row.amountOrNull(at.after)]
      return before === null || after === null
        ? null
        : { of: row.word(at.symbol), balance: after, change: after - before }
    },
    read(row: RowCursor) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      const symbol = row.symbol(at.symbol)
      const written = row.needed(at.amount)
      const amount = written < 0n ? -written : written
      const isFiat = row.isFiat(symbol)
      if (POCKETS.has(folded)) return { ...insideMove(symbol, amount), sourceKind: type }
      if (folded === 'deposit' && written < 0n) return { reason: 'a deposit is negative', column: at.amount.name }
      if (folded === 'deposit') return { ...deposit(symbol, amount, isFiat), sourceKind: type }
      if (folded === 'withdrawal') {
        const fee = row.size(at.fee)
        const change = row.amount(at.before) - row.amount(at.after)
        const fees = change === amount ? feeWithin(symbol, fee, 'out', amount) : feeLegs(symbol, fee, 'out')
        return { ...withdrawal(symbol, amount, isFiat, fees), sourceKind: type }
      }
      const kind = FUNDING[folded]
      if (kind === undefined) return unknownType(type, 'Type')
      return { ...signed(symbol, written, kind, 'clawback'), sourceKind: type }
    },
  }
}

function openBills({ column }: OpenTable): RowReader {
  const at = {
    time: column('time'),
    type: column('type'),
    size: column('size'),
    fee: column('fee'),
    currency: column('currency'),
  }
  return {
    read(row: RowCursor) {
      const type = row.word(at.type).toLowerCase()
      const symbol = row.symbol(at.currency)
      const size = row.neededSize(at.size)
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      if (type === 'transfer' || type === 'transfer in' || type === 'transfer out') return insideMove(symbol, size)
      if (type === 'deposit') return { ...deposit(symbol, size, isFiat), sourceKind: type }
      if (type === 'withdrawal' || type === 'withdraw') return { ...withdrawal(symbol, size, isFiat), sourceKind: type }
      if (type !== 'buy' && type !== 'sell') return unknownType(type, 'type')
      const fee = row.amount(at.fee)
      const side = { symbol, asset, isFiat, amount: type === 'buy' ? size : -size }
      const parts = fee === 0n ? [side] : [side, { ...side, amount: -fee, isFee: true }]
      return { join: [row.text(at.time)], word: type, parts }
    },
  }
}

function openTrades(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    pair: column('Pairs'),
    amount: column('Amount'),
    total: column('Total'),
    fee: column('Fee'),
  }
  return {
    time: clockAbove(table),
    read(row: RowCursor) {
      const pair = separatedPair(row.word(at.pair).toUpperCase())
      if (pair === null) return { reason: 'the market does not name two assets', column: 'Pairs' }
      const { base, quote } = pair
      const total = row.neededGlued(at.total, [quote])
      const amount = endsWithLetter(row.text(at.amount))
        ? row.neededGlued(at.amount, [base]).amount
        : row.needed(at.amount)
      const fee = row.glued(at.fee, [base, quote])
      const sides = {
        isBuy: total.amount < 0n,
        base,
        baseAmount: amount,
        quote,
        quoteAmount: total.amount,
        fee: fee === null ? 0n : -fee.amount,
        feeSymbol: fee?.symbol ?? '',
      }
      return trade(sides, (symbol) => row.isFiat(symbol))
    },
  }
}

const TRADING = ['id', 'Order id', 'Time', 'Trade Type']
const TAIL = ['Position Change', 'Position Balance', 'Balance Change', 'Balance']
const trading = (unit: string, action: string) => [...TRADING.slice(0, 3), action, unit, 'Amount']

export const okx = tableSource({
  id: 'okx' as SourceId,
  name: 'OKX account histories',
  venue: 'OKX',
  version: 1,
  account: { name: 'OKX', kind: 'exchange' },
  zone: 'ask',
  howToGet:
    'OKX: Assets → Order center or Report center → Trading account history and Funding account history, all time, CSV.',
  layouts: [
    {
      layout: 'trading account 2022',
      required: [...TRADING, 'Instrument', 'Type', 'Amount', 'Unit', 'PL', 'Fee', ...TAIL],
      identity: trading('Unit', 'Type'),
      time: ['Time'],
      zone,
      open: openTrading,
    },
    {
      layout: 'trading account',
      required: [
        ...TRADING,
        'Symbol',
        'Action',
        'Amount',
        'Trading Unit',
        'PnL',
        'Fee',
        'Fee Unit',
        ...TAIL,
        'Balance Unit',
      ],
      optional: ['Filled Price', 'Filled Price Unit', 'Position Unit'],
      identity: trading('Trading Unit', 'Action'),
      time: ['Time'],
      zone,
      open: openTrading,
    },
    {
      layout: 'funding account',
      required: ['id', 'Time', 'Type', 'Amount', 'Before Balance', 'After Balance', 'Symbol'],
      optional: ['Fee'],
      id: ['id'],
      tag: 'funding',
      identity: ['id'],
      time: ['Time'],
      zone,
      record: 'movement',
      open: openFunding,
    },
    {
      layout: 'old spot bills',
      required: ['time', 'type', 'size', 'balance', 'fee', 'currency'],
      tag: 'bill',
      identity: ['time', 'type', 'size', 'fee', 'currency'],
      time: ['time'],
      zone: 'Asia/Shanghai' as ZoneName,
      open: openBills,
    },
    {
      layout: 'old trades',
      required: [
        'Order ID',
        'Trade ID',
        'Trade Time',
        'Pairs',
        'Amount',
        'Price',
        'Total',
        'taker/maker',
        'Fee',
        'unit',
      ],
      id: ['Trade ID'],
      tag: 'trade',
      identity: ['Trade ID'],
      time: ['Trade Time'],
      zone,
      record: 'trade',
      open: openTrades,
    },
  ],
})
