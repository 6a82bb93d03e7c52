/** Rows that say what was sent, what was received and what was charged, any of which may be missing. */
import type { Kind } from '../events/kinds.ts'
import { feeLegs, leg, type Meaning, swap } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { LegDraft } from './source-format.ts'
import { depositKind, withdrawalKind } from './trade-kind.ts'

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

const worth = ({ value }: Side) => (value === undefined ? {} : { value })

/** An exchange where both sides are there, otherwise a movement one way, a fee alone, or nothing but information. */
export function twoSided(
  row: RowCursor,
  sent: Side | null,
  received: Side | null,
  fee: Side | null = null,
  kinds: SidedKinds = {},
): Meaning {
  const isFiat = (symbol: string): boolean => row.isFiat(symbol)
  if (sent !== null && received !== null) {
    const made = swap(sent.symbol, sent.amount, received.symbol, received.amount, isFiat, fee?.amount, fee?.symbol)
    const [out, into, ...fees] = made.legs as [LegDraft, LegDraft, ...LegDraft[]]
    const legs = [{ ...out, ...worth(sent) }, { ...into, ...worth(received) }, ...fees]
    return { kind: kinds.both ?? made.kind, legs }
  }
  const side = received ?? sent
  if (side === null) {
    if (fee === null) return { kind: 'informational', legs: [] }
    return { kind: 'network_fee', legs: feeLegs(fee.symbol, fee.amount) }
  }
  const role = received === null ? 'out' : 'in'
  const fees = fee === null ? [] : feeLegs(fee.symbol, fee.amount, fee.symbol === side.symbol ? role : undefined)
  const named = role === 'in' ? kinds.in : kinds.out
  const kind = named ?? (role === 'in' ? depositKind : withdrawalKind)(isFiat(side.symbol))
  const legRole = kind === 'fee_rebate' ? 'rebate' : role
  return { kind, legs: [leg(legRole, side.symbol, side.amount, worth(side)), ...fees] }
}

/** Lines of text below a table: nothing but the first cell is filled. */
export function noteBelow(row: RowCursor): { readonly skip: string } | null {
  for (let i = 1; i < row.cells.length; i++) if ((row.cells[i] as string).trim() !== '') return null
  return { skip: 'a line of text beside the table' }
}
