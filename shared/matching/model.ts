/**
 * The scoring model: for each ground (amount, delay, route, habit) how much more often true pairs show it than rivals
 * do, learned from pairs that are known and from the rivals that these had. Small samples lean on usual values.
 */
import {
  AMOUNT_CLASSES,
  COMMONNESS,
  commonnessOf,
  DELAY_BINS,
  delayBetween,
  delayBin,
  FITS,
  fitOf,
  isExactFit,
  USUAL_DELAYS,
  usualRivalDelays,
} from './features.ts'
import type { Movement } from './movement.ts'
import type { Pool } from './pool.ts'
import { learnSkews } from './skews.ts'

/** Grounds of one candidate in nats; positive speaks for the pair. */
export interface Grounds {
  readonly amount: number
  readonly time: number
  readonly route: number
  /** Does the sending account usually leave the amounts so. */
  readonly habit: number
  readonly amountClass: number
}

/** One pair (indices into the pool) with its amount class. */
export interface ClassedPair {
  readonly out: number
  readonly in: number
  readonly amountClass: number
}

export interface Model {
  grounds(pair: ClassedPair): Grounds
  /** Time, route and habit together. */
  circumstances(out: number, into: number, amountClass: number): number
  amountScore(amountClass: number): number
  /** Score where an own address names the destination. */
  addressScore(into: number): number
  /** Share of the rivals of an amount class whose circumstances score above `least`. */
  shareOfRivals(amountClass: number, least: number): number
}

/** Pairs (and rivals per pair) that the usual values count for. */
const PRIOR_WEIGHT = 12
const USUAL_FITS = [0.3, 0.2, 0.22, 0.05, 0.05, 0.05, 0.1, 0.03]
const USUAL_RIVALS = [0.01, 0.03, 0.01, 0.02, 0.1, 0.3, 0.6, 0.4]
/** Amounts met often have rivals more often. */
const COMMON_SHARE = [0.6, 0.2, 0.2]
const COMMON_RIVALS = [1, 2, 6]
/** Share of rivals that are copies close in time, where the amounts fit exactly and where they do not. */
const COPIES_EXACT = 0.7
const COPIES_NEAR = 0.3
/** Pairs that the habits of all accounts together count for, next to an account's own. */
const ROUTE_WEIGHT = 12
/** The same for how long a family's transfers take. */
const FAMILY_WEIGHT = 20
/** The same for how amounts are left. */
const HABIT_WEIGHT = 4
/** Log-odds that a transfer to an own address has its other half in the books. */
const ADDRESS_ODDS = 4.5

/** Rivals by how their amounts came about: copies come close in time, chance meetings at any time. */
const RIVAL_GROUPS = 2 * COMMONNESS
const rivalGroup = (c: number): number => (isExactFit(fitOf(c)) ? 0 : 1) + 2 * commonnessOf(c)

const bump = (counts: Float64Array, at: number): void => {
  counts[at] = (counts[at] as number) + 1
}
/** A delay speaks for the bins beside its own as well. */
function spread(counts: Float64Array, bin: number): void {
  const last = counts.length - 1
  for (const [at, share] of [
    [Math.max(bin - 1, 0), 0.2],
    [bin, 0.6],
    [Math.min(bin + 1, last), 0.2],
  ] as const) {
    counts[at] = (counts[at] as number) + share
  }
}
const sumOf = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0)

export interface Lessons {
  readonly pool: Pool
  /** The known pairs: fits, delays and habits. */
  readonly pairs: readonly ClassedPair[]
  /** Candidates of which exactly one half is of a known pair: the other is not its partner. */
  readonly rivals: readonly ClassedPair[]
  /** Pairs taken to be true, known or not: routes. */
  readonly routes: readonly { readonly out: number; readonly in: number }[]
}

export function learnModel({ pool, pairs, rivals, routes }: Lessons): Model {
  const delay = delaysOf(pool)
  const known = pairs.length + PRIOR_WEIGHT
  const fits = Float64Array.from(
    { length: AMOUNT_CLASSES },
    (_, c) => PRIOR_WEIGHT * (USUAL_FITS[fitOf(c)] as number) * (COMMON_SHARE[commonnessOf(c)] as number),
  )
  const usualDelays = USUAL_DELAYS.reduce((sum, share) => sum + share, 0)
  const delays = Float64Array.from(USUAL_DELAYS, (share) => (PRIOR_WEIGHT * share) / usualDelays)
  for (const pair of pairs) {
    bump(fits, pair.amountClass)
    spread(delays, delayBin(delay(pair.out, pair.in)))
  }
  const rivalFits = Float64Array.from(
    { length: AMOUNT_CLASSES },
    (_, c) => 2 * PRIOR_WEIGHT * (USUAL_RIVALS[fitOf(c)] as number) * (COMMON_RIVALS[commonnessOf(c)] as number),
  )
  const rivalDelays = Array.from({ length: RIVAL_GROUPS }, (_, group) =>
    usualRivalDelays(group % 2 === 0 ? COPIES_EXACT : COPIES_NEAR).map((share) => PRIOR_WEIGHT * share),
  )
  for (const rival of rivals) {
    bump(rivalFits, rival.amountClass)
    bump(rivalDelays[rivalGroup(rival.amountClass)] as Float64Array, delayBin(delay(rival.out, rival.in)))
  }
  // Each known pair shows the rivals of two halves.
  const amountScores = fits.map(
    (count, c) => Math.log(count / known) - Math.log((rivalFits[c] as number) / (2 * known)),
  )
  const times = timeScores(
    pool,
    pairs,
    delays.map((count) => count / known),
    rivalDelays,
    delay,
  )
  const routeScores = learnRoutes(pool, routes)
  const habits = learnHabits(pool, pairs)
  const accountCount = pool.accounts.length

  const time = (o: number, i: number, c: number): number =>
    times[((pool.outFamily[o] as number) * RIVAL_GROUPS + rivalGroup(c)) * DELAY_BINS + delayBin(delay(o, i))] as number
  const route = (o: number, i: number): number =>
    routeScores[(pool.outAccount[o] as number) * accountCount + (pool.inAccount[i] as number)] as number
  const habit = (o: number, c: number): number => habits[(pool.outAccount[o] as number) * FITS + fitOf(c)] as number
  const circumstances = (o: number, i: number, c: number): number => time(o, i, c) + route(o, i) + habit(o, c)

  const rivalScores: number[][] = rivalDelays.map(() => [])
  for (const { out, in: into, amountClass } of rivals) {
    rivalScores[rivalGroup(amountClass)]?.push(time(out, into, amountClass) + route(out, into))
  }
  const shares = accountShares(pool)
  return {
    circumstances,
    amountScore: (c) => amountScores[c] as number,
    addressScore: (i) => ADDRESS_ODDS - Math.log(shares[pool.inAccount[i] as number] as number),
    shareOfRivals: (c, least) => {
      const scores = rivalScores[rivalGroup(c)] as number[]
      return (scores.filter((score) => score > least).length + 1) / (scores.length + 1)
    },
    grounds: ({ out, in: into, amountClass: c }) => ({
      amount: amountScores[c] as number,
      time: time(out, into, c),
      route: route(out, into),
      habit: habit(out, c),
      amountClass: c,
    }),
  }
}

