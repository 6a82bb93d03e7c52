import { compareEvents } from '../events/engine-order.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AssetId } from '../events/identifiers.ts'
import { AcbBasis } from './acb-basis.ts'
import type { Basis } from './basis.ts'
import type { AssetChangeover } from './changeover.ts'
import { FourWeeksBasis } from './four-weeks-basis.ts'
import type { EventContext } from './interpret/event-context.ts'
import { interpretEvent } from './interpret/interpret-event.ts'
import { Memory } from './interpret/memory.ts'
import type { Law } from './law.ts'
import { LotBasis } from './lot-basis.ts'
import { OldHoldingsBasis } from './old-holdings-basis.ts'
import type { Partition } from './partition.ts'
import { PoolBasis } from './pool-basis.ts'
import type { PortfolioStand } from './portfolio-basis.ts'
import { PortfolioBasis, sameHoldings, withState } from './portfolio-basis.ts'
import { replayPortfolio } from './portfolio-replay.ts'
import { Recorder } from './recorder.ts'
import type { Refusal } from './result.ts'
import { Section104Basis } from './section-104-basis.ts'
import { sameState, withAdded } from './state-copies.ts'
import { heldSums, stepUpCosts } from './year-ends.ts'
import type { YearSlice } from './year-slice.ts'
import { isActive, newYearSlice } from './year-slice.ts'
import { YearlyCostsBasis } from './yearly-costs-basis.ts'

/** The state of a partition as its year begins: what the basis holds, and what each year has got so far. */
export interface Checkpoint {
  readonly year: number
  readonly snapshot: unknown
  readonly slices: ReadonlyMap<number, YearSlice>
  readonly refusals: readonly Refusal[]
}

/** Stage one's result for one partition: what each year got, and what is held at the end. */
export interface PartitionResult {
  readonly slices: ReadonlyMap<number, YearSlice>
  /** In the order of years; empty for methods that only know their figures at the end. */
  readonly checkpoints: readonly Checkpoint[]
  readonly basis: Basis
  readonly refusals: readonly Refusal[]
}

export interface Previous {
  readonly result: PartitionResult
  readonly from: LedgerEvent
  readonly to: LedgerEvent
}

export interface PartitionOptions {
  /** The tax year that every partition is carried on to, so that a changeover reaches all of them. */
  readonly lastYear: number
  readonly keepCheckpoints?: boolean
  /** An earlier result that still holds before `from`, and whose events are the same after `to`. */
  readonly previous?: Previous
  /** Only events before this day are computed; the tax years go on to `lastYear`. */
  readonly until?: number
  /** Takes what each asset's changeover comes to. */
  readonly changeovers?: Map<AssetId, AssetChangeover>
  /** Polled now and then; true ends the computation with `null`. */
  readonly isCancelled?: () => boolean
}

const CANCEL_EVERY = 1000

const basisOf = (law: Law, record: Recorder, partition: Partition): Basis => {
  if (law.family === 's104') return new Section104Basis(law, record, partition.assets)
  if (law.family === 'costs') return new YearlyCostsBasis(law, record, partition.assets)
  if (law.family === 'portfolio') return new PortfolioBasis(law, record)
  const { superficialLosses } = law.pack
  if (superficialLosses !== undefined) return new AcbBasis(law, record, partition.assets, superficialLosses.days)
  if (law.pack.oldHoldings !== undefined) return new OldHoldingsBasis(law, record, partition.assets)
  if (law.family === 'average') return new PoolBasis(law, record, partition.assets)
  if (law.pack.recentFirst !== undefined) return new FourWeeksBasis(law, record, partition.assets)
  return new LotBasis(law, record, partition.assets)
}

