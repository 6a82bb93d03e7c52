/**
 * The scoring model: for each ground (amount, delay, route) how much more often true pairs show it than rivals do,
 * learned from pairs that are proved and from the rivals that these had. Small samples lean on usual values.
 */
import type { Pool } from './candidates.ts'
import {
  AMOUNT_CLASSES,
  amountClass,
  COMMONNESS,
  commonnessOf,
  DELAY_BINS,
  delayBetween,
  delayBin,
  type FeeBook,
  FITS,
  fitOf,
  isExactFit,
  USUAL_DELAYS,
} from './features.ts'
import type { Movement } from './movement.ts'

/** A pair known to be true. */
export interface KnownPair {
  readonly out: Movement
  readonly in: Movement
}

/** Grounds of one candidate in nats; positive speaks for the pair. */
export interface Grounds {
  readonly amount: number
  readonly time: number
  readonly route: number
  /** Does the sending account usually leave the amounts so. */
  readonly habit: number
  readonly amountClass: number
  readonly delay: number
}

export interface Model {
  /** Share of the rivals of an amount class whose time and route together score above `least`. */
  shareOfRivals(amountClass: number, least: number): number
  grounds(out: Movement, into: Movement, others: number): Grounds
  /** Score of the destination where an own address names it. */
  addressScore(account: string): number
}

const HOUR = 3_600_000
/** Pairs (and rivals per pair) that the usual values count for. */
const PRIOR_WEIGHT = 12
const USUAL_FITS = [0.3, 0.2, 0.22, 0.05, 0.05, 0.05, 0.1, 0.03]
const USUAL_RIVALS = [0.01, 0.03, 0.01, 0.02, 0.1, 0.3, 0.6, 0.4]
/** Amounts met often have rivals more often. */
const COMMON_SHARE = [0.6, 0.2, 0.2]
const COMMON_RIVALS = [1, 2, 6]
/** Pairs that the habits of all accounts together count for, next to an account's own. */
const ROUTE_WEIGHT = 12
/** The same for how long a family's transfers take. */
const FAMILY_WEIGHT = 20
/** The same for how amounts are left. */
const HABIT_WEIGHT = 4
/** Chance that a transfer to an own address has its other half in the books. */
const ADDRESS_ODDS = 3

/** Rivals of a known pair: an in that its out did not go to, or an out that its in did not come from. */
export interface Rival {
  readonly out: Movement
  readonly in: Movement
  readonly others: number
}

export interface Lessons {
  /** Pairs to learn fits and delays from. */
  readonly pairs: readonly Rival[]
  /** Pairs to learn routes from. */
  readonly routes: readonly KnownPair[]
  /** Candidates that are not the partner, of both halves of `pairs`. */
  readonly rivals: readonly Rival[]
  readonly fees: FeeBook
  readonly pool: Pool
}

/** Rivals by how their amounts came about: copies come close in time, chance meetings at any time. */
const RIVAL_GROUPS = 2 * COMMONNESS
const rivalGroup = (c: number): number => (isExactFit(fitOf(c)) ? 0 : 1) + 2 * commonnessOf(c)

export function learnModel({ pairs, routes, rivals, fees, pool }: Lessons): Model {
  const skews = learnSkews(pairs)
  const delay = (out: Movement, into: Movement): number =>
    delayBetween(out, into) + (skews.get(out.account) ?? 0) - (skews.get(into.account) ?? 0)

  const fits = new Float64Array(AMOUNT_CLASSES)
  const delays = new Float64Array(DELAY_BINS)
  const usualDelays = USUAL_DELAYS.reduce((sum, share) => sum + share, 0)
  for (let c = 0; c < AMOUNT_CLASSES; c++) {
    fits[c] = PRIOR_WEIGHT * (USUAL_FITS[fitOf(c)] as number) * (COMMON_SHARE[commonnessOf(c)] as number)
  }
  for (let b = 0; b < DELAY_BINS; b++) delays[b] = (PRIOR_WEIGHT * (USUAL_DELAYS[b] as number)) / usualDelays
  for (const { out, in: into, others } of pairs) {
    const c = amountClass(out, into, fees, others)
    fits[c] = (fits[c] as number) + 1
    const b = delayBin(delay(out, into))
    delays[b] = (delays[b] as number) + 1
  }
  const known = pairs.length + PRIOR_WEIGHT

  const rivalFits = new Float64Array(AMOUNT_CLASSES)
  const rivalDelays = Array.from({ length: RIVAL_GROUPS }, () => new Float64Array(DELAY_BINS))
  for (let c = 0; c < AMOUNT_CLASSES; c++) {
    rivalFits[c] = 2 * PRIOR_WEIGHT * (USUAL_RIVALS[fitOf(c)] as number) * (COMMON_RIVALS[commonnessOf(c)] as number)
  }
  for (const counts of rivalDelays) counts.fill(PRIOR_WEIGHT / DELAY_BINS)
  for (const { out, in: into, others } of rivals) {
    const c = amountClass(out, into, fees, others)
    rivalFits[c] = (rivalFits[c] as number) + 1
    const counts = rivalDelays[rivalGroup(c)] as Float64Array
    const b = delayBin(delay(out, into))
    counts[b] = (counts[b] as number) + 1
  }
  // Each known pair shows the rivals of two halves.
  const amountScore = Float64Array.from(
    fits,
    (count, c) => Math.log(count / known) - Math.log((rivalFits[c] as number) / (2 * known)),
  )
  const rivalTotals = rivalDelays.map((counts) => counts.reduce((sum, count) => sum + count, 0))
  const familyDelays = learnFamilyDelays(pairs, delay)
  const timeScore = (family: string, group: number, bin: number): number => {
    const usual = (delays[bin] as number) / known
    const own = familyDelays.get(family)
    const share = own ? ((own.bins[bin] as number) + FAMILY_WEIGHT * usual) / (own.total + FAMILY_WEIGHT) : usual
    return Math.log(share) - Math.log((rivalDelays[group]?.[bin] as number) / (rivalTotals[group] as number))
  }

  const shares = accountShares(pool.ins)
  const from = new Map<string, number>()
  const along = new Map<string, number>()
  for (const { out, in: into } of routes) {
    from.set(out.account, (from.get(out.account) ?? 0) + 1)
    const route = `${out.account} ${into.account}`
    along.set(route, (along.get(route) ?? 0) + 1)
  }
  const routeScore = (out: Movement, into: Movement): number => {
    const share = shares.get(into.account) ?? 1
    const seen = along.get(`${out.account} ${into.account}`) ?? 0
    const habit = (seen + ROUTE_WEIGHT * share) / ((from.get(out.account) ?? 0) + ROUTE_WEIGHT)
    return Math.log(habit / share)
  }

  const rivalScores: number[][] = rivalDelays.map(() => [])
  for (const { out, in: into, others } of rivals) {
    const group = rivalGroup(amountClass(out, into, fees, others))
    const time = timeScore(out.family, group, delayBin(delay(out, into)))
    rivalScores[group]?.push(time + routeScore(out, into))
  }

  const habits = learnHabits(pairs, (out, into) => fitOf(amountClass(out, into, fees, 0)))

  return {
    shareOfRivals: (c, least) => {
      const scores = rivalScores[rivalGroup(c)] as number[]
      return (scores.filter((score) => score > least).length + 1) / (scores.length + 2)
    },
    grounds: (out, into, others) => {
      const c = amountClass(out, into, fees, others)
      const late = delay(out, into)
      return {
        amount: amountScore[c] as number,
        time: timeScore(out.family, rivalGroup(c), delayBin(late)),
        route: routeScore(out, into),
        habit: habits(out.account, fitOf(c)),
        amountClass: c,
        delay: late,
      }
    },
    addressScore: (account) => ADDRESS_ODDS - Math.log(shares.get(account as Movement['account']) ?? 1),
  }
}

