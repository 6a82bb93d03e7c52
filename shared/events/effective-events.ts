/** The overlay: what decisions and matches make of the events. Pure; the events themselves stay as they were. */

import { applyDecisions } from './decide-event.ts'
import type { Decision, Match } from './decision.ts'
import { inEngineOrder } from './engine-order.ts'
import type { LedgerEvent } from './event.ts'
import type { EventId } from './identifiers.ts'
import { joinMatch } from './join-match.ts'

/**
 * The effective events, in engine order. `decisions` in the order they were done, without revoked ones; `matches` the
 * accepted ones. Each match becomes transfers that join its halves and name their ids in `joined`; what a half held
 * beside the matched movement stays behind under the half's own id. A match or decision whose event is not there
 * sleeps. Events that nothing touches are passed on as the same objects.
 */
export function effectiveEvents(
  events: readonly LedgerEvent[],
  decisions: readonly Decision[],
  matches: readonly Match[],
): LedgerEvent[] {
  const live = liveMatches(decisions, matches)
  const byEvent = decisionsByEvent(decisions)
  if (live.length === 0 && byEvent.size === 0) return inEngineOrder(events)

  const matched = new Set<EventId>()
  for (const match of live) for (const { event } of [...match.outs, ...match.ins]) matched.add(event)
  const halves = new Map<EventId, LedgerEvent>()
  /** Halves that an account on the other side was named for: as they are where their match sleeps. */
  const named = new Map<EventId, LedgerEvent>()
  const effective: LedgerEvent[] = []
  for (const event of events) {
    const own = byEvent.get(event.id)
    const decided = own ? applyDecisions(event, own) : event
    if (!matched.has(event.id) || decided.kind === 'ignored') {
      effective.push(decided)
      continue
    }
    const isNamed = own?.some(({ what }) => what === 'counterparty') === true
    halves.set(event.id, isNamed ? applyDecisions(event, withoutOtherSide(own)) : decided)
    if (isNamed) named.set(event.id, decided)
  }
  const used = new Map<EventId, Set<number>>()
  for (const match of live) effective.push(...(joinMatch(match, halves, used) ?? []))
  for (const [id, half] of halves) {
    const taken = used.get(id)
    effective.push(...remainder(taken === undefined ? (named.get(id) ?? half) : half, taken))
  }
  return inEngineOrder(effective)
}

/** The pair says what is on the other side. */
const withoutOtherSide = (decisions: readonly Decision[]): Decision[] =>
  decisions.filter(({ what }) => what !== 'counterparty')

/** The half without the legs that went into transfers; nothing where all of them did. */
function remainder(half: LedgerEvent, used: ReadonlySet<number> | undefined): LedgerEvent[] {
  if (!used) return [half]
  const legs = half.legs.filter((_, i) => !used.has(i))
  return legs.length > 0 ? [{ ...half, legs }] : []
}

function decisionsByEvent(decisions: readonly Decision[]): Map<EventId, Decision[]> {
  const byEvent = new Map<EventId, Decision[]>()
  for (const decision of decisions) {
    if (decision.what === 'pair' || decision.what === 'unpair') continue
    const list = byEvent.get(decision.event)
    if (list) list.push(decision)
    else byEvent.set(decision.event, [decision])
  }
  return byEvent
}

/** The matches in force after pairing and unpairing by hand, by id, so that their order does not show. */
function liveMatches(decisions: readonly Decision[], matches: readonly Match[]): Match[] {
  let live = [...matches]
  for (const decision of decisions) {
    if (decision.what === 'unpair')
      live = live.filter((match) => !touches(match, ({ event }) => event === decision.event))
    else if (decision.what === 'pair') {
      const taken = new Set([...decision.outs, ...decision.ins].map(({ event, leg }) => `${leg} ${event}`))
      live = live.filter((match) => !touches(match, ({ event, leg }) => taken.has(`${leg} ${event}`)))
      const { id, outs, ins, kind } = decision
      live.push({ id, outs, ins, ...(kind ? { kind } : {}) })
    }
  }
  return live.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

const touches = (match: Match, has: (ref: Match['outs'][number]) => boolean): boolean =>
  match.outs.some(has) || match.ins.some(has)
