/**
 * The same movement seen twice: by two sources, or by two layouts of one source of which only one gives ids. Such events
 * are linked, never dropped: one is the fact, the other corroborates it.
 */
import type { Amount } from '../amount/amount.ts'
import type { Role, TimePrecision } from '../events/event.ts'
import type { AccountId, AssetId, EventId, Instant, SourceId } from '../events/identifiers.ts'

/** What linking looks at. */
export interface LinkableEvent {
  readonly id: EventId
  readonly source: SourceId
  readonly time: Instant
  readonly precision: TimePrecision
  readonly hash?: string
  /** Whether the group key came from the provider (an id, a hash) rather than from the row's text. */
  readonly hasProviderId: boolean
  readonly legs: readonly {
    readonly role: Role
    readonly account: AccountId
    readonly asset: AssetId
    readonly amount: Amount
  }[]
}

export interface LinkCandidate {
  readonly incoming: EventId
  readonly existing: EventId
  /** `proved`: equal hash. `likely`: equal movement at an equal time, for the user to decide. */
  readonly grade: 'proved' | 'likely'
  readonly reason: string
}

const SPAN: Readonly<Record<TimePrecision, number>> = {
  day: 86_400_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1_000,
}

/** Account, asset, direction and amount of every leg that moves something, in one order; empty where nothing moves. */
function movement(event: LinkableEvent): string {
  return event.legs
    .filter((leg) => leg.role !== 'info')
    .map((leg) => `${leg.role} ${leg.account} ${leg.asset} ${leg.amount}`)
    .toSorted()
    .join('|')
}

const foldHash = (hash: string): string => (/^0x[0-9a-f]+$/i.test(hash) ? hash.toLowerCase() : hash)

/** Two files of one source know the same row by its id only where both have ids; otherwise they may overlap unseen. */
const mayOverlap = (a: LinkableEvent, b: LinkableEvent): boolean =>
  a.source !== b.source || a.hasProviderId !== b.hasProviderId

const isSameTime = (a: LinkableEvent, b: LinkableEvent): boolean => {
  const span = Math.max(SPAN[a.precision], SPAN[b.precision])
  return Math.floor(a.time / span) === Math.floor(b.time / span)
}

/**
 * Pairs each incoming event with at most one existing one, and each existing one with at most one incoming, so that twins
 * stay two. Proof goes first; the order of either list does not matter.
 */
export function linkCandidates(
  incoming: readonly LinkableEvent[],
  existing: readonly LinkableEvent[],
): LinkCandidate[] {
  const byMovement = Map.groupBy(existing.toSorted(inTime), movement)
  byMovement.delete('')
  const arriving = incoming.toSorted(inTime)
  const links = new Map<EventId, LinkCandidate>()
  const taken = new Set<EventId>()
  const link = (
    one: LinkableEvent,
    other: LinkableEvent | undefined,
    grade: LinkCandidate['grade'],
    reason: string,
  ) => {
    if (other === undefined) return
    taken.add(other.id)
    links.set(one.id, { incoming: one.id, existing: other.id, grade, reason })
  }
  for (const one of arriving) {
    if (one.hash === undefined) continue
    const hash = foldHash(one.hash)
    const isProved = (other: LinkableEvent) =>
      !taken.has(other.id) && other.source !== one.source && other.hash !== undefined && foldHash(other.hash) === hash
    link(one, byMovement.get(movement(one))?.find(isProved), 'proved', 'the same transaction hash, account and amounts')
  }
  for (const one of arriving) {
    if (links.has(one.id)) continue
    const isLikely = (other: LinkableEvent) =>
      !taken.has(other.id) &&
      other.id !== one.id &&
      mayOverlap(one, other) &&
      !contradicts(one, other) &&
      isSameTime(one, other)
    link(one, byMovement.get(movement(one))?.find(isLikely), 'likely', 'the same account and amounts at the same time')
  }
  return arriving.flatMap((one) => links.get(one.id) ?? [])
}

const contradicts = (a: LinkableEvent, b: LinkableEvent): boolean =>
  a.hash !== undefined && b.hash !== undefined && foldHash(a.hash) !== foldHash(b.hash)

const inTime = (a: LinkableEvent, b: LinkableEvent): number =>
  a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
