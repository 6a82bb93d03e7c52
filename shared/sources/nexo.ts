/**
 * Nexo's transactions, all six headers. Facts:
 * - `Date / Time` is the clock of Zurich, `Date / Time (UTC)` is UTC.
 * - `Details` begins with a status: approved, processed, or pending and rejected, which moved nothing. Deposits have the hash
 *   there. It can have line breaks.
 * - The input is signed, the output is not; rows of one asset repeat it on both sides. Very old exchanges have two of each in one
 *   cell: `BTC/USDT` and `-0.5 / +1000.0`.
 * - The same transaction can stand in a file twice. Interest with a minus is interest paid on a loan.
 * - EURX, GBPX and USDX are the currencies themselves. Moves to and from term deposits stay inside the account.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { amountIn, isProblem, unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { deposit, feeLegs, insideMove, leg, type Meaning, signed, withdrawal } from './legs.ts'
import { type NexoMeaning, nexoMeaning } from './nexo-kinds.ts'
import type { RowCursor } from './row-cursor.ts'
import type { LegDraft, Writable } from './source-format.ts'
import { unlessDone } from './statuses.ts'
import { withoutOffset } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { type Side, twoSided } from './two-sided.ts'
import { remembered } from './word-table.ts'
import { offsetInName } from './written-times.ts'

const DONE = new Set(['approved', 'processed', 'completed', 'credited'])
const HASH = /\b(?:0x)?[0-9a-fA-F]{64}\b/

/** What stands before the first slash or bar. */
function statusIn(details: string): string {
  for (let i = 0; i < details.length; i++) {
    const code = details.charCodeAt(i)
    if (code === SLASH || code === BAR) return details.slice(0, i)
  }
  return details
}
const SLASH = 47
const BAR = 124

const unlessMoved = remembered((text) => {
  const status = text.trim()
  return /^[a-z]+$/i.test(status) ? unlessDone(status, DONE, 'Details') : null
})

interface Sides {
  /** Signed. */
  readonly input: Side
  readonly output: Side
}

