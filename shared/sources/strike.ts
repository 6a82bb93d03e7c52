/**
 * Strike: monthly statements (to early 2025), annual and European files, and the newer account history. Facts:
 * - Amounts are signed: a trade has the one currency negative and the other positive. Fees stand beside, in the currency of
 *   their amount, and are read without their sign.
 * - The monthly statement has a header `Currency 1` twice; date and time stand apart (`Jan 02 2025`, `01:23:45`), UTC, twice: a
 *   deposit can be complete days after it was begun, and the completed time holds.
 * - In the other files the currency stands in the header (`Amount EUR`). Lightning rows are payments or receipts.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { addFact, bothTexts } from './facts.ts'
import type { Meaning } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { type SidedKinds, twoSided } from './two-sided.ts'
import { remembered, wordTable } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const DONE = new Set(['completed', 'posted', 'complete'])
const MOVES = new Set(['deposit', 'withdrawal', 'onchain', 'lightning', 'send', 'receive'])
const TRADES = new Set(['trade', 'purchase', 'sell', 'buy'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({ 'strike credit': 'other_income', referral: 'referral' })

interface Signed {
  readonly symbol: string
  readonly amount: bigint
  readonly fee: bigint
}

const isTrade = remembered((type) => TRADES.has(type.toLowerCase()))
/** What rows of a type are beyond what their sides show; null of a type that is not known. */
const kindsOf = remembered((type): SidedKinds | null => {
  const folded = type.toLowerCase()
  const income = INCOME[folded]
  if (income !== undefined) return { in: income, out: 'clawback' }
  return MOVES.has(folded) || TRADES.has(folded) ? {} : null
})

/** An event of two signed amounts, either of which may be nothing. */
function signedPair(row: RowCursor, type: string, one: Signed, other: Signed): Verdict {
  const kinds = kindsOf(type)
  if (kinds === null) return unknownType(type, 'Transaction Type')
  const sent = one.amount < 0n ? one : other.amount < 0n ? other : null
  const received = one.amount > 0n ? one : other.amount > 0n ? other : null
  const isWhole = one.amount !== 0n && other.amount !== 0n
  if (isWhole && (sent === null || received === null))
    return { reason: 'both amounts have one sign', column: 'Transaction Type' }
  if (!isWhole && isTrade(type) && (sent !== null || received !== null))
    return { reason: 'one side of the trade is missing', column: 'Transaction Type' }
  const charged = one.fee !== 0n ? one : other.fee !== 0n ? other : null
  if (one.fee !== 0n && other.fee !== 0n) return { reason: 'fees of two currencies are in one row', column: 'Fee' }
  const fee = charged === null ? null : { symbol: charged.symbol, amount: charged.fee }
  const made = twoSided(row, sent, received, fee, kinds)
  made.sourceKind = type
  return made
}

const signedAt = (row: RowCursor, amountAt: Column, feeAt: Column, symbol: string): Signed => ({
  symbol,
  amount: row.amount(amountAt),
  fee: row.size(feeAt),
})

const factsAt =
  (goesTo: Column, description: Column, note: Column, hash: Column) =>
  (row: RowCursor, read: Verdict): Verdict => {
    if (!('legs' in read)) return read
    const made: Writable<Meaning> = read
    addFact(made, 'toAddress', row.text(goesTo))
    addFact(made, 'note', bothTexts(row.text(description), row.text(note)))
    addFact(made, 'hash', row.text(hash))
    return made
  }

