import { valueAt } from '../amount/arithmetic.ts'
import type { Decision } from './decision.ts'
import type { LedgerEvent, Leg } from './event.ts'
import type { Kind } from './kinds.ts'

const GIFTS: ReadonlySet<Kind> = new Set<Kind>(['gift_in', 'gift_spouse_in', 'inheritance_in'])

/** One event with the acts upon it, in the order they were done. Acts on a leg that is not there have no effect. */
export function applyDecisions(event: LedgerEvent, decisions: readonly Decision[]): LedgerEvent {
  let ignored = false
  let decided = event
  for (const decision of decisions) {
    if (decision.what === 'ignore') ignored = true
    else if (decision.what === 'unignore') ignored = false
    else decided = decide(decided, decision)
  }
  return ignored ? { ...decided, kind: 'ignored' } : decided
}

function decide(event: LedgerEvent, decision: Decision): LedgerEvent {
  switch (decision.what) {
    case 'kind':
      return { ...event, kind: decision.kind }
    case 'note':
      return { ...event, note: decision.note }
    case 'lots': {
      const { lots, identifiedAt, identifiedTo } = decision
      const { lots: _lots, identifiedAt: _at, identifiedTo: _to, ...rest } = event
      if (lots.length === 0) return rest
      return {
        ...rest,
        lots,
        ...(identifiedAt === undefined ? {} : { identifiedAt }),
        ...(identifiedTo ? { identifiedTo } : {}),
      }
    }
    case 'value':
      return withLeg(event, decision.leg, (leg) => ({ ...leg, value: decision.value, valueBy: 'user' }))
    case 'price':
      return withLeg(event, decision.leg, (leg) => ({
        ...leg,
        value: valueAt(leg.amount, decision.price),
        valueBy: 'user',
      }))
    case 'account':
      return withLeg(event, decision.leg, (leg) => ({ ...leg, account: decision.account }))
    case 'asset':
      return withLeg(event, decision.leg, (leg) => ({ ...leg, asset: decision.asset }))
    case 'cost':
      return withBasis(event, decision)
    default:
      return event
  }
}

/** An unexplained arrival becomes an opening lot, a gift carries the basis; any other arrival keeps its kind with that cost. */
function withBasis(
  event: LedgerEvent,
  { leg: index, cost, acquired }: Extract<Decision, { what: 'cost' }>,
): LedgerEvent {
  const gift = GIFTS.has(event.kind)
  const changed = withLeg(event, index, (leg) =>
    gift ? { ...leg, carry: { ...leg.carry, cost, acquired } } : { ...leg, cost, acquired },
  )
  const unexplained = event.kind === 'unmatched_in' && changed.legs.every((leg) => leg.role !== 'out')
  return unexplained ? { ...changed, kind: 'opening_lot' } : changed
}

function withLeg(event: LedgerEvent, index: number, change: (leg: Leg) => Leg): LedgerEvent {
  if (event.legs[index] === undefined) return event
  return { ...event, legs: event.legs.map((leg, i) => (i === index ? change(leg) : leg)) }
}
