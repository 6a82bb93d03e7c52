import type { AccountSummary } from '../../../shared/contract/intake.ts'

type Dated = Pick<AccountSummary, 'first' | 'last' | 'events'>

/** The time from the first to the last event of all accounts; equal where nothing is dated. */
export function coverageOf(accounts: readonly Dated[]): { readonly from: number; readonly to: number } {
  const firsts = accounts.flatMap((account) => (account.first === null ? [] : [account.first]))
  const lasts = accounts.flatMap((account) => (account.last === null ? [] : [account.last]))
  if (firsts.length === 0 || lasts.length === 0) return { from: 0, to: 0 }
  return { from: Math.min(...firsts), to: Math.max(...lasts) }
}

/**
 * What to look at in an account's dates for a tax year, in one sentence, or null where nothing is amiss: an export that
 * ends inside the year may have been taken too early, one that begins inside it may lack the years before.
 */
export function gapOf(account: Dated, year: number, zone: string): string | null {
  if (account.events === 0 || account.first === null || account.last === null) return 'nothing read in yet'
  const first = yearIn(account.first, zone)
  const last = yearIn(account.last, zone)
  if (last < year) return `nothing after ${last}: closed?`
  if (first > year) return `begins only in ${first}`
  return null
}

function yearIn(instant: number, zone: string): number {
  return Number.parseInt(new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric' }).format(instant), 10)
}