function openMonthly({ column, context }: OpenTable): RowReader {
  const at = {
    begun: [column('Initiated Date (UTC)'), column('Initiated Time (UTC)')],
    done: [column('Completed Date (UTC)'), column('Completed Time (UTC)')],
    type: column('Transaction Type'),
    state: column('State'),
    one: [column('Amount 1'), column('Fee 1'), column('Currency 1')],
    other: [column('Amount 2'), column('Fee 2'), column('Currency 2')],
  } as const
  const facts = factsAt(column('Destination'), column('Description'), column('Note'), column('Transaction Hash'))
  const signedOf = (row: RowCursor, [amount, fee, currency]: readonly [Column, Column, Column]): Signed => {
    const read = signedAt(row, amount, fee, row.word(currency))
    if (read.symbol === '' && (read.amount !== 0n || read.fee !== 0n)) row.symbol(currency)
    return read
  }
  return {
    timeText(row) {
      const done = `${row.text(at.done[0])} ${row.text(at.done[1])}`
      return done === ' ' ? `${row.text(at.begun[0])} ${row.text(at.begun[1])}` : done
    },
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const undone = unlessDone(row.text(at.state), DONE, 'State')
      if (undone !== null) return undone
      const one = signedOf(row, at.one as readonly [Column, Column, Column])
      const other = signedOf(row, at.other as readonly [Column, Column, Column])
      return facts(row, signedPair(row, row.word(at.type), one, other))
    },
  }
}

/** The currency in `Amount EUR`. */
const currencyIn = (name: string): string => name.trim().split(' ').at(-1)?.toUpperCase() ?? ''

function openNamed({ column, nameInFile, context }: OpenTable): RowReader {
  const fiatAt = column('Amount fiat')
  const at = {
    type: column('Transaction Type'),
    status: column('Status'),
    fiatFee: column('Fee fiat'),
    btc: column('Amount BTC'),
    btcFee: column('Fee BTC'),
  }
  const fiat = currencyIn(nameInFile(fiatAt))
  const facts = factsAt(column('Destination'), column('Description'), column('Note'), column('Transaction Hash'))
  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const one = signedAt(row, fiatAt, at.fiatFee, fiat)
      return facts(row, signedPair(row, row.word(at.type), one, signedAt(row, at.btc, at.btcFee, 'BTC')))
    },
  }
}

const NAMED = ['Transaction Type', 'Amount fiat', 'Fee fiat', 'Amount BTC', 'Fee BTC']

export const strike = tableSource({
  id: 'strike' as SourceId,
  name: 'Strike statements',
  venue: 'Strike',
  version: 1,
  account: { name: 'Strike', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Strike: Profile → Documents → account statements or tax documents, CSV, all years.',
  plainName: (name) => name.replace(/^(Amount|Fee|Cost Basis) \(?(?!BTC)[A-Z]{3,4}\)?$/, '$1 fiat'),
  layouts: [
    {
      layout: 'monthly statement',
      required: [
        'Transaction ID',
        'Initiated Date (UTC)',
        'Initiated Time (UTC)',
        'Completed Date (UTC)',
        'Completed Time (UTC)',
        'Transaction Type',
        'State',
        'Amount 1',
        'Currency 1',
        'Amount 2',
        'Currency 2',
      ],
      optional: ['Fee 1', 'Fee 2', 'BTC Price', 'Balance 1', 'Balance - BTC', 'Destination', 'Description', 'Note'],
      id: ['Transaction ID'],
      identity: ['Initiated Date (UTC)', 'Initiated Time (UTC)', 'Transaction Type', 'Amount 1', 'Amount 2'],
      time: ['Completed Date (UTC)'],
      record: 'transaction',
      open: openMonthly,
    },
    {
      layout: 'annual statement',
      required: ['Transaction ID', 'Time (UTC)', 'Status', ...NAMED],
      optional: ['Description', 'Exchange Rate', 'Transaction Hash'],
      id: ['Transaction ID'],
      identity: ['Time (UTC)', 'Transaction Type', 'Amount fiat', 'Amount BTC'],
      time: ['Time (UTC)'],
      record: 'transaction',
      open: openNamed,
    },
    {
      layout: 'account history',
      required: ['Reference', 'Date & Time (UTC)', ...NAMED],
      optional: ['BTC Price', 'Cost Basis fiat', 'Destination', 'Description', 'Transaction Hash', 'Note'],
      id: ['Reference'],
      identity: ['Date & Time (UTC)', 'Transaction Type', 'Amount fiat', 'Amount BTC'],
      time: ['Date & Time (UTC)'],
      record: 'transaction',
      open: openNamed,
    },
  ],
})
