/**
 * Revolut: the crypto statement (Revolut X writes the same columns), and the account statement with its old crypto pockets.
 * Facts:
 * - Price, value and fees carry their currency, which may differ by row: `€100.00`, `225.00 SEK`, `SEK 450,000.00`.
 * - What was paid for a purchase is value + fees; what a sale brought is value − fees.
 * - Times are those of the phone, without a zone (Revolut X: UTC): asked. Months stand by name, in the phone's language; there
 *   can be a narrow space before AM and PM.
 * - Stake and Unstake move coins inside the account.
 * - The account statement has two rows for each exchange, one for each currency, which share their second.
 */
import { parseSourceNumber } from '../amount/source-number.ts'
import type { SourceId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { size, unknownType } from './cells.ts'
import { deposit, feeLegs, insideMove, leg, swap, withdrawal } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { depositKind, withdrawalKind } from './trade-kind.ts'
import type { Side } from './two-sided.ts'
import { remembered, wordTable } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

/** Signs of currencies that more than one country writes are those of Revolut's markets. */
const SIGNS: Readonly<Record<string, string>> = wordTable({
  '€': 'EUR',
  '£': 'GBP',
  $: 'USD',
  US$: 'USD',
  A$: 'AUD',
  C$: 'CAD',
  NZ$: 'NZD',
  S$: 'SGD',
  '¥': 'JPY',
  '₺': 'TRY',
  '₹': 'INR',
  '₴': 'UAH',
  zł: 'PLN',
  kr: 'SEK',
  Kč: 'CZK',
})

/** The code of a currency's sign, or the code as it is; empty for other units. */
const currencyOf = remembered((unit) => {
  const code = SIGNS[unit] ?? unit
  return /^[A-Z]{3}$/.test(code) ? code : ''
})

/** A sum with its currency; null for a blank cell. */
function priced(row: RowCursor, column: Column): Side | null {
  const text = row.text(column)
  if (text === '') return null
  const read = parseSourceNumber(text, row.mark)
  if (read === null) return null
  if ('error' in read) {
    row.fail(`the amount ${read.error}`, column)
    return null
  }
  const { unit, value } = read
  const symbol = unit === null ? '' : currencyOf(unit)
  if (symbol === '') {
    row.fail(`“${text.slice(0, 40)}” does not name its currency`, column)
    return null
  }
  return { symbol, amount: value < 0n ? -value : value }
}

type CryptoType = 'buy' | 'sell' | 'inside' | 'send' | 'receive' | 'payment'

const CRYPTO_TYPES: Readonly<Record<string, CryptoType | { readonly income: Kind }>> = wordTable({
  buy: 'buy',
  sell: 'sell',
  stake: 'inside',
  unstake: 'inside',
  send: 'send',
  receive: 'receive',
  payment: 'payment',
  'staking reward': { income: 'staking_reward' },
  'learn reward': { income: 'learn_reward' },
  reward: { income: 'other_income' },
  cashback: { income: 'cashback' },
})
const cryptoType = remembered((type) => CRYPTO_TYPES[type.toLowerCase()] ?? null)

function openCrypto({ column, context }: OpenTable): RowReader {
  const at = {
    symbol: column('Symbol'),
    type: column('Type'),
    quantity: column('Quantity'),
    value: column('Value'),
    fees: column('Fees'),
  }

  const exchanged = (row: RowCursor, isBuy: boolean, symbol: string, amount: bigint): Verdict => {
    const value = priced(row, at.value)
    const fee = priced(row, at.fees)
    if (value === null) return { reason: 'what was paid is missing', column: 'Value' }
    const isFiat = (one: string) => row.isFiat(one)
    const charged = fee?.amount ?? 0n
    const chargedIn = fee?.symbol ?? value.symbol
    const { kind, legs } = isBuy
      ? swap(value.symbol, value.amount, symbol, amount, isFiat, charged, chargedIn)
      : swap(symbol, amount, value.symbol, value.amount, isFiat, charged, chargedIn)
    return { kind, legs, sourceKind: row.word(at.type) }
  }

  return {
    time: (text) => readWrittenTime(text, 'dmy', context.zone),
    read(row) {
      const type = cryptoType(row.text(at.type))
      const symbol = row.symbol(at.symbol)
      const written = row.needed(at.quantity)
      const amount = size(written)
      if (type === 'buy' || type === 'sell') return exchanged(row, type === 'buy', symbol, amount)
      if (type === 'receive' || (type !== null && typeof type !== 'string')) row.cameIn(written, at.quantity)
      const value = priced(row, at.value)
      const fee = priced(row, at.fees)
      const worth = value === null ? undefined : row.worth(at.value, value.symbol)
      if (type === null) return unknownType(row.text(at.type), 'Type')
      const sourceKind = row.word(at.type)
      if (type === 'inside') {
        const { kind, legs } = insideMove(symbol, amount)
        return { kind, legs, sourceKind }
      }
      const moved = leg(type === 'send' || type === 'payment' ? 'out' : 'in', symbol, amount, worth)
      const legs = fee === null || fee.amount === 0n ? [moved] : [moved, ...feeLegs(fee.symbol, fee.amount)]
      if (typeof type !== 'string') return { kind: type.income, legs, sourceKind }
      if (type === 'payment') return { kind: 'spend', legs, sourceKind }
      const isFiat = row.isFiat(symbol)
      return { kind: type === 'receive' ? depositKind(isFiat) : withdrawalKind(isFiat), legs, sourceKind }
    },
  }
}

const DONE = new Set(['completed'])
const IN_OR_OUT = new Set(['topup', 'transfer', 'atm', 'card refund', 'refund', 'reward', 'cashback'])

function openAccount({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    started: column('Started Date'),
    completed: column('Completed Date'),
    description: column('Description'),
    amount: column('Amount'),
    fee: column('Fee'),
    currency: column('Currency'),
    state: column('State'),
    balance: column('Balance'),
  }
  return {
    time: (text) => readWrittenTime(text, 'dmy', context.zone),
    timeText: (row) => row.text(at.completed) || row.text(at.started),
    read(row) {
      const undone = unlessDone(row.text(at.state), DONE, 'State')
      if (undone !== null) return undone
      const type = row.word(at.type)
      const folded = type.replace(/_/g, ' ').toLowerCase()
      const symbol = row.symbol(at.currency)
      const amount = row.needed(at.amount)
      const fee = row.size(at.fee)
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      if (folded === 'exchange') {
        const parts = [{ symbol, asset, isFiat, amount }]
        const charged = fee === 0n ? [] : [{ symbol, asset, isFiat, amount: fee, isFee: true }]
        const join = ['exchange', row.text(at.completed) || row.text(at.started)]
        return { join, word: type, parts: [...parts, ...charged] }
      }
      const fees = feeLegs(symbol, fee, amount < 0n ? 'out' : 'in')
      if (folded === 'card payment' || folded === 'fee') {
        if (folded === 'fee') return { kind: 'network_fee', legs: feeLegs(symbol, -amount), sourceKind: type }
        const back = amount > 0n
        return { kind: back ? 'refund_in' : 'spend', legs: [leg(back ? 'in' : 'out', symbol, amount), ...fees] }
      }
      if (!IN_OR_OUT.has(folded)) return unknownType(type, 'Type')
      const isGift = folded === 'reward' || folded === 'cashback'
      const moved = amount < 0n ? withdrawal(symbol, amount, isFiat, fees) : deposit(symbol, amount, isFiat, fees)
      const named = isGift && amount > 0n ? { kind: 'cashback' as const } : {}
      return { ...moved, ...named, sourceKind: type, note: row.word(at.description) }
    },
  }
}

export const revolut = tableSource({
  id: 'revolut' as SourceId,
  name: 'Revolut statements',
  venue: 'Revolut',
  version: 1,
  account: { name: 'Revolut', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'Revolut app: Crypto → … → Statement → account statement, Excel (CSV), from the first day.',
  layouts: [
    {
      layout: 'crypto statement',
      required: ['Symbol', 'Type', 'Quantity', 'Price', 'Value', 'Fees', 'Date'],
      identity: ['Symbol', 'Type', 'Quantity', 'Value', 'Fees', 'Date'],
      time: ['Date'],
      open: openCrypto,
    },
    {
      layout: 'account statement',
      required: ['Type', 'Started Date', 'Completed Date', 'Description', 'Amount', 'Fee', 'Currency', 'State'],
      optional: ['Product', 'Balance'],
      tag: 'account',
      identity: ['Type', 'Started Date', 'Amount', 'Fee', 'Currency'],
      time: ['Completed Date', 'Started Date'],
      open: openAccount,
    },
  ],
})
