/** Rows of wallets: one for each output of a transaction, or for each asset that it moved. */
import type { Kind } from '../events/kinds.ts'
import { type Meaning, type Part, together } from './legs.ts'
import type { JoinedRow } from './table-source.ts'

/** The parts of a row, of which either may be missing: rows wait by the thousand, and an array that is pushed to makes room for many. */
export function movedAndFee(moved: Part | null, fee: Part | null): readonly Part[] {
  if (moved === null) return fee === null ? [] : [fee]
  return fee === null ? [moved] : [moved, fee]
}

/** The parts of all rows. */
export function partsOf(rows: readonly JoinedRow[]): readonly Part[] {
  if (rows.length === 1) return (rows[0] as JoinedRow).parts
  const all: Part[] = []
  for (let i = 0; i < rows.length; i++) {
    const { parts } = rows[i] as JoinedRow
    for (let k = 0; k < parts.length; k++) all.push(parts[k] as Part)
  }
  return all
}

/**
 * The rows of one transaction: what arrived, what left, the fee. Only one way: a movement with another party; both ways: an
 * exchange; neither: the fee alone, of `feeKind`.
 */
export function movementOf(rows: readonly JoinedRow[], feeKind: Kind = 'network_fee'): Meaning {
  const made = together(partsOf(rows))
  const { legs } = made
  let hasOut = false
  let hasIn = false
  for (const { role } of legs) {
    if (role === 'out') hasOut = true
    else if (role === 'in') hasIn = true
  }
  if (hasOut && hasIn) return made
  if (hasOut) return { kind: 'unmatched_out', legs }
  if (hasIn) return { kind: 'unmatched_in', legs }
  return { kind: legs.length === 0 ? 'informational' : feeKind, legs }
}
