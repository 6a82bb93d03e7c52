import type { AccountSummary } from '../../../shared/contract/intake.ts'

type Dated = Pick<AccountSummary, 'first' | 'last' | 'events'>

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
