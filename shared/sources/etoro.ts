/**
 * eToro's account statement, sheet “Account Activity” (a workbook, or the CSV of its sheet). Facts:
 * - Everything is in the account's US dollars. `Amount` is money, never coins; coins are `Units`. `Details` is `BTC/USD`.
 * - `Asset type` tells coins from shares and from CFDs; older sheets have no such column, and the symbol has to tell.
 * - Opening a position is a purchase, closing it a sale, partial closes under new numbers. A CFD is a derivative: only its result
 *   (`Realized Equity Change`) is money.
 * - Staking rewards are written as opened positions which nobody paid for; a sheet that names them (`Staking`) is read so, and
 *   otherwise the file is told.
 * - Dates are day first, UTC; `-` is nothing, `(12.34)` is negative. Copying moves money between pockets of the account.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { coinOf, isOfCoins, NOT_CRYPTO } from './etoro-rows.ts'
import { addFact } from './facts.ts'
import { deposit, feeLegs, insideMove, leg, type Meaning, signed, swap, together, withdrawal } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { partsOf } from './wallet-rows.ts'
import { remembered } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const CURRENCY = 'USD'
const CHARGES = new Set(['withdraw fee', 'withdrawal fee', 'withdrawal conversion fee', 'deposit conversion fee'])
const OVERNIGHT = new Set(['overnight fee', 'rollover fee', 'overnight refund'])
const POCKETS = new Set([
  'edit stop loss',
  'start copy',
  'stop copy',
  'account balance to mirror',
  'mirror balance to account',
  'detach position from mirror',
])
const foldType = remembered((type) => type.toLowerCase())
const STAKED =
  'eToro writes staking rewards as purchases that nobody paid for; look through small purchases of coins that you stake'

function open({ column, context, sink }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    details: column('Details'),
    amount: column('Amount'),
    units: column('Units', 'Units / Contracts'),
    change: column('Realized Equity Change'),
    assetType: column('Asset type'),
    id: column('Position ID'),
  }
  let told = false

  const position = (row: RowCursor, folded: string): Verdict => {
    const pair = separatedPair(row.text(at.details))
    if (pair === null) return { reason: 'it does not name the asset and its currency', column: 'Details' }
    const sort = coinOf(row, row.text(at.assetType), pair.base)
    if (sort === 'other') return NOT_CRYPTO
    const isOpening = folded === 'open position' || folded === 'staking'
    if (sort === 'derivative') {
      if (isOpening) return { skip: 'a CFD was opened: its money counts with its result, when it is closed' }
      const change = row.needed(at.change)
      return signed(CURRENCY, change, 'realised_profit', 'realised_loss')
    }
    const coins = row.neededSize(at.units)
    const isFiat = (symbol: string): boolean => row.isFiat(symbol)
    if (folded === 'staking') {
      const worth = row.worth(at.amount, CURRENCY)
      return { kind: 'staking_reward', legs: [leg('in', pair.base, coins, worth)] }
    }
    if (isOpening && !told) {
      told = true
      sink.warn(STAKED)
    }
    const money = row.neededSize(at.amount)
    return isOpening ? swap(CURRENCY, money, pair.base, coins, isFiat) : swap(pair.base, coins, CURRENCY, money, isFiat)
  }

  const moved = (row: RowCursor, type: string, folded: string): Verdict => {
    if (folded === 'deposit') return deposit(CURRENCY, row.neededSize(at.amount), true)
    if (folded === 'withdraw request') return withdrawal(CURRENCY, row.neededSize(at.amount), true)
    if (CHARGES.has(folded)) return { kind: 'network_fee', legs: feeLegs(CURRENCY, row.neededSize(at.amount)) }
    if (OVERNIGHT.has(folded)) return signed(CURRENCY, row.needed(at.amount), 'funding_in', 'funding_out')
    if (folded === 'interest payment') return signed(CURRENCY, row.needed(at.amount), 'other_income', 'clawback')
    if (folded === 'adjustment')
      return signed(CURRENCY, row.needed(at.amount), 'balance_correction', 'balance_correction')
    if (folded === 'dividend' || folded === 'sdrt' || folded.startsWith('corp action'))
      return isOfCoins(row.word(at.assetType)) ? unknownType(type, 'Type') : NOT_CRYPTO
    if (POCKETS.has(folded)) return insideMove(CURRENCY, row.amount(at.amount))
    if (folded !== 'transfer coins to wallet' && folded !== 'transfer coins') return unknownType(type, 'Type')
    const symbol = separatedPair(row.word(at.details))?.base ?? row.symbol(at.details)
    return { ...withdrawal(symbol, row.neededSize(at.units), false), counterparty: 'eToro Money wallet' }
  }

  /** The event under the number of its position, by which the sheet of closed positions names it as well. */
  const numbered = (row: RowCursor, way: 'open' | 'close', id: string, meaning: Meaning, type: string): Verdict => {
    const parts = meaning.legs.map(({ role, asset: { symbol }, amount }) => {
      const { asset, kind } = row.asset(symbol)
      return { symbol, asset, isFiat: kind === 'fiat', amount: role === 'in' ? amount : -amount }
    })
    const isResult = meaning.kind === 'realised_profit' || meaning.kind === 'realised_loss'
    const facts: Writable<Partial<Meaning>> = {}
    addFact(facts, 'note', row.text(at.details))
    if (isResult) facts.kind = meaning.kind
    return { join: `${way}.${id}`, word: type, parts, facts }
  }

  return {
    time: (text) => readWrittenTime(text, 'dmy', context.zone),
    read(row) {
      const type = row.word(at.type)
      const folded = foldType(type)
      const way = folded === 'open position' ? 'open' : folded === 'position closed' ? 'close' : null
      const read: Verdict = way !== null || folded === 'staking' ? position(row, folded) : moved(row, type, folded)
      if (!('legs' in read)) return read
      const id = row.text(at.id)
      if (way !== null && /^\d+$/.test(id)) return numbered(row, way, id, read, type)
      const made: Writable<Meaning> = read
      made.sourceKind = type
      addFact(made, 'note', row.text(at.details))
      return made
    },
    together(rows) {
      const made = together(partsOf(rows))
      const kind = rows[0]?.facts.kind
      return kind === undefined ? made : { kind, legs: made.legs }
    },
  }
}

export const etoro = tableSource({
  id: 'etoro' as SourceId,
  name: 'eToro account activity',
  venue: 'eToro',
  version: 2,
  account: { name: 'eToro', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet:
    'eToro: Portfolio → History → Account statement, all time, XLS; the whole workbook, or the sheet Account Activity as CSV.',
  layouts: [
    {
      layout: 'account activity',
      required: [
        'Date',
        'Type',
        'Details',
        'Amount',
        'Realized Equity Change',
        'Realized Equity',
        'Balance',
        'Position ID',
      ],
      optional: ['Units', 'Units / Contracts', 'Asset type', 'NWA'],
      identity: ['Date', 'Type', 'Details', 'Amount', 'Position ID'],
      time: ['Date'],
      open,
    },
  ],
})