/** Delays by family: how long a transfer takes is the chain's. */
function learnFamilyDelays(
  pairs: readonly KnownPair[],
  delay: (out: Movement, into: Movement) => number,
): Map<string, { readonly bins: Float64Array; total: number }> {
  const families = new Map<string, { readonly bins: Float64Array; total: number }>()
  for (const { out, in: into } of pairs) {
    const own = families.get(out.family) ?? { bins: new Float64Array(DELAY_BINS), total: 0 }
    families.set(out.family, own)
    const bin = delayBin(delay(out, into))
    own.bins[bin] = (own.bins[bin] as number) + 1
    own.total++
  }
  return families
}

/** How much more often an account's transfers show a fit than all accounts' do. */
function learnHabits(
  pairs: readonly KnownPair[],
  fitBetween: (out: Movement, into: Movement) => number,
): (account: string, fit: number) => number {
  const all = new Float64Array(FITS).fill(1)
  const own = new Map<string, Float64Array>()
  for (const { out, in: into } of pairs) {
    const fit = fitBetween(out, into)
    const counts = own.get(out.account) ?? new Float64Array(FITS)
    own.set(out.account, counts)
    counts[fit] = (counts[fit] as number) + 1
    all[fit] = (all[fit] as number) + 1
  }
  const total = all.reduce((sum, count) => sum + count, 0)
  return (account, fit) => {
    const counts = own.get(account)
    if (!counts) return 0
    const share = (all[fit] as number) / total
    const seen = counts.reduce((sum, count) => sum + count, 0)
    return Math.log(((counts[fit] as number) + HABIT_WEIGHT * share) / (seen + HABIT_WEIGHT) / share)
  }
}

function accountShares(ins: readonly Movement[]): Map<string, number> {
  const shares = new Map<string, number>()
  for (const { account } of ins) shares.set(account, (shares.get(account) ?? 0) + 1 / ins.length)
  return shares
}

/**
 * Accounts whose clock runs whole hours ahead of the others' (a zone read wrong), from the delays of known pairs: the
 * shift that makes them most usual, taken only where the evidence is strong.
 */
function learnSkews(pairs: readonly KnownPair[]): Map<string, number> {
  const delays = new Map<string, { readonly delay: number; readonly sign: number }[]>()
  const add = (account: string, delay: number, sign: number): void => {
    const list = delays.get(account) ?? []
    delays.set(account, list)
    list.push({ delay, sign })
  }
  for (const { out, in: into } of pairs) {
    if (out.precision === 'day' || into.precision === 'day') continue
    const delay = into.time - out.time
    add(into.account, delay, -1)
    add(out.account, delay, 1)
  }
  const usual = USUAL_DELAYS.map((share) => Math.log(share))
  const skews = new Map<string, number>()
  for (const [account, list] of delays) {
    const fitWith = (shift: number): number =>
      list.reduce((sum, { delay, sign }) => sum + (usual[delayBin(delay + sign * shift)] as number), 0)
    let best = 0
    let bestFit = fitWith(0) + 3 + list.length / 4
    for (let hours = -14; hours <= 14; hours++) {
      const found = fitWith(hours * HOUR)
      if (hours !== 0 && found > bestFit) {
        best = hours * HOUR
        bestFit = found
      }
    }
    if (best !== 0) skews.set(account, best)
  }
  return skews
}
