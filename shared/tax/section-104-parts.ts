import type { Amount, Money } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import type { Disposed } from './section-104-days.ts'

/** Units of a day's disposal that go without gain or loss. */
export const unitsGiven = ({ given }: Disposed): bigint => given.reduce((sum, { amount }) => sum + amount, 0n)

interface Part {
  readonly amount: bigint
  readonly cost: bigint
}

/**
 * Takes out of each part of a day's disposal, as far as parts come, the units given away and their cost: the day's
 * disposals are one, so that each rule's units are theirs in proportion. Gives what is left of the part.
 */
export function givenAway(disposed: Disposed): ((part: Part) => { readonly amount: Amount; readonly cost: Money }) & {
  readonly cost: () => bigint
} {
  let [given, units, total] = [unitsGiven(disposed), disposed.amount, 0n]
  const takeFrom = ({ amount, cost }: Part): { readonly amount: Amount; readonly cost: Money } => {
    if (given === 0n || amount === 0n) return { amount: amount as Amount, cost: cost as Money }
    const away = shareOf(given, amount, units)
    const share = shareOf(cost, away, amount)
    units -= amount
    given -= away
    total += share
    return { amount: (amount - away) as Amount, cost: (cost - share) as Money }
  }
  return Object.assign(takeFrom, { cost: () => total })
}

export type Share = (amount: bigint) => { readonly proceeds: Money; readonly fees: Money }

/** Cuts a day's proceeds and fees in proportion to units, the last part taking the remainder. */
export function shares(disposed: Pick<Disposed, 'amount' | 'proceeds' | 'fees'>): Share {
  let { amount: units, proceeds, fees } = disposed
  return (amount) => {
    const money = shareOf(proceeds, amount, units)
    const charge = shareOf(fees, amount, units)
    units -= amount
    proceeds -= money
    fees -= charge
    return { proceeds: money as Money, fees: charge as Money }
  }
}
