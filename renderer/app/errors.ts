import { ORPCError } from '@orpc/client'
import type { ErrorCode } from '../../shared/contract/primitives.ts'

/** The contract's code of a failed call, or null for one that the contract does not know. */
export function codeOf(error: unknown): ErrorCode | null {
  return error instanceof ORPCError && !isFault(error) ? (error.code as ErrorCode) : null
}

/**
 * An error in words a person can act on. The contract's errors bring their own text; anything else is a bug and says
 * what failed and that nothing was written by it.
 */
export function wordsOf(error: unknown): string {
  if (error instanceof ORPCError) {
    if (!isFault(error)) return error.message
    if (error.code === 'BAD_REQUEST') return `The engine did not accept what was entered${issuesOf(error.data)}.`
    return `The engine stopped at a fault of its own (${error.message}). Nothing was written by this step; the ledger is as it was before.`
  }
  if (error instanceof Error)
    return `The engine did not answer (${error.message}). Nothing was written by this step; reload the window to go on.`
  return 'The engine did not answer. Nothing was written by this step; reload the window to go on.'
}

/** Codes that the contract does not list: oRPC's own, for bugs. */
function isFault(error: ORPCError<string, unknown>): boolean {
  return !error.defined && (error.code === 'BAD_REQUEST' || error.code === 'INTERNAL_SERVER_ERROR')
}

function issuesOf(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return ''
  const issues: readonly unknown[] = data.issues
  const texts = issues.flatMap((issue) => {
    if (typeof issue !== 'object' || issue === null || !('message' in issue)) return []
    const where = 'path' in issue && Array.isArray(issue.path) ? issue.path.join(' ') : ''
    return [`${where}: ${String(issue.message)}`]
  })
  return texts.length > 0 ? ` (${texts.join('; ')})` : ''
}
