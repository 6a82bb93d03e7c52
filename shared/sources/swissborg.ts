/**
 * SwissBorg's account statement. Facts:
 * - Some lines about the account stand above the header. The user's currency is in the names of columns (`Fee (EUR)`).
 * - An exchange names its other side only in words (`Exchanged to 161.683 CHSB`, `Exchanged from …`). Where both rows of an exchange
 *   are in the file they share their second, and are one event.
 * - Net is gross less the fee, in the row's currency. UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { gluedAmount } from './glued-amounts.ts'
import { deposit, feeLegs, leg, type Part, present, together, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { movedAndFee, partsOf } from './wallet-rows.ts'
import { wordTable } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const INCOME: Readonly<Record<string, Kind>> = wordTable({
  earnings: 'lending_interest',
  payouts: 'lending_interest',
  payout: 'lending_interest',
  yield: 'lending_interest',
  rewards: 'other_income',
  reward: 'other_income',
  airdrop: 'airdrop',
  cashback: 'cashback',
  referral: 'referral',
})
const OTHER_SIDE = /exchanged (?:to|from) (\S+ \S+)/i

function part(row: RowCursor, symbol: string, amount: bigint, isFee = false): Part {
  const { asset, kind } = row.asset(symbol)
  return { symbol, asset, isFiat: kind === 'fiat', amount, isFee }
}

function open({ column, context }: OpenTable): RowReader {
  const at = {
    time: column('Time in UTC'),
    type: column('Type'),
    currency: column('Currency'),
    gross: column('Gross amount'),
    fee: column('Fee'),
    net: column('Net amount'),
    note: column('Note'),
  }

  const exchanged = (row: RowCursor, type: string, symbol: string): Verdict => {
    const isBuy = type.toLowerCase() === 'buy'
    const fee = row.size(at.fee)
    const moved = isBuy ? row.neededSize(at.gross) : -row.neededSize(at.net)
    const parts = movedAndFee(part(row, symbol, moved), fee === 0n ? null : part(row, symbol, fee, true))
    const named = OTHER_SIDE.exec(row.text(at.note))?.[1]
    const told = named === undefined ? null : gluedAmount(named, row.mark)
    const join = ['exchange', row.text(at.time)]
    if (told === null || typeof told === 'string') return { join, word: type, parts }
    return { join, word: type, parts, missing: part(row, told.symbol, isBuy ? -told.amount : told.amount) }
  }

  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      const symbol = row.symbol(at.currency)
      if (folded === 'buy' || folded === 'sell') return exchanged(row, type, symbol)
      const gross = row.neededSize(at.gross)
      const fee = row.size(at.fee)
      const facts = { sourceKind: type, ...present({ note: row.text(at.note) }) }
      const isFiat = row.isFiat(symbol)
      if (folded === 'deposit') return { ...deposit(symbol, gross, isFiat, feeLegs(symbol, fee, 'in')), ...facts }
      if (folded === 'withdrawal')
        return { ...withdrawal(symbol, row.neededSize(at.net), isFiat, feeLegs(symbol, fee, 'out')), ...facts }
      const income = INCOME[folded]
      if (income === undefined) return unknownType(type, 'Type')
      return { kind: income, legs: [leg('in', symbol, gross), ...feeLegs(symbol, fee, 'in')], ...facts }
    },
    together(rows) {
      const parts = partsOf(rows)
      const hasBoth = parts.some((one) => one.amount < 0n) && parts.some((one) => one.isFee !== true && one.amount > 0n)
      return together(hasBoth ? parts : [...parts, ...rows.flatMap((row) => row.missing ?? [])])
    },
  }
}

export const swissborg = tableSource({
  id: 'swissborg' as SourceId,
  name: 'SwissBorg account statement',
  venue: 'SwissBorg',
  version: 1,
  account: { name: 'SwissBorg', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'SwissBorg app: Profile → Documents → Account statement, Excel or CSV, all time.',
  plainName: (name) => name.replace(/^(Gross amount|Fee|Net amount) \([A-Z]{3,4}\)$/, '$1 in currency'),
  layouts: [
    {
      layout: 'account statement',
      required: ['Local time', 'Time in UTC', 'Type', 'Currency', 'Gross amount', 'Fee', 'Net amount', 'Note'],
      optional: ['Gross amount in currency', 'Fee in currency', 'Net amount in currency'],
      identity: ['Time in UTC', 'Type', 'Currency', 'Gross amount', 'Fee'],
      time: ['Time in UTC'],
      open,
    },
  ],
})
