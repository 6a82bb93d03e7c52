/**
 * Lots that were left at the end of a filed year, from another tool or from own records: they become opening lots, so that
 * nobody has to rebuild the years before. Facts:
 * - `asset, account, amount, acquired, cost, currency` is our own template; names that reports of closing lots and of holdings
 *   use for the same are read too (`Date Acquired`, `Quantity`, `Wallet`, `Cost Basis (USD)`), the cost of one unit as well.
 * - `as of` is the moment from which the lot stands in the books; without it the lot stands there since it was acquired.
 * - A lot has a date: rows without one open a pool of average cost, where they say `pool`.
 * - Tables with sales in them are not lists of lots.
 */
import type { Amount } from '../amount/amount.ts'
import { valueAt } from '../amount/arithmetic.ts'
import { isFiatCode } from '../assets/fiat.ts'
import { dateOfDay } from '../events/civil-date.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { foldName } from './header.ts'
import { present } from './legs.ts'
import type { LegDraft, TableHeader, Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { mixedClock, mixedTimes } from './tool-clocks.ts'
import { walletNamed } from './tool-rows.ts'
import { remembered, wordTable } from './word-table.ts'

const UTC = 'UTC' as ZoneName
const DAY = 86_400_000

const named = (member: string, ...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, member]))

const NAMES: Readonly<Record<string, string>> = wordTable({
  ...named('asset', 'coin', 'symbol', 'ticker', 'token', 'crypto', 'cryptocurrency', 'crypto asset', 'digital asset'),
  ...named('asset', 'asset name', 'asset symbol', 'coin symbol', 'currency name', 'asset held'),
  ...named('account', 'wallet', 'exchange', 'platform', 'location', 'wallet name', 'account name', 'exchange name'),
  ...named('account', 'wallet/exchange', 'exchange/wallet', 'account/wallet', 'wallet/account', 'held at', 'held in'),
  ...named('amount', 'quantity', 'units', 'qty', 'volume', 'balance', 'holdings', 'amount held', 'quantity held'),
  ...named('amount', 'remaining', 'remaining amount', 'remaining quantity', 'remaining units', 'remaining balance'),
  ...named('amount', 'amount remaining', 'quantity remaining', 'units remaining', 'open quantity', 'open amount'),
  ...named('amount', 'unsold amount', 'unsold quantity', 'closing balance', 'closing quantity', 'closing amount'),
  ...named('acquired', 'date acquired', 'acquired date', 'acquisition date', 'date of acquisition', 'acquired at'),
  ...named(
    'acquired',
    'acquired on',
    'purchase date',
    'purchased on',
    'date purchased',
    'date of purchase',
    'buy date',
  ),
  ...named(
    'acquired',
    'date bought',
    'bought on',
    'date received',
    'received date',
    'lot date',
    'open date',
    'date opened',
  ),
  ...named(
    'cost',
    'cost basis',
    'costbasis',
    'basis',
    'cost base',
    'total cost',
    'total cost basis',
    'acquisition cost',
  ),
  ...named('cost', 'purchase cost', 'adjusted basis', 'adjusted cost basis', 'remaining cost', 'remaining cost basis'),
  ...named('cost', 'remaining basis', 'cost basis remaining', 'total basis', 'cost of acquisition'),
  ...named('unit cost', 'cost per unit', 'cost basis per unit', 'basis per unit', 'price per unit', 'unit price'),
  ...named('unit cost', 'cost/unit', 'purchase price per unit', 'buy price per unit', 'unit cost basis'),
  ...named('currency', 'cost currency', 'cost basis currency', 'base currency', 'fiat currency', 'fiat'),
  ...named('as of', 'as of date', 'report date'),
})
/** The currency of a column: `Cost Basis (USD)`, `Cost Basis in USD`, `cost_basis_usd`, `USD Cost Basis`. */
const CURRENCY = /^(?:([a-z]{3}) )?(.*?)(?:\s*\(([a-z]{3})\)| in ([a-z]{3})| ([a-z]{3}))?$/

interface NamedColumn {
  readonly member: string
  /** Empty where the name has none. */
  readonly currency: string
}