function meaningOf(
  row: RowCursor,
  { input, output }: Sides,
  meaning: NexoMeaning,
  fee: Side | null,
  worth: Pick<LegDraft, 'value'>,
): Meaning {
  const feesOf = (on: 'in' | 'out', symbol: string): LegDraft[] =>
    fee === null ? [] : feeLegs(fee.symbol, fee.amount, fee.symbol === symbol ? on : undefined)
  switch (meaning.as) {
    case 'swap': {
      const kinds = meaning.kind === undefined ? {} : { both: meaning.kind, out: meaning.kind }
      if (input.symbol === output.symbol)
        return twoSided(row, input.amount < 0n ? input : null, input.amount < 0n ? null : input, fee, kinds)
      return twoSided(row, input, output, fee, kinds)
    }
    case 'in': {
      const got = deposit(output.symbol, output.amount, row.isFiat(output.symbol), feesOf('in', output.symbol))
      return meaning.counterparty === undefined ? got : { ...got, counterparty: meaning.counterparty }
    }
    case 'out': {
      const gone = withdrawal(input.symbol, input.amount, row.isFiat(input.symbol), feesOf('out', input.symbol))
      return meaning.counterparty === undefined ? gone : { ...gone, counterparty: meaning.counterparty }
    }
    case 'signed': {
      const { kind, legs } = signed(input.symbol, input.amount, meaning.in, meaning.out)
      const valued = worth.value === undefined ? legs : legs.map((one) => ({ ...one, ...worth }))
      return { kind, legs: fee === null ? valued : [...valued, ...feesOf('in', '')] }
    }
    case 'borrow': {
      const got = leg('in', output.symbol, output.amount)
      return { kind: 'loan_borrow', legs: [got, { ...got, role: 'debt' }, ...feesOf('in', output.symbol)] }
    }
    case 'repay': {
      const paid = leg('out', input.symbol, input.amount)
      const less: LegDraft = { ...paid, role: 'debt', amount: -paid.amount as LegDraft['amount'] }
      return { kind: 'loan_repay', legs: [paid, less, ...feesOf('out', input.symbol)] }
    }
    case 'spend':
      return { kind: 'spend', legs: [leg('out', input.symbol, input.amount, worth), ...feesOf('out', input.symbol)] }
    default:
      return insideMove(input.symbol, input.amount)
  }
}

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    input: column('Input Currency', 'Currency'),
    inputAmount: column('Input Amount', 'Amount'),
    output: column('Output Currency'),
    outputAmount: column('Output Amount'),
    value: column('USD Equivalent'),
    fee: column('Fee'),
    feeCurrency: column('Fee Currency'),
    details: column('Details'),
  }

  /** `BTC/USDT` and `-0.5 / +1000.0`; null where the cells are of one asset. */
  const joined = (row: RowCursor): Sides | null => {
    const named = row.text(at.input)
    if (!named.includes('/')) return null
    const symbols = named.split('/')
    const amounts = row.text(at.inputAmount).split('/')
    if (symbols.length !== 2 || amounts.length !== 2) return null
    const read = amounts.map((text) => amountIn(text.trim(), at.inputAmount.name, row.mark))
    for (const amount of read) if (isProblem(amount)) row.problem ??= amount
    const [given, got] = read.map((amount) => (typeof amount === 'bigint' ? amount : 0n)) as [bigint, bigint]
    const [from, to] = symbols.map((symbol) => symbol.trim()) as [string, string]
    return { input: { symbol: from, amount: given }, output: { symbol: to, amount: got } }
  }

  const sidesOf = (row: RowCursor): Sides => {
    const both = joined(row)
    if (both !== null) return both
    const input = { symbol: row.symbol(at.input), amount: row.needed(at.inputAmount) }
    if (row.text(at.output) === '') return { input, output: input }
    return { input, output: { symbol: row.symbol(at.output), amount: row.size(at.outputAmount) } }
  }

  return {
    read(row) {
      const details = row.text(at.details)
      const undone = unlessMoved(statusIn(details))
      if (undone !== null) return undone
      const type = row.text(at.type)
      const meaning = nexoMeaning(type)
      if (meaning === undefined) return unknownType(type, 'Type')
      const charged = row.size(at.fee)
      const fee = charged === 0n ? null : { symbol: row.symbol(at.feeCurrency), amount: charged }
      const worth = meaning.as === 'signed' || meaning.as === 'spend' ? row.worth(at.value, 'USD') : {}
      const sides = sidesOf(row)
      const comesIn = meaning.as === 'in' || meaning.as === 'borrow'
      if (comesIn && sides.input.amount < 0n && sides.input.symbol === sides.output.symbol) {
        return { reason: `a ${type} is written as leaving: it does not say what came in`, column: at.inputAmount.name }
      }
      const made: Writable<Meaning> = meaningOf(row, sides, meaning, fee, worth)
      made.sourceKind = row.word(at.type)
      const mayHaveHash = (meaning.as === 'in' || meaning.as === 'out') && details.length >= 64
      if (mayHaveHash) addFact(made, 'hash', HASH.exec(details)?.[0] ?? '')
      return made
    },
  }
}

const zone = ({ names }: { readonly names: readonly string[] }): ZoneName =>
  (names.some((name) => offsetInName(name) !== null) ? 'UTC' : 'Europe/Zurich') as ZoneName

export const nexo = tableSource({
  id: 'nexo' as SourceId,
  name: 'Nexo transactions',
  venue: 'Nexo',
  version: 1,
  account: { name: 'Nexo', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Nexo on the web: Transactions → Export, CSV, all time.',
  plainName: withoutOffset,
  layouts: [
    {
      layout: 'transactions',
      required: [
        'Transaction',
        'Type',
        'Input Currency',
        'Input Amount',
        'Output Currency',
        'Output Amount',
        'Details',
        'Date / Time',
      ],
      optional: ['USD Equivalent', 'Fee', 'Fee Currency', 'Outstanding Loan', 'normalizedDisplayDetails'],
      id: ['Transaction'],
      identity: ['Date / Time', 'Type', 'Input Currency', 'Input Amount', 'Output Currency', 'Output Amount'],
      time: ['Date / Time'],
      zone,
      record: 'transaction',
      open,
    },
    {
      layout: 'old transactions',
      required: ['Transaction', 'Type', 'Currency', 'Amount', 'Details', 'Outstanding Loan', 'Date / Time'],
      optional: ['USD Equivalent'],
      id: ['Transaction'],
      identity: ['Date / Time', 'Type', 'Currency', 'Amount'],
      time: ['Date / Time'],
      zone,
      record: 'transaction',
      open,
    },
  ],
})
