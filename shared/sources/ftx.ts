/**
 * FTX (closed in November 2022): downloads of the site (capital letters, sometimes a column without a name) and files of the
 * claims portal and the API (small letters). Facts:
 * - Times of the site are in the browser's locale and zone (`1/28/2022, 12:31:00 AM`): asked. Those of the API are ISO, UTC.
 * - A negative fee is a rebate. A purchase with a total of nothing was an airdrop.
 * - `BTC-PERP` and `BTC-0325` are derivatives: their fills move nothing but the fee; results are in none of the files, and the file is told so.
 * - Funding payments (`future,id,payment,rate,time`) are dollars, positive where they were paid.
 * - Lending: `Proceeds` is the interest; negative where one borrowed.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, leg, present, signed, swap, trade, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { clockInOrder } from './table-clocks.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'
import { readTime } from './times.ts'

const DONE = new Set(['complete', 'completed', 'confirmed', 'sent', 'success'])

const NO_RESULT =
  'fills of derivatives tell fees, not results: add the realised profits and losses of your positions by hand'

/** ISO, or in the locale of the browser. */
function clock(table: OpenTable): Required<Pick<RowReader, 'time' | 'proof'>> {
  const { time: local, proof } = clockInOrder(table, table.column('Time'), 'mdy')
  return { time: (text) => readTime(text, table.context.zone) ?? local(text), proof }
}

function openTrades(table: OpenTable): RowReader {
  const { column, sink } = table
  let told = false
  const at = {
    market: column('Market'),
    side: column('Side'),
    size: column('Size'),
    total: column('Total'),
    fee: column('Fee'),
    feeCurrency: column('Fee Currency', 'feeCurrency'),
  }
  return {
    ...clock(table),
    read(row: RowCursor): Verdict {
      const side = row.word(at.side).toLowerCase()
      if (side !== 'buy' && side !== 'sell') return unknownType(row.text(at.side), 'Side')
      const market = row.word(at.market)
      const fee = row.amount(at.fee)
      const feeSymbol = fee === 0n ? '' : row.symbol(at.feeCurrency)
      const slash = market.indexOf('/')
      if (slash < 0) {
        if (!/^[A-Z0-9]+-[A-Z0-9-]+$/.test(market))
          return { reason: 'the market does not name two assets', column: 'Market' }
        if (!told) sink.warn(NO_RESULT)
        told = true
        const kind = fee === 0n ? 'informational' : fee < 0n ? 'fee_rebate' : 'derivative_fee'
        return { kind, legs: feeLegs(feeSymbol, fee), sourceKind: `${side} ${market}` }
      }
      const base = market.slice(0, slash)
      const quote = market.slice(slash + 1)
      const baseAmount = row.neededSize(at.size)
      const quoteAmount = row.neededSize(at.total)
      if (side === 'buy' && quoteAmount === 0n)
        return { kind: 'airdrop', legs: [leg('in', base, baseAmount)], sourceKind: side }
      const sides = { isBuy: side === 'buy', base, baseAmount, quote, quoteAmount, fee, feeSymbol }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: side }
    },
  }
}

const openMovement =
  (goesOut: boolean) =>
  (table: OpenTable): RowReader => {
    const { column } = table
    const at = {
      coin: column('Coin'),
      amount: column('Amount', 'size'),
      address: column('Destination', 'address'),
      status: column('Status'),
      hash: column('Transaction ID', 'txid'),
      fee: column('fee'),
    }
    return {
      ...clock(table),
      read(row: RowCursor) {
        const undone = unlessDone(row.text(at.status), DONE, 'Status')
        if (undone !== null) return undone
        const coin = row.symbol(at.coin)
        const amount = row.neededSize(at.amount)
        const hash = present({ hash: row.text(at.hash) })
        if (!goesOut) return { ...deposit(coin, amount, row.isFiat(coin)), ...hash }
        const fees = feeLegs(coin, row.size(at.fee), 'out')
        return {
          ...withdrawal(coin, amount, row.isFiat(coin), fees),
          ...hash,
          ...present({ toAddress: row.text(at.address) }),
        }
      },
    }
  }

function openLending(table: OpenTable): RowReader {
  const { column } = table
  const at = { currency: column('Currency', 'coin'), proceeds: column('Proceeds') }
  return {
    ...clock(table),
    read(row: RowCursor) {
      const currency = row.symbol(at.currency)
      const proceeds = row.needed(at.proceeds)
      if (proceeds < 0n) return { kind: 'margin_interest', legs: [leg('fee', currency, proceeds)] }
      return { kind: 'lending_interest', legs: [leg('in', currency, proceeds)] }
    },
  }
}

function openFunding(table: OpenTable): RowReader {
  const { column } = table
  const at = { future: column('future'), payment: column('payment') }
  return {
    ...clock(table),
    read(row: RowCursor) {
      const paid = signed('USD', -row.needed(at.payment), 'funding_in', 'funding_out')
      return { ...paid, sourceKind: 'funding', note: row.word(at.future) }
    },
  }
}