/** A name as the template has it, and the currency in it; only names of costs have one. */
function memberOf(name: string): NamedColumn {
  const folded = foldName(name)
    .replaceAll('_', ' ')
    .replace(/\s*\/\s*/g, '/')
  const plain = NAMES[folded] ?? folded
  if (COSTS.has(plain)) return { member: plain, currency: '' }
  const [, before, rest = '', brackets, within, after] = CURRENCY.exec(folded) ?? []
  const code = (brackets ?? within ?? after ?? before ?? '').toUpperCase()
  const wanted = NAMES[rest] ?? rest
  return COSTS.has(wanted) && isFiatCode(code) ? { member: wanted, currency: code } : { member: plain, currency: '' }
}

const COSTS: ReadonlySet<string> = new Set(['cost', 'unit cost'])

const plainName = (name: string): string => memberOf(name).member

/** Lists of sales name a lot's date and cost as well. */
const listsLots = ({ names }: TableHeader): boolean =>
  !names.some((name) => /sold|dispos|proceeds|sale|\bgain/i.test(name)) &&
  names.some((name) => COSTS.has(plainName(name)))

const saysPool = remembered((word) => /^(true|yes|1|pool)$/i.test(word))

function open(table: OpenTable): RowReader {
  const { column, nameInFile } = table
  const at = {
    asset: column('asset'),
    account: column('account'),
    amount: column('amount'),
    acquired: column('acquired'),
    cost: column('cost'),
    unitCost: column('unit cost'),
    currency: column('currency'),
    asOf: column('as of'),
    pool: column('pool'),
    note: column('note'),
  }
  const costAt = at.cost.at < 0 ? at.unitCost : at.cost
  const isEach = at.cost.at < 0
  const inName = memberOf(nameInFile(costAt)).currency
  const clock = mixedClock(table, at.acquired, 'mdy')
  const acquiredDay = mixedTimes(clock.proof, UTC)
  return {
    timeText: (row) => row.text(at.asOf) || row.text(at.acquired),
    ...clock,
    read(row): Verdict {
      const isPool = saysPool(row.word(at.pool))
      const amount = row.neededSize(at.amount)
      const stated = row.money(costAt)
      const cost = isEach && stated !== null ? valueAt(amount as Amount, stated) : stated
      if (row.problem === null && amount === 0n) return { skip: 'a lot of nothing' }
      if (cost === null) return { reason: 'the cost is missing; write 0 where there was none', column: costAt.name }
      if (cost < 0n) return { reason: 'a cost is not negative', column: costAt.name }
      const text = row.text(at.acquired)
      const acquired = text === '' ? null : acquiredDay(text)
      if (acquired === null && !isPool) {
        const reason =
          text === '' ? 'the day of acquisition is missing' : `“${text.slice(0, 40)}” is no day of the calendar`
        return { reason, column: at.acquired.name }
      }
      if (inName === '' && row.text(at.currency) === '') {
        const reason = 'the file does not say in which currency the cost is: give it a column “currency” (USD, EUR …)'
        return { reason, column: 'currency' }
      }
      const currency = inName === '' ? row.symbol(at.currency) : inName
      if (row.problem === null && !row.isFiat(currency)) {
        return { reason: `“${currency.slice(0, 40)}” is no currency`, column: at.currency.name }
      }
      const lot: Writable<LegDraft> = {
        role: 'in',
        asset: { symbol: row.symbol(at.asset) },
        amount: amount as Amount,
        cost: { amount: cost, currency: currency.toUpperCase() },
        ...walletNamed(row.text(at.account)),
      }
      if (acquired !== null) lot.acquired = dateOfDay(Math.floor(acquired.time / DAY))
      if (isPool) lot.pool = true
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
      required: ['asset', 'amount', 'acquired'],
      optional: ['account', 'cost', 'unit cost', 'currency', 'as of', 'pool', 'note'],
      fits: listsLots,
      identity: ['asset', 'account', 'amount', 'acquired', 'cost'],
      time: ['acquired'],
      record: 'lot',
      open,
    },
  ],
})