/** Runs one partition's events through the law. Null where it was cancelled. */
export function computePartition(partition: Partition, law: Law, options: PartitionOptions): PartitionResult | null {
  const record = new Recorder(law)
  record.changeovers = options.changeovers ?? null
  const basis = basisOf(law, record, partition)
  const checkpoints: Checkpoint[] = []
  const { events } = partition
  const context: EventContext = { law, record, basis, memory: new Memory(), event: events[0] as LedgerEvent, day: 0 }
  let index = 0
  const { previous, until = Number.MAX_SAFE_INTEGER } = options

  const endYear = (): void => {
    basis.endYear()
    if (law.asksForClosing) record.slice.closing = heldSums(basis)
  }

  /** Begins a year. Gives the whole result where nothing is different from here on. */
  const startYear = (year: number): PartitionResult | null => {
    const before = record.year
    if (law.stopsEveryYear && before !== Number.MIN_SAFE_INTEGER && before < year - 1) {
      const joined = startYear(year - 1)
      return joined ?? startYear(year)
    }
    if (before !== Number.MIN_SAFE_INTEGER) endYear()
    const change = law.yearOf(law.changeover)
    if (record.year < change && change < year && record.year > Number.MIN_SAFE_INTEGER) {
      record.startYear(change)
      basis.startYear(change, law.yearStart(change))
    }
    record.startYear(year)
    basis.startYear(year, law.yearStart(year))
    stepUpCosts(law, basis, record, before, year)
    if (!options.keepCheckpoints || context.memory.isUsed) return null
    const snapshot = basis.snapshot()
    if (snapshot === null) return null
    const checkpoint = { year, snapshot, slices: record.freeze(), refusals: record.refusals.slice() }
    checkpoints.push(checkpoint)
    return previous === undefined ? null : joinedWith(previous, checkpoints, law)
  }

  const resumed = previous === undefined ? null : lastCheckpointBefore(previous, events, law, options.lastYear)
  if (resumed !== null && previous !== undefined) {
    for (const known of previous.result.checkpoints) if (known.year <= resumed.year) checkpoints.push(known)
    basis.restore(resumed.snapshot)
    record.resume(resumed.slices)
    record.refusals.push(...resumed.refusals)
    record.startYear(resumed.year)
    index = firstEventFrom(events, law, law.yearStart(resumed.year))
  }

  basis.foresee?.(events, index)
  for (; index < events.length; index++) {
    record.position = index
    if (index % CANCEL_EVERY === 0 && options.isCancelled?.()) return null
    const event = events[index] as LedgerEvent
    const day = law.clock.dayAt(event.time)
    if (day >= until) break
    const joined = record.entersNewYear(day) ? startYear(law.yearOf(day)) : null
    if (joined !== null) return joined
    context.event = event
    context.day = day
    record.begin(event, day)
    interpretEvent(context)
    record.endEvent()
  }
  const joined = events.length > 0 && record.year < options.lastYear ? startYear(options.lastYear) : null
  if (joined !== null) return joined
  if (events.length > 0) endYear()
  basis.finish()
  return { slices: record.slices, checkpoints, basis, refusals: record.refusals }
}

/**
 * Where the year just begun stands as it stood in the previous result, and no event has changed since, everything later
 * is as it was: the previous result's years, on top of what this computation made of the earlier ones.
 */
function joinedWith(previous: Previous, checkpoints: readonly Checkpoint[], law: Law): PartitionResult | null {
  const now = checkpoints[checkpoints.length - 1] as Checkpoint
  if (law.clock.dayAt(previous.to.time) >= law.yearStart(now.year)) return null
  const { result } = previous
  const then = result.checkpoints.find(({ year }) => year === now.year)
  if (then === undefined) return null
  if (law.family === 'portfolio') return replayedFrom(result, checkpoints, now, then, law)
  if (!sameState(now.snapshot, then.snapshot)) return null
  const slices = (final: ReadonlyMap<number, YearSlice>): ReadonlyMap<number, YearSlice> => {
    const years = new Map<number, YearSlice>()
    for (const year of new Set([...now.slices.keys(), ...final.keys()])) {
      const [own, old, last] = [now.slices.get(year), then.slices.get(year), final.get(year)]
      years.set(year, withAdded(own ?? newYearSlice(year), old ?? newYearSlice(year), last ?? newYearSlice(year)))
    }
    return years
  }
  const refusals = (final: readonly Refusal[]): readonly Refusal[] => withAdded(now.refusals, then.refusals, final)
  const later = result.checkpoints
    .filter(({ year }) => year > now.year)
    .map((known) => ({ ...known, slices: slices(known.slices), refusals: refusals(known.refusals) }))
  return {
    slices: slices(result.slices),
    checkpoints: [...checkpoints, ...later],
    basis: result.basis,
    refusals: refusals(result.refusals),
  }
}

