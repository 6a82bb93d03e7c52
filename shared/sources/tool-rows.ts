/**
 * Rows of other tax tools: what was sent and what was received, in which of their wallets, a fee, and the tool's own word
 * for it. A type that is not known, or not for such a row, leaves the row not understood; a label that people put on rows of
 * a known type is kept and said, and the row read by its sides.
 */
import type { Amount } from '../amount/amount.ts'
import type { Kind } from '../events/kinds.ts'
import { type CellProblem, size } from './cells.ts'
import { shared } from './identity.ts'
import type { Meaning } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { LegDraft, Writable } from './source-format.ts'
import type { OpenTable, RowReader, Verdict } from './table-source.ts'
import type { RowWords, Vocabulary } from './tool-words.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'
import type { Side } from './two-sided.ts'

/** One side of a row, in a wallet of its own where the row names one. */
export interface WalletSide extends Side {
  readonly wallet?: string
  /** A token that the tool names by chain and contract. */
  readonly mention?: LegDraft['asset']
}

export interface ToolRow {
  readonly sent: WalletSide | null
  readonly received: WalletSide | null
  readonly fee: WalletSide | null
  /** The tool's own words for what the row is, most telling first; empty where the cell is. */
  readonly words: readonly string[]
  /** The amounts are written, and are all nothing. */
  readonly isZero?: boolean
  /** Words that people attach to rows; they tell more than the tool's own, where they are known. */
  readonly labels?: readonly string[]
}

/** The columns to name where a row is not understood: of its amount, and of its type. */
export interface ToldColumns {
  readonly amount: string
  readonly type: string
}

const NO_WALLET: Pick<LegDraft, 'account'> = {}
const wallets = new Map<string, { readonly account: NonNullable<LegDraft['account']> }>()
/** The name that was asked for last, and its answer: the sides of a row ask for the same. */
let lastName = ''
let lastWallet = NO_WALLET

/** Wallets of other tools are places of the user; what kind of place, the tool does not say. One answer for each name. */
export function walletNamed(name: string): Pick<LegDraft, 'account'> {
  if (name === '') return NO_WALLET
  if (name === lastName) return lastWallet
  const known = wallets.get(name)
  const made = known ?? { account: { name: shared(name), kind: 'manual' as const } }
  if (known === undefined && wallets.size < 10_000) wallets.set(made.account.name, made)
  lastName = made.account.name
  lastWallet = made
  return made
}

/** A side in a wallet; in none where its name is empty. */
export const sideIn = (symbol: string, amount: bigint, wallet: string): Writable<WalletSide> =>
  wallet === '' ? { symbol, amount } : { symbol, amount, wallet }

/** Kinds of which a single side never left the person: it stays in the books where it is. */
const LOCKED: ReadonlySet<Kind> = new Set<Kind>([
  'stake_lock',
  'stake_unlock',
  'custody_move',
  'farm_stake',
  'farm_unstake',
  'governance_lock',
  'governance_unlock',
  'collateral_post',
  'collateral_return',
])
/** Kinds of which what goes out is a fee. */
const CHARGES: ReadonlySet<Kind> = new Set<Kind>([
  'network_fee',
  'approval_fee',
  'failed_fee',
  'derivative_fee',
  'margin_interest',
])

const NO_LABELS: readonly string[] = []

/** What a row of these sides and words is; what is not understood is told of one of the columns. */
export function toolMeaning(
  row: RowCursor,
  tool: ToolRow,
  vocabulary: Vocabulary,
  columns: ToldColumns,
): Writable<Meaning> | CellProblem {
  const said = vocabulary.said(tool.labels ?? NO_LABELS, tool.words)
  const made = halfMeaning(row, tool, said, columns)
  if (said.sourceKind !== '' && !('reason' in made)) made.sourceKind = said.sourceKind
  return made
}

/** The same without the words: of a row whose event has words of its own. */
export function halfMeaning(
  row: RowCursor,
  { sent, received, fee }: ToolRow,
  said: RowWords,
  columns: ToldColumns,
): Writable<Meaning> | CellProblem {
  if (sent === null && received === null && fee === null) {
    return { reason: 'neither side has an amount', column: columns.amount }
  }
  return meaningOf(row, sent, received, fee, said, columns)
}

