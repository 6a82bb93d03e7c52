import type { BrokerForm } from '../events/interchange-types.ts'
import type { PartitionResult } from './compute-partition.ts'
import { readRows } from './forms/form-entries.ts'
import type { Law } from './law.ts'
import type { Reduced } from './reduce.ts'
import { reduce } from './reduce.ts'
import type { BlockedYear, BrokerFormStatus, DisposalRow, FormEntry, Refusal } from './result.ts'
import { isActive } from './year-slice.ts'

/** What all partitions together come to, for the years that can be computed. */
export interface Concluded {
  readonly reduced: Reduced
  readonly blocked: readonly BlockedYear[]
  /** The first tax year that is not computed; beyond all years where none is blocked. */
  readonly until: number
  /** Columns of the form that differ from the row's own figures, by row. */
  readonly entries: ReadonlyMap<DisposalRow, RowChange>
  readonly brokerForms: readonly BrokerFormStatus[]
}

export type RowChange = Pick<DisposalRow, 'box' | 'gain'> & { readonly entry: FormEntry }

export type ConcludeOutcome =
  | { readonly ok: true; readonly concluded: Concluded }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/**
 * Adds the partitions up, year by year. A refusal that concerns a year blocks it and every later one; the years before
 * stand. Where it leaves no year in which anything happened, the whole is refused.
 */
export function conclude(
  law: Law,
  results: readonly PartitionResult[],
  forms: readonly BrokerForm[] = [],
): ConcludeOutcome {
  const refusals = results.flatMap((result) => result.refusals)
  let until = Number.MAX_SAFE_INTEGER
  for (const { taxYear } of refusals) until = Math.min(until, taxYear ?? Number.MIN_SAFE_INTEGER)
  const years = new Set<number>()
  for (const { slices } of results) {
    for (const slice of slices.values()) if (isActive(slice)) years.add(slice.year)
  }
  if (refusals.length > 0 && ![...years].some((year) => year < until)) return { ok: false, refusals }
  const facts = readRows(law, results, forms, until)
  return {
    ok: true,
    concluded: {
      reduced: reduce(law, results, { until, facts: facts.years }),
      blocked: blockedYears(refusals, years, until),
      until,
      entries: facts.entries,
      brokerForms: facts.forms,
    },
  }
}

function blockedYears(refusals: readonly Refusal[], years: ReadonlySet<number>, until: number): BlockedYear[] {
  if (refusals.length === 0) return []
  const all = new Set([...years].filter((year) => year >= until))
  for (const { taxYear } of refusals) if (taxYear !== undefined) all.add(taxYear)
  return [...all]
    .sort((a, b) => a - b)
    .map((year) => ({ year, refusals: refusals.filter(({ taxYear }) => taxYear === undefined || taxYear <= year) }))
}
