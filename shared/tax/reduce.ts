import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { dayOfDate } from '../events/civil-date.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { PartitionResult } from './compute-partition.ts'
import { LAST_DAY, type Law } from './law.ts'
import { openPoint } from './open-point.ts'
import type { YearRules } from './pack.ts'
import type { OpenPoint, YearTotals } from './result.ts'
import { statedYears, wealthOf } from './year-ends.ts'
import type { HeldSum, YearSlice } from './year-slice.ts'
import { isActive } from './year-slice.ts'
import type { YearSums } from './year-sums.ts'
import { addSlice, newYearSums, widen } from './year-sums.ts'
import { auFirstCarry, auYear } from './years/au.ts'
import { caFirstCarry, caYear } from './years/ca.ts'
import { deFirstCarry, deYear, settleGermanCarryBack } from './years/de.ts'
import { frFirstCarry, frYear } from './years/fr.ts'
import { gbFirstCarry, gbYear } from './years/gb.ts'
import { plainYear } from './years/plain.ts'
import { tableFirstCarry, tableYear } from './years/table.ts'
import { usFirstCarry, usYear } from './years/us.ts'
import type { Carried, FirstCarry, YearRule } from './years/year-rule.ts'

interface YearAlgorithm {
  readonly year: YearRule
  readonly first: FirstCarry
  /** What later years do to the totals of earlier ones, once all are known. */
  readonly after?: (totals: Map<number, YearTotals>) => void
}

/** The algorithms that make a year's totals, by the name that packs give. */
const YEAR_RULES: Readonly<Record<YearRules['rule'], YearAlgorithm>> = {
  plain: { year: plainYear, first: () => ({}) },
  us: { year: usYear, first: usFirstCarry },
  gb: { year: gbYear, first: gbFirstCarry },
  de: { year: deYear, first: deFirstCarry, after: settleGermanCarryBack },
  au: { year: auYear, first: auFirstCarry },
  ca: { year: caYear, first: caFirstCarry },
  fr: { year: frYear, first: frFirstCarry },
  table: { year: tableYear, first: tableFirstCarry },
}

export interface Reduced {
  readonly totals: ReadonlyMap<number, YearTotals>
  /** Open points that belong to no single partition. */
  readonly open: readonly OpenPoint[]
}

/** What is known of a year beside its partitions: a broker's form, or the asset of a row, says so. */
export interface YearFacts {
  /** Losses that a broker's form reports as not allowed. */
  readonly denied: { short: Money; long: Money }
  /** Long-term gain of collectibles. */
  collectible: Money
  readonly open: OpenPoint[]
}

export interface ReduceOptions {
  /** The first tax year that is not computed. */
  readonly until?: number
  readonly facts?: ReadonlyMap<number, YearFacts>
}

