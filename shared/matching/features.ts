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
  /** The difference is of the size of this account's fees (or none are known), and tiny beside the amount: few strangers come so near. */
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
export const FITS = AMOUNT_FITS.length
const [STATED, EQUAL, KNOWN, TINY, SMALL, USUAL, POSSIBLE, OTHER] = [0, 1, 2, 3, 4, 5, 6, 7] as const

/** Fits from here on leave the difference unexplained, so that many unrelated amounts would do as well. */
export const isExactFit = (fit: number): boolean => fit <= KNOWN

/**
 * How often a pair's amounts occur elsewhere in the family: never, once or twice (or the amount is round, so that others
 * may well have it), often. Common amounts prove little.
 */
export const COMMONNESS = 3
const commonness = (others: number, round: boolean): number => (others >= 3 ? 2 : others > 0 || round ? 1 : 0)

/** Has the amount at most three digits that count. */
export function isRound(amount: bigint): boolean {
  const text = amount.toString()
  for (let i = text.length - 1; i > 2; i--) if (text.charCodeAt(i) !== 48) return false
  return true
}

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

interface FeeRange {
  low: bigint
  high: bigint
  count: number
}

/** What is known about the fees of one account and asset. */
export interface FeeView {
  /** How often each fee has been seen. */
  readonly seen: ReadonlyMap<bigint, number>
  readonly range: FeeRange | null
}

/** Fees that accounts have been seen to charge, by account and asset. */
export class FeeBook {
  private readonly seen = new Map<string, Map<bigint, number>>()
  private readonly ranges = new Map<string, FeeRange>()

  /** Learns the difference of a pair that is taken to be true. */
  learn(out: Movement, into: Movement): void {
    const fee = out.amount - into.amount
    if (fee <= 0n) return
    const key = `${out.account} ${out.asset}`
    const counts = this.seen.get(key) ?? new Map<bigint, number>()
    this.seen.set(key, counts)
    counts.set(fee, (counts.get(fee) ?? 0) + 1)
    for (const name of [key, out.asset]) {
      const range = this.ranges.get(name)
      if (!range) this.ranges.set(name, { low: fee, high: fee, count: 1 })
      else {
        if (fee < range.low) range.low = fee
        else if (fee > range.high) range.high = fee
        range.count++
      }
    }
  }

  viewOf(out: Movement): FeeView {
    const seen = this.seen.get(`${out.account} ${out.asset}`) ?? NOTHING_SEEN
    return { seen, range: this.rangeFor(out) ?? null }
  }

  /** The largest fee seen in the account, or for the asset where the account shows few; 0 where none was. */
  largest(out: Movement): bigint {
    return this.rangeFor(out)?.high ?? 0n
  }

  private rangeFor(out: Movement): FeeRange | undefined {
    const own = this.ranges.get(`${out.account} ${out.asset}`)
    return own && own.count >= ENOUGH_FEES ? own : this.ranges.get(out.asset)
  }
}

const NOTHING_SEEN: ReadonlyMap<bigint, number> = new Map()

/**
 * The amount class of a pair. `others`: how many other movements of the family have one of its amounts. `round`: is what
 * arrived a round amount.
 */
export function amountClass(out: Movement, into: Movement, fees: FeeView, others: number, round: boolean): number {
  return fitOfAmounts(out, into, fees) + FITS * commonness(others, round)
}

/** The same class with another count of `others`. */
export const reclassed = (amountClass: number, others: number, round: boolean): number =>
  fitOf(amountClass) + FITS * commonness(others, round)

function fitOfAmounts(out: Movement, into: Movement, { seen, range }: FeeView): number {
  const missing = out.amount - into.amount
  if (out.fee !== null && out.fee > 0n) {
    if (same(missing, out.fee) || (!out.feeIncluded && same(missing, 0n))) return STATED
    return OTHER
  }
  if (same(missing, 0n)) return EQUAL
  if ((seen.get(missing) ?? 0) >= SEEN_BEFORE) return KNOWN
  if (range !== null && (missing * 2n < range.low || missing > range.high * 2n)) return POSSIBLE
  if (missing * 2000n <= out.amount) return TINY
  return missing * 300n <= out.amount ? SMALL : USUAL
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const HISTORY = 3 * 365 * DAY
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

/**
 * What is to be expected of rivals' delays: some movements are copies of others, made close in time; the rest fall
 * anywhere in a history of years. `copies` is the share of the former.
 */
export function usualRivalDelays(copies: number): Float64Array {
  const ends = [-HISTORY / 2, ...DELAY_ENDS, HISTORY / 2]
  return Float64Array.from({ length: DELAY_BINS }, (_, bin) => {
    const width = (ends[bin + 1] as number) - (ends[bin] as number)
    return copies / DELAY_BINS + ((1 - copies) * width) / HISTORY
  })
}

export function delayBin(delay: number): number {
  let bin = 0
  while (bin < DELAY_ENDS.length && delay > (DELAY_ENDS[bin] as number)) bin++
  return bin
}

/** A delay of two movements, of which one may hide a part of a day because only its date is known: that part is given away. */
export function delayBetween(delay: number, out: Movement, into: Movement): number {
  if (out.precision !== 'day' && into.precision !== 'day') return delay
  return delay >= 0 ? Math.max(delay - DAY, 0) : Math.min(delay + DAY, 0)
}

/** Two hashes of one shape that differ are two transactions. */
export const differentTransactions = (out: Movement, into: Movement): boolean =>
  out.hash !== null &&
  into.hash !== null &&
  out.hash !== into.hash &&
  out.asset === into.asset &&
  out.hash.length === into.hash.length &&
  out.hash.length >= 40
