import type { Leg } from './event.ts'

/** The `out` or `in` leg that an included (or withheld) fee is part of; null for a fee that is a movement of its own. */
export function legWithin(fee: Leg, legs: readonly Leg[]): Leg | null {
  if (!fee.included && !fee.withheld) return null
  const fits = (leg: Leg, role: 'out' | 'in'): boolean => leg.role === role && leg.asset === fee.asset
  const roles = fee.for === 'out' || fee.for === 'in' ? [fee.for] : (['out', 'in'] as const)
  for (const role of roles) {
    const found =
      legs.find((leg) => fits(leg, role) && leg.account === fee.account) ?? legs.find((leg) => fits(leg, role))
    if (found !== undefined) return found
  }
  return null
}

/** A fee that is part of a gross `out` has left with it. One that is part of a gross `in` still has to be taken from it. */
export const leavesWithOut = (fee: Leg, legs: readonly Leg[]): boolean => legWithin(fee, legs)?.role === 'out'

/** How a leg of an event moves what its account holds: +1, −1 or 0. */
export function directionOf(leg: Leg, legs: readonly Leg[]): 1 | -1 | 0 {
  if (leg.role === 'in' || leg.role === 'rebate') return 1
  if (leg.role === 'out') return -1
  return leg.role === 'fee' && !leavesWithOut(leg, legs) ? -1 : 0
}
