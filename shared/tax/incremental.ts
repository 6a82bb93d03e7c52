import { compareEvents, inEngineOrder } from '../events/engine-order.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { TaxInput } from './compute.ts'
import { assemble, compute, lastYearOf } from './compute.ts'
import type { PartitionResult } from './compute-partition.ts'
import { computePartition, placeOf } from './compute-partition.ts'
import type { ConcludeOutcome } from './conclude.ts'
import { conclude } from './conclude.ts'
import type { Law } from './law.ts'
import { RULING_KINDS, settleLaw } from './law.ts'
import type { Partition } from './partition.ts'
import { checkEvents, joinedAssets, partitionEvents, touchedAssets } from './partition.ts'
import type { Reduced } from './reduce.ts'
import type { BlockedYear, OpenPoint, Refusal, ResidencePart, TaxOutcome } from './result.ts'

/** The totals after a change, or why there are none. */
export type TotalsOutcome =
  | { readonly ok: true; readonly reduced: Reduced; readonly blocked: readonly BlockedYear[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

interface Held {
  partition: Partition
  result: PartitionResult
}

/**
 * A computation that stays: it keeps the events by partition with a checkpoint at the beginning of each of their years,
 * so that a change computes again its own partitions only, from the year it falls in. What it gives is what `compute`
 * would give for the changed history.
 */
export interface IncrementalTax {
  readonly law: Law
  /** The totals as they are. */
  totals(): TotalsOutcome
  /** The open points as they are, in no order; none where there are no totals. */
  open(): readonly OpenPoint[]
  /** Each country's part of a person who moved; else empty. */
  residence(): readonly ResidencePart[]
  /** The whole result, rows and all. */
  result(inputHash?: string): TaxOutcome
  /**
   * Takes events out and puts others in: a decision replaces an event by its changed self. `removed` are the very
   * events, or equals of the same id, time and order, that are held. Undeclared accounts and assets are refused, and
   * nothing is changed.
   */
  replaceEvents(removed: readonly LedgerEvent[], added: readonly LedgerEvent[]): TotalsOutcome
}

export type IncrementalOutcome =
  | { readonly ok: true; readonly tax: IncrementalTax }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Computes a history once and keeps it ready for changes. `isCancelled` is polled; where it says so, `null`. */
export function createIncremental(input: TaxInput, isCancelled?: () => boolean): IncrementalOutcome | null {
  const ruling = inEngineOrder(input.events.filter((event) => RULING_KINDS.has(event.kind)))
  const settled = settleLaw({ ...input, ruling })
  if (!settled.ok) return settled
  const invalid = checkEvents(input.events, settled.law)
  if (invalid.length > 0) return { ok: false, refusals: invalid }
  const tax = new Incremental(input, settled.law, ruling)
  if (!tax.computeAll(inEngineOrder(input.events), isCancelled)) return null
  return { ok: true, tax }
}

class Incremental implements IncrementalTax {
  law: Law
  private readonly input: TaxInput
  private ruling: LedgerEvent[]
  private held: Held[] = []
  private whole: TaxOutcome | null = null
  private concluded: ConcludeOutcome | null = null
  private byAsset = new Map<AssetId, Held>()
  /** Events that are in no partition, in engine order: they still say how far the history reaches. */
  private loose: LedgerEvent[] = []
  private lastYear = Number.MIN_SAFE_INTEGER
  /** How many events join the same assets, by those assets. */
  private joins = new Map<string, number>()

  constructor(input: TaxInput, law: Law, ruling: LedgerEvent[]) {
    this.input = input
    this.law = law
    this.ruling = ruling
  }

  /** Computes everything anew. False where it was cancelled, and then nothing was changed but the counts. */
  computeAll(events: readonly LedgerEvent[], isCancelled?: () => boolean): boolean {
    const { law } = this
    this.lastYear = lastYearOf(events, law)
    this.joins = new Map()
    for (const event of events) this.countJoin(event, 1)
    const held: Held[] = []
    for (const partition of partitionEvents(events, law)) {
      const result = computePartition(partition, law, {
        lastYear: this.lastYear,
        keepCheckpoints: true,
        ...(isCancelled === undefined ? {} : { isCancelled }),
      })
      if (result === null) return false
      held.push({ partition, result })
    }
    this.hold(held)
    this.loose = events.filter((event) => this.isLoose(event))
    return true
  }

  totals(): TotalsOutcome {
    const whole = this.wholeResult()
    if (whole !== null) {
      if (!whole.ok) return whole
      const { totals, open, blocked } = whole.result
      return { ok: true, reduced: { totals, open }, blocked }
    }
    const outcome = this.conclude()
    if (!outcome.ok) return outcome
    const { reduced, blocked } = outcome.concluded
    return { ok: true, reduced, blocked }
  }

  /** The result of a person who moved, which is computed country by country; null of one who did not. */
  private wholeResult(): TaxOutcome | null {
    if (!this.ruling.some((event) => event.kind === 'residence_change')) return null
    this.whole ??= compute({ ...this.input, events: this.eventsWith([], []) })
    return this.whole
  }

  private conclude(): ConcludeOutcome {
    this.concluded ??= conclude(this.law, this.results(), this.input.brokerForms)
    return this.concluded
  }

  open(): readonly OpenPoint[] {
    const whole = this.wholeResult()
    if (whole !== null) return whole.ok ? whole.result.open : []
    const outcome = this.conclude()
    if (!outcome.ok) return []
    const { reduced, until } = outcome.concluded
    const slices = this.held.flatMap(({ result }) => [...result.slices.values()])
    return [...reduced.open, ...slices.filter(({ year }) => year < until).flatMap(({ open }) => open)]
  }

  residence(): readonly ResidencePart[] {
    const whole = this.wholeResult()
    return whole?.ok ? whole.result.residence : []
  }

  result(inputHash = ''): TaxOutcome {
    const whole = this.wholeResult()
    if (whole !== null) return whole.ok ? { ok: true, result: { ...whole.result, inputHash } } : whole
    const outcome = this.conclude()
    if (!outcome.ok) return outcome
    return { ok: true, result: assemble(this.law, this.results(), outcome.concluded, inputHash) }
  }

  replaceEvents(removed: readonly LedgerEvent[], added: readonly LedgerEvent[]): TotalsOutcome {
    this.whole = null
    this.concluded = null
    const invalid = checkEvents(added, this.law)
    if (invalid.length > 0) return { ok: false, refusals: invalid }
    if ([...removed, ...added].some((event) => RULING_KINDS.has(event.kind))) return this.replaceRuling(removed, added)
    if (this.changesStructure(removed, added)) {
      this.computeAll(this.eventsWith(removed, added))
      return this.totals()
    }
    const touched = new Map<Held, Touched>()
    for (const event of removed) {
      if (this.isLoose(event)) takeOut(this.loose, event)
      for (const held of this.holdersOf(event)) if (takeOut(held.partition.events, event)) note(touched, held, event)
    }
    for (const event of added) {
      if (this.isLoose(event)) this.loose.splice(placeOf(this.loose, event), 0, event)
      for (const held of this.holdersOf(event)) {
        const { events } = held.partition
        events.splice(placeOf(events, event), 0, event)
        if (event.precision === 'day') keepChains(events)
        note(touched, held, event)
      }
    }
    const before = this.lastYear
    this.lastYear = this.heldLastYear()
    // A checkpoint beyond the changeover says nothing about a history that now ends before it.
    const crossed = this.reachesElsewhere(before)
    for (const held of crossed ? this.held : touched.keys()) {
      const changed = crossed ? undefined : touched.get(held)
      const result = computePartition(held.partition, this.law, {
        lastYear: this.lastYear,
        keepCheckpoints: true,
        ...(changed === undefined ? {} : { previous: { result: held.result, ...changed } }),
      })
      if (result !== null) held.result = result
    }
    if (this.held.some(({ partition }) => partition.events.length === 0)) {
      this.hold(this.held.filter(({ partition }) => partition.events.length > 0))
    }
    return this.totals()
  }

  /** Events that rule over others change the law itself. */
  private replaceRuling(removed: readonly LedgerEvent[], added: readonly LedgerEvent[]): TotalsOutcome {
    const events = this.eventsWith(removed, added)
    const ruling = events.filter((event) => RULING_KINDS.has(event.kind))
    const settled = settleLaw({ ...this.input, ruling })
    if (!settled.ok) return settled
    this.law = settled.law
    this.ruling = ruling
    this.computeAll(events)
    return this.totals()
  }

  private results(): PartitionResult[] {
    return this.held.map(({ result }) => result)
  }

  private hold(held: Held[]): void {
    this.held = held
    this.byAsset = new Map()
    for (const one of held) for (const asset of one.partition.assets) this.byAsset.set(asset, one)
  }

  private holdersOf(event: LedgerEvent): Set<Held> {
    const assets: AssetId[] = []
    touchedAssets(event, this.law, assets)
    return new Set(assets.map((asset) => this.byAsset.get(asset)).filter((held) => held !== undefined))
  }

  private isLoose(event: LedgerEvent): boolean {
    return !RULING_KINDS.has(event.kind) && this.holdersOf(event).size === 0
  }

  /** Does the change join assets that are apart, part what one event alone joined, or bring an asset nobody holds. */
  private changesStructure(removed: readonly LedgerEvent[], added: readonly LedgerEvent[]): boolean {
    const counts = new Map<string, number>()
    const count = (event: LedgerEvent, by: number): void => {
      const key = joinKey(joinedAssets(event, this.law))
      if (key !== null) counts.set(key, (counts.get(key) ?? this.joins.get(key) ?? 0) + by)
    }
    for (const event of added) count(event, 1)
    for (const event of removed) count(event, -1)
    for (const [key, times] of counts) if (times > 0 !== (this.joins.get(key) ?? 0) > 0) return true
    for (const [key, times] of counts) this.joins.set(key, times)
    const assets: AssetId[] = []
    for (const event of added) touchedAssets(event, this.law, assets)
    return assets.some((asset) => !this.byAsset.has(asset))
  }

  private countJoin(event: LedgerEvent, by: number): void {
    const key = joinKey(joinedAssets(event, this.law))
    if (key !== null) this.joins.set(key, (this.joins.get(key) ?? 0) + by)
  }

  private eventsWith(removed: readonly LedgerEvent[], added: readonly LedgerEvent[]): LedgerEvent[] {
    const gone = new Set(removed.map((event) => event.id))
    const all = new Set<LedgerEvent>([...this.ruling, ...this.loose])
    for (const { partition } of this.held) for (const event of partition.events) all.add(event)
    return inEngineOrder([...[...all].filter((event) => !gone.has(event.id)), ...added])
  }

  private heldLastYear(): number {
    const lists = [this.loose, this.ruling, ...this.held.map(({ partition }) => partition.events)]
    let last: LedgerEvent | undefined
    for (const events of lists) {
      const own = events[events.length - 1]
      if (own !== undefined && (last === undefined || own.time > last.time)) last = own
    }
    return last === undefined ? Number.MIN_SAFE_INTEGER : lastYearOf([last], this.law)
  }

  /**
   * Did the last year move over the change of scope, or at all where every year's end is looked at: then every partition
   * has to reach as far, and none further.
   */
  private reachesElsewhere(before: number): boolean {
    if (this.law.stopsEveryYear) return before !== this.lastYear
    const change = this.law.yearOf(this.law.changeover)
    return before < change !== this.lastYear < change
  }
}

const joinKey = (assets: readonly AssetId[]): string | null =>
  assets.length < 2 ? null : [...assets].sort().join('\n')

/** The first and the last event of a partition that changed. */
interface Touched {
  readonly from: LedgerEvent
  readonly to: LedgerEvent
}

function note(touched: Map<Held, Touched>, held: Held, event: LedgerEvent): void {
  const known = touched.get(held) ?? { from: event, to: event }
  touched.set(held, {
    from: compareEvents(event, known.from) < 0 ? event : known.from,
    to: compareEvents(event, known.to) > 0 ? event : known.to,
  })
}

function takeOut(events: LedgerEvent[], event: LedgerEvent): boolean {
  let place = placeOf(events, event)
  // Chained transfers of one day stand along their chain, not where their id says.
  if (events[place]?.id !== event.id) place = events.findIndex((candidate) => candidate.id === event.id)
  if (place === -1) return false
  events.splice(place, 1)
  return true
}

function keepChains(events: LedgerEvent[]): void {
  const ordered = inEngineOrder(events)
  for (let i = 0; i < ordered.length; i++) events[i] = ordered[i] as LedgerEvent
}
