import { compareEvents } from '../events/engine-order.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { Basis } from './basis.ts'
import type { EventContext } from './interpret/event-context.ts'
import { interpretEvent } from './interpret/interpret-event.ts'
import type { Law } from './law.ts'
import { LotBasis } from './lot-basis.ts'
import type { Partition } from './partition.ts'
import { PoolBasis } from './pool-basis.ts'
import { Recorder } from './recorder.ts'
import type { Refusal } from './result.ts'
import { Section104Basis } from './section-104-basis.ts'
import type { YearSlice } from './year-slice.ts'

/** The state of a partition as its year begins. */
export interface Checkpoint {
  readonly year: number
  readonly snapshot: unknown
}

/** Stage one's result for one partition: what each year got, and what is held at the end. */
export interface PartitionResult {
  readonly slices: ReadonlyMap<number, YearSlice>
  /** In the order of years; empty for methods that only know their figures at the end. */
  readonly checkpoints: readonly Checkpoint[]
  readonly basis: Basis
  readonly refusals: readonly Refusal[]
}

export interface PartitionOptions {
  /** The tax year that every partition is carried on to, so that a changeover reaches all of them. */
  readonly lastYear: number
  readonly keepCheckpoints?: boolean
  /** An earlier result that still holds before `from`: only what comes later is computed. */
  readonly previous?: { readonly result: PartitionResult; readonly from: LedgerEvent }
  /** Polled now and then; true ends the computation with `null`. */
  readonly isCancelled?: () => boolean
}

const CANCEL_EVERY = 1000

const basisOf = (law: Law, record: Recorder, partition: Partition): Basis => {
  if (law.family === 's104') return new Section104Basis(law, record, partition.assets)
  if (law.family === 'average') return new PoolBasis(law, record, partition.assets)
  return new LotBasis(law, record, partition.assets)
}

/** Runs one partition's events through the law. Null where it was cancelled. */
export function computePartition(partition: Partition, law: Law, options: PartitionOptions): PartitionResult | null {
  const record = new Recorder(law)
  const basis = basisOf(law, record, partition)
  const checkpoints: Checkpoint[] = []
  const { events } = partition
  const context: EventContext = { law, record, basis, event: events[0] as LedgerEvent, day: 0 }
  let index = 0

  const startYear = (year: number): void => {
    if (record.year !== Number.MIN_SAFE_INTEGER) basis.endYear()
    const change = law.yearOf(law.changeover)
    if (record.year < change && change < year && record.year > Number.MIN_SAFE_INTEGER) {
      record.startYear(change)
      basis.startYear(change, law.yearStart(change))
    }
    record.startYear(year)
    basis.startYear(year, law.yearStart(year))
    if (options.keepCheckpoints) {
      const snapshot = basis.snapshot()
      if (snapshot !== null) checkpoints.push({ year, snapshot })
    }
  }

  const resumed = options.previous === undefined ? null : lastCheckpointBefore(options.previous, law)
  if (resumed !== null && options.previous !== undefined) {
    const { result } = options.previous
    for (const [year, slice] of result.slices) if (year < resumed.year) record.slices.set(year, slice)
    for (const known of result.checkpoints) if (known.year <= resumed.year) checkpoints.push(known)
    basis.restore(resumed.snapshot)
    record.startYear(resumed.year)
    const first = law.yearStart(resumed.year)
    index = firstEventFrom(events, law, first)
    reopenChangeover(result, record, resumed.year)
  }

  for (; index < events.length; index++) {
    if (index % CANCEL_EVERY === 0 && options.isCancelled?.()) return null
    const event = events[index] as LedgerEvent
    const day = law.clock.dayAt(event.time)
    if (record.entersNewYear(day)) startYear(law.yearOf(day))
    context.event = event
    context.day = day
    record.begin(event, day)
    interpretEvent(context)
    record.endEvent()
  }
  if (events.length > 0 && record.year < options.lastYear) startYear(options.lastYear)
  if (events.length > 0) basis.endYear()
  basis.finish()
  return { slices: record.slices, checkpoints, basis, refusals: record.refusals }
}

/** What a year's beginning itself left open belongs to the checkpoint, and stays when the year is computed again. */
function reopenChangeover(result: PartitionResult, record: Recorder, year: number): void {
  for (const point of result.slices.get(year)?.open ?? []) {
    if (point.code === 'changeover-unplanned') record.slice.open.push(point)
  }
}

/** The latest checkpoint that no change can have touched: its year began no later than the changed event's. */
function lastCheckpointBefore(
  previous: { readonly result: PartitionResult; readonly from: LedgerEvent },
  law: Law,
): Checkpoint | null {
  const year = law.yearOf(law.clock.dayAt(previous.from.time))
  let best: Checkpoint | null = null
  for (const checkpoint of previous.result.checkpoints) if (checkpoint.year <= year) best = checkpoint
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
