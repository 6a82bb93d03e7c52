/**
 * KuCoin's billing statement (an archive of many files) and its older exports. Facts:
 * - The offset that the user chose stands in the header: `Time(UTC+02:00)`, `Time(UTC)`; where it does not, the zone is asked
 *   for. An empty report has one row, `No matching records found.`
 * - `Filled Amount` is the base, `Filled Volume` the quote; the fee is in `Fee Currency` (the quote, or KCS).
 * - The archive holds every trade twice: as filled splits (read here) and as orders (`kucoin-orders.ts`); its account history
 *   (`kucoin-ledger.ts`) holds everything once more. Deposits and withdrawals come with and without hash and address.
 * - Earn has full-width parentheses in `Amount（USDT）`. Results of futures are in the coin that the contract settles in.
 * - Fiat orders: what was paid is `Fiat Amount`; fees stand beside it.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { KUCOIN_LEGACY } from './kucoin-legacy.ts'
import { KUCOIN_DONE, kucoinTime, sideOf, unlessEmpty } from './kucoin-rows.ts'
import { deposit, feeLegs, leg, type Meaning, present, signed, swap, trade, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { clockOf, withoutOffset, zoneUnlessNamed } from './table-clocks.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'
import { remembered } from './word-table.ts'

type Read = (row: RowCursor) => Verdict

/** Opens a file whose time column is `time`, and whose rows may say that there are none. */
const opened =
  (time: string, read: (column: (...names: string[]) => Column) => Read) =>
  (table: OpenTable): RowReader => ({
    time: clockOf(table, table.column(time), kucoinTime),
    read: unlessEmpty(read((...names) => table.column(...names))),
  })

export const openKucoinFills = (time: string) =>
  opened(time, (column) => {
    const at = {
      symbol: column('Symbol'),
      side: column('Side'),
      base: column('Filled Amount'),
      quote: column('Filled Volume'),
      fee: column('Fee'),
      feeCurrency: column('Fee Currency'),
      tax: column('Tax'),
    }
    return (row) => {
      const side = sideOf(row, at.side)
      if (side === null) return unknownType(row.text(at.side), 'Side')
      const pair = separatedPair(row.word(at.symbol))
      if (pair === null) return { reason: 'the market does not name two assets', column: 'Symbol' }
      const baseAmount = row.neededSize(at.base)
      if (baseAmount === 0n && row.problem === null) return { skip: 'nothing of this order was filled' }
      const fee = row.amount(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      const sides = {
        isBuy: side === 'BUY',
        ...pair,
        baseAmount,
        quoteAmount: row.neededSize(at.quote),
        fee,
        feeSymbol,
      }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: side, ...taxOf(row, at.tax) }
    }
  })

/** A tax that was withheld: the file does not say of which side, nor whether the amounts are before or after it. */
function taxOf(row: RowCursor, column: Column): Pick<Meaning, 'warnings'> {
  const tax = row.text(column)
  if (tax === '' || /^[-0.,\s]*$/.test(tax)) return {}
  return {
    warnings: [`a tax of ${tax.slice(0, 40)} was withheld, which is not in what was read: compare the balances`],
  }
}

const openConvert = opened('Time of Update', (column) => {
  const at = { sell: column('Sell'), buy: column('Buy'), status: column('Status'), tax: column('Tax') }
  return (row) => {
    const undone = unlessDone(row.text(at.status), KUCOIN_DONE, 'Status')
    if (undone !== null) return undone
    const sold = row.neededGlued(at.sell)
    const bought = row.neededGlued(at.buy)
    const legs = swap(sold.symbol, sold.amount, bought.symbol, bought.amount, (symbol) => row.isFiat(symbol))
    return { ...legs, sourceKind: 'Convert', ...taxOf(row, at.tax) }
  }
})

const openMovement = (goesOut: boolean) =>
  opened('Time', (column) => {
    const at = {
      coin: column('Coin'),
      amount: column('Amount'),
      fee: column('Fee'),
      hash: column('Hash'),
      address: column('Withdrawal Address/Account'),
      status: column('Status'),
      remarks: column('Remarks'),
    }
    return (row) => {
      const undone = unlessDone(row.text(at.status), KUCOIN_DONE, 'Status')
      if (undone !== null) return undone
      const coin = row.symbol(at.coin)
      const amount = row.neededSize(at.amount)
      const fees = feeLegs(coin, row.size(at.fee), goesOut ? 'out' : 'in')
      const facts = present({ hash: row.text(at.hash), note: row.word(at.remarks) })
      if (!goesOut) return { ...deposit(coin, amount, row.isFiat(coin), fees), ...facts }
      return {
        ...withdrawal(coin, amount, row.isFiat(coin), fees),
        ...facts,
        ...present({ toAddress: row.text(at.address) }),
      }
    }
  })

