/**
 * What two movements show about being halves of one transfer. Comparisons of amounts are exact; `number` is used only
 * for scores and for narrowing the search, never for a sum.
 */
import type { Movement } from './movement.ts'

/** How the difference between what left and what arrived is explained. */
export const AMOUNT_FITS = [
  /** The stated fee is exactly the difference, or was taken beside and nothing is missing. */
  'stated-fee',
  /** Nothing is missing and no fee is stated. */
  'equal',
  /** The difference is a fee that this account has charged for this asset before, more than once. */
  'known-fee',
  /** The difference is of the size of this account's fees, and tiny beside the amount: few strangers come so near. */
  'usual-fee-tiny',
  /** The same, small beside the amount. */
  'usual-fee-small',
  /** The same, but a sizeable part of the amount. */
  'usual-fee',
  /** The difference could be a fee. */
  'possible-fee',
  /** A fee is stated, and the difference is another. */
  'other-fee',
] as const
export type AmountFit = (typeof AMOUNT_FITS)[number]
export const FITS = AMOUNT_FITS.length
const [STATED, EQUAL, KNOWN, TINY, SMALL, USUAL, POSSIBLE, OTHER] = [0, 1, 2, 3, 4, 5, 6, 7] as const

/** Fits from here on leave the difference unexplained, so that many unrelated amounts would do as well. */
export const isExactFit = (fit: number): boolean => fit <= KNOWN

/** How often a pair's amounts occur elsewhere in the family: never, once or twice, often. Common amounts prove little. */
export const COMMONNESS = 3
export const commonness = (others: number): number => (others === 0 ? 0 : others <= 2 ? 1 : 2)

/** Fit and commonness in one number: the first FITS values are amounts met nowhere else. */
export const AMOUNT_CLASSES = FITS * COMMONNESS
export const commonnessOf = (amountClass: number): number => Math.floor(amountClass / FITS)
export const fitOf = (amountClass: number): number => amountClass % FITS

/** Units finer than this (10⁻⁸) are lost by sources that print eight places. */
const ROUNDING = 10n ** 16n
const same = (a: bigint, b: bigint): boolean => {
  const apart = a - b
  return apart < ROUNDING && -apart < ROUNDING
}

/** A fee is known when it was seen as often: the pair that is looked at may be one of those learned from. */
const SEEN_BEFORE = 2

/** Fees of one account and asset that show their range; with fewer, all accounts' fees of the asset do. */
const ENOUGH_FEES = 10

/** Fees that accounts have been seen to charge, by account and asset. */
export class FeeBook {
  private readonly exact = new Map<string, Map<bigint, number>>()
  private readonly ranges = new Map<string, { low: bigint; high: bigint; count: number }>()

  /** Learns the difference of a pair that is known to be true. */
  learn(out: Movement, into: Movement): void {
    const fee = out.amount - into.amount
    if (fee <= 0n) return
    const key = `${out.account} ${out.asset}`
    const counts = this.exact.get(key) ?? new Map<bigint, number>()
    this.exact.set(key, counts)
    counts.set(fee, (counts.get(fee) ?? 0) + 1)
    for (const range of [key, out.asset]) {
      const known = this.ranges.get(range)
      if (!known) this.ranges.set(range, { low: fee, high: fee, count: 1 })
      else {
        if (fee < known.low) known.low = fee
        else if (fee > known.high) known.high = fee
        known.count++
      }
    }
  }

  /** How often this very fee has been seen. */
  seen(out: Movement, fee: bigint): number {
    return this.exact.get(`${out.account} ${out.asset}`)?.get(fee) ?? 0
  }

  isUsual(out: Movement, fee: bigint): boolean {
    const own = this.ranges.get(`${out.account} ${out.asset}`)
    const range = own && own.count >= ENOUGH_FEES ? own : this.ranges.get(out.asset)
    return range !== undefined && fee * 2n >= range.low && fee <= range.high * 2n
  }

  /** The largest fee seen for the asset; 0 where none was. */
  largest(out: Movement): bigint {
    return this.ranges.get(out.asset)?.high ?? 0n
  }
}

/**
 * The amount class of a pair. `others`: how many other movements of the family have one of its amounts.
 */
export function amountClass(out: Movement, into: Movement, fees: FeeBook, others: number): number {
  return fit(out, into, fees) + FITS * commonness(others)
}

function fit(out: Movement, into: Movement, fees: FeeBook): number {
  const missing = out.amount - into.amount
  if (out.fee !== null && out.fee > 0n) {
    if (same(missing, out.fee) || (!out.feeIncluded && same(missing, 0n))) return STATED
    return OTHER
  }
  if (same(missing, 0n)) return EQUAL
  if (fees.seen(out, missing) >= SEEN_BEFORE) return KNOWN
  if (!fees.isUsual(out, missing)) return POSSIBLE
  if (missing * 2000n <= out.amount) return TINY
  return missing * 300n <= out.amount ? SMALL : USUAL
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Upper ends of the delay bins; a transfer that arrives before it left has a clock to blame. */
const DELAY_ENDS = [
  -2 * DAY,
  -2.1 * HOUR,
  -70 * MINUTE,
  -20 * MINUTE,
  -2 * MINUTE,
  0,
  0.5 * MINUTE,
  MINUTE,
  2 * MINUTE,
  4 * MINUTE,
  7 * MINUTE,
  12 * MINUTE,
  20 * MINUTE,
  35 * MINUTE,
  HOUR,
  1.7 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
  30 * DAY,
]
export const DELAY_BINS = DELAY_ENDS.length + 1

/** What is to be expected of delays before anything was learned: pairs out of a thousand, by bin. */
export const USUAL_DELAYS = [1, 1, 5, 8, 8, 10, 45, 50, 70, 90, 110, 120, 120, 110, 80, 60, 40, 25, 15, 10, 14, 5, 2, 1]

export function delayBin(delay: number): number {
  let bin = 0
  while (bin < DELAY_ENDS.length && delay > (DELAY_ENDS[bin] as number)) bin++
  return bin
}

/** Milliseconds from out to in; where only a date is known, the part of the day that it hides is given away. */
export function delayBetween(out: Movement, into: Movement): number {
  const delay = into.time - out.time
  if (out.precision !== 'day' && into.precision !== 'day') return delay
  if (delay >= 0) return Math.max(delay - DAY, 0)
  return Math.min(delay + DAY, 0)
}

/** Two hashes of one shape that differ are two transactions. */
export const differentTransactions = (out: Movement, into: Movement): boolean =>
  out.hash !== null &&
  into.hash !== null &&
  out.hash !== into.hash &&
  out.asset === into.asset &&
  out.hash.length === into.hash.length &&
  out.hash.length >= 40
