import type { Account, Asset } from '../events/account.ts'
import { inEngineOrder } from '../events/engine-order.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { BrokerForm, Prices, Profile } from '../events/interchange-types.ts'
import type { PartitionResult } from './compute-partition.ts'
import { computePartition } from './compute-partition.ts'
import type { Concluded } from './conclude.ts'
import { conclude } from './conclude.ts'
import type { Law } from './law.ts'
import { RULING_KINDS, settleLaw } from './law.ts'
import { checkEvents, partitionEvents } from './partition.ts'
import type { ComputeOne } from './residence.ts'
import { computeParts, residenceChanges } from './residence.ts'
import type {
  CostRow,
  DisposalRow,
  HeldLot,
  IncomeRow,
  OpenPoint,
  PoolBalance,
  PortfolioState,
  TaxOutcome,
  TaxResult,
  TransferOutRow,
} from './result.ts'
import { ENGINE_VERSION } from './result.ts'

/** Everything a computation reads. An interchange document is one; `inputHash` is the caller's, for the record. */
export interface TaxInput {
  readonly profile: Profile
  readonly accounts: readonly Account[]
  readonly assets: readonly Asset[]
  readonly events: readonly LedgerEvent[]
  readonly prices: Prices
  readonly brokerForms?: readonly BrokerForm[]
  readonly inputHash?: string
}

/**
 * Computes lots, disposals, income and totals for a whole history under the profile's law. Pure: the same input gives
 * the same result, whatever the order of its events and wherever it runs. Refuses, with words for each reason, a country
 * or method it does not know and undeclared accounts and assets; named lots that are not there and allocations that the
 * rule does not allow block their tax year and the later ones, and refuse the whole where no year is left. Where the
 * person moved, the result is the first country's, with all of them in `residence`.
 */
export function compute(input: TaxInput): TaxOutcome {
  const changes = residenceChanges(input.events)
  return changes.length === 0 ? computeOne(input) : computeParts(input, changes, computeOne)
}

const computeOne: ComputeOne = (input) => {
  const settled = settleLaw({ ...input, ruling: input.events.filter((event) => RULING_KINDS.has(event.kind)) })
  if (!settled.ok) return settled
  const { law } = settled
  const invalid = checkEvents(input.events, law)
  if (invalid.length > 0) return { ok: false, refusals: invalid }
  const events = inEngineOrder(input.events)
  const lastYear = lastYearOf(events, law)
  const results: PartitionResult[] = []
  for (const partition of partitionEvents(events, law)) {
    const result = computePartition(partition, law, { lastYear })
    if (result === null) continue
    results.push(result)
  }
  const outcome = conclude(law, results, input.brokerForms)
  if (!outcome.ok) return outcome
  return { ok: true, result: assemble(law, results, outcome.concluded, input.inputHash ?? '') }
}

/** The tax year of the last event; of an empty history none. */
export const lastYearOf = (ordered: readonly LedgerEvent[], law: Law): number => {
  const last = ordered[ordered.length - 1]
  if (last === undefined) return Number.MIN_SAFE_INTEGER
  return Math.max(law.yearOf(law.clock.dayAt(last.time)), law.wealthUntil)
}

/** Puts the partitions' years together into one result, rows in the order of their time, then event and asset. */
export function assemble(
  law: Law,
  results: readonly PartitionResult[],
  { reduced, until, entries, blocked, brokerForms }: Concluded,
  inputHash: string,
): TaxResult {
  const disposals: DisposalRow[] = []
  const income: IncomeRow[] = []
  const transfersOut: TransferOutRow[] = []
  const costs: CostRow[] = []
  const open: OpenPoint[] = [...reduced.open]
  const lots: HeldLot[] = []
  const pools: PoolBalance[] = []
  let portfolio: PortfolioState | undefined
  for (const result of results) {
    for (const slice of result.slices.values()) {
      if (slice.year >= until) continue
      for (const row of slice.rows) disposals.push(row)
      for (const row of slice.incomeRows) income.push(row)
      for (const row of slice.out) transfersOut.push(row)
      for (const row of slice.costs) costs.push(row)
      for (const point of slice.open) open.push(point)
    }
    // What is held at the end is known only where nothing was refused on the way.
    if (result.refusals.length > 0) continue
    for (const lot of result.basis.heldLots()) lots.push(lot)
    for (const pool of result.basis.pools()) pools.push(pool)
    portfolio = result.basis.portfolio?.() ?? portfolio
  }
  return {
    engine: ENGINE_VERSION,
    inputHash,
    jurisdiction: law.pack.id,
    currency: law.profile.currency,
    zone: law.profile.zone,
    method: law.method,
    disposals: withEntries(disposals.sort(byTime), entries),
    income: income.sort(byTime),
    transfersOut: transfersOut.sort(byTime),
    ...(costs.length === 0 ? {} : { costs: costs.sort(byTime) }),
    lots: lots.sort(byHolding),
    pools: pools.sort((a, b) => compareText(a.asset, b.asset) || compareText(a.account ?? '', b.account ?? '')),
    ...(portfolio === undefined ? {} : { portfolio }),
    totals: reduced.totals,
    open: open.sort(
      (a, b) =>
        (a.taxYear ?? 0) - (b.taxYear ?? 0) ||
        compareText(a.event ?? '', b.event ?? '') ||
        compareText(a.code, b.code) ||
        compareText(a.asset ?? '', b.asset ?? ''),
    ),
    blocked,
    brokerForms,
    residence: [],
  }
}

const withEntries = (rows: DisposalRow[], entries: Concluded['entries']): readonly DisposalRow[] =>
  entries.size === 0 ? rows : rows.map((row) => ({ ...row, ...entries.get(row) }))

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Rows of one event and asset keep the order in which they were made: sorting is stable. */
const byTime = (
  a: { readonly time: number; readonly event: string; readonly asset: string },
  b: { readonly time: number; readonly event: string; readonly asset: string },
): number => a.time - b.time || compareText(a.event, b.event) || compareText(a.asset, b.asset)

const byHolding = (a: HeldLot, b: HeldLot): number =>
  compareText(a.asset, b.asset) ||
  compareText(a.account ?? '', b.account ?? '') ||
  a.chain.time - b.chain.time ||
  a.chain.sequence - b.chain.sequence