const saysStaking = remembered((product) => /stak/i.test(product))

const openEarn = opened('Time', (column) => {
  const at = {
    coin: column('Earnings Coin'),
    product: column('Product Type'),
    type: column('Earnings Type'),
    amount: column('Amount'),
    fee: column('Fee'),
  }
  return (row) => {
    const coin = row.symbol(at.coin)
    const amount = row.cameIn(row.needed(at.amount), at.amount)
    const isStaking = saysStaking(row.word(at.product))
    const fees = feeLegs(coin, row.size(at.fee), 'in')
    return {
      kind: isStaking ? 'staking_reward' : 'lending_interest',
      legs: [leg('in', coin, amount), ...fees],
      sourceKind: row.word(at.type),
    }
  }
})

/** The coin a futures contract settles in: `XBTUSDTM` in USDT, `XBTUSDM` in bitcoin. */
const settlementOf = remembered((contract): string | null => {
  const match = /^([A-Z0-9]+?)(USDT|USDC|USD)M?[A-Z]?\d*$/.exec(contract.toUpperCase())
  if (match === null) return null
  return match[2] === 'USD' ? (match[1] as string) : (match[2] as string)
})

const openFutures = opened('Position Closing Time', (column) => {
  const at = { symbol: column('Symbol'), result: column('Realized PNL'), type: column('Close Type') }
  const charges = [column('Total Funding Fees'), column('Total Trading Fees')]
  return (row): Verdict => {
    const settled = settlementOf(row.word(at.symbol))
    if (settled === null) return { reason: 'the contract does not tell what it settles in', column: 'Symbol' }
    const result = row.needed(at.result)
    const isCharged = charges.some((charge) => row.amount(charge) !== 0n)
    const meaning = signed(settled, result, 'realised_profit', 'realised_loss')
    return { ...meaning, sourceKind: row.word(at.type), ...(isCharged ? { warnings: [CHARGES] } : {}) }
  }
})

const CHARGES =
  'the file does not say whether this result is before or after funding and trading fees: compare the balance of the futures account'

const openFiat = opened('Time', (column) => {
  const at = {
    currency: column('Currency (Fiat)'),
    amount: column('Fiat Amount'),
    fee: column('Fee'),
    method: column('Deposit Method'),
    status: column('Status'),
  }
  return (row) => {
    const undone = unlessDone(row.text(at.status), KUCOIN_DONE, 'Status')
    if (undone !== null) return undone
    const currency = row.symbol(at.currency)
    const legs = deposit(
      currency,
      row.neededSize(at.amount),
      row.isFiat(currency),
      feeLegs(currency, row.size(at.fee), 'in'),
    )
    return { ...legs, ...present({ counterparty: row.word(at.method) }) }
  }
})

const openFiatOrders = opened('Time', (column) => {
  const at = {
    coin: column('Currency (Crypto)'),
    quantity: column('Crypto Quantity'),
    currency: column('Currency (Fiat)'),
    amount: column('Fiat Amount'),
    fiatFee: column('Fee (Fiat)'),
    coinFee: column('Fee (Crypto)'),
    method: column('Payment Method'),
    status: column('Status'),
  }
  return (row) => {
    const undone = unlessDone(row.text(at.status), KUCOIN_DONE, 'Status')
    if (undone !== null) return undone
    const coin = row.symbol(at.coin)
    const currency = row.symbol(at.currency)
    const isFiat = (symbol: string) => row.isFiat(symbol)
    const bought = swap(currency, row.neededSize(at.amount), coin, row.neededSize(at.quantity), isFiat)
    const fees = [...feeLegs(currency, row.size(at.fiatFee), 'out'), ...feeLegs(coin, row.size(at.coinFee), 'in')]
    const meaning: Meaning = { kind: bought.kind, legs: [...bought.legs, ...fees] }
    return { ...meaning, ...present({ counterparty: row.word(at.method) }) }
  }
})

