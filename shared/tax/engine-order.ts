import type { LedgerEvent } from '../events/event.ts'
import type { Kind } from '../events/kinds.ts'

const MOVES: ReadonlySet<Kind> = new Set<Kind>(['transfer', 'bridge', 'custody_move', 'self_send'])

/** Where only the day is known: acquisitions, own transfers, disposals. */
function phaseOf(event: LedgerEvent): number {
  if (event.precision !== 'day') return 0
  if (MOVES.has(event.kind)) return 1
  return event.legs.some((leg) => leg.role === 'out') ? 2 : 0
}

/**
 * Engine order: the instant, the order that the source declares (events without one come last), for events of which
 * only the day is known acquisitions before own transfers before disposals, and at last the stable id.
 */
export function compareEvents(a: LedgerEvent, b: LedgerEvent): number {
  if (a.time !== b.time) return a.time - b.time
  const orderA = a.order ?? Number.MAX_SAFE_INTEGER
  const orderB = b.order ?? Number.MAX_SAFE_INTEGER
  if (orderA !== orderB) return orderA - orderB
  const phase = phaseOf(a) - phaseOf(b)
  if (phase !== 0) return phase
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The events in engine order; the very array where it is in order already. */
export function inEngineOrder(events: readonly LedgerEvent[]): readonly LedgerEvent[] {
  let sorted = true
  for (let i = 1; i < events.length; i++) {
    if (compareEvents(events[i - 1] as LedgerEvent, events[i] as LedgerEvent) > 0) {
      sorted = false
      break
    }
  }
  const list = sorted ? events : [...events].sort(compareEvents)
  return chainTransfers(list)
}

/**
 * Own transfers of one day, of which no time or order is known, along the chain: what arrives in an account leaves it
 * afterwards. Cycles stay as they are.
 */
function chainTransfers(events: readonly LedgerEvent[]): readonly LedgerEvent[] {
  let result: LedgerEvent[] | null = null
  for (let i = 0; i < events.length; i++) {
    const first = events[i] as LedgerEvent
    if (first.precision !== 'day' || first.order !== undefined || !MOVES.has(first.kind)) continue
    let end = i + 1
    while (end < events.length && isSameRun(first, events[end] as LedgerEvent)) end++
    if (end - i > 1) {
      result ??= [...events]
      result.splice(i, end - i, ...alongChain(events.slice(i, end)))
    }
    i = end - 1
  }
  return result ?? events
}

const isSameRun = (first: LedgerEvent, next: LedgerEvent): boolean =>
  next.time === first.time && next.precision === 'day' && next.order === undefined && MOVES.has(next.kind)

function alongChain(run: readonly LedgerEvent[]): LedgerEvent[] {
  const left = [...run]
  const ordered: LedgerEvent[] = []
  while (left.length > 0) {
    const next = left.findIndex((candidate) => !left.some((other) => other !== candidate && feeds(other, candidate)))
    ordered.push(...left.splice(next === -1 ? 0 : next, 1))
  }
  return ordered
}

/** Does one transfer bring an asset to an account that the other takes it from. */
const feeds = (giver: LedgerEvent, taker: LedgerEvent): boolean =>
  giver.legs.some(
    (arrival) =>
      arrival.role === 'in' &&
      taker.legs.some((leg) => leg.role === 'out' && leg.account === arrival.account && leg.asset === arrival.asset),
  )
