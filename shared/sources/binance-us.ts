/**
 * Binance.US: one wide file of 21 columns, one row for each event. Facts:
 * - The names of the columns changed their spelling (`User_Id`, `Realized_Amount_For_…_In_USD_Value`; now with spaces and
 *   `For`/`for`, `In`/`in` mixed): compared with `_` as a space and without the word `Value`.
 * - For Buy, Sell, Quick Buy and Convert the **base is what was sold, the quote what was received**; for spot trading base and
 *   quote are the market's.
 * - Where the quote's amount is blank and the quote is a dollar, the dollar column holds it.
 * - Amounts have no sign, except corrections of staking rewards (negative: a service fee).
 * - Times are UTC. `Transaction ID` is the row's own; several fills share an order id.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, leg, type Meaning, swap, trade, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'

const plainName = (name: string): string => name.replaceAll('_', ' ').replace(/ in usd value$/i, ' in usd')

const DOLLARS = new Set(['USD', 'USDT', 'BUSD'])
const CONVERSIONS = new Set(['buy', 'sell', 'quick buy', 'quick sell', 'convert'])

function open({ column }: OpenTable): RowReader {
  const side = (name: string) => ({
    asset: column(`${name} Asset`),
    amount: column(`Realized Amount For ${name} Asset`),
    usd: column(`Realized Amount For ${name} Asset In USD`),
  })
  const at = {
    category: column('Category'),
    operation: column('Operation'),
    primary: side('Primary'),
    base: side('Base'),
    quote: side('Quote'),
    fee: side('Fee'),
  }

  const fee = (row: RowCursor): { symbol: string; amount: bigint } => {
    const amount = row.size(at.fee.amount)
    return { symbol: amount === 0n ? '' : row.symbol(at.fee.asset), amount }
  }

  const quoteAmount = (row: RowCursor, quote: string): bigint =>
    row.text(at.quote.amount) === '' && DOLLARS.has(quote)
      ? row.neededSize(at.quote.usd)
      : row.neededSize(at.quote.amount)

  const distribution = (row: RowCursor, operation: string): Verdict => {
    const symbol = row.symbol(at.primary.asset)
    const amount = row.needed(at.primary.amount)
    const worth = row.worth(at.primary.usd, 'USD')
    if (operation === 'staking rewards') {
      if (amount < 0n) return { kind: 'network_fee', legs: [leg('fee', symbol, amount)] }
      return { kind: 'staking_reward', legs: [leg('in', symbol, amount, worth)] }
    }
    const kind = operation === 'referral commission' ? 'referral' : operation === 'others' ? 'airdrop' : null
    if (kind === null) return unknownType(row.text(at.operation), 'Operation')
    return { kind: amount < 0n ? 'clawback' : kind, legs: [leg(amount < 0n ? 'out' : 'in', symbol, amount, worth)] }
  }

  const crossing = (row: RowCursor, goesOut: boolean): Meaning => {
    const symbol = row.symbol(at.primary.asset)
    const amount = row.neededSize(at.primary.amount)
    const { symbol: feeSymbol, amount: feeAmount } = fee(row)
    const isFiat = row.isFiat(symbol)
    return goesOut
      ? withdrawal(symbol, amount, isFiat, feeLegs(feeSymbol, feeAmount, 'out'))
      : deposit(symbol, amount, isFiat, feeLegs(feeSymbol, feeAmount, 'in'))
  }

  const traded = (row: RowCursor, isMarket: boolean, operation: string): Verdict => {
    if (isMarket && operation !== 'buy' && operation !== 'sell') return unknownType(row.text(at.operation), 'Operation')
    const base = row.symbol(at.base.asset)
    const quote = row.symbol(at.quote.asset)
    const baseAmount = row.neededSize(at.base.amount)
    const received = quoteAmount(row, quote)
    const { symbol: feeSymbol, amount: feeAmount } = fee(row)
    const isFiat = (symbol: string) => row.isFiat(symbol)
    if (!isMarket) return swap(base, baseAmount, quote, received, isFiat, feeAmount, feeSymbol)
    const sides = { base, baseAmount, quote, quoteAmount: received, fee: feeAmount, feeSymbol }
    return trade({ isBuy: operation === 'buy', ...sides }, isFiat)
  }

  const meaning = (row: RowCursor, category: string, operation: string): Verdict => {
    if (category === 'deposit' || category === 'withdrawal') return crossing(row, category === 'withdrawal')
    if (category === 'spot trading') return traded(row, true, operation)
    if (CONVERSIONS.has(category)) return traded(row, false, operation)
    if (category === 'distribution') return distribution(row, operation)
    return unknownType(row.text(at.category), 'Category')
  }

  return {
    read(row: RowCursor) {
      const category = row.word(at.category)
      const operation = row.word(at.operation)
      const read = meaning(row, category.toLowerCase(), operation.toLowerCase())
      return 'legs' in read ? { ...read, sourceKind: `${category} / ${operation}` } : read
    },
  }
}

const AMOUNTS = ['Primary', 'Base', 'Quote', 'Fee'].flatMap((name) => [
  `${name} Asset`,
  `Realized Amount For ${name} Asset`,
  `Realized Amount For ${name} Asset In USD`,
])
const COMMON = ['Time', 'Category', 'Operation', 'Order ID', 'Transaction ID', ...AMOUNTS]

export const binanceUs = tableSource({
  id: 'binance-us' as SourceId,
  name: 'Binance.US transactions',
  venue: 'Binance.US',
  version: 1,
  account: { name: 'Binance US', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Binance.US: Wallet → Transaction history → Export → all time.',
  plainName,
  layouts: [
    {
      layout: 'transactions',
      required: COMMON,
      optional: ['User ID', 'Payment Method', 'Withdraw Method', 'Withdrawal Method', 'Additional Note'],
      id: ['Transaction ID'],
      identity: ['Time', 'Category', 'Operation', 'Order ID', ...AMOUNTS.filter((name) => !name.endsWith('USD'))],
      time: ['Time'],
      record: 'transaction',
      open,
    },
  ],
})
