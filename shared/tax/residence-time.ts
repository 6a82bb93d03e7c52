import type { CivilClock } from '../events/civil-time.ts'
import { civilClock } from '../events/civil-time.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { Instant, ZoneName } from '../events/identifiers.ts'

/** Which of a history's rows one country taxes: those of its time, without what it only values. */
export interface ResidenceWindow {
  readonly from: Instant
  /** The first instant that is another country's. */
  readonly to: Instant
  /** Valuations on entry: they set a cost and are no disposals of anybody's. */
  readonly outside: ReadonlySet<LedgerEvent>
}

/** A zone from an instant on, in the order of time; the first holds from the beginning. */
export interface ZoneFrom {
  readonly from: Instant
  readonly zone: ZoneName
}

/** A clock that goes by another zone from given instants on. */
export function movingClock(zones: readonly ZoneFrom[]): CivilClock {
  const spans = zones.map(({ from, zone }) => ({ from, clock: civilClock(zone) }))
  const first = (spans[0] as (typeof spans)[number]).clock
  const at = (instant: Instant): CivilClock => spans.findLast(({ from }) => from <= instant)?.clock ?? first
  return {
    zone: first.zone,
    offsetAt: (instant) => at(instant).offsetAt(instant),
    dayAt: (instant) => at(instant).dayAt(instant),
    dateAt: (instant) => at(instant).dateAt(instant),
    startOfDay: (date) => at(first.startOfDay(date)).startOfDay(date),
    resolve: (wall) => at(wall as Instant).resolve(wall),
  }
}
