/**
 * Lots that were left at the end of a filed year, from another tool or from own records: they become opening lots, so that
 * nobody has to rebuild the years before. Facts:
 * - `asset, account, amount, acquired, cost, currency` is our own template; names that reports of closing lots and of holdings
 *   use for the same are read too (`Date Acquired`, `Quantity`, `Wallet`, `Cost Basis (USD)`).
 * - `as of` is the moment from which the lot stands in the books; without it the lot stands there since it was acquired.
 * - A lot has a date: rows without one open a pool of average cost, where they say `pool`.
 * - Tables with sales in them are not lists of lots.
 */
import type { Amount } from '../amount/amount.ts'
import { dateOfDay } from '../events/civil-date.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { foldName } from './header.ts'
import { present } from './legs.ts'
import type { Column } from './row-cursor.ts'
import type { LegDraft, TableHeader } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { mixedClock } from './tool-clocks.ts'
import { walletNamed } from './tool-rows.ts'
import { wordTable } from './word-table.ts'

const UTC = 'UTC' as ZoneName
const DAY = 86_400_000

const NAMES: Readonly<Record<string, string>> = wordTable({
  coin: 'asset',
  symbol: 'asset',
  cryptocurrency: 'asset',
  'asset name': 'asset',
  'asset symbol': 'asset',
  wallet: 'account',
  exchange: 'account',
  'wallet name': 'account',
  'account name': 'account',
  quantity: 'amount',
  units: 'amount',
  'remaining amount': 'amount',
  'remaining quantity': 'amount',
  'amount remaining': 'amount',
  'date acquired': 'acquired',
  'acquired date': 'acquired',
  'acquisition date': 'acquired',
  'acquired at': 'acquired',
  'purchase date': 'acquired',
  'purchased on': 'acquired',
  'cost basis': 'cost',
  'total cost': 'cost',
  'total cost basis': 'cost',
  'acquisition cost': 'cost',
  'cost currency': 'currency',
  'as of date': 'as of',
})
const CURRENCY = /\s*\(([a-z]{3})\)\s*$/i

const plainName = (name: string): string => {
  const folded = foldName(name).replace(CURRENCY, '')
  return NAMES[folded] ?? folded
}

/** Lists of sales name a lot's date and cost as well. */
const listsLots = ({ names }: TableHeader): boolean => {
  if (names.some((name) => /sold|dispos|proceeds|sale/i.test(name))) return false
  const plain = names.map(plainName)
  return plain.includes('currency') || names.some((name, at) => plain[at] === 'cost' && CURRENCY.test(name))
}

function open(table: OpenTable): RowReader {
  const { column, nameInFile } = table
  const at = {
    asset: column('asset'),
    account: column('account'),
    amount: column('amount'),
    acquired: column('acquired'),
    cost: column('cost'),
    currency: column('currency'),
    asOf: column('as of'),
    pool: column('pool'),
    note: column('note'),
  }
  const inName = CURRENCY.exec(nameInFile(at.cost))?.[1]?.toUpperCase() ?? ''
  const dayIn = (of: Column) => mixedClock({ ...table, context: { ...table.context, zone: UTC } }, of, 'mdy')
  const acquiredDay = dayIn(at.acquired)
  const clock = mixedClock(
    { ...table, sink: { ...table.sink, warn() {} } },
    at.asOf.at < 0 ? at.acquired : at.asOf,
    'mdy',
  )
  return {
    timeText: (row) => row.text(at.asOf) || row.text(at.acquired),
    time: clock,
    read(row): Verdict {
      const isPool = /^(true|yes|1|pool)$/i.test(row.text(at.pool))
      const amount = row.neededSize(at.amount)
      const cost = row.money(at.cost)
      if (row.problem === null && amount === 0n) return { skip: 'a lot of nothing' }
      if (cost === null) return { reason: 'the cost is missing; write 0 where there was none', column: at.cost.name }
      if (cost < 0n) return { reason: 'a cost is not negative', column: at.cost.name }
      const text = row.text(at.acquired)
      const acquired = text === '' ? null : acquiredDay(text)
      if (acquired === null && !isPool) {
        const reason =
          text === '' ? 'the day of acquisition is missing' : `“${text.slice(0, 40)}” is no day of the calendar`
        return { reason, column: at.acquired.name }
      }
      const currency = inName === '' ? row.symbol(at.currency) : inName
      if (row.problem === null && !row.isFiat(currency)) {
        return { reason: `“${currency.slice(0, 40)}” is no currency`, column: at.currency.name }
      }
      const lot: LegDraft = {
        role: 'in',
        asset: { symbol: row.symbol(at.asset) },
        amount: amount as Amount,
        cost: { amount: cost, currency: currency.toUpperCase() },
        ...(acquired === null ? {} : { acquired: dateOfDay(Math.floor(acquired.time / DAY)) }),
        ...(isPool ? { pool: true } : {}),
        ...walletNamed(row.text(at.account)),
      }
      return { kind: 'opening_lot', legs: [lot], ...present({ note: row.text(at.note) }) }
    },
  }
}

export const openingLots = tableSource({
  id: 'opening-lots' as SourceId,
  name: 'Opening lots',
  venue: 'Opening lots',
  version: 1,
  account: { name: 'Opening lots', kind: 'manual' },
  zone: UTC,
  howToGet:
    'What was left at the end of the last year you filed, one line for each lot: asset, account, amount, acquired, cost, currency (and “as of”, the first moment of the year you begin with).',
  plainName,
  layouts: [
    {
      layout: 'lots',
      required: ['asset', 'amount', 'acquired', 'cost'],
      optional: ['account', 'currency', 'as of', 'pool', 'note'],
      fits: listsLots,
      identity: ['asset', 'account', 'amount', 'acquired', 'cost'],
      time: ['acquired'],
      record: 'lot',
      open,
    },
  ],
})
