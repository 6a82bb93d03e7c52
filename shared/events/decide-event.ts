import type { Amount } from '../amount/amount.ts'
import { valueAt } from '../amount/arithmetic.ts'
import type { Decision } from './decision.ts'
import type { LedgerEvent, Leg } from './event.ts'
import type { AccountId } from './identifiers.ts'
import type { Kind } from './kinds.ts'
import { legWithin } from './leg-direction.ts'

const GIFTS: ReadonlySet<Kind> = new Set<Kind>(['gift_in', 'gift_spouse_in', 'inheritance_in'])

/** One event with the acts upon it, in the order they were done. Acts on a leg that is not there have no effect. */
export function applyDecisions(event: LedgerEvent, decisions: readonly Decision[]): LedgerEvent {
  let ignored = false
  let decided = event
  for (const decision of inForce(decisions)) {
    if (decision.what === 'ignore') ignored = true
    else if (decision.what === 'unignore') ignored = false
    else decided = decide(decided, decision)
  }
  const settled = withoutIdleBasis(decided, decisions)
  return ignored ? { ...settled, kind: 'ignored' } : settled
}

const STATED_BASIS: ReadonlySet<Kind> = new Set<Kind>(['opening_lot', 'basis_override'])

/** A cost that was stated sleeps while the event is of a kind whose cost follows from itself. */
function withoutIdleBasis(event: LedgerEvent, decisions: readonly Decision[]): LedgerEvent {
  if (STATED_BASIS.has(event.kind)) return event
  return decisions.reduce(
    (settled, decision) =>
      decision.what === 'cost' ? withLeg(settled, decision.leg, ({ cost: _, acquired: __, ...leg }) => leg) : settled,
    event,
  )
}

/** Without withdrawals and what they took back, and without other sides that a later one stands for. */
function inForce(decisions: readonly Decision[]): readonly Decision[] {
  if (decisions.every(({ what }) => what !== 'withdraw' && what !== 'counterparty')) return decisions
  let kept: Decision[] = []
  for (const decision of decisions) {
    if (decision.what === 'withdraw')
      kept = kept.filter(({ what }) => what !== decision.of && !(decision.of === 'ignore' && what === 'unignore'))
    else {
      if (decision.what === 'counterparty') kept = kept.filter(({ what }) => what !== 'counterparty')
      kept.push(decision)
    }
  }
  return kept
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
    case 'counterparty':
      return decision.account === null ? event : withOtherSide(event, decision.account)
    case 'cost':
      return withBasis(event, decision)
    default:
      return event
  }
}

/** Whether an event moves one way only, fees aside, and neither from nor into the given account. */
export function isOneSided(event: LedgerEvent, account?: AccountId): boolean {
  const moving = event.legs.filter(({ role }) => role !== 'fee' && role !== 'rebate' && role !== 'info')
  const [first] = moving
  if (first === undefined || (first.role !== 'in' && first.role !== 'out')) return false
  return moving.every((leg) => leg.role === first.role && leg.account !== account)
}

/** The movement with its other half in another account: what left arrives there without the fees that it included. */
function withOtherSide(event: LedgerEvent, account: AccountId): LedgerEvent {
  if (!isOneSided(event, account)) return event
  const halves = event.legs.flatMap((leg): Leg[] => {
    if (leg.role !== 'in' && leg.role !== 'out') return []
    const fees = event.legs.reduce(
      (sum, fee) => (leg.role === 'out' && legWithin(fee, event.legs) === leg ? sum + fee.amount : sum),
      0n,
    )
    const amount = (leg.amount - fees) as Amount
    return amount <= 0n ? [] : [{ role: leg.role === 'out' ? 'in' : 'out', account, asset: leg.asset, amount }]
  })
  const isTransfer = event.kind === 'bridge' || event.kind === 'custody_move' || event.kind === 'self_send'
  return { ...event, kind: isTransfer ? event.kind : 'transfer', legs: [...event.legs, ...halves] }
}

/** An unexplained arrival becomes an opening lot, a gift carries the basis. */
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