function openStaking(table: OpenTable): RowReader {
  const { column } = table
  const at = { coin: column('Coin'), reward: column('Reward'), notes: column('Notes') }
  return {
    ...clock(table),
    read: (row: RowCursor) => ({
      ...signed(row.symbol(at.coin), row.needed(at.reward), 'staking_reward', 'clawback'),
      ...present({ note: row.word(at.notes) }),
    }),
  }
}

function openDust(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    from: column('from'),
    to: column('to'),
    size: column('size'),
    proceeds: column('proceeds'),
    status: column('status'),
  }
  return {
    ...clock(table),
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'status')
      if (undone !== null) return undone
      const isFiat = (symbol: string) => row.isFiat(symbol)
      const swapped = swap(
        row.symbol(at.from),
        row.neededSize(at.size),
        row.symbol(at.to),
        row.neededSize(at.proceeds),
        isFiat,
      )
      return { ...swapped, kind: 'dust_convert' }
    },
  }
}

const COMMON = { time: ['Time'] } satisfies Partial<TableLayout>
const API = { ...COMMON, zone: 'UTC' as ZoneName }

export const ftx = tableSource({
  id: 'ftx' as SourceId,
  name: 'FTX histories',
  venue: 'FTX',
  version: 2,
  account: { name: 'FTX', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'FTX is closed; use files downloaded before November 2022 or from the claims portal.',
  layouts: [
    {
      ...COMMON,
      layout: 'trades',
      required: ['ID', 'Time', 'Market', 'Side', 'Order Type', 'Size', 'Price', 'Total', 'Fee', 'Fee Currency'],
      optional: ['TWAP'],
      id: ['ID'],
      tag: 'trade',
      identity: ['ID'],
      record: 'trade',
      open: openTrades,
    },
    {
      ...API,
      layout: 'trades of the API',
      required: ['id', 'time', 'market', 'side', 'type', 'size', 'price', 'total', 'fee', 'feeCurrency'],
      id: ['id'],
      tag: 'trade',
      identity: ['id'],
      record: 'trade',
      open: openTrades,
    },
    {
      ...COMMON,
      layout: 'deposits',
      required: ['Time', 'Coin', 'Amount', 'Status', 'Additional info', 'Transaction ID'],
      tag: 'deposit',
      identity: ['Time', 'Coin', 'Amount', 'Transaction ID'],
      open: openMovement(false),
    },
    {
      ...API,
      layout: 'deposits of the API',
      required: ['id', 'time', 'coin', 'size', 'status', 'txid'],
      optional: ['additionalInfo', '_delete'],
      id: ['id'],
      tag: 'deposit',
      identity: ['id'],
      record: 'deposit',
      open: openMovement(false),
    },
    {
      ...COMMON,
      layout: 'withdrawals',
      required: ['Time', 'Coin', 'Amount', 'Destination', 'Status', 'Transaction ID', 'fee'],
      tag: 'withdrawal',
      identity: ['Time', 'Coin', 'Amount', 'Destination', 'Transaction ID'],
      open: openMovement(true),
    },
    {
      ...API,
      layout: 'withdrawals of the API',
      required: ['time', 'coin', 'size', 'address', 'status', 'txid', 'fee', 'id'],
      id: ['id'],
      tag: 'withdrawal',
      identity: ['id'],
      record: 'withdrawal',
      open: openMovement(true),
    },
    {
      ...COMMON,
      layout: 'lending',
      required: ['Time', 'Currency', 'Size', 'Hourly Funding Rate', 'Proceeds', 'Proceeds in USD'],
      tag: 'lending',
      identity: ['Time', 'Currency', 'Size', 'Proceeds'],
      open: openLending,
    },
    {
      ...API,
      layout: 'lending of the API',
      required: ['time', 'coin', 'size', 'rate', 'proceeds'],
      optional: ['feeUsd'],
      tag: 'lending',
      identity: ['time', 'coin', 'size', 'proceeds'],
      open: openLending,
    },
    {
      ...COMMON,
      layout: 'staking',
      required: ['Time', 'Notes', 'Coin', 'Reward'],
      tag: 'staking',
      identity: ['Time', 'Notes', 'Coin', 'Reward'],
      open: openStaking,
    },
    {
      ...API,
      layout: 'funding payments',
      required: ['future', 'id', 'payment', 'time'],
      optional: ['rate'],
      id: ['id'],
      tag: 'funding',
      identity: ['id'],
      record: 'payment',
      open: openFunding,
    },
    {
      ...API,
      layout: 'dust',
      required: ['time', 'from', 'to', 'size', 'fee', 'price', 'proceeds', 'status'],
      tag: 'dust',
      identity: ['time', 'from', 'to', 'size', 'proceeds'],
      open: openDust,
    },
  ],
})