function meaningOf(
  row: RowCursor,
  sent: WalletSide | null,
  received: WalletSide | null,
  fee: WalletSide | null,
  said: RowWords,
  columns: ToldColumns,
): Writable<Meaning> | CellProblem {
  if (said.isIgnored) {
    const legs: LegDraft[] = []
    for (const side of [sent, received, fee])
      if (side !== null) legs.push(legOf('info', side, side.amount, side.wallet))
    return remarked({ kind: 'ignored', legs }, said.remarks)
  }
  if (sent !== null && received !== null && isTransfer(row, sent, received, said)) {
    return remarked(transferOf(sent, received, fee), said.remarks)
  }
  const sides = received !== null ? (sent !== null ? 'both' : 'in') : sent !== null ? 'out' : 'fee'
  const { kind, refused, warnings } = said.of(sides)
  if (refused !== null) return { reason: refused, column: columns.type }
  const made = sided(row, sent, received, fee, kind)
  if (warnings !== undefined) made.warnings = warnings
  return made
}

/** With what there is to say about its words, behind what it says itself. */
function remarked(made: Writable<Meaning>, remarks: readonly string[]): Writable<Meaning> {
  if (remarks.length > 0) made.warnings = made.warnings === undefined ? remarks : [...made.warnings, ...remarks]
  return made
}

function sided(
  row: RowCursor,
  sent: WalletSide | null,
  received: WalletSide | null,
  fee: WalletSide | null,
  named: Kind | undefined,
): Writable<Meaning> {
  if (sent !== null && received !== null) {
    const out = valuedLeg('out', sent)
    const into = valuedLeg('in', received)
    const on = fee?.symbol === sent.symbol ? 'out' : fee?.symbol === received.symbol ? 'in' : undefined
    const charged = feeOf(fee, sent, received, on)
    return {
      kind: named ?? tradeKind(row.isFiat(sent.symbol), row.isFiat(received.symbol)),
      legs: charged === null ? [out, into] : [out, into, charged],
    }
  }
  const side = sent ?? received
  if (side === null) {
    const alone = feeOf(fee, null, null, undefined)
    return { kind: 'network_fee', legs: alone === null ? [] : [alone] }
  }
  const role = received === null ? 'out' : 'in'
  const kind = named ?? (role === 'in' ? depositKind : withdrawalKind)(row.isFiat(side.symbol))
  const one = valuedLeg(kind === 'fee_rebate' ? 'rebate' : role, side)
  const isCharge = CHARGES.has(kind)
  if (LOCKED.has(kind)) one.role = 'info'
  else if (isCharge && role === 'out') one.role = 'fee'
  const charged = feeOf(fee, sent, received, !isCharge && fee?.symbol === side.symbol ? role : undefined)
  return { kind, legs: charged === null ? [one] : [one, charged] }
}

/** A leg of a side in a wallet of the user, at the amount that moved. */
export function legOf(
  role: LegDraft['role'],
  { symbol, mention }: WalletSide,
  amount: bigint,
  wallet: string | undefined,
): Writable<LegDraft> {
  const made: Writable<LegDraft> = { role, asset: mention ?? { symbol }, amount: size(amount as Amount) }
  if (wallet === undefined || wallet === '') return made
  const { account } = walletNamed(wallet)
  if (account !== undefined) made.account = account
  return made
}

function valuedLeg(role: LegDraft['role'], side: WalletSide): Writable<LegDraft> {
  const made = legOf(role, side, side.amount, side.wallet)
  if (side.value !== undefined) made.value = side.value
  return made
}

/** The fee that a row names, in the wallet that sends unless it names its own. `on`: the side it was charged on. */
function feeOf(
  fee: WalletSide | null,
  sent: WalletSide | null,
  received: WalletSide | null,
  on: LegDraft['for'],
): Writable<LegDraft> | null {
  if (fee === null || fee.amount === 0n) return null
  if (fee.amount < 0n) return legOf('rebate', fee, fee.amount, received?.wallet)
  const made = legOf('fee', fee, fee.amount, fee.wallet ?? sent?.wallet ?? received?.wallet)
  if (on !== undefined) made.for = on
  return made
}

