/** The one order in which events act (model: “Equal instants”). */
import { PAIRED_KINDS } from './decision.ts'
import type { LedgerEvent } from './event.ts'
import type { AccountId } from './identifiers.ts'
import type { Kind } from './kinds.ts'

const TRANSFERS: ReadonlySet<Kind> = new Set<Kind>([...PAIRED_KINDS, 'redenomination'])

/** Kinds that bring units in although a leg goes out for them. */
const PURCHASES: ReadonlySet<Kind> = new Set<Kind>([
  'buy',
  'nft_buy',
  'nft_mint',
  'ico_purchase',
  'loan_borrow',
  'margin_borrow',
])

/** Where only the date is known: acquisitions, then own transfers, then disposals. Other events have no phase of their own. */
function phaseOf(event: LedgerEvent): number {
  if (event.precision !== 'day') return 0
  if (TRANSFERS.has(event.kind)) return 1
  return !PURCHASES.has(event.kind) && event.legs.some((leg) => leg.role === 'out') ? 2 : 0
}

const NO_ORDER = Number.POSITIVE_INFINITY

/**
 * Compares two events: instant, the order that the provider or the source declares, phase for date-only events, id.
 * A total order for events with different ids, whatever order they were imported in.
 */
export function compareEvents(a: LedgerEvent, b: LedgerEvent): number {
  if (a.time !== b.time) return a.time - b.time
  const [orderA, orderB] = [a.order ?? NO_ORDER, b.order ?? NO_ORDER]
  if (orderA !== orderB) return orderA < orderB ? -1 : 1
  const phase = phaseOf(a) - phaseOf(b)
  if (phase !== 0) return phase
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/**
 * The events in engine order. Date-only transfers of one day that declare no order are put along their chain (A to B
 * before B to C), which no comparison of two can do.
 */
export function inEngineOrder(events: readonly LedgerEvent[]): LedgerEvent[] {
  const sorted = isSorted(events) ? [...events] : [...events].sort(compareEvents)
  for (let start = 0; start < sorted.length; start++) {
    if (!chains(sorted[start] as LedgerEvent)) continue
    let end = start + 1
    while (end < sorted.length && sameGroup(sorted[start] as LedgerEvent, sorted[end] as LedgerEvent)) end++
    if (end - start > 1) sorted.splice(start, end - start, ...alongTheChain(sorted.slice(start, end)))
    start = end - 1
  }
  return sorted
}

function isSorted(events: readonly LedgerEvent[]): boolean {
  for (let i = 1; i < events.length; i++) {
    if (compareEvents(events[i - 1] as LedgerEvent, events[i] as LedgerEvent) > 0) return false
  }
  return true
}

const chains = (event: LedgerEvent): boolean =>
  event.precision === 'day' && event.order === undefined && TRANSFERS.has(event.kind)
const sameGroup = (a: LedgerEvent, b: LedgerEvent): boolean => a.time === b.time && chains(b)

const accountOf = (event: LedgerEvent, role: 'out' | 'in', asset: string): AccountId[] =>
  event.legs.filter((leg) => leg.role === role && leg.asset === asset).map((leg) => leg.account)

/** Does `first` bring units into an account that `next` takes them from? */
function feeds(first: LedgerEvent, next: LedgerEvent): boolean {
  return next.legs.some((leg) => leg.role === 'out' && accountOf(first, 'in', leg.asset).includes(leg.account))
}

/** Repeatedly takes the first event that no waiting one feeds; a cycle is cut at its first event. */
function alongTheChain(group: LedgerEvent[]): LedgerEvent[] {
  const waiting = [...group]
  const done: LedgerEvent[] = []
  while (waiting.length > 0) {
    const free = waiting.findIndex((event) => !waiting.some((other) => other !== event && feeds(other, event)))
    done.push(...waiting.splice(Math.max(free, 0), 1))
  }
  return done
}
