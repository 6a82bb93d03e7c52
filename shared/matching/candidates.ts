import type { AccountId } from '../events/identifiers.ts'
import type { FeeBook } from './features.ts'
import { differentTransactions } from './features.ts'
import type { Movement } from './movement.ts'

/** Movements in a fixed order (by id), so that nothing depends on the order they came in. */
export interface Pool {
  readonly outs: readonly Movement[]
  readonly ins: readonly Movement[]
  /** How many other movements of the family have an amount of this pair (indices). */
  others(out: number, into: number): number
}

/** Pairs of indices whose amounts could be those of one transfer, ordered by out, then in. */
export interface Candidates {
  readonly outs: readonly number[]
  readonly ins: readonly number[]
}

const byId = (a: Movement, b: Movement): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Makes a pool of some movements of a history; `all` are those of the whole history. */
export function makePool(movements: readonly Movement[], all: readonly Movement[]): Pool {
  const outs = movements.filter((movement) => movement.direction === 'out').sort(byId)
  const ins = movements.filter((movement) => movement.direction === 'in').sort(byId)
  const families = new Map<string, Map<bigint, number>>()
  for (const { family, amount } of all) {
    const counts = families.get(family) ?? new Map<bigint, number>()
    families.set(family, counts)
    counts.set(amount, (counts.get(amount) ?? 0) + 1)
  }
  const countOf = ({ family, amount }: Movement): number => families.get(family)?.get(amount) ?? 1
  const outCounts = outs.map(countOf)
  const inCounts = ins.map(countOf)
  return {
    outs,
    ins,
    others: (o, i) => {
      const ofIn = inCounts[i] as number
      return (outs[o] as Movement).amount === (ins[i] as Movement).amount
        ? ofIn - 2
        : ofIn + (outCounts[o] as number) - 2
    },
  }
}

/** Share of the amount that may be missing before anything is known about fees. */
const USUAL_SHARE = 0.02
const SLACK = 1e-9

/**
 * All pairs of one family and two accounts where at most a plausible fee is missing. There is no window of time: how far
 * apart they are is evidence, which is weighed later. An address that is the user's own admits only its account.
 */
export function findCandidates(pool: Pool, fees: FeeBook, ownAddresses: ReadonlyMap<string, AccountId>): Candidates {
  const families = new Map<string, number[]>()
  pool.ins.forEach(({ family }, i) => {
    const list = families.get(family)
    if (list) list.push(i)
    else families.set(family, [i])
  })
  const sizes = pool.ins.map(({ amount }) => Number(amount))
  for (const list of families.values()) list.sort((a, b) => (sizes[a] as number) - (sizes[b] as number) || a - b)
  const found: { readonly outs: number[]; readonly ins: number[] } = { outs: [], ins: [] }
  for (let o = 0; o < pool.outs.length; o++) {
    const out = pool.outs[o] as Movement
    const list = families.get(out.family)
    if (!list) continue
    const size = Number(out.amount)
    const most = Math.max(size * USUAL_SHARE, Number(fees.largest(out)) * 2, out.fee === null ? 0 : Number(out.fee) * 2)
    const own = out.address === null ? undefined : ownAddresses.get(out.address)
    for (let at = lowerBound(list, sizes, size - most); at < list.length; at++) {
      const i = list[at] as number
      if ((sizes[i] as number) > size * (1 + SLACK)) break
      const into = pool.ins[i] as Movement
      if (into.account === out.account || (own !== undefined && own !== into.account)) continue
      const sender = into.address === null ? undefined : ownAddresses.get(into.address)
      if ((sender !== undefined && sender !== out.account) || differentTransactions(out, into)) continue
      found.outs.push(o)
      found.ins.push(i)
    }
  }
  return found
}

function lowerBound(list: readonly number[], sizes: readonly number[], least: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sizes[list[middle] as number] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}