/** The tool states both sides of a move of one asset between two wallets. */
function isTransfer(row: RowCursor, sent: WalletSide, received: WalletSide, said: RowWords): boolean {
  const apart = sent.wallet !== undefined && received.wallet !== undefined && sent.wallet !== received.wallet
  if (!apart && !said.isTransfer) return false
  return row.asset(sent.symbol).asset === row.asset(received.symbol).asset
}

/** A move of one asset between two own wallets: what is missing on arrival is a fee within what was sent. */
export function transferOf(sent: WalletSide, received: WalletSide, fee: WalletSide | null): Writable<Meaning> {
  const lost = sent.amount - received.amount
  const legs = [legOf('out', sent, sent.amount, sent.wallet), legOf('in', received, received.amount, received.wallet)]
  const explains = lost > 0n && fee?.symbol === sent.symbol && fee.amount === lost
  if (lost > 0n) {
    const within = legOf('fee', sent, lost, sent.wallet)
    within.for = 'out'
    within.included = true
    legs.push(within)
  }
  if (fee !== null && fee.amount !== 0n && !explains) {
    const onTop = legOf('fee', fee, fee.amount, fee.wallet ?? sent.wallet ?? received.wallet)
    if (fee.symbol === sent.symbol) onTop.for = 'out'
    legs.push(onTop)
  }
  if (lost >= 0n) return { kind: 'transfer', legs }
  return { kind: 'transfer', legs, warnings: ['more arrived than was sent: both sides are kept as they are stated'] }
}

type Names = readonly string[]

/** Where a tool's table has what; names are tried in turn. */
export interface ToolColumns {
  readonly sent: readonly [amount: Names, symbol: Names]
  readonly received: readonly [amount: Names, symbol: Names]
  readonly fee: readonly [amount: Names, symbol: Names]
  /** Columns of the tool's own words, most telling first. */
  readonly words: readonly Names[]
  /** Columns of labels that people put on rows. */
  readonly labels?: readonly Names[]
  /** The wallet of both sides, where there is one column for it. */
  readonly wallet?: Names
  readonly sentWallet?: Names
  readonly receivedWallet?: Names
  /** What the whole transaction was worth. */
  readonly worth?: readonly [amount: Names, currency: Names]
  /** What each side was worth, its currency in the name of the column (`Buy Value in GBP`). */
  readonly sentValue?: RegExp
  readonly receivedValue?: RegExp
  readonly hash?: Names
  readonly note?: Names
  readonly fromAddress?: Names
  readonly toAddress?: Names
}

/** A column whose name has a currency in it, and that currency. */
export interface ValueColumn {
  readonly column: Column
  readonly currency: string
}

/** The first column whose name fits; the pattern's group is the currency. */
function valueColumn({ context }: OpenTable, pattern: RegExp): ValueColumn | null {
  for (const [at, name] of context.header.names.entries()) {
    const match = pattern.exec(name.trim())
    if (match?.[1] !== undefined) return { column: { at, name }, currency: match[1].toUpperCase() }
  }
  return null
}

/** The columns of this table to name where a row is not understood. */
export function toldColumns(table: OpenTable, columns: ToolColumns): ToldColumns {
  const [names = []] = columns.words.length > 0 ? columns.words : (columns.labels ?? [])
  return { amount: table.column(...columns.sent[0]).name, type: table.column(...names).name }
}

