/**
 * The same movement seen twice: by two sources, or by two layouts of one source of which only one gives ids. Such events
 * are linked, never dropped: one is the fact, the other corroborates it.
 */
import type { Amount } from '../amount/amount.ts'
import type { Role, TimePrecision } from '../events/event.ts'
import type { AccountId, AssetId, EventId, Instant, SourceId } from '../events/identifiers.ts'
import { tellsSame } from './join-transaction.ts'
import { foldHash, tableOf } from './transactions.ts'

/** What linking looks at. */
export interface LinkableEvent {
  readonly id: EventId
  readonly source: SourceId
  /** Which layout of the source; two layouts without ids know nothing of each other's rows. */
  readonly layout?: string
  readonly time: Instant
  readonly precision: TimePrecision
  readonly hash?: string
  /** Whether the group key came from the provider (an id, a hash) rather than from the row's text. */
  readonly hasProviderId: boolean
  /** That group key: exports of one venue name an event by the same id. */
  readonly key?: string
  readonly legs: readonly {
    readonly role: Role
    readonly account: AccountId
    readonly asset: AssetId
    readonly amount: Amount
    readonly included?: boolean
  }[]
}

export interface LinkCandidate {
  readonly incoming: EventId
  readonly existing: EventId
  /**
   * `proved`: equal hash, or equal id of the provider. `likely`: equal movement at an equal time; `unclear`: equal movement
   * within a day. The user decides on both.
   */
  readonly grade: 'proved' | 'likely' | 'unclear'
  readonly reason: string
}

/** Several events that together are one: fills of one second and the line that sums them. */
export interface SumCandidate {
  readonly whole: EventId
  readonly parts: readonly EventId[]
  readonly reason: string
}

const SPAN: Readonly<Record<TimePrecision, number>> = {
  day: 86_400_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1_000,
}
const NEAR = 86_400_000

/** Group keys that come from a row's text begin with one of these. */
export const isProviderKey = (group: string): boolean => !group.startsWith('h.') && !group.startsWith('row:')

/** Exports of one venue share the beginning of their id: `kraken-ledgers`, `kraken-trades`. */
export const venueOf = (source: string): string => source.split('-')[0] as string

function changeOf(role: Role, amount: bigint, included: boolean): bigint {
  if (role === 'in' || role === 'rebate') return amount
  if (role === 'out' || (role === 'fee' && !included)) return -amount
  return 0n
}

/** By how much each asset of each account changes; a fee counts the same whether it is told apart or not. */
function changes(events: readonly LinkableEvent[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { legs } of events) {
    for (const { role, account, asset, amount, included = false } of legs) {
      const place = `${account} ${asset}`
      const change = changeOf(role, amount, included)
      if (change !== 0n) sums.set(place, (sums.get(place) ?? 0n) + change)
    }
  }
  return sums
}

const textOf = (sums: ReadonlyMap<string, bigint>): string =>
  [...sums]
    .filter(([, sum]) => sum !== 0n)
    .map(([place, sum]) => `${place} ${sum}`)
    .sort()
    .join('|')

/** What an event does to balances, in one order; empty where it moves nothing. */
const movement = (event: LinkableEvent): string => textOf(changes([event]))

/** Which assets of which accounts an event gives and takes, fees aside. */
const shape = (event: LinkableEvent): string =>
  [
    ...new Set(
      event.legs
        .filter(({ role }) => role === 'in' || role === 'out')
        .map(({ role, account, asset }) => `${role} ${account} ${asset}`),
    ),
  ]
    .sort()
    .join('|')

/**
 * Two files of one source know the same row by its id only where both have ids; otherwise they may overlap unseen. An
 * explorer's files tell of different sides of a transaction, unless two explorers tell of the same.
 */
function mayOverlap(a: LinkableEvent, b: LinkableEvent): boolean {
  if (a.source !== b.source) return true
  const [layout, other] = [a.layout ?? '', b.layout ?? '']
  if (tableOf(a.source, layout) !== null && tableOf(b.source, other) !== null) return tellsSame(a.source, layout, other)
  return (
    a.hasProviderId !== b.hasProviderId ||
    (!a.hasProviderId && a.layout !== undefined && b.layout !== undefined && a.layout !== b.layout)
  )
}

const bucket = (event: LinkableEvent, span: number): number => Math.floor(event.time / span)

