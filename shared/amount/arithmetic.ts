import type { Amount, Money } from './amount.ts'
import { ONE_UNIT } from './amount.ts'
import { divideHalfEven, powerOfTen } from './decimal.ts'

/** `a × b / c`, half even, with no rounding in between. `c` is not zero. */
export const mulDiv = (a: bigint, b: bigint, c: bigint): bigint => divideHalfEven(a * b, c)

/** What `amount` units are worth at `pricePerUnit`, half even at 18 places. */
export const valueAt = (amount: Amount, pricePerUnit: Money): Money =>
  divideHalfEven(amount * pricePerUnit, ONE_UNIT) as Money

/** The price of one unit when `amount` units (not zero) are worth `money`, half even at 18 places. */
export const unitPrice = (money: Money, amount: Amount): Money => divideHalfEven(money * ONE_UNIT, amount) as Money

/**
 * The share of `total` that goes with `part` of `whole`: half even, except that the last part takes the remainder.
 * Callers subtract the share from the total and the part from the whole, so that the shares of a lot add up to its cost
 * exactly, however it is cut.
 */
export const shareOf = <Sum extends bigint>(total: Sum, part: bigint, whole: bigint): Sum =>
  part === whole ? total : (divideHalfEven(total * part, whole) as Sum)

/** Cuts `total` in proportion to `weights` (not negative, at least one positive); the parts add up to `total` exactly. */
export function shareMoney(total: Money, weights: readonly bigint[]): Money[] {
  let money = total
  let weight = weights.reduce((sum, w) => sum + w, 0n)
  return weights.map((w) => {
    if (w === 0n) return 0n as Money
    const share = shareOf(money, w, weight)
    money = (money - share) as Money
    weight -= w
    return share
  })
}

export type RoundingMode = 'half-up' | 'half-even' | 'truncate' | 'down' | 'up'
export type RoundingStep = 'cents' | 'whole'

const STEP: Record<RoundingStep, bigint> = { cents: powerOfTen(16), whole: powerOfTen(18) }

/**
 * Rounds money once, for a form. `half-up` takes halves away from zero (1.49 → 1, 1.50 → 2, −1.50 → −2), `truncate`
 * drops what is beyond the step, towards zero; `down` and `up` go below and above on the line of numbers.
 */
export function roundMoney(money: Money, step: RoundingStep, mode: RoundingMode): Money {
  const size = STEP[step]
  if (mode === 'down' || mode === 'up') {
    const rest = ((money % size) + size) % size
    return (money - rest + (mode === 'up' && rest > 0n ? size : 0n)) as Money
  }
  if (mode === 'half-even') return (divideHalfEven(money, size) * size) as Money
  if (mode === 'truncate') return ((money / size) * size) as Money
  const half = size / 2n
  return (((money < 0n ? money - half : money + half) / size) * size) as Money
}
