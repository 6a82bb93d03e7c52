/** What Binance's rows mean, alone and together. */
import type { Amount } from '../amount/amount.ts'
import type { ResolvedAsset } from '../assets/resolve.ts'
import type { Operation } from './binance-operations.ts'
import { size } from './cells.ts'
import type { RowIdentity } from './identity.ts'
import { feesAlone } from './legs.ts'
import type { EventDraft, LegDraft, WaitingRow, Writable } from './source-format.ts'
import type { SourceTime } from './times.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'

/** A row, which mostly waits for the others of its second. */
export interface BinanceRow extends WaitingRow {
  readonly row: number
  readonly of: RowIdentity
  readonly account: string
  readonly operation: string
  /** Of joint operations, otherwise empty. */
  readonly family: string
  readonly meaning: Operation
  readonly symbol: string
  readonly asset: ResolvedAsset
  /** Signed. */
  readonly change: Amount
  readonly time: SourceTime
  readonly timeText: string
  readonly place: number
}

export type Meaning = Pick<EventDraft, 'kind' | 'legs' | 'warnings' | 'counterparty'>

export const isFee = (row: BinanceRow): boolean => row.meaning.as === 'joint' && row.meaning.fee === true

const leg = (role: LegDraft['role'], symbol: string, amount: bigint): LegDraft => ({
  role,
  asset: { symbol },
  amount: size(amount as Amount),
})

export interface Sum {
  readonly asset: string
  readonly symbol: string
  readonly isFiat: boolean
  amount: bigint
}

/** What rows come to, by asset: of those that are fees, or of the others. */
export function sumByAsset(rows: readonly BinanceRow[], fees: boolean): Sum[] {
  const sums: Sum[] = []
  let byAsset: Map<string, Sum> | null = null
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as BinanceRow
    if (isFee(row) !== fees) continue
    const { asset, kind } = row.asset
    const sum: Sum | undefined = byAsset === null ? sumOf(sums, asset) : byAsset.get(asset)
    if (sum !== undefined) {
      sum.amount += row.change
      continue
    }
    const made = { asset, symbol: row.symbol, isFiat: kind === 'fiat', amount: row.change as bigint }
    sums.push(made)
    if (byAsset !== null) byAsset.set(asset, made)
    else if (sums.length > 16) byAsset = new Map(sums.map((one) => [one.asset, one]))
  }
  return sums
}

function sumOf(sums: readonly Sum[], asset: string): Sum | undefined {
  for (let i = 0; i < sums.length; i++) if ((sums[i] as Sum).asset === asset) return sums[i]
  return undefined
}

/** `out` or `in` where what rows come to (fees aside) goes only one way, null where it goes both ways or none. */
export function movesOneWay(sums: readonly Sum[]): 'out' | 'in' | null {
  let out = false
  let comesIn = false
  for (let i = 0; i < sums.length; i++) {
    const { amount } = sums[i] as Sum
    if (amount < 0n) out = true
    else if (amount > 0n) comesIn = true
  }
  return out === comesIn ? null : out ? 'out' : 'in'
}

/**
 * Rows of one family and second as one event. Fills that interleave in one second are added up, which gives exact totals;
 * guessing which row belongs to which fill would not. `moved`: what the rows come to, fees aside.
 */
export function readJoint(rows: readonly BinanceRow[], moved: readonly Sum[] = sumByAsset(rows, false)): Meaning {
  const outs: LegDraft[] = []
  const ins: LegDraft[] = []
  let outIsFiat = true
  let inIsFiat = true
  const kind = rows.find(({ meaning }) => meaning.as === 'joint' && meaning.kind !== undefined)?.meaning
  for (const sum of moved) {
    if (sum.amount < 0n) {
      outs.push(leg('out', sum.symbol, sum.amount))
      outIsFiat &&= sum.isFiat
    } else if (sum.amount > 0n) {
      ins.push(leg('in', sum.symbol, sum.amount))
      inIsFiat &&= sum.isFiat
    }
  }
  const legs = [...outs, ...ins]
  for (const sum of sumByAsset(rows, true)) {
    if (sum.amount !== 0n) legs.push(leg(sum.amount > 0n ? 'rebate' : 'fee', sum.symbol, sum.amount))
  }
  if (outs.length === 0 && ins.length === 0) return { kind: feesAlone(legs), legs }
  const named = kind?.as === 'joint' ? kind.kind : undefined
  if (outs.length === 0 || ins.length === 0) {
    const missing = outs.length === 0 ? 'what was given for it' : 'what was received for it'
    return { kind: named ?? 'trade', legs, warnings: [`${missing} does not stand in this second of the file`] }
  }
  const made: Writable<Meaning> = { kind: named ?? tradeKind(outIsFiat, inIsFiat), legs }
  if (named === undefined && outs.length + ins.length > 2) {
    made.warnings = ['several trades of this second are shown as one: Binance gives no order id']
  }
  return made
}

/** A move between pockets of the one account: both halves as legs, a half alone as information. */
export function readPocket(rows: readonly BinanceRow[]): Meaning {
  const whole = rows.length > 1 && sumByAsset(rows, false).every((sum) => sum.amount === 0n)
  const sorted = rows.toSorted((a, b) => (a.change < b.change ? -1 : a.change > b.change ? 1 : 0))
  const legs = sorted.map((row) => leg(whole ? (row.change < 0n ? 'out' : 'in') : 'info', row.symbol, row.change))
  return { kind: 'custody_move', legs: legs.filter((one) => one.amount !== 0n) }
}

/** A row that is an event by itself. */
export function readSingle(row: BinanceRow): Meaning {
  if (row.meaning.as !== 'alone') return readPocket([row])
  const goesOut = row.change < 0n
  const named = goesOut ? row.meaning.out : row.meaning.in
  const isFiat = row.asset.kind === 'fiat'
  const kind =
    named === 'unmatched_in' ? depositKind(isFiat) : named === 'unmatched_out' ? withdrawalKind(isFiat) : named
  const role = goesOut ? (kind === 'derivative_fee' ? 'fee' : 'out') : kind === 'fee_rebate' ? 'rebate' : 'in'
  const { counterparty } = row.meaning
  const made: Writable<Meaning> = { kind, legs: [leg(role, row.symbol, row.change)] }
  if (counterparty !== undefined) made.counterparty = counterparty
  return made
}
