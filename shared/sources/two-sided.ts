/** Rows that say what was sent, what was received and what was charged, any of which may be missing. */
import type { Amount } from '../amount/amount.ts'
import type { Kind } from '../events/kinds.ts'
import { size } from './cells.ts'
import { feeLegs, type Meaning } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { LegDraft, Writable } from './source-format.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'

export interface Side {
  readonly symbol: string
  readonly amount: bigint
  readonly value?: LegDraft['value']
}

/** |amount| and symbol of two cells; null where the amount is blank or nothing. */
export function sideOf(row: RowCursor, amountAt: Column, symbolAt: Column): Side | null {
  const amount = row.size(amountAt)
  return amount === 0n ? null : { symbol: row.symbol(symbolAt), amount }
}

/** What the source calls a movement of one side, or an exchange; by default what the sides show. */
export interface SidedKinds {
  readonly in?: Kind
  readonly out?: Kind
  readonly both?: Kind
}

/** A leg of |amount|, with what it was worth where that is said. */
export function valuedLeg(role: LegDraft['role'], { symbol, amount, value }: Side): LegDraft {
  const made: Writable<LegDraft> = { role, asset: { symbol }, amount: size(amount as Amount) }
  if (value !== undefined) made.value = value
  return made
}

/** An exchange where both sides are there, otherwise a movement one way, a fee alone, or nothing but information. */
export function twoSided(
  row: RowCursor,
  sent: Side | null,
  received: Side | null,
  fee: Side | null = null,
  kinds: SidedKinds = NO_KINDS,
): Writable<Meaning> {
  if (sent !== null && received !== null) {
    const out = valuedLeg('out', sent)
    const into = valuedLeg('in', received)
    const kind = kinds.both ?? tradeKind(row.isFiat(sent.symbol), row.isFiat(received.symbol))
    if (fee === null || fee.amount === 0n) return { kind, legs: [out, into] }
    const on = fee.symbol === sent.symbol ? 'out' : fee.symbol === received.symbol ? 'in' : undefined
    return { kind, legs: [out, into, ...feeLegs(fee.symbol, fee.amount, on)] }
  }
  const side = received ?? sent
  if (side === null) {
    if (fee === null) return { kind: 'informational', legs: [] }
    return { kind: 'network_fee', legs: feeLegs(fee.symbol, fee.amount) }
  }
  const role = received === null ? 'out' : 'in'
  const named = role === 'in' ? kinds.in : kinds.out
  const kind = named ?? (role === 'in' ? depositKind : withdrawalKind)(row.isFiat(side.symbol))
  const moved = valuedLeg(kind === 'fee_rebate' ? 'rebate' : role, side)
  if (fee === null || fee.amount === 0n) return { kind, legs: [moved] }
  return { kind, legs: [moved, ...feeLegs(fee.symbol, fee.amount, fee.symbol === side.symbol ? role : undefined)] }
}

const NO_KINDS: SidedKinds = {}

/** Lines of text below a table: nothing but the first cell is filled. */
export function noteBelow(row: RowCursor): { readonly skip: string } | null {
  const { source } = row
  for (let i = 1; i < source.count; i++) if (source.cell(i) !== '') return null
  return { skip: 'a line of text beside the table' }
}