/** Delays between pool members, with clocks that run hours ahead put right. */
function delaysOf(pool: Pool): (out: number, into: number) => number {
  const { outs, ins } = pool
  const skews = learnSkews(
    pool.known.map((pair) => ({ out: outs[pair.out] as Movement, in: ins[pair.in] as Movement })),
  )
  const timeOf = ({ time, account }: Movement): number => time - (skews.get(account) ?? 0)
  const outTimes = Float64Array.from(outs, timeOf)
  const inTimes = Float64Array.from(ins, timeOf)
  if (![...outs, ...ins].some(({ precision }) => precision === 'day')) {
    return (o, i) => (inTimes[i] as number) - (outTimes[o] as number)
  }
  return (o, i) =>
    delayBetween((inTimes[i] as number) - (outTimes[o] as number), outs[o] as Movement, ins[i] as Movement)
}

/** By family, rival group and delay bin. How long a transfer takes is the chain's. */
function timeScores(
  pool: Pool,
  pairs: readonly ClassedPair[],
  usual: Float64Array,
  rivalDelays: readonly Float64Array[],
  delay: (out: number, into: number) => number,
): Float64Array {
  const own = pool.families.map(() => new Float64Array(DELAY_BINS))
  for (const { out, in: into } of pairs) {
    spread(own[pool.outFamily[out] as number] as Float64Array, delayBin(delay(out, into)))
  }
  const scores = new Float64Array(own.length * RIVAL_GROUPS * DELAY_BINS)
  own.forEach((counts, family) => {
    const total = sumOf(counts) + FAMILY_WEIGHT
    rivalDelays.forEach((rivals, group) => {
      const all = sumOf(rivals)
      for (let bin = 0; bin < DELAY_BINS; bin++) {
        const share = ((counts[bin] as number) + FAMILY_WEIGHT * (usual[bin] as number)) / total
        scores[(family * RIVAL_GROUPS + group) * DELAY_BINS + bin] =
          Math.log(share) - Math.log((rivals[bin] as number) / all)
      }
    })
  })
  return scores
}

function accountShares(pool: Pool): Float64Array {
  const counts = new Float64Array(pool.accounts.length)
  for (const account of pool.inAccount) bump(counts, account)
  return counts.map((count) => Math.max(count, 0.5) / pool.ins.length)
}

/** By sending and receiving account: how much more often than its share of all arrivals says. */
function learnRoutes(pool: Pool, routes: Lessons['routes']): Float64Array {
  const size = pool.accounts.length
  const along = new Float64Array(size * size)
  const from = new Float64Array(size)
  for (const { out, in: into } of routes) {
    const sender = pool.outAccount[out] as number
    bump(from, sender)
    bump(along, sender * size + (pool.inAccount[into] as number))
  }
  const shares = accountShares(pool)
  return along.map((seen, at) => {
    const share = shares[at % size] as number
    return Math.log((seen + ROUTE_WEIGHT * share) / ((from[Math.floor(at / size)] as number) + ROUTE_WEIGHT) / share)
  })
}

/** By sending account and fit: how much more often than in all accounts. */
function learnHabits(pool: Pool, pairs: readonly ClassedPair[]): Float64Array {
  const all = new Float64Array(FITS).fill(1)
  const own = new Float64Array(pool.accounts.length * FITS)
  const from = new Float64Array(pool.accounts.length)
  for (const { out, amountClass } of pairs) {
    const account = pool.outAccount[out] as number
    bump(all, fitOf(amountClass))
    bump(own, account * FITS + fitOf(amountClass))
    bump(from, account)
  }
  const total = sumOf(all)
  return own.map((seen, at) => {
    const share = (all[at % FITS] as number) / total
    return Math.log((seen + HABIT_WEIGHT * share) / ((from[Math.floor(at / FITS)] as number) + HABIT_WEIGHT) / share)
  })
}
