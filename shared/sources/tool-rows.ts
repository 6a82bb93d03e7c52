/**
 * Rows of other tax tools: what was sent and what was received, in which of their wallets, a fee, and the tool's own word
 * for it. A type that is not known, or not for such a row, leaves the row not understood; a label that people put on rows of
 * a known type is kept and said, and the row read by its sides.
 */
import type { Kind } from '../events/kinds.ts'
import { type CellProblem, unknownType } from './cells.ts'
import { detached, shared } from './identity.ts'
import { leg, type Meaning, present } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { LegDraft } from './source-format.ts'
import type { OpenTable, RowReader, Verdict } from './table-source.ts'
import { foldWord, knowsWord, type Vocabulary } from './tool-words.ts'
import { type Side, twoSided } from './two-sided.ts'

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

/** Wallets of other tools are places of the user; what kind of place, the tool does not say. */
export const walletNamed = (name: string): Pick<LegDraft, 'account'> =>
  name === '' ? {} : { account: { name: shared(name), kind: 'manual' } }

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

/** What a row of these sides and words is; what is not understood is told of one of the columns. */
export function toolMeaning(
  row: RowCursor,
  tool: ToolRow,
  vocabulary: Vocabulary,
  columns: ToldColumns,
): Meaning | CellProblem {
  const { labels = [] } = tool
  const words = [...labels, ...tool.words].map(foldWord)
  const sourceKind = [...labels, ...tool.words].filter((word) => word !== '').join(' / ')
  const named = sourceKind === '' ? {} : { sourceKind: detached(sourceKind) }
  const made = meaningOf(row, tool, words, vocabulary, columns)
  if ('reason' in made) return made
  const warnings = [
    ...(made.warnings ?? []),
    ...words.flatMap((word) => (vocabulary.remarks[word] === undefined ? [] : [vocabulary.remarks[word] as string])),
  ]
  return { ...made, ...named, ...(warnings.length === 0 ? {} : { warnings }) }
}

type Sides = Pick<ToolRow, 'sent' | 'received' | 'fee'>

function meaningOf(
  row: RowCursor,
  tool: ToolRow,
  words: readonly string[],
  vocabulary: Vocabulary,
  columns: ToldColumns,
): Meaning | CellProblem {
  const { sent, received, fee, labels = [] } = tool
  if (sent === null && received === null && fee === null) {
    return { reason: 'neither side has an amount', column: columns.amount }
  }
  if (words.some((word) => vocabulary.ignored.has(word))) {
    const sides = [sent, received, fee].filter((side) => side !== null)
    return { kind: 'ignored', legs: sides.map((side) => placed(leg('info', side.symbol, side.amount), side)) }
  }
  if (sent !== null && received !== null && isTransfer(row, sent, received, words, vocabulary)) {
    return transferOf(sent, received, fee)
  }
  const side = sent !== null && received !== null ? 'both' : received !== null ? 'in' : 'out'
  const kind = words.map((word) => vocabulary[side][word]).find((one) => one !== undefined)
  const { plain, transfer, inward, outward } = vocabulary
  const isFee = sent === null && received === null
  const isKnown = (word: string): boolean =>
    vocabulary[side][word] !== undefined ||
    plain.has(word) ||
    transfer.has(word) ||
    (inward.has(word) && (side === 'in' || isFee)) ||
    (outward.has(word) && side === 'out')
  const strange = tool.words.find((word) => !isKnown(foldWord(word)))
  if (strange !== undefined) return unfit(strange, side, vocabulary, columns.type)
  const meaning = sided(row, { sent, received, fee }, kind)
  const unknown = labels.filter((word) => !isKnown(foldWord(word)))
  if (unknown.length === 0) return meaning
  const told = unknown.map((word) => `“${word.slice(0, 40)}”`).join(' and ')
  const warning = `the label ${told} is not known to this reader for such a row; it was read without it`
  return { ...meaning, warnings: [warning] }
}

const ROWS = { in: 'only receives', out: 'only sends', both: 'sends and receives' } as const

/** A type nobody knows, or one that is known for rows with other sides. */
function unfit(word: string, side: keyof typeof ROWS, vocabulary: Vocabulary, column: string): CellProblem {
  if (!knowsWord(vocabulary, word)) return unknownType(word, column)
  return { reason: `the type “${word.slice(0, 40)}” does not fit a row that ${ROWS[side]}`, column }
}

function sided(row: RowCursor, { sent, received, fee }: Sides, kind: Kind | undefined): Meaning {
  const kinds = kind === undefined ? {} : { in: kind, out: kind, both: kind }
  const made = twoSided(row, sent, received, fee, kinds)
  const sideOfLeg = ({ role }: LegDraft): WalletSide | null =>
    role === 'out' ? sent : role === 'in' || role === 'rebate' ? received : feeSide(sent, received, fee)
  const legs = made.legs.map((one) => placed(one, sideOfLeg(one)))
  const isSingle = (sent === null) !== (received === null)
  if (!isSingle) return { ...made, legs }
  if (LOCKED.has(made.kind)) return { ...made, legs: legs.map((one) => (one.role === 'fee' ? one : asInfo(one))) }
  if (CHARGES.has(made.kind)) {
    return {
      ...made,
      legs: legs.map((one) => (one.role === 'out' ? { ...one, role: 'fee' as const } : withoutFor(one))),
    }
  }
  return { ...made, legs }
}