/** Stage two: the years of all partitions added up and put through the country's rule, one after the other. */
export function reduce(law: Law, results: Iterable<PartitionResult>, options: ReduceOptions = {}): Reduced {
  const until = options.until ?? Number.MAX_SAFE_INTEGER
  const slices: YearSlice[] = []
  for (const result of results) {
    for (const slice of result.slices.values()) if (slice.year < until && isActive(slice)) slices.push(slice)
  }
  const byYear = new Map<number, YearSums>()
  let first = Number.MAX_SAFE_INTEGER
  let last = Number.MIN_SAFE_INTEGER
  for (const slice of slices) {
    let sums = byYear.get(slice.year)
    if (sums === undefined) {
      sums = newYearSums(slice.year)
      byYear.set(slice.year, sums)
    }
    addSlice(sums, slice, law.family === 'portfolio')
    first = Math.min(first, slice.year)
    last = Math.max(last, slice.year)
  }
  const open: OpenPoint[] = []
  for (const [year, facts] of options.facts ?? []) {
    if (year >= until) continue
    const sums = byYear.get(year) ?? newYearSums(year)
    byYear.set(year, sums)
    addFacts(sums, facts)
    open.push(...facts.open)
    first = Math.min(first, year)
    last = Math.max(last, year)
  }
  const closings = law.asksForClosing ? closingsByYear(slices) : NO_CLOSINGS
  for (const year of statedYears(law)) {
    if (year >= until) continue
    first = Math.min(first, year)
    last = Math.max(last, year)
  }
  const { carryIn } = law.profile
  if (carryIn !== undefined && first !== Number.MAX_SAFE_INTEGER) first = Math.min(first, carryIn.year)

  const { year: yearRule, first: firstCarry, after } = YEAR_RULES[law.pack.year.rule]
  const totals = new Map<number, YearTotals>()
  let carried: Carried = {}
  for (let year = first; year <= last; year++) {
    if (carryIn?.year === year) carried = addCarried(carried, firstCarry(carryIn))
    const sums = byYear.get(year) ?? newYearSums(year)
    const wealth = wealthOf(law, closings, year)
    sums.wealth = wealth.wealth
    for (const draft of wealth.open) open.push(openPoint(draft, null, year))
    const outcome = yearRule(law, sums, law.profile.person[String(year)] ?? {}, carried)
    carried = outcome.carried
    const closing = law.asksForClosing ? { closing: [...(closings.get(year)?.values() ?? [])] } : {}
    totals.set(year, { ...outcome.totals, ...closing })
    for (const { fact, assumed } of outcome.missing) {
      open.push(yearPoint('person-fact-missing', year, `${fact}: ${assumed}`))
    }
    if (outcome.outsideTables) open.push(yearPoint('year-outside-tables', year, null))
    if (sums.assumedOrder) open.push(yearPoint('standing-order-assumed', year, assumedOrders(law, year)))
    for (const asset of sums.foreignMoney) {
      open.push({ ...yearPoint('foreign-money', year, null), asset })
    }
  }
  after?.(totals)
  for (const rule of law.overridden)
    open.push(openPoint({ code: 'fee-rule-overridden', effect: UNKNOWN, detail: rule }, null, null))
  open.push(...plansWithoutEffect(law))
  return { totals, open }
}

/** Plans for a change of scope that the law of the country, or of the scope chosen, does not have. */
function plansWithoutEffect({ pack, changeover, allocations, window, clock, yearOf }: Law): OpenPoint[] {
  if (pack.changeover !== undefined && changeover !== LAST_DAY) return []
  return allocations
    .filter(({ time }) => window === null || (time >= window.from && time < window.to))
    .map(({ id, time, asset }) =>
      openPoint({ code: 'allocation-without-effect', ...(asset ? { asset } : {}) }, id, yearOf(clock.dayAt(time))),
    )
}

function addFacts(sums: YearSums, { denied, collectible, open }: YearFacts): void {
  const all = denied.short + denied.long
  sums.denied = (sums.denied + all) as Money
  sums.gain = (sums.gain + all) as Money
  sums.losses = (sums.losses - all) as Money
  sums.short = (sums.short + denied.short) as Money
  sums.long = (sums.long + denied.long) as Money
  sums.collectible = (sums.collectible + collectible) as Money
  widen(sums, open)
}

const NO_CLOSINGS: ReadonlyMap<number, ReadonlyMap<AssetId, HeldSum>> = new Map()

/** What is held as each year ends, over all partitions. */
function closingsByYear(slices: readonly YearSlice[]): ReadonlyMap<number, ReadonlyMap<AssetId, HeldSum>> {
  const years = new Map<number, Map<AssetId, HeldSum>>()
  for (const { year, closing } of slices) {
    const held = years.get(year) ?? new Map<AssetId, HeldSum>()
    for (const sum of closing) held.set(sum.asset, sum)
    years.set(year, held)
  }
  return years
}

/** The orders that the profile asserts by the end of a tax year; first in, first out needs none. */
function assumedOrders({ profile: { method }, method: first, yearStart }: Law, year: number): string {
  if (method === undefined || typeof method === 'string') return first
  const asserted = method.filter((entry) => entry.method !== 'fifo' && dayOfDate(entry.from) < yearStart(year + 1))
  return [...new Set(asserted.map((entry) => entry.method))].join(', ') || first
}

const UNKNOWN = { low: null, high: null }

const yearPoint = (code: string, year: number, detail: string | null): OpenPoint =>
  openPoint({ code, effect: UNKNOWN, ...(detail === null ? {} : { detail }) }, null, year)

function addCarried(a: Carried, b: Carried): Carried {
  const sum: Record<string, NonNullable<Carried[string]>> = { ...a }
  for (const [name, value] of Object.entries(b)) sum[name] = ((sum[name] ?? ZERO_MONEY) + value) as typeof value
  return sum
}
