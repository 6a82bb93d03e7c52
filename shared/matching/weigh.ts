/** Weighs all candidates against each other: scores, joint assignment, and how sure each assigned pair is. */
import type { AccountId } from '../events/identifiers.ts'
import type { Edge } from './assignment.ts'
import { assign, components } from './assignment.ts'
import type { Beforehand } from './beforehand.ts'
import type { Candidates, Pool } from './candidates.ts'
import type { Grounds, Model } from './model.ts'
import type { Movement } from './movement.ts'
import { proposalId } from './movement.ts'

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

/** The assigned pairs of a pool. Grounds are kept in thousandths of a nat, so that sums do not depend on their order. */
export function weigh(
  pool: Pool,
  candidates: Candidates,
  model: Model,
  beforehand: Beforehand,
  ownAddresses: ReadonlyMap<string, AccountId>,
  rejected: ReadonlySet<string>,
): WeighedPair[] {
  const edges: Edge[] = []
  const grounds = new Map<Edge, { readonly grounds: Grounds; readonly address: number }>()
  for (let k = 0; k < candidates.outs.length; k++) {
    const [o, i] = [candidates.outs[k] as number, candidates.ins[k] as number]
    const out = pool.outs[o] as Movement
    const into = pool.ins[i] as Movement
    const found = model.grounds(out, into, pool.others(o, i))
    const address = addressScore(out, into, model, ownAddresses)
    const score =
      address === 0
        ? (beforehand[found.amountClass] as number) + found.time + found.route + found.habit
        : found.amount + found.time + address
    if (score < WEAKEST) continue
    if (rejected.size > 0 && rejected.has(proposalId([out], [into]))) continue
    const edge = { out: o, in: i, score: Math.round(score * SCALE) }
    edges.push(edge)
    grounds.set(edge, { grounds: found, address })
  }
  const pairs: WeighedPair[] = []
  for (const component of components(edges)) {
    const taken = assign(component)
    if (taken.length === 0) continue
    const odds = oddsOf(component, taken)
    taken.forEach((edge, at) => {
      const own = grounds.get(edge) as { grounds: Grounds; address: number }
      const sure = odds[at] as number
      pairs.push({
        out: pool.outs[edge.out] as Movement,
        in: pool.ins[edge.in] as Movement,
        ...own,
        odds: sure / SCALE,
        rivals: (sure - edge.score) / SCALE,
      })
    })
  }
  return pairs
}

function addressScore(
  out: Movement,
  into: Movement,
  model: Model,
  ownAddresses: ReadonlyMap<string, AccountId>,
): number {
  const to = out.address === null ? undefined : ownAddresses.get(out.address)
  const from = into.address === null ? undefined : ownAddresses.get(into.address)
  return to === into.account || from === out.account ? model.addressScore(into.account) : 0
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
