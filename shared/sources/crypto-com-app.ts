/**
 * Crypto.com's app: the files of the crypto wallet, the fiat wallet and the card, which have one header. Facts:
 * - `Amount` is signed, `To Amount` is not; times are UTC. `Native Amount` is the value in the user's currency: its sign
 *   followed the amount in old files, it has up to 40 decimals in new ones.
 * - The same purchase can stand in the files of both wallets: the rows are equal, and counted once.
 * - A limit order writes `…_lock` when it is placed and `…_commit` (or `_unlock`) later: only the commit is a trade.
 * - Dust and swaps: several debited rows and a credited one share the second; the native amounts tell how the total splits.
 * - Very old `crypto_exchange` rows have no To amount: the pair is two rows.
 * - Fiat rows can have no kind: the description says Deposit or Withdrawal. `Transaction Hash` came later.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type CellProblem, unknownType } from './cells.ts'
import { type AppMeaning, appMeaning } from './crypto-com-kinds.ts'
import { addFact } from './facts.ts'
import { detached } from './identity.ts'
import { deposit, insideMove, type Meaning, type Part, swap, together, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { LegDraft, Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { type Side, valuedLeg } from './two-sided.ts'
import { partsOf } from './wallet-rows.ts'
import { remembered } from './word-table.ts'

/** How a kind is read, and its word as one copy for all rows. */
const kindOf = remembered((kind) => ({ kind: detached(kind), meaning: appMeaning(kind) }))

const CARD = { name: 'Crypto com Card', kind: 'exchange' } as const

function open({ column }: OpenTable): RowReader {
  const at = {
    time: column('Timestamp (UTC)'),
    description: column('Transaction Description'),
    currency: column('Currency'),
    amount: column('Amount'),
    to: column('To Currency'),
    toAmount: column('To Amount'),
    native: column('Native Currency'),
    nativeAmount: column('Native Amount'),
    kind: column('Transaction Kind'),
    hash: column('Transaction Hash'),
  }

  const traded = (row: RowCursor, kind: string, symbol: string, amount: bigint): Verdict => {
    const isFiat = (one: string) => row.isFiat(one)
    const to = row.text(at.to)
    const toAmount = row.size(at.toAmount)
    if (to !== '' && toAmount !== 0n) return swap(symbol, amount, to, toAmount, isFiat)
    if (kind === 'crypto_exchange') {
      const { asset } = row.asset(symbol)
      return { join: [kind, row.text(at.time)], word: kind, parts: [{ symbol, asset, isFiat: isFiat(symbol), amount }] }
    }
    const native = row.symbol(at.native)
    const paid = row.moneyUnits(at.nativeAmount)
    if (amount > 0n) return swap(native, paid, symbol, amount, isFiat)
    const sold = swap(symbol, amount, native, paid, isFiat)
    return kind === 'card_top_up'
      ? { ...sold, legs: sold.legs.map((one) => (one.role === 'in' ? { ...one, account: CARD } : one)) }
      : sold
  }

  const crossing = (row: RowCursor, symbol: string, amount: bigint, counterparty?: string): Meaning => {
    const isFiat = row.isFiat(symbol)
    const moved: Writable<Meaning> = amount < 0n ? withdrawal(symbol, amount, isFiat) : deposit(symbol, amount, isFiat)
    if (counterparty !== undefined) moved.counterparty = counterparty
    return moved
  }

  const worth = (row: RowCursor): LegDraft['value'] => row.worth(at.nativeAmount, row.word(at.native)).value

  const read = (row: RowCursor, kind: string, meaning: AppMeaning): Verdict => {
    const symbol = row.symbol(at.currency)
    const amount = row.needed(at.amount)
    switch (meaning.as) {
      case 'trade':
        return traded(row, kind, symbol, amount)
      case 'inside':
        return insideMove(symbol, amount)
      case 'cross':
        return crossing(row, symbol, amount, meaning.counterparty)
      case 'group': {
        const { asset, kind: sort } = row.asset(symbol)
        const isFiat = sort === 'fiat'
        const value = worth(row)
        const part: Part =
          value === undefined ? { symbol, asset, isFiat, amount } : { symbol, asset, isFiat, amount, value }
        return { join: [meaning.family, row.text(at.time)], word: kind, parts: [part], facts: { sourceKind: kind } }
      }
      default: {
        const moved: Side = { symbol, amount, value: worth(row) }
        if (amount < 0n) return { kind: meaning.out, legs: [valuedLeg('out', moved)] }
        return { kind: meaning.in, legs: [valuedLeg('in', moved)] }
      }
    }
  }

  const withoutKind = (row: RowCursor): Verdict | CellProblem => {
    const description = row.text(at.description)
    const goesOut = /withdraw/i.test(description)
    if (!goesOut && !/deposit/i.test(description)) return unknownType(description, 'Transaction Description')
    const symbol = row.symbol(at.currency)
    const amount = row.neededSize(at.amount)
    return crossing(row, symbol, goesOut ? -amount : amount)
  }

  return {
    read(row: RowCursor) {
      const { kind, meaning } = kindOf(row.text(at.kind))
      if (meaning === undefined && kind !== '') return unknownType(kind, 'Transaction Kind')
      const verdict = meaning === undefined ? withoutKind(row) : read(row, kind, meaning)
      if (!('legs' in verdict)) return verdict
      const made: Writable<Meaning> = verdict
      addFact(made, 'hash', row.text(at.hash))
      addFact(made, 'sourceKind', kind)
      addFact(made, 'note', row.text(at.description))
      return made
    },
    together(rows) {
      const { meaning } = kindOf(rows[0]?.word ?? '')
      return together(partsOf(rows), meaning?.as === 'group' ? meaning.kind : undefined)
    },
  }
}

const COLUMNS = [
  'Timestamp (UTC)',
  'Transaction Description',
  'Currency',
  'Amount',
  'To Currency',
  'To Amount',
  'Native Currency',
  'Native Amount',
  'Native Amount (in USD)',
  'Transaction Kind',
]

export const cryptoComApp = tableSource({
  id: 'crypto-com-app' as SourceId,
  name: 'Crypto.com app',
  venue: 'Crypto.com',
  version: 1,
  account: { name: 'Crypto com App', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet:
    'Crypto.com app: Accounts → history → Export, once for each of crypto wallet, fiat wallet and card, all time.',
  layouts: [
    {
      layout: 'app transactions',
      required: COLUMNS,
      optional: ['Transaction Hash'],
      identity: ['Timestamp (UTC)', 'Currency', 'Amount', 'To Currency', 'To Amount', 'Transaction Kind'],
      time: ['Timestamp (UTC)'],
      open,
    },
  ],
})
