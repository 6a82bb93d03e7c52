/** Words of a status column: what was carried out, what never was, and what nobody has told us about. */
import type { CellProblem } from './cells.ts'
import { remembered } from './word-table.ts'

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

/** For each set of words that mean done: is a status one of them, or blank? */
const doneBy = new Map<ReadonlySet<string>, (status: string) => boolean>()

function isDone(status: string, done: ReadonlySet<string>): boolean {
  const known = doneBy.get(done)
  if (known !== undefined) return known(status)
  const answer = remembered((text) => text === '' || done.has(text.toLowerCase()))
  doneBy.set(done, answer)
  return answer(status)
}

/**
 * Reads a status: null where it is one of `done` (in small letters) or blank, a reason to skip the row where it never
 * happened, a problem where the word is new.
 */
export function unlessDone(
  status: string,
  done: ReadonlySet<string>,
  column: string,
): { readonly skip: string } | CellProblem | null {
  if (isDone(status, done)) return null
  if (NEVER_HAPPENED.has(status.toLowerCase())) return neverMoved(status)
  return { reason: `the status “${status.slice(0, 40)}” is not known to this reader`, column }
}