/** What the cells of a row say, by the columns of the tool. */
export function toolCells(table: OpenTable, columns: ToolColumns): (row: RowCursor) => Writable<ToolRow> {
  const pair = (names: readonly [Names, Names] | undefined) =>
    names === undefined ? null : { amount: table.column(...names[0]), symbol: table.column(...names[1]) }
  const at = {
    sent: pair(columns.sent),
    received: pair(columns.received),
    fee: pair(columns.fee),
    worth: pair(columns.worth),
    wallet: table.column(...(columns.wallet ?? [])),
    sentWallet: table.column(...(columns.sentWallet ?? [])),
    receivedWallet: table.column(...(columns.receivedWallet ?? [])),
    words: columns.words.map((names) => table.column(...names)),
    labels: (columns.labels ?? []).map((names) => table.column(...names)),
  }
  const sentValue = columns.sentValue === undefined ? null : valueColumn(table, columns.sentValue)
  const receivedValue = columns.receivedValue === undefined ? null : valueColumn(table, columns.receivedValue)

  const side = (
    row: RowCursor,
    cells: { amount: Column; symbol: Column } | null,
    wallet: string,
    isReceived = false,
  ): Writable<WalletSide> | null => {
    if (cells === null) return null
    const amount = isReceived ? row.receipt(cells.amount) : row.size(cells.amount)
    return amount === 0n ? null : sideIn(row.symbol(cells.symbol), amount, wallet)
  }
  const hasValues = at.worth !== null || sentValue !== null || receivedValue !== null
  const addValue = (
    row: RowCursor,
    one: Writable<WalletSide> | null,
    other: WalletSide | null,
    own: ValueColumn | null,
  ): void => {
    if (one === null || row.isFiat(one.symbol) || (other !== null && row.isFiat(other.symbol))) return
    const { value } =
      own !== null
        ? row.worth(own.column, own.currency)
        : at.worth !== null
          ? row.worth(at.worth.amount, row.word(at.worth.symbol))
          : NO_VALUE
    if (value !== undefined) one.value = value
  }
  const isWritten = (row: RowCursor, cells: { amount: Column } | null): boolean =>
    cells !== null && row.text(cells.amount) !== ''

  return (row) => {
    const wallet = row.text(at.wallet)
    const sent = side(row, at.sent, row.text(at.sentWallet) || wallet)
    const received = side(row, at.received, row.text(at.receivedWallet) || wallet, true)
    const fee = side(row, at.fee, wallet)
    if (hasValues) {
      addValue(row, sent, received, sentValue)
      addValue(row, received, sent, receivedValue)
    }
    const isNothing = sent === null && received === null && fee === null
    return {
      sent,
      received,
      fee,
      words: wordsIn(row, at.words),
      labels: wordsIn(row, at.labels),
      isZero: isNothing && (isWritten(row, at.sent) || isWritten(row, at.received)),
    }
  }
}

const NO_VALUE: Pick<LegDraft, 'value'> = {}

/** The words of a row, most often one of one column, or none. */
function wordsIn(row: RowCursor, columns: readonly Column[]): readonly string[] {
  if (columns.length === 0) return NO_LABELS
  return columns.length === 1 ? [row.text(columns[0] as Column)] : columns.map((column) => row.text(column))
}

/** Facts beside the legs: hash, note and addresses, added to what the row means. */
export function toolFacts(
  table: OpenTable,
  columns: ToolColumns,
): (row: RowCursor, made: Writable<Meaning>) => Writable<Meaning> {
  const at = {
    hash: table.column(...(columns.hash ?? [])),
    note: table.column(...(columns.note ?? [])),
    from: table.column(...(columns.fromAddress ?? [])),
    to: table.column(...(columns.toAddress ?? [])),
  }
  return (row, made) => {
    const hash = row.text(at.hash)
    const note = row.text(at.note)
    const fromAddress = row.text(at.from)
    const toAddress = row.text(at.to)
    if (hash !== '') made.hash = hash
    if (note !== '') made.note = note
    if (fromAddress !== '') made.fromAddress = fromAddress
    if (toAddress !== '') made.toAddress = toAddress
    return made
  }
}

/** A reader of rows that are events by themselves. */
export function toolReader(table: OpenTable, columns: ToolColumns, vocabulary: Vocabulary): RowReader {
  const cellsOf = toolCells(table, columns)
  const facts = toolFacts(table, columns)
  const told = toldColumns(table, columns)
  return {
    read(row): Verdict {
      const cells = cellsOf(row)
      if (cells.isZero === true && row.problem === null) return { skip: 'its amounts are zero: nothing moved' }
      const meaning = toolMeaning(row, cells, vocabulary, told)
      return 'reason' in meaning ? meaning : facts(row, meaning)
    },
  }
}
