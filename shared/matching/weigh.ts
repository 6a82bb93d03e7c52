/** Weighs all candidates against each other: scores, joint assignment, and how sure each assigned pair is. */
import type { AccountId } from '../events/identifiers.ts'
import type { Edge } from './assignment.ts'
import { assign, components } from './assignment.ts'
import type { Beforehand } from './beforehand.ts'
import type { Grounds, Model } from './model.ts'
import type { Movement } from './movement.ts'
import { proposalId } from './movement.ts'
import type { Candidates, Pool } from './pool.ts'

/** The candidates of open movements with what the model says of each, as columns. */
export interface Judged {
  readonly outs: readonly number[]
  readonly ins: readonly number[]
  readonly classes: readonly number[]
  /** Time, route and habit; with an own address: amount, time and the address. */
  readonly scores: readonly number[]
  readonly addresses: readonly number[]
}

export interface WeighedPair {
  readonly out: Movement
  readonly in: Movement
  readonly grounds: Grounds
  /** Score of the address, 0 where none is known. */
  readonly address: number
  /** Log-odds that this pair is true rather than any of its rivals or none. */
  readonly odds: number
  /** What the rivals took from its own score. */
  readonly rivals: number
}

/** Candidates weaker than this are no rivals either. */
const WEAKEST = -4
const SCALE = 1000

/** Asks the model about every candidate of two open movements that was not rejected. */
export function judge(
  pool: Pool,
  candidates: Candidates,
  classes: Uint8Array,
  model: Model,
  ownAddresses: ReadonlyMap<string, AccountId>,
  rejected: ReadonlySet<string>,
): Judged {
  const judged = {
    outs: [] as number[],
    ins: [] as number[],
    classes: [] as number[],
    scores: [] as number[],
    addresses: [] as number[],
  }
  const ownOf = ({ address }: Movement): AccountId | undefined =>
    address === null ? undefined : ownAddresses.get(address)
  const named = { outs: pool.outs.map(ownOf), ins: pool.ins.map(ownOf) }
  for (let k = 0; k < candidates.outs.length; k++) {
    const [o, i] = [candidates.outs[k] as number, candidates.ins[k] as number]
    if ((pool.outPartner[o] as number) >= 0 || (pool.inPartner[i] as number) >= 0) continue
    const c = classes[k] as number
    const byAddress = named.outs[o] !== undefined || named.ins[i] !== undefined
    const address = byAddress ? model.addressScore(i) : 0
    const circumstances = model.circumstances(o, i, c)
    const { route, habit } = byAddress ? model.grounds({ out: o, in: i, amountClass: c }) : NO_ADDRESS
    const score = byAddress ? circumstances - route - habit + model.amountScore(c) + address : circumstances
    if (rejected.size > 0 && rejected.has(proposalId([pool.outs[o] as Movement], [pool.ins[i] as Movement]))) continue
    judged.outs.push(o)
    judged.ins.push(i)
    judged.classes.push(c)
    judged.scores.push(score)
    judged.addresses.push(address)
  }
  return judged
}

const NO_ADDRESS = { route: 0, habit: 0 }

/** The assigned pairs. Scores are in thousandths of a nat, whole numbers, so that sums do not depend on their order. */
export function weigh(pool: Pool, judged: Judged, model: Model, beforehand: Beforehand): WeighedPair[] {
  const edges: (Edge & { readonly k: number })[] = []
  for (let k = 0; k < judged.outs.length; k++) {
    const before = judged.addresses[k] === 0 ? (beforehand[judged.classes[k] as number] as number) : 0
    const score = (judged.scores[k] as number) + before
    if (score < WEAKEST) continue
    edges.push({ out: judged.outs[k] as number, in: judged.ins[k] as number, score: Math.round(score * SCALE), k })
  }
  const pairs: WeighedPair[] = []
  for (const component of components(edges)) {
    const taken = assign(component) as typeof edges
    if (taken.length === 0) continue
    const odds = oddsOf(component, taken)
    taken.forEach((edge, at) => {
      const sure = odds[at] as number
      pairs.push({
        out: pool.outs[edge.out] as Movement,
        in: pool.ins[edge.in] as Movement,
        grounds: model.grounds({ out: edge.out, in: edge.in, amountClass: judged.classes[edge.k] as number }),
        address: judged.addresses[edge.k] as number,
        odds: sure / SCALE,
        rivals: (sure - edge.score) / SCALE,
      })
    })
  }
  return pairs
}

/**
 * Log-odds of each assigned pair: its score less what its two halves could gain otherwise. Another partner counts as
 * much as it scores above the pair it would break up.
 */
function oddsOf(edges: readonly Edge[], taken: readonly Edge[]): number[] {
  const ofOut = new Map(taken.map((edge) => [edge.out, edge]))
  const ofIn = new Map(taken.map((edge) => [edge.in, edge]))
  const rivals = new Map<Edge, number>()
  const add = (edge: Edge, gain: number): void => {
    rivals.set(edge, (rivals.get(edge) ?? 0) + Math.exp(Math.min(gain / SCALE, 500)))
  }
  for (const edge of edges) {
    const [mine, yours] = [ofOut.get(edge.out), ofIn.get(edge.in)]
    if (mine === edge) continue
    if (mine) add(mine, edge.score - (yours?.score ?? 0))
    if (yours) add(yours, edge.score - (mine?.score ?? 0))
  }
  return taken.map((edge) => edge.score - Math.round(Math.log1p(rivals.get(edge) ?? 0) * SCALE))
}
