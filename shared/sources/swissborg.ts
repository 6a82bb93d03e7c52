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
import { addFact } from './facts.ts'
import { gluedAmount } from './glued-amounts.ts'
import { feeLegs, leg, type Meaning, type Part, together } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { depositKind, withdrawalKind } from './trade-kind.ts'
import { movedAndFee, partsOf } from './wallet-rows.ts'
import { remembered, wordTable } from './word-table.ts'
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
/** What a type means: an exchange, a way in or out, income. */
const typeOf = remembered((type) => {
  const folded = type.toLowerCase()
  if (folded === 'buy' || folded === 'sell' || folded === 'deposit' || folded === 'withdrawal') return folded
  const income = INCOME[folded]
  return income === undefined ? null : { income }
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

  const exchanged = (row: RowCursor, isBuy: boolean, symbol: string): Verdict => {
    const word = row.word(at.type)
    const fee = row.size(at.fee)
    const moved = isBuy ? row.neededSize(at.gross) : -row.neededSize(at.net)
    const parts = movedAndFee(part(row, symbol, moved), fee === 0n ? null : part(row, symbol, fee, true))
    const named = OTHER_SIDE.exec(row.text(at.note))?.[1]
    const told = named === undefined ? null : gluedAmount(named, row.mark)
    const join = ['exchange', row.text(at.time)]
    if (told === null || typeof told === 'string') return { join, word, parts }
    return { join, word, parts, missing: part(row, told.symbol, isBuy ? -told.amount : told.amount) }
  }

  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = typeOf(row.text(at.type))
      const symbol = row.symbol(at.currency)
      if (type === 'buy' || type === 'sell') return exchanged(row, type === 'buy', symbol)
      const gross = row.neededSize(at.gross)
      const fee = row.size(at.fee)
      if (type === null) return unknownType(row.text(at.type), 'Type')
      const moved = leg(
        type === 'withdrawal' ? 'out' : 'in',
        symbol,
        type === 'withdrawal' ? row.neededSize(at.net) : gross,
      )
      const charged = fee === 0n ? [] : feeLegs(symbol, fee, moved.role === 'out' ? 'out' : 'in')
      const isFiat = row.isFiat(symbol)
      const made: Writable<Meaning> = {
        kind:
          typeof type === 'object' ? type.income : type === 'deposit' ? depositKind(isFiat) : withdrawalKind(isFiat),
        legs: charged.length === 0 ? [moved] : [moved, ...charged],
        sourceKind: row.word(at.type),
      }
      addFact(made, 'note', row.text(at.note))
      return made
    },
    together(rows) {
      const parts = partsOf(rows)
      let hasOut = false
      let hasIn = false
      for (const { amount, isFee } of parts) {
        if (amount < 0n) hasOut = true
        else if (isFee !== true && amount > 0n) hasIn = true
      }
      return together(hasOut && hasIn ? parts : [...parts, ...rows.flatMap((row) => row.missing ?? [])])
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
