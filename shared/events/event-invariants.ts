/** What must hold of every event, whatever source it came from and whatever a decision made of it. */
import type { LedgerEvent, Leg } from './event.ts'
import type { Kind } from './kinds.ts'

export interface EventFault {
  /** Index of the leg that is wrong, where it is one leg. */
  readonly leg?: number
  /** The member that is wrong, where it is one member. */
  readonly member?: string
  readonly message: string
}

const WITHOUT_LEGS: ReadonlySet<Kind> = new Set<Kind>([
  'lot_selection',
  'allocation',
  'residence_change',
  'informational',
  'ignored',
])
const GIFTS: ReadonlySet<Kind> = new Set<Kind>(['gift_in', 'gift_spouse_in', 'inheritance_in'])

/** What is wrong with an event; an empty list for a sound one. */
export function checkEvent(event: LedgerEvent): readonly EventFault[] {
  let faults: EventFault[] | undefined
  const found = (fault: EventFault): void => {
    faults ??= []
    faults.push(fault)
  }
  const { legs } = event
  if (legs.length === 0 && !WITHOUT_LEGS.has(event.kind))
    found({ member: 'legs', message: `a ${event.kind} event has at least one leg` })
  for (let i = 0; i < legs.length; i++) checkLeg(event, legs[i] as Leg, i, found)
  if (event.kind === 'transfer') checkTransfer(event, found)
  else if (event.kind === 'snapshot') checkSnapshot(event, found)
  else if (event.kind === 'opening_lot' && !legs.some((leg) => leg.role === 'in'))
    found({ member: 'legs', message: 'an opening_lot event has an in leg' })
  checkMembers(event, found)
  return faults ?? []
}

function checkLeg(event: LedgerEvent, leg: Leg, index: number, found: (fault: EventFault) => void): void {
  if (leg.role === 'debt' || leg.role === 'collateral') {
    if (leg.amount === 0n) found({ leg: index, member: 'amount', message: 'must not be zero' })
  } else if (leg.amount <= 0n)
    found({ leg: index, member: 'amount', message: 'must be positive; the role of the leg gives the direction' })
  if (leg.value !== undefined && leg.value < 0n) found({ leg: index, member: 'value', message: 'must not be negative' })
  if (leg.role === 'fee') {
    if (leg.included === true) checkIncludedFee(event, leg, index, found)
  } else if (leg.for !== undefined || leg.included !== undefined || leg.withheld !== undefined) {
    const member = leg.for !== undefined ? 'for' : leg.included !== undefined ? 'included' : 'withheld'
    found({ leg: index, member, message: 'belongs to fee legs only' })
  }
  // What is left out keeps what it was told of, so that it can be taken in again.
  if (event.kind === 'ignored') return
  const opening = event.kind === 'opening_lot' && leg.role === 'in'
  if (opening) {
    if (leg.cost === undefined) found({ leg: index, member: 'cost', message: 'is missing; an opening lot has a cost' })
    if (leg.acquired === undefined && leg.pool !== true)
      found({ leg: index, member: 'acquired', message: 'is missing; an opening lot has a date' })
  } else {
    const basis = event.kind === 'basis_override' && (leg.role === 'in' || leg.role === 'info')
    if (leg.cost !== undefined && !basis)
      found({ leg: index, member: 'cost', message: 'belongs to the in leg of an opening_lot event' })
    if (leg.acquired !== undefined && !basis)
      found({ leg: index, member: 'acquired', message: 'belongs to the in leg of an opening_lot event' })
    if (leg.pool !== undefined)
      found({ leg: index, member: 'pool', message: 'belongs to the in leg of an opening_lot event' })
  }
  if (leg.carry !== undefined && !(leg.role === 'in' && GIFTS.has(event.kind))) {
    found({ leg: index, member: 'carry', message: 'belongs to the in leg of a gift or an inheritance' })
  }
}

function checkIncludedFee(event: LedgerEvent, fee: Leg, index: number, found: (fault: EventFault) => void): void {
  if (fee.for === 'fee') return
  for (const leg of event.legs) {
    const gross = fee.for === undefined ? leg.role === 'out' || leg.role === 'in' : leg.role === fee.for
    if (gross && leg.asset === fee.asset && leg.amount >= fee.amount) return
  }
  const of = fee.for === undefined ? 'an out or in' : `an ${fee.for}`
  found({
    leg: index,
    message: `is included, but the event has no ${of.slice(3)} leg of ${fee.asset} that is at least as large`,
  })
}

function checkTransfer(event: LedgerEvent, found: (fault: EventFault) => void): void {
  const has = (role: Leg['role']): boolean => event.legs.some((leg) => leg.role === role)
  if (!has('out') || !has('in')) {
    found({
      member: 'legs',
      message: 'a transfer has an out and an in leg; half of one is an unmatched_out or unmatched_in',
    })
  }
}

function checkSnapshot(event: LedgerEvent, found: (fault: EventFault) => void): void {
  const [leg, more] = event.legs
  if (!leg || more || leg.role !== 'info' || leg.value === undefined) {
    found({ member: 'legs', message: 'a snapshot has one info leg with amount and value' })
  }
}

function checkMembers(event: LedgerEvent, found: (fault: EventFault) => void): void {
  if (event.lots?.some((lot) => lot.amount <= 0n))
    found({ member: 'lots', message: 'names an amount that is not positive' })
  if (event.kind === 'lot_selection' && event.method === undefined)
    found({ member: 'method', message: 'is missing; a standing order names its method' })
  if (
    event.kind === 'residence_change' &&
    event.jurisdiction === undefined &&
    event.currency === undefined &&
    event.zone === undefined
  ) {
    found({ message: 'a residence_change names a jurisdiction, a currency or a zone' })
  }
  if (event.kind !== 'allocation') return
  if (event.plan === undefined) found({ member: 'plan', message: 'is missing; it can be specific, global' })
  if (event.plan === 'specific' && event.allocations === undefined)
    found({ member: 'allocations', message: 'is missing; a specific plan lists them' })
  if (event.plan === 'global' && event.planOrder === undefined)
    found({ member: 'order', message: 'is missing; a global plan has an order' })
  if (event.allocations?.some((entry) => entry.amount <= 0n))
    found({ member: 'allocations', message: 'has an amount that is not positive' })
}
