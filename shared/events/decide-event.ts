import type { Amount } from '../amount/amount.ts'
import { valueAt } from '../amount/arithmetic.ts'
import type { Decision } from './decision.ts'
import type { LedgerEvent, Leg } from './event.ts'
import { checkEvent } from './event-invariants.ts'
import type { AccountId } from './identifiers.ts'
import type { Kind } from './kinds.ts'
import { legWithin } from './leg-direction.ts'

const GIFTS: ReadonlySet<Kind> = new Set<Kind>(['gift_in', 'gift_spouse_in', 'inheritance_in'])

/** One event with the acts upon it, in the order they were done. Acts on a leg that is not there have no effect. */
export function applyDecisions(event: LedgerEvent, decisions: readonly Decision[]): LedgerEvent {
  const live = inForce(decisions)
  const decided = decidedAs(event, live)
  const isSound = decided.kind === event.kind || checkEvent(decided).length === 0
  const settled = isSound
    ? decided
    : decidedAs(
        event,
        live.filter(({ what }) => what !== 'kind'),
      )
  const last = live.findLast(({ what }) => what === 'ignore' || what === 'unignore')
  return last?.what === 'ignore' ? { ...settled, kind: 'ignored' } : settled
}

function decidedAs(event: LedgerEvent, decisions: readonly Decision[]): LedgerEvent {
  const decided = withoutIdleBasis(decisions.reduce(decide, event), decisions)
  return decided.kind === event.kind ? decided : fitted(decided)
}

/** Why an event cannot be of a kind that somebody decides, in words; null where it can. Such a decision sleeps. */
export function kindFault(event: LedgerEvent, kind: Kind): string | null {
  if (kind === event.kind) return null
  const [fault] = checkEvent(fitted({ ...event, kind }))
  return fault === undefined ? null : `${fault.member ?? 'it'}: ${fault.message}`
}

const MEMBERS_OF_KINDS = {
  parent: ['fork'],
  jurisdiction: ['residence_change'],
  currency: ['residence_change'],
  zone: ['residence_change'],
  method: ['lot_selection'],
  account: ['lot_selection'],
  asset: ['lot_selection', 'allocation'],
  plan: ['allocation'],
  planOrder: ['allocation'],
  allocations: ['allocation'],
  accounts: ['allocation'],
  completed: ['allocation'],
} as const satisfies Partial<Record<keyof LedgerEvent, readonly Kind[]>>

/** The event without what only other kinds have: that sleeps while the event is decided to be of this kind. */
function fitted(event: LedgerEvent): LedgerEvent {
  const { kind } = event
  const idle = Object.entries(MEMBERS_OF_KINDS).flatMap(([name, kinds]: [string, readonly Kind[]]) =>
    name in event && !kinds.includes(kind) ? [name] : [],
  )
  const kept =
    idle.length === 0
      ? event
      : (Object.fromEntries(Object.entries(event).filter(([name]) => !idle.includes(name))) as unknown as LedgerEvent)
  const isStated = (leg: Leg): boolean =>
    kind === 'opening_lot' ? leg.role === 'in' : kind === 'basis_override' && (leg.role === 'in' || leg.role === 'info')
  const isFit = (leg: Leg): boolean =>
    (leg.carry === undefined || (GIFTS.has(kind) && leg.role === 'in')) &&
    ((leg.cost === undefined && leg.acquired === undefined) || isStated(leg)) &&
    (leg.pool === undefined || (kind === 'opening_lot' && leg.role === 'in'))
  if (kept.legs.every(isFit)) return kept
  return {
    ...kept,
    legs: kept.legs.map((leg) => {
      if (isFit(leg)) return leg
      const { carry, cost, acquired, pool, ...rest } = leg
      return {
        ...rest,
        ...(carry !== undefined && GIFTS.has(kind) && leg.role === 'in' ? { carry } : {}),
        ...(isStated(leg)
          ? { ...(cost === undefined ? {} : { cost }), ...(acquired === undefined ? {} : { acquired }) }
          : {}),
      }
    }),
  }
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
    case 'note': {
      const { note: _note, ...rest } = event
      return decision.note === '' ? rest : { ...event, note: decision.note }
    }
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
  if (halves.length === 0) return event
  const isTransfer = event.kind === 'bridge' || event.kind === 'custody_move' || event.kind === 'self_send'
  return { ...event, kind: isTransfer ? event.kind : 'transfer', legs: [...event.legs, ...halves] }
}

/** An unexplained arrival becomes an opening lot, a gift carries the basis. */
function withBasis(
  event: LedgerEvent,
  { leg: index, cost, acquired }: Extract<Decision, { what: 'cost' }>,
): LedgerEvent {
  const gift = GIFTS.has(event.kind)
  const { role } = event.legs[index] ?? {}
  if (role !== 'in' && !(role === 'info' && event.kind === 'basis_override')) return event
  const changed = withLeg(event, index, (leg) =>
    gift ? { ...leg, carry: { ...leg.carry, cost, acquired } } : { ...leg, cost, acquired },
  )
  const unexplained =
    event.kind === 'unmatched_in' &&
    changed.legs.every((leg) => leg.role !== 'out' && (leg.role !== 'in' || leg.cost !== undefined))
  return unexplained ? { ...changed, kind: 'opening_lot' } : changed
}

function withLeg(event: LedgerEvent, index: number, change: (leg: Leg) => Leg): LedgerEvent {
  if (event.legs[index] === undefined) return event
  return { ...event, legs: event.legs.map((leg, i) => (i === index ? change(leg) : leg)) }
}