/**
 * The later years of a portfolio that holds what it held, at another acquisition price: their disposals use up their
 * shares of that, and nothing has to be read again.
 */
function replayedFrom(
  result: PartitionResult,
  checkpoints: readonly Checkpoint[],
  now: Checkpoint,
  then: Checkpoint,
  law: Law,
): PartitionResult | null {
  const begun = [now, then].map(({ slices, year }) => slices.get(year))
  const same = result.basis instanceof PortfolioBasis && sameHoldings(now.snapshot, then.snapshot)
  const fractions = law.profile.positions['fr.gifts']?.some(({ choice }) => choice === 'fraction')
  const { carryIn } = law.profile
  // What is brought in at the start of a later year stands in no sum of the year before.
  if (carryIn !== undefined && carryIn.year > now.year) return null
  if (!same || fractions || begun.some((slice) => slice !== undefined && isActive(slice))) return null
  const later = [...result.slices.values()].filter(({ year }) => year >= now.year).sort((a, b) => a.year - b.year)
  const [stoodAt, standsAt] = [then, now].map(({ snapshot }) => (snapshot as PortfolioStand).state)
  if (stoodAt === undefined || standsAt === undefined) return null
  const replayed = replayPortfolio(later, stoodAt, standsAt)
  if (replayed === null) return null
  const slicesTo = (end: number): ReadonlyMap<number, YearSlice> => {
    const years = new Map<number, YearSlice>()
    for (const [year, slice] of now.slices) if (year < now.year) years.set(year, slice)
    for (const [year, slice] of replayed.slices) if (year < end) years.set(year, slice)
    return years
  }
  const refusals = (final: readonly Refusal[]): readonly Refusal[] => withAdded(now.refusals, then.refusals, final)
  let state = standsAt
  const known: Checkpoint[] = []
  for (const checkpoint of result.checkpoints) {
    if (checkpoint.year <= now.year) continue
    for (const [year, end] of replayed.ends) if (year < checkpoint.year) state = end
    known.push({
      year: checkpoint.year,
      snapshot: withState(checkpoint.snapshot, state),
      slices: slicesTo(checkpoint.year),
      refusals: refusals(checkpoint.refusals),
    })
  }
  for (const end of replayed.ends.values()) state = end
  return {
    slices: slicesTo(Number.MAX_SAFE_INTEGER),
    checkpoints: [...checkpoints, ...known],
    basis: (result.basis as PortfolioBasis).at(state),
    refusals: refusals(result.refusals),
  }
}

/**
 * The latest checkpoint that no change can have touched: its year began no later than the changed event's, and it lies
 * between the first event that is left and the last year.
 */
function lastCheckpointBefore(
  previous: Previous,
  events: readonly LedgerEvent[],
  law: Law,
  lastYear: number,
): Checkpoint | null {
  // Where a law looks ahead, what is that long before a change is touched by it.
  const reach = law.pack.superficialLosses?.days ?? 0
  const year = Math.min(law.yearOf(law.clock.dayAt(previous.from.time) - reach), lastYear)
  // A plan's deadline hangs on what comes after the changeover, which its checkpoint has behind it.
  const last = law.allocations.length === 0 ? year : Math.min(year, law.yearOf(law.changeover) - 1)
  const first = events[0] === undefined ? Number.MAX_SAFE_INTEGER : law.yearOf(law.clock.dayAt(events[0].time))
  let best: Checkpoint | null = null
  for (const checkpoint of previous.result.checkpoints) {
    if (first <= checkpoint.year && checkpoint.year <= last) best = checkpoint
  }
  return best
}

function firstEventFrom(events: readonly LedgerEvent[], law: Law, day: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (law.clock.dayAt((events[middle] as LedgerEvent).time) < day) low = middle + 1
    else high = middle
  }
  return low
}

/** Where an event is, or would be, in a list in engine order. */
export function placeOf(events: readonly LedgerEvent[], event: LedgerEvent): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareEvents(events[middle] as LedgerEvent, event) < 0) low = middle + 1
    else high = middle
  }
  return low
}
