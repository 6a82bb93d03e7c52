import type { MatchResult } from '../../../shared/matching/movement.ts'
import type { History } from './generate.ts'

/** How many of a history's true transfers were found, and how many certain proposals are wrong. */
export interface Quality {
  readonly transfers: number
  /** True pairs proposed as certain or likely. */
  readonly accepted: number
  readonly certain: number
  /** All proposals graded certain, and those of them that join what does not belong together. */
  readonly certainProposals: number
  readonly certainWrong: number
}

export function measure(history: History, result: MatchResult): Quality {
  let [accepted, certain, certainProposals, certainWrong] = [0, 0, 0, 0]
  for (const { outs, ins, grade } of result.proposals) {
    const [out, into] = [outs[0], ins[0]]
    const right = outs.length === 1 && ins.length === 1 && out !== undefined && history.truth.get(out.id) === into?.id
    if (grade === 'certain') {
      certainProposals++
      if (right) certain++
      else certainWrong++
    }
    if (right && (grade === 'certain' || grade === 'likely')) accepted++
  }
  return { transfers: history.truth.size, accepted, certain, certainProposals, certainWrong }
}

export const addUp = (all: readonly Quality[]): Quality =>
  all.reduce((a, b) => ({
    transfers: a.transfers + b.transfers,
    accepted: a.accepted + b.accepted,
    certain: a.certain + b.certain,
    certainProposals: a.certainProposals + b.certainProposals,
    certainWrong: a.certainWrong + b.certainWrong,
  }))
