/**
 * Robinhood: crypto orders, crypto transfers, and the account activity of the brokerage. Facts:
 * - Orders are in US dollars; `Notional` is what was paid `($100.00)` or got, without a fee of its own (it is in the price).
 *   `Leaves Quantity` is what was never filled: a cancelled order may still have bought something.
 * - Transfers state the network's fee in the coin (`native_network_fee`) and the value in dollars on request.
 * - Times of transfers carry their zone; those of orders do in newer reports only.
 * - The brokerage's activity lists shares and options, which are left out with that reason, beside bank transfers.
 * - The last line may be a sentence of law.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, present, trade, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { noteBelow } from './two-sided.ts'
import { readWrittenTime } from './written-times.ts'

const FILLED = new Set(['filled', 'partially filled', 'partially_filled', 'canceled', 'cancelled'])
const DONE = new Set(['succeeded', 'completed', 'success', 'confirmed'])

function openOrders({ column }: OpenTable): RowReader {
  const at = {
    symbol: column('Symbol'),
    side: column('Side'),
    quantity: column('Quantity'),
    state: column('State'),
    leaves: column('Leaves Quantity'),
    notional: column('Notional'),
  }
  return {
    read(row) {
      const note = noteBelow(row)
      if (note !== null) return note
      const state = row.word(at.state)
      const undone = unlessDone(state, FILLED, 'State')
      if (undone !== null) return undone
      const side = row.word(at.side).toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(row.text(at.side), 'Side')
      const filled = row.neededSize(at.quantity) - row.size(at.leaves)
      if (filled <= 0n && row.problem === null) return { skip: 'nothing of this order was filled' }
      const symbol = row.symbol(at.symbol)
      const { base, quote } = separatedPair(symbol) ?? { base: symbol, quote: 'USD' }
      const sides = { isBuy: side === 'BUY', base, baseAmount: filled, quote, quoteAmount: row.neededSize(at.notional) }
      return { ...trade(sides, (one) => row.isFiat(one)), sourceKind: side }
    },
  }
}

function openTransfers({ column }: OpenTable): RowReader {
  const at = {
    currency: column('currency_code'),
    type: column('transfer_type'),
    amount: column('amount'),
    fee: column('native_network_fee'),
    value: column('usd_amount_at_request'),
    state: column('state'),
    to: column('to_address'),
    hash: column('blockchain_txn_id'),
  }
  return {
    read(row) {
      const note = noteBelow(row)
      if (note !== null) return note
      const undone = unlessDone(row.text(at.state), DONE, 'state')
      if (undone !== null) return undone
      const type = row.word(at.type)
      const symbol = row.symbol(at.currency)
      const amount = row.neededSize(at.amount)
      const isFiat = row.isFiat(symbol)
      const fee = row.size(at.fee)
      const facts = { sourceKind: type, ...present({ hash: row.text(at.hash) }) }
      if (type.toLowerCase() === 'deposit') return { ...deposit(symbol, amount, isFiat), ...facts }
      if (type.toLowerCase() !== 'withdrawal') return unknownType(type, 'transfer_type')
      const { legs, ...left } = withdrawal(symbol, amount, isFiat, feeLegs(symbol, fee, 'out'))
      const worth = row.worth(at.value, 'USD')
      return {
        ...left,
        legs: legs.map((one) => (one.role === 'out' ? { ...one, ...worth } : one)),
        ...facts,
        ...present({ toAddress: row.text(at.to) }),
      }
    },
  }
}

/** Codes of bank transfers, wires and instant ones. */
const BANK = new Set(['ach', 'rtp', 'wire', 'acati', 'dcf', 'xent_cc'])

function openBrokerage({ column, context }: OpenTable): RowReader {
  const at = {
    date: column('Activity Date'),
    instrument: column('Instrument'),
    code: column('Trans Code'),
    quantity: column('Quantity'),
    amount: column('Amount'),
  }
  return {
    time: (text) => readWrittenTime(text, 'mdy', context.zone),
    read(row) {
      const note = noteBelow(row)
      if (note !== null) return note
      const code = row.word(at.code)
      const instrument = row.word(at.instrument)
      const folded = code.toLowerCase()
      if (instrument === '' && BANK.has(folded)) {
        const amount = row.needed(at.amount)
        const moved = amount < 0n ? withdrawal('USD', amount, true) : deposit('USD', amount, true)
        return { ...moved, sourceKind: code }
      }
      if (instrument === '' && code === '' && row.text(at.date) === '')
        return { skip: 'a line of text beside the table' }
      if (instrument === '') return unknownType(code, 'Trans Code')
      const { found, kind } = row.asset(instrument)
      if (found === 'unknown' || kind === 'fiat') return { skip: 'it is about shares or options, not about crypto' }
      if (folded !== 'buy' && folded !== 'sell') return unknownType(code, 'Trans Code')
      const sides = {
        isBuy: folded === 'buy',
        base: instrument,
        baseAmount: row.neededSize(at.quantity),
        quote: 'USD',
        quoteAmount: row.neededSize(at.amount),
      }
      return { ...trade(sides, (one) => row.isFiat(one)), sourceKind: code }
    },
  }
}

/** Do the times of the first rows name their zone? */
const named = /(?:z|[-+]\d\d:?\d\d|utc|gmt)$/i

export const robinhood = tableSource({
  id: 'robinhood' as SourceId,
  name: 'Robinhood crypto',
  venue: 'Robinhood',
  version: 1,
  account: { name: 'Robinhood', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Robinhood: Account → Crypto → Reports and statements → crypto orders and crypto transfers, CSV.',
  layouts: [
    {
      layout: 'orders',
      required: ['UUID', 'Time Entered', 'Symbol', 'Side', 'Quantity', 'State', 'Leaves Quantity', 'Notional'],
      optional: ['Order Type', 'Entered Price', 'Average Price'],
      id: ['UUID'],
      identity: ['Time Entered', 'Symbol', 'Side', 'Quantity', 'Notional'],
      time: ['Time Entered'],
      zone: ({ names, sample }) => {
        const time = names.findIndex((name) => name.trim().toLowerCase() === 'time entered')
        return sample.some(({ cells }) => named.test(cells[time]?.trim() ?? '')) ? ('UTC' as ZoneName) : 'ask'
      },
      record: 'order',
      open: openOrders,
    },
    {
      layout: 'transfers',
      required: ['id', 'created_at', 'currency_code', 'transfer_type', 'amount', 'state'],
      optional: [
        'withdrawal_submitted_timestamp',
        'network',
        'network_fee',
        'native_network_fee',
        'usd_amount_at_request',
        'fiat_amount_at_request',
        'to_address',
        'address_tag',
        'blockchain_txn_id',
        'blockchain_txn_state',
      ],
      id: ['id'],
      tag: 'transfer',
      identity: ['created_at', 'currency_code', 'transfer_type', 'amount', 'to_address'],
      time: ['created_at'],
      record: 'transfer',
      open: openTransfers,
    },
    {
      layout: 'account activity',
      required: ['Activity Date', 'Process Date', 'Settle Date', 'Instrument', 'Trans Code', 'Quantity', 'Amount'],
      optional: ['Description', 'Price'],
      tag: 'activity',
      identity: ['Activity Date', 'Instrument', 'Trans Code', 'Quantity', 'Amount'],
      time: ['Activity Date'],
      zone: 'America/New_York' as ZoneName,
      open: openBrokerage,
    },
  ],
})
