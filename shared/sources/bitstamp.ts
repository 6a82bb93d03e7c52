/**
 * Bitstamp's transactions, new export (“RFC 4180”) and old. Facts:
 * - New: `ID,Account,Type,Subtype,Datetime,…`, numbers and currencies in columns of their own, ISO times in UTC.
 * - Old: `Type,Datetime,Account,Amount,Value,Rate,Fee,Sub Type`; times like `Jan. 28, 2022, 12:31 AM` in UTC (`May`, `June`, `July`
 *   and `Sept.` are written otherwise), to the minute, so that equal rows are real; numbers carry their unit.
 * - All amounts are positive; type and subtype give the direction. The fee comes on top.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, insideMove, leg, trade, withdrawal } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { readWrittenTime } from './written-times.ts'

interface Cells {
  readonly amount: bigint
  readonly symbol: string
  readonly value: bigint
  readonly valueSymbol: string
  readonly fee: bigint
  readonly feeSymbol: string
}

const ARRIVES = new Set(['deposit', 'ripple deposit', 'card deposit', 'credit card deposit'])
const LEAVES = new Set(['withdrawal', 'ripple payment', 'card withdrawal'])
const INSIDE = new Set([
  'sub account transfer',
  'settlement transfer',
  'started generating rewards',
  'stopped generating rewards',
])

function meaning(row: RowCursor, type: string, subtype: string, cells: Cells): Verdict {
  const { amount, symbol, value, valueSymbol, fee, feeSymbol } = cells
  const folded = type.toLowerCase()
  if (ARRIVES.has(folded)) return deposit(symbol, amount, row.isFiat(symbol), feeLegs(feeSymbol, fee, 'in'))
  if (LEAVES.has(folded)) return withdrawal(symbol, amount, row.isFiat(symbol), feeLegs(feeSymbol, fee, 'out'))
  if (INSIDE.has(folded)) return insideMove(symbol, amount)
  if (folded === 'staking reward')
    return { kind: 'staking_reward', legs: [leg('in', symbol, amount), ...feeLegs(feeSymbol, fee, 'in')] }
  const isPurchase = folded === 'crypto currency purchase'
  if (folded !== 'market' && !isPurchase) return unknownType(type, 'Type')
  const side = subtype.toLowerCase()
  if (!isPurchase && side !== 'buy' && side !== 'sell') return unknownType(subtype, 'Subtype')
  if (valueSymbol === '') return { reason: 'the other side of the trade is missing', column: 'Value' }
  const sides = { base: symbol, baseAmount: amount, quote: valueSymbol, quoteAmount: value, fee, feeSymbol }
  return trade({ isBuy: isPurchase || side === 'buy', ...sides }, (one) => row.isFiat(one))
}

const named = (read: Verdict, type: string, subtype: string): Verdict =>
  'legs' in read ? { ...read, sourceKind: subtype === '' ? type : `${type} / ${subtype}` } : read

function openNew({ column }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    subtype: column('Subtype'),
    amount: column('Amount'),
    symbol: column('Amount currency'),
    value: column('Value'),
    valueSymbol: column('Value currency'),
    fee: column('Fee'),
    feeSymbol: column('Fee currency'),
  }
  return {
    read(row: RowCursor) {
      const type = row.word(at.type)
      const subtype = row.word(at.subtype)
      const fee = row.size(at.fee)
      const cells = {
        amount: row.neededSize(at.amount),
        symbol: row.symbol(at.symbol),
        value: row.size(at.value),
        valueSymbol: row.word(at.valueSymbol),
        fee,
        feeSymbol: fee === 0n ? '' : row.symbol(at.feeSymbol),
      }
      return named(meaning(row, type, subtype, cells), type, subtype)
    },
  }
}

function openOld({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    subtype: column('Sub Type'),
    amount: column('Amount'),
    value: column('Value'),
    fee: column('Fee'),
  }
  const sized = (row: RowCursor, cell: Column) => {
    const found = row.glued(cell)
    return found === null
      ? { amount: 0n, symbol: '' }
      : { ...found, amount: found.amount < 0n ? -found.amount : found.amount }
  }
  return {
    time: (text) => readWrittenTime(text, 'mdy', context.zone),
    read(row: RowCursor) {
      const type = row.word(at.type)
      const subtype = row.word(at.subtype)
      const { amount, symbol } = row.neededGlued(at.amount)
      const value = sized(row, at.value)
      const fee = sized(row, at.fee)
      const cells = {
        amount,
        symbol,
        value: value.amount,
        valueSymbol: value.symbol,
        fee: fee.amount,
        feeSymbol: fee.symbol,
      }
      return named(meaning(row, type, subtype, cells), type, subtype)
    },
  }
}

const OLD = ['Type', 'Datetime', 'Account', 'Amount', 'Value', 'Rate', 'Fee', 'Sub Type']

export const bitstamp = tableSource({
  id: 'bitstamp' as SourceId,
  name: 'Bitstamp transactions',
  venue: 'Bitstamp',
  version: 1,
  account: { name: 'Bitstamp', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bitstamp: Transactions → Export → CSV (RFC 4180), all accounts, all time.',
  layouts: [
    {
      layout: 'transactions',
      required: [
        'ID',
        'Account',
        'Type',
        'Subtype',
        'Datetime',
        'Amount',
        'Amount currency',
        'Value',
        'Value currency',
        'Fee',
        'Fee currency',
      ],
      optional: ['Rate', 'Rate currency', 'Order ID'],
      id: ['ID'],
      identity: ['Type', 'Subtype', 'Datetime', 'Amount', 'Amount currency', 'Value', 'Value currency', 'Fee'],
      time: ['Datetime'],
      record: 'transaction',
      open: openNew,
    },
    { layout: 'old transactions', required: OLD, identity: OLD, time: ['Datetime'], open: openOld },
  ],
})
