/**
 * Bybit: asset changes of the Unified Trading and the Funding account, the old derivatives log, old deposits and
 * withdrawals. Facts:
 * - Unified: a spot fill is two rows with the same contract, direction, price and second; `Change` = `Cash Flow` + `Fee Paid` (a
 *   negative fee was charged, on the side that was received). Rows of derivatives have a quantity that is not their cash
 *   flow. The border of a file can cut a fill in half: the other side is then worked out from the price, and said so.
 * - Funding: the description carries the meaning. `Buy Crypto with Card` credits coins without a price.
 * - Old derivatives log: `exchangeIn` and `exchangeOut` of one second are a conversion.
 * - Times are UTC, as the names of the columns say. A line with the UID can stand above the header.
 * - bybit.com and bybit.eu write the same files for accounts of their own: choose the account on import.
 */
import { ONE_UNIT } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { called } from './facts.ts'
import { deposit, feeLegs, insideMove, leg, type Meaning, signed, together, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { clockOf, withoutOffset } from './table-clocks.ts'
import { type JoinedRow, type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { movedAndFee, partsOf } from './wallet-rows.ts'
import { remembered, wordTable } from './word-table.ts'

const SIGNED: Readonly<Record<string, readonly [Kind, Kind]>> = wordTable({
  BONUS: ['referral', 'clawback'],
  FEE_REFUND: ['fee_rebate', 'balance_correction'],
  INTEREST: ['lending_interest', 'margin_interest'],
  AIRDROP: ['airdrop', 'clawback'],
  DELIVERY: ['realised_profit', 'realised_loss'],
  LIQUIDATION: ['realised_profit', 'realised_loss'],
})

const inCapitals = remembered((type) => type.toUpperCase())

/** A result of derivatives with its fee (negative: charged). */
function result(symbol: string, cashFlow: bigint, fee: bigint): Meaning {
  const fees = feeLegs(symbol, -fee)
  if (cashFlow === 0n)
    return { kind: fees.length === 0 ? 'informational' : fee > 0n ? 'fee_rebate' : 'derivative_fee', legs: fees }
  const { kind, legs } = signed(symbol, cashFlow, 'realised_profit', 'realised_loss')
  return { kind, legs: [...legs, ...fees] }
}

/** The side of a fill that the file does not have, from contract and price; null where they do not tell it. */
function otherSide(symbol: string, amount: bigint, contract: string, price: bigint): readonly [string, bigint] | null {
  if (price <= 0n || symbol === '' || contract.length <= symbol.length) return null
  if (contract.startsWith(symbol)) return [contract.slice(symbol.length), -mulDiv(amount, price, ONE_UNIT)]
  if (contract.endsWith(symbol)) return [contract.slice(0, -symbol.length), -mulDiv(amount, ONE_UNIT, price)]
  return null
}

function openUnified(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Time'),
    symbol: column('Currency'),
    contract: column('Contract'),
    type: column('Type'),
    direction: column('Direction'),
    quantity: column('Quantity'),
    price: column('Filled Price'),
    fee: column('Fee Paid'),
    cashFlow: column('Cash Flow'),
    change: column('Change'),
    balance: column('Wallet Balance'),
  }

  const filled = (row: RowCursor, type: string, symbol: string): Verdict => {
    const cashFlow = row.needed(at.cashFlow)
    const fee = row.amount(at.fee)
    const isSpot =
      type !== 'TRADE' || row.text(at.quantity) === row.text(at.cashFlow) || row.amount(at.quantity) === cashFlow
    if (!isSpot) return called(result(symbol, cashFlow, fee), type)
    const { asset, kind } = row.asset(symbol)
    const isFiat = kind === 'fiat'
    const parts = movedAndFee(
      { symbol, asset, isFiat, amount: cashFlow },
      fee === 0n ? null : { symbol, asset, isFiat, amount: -fee, isFee: true },
    )
    const contract = row.word(at.contract)
    const join =
      type === 'TRADE'
        ? ['trade', contract, row.text(at.direction), row.text(at.price), row.text(at.time)]
        : ['currency', row.text(at.time)]
    const other = otherSide(symbol, cashFlow, contract, row.amount(at.price))
    if (other === null) return { join, word: type, parts }
    const found = row.asset(other[0])
    const missing = { symbol: other[0], asset: found.asset, isFiat: found.kind === 'fiat', amount: other[1] }
    return { join, word: type, parts, missing }
  }

  return {
    time: clockOf(table, at.time),
    balance(row: RowCursor) {
      const balance = row.amountOrNull(at.balance)
      return balance === null ? null : { of: row.word(at.symbol), balance, change: row.amount(at.change) }
    },
    read(row: RowCursor) {
      const type = inCapitals(row.text(at.type))
      const symbol = row.symbol(at.symbol)
      if (type === 'TRADE' || type === 'CURRENCY_BUY' || type === 'CURRENCY_SELL') return filled(row, type, symbol)
      const change = row.needed(at.change)
      if (type === 'TRANSFER_IN' || type === 'TRANSFER_OUT') return called(insideMove(symbol, change), type)
      if (type === 'SETTLEMENT') return called(signed(symbol, change, 'funding_in', 'funding_out'), type)
      const kinds = SIGNED[type]
      if (kinds === undefined) return unknownType(type, 'Type')
      if (type === 'DELIVERY' || type === 'LIQUIDATION') {
        const fee = row.amount(at.fee)
        return called(result(symbol, change - fee, fee), type)
      }
      return called(signed(symbol, change, kinds[0], kinds[1]), type)
    },
    together(rows: readonly JoinedRow[]) {
      const parts = partsOf(rows)
      const isOfOne = parts.every((one) => one.isFee === true || one.asset === parts[0]?.asset)
      if (!isOfOne || rows.some((row) => row.missing === undefined)) return together(parts)
      const missing = rows.flatMap((row) => row.missing ?? [])
      const warning = 'half of this fill is not in the file; its other side was worked out from the price'
      return { ...together([...parts, ...missing]), warnings: [warning] }
    },
  }
}

function openFunding(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Date & Time'),
    coin: column('Coin'),
    quantity: column('QTY'),
    type: column('Type'),
    description: column('Description'),
  }
  return {
    time: clockOf(table, at.time),
    read(row: RowCursor) {
      const type = row.word(at.type)
      const description = row.word(at.description)
      const symbol = row.symbol(at.coin)
      const amount = row.needed(at.quantity)
      const sourceKind = [type, description].filter((word) => word !== '').join(' / ')
      const read = fundingMeaning(row, symbol, amount, type.toLowerCase(), description.toLowerCase())
      return read === null
        ? unknownType(description || type, description === '' ? 'Type' : 'Description')
        : { ...read, sourceKind }
    },
  }
}

