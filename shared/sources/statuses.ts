/** Words of a status column: what was carried out, what never was, and what nobody has told us about. */
import type { CellProblem } from './cells.ts'

const NEVER_HAPPENED: ReadonlySet<string> = new Set([
  'active',
  'awaiting approval',
  'cancelled',
  'canceled',
  'cancelled by user',
  'declined',
  'denied',
  'email sent',
  'error',
  'expired',
  'fail',
  'failed',
  'failure',
  'in progress',
  'initiated',
  'new',
  'open',
  'pending',
  'processing',
  'refused',
  'rejected',
  'reversed',
  'reverted',
  'returned',
  'timeout',
  'under review',
  'unconfirmed',
  'unpaid',
  'unsuccessful',
  'user rejected',
  'waiting',
  'wait',
])

/** The reason to skip a row that never happened. */
export const neverMoved = (status: string): { readonly skip: string } => ({
  skip: `its status is “${status.slice(0, 40)}”: nothing was moved`,
})

/**
 * Reads a status: null where it is one of `done` (in small letters) or blank, a reason to skip the row where it never
 * happened, a problem where the word is new.
 */
export function unlessDone(
  status: string,
  done: ReadonlySet<string>,
  column: string,
): { readonly skip: string } | CellProblem | null {
  const word = status.toLowerCase()
  if (word === '' || done.has(word)) return null
  const shown = `“${status.slice(0, 40)}”`
  if (NEVER_HAPPENED.has(word)) return neverMoved(status)
  return { reason: `the status ${shown} is not known to this reader`, column }
}