const WHO = ['UID', 'Account Type']
export const KUCOIN_FILLED = [
  'Symbol',
  'Side',
  'Order Type',
  'Avg. Filled Price',
  'Filled Amount',
  'Filled Volume',
  'Fee',
  'Fee Currency',
]
const MOVEMENT = [...WHO, 'Time', 'Coin', 'Amount', 'Fee', 'Transfer Network', 'Status', 'Remarks']
const MOVED = ['Time', 'Coin', 'Amount', 'Fee', 'Transfer Network']
const FIAT_ORDER = [
  'Order ID',
  'Currency (Crypto)',
  'Crypto Quantity',
  'Currency (Fiat)',
  'Fiat Amount',
  'Fee Currency (Fiat)',
  'Fee (Fiat)',
  'Fee Currency (Crypto)',
  'Fee (Crypto)',
  'Payment Method',
  'Status',
  'Time',
]

const NOW: readonly TableLayout[] = [
  {
    layout: 'filled orders',
    required: [...WHO, 'Order ID', ...KUCOIN_FILLED, 'Filled Time', 'Maker/Taker'],
    optional: ['Filled Volume (USDT)', 'Tax', 'Account Mode'],
    tag: 'fill',
    identity: ['Order ID', 'Symbol', 'Side', 'Filled Amount', 'Filled Volume', 'Filled Time', 'Fee'],
    time: ['Filled Time'],
    open: openKucoinFills('Filled Time'),
  },
  {
    layout: 'convert',
    required: [...WHO, 'Payment Account', 'Sell', 'Buy', 'Price', 'Time of Update', 'Status'],
    optional: ['Tax'],
    tag: 'convert',
    identity: ['Payment Account', 'Sell', 'Buy', 'Time of Update'],
    time: ['Time of Update'],
    open: openConvert,
  },
  {
    layout: 'deposits',
    required: MOVEMENT,
    optional: ['Hash', 'Deposit Address'],
    tag: 'deposit',
    identity: MOVED,
    time: ['Time'],
    open: openMovement(false),
  },
  {
    layout: 'withdrawals',
    required: [...MOVEMENT, 'Withdrawal Address/Account'],
    optional: ['Hash'],
    tag: 'withdrawal',
    identity: MOVED,
    time: ['Time'],
    open: openMovement(true),
  },
  {
    layout: 'earn',
    required: [
      ...WHO,
      'Order ID',
      'Time',
      'Staked Coin',
      'Product Type',
      'Earnings Coin',
      'Earnings Type',
      'Amount',
      'Fee',
    ],
    optional: ['Product Name', 'Remarks', 'Amount（USDT）'],
    tag: 'earn',
    identity: ['Order ID', 'Time', 'Earnings Coin', 'Earnings Type', 'Amount'],
    time: ['Time'],
    open: openEarn,
  },
  {
    layout: 'results of futures',
    required: [...WHO, 'Symbol', 'Close Type', 'Realized PNL', 'Position Opening Time', 'Position Closing Time'],
    optional: ['Total Realized PNL', 'Total Funding Fees', 'Total Trading Fees'],
    tag: 'futures',
    identity: ['Symbol', 'Close Type', 'Realized PNL', 'Position Opening Time', 'Position Closing Time'],
    time: ['Position Closing Time'],
    open: openFutures,
  },
  {
    layout: 'fiat deposits',
    required: ['Order ID', 'Currency (Fiat)', 'Fiat Amount', 'Fee', 'Deposit Method', 'Status', 'Time'],
    id: ['Order ID'],
    tag: 'fiat',
    identity: ['Order ID'],
    time: ['Time'],
    record: 'order',
    open: openFiat,
  },
  {
    layout: 'fiat orders',
    required: FIAT_ORDER,
    id: ['Order ID'],
    tag: 'fiat-order',
    identity: ['Order ID'],
    time: ['Time'],
    record: 'order',
    open: openFiatOrders,
  },
]

export const kucoin = tableSource({
  id: 'kucoin' as SourceId,
  name: 'KuCoin billing statement',
  venue: 'KuCoin',
  version: 1,
  account: { name: 'KuCoin', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'KuCoin: Orders → Export → Billing statement, all types, all time; import the archive as it is.',
  plainName: withoutOffset,
  layouts: [...NOW.map((layout) => ({ ...layout, zone: zoneUnlessNamed })), ...KUCOIN_LEGACY],
})
