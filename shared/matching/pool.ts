import type { AccountId } from '../events/identifiers.ts'
import type { FeeBook } from './features.ts'
import { differentTransactions, isRound } from './features.ts'
import type { Movement } from './movement.ts'

/** A pair known to be true: proved, or accepted earlier. */
export interface KnownPair {
  readonly out: Movement
  readonly in: Movement
}

/**
 * Movements as columns, in a fixed order (by id), so that nothing depends on the order they came in. Known pairs are
 * among them: their halves are there to learn from, and are no candidates for each other.
 */
export interface Pool {
  readonly outs: readonly Movement[]
  readonly ins: readonly Movement[]
  readonly accounts: readonly AccountId[]
  readonly families: readonly string[]
  /** Index of the account and family of each out and in. */
  readonly outAccount: Int32Array
  readonly inAccount: Int32Array
  readonly outFamily: Int32Array
  /** The in of a known pair's out, the out of its in; −1 for open movements. */
  readonly outPartner: Int32Array
  readonly inPartner: Int32Array
  /** Indices of the known pairs. */
  readonly known: readonly { readonly out: number; readonly in: number }[]
  /** Is the amount of the in round. */
  readonly inRound: readonly boolean[]
  /** How many other movements of the family have an amount of this pair (indices). */
  others(out: number, into: number): number
}

/** Pairs of indices whose amounts could be those of one transfer, ordered by out. */
export interface Candidates {
  readonly outs: Int32Array
  readonly ins: Int32Array
}

const byId = (a: Movement, b: Movement): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function indexOf<T>(values: Iterable<T>): Map<T, number> {
  const index = new Map<T, number>()
  for (const value of values) if (!index.has(value)) index.set(value, index.size)
  return index
}

/** How often the amount of each movement occurs in its family, and whether it is round. */
export interface AmountSurvey {
  readonly counts: ReadonlyMap<Movement, number>
  readonly round: ReadonlySet<Movement>
}

/** Surveys all movements of a history, once for all pools made of it. */
export function surveyAmounts(all: readonly Movement[]): AmountSurvey {
  const families = new Map<string, Map<bigint, Movement[]>>()
  for (const movement of all) {
    let amounts = families.get(movement.family)
    if (!amounts) {
      amounts = new Map()
      families.set(movement.family, amounts)
    }
    const equal = amounts.get(movement.amount)
    if (equal) equal.push(movement)
    else amounts.set(movement.amount, [movement])
  }
  const counts = new Map<Movement, number>()
  const round = new Set<Movement>()
  for (const amounts of families.values()) {
    for (const [amount, equal] of amounts) {
      const isRoundAmount = isRound(amount)
      for (const movement of equal) {
        counts.set(movement, equal.length)
        if (isRoundAmount) round.add(movement)
      }
    }
  }
  return { counts, round }
}

/** Makes the pool of open movements and known pairs. */
export function makePool(open: readonly Movement[], pairs: readonly KnownPair[], survey: AmountSurvey): Pool {
  const members = [...open, ...pairs.flatMap((pair) => [pair.out, pair.in])]
  const outs = members.filter(({ direction }) => direction === 'out').sort(byId)
  const ins = members.filter(({ direction }) => direction === 'in').sort(byId)
  const countOf = (movement: Movement): number => survey.counts.get(movement) ?? 1
  const outCounts = Int32Array.from(outs, countOf)
  const inCounts = Int32Array.from(ins, countOf)
  const outIndex = indexOf(outs.map(({ id }) => id))
  const inIndex = indexOf(ins.map(({ id }) => id))
  const accounts = indexOf(members.map(({ account }) => account).sort())
  const families = indexOf(members.map(({ family }) => family).sort())
  const known = pairs.map((pair) => ({
    out: outIndex.get(pair.out.id) as number,
    in: inIndex.get(pair.in.id) as number,
  }))
  const outPartner = new Int32Array(outs.length).fill(-1)
  const inPartner = new Int32Array(ins.length).fill(-1)
  for (const pair of known) {
    outPartner[pair.out] = pair.in
    inPartner[pair.in] = pair.out
  }
  return {
    outs,
    ins,
    accounts: [...accounts.keys()],
    families: [...families.keys()],
    outAccount: Int32Array.from(outs, ({ account }) => accounts.get(account) as number),
    inAccount: Int32Array.from(ins, ({ account }) => accounts.get(account) as number),
    outFamily: Int32Array.from(outs, ({ family }) => families.get(family) as number),
    outPartner,
    inPartner,
    inRound: ins.map((into) => survey.round.has(into)),
    known,
    others: (o, i) => {
      const ofIn = inCounts[i] as number
      const equal = (outs[o] as Movement).amount === (ins[i] as Movement).amount
      return equal ? ofIn - 2 : ofIn + (outCounts[o] as number) - 2
    },
  }
}

/** Share of the amount that may be missing before anything is known about fees. */
const USUAL_SHARE = 0.02
const SLACK = 1e-9

/**
 * All pairs of one family and two accounts where at most a plausible fee is missing, except those of two known halves.
 * There is no window of time: how far apart they are is evidence, which is weighed later. An address that is the user's
 * own admits only its account.
 */
export function findCandidates(pool: Pool, fees: FeeBook, ownAddresses: ReadonlyMap<string, AccountId>): Candidates {
  const families = new Map<string, number[]>()
  pool.ins.forEach(({ family }, i) => {
    const list = families.get(family)
    if (list) list.push(i)
    else families.set(family, [i])
  })
  const sizes = Float64Array.from(pool.ins, ({ amount }) => Number(amount))
  for (const list of families.values()) list.sort((a, b) => (sizes[a] as number) - (sizes[b] as number) || a - b)
  const sender = pool.ins.map(({ address }) => (address === null ? undefined : ownAddresses.get(address)))
  const outs: number[] = []
  const ins: number[] = []
  for (let o = 0; o < pool.outs.length; o++) {
    const out = pool.outs[o] as Movement
    const list = families.get(out.family)
    if (!list) continue
    const size = Number(out.amount)
    const most = Math.max(size * USUAL_SHARE, Number(fees.largest(out)) * 2, out.fee === null ? 0 : Number(out.fee) * 2)
    const own = out.address === null ? undefined : ownAddresses.get(out.address)
    const account = pool.outAccount[o]
    const known = (pool.outPartner[o] as number) >= 0
    for (let at = lowerBound(list, sizes, size - most); at < list.length; at++) {
      const i = list[at] as number
      if ((sizes[i] as number) > size * (1 + SLACK)) break
      if (pool.inAccount[i] === account || (known && (pool.inPartner[i] as number) >= 0)) continue
      const from = sender[i]
      if (from !== undefined && from !== out.account) continue
      const into = pool.ins[i] as Movement
      if ((own !== undefined && own !== into.account) || differentTransactions(out, into)) continue
      outs.push(o)
      ins.push(i)
    }
  }
  return { outs: Int32Array.from(outs), ins: Int32Array.from(ins) }
}

function lowerBound(list: readonly number[], sizes: Float64Array, least: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sizes[list[middle] as number] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}