const asInfo = (one: LegDraft): LegDraft => ({ ...one, role: 'info' })
const withoutFor = ({ for: _, ...one }: LegDraft): LegDraft => one

/** A fee is paid in the wallet that sends, unless it names its own. */
const feeSide = (sent: WalletSide | null, received: WalletSide | null, fee: WalletSide | null): WalletSide | null => {
  if (fee === null || fee.wallet !== undefined) return fee
  const wallet = sent?.wallet ?? received?.wallet
  return wallet === undefined ? fee : { ...fee, wallet }
}

const placed = (one: LegDraft, side: WalletSide | null): LegDraft => ({
  ...one,
  ...(side?.mention === undefined ? {} : { asset: side.mention }),
  ...walletNamed(side?.wallet ?? ''),
})

/** The tool states both sides of a move of one asset between two wallets. */
function isTransfer(
  row: RowCursor,
  sent: WalletSide,
  received: WalletSide,
  words: readonly string[],
  vocabulary: Vocabulary,
): boolean {
  if (row.asset(sent.symbol).asset !== row.asset(received.symbol).asset) return false
  const apart = sent.wallet !== undefined && received.wallet !== undefined && sent.wallet !== received.wallet
  return apart || words.some((word) => vocabulary.transfer.has(word))
}

/** A move of one asset between two own wallets: what is missing on arrival is a fee within what was sent. */
export function transferOf(sent: WalletSide, received: WalletSide, fee: WalletSide | null): Meaning {
  const lost = sent.amount - received.amount
  const out = placed(leg('out', sent.symbol, sent.amount), sent)
  const into = placed(leg('in', received.symbol, received.amount), received)
  const charged = feeSide(sent, received, fee)
  const feeOnTop =
    charged === null || charged.amount === 0n
      ? []
      : [
          placed(
            leg('fee', charged.symbol, charged.amount, charged.symbol === sent.symbol ? { for: 'out' } : {}),
            charged,
          ),
        ]
  if (lost < 0n) {
    const warnings = ['more arrived than was sent: both sides are kept as they are stated']
    return { kind: 'transfer', legs: [out, into, ...feeOnTop], warnings }
  }
  if (lost === 0n) return { kind: 'transfer', legs: [out, into, ...feeOnTop] }
  const within = placed(leg('fee', sent.symbol, lost, { for: 'out', included: true }), sent)
  const explains = charged !== null && charged.symbol === sent.symbol && charged.amount === lost
  return { kind: 'transfer', legs: [out, into, within, ...(explains ? [] : feeOnTop)] }
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
export function toolCells(table: OpenTable, columns: ToolColumns): (row: RowCursor) => ToolRow {
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
  ): WalletSide | null => {
    if (cells === null) return null
    const amount = isReceived ? row.receipt(cells.amount) : row.size(cells.amount)
    if (amount === 0n) return null
    return { symbol: row.symbol(cells.symbol), amount, ...(wallet === '' ? {} : { wallet }) }
  }
  const valued = (row: RowCursor, one: WalletSide | null, other: WalletSide | null, own: ValueColumn | null) => {
    if (one === null || row.isFiat(one.symbol) || (other !== null && row.isFiat(other.symbol))) return one
    if (own !== null) return { ...one, ...row.worth(own.column, own.currency) }
    if (at.worth === null) return one
    return { ...one, ...row.worth(at.worth.amount, row.word(at.worth.symbol)) }
  }

  return (row) => {
    const wallet = row.text(at.wallet)
    const isWritten = (cells: { amount: Column } | null): boolean => cells !== null && row.text(cells.amount) !== ''
    const sent = side(row, at.sent, row.text(at.sentWallet) || wallet)
    const received = side(row, at.received, row.text(at.receivedWallet) || wallet, true)
    const fee = side(row, at.fee, wallet)
    const isNothing = sent === null && received === null && fee === null
    return {
      sent: valued(row, sent, received, sentValue),
      received: valued(row, received, sent, receivedValue),
      fee,
      ...(isNothing && (isWritten(at.sent) || isWritten(at.received)) ? { isZero: true } : {}),
      words: at.words.map((column) => row.word(column)),
      labels: at.labels.map((column) => row.word(column)),
    }
  }
}

/** Facts beside the legs: hash, note and addresses. */
export function toolFacts(table: OpenTable, columns: ToolColumns): (row: RowCursor) => Partial<Meaning> {
  const hash = table.column(...(columns.hash ?? []))
  const note = table.column(...(columns.note ?? []))
  const from = table.column(...(columns.fromAddress ?? []))
  const to = table.column(...(columns.toAddress ?? []))
  return (row) =>
    present({
      hash: row.text(hash),
      note: row.text(note),
      fromAddress: row.text(from),
      toAddress: row.text(to),
    })
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
      return 'reason' in meaning ? meaning : { ...meaning, ...facts(row) }
    },
  }
}
