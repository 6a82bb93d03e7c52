/** Rows of wallets: one for each output of a transaction, or for each asset that it moved. */
import type { Kind } from '../events/kinds.ts'
import { type Meaning, together } from './legs.ts'
import type { JoinedRow } from './table-source.ts'

/**
 * The rows of one transaction: what arrived, what left, the fee. Only one way: a movement with another party; both ways: an
 * exchange; neither: the fee alone, of `feeKind`.
 */
export function movementOf(rows: readonly JoinedRow[], feeKind: Kind = 'network_fee'): Meaning {
  const made = together(rows.flatMap((row) => row.parts))
  const hasOut = made.legs.some(({ role }) => role === 'out')
  const hasIn = made.legs.some(({ role }) => role === 'in')
  if (hasOut && hasIn) return made
  if (hasOut) return { kind: 'unmatched_out', legs: made.legs }
  if (hasIn) return { kind: 'unmatched_in', legs: made.legs }
  return { kind: made.legs.length === 0 ? 'informational' : feeKind, legs: made.legs }
}