const isSameTime = (a: LinkableEvent, b: LinkableEvent): boolean => {
  const span = Math.max(SPAN[a.precision], SPAN[b.precision])
  return bucket(a, span) === bucket(b, span)
}

const contradicts = (a: LinkableEvent, b: LinkableEvent): boolean =>
  a.hash !== undefined && b.hash !== undefined && foldHash(a.hash) !== foldHash(b.hash)

const inTime = (a: LinkableEvent, b: LinkableEvent): number =>
  a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Events of equal movement in time order, searched by time. */
class ByMovement {
  readonly #lists: ReadonlyMap<string, readonly LinkableEvent[]>

  constructor(events: readonly LinkableEvent[]) {
    this.#lists = Map.groupBy(events.toSorted(inTime), movement)
  }

  /** Those within `span` of `time`, earliest first. */
  around(text: string, time: number, span: number): LinkableEvent[] {
    const list = text === '' ? [] : (this.#lists.get(text) ?? [])
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle] as LinkableEvent).time < time - span) low = middle + 1
      else high = middle
    }
    let end = low
    while (end < list.length && (list[end] as LinkableEvent).time <= time + span) end++
    return list.slice(low, end)
  }
}

/**
 * Pairs each incoming event with at most one existing one, and each existing one with at most one incoming, so that twins
 * stay two. Proof goes first; the order of either list does not matter.
 */
export function linkCandidates(
  incoming: readonly LinkableEvent[],
  existing: readonly LinkableEvent[],
): LinkCandidate[] {
  const arriving = incoming.toSorted(inTime)
  const links = new Map<EventId, LinkCandidate>()
  const taken = new Set<EventId>()
  const link = (
    one: LinkableEvent,
    other: LinkableEvent | undefined,
    grade: LinkCandidate['grade'],
    reason: string,
  ): void => {
    if (other === undefined) return
    taken.add(other.id)
    links.set(one.id, { incoming: one.id, existing: other.id, grade, reason })
  }
  const free = (one: LinkableEvent, other: LinkableEvent): boolean => !taken.has(other.id) && other.id !== one.id

  const byHash = Map.groupBy(existing.filter(({ hash }) => hash !== undefined).toSorted(inTime), (event) =>
    foldHash(event.hash as string),
  )
  for (const one of arriving) {
    if (one.hash === undefined || movement(one) === '') continue
    const fits = (other: LinkableEvent) =>
      free(one, other) &&
      (other.source !== one.source || tellsSame(one.source, one.layout ?? '', other.layout ?? '')) &&
      movement(other) === movement(one)
    link(one, byHash.get(foldHash(one.hash))?.find(fits), 'proved', 'the same transaction hash, account and amounts')
  }

  const keyed = ({ source, key }: LinkableEvent): string => `${venueOf(source)} ${key}`
  const byKey = Map.groupBy(
    existing.filter(({ hasProviderId, key }) => hasProviderId && key !== undefined),
    keyed,
  )
  for (const one of arriving) {
    if (links.has(one.id) || one.key === undefined || !one.hasProviderId) continue
    const named = byKey.get(keyed(one))?.filter((other) => free(one, other) && other.source !== one.source) ?? []
    const equal = named.find((other) => movement(other) === movement(one))
    link(one, equal, 'proved', `the same id of the provider (${one.key}), account and amounts`)
    if (equal !== undefined) continue
    const alike = named.find((other) => shape(other) === shape(one) && shape(one) !== '')
    link(one, alike, 'likely', `the same id of the provider (${one.key}), with other amounts or fees`)
  }

  for (const one of arriving) {
    if (links.has(one.id) || one.hash === undefined || shape(one) === '') continue
    const isAlike = (other: LinkableEvent) =>
      free(one, other) && other.source !== one.source && shape(other) === shape(one)
    link(
      one,
      byHash.get(foldHash(one.hash))?.find(isAlike),
      'likely',
      'the same transaction hash, with other amounts or fees',
    )
  }

  const byMovement = new ByMovement(existing)
  for (const one of arriving) {
    if (links.has(one.id)) continue
    const isLikely = (other: LinkableEvent) =>
      free(one, other) && mayOverlap(one, other) && !contradicts(one, other) && isSameTime(one, other)
    const found = byMovement.around(movement(one), one.time, NEAR).find(isLikely)
    link(one, found, 'likely', 'the same account and amounts at the same time')
  }

  for (const { one, other } of nearest(
    arriving.filter(({ id }) => !links.has(id)),
    byMovement,
    free,
  )) {
    if (links.has(one.id) || taken.has(other.id)) continue
    link(one, other, 'unclear', `the same account and amounts ${apart(one.time - other.time)}`)
  }
  return arriving.flatMap((one) => links.get(one.id) ?? [])
}