function fundingMeaning(
  row: RowCursor,
  symbol: string,
  amount: bigint,
  type: string,
  description: string,
): Meaning | null {
  const isFiat = row.isFiat(symbol)
  if (description.startsWith('buy crypto')) {
    if (isFiat) return amount < 0n ? withdrawal(symbol, amount, true) : deposit(symbol, amount, true)
    return {
      kind: 'buy',
      legs: [leg('in', symbol, amount)],
      warnings: ['what was paid for it is not in the file: add the cost'],
    }
  }
  if (/^transfer (to|from)/.test(description) || type === 'transfer in' || type === 'transfer out')
    return insideMove(symbol, amount)
  if (description.startsWith('deposit') || (type === 'deposit' && description === ''))
    return deposit(symbol, amount, isFiat)
  if (description.startsWith('withdraw') || (type === 'withdraw' && description === ''))
    return withdrawal(symbol, amount, isFiat)
  if (type === 'airdrop' || description.startsWith('airdrop')) return signed(symbol, amount, 'airdrop', 'clawback')
  if (/interest|yield/.test(description)) return signed(symbol, amount, 'lending_interest', 'balance_correction')
  if (/staking reward/.test(description)) return signed(symbol, amount, 'staking_reward', 'balance_correction')
  if (/referral|bonus/.test(description)) return signed(symbol, amount, 'referral', 'clawback')
  if (/reward/.test(description)) return signed(symbol, amount, 'other_income', 'clawback')
  if (/(subscri|redeem|redemption|stake|unstake)/.test(description) || type === 'earn')
    return insideMove(symbol, amount)
  return null
}

