/**
 * Which side of a trade says what it was worth. Both the ledger's view and the tax engine go by it, so that a leg never
 * shows another value than the one it is taxed at.
 */
import type { Money } from '../amount/amount.ts'
import type { Leg } from '../events/event.ts'

/** Grounds of a value, best first: the user's word, money, the source's word, a market price, none. */
export const USER = 0
export const FIAT = 1
export const SOURCE = 2
export const PRICE = 3
export const NO_GROUND = 4

/** The ground that a leg states by itself. */
export const statedGround = (leg: Leg): number =>
  leg.value === undefined ? NO_GROUND : leg.valueBy === 'user' ? USER : SOURCE

/** The weakest ground among the legs of a side; none for a side without legs. */
export function weakestGround(legs: readonly Leg[], groundOf: (leg: Leg) => number): number {
  let weakest = -1
  for (const leg of legs) weakest = Math.max(weakest, groundOf(leg))
  return weakest < 0 ? NO_GROUND : weakest
}

/** The side whose value counts: the preferred one unless the other has better grounds; null where neither has any. */
export function countingSide(preferred: 'out' | 'in', outGround: number, inGround: number): 'out' | 'in' | null {
  const [own, other] = preferred === 'in' ? [inGround, outGround] : [outGround, inGround]
  if (own === NO_GROUND && other === NO_GROUND) return null
  return own <= other ? preferred : preferred === 'in' ? 'out' : 'in'
}

const CENT = 10n ** 16n

/** Does money contradict a stated value: by more than a cent and one part in a hundred, which venues round away. */
export function contradicts(stated: Money, money: Money): boolean {
  const apart = stated > money ? stated - money : money - stated
  return apart > CENT && apart * 100n > (money < 0n ? -money : money)
}