interface Near {
  readonly one: LinkableEvent
  readonly other: LinkableEvent
}

/** Pairs of equal movements of one asset within a day of each other, the nearest first. */
function nearest(
  arriving: readonly LinkableEvent[],
  byMovement: ByMovement,
  free: (one: LinkableEvent, other: LinkableEvent) => boolean,
): Near[] {
  const pairs: Near[] = []
  for (const one of arriving) {
    if ([...changes([one]).values()].filter((sum) => sum !== 0n).length !== 1) continue
    for (const other of byMovement.around(movement(one), one.time, NEAR)) {
      if (free(one, other) && other.source !== one.source && !contradicts(one, other)) pairs.push({ one, other })
    }
  }
  const gap = ({ one, other }: Near): number => Math.abs(one.time - other.time)
  return pairs.sort((a, b) => gap(a) - gap(b) || inTime(a.one, b.one) || inTime(a.other, b.other))
}

/** “12 minutes earlier”. */
export function apart(gap: number): string {
  const size = Math.abs(gap)
  const [count, unit] =
    size < 90_000
      ? [Math.round(size / 1000), 'second']
      : size < 5_400_000
        ? [Math.round(size / 60_000), 'minute']
        : [Math.round(size / 3_600_000), 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'} ${gap < 0 ? 'earlier' : 'later'}`
}

/**
 * Single events that are the sum of several of another source at the same second (minute, day, as precise as the coarser
 * of them): a statement that adds fills up, and the fills. `linked` events are left out.
 */
export function sumCandidates(
  incoming: readonly LinkableEvent[],
  existing: readonly LinkableEvent[],
  linked: ReadonlySet<EventId>,
): SumCandidate[] {
  const found: SumCandidate[] = []
  const placeOf = (event: LinkableEvent, span: number): string =>
    `${[...new Set(event.legs.map(({ account }) => account))].sort().join(' ')} ${bucket(event, span)}`
  const free = (events: readonly LinkableEvent[]): LinkableEvent[] =>
    events.filter((event) => !linked.has(event.id) && movement(event) !== '')
  const taken = new Set<EventId>()
  for (const span of [1_000, 60_000, 86_400_000]) {
    const isSpan = (events: readonly LinkableEvent[]): boolean =>
      events.some(({ precision }) => SPAN[precision] === span)
    const there = Map.groupBy(free(existing), (event) => placeOf(event, span))
    for (const [place, here] of Map.groupBy(free(incoming), (event) => placeOf(event, span))) {
      const others = there.get(place) ?? []
      if (!isSpan([...here, ...others])) continue
      for (const [wholes, pieces] of [
        [here, others],
        [others, here],
      ] as const) {
        for (const whole of wholes.toSorted(inTime)) {
          if (taken.has(whole.id)) continue
          const parts = partsOf(
            whole,
            pieces.filter(({ id }) => !taken.has(id)),
          )
          if (parts.length < 2) continue
          for (const { id } of [whole, ...parts]) taken.add(id)
          found.push({
            whole: whole.id,
            parts: parts.map(({ id }) => id),
            reason: `the same account, and the amounts of ${parts.length} records at the same time add up to it`,
          })
        }
      }
    }
  }
  return found
}

/** All pieces of the whole's assets that may overlap it, where together they move what it moves; none otherwise. */
function partsOf(whole: LinkableEvent, pieces: readonly LinkableEvent[]): LinkableEvent[] {
  const places = new Set(changes([whole]).keys())
  const parts = pieces
    .filter(
      (piece) =>
        mayOverlap(whole, piece) &&
        !contradicts(whole, piece) &&
        [...changes([piece]).keys()].every((place) => places.has(place)),
    )
    .toSorted(inTime)
  return textOf(changes(parts)) === movement(whole) ? parts : []
}