function openOldLog(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Time'),
    symbol: column('Currency'),
    type: column('Type'),
    fee: column('Fee Paid'),
    cashFlow: column('Cash Flow'),
    change: column('Change'),
  }
  return {
    time: clockOf(table, at.time),
    read(row: RowCursor) {
      const word = row.word(at.type)
      const type = word.toLowerCase()
      const symbol = row.symbol(at.symbol)
      const change = row.needed(at.change)
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      const sourceKind = word
      if (type === 'deposit') return { ...deposit(symbol, change, isFiat), sourceKind }
      if (type === 'withdraw') return { ...withdrawal(symbol, change, isFiat), sourceKind }
      if (type === 'transferin' || type === 'transferout') return { ...insideMove(symbol, change), sourceKind }
      if (type === 'funding') return { ...signed(symbol, change, 'funding_in', 'funding_out'), sourceKind }
      if (type === 'trade' || type === 'liquidation') {
        const fee = row.amount(at.fee)
        return { ...result(symbol, change - fee, fee), sourceKind }
      }
      if (type === 'exchangein' || type === 'exchangeout') {
        return { join: ['exchange', row.text(at.time)], word, parts: [{ symbol, asset, isFiat, amount: change }] }
      }
      return unknownType(word, 'Type')
    },
  }
}

function openOldMovements(table: OpenTable): RowReader {
  const { column } = table
  const at = { time: column('Time'), type: column('Type'), coin: column('Coin'), amount: column('Amount') }
  return {
    time: clockOf(table, at.time),
    read(row: RowCursor) {
      const word = row.word(at.type)
      const type = word.toLowerCase()
      const symbol = row.symbol(at.coin)
      const amount = row.neededSize(at.amount)
      const isFiat = row.isFiat(symbol)
      if (type.startsWith('internalaccounttransfer')) return { ...insideMove(symbol, amount), sourceKind: word }
      if (type.endsWith('deposit')) return { ...deposit(symbol, amount, isFiat), sourceKind: word }
      if (/withdraw(al)?$/.test(type)) return { ...withdrawal(symbol, amount, isFiat), sourceKind: word }
      return unknownType(word, 'Type')
    },
  }
}

const CHANGES = [
  'Currency',
  'Contract',
  'Type',
  'Direction',
  'Quantity',
  'Filled Price',
  'Fee Paid',
  'Cash Flow',
  'Change',
]

export const bybit = tableSource({
  id: 'bybit' as SourceId,
  name: 'Bybit asset changes',
  venue: 'Bybit',
  version: 2,
  account: { name: 'Bybit', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bybit: Orders → Data export → Asset change details, Unified Trading and Funding account, all time.',
  plainName: withoutOffset,
  layouts: [
    {
      layout: 'unified trading',
      required: ['Uid', ...CHANGES, 'Position', 'Funding', 'Wallet Balance', 'Action', 'Time'],
      tag: 'unified',
      identity: [...CHANGES, 'Time'],
      time: ['Time'],
      open: openUnified,
    },
    {
      layout: 'funding account',
      required: ['Date & Time', 'Coin', 'QTY', 'Type', 'Account Balance', 'Description'],
      optional: ['Uid'],
      tag: 'funding',
      identity: ['Date & Time', 'Coin', 'QTY', 'Type'],
      time: ['Date & Time'],
      open: openFunding,
    },
    {
      layout: 'old derivatives log',
      required: ['Time', ...CHANGES, 'Position', 'Funding', 'Wallet Balance', 'Fee Rate', 'Trade ID', 'Order ID'],
      tag: 'derivatives',
      identity: [...CHANGES, 'Time', 'Trade ID'],
      time: ['Time'],
      open: openOldLog,
    },
    {
      layout: 'old deposits and withdrawals',
      required: ['Type', 'Coin', 'Amount', 'Wallet Balance', 'Time'],
      tag: 'movement',
      identity: ['Type', 'Coin', 'Amount', 'Time'],
      time: ['Time'],
      open: openOldMovements,
    },
  ],
})
