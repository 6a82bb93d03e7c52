/** Finds the halves of own transfers (model: “Matching”): proof first, then scored candidates, assigned jointly. */

import { GENEROUS, learnBeforehand } from './beforehand.ts'
import type { Pool } from './candidates.ts'
import { findCandidates, makePool } from './candidates.ts'
import { FeeBook } from './features.ts'
import type { KnownPair, Lessons, Rival } from './model.ts'
import { learnModel } from './model.ts'
import type { Grade, MatchInput, MatchResult, Movement, Proposal } from './movement.ts'
import { proposalId } from './movement.ts'
import type { ProvedGroup } from './proof.ts'
import { provedGroups } from './proof.ts'
import { proveInWords, splitInWords, weighInWords } from './reasons.ts'
import { findSplits } from './splits.ts'
import type { WeighedPair } from './weigh.ts'
import { weigh } from './weigh.ts'

/** Log-odds from which a pair is certain (one in some thousand wrong) or likely (better than even). */
export const CERTAIN_FROM = 5.1
export const LIKELY_FROM = 0.4
/** An own address names the account, so that only the choice among that account's arrivals is open. */
const ADDRESS_CERTAIN_FROM = 3.5
/** Times that scores are learned anew from the certain pairs of the round before. */
const ROUNDS = 2
/** Known pairs that delays and rivals are learned from at most. */
const MOST_LESSONS = 5000

/**
 * Proposes pairs for movements without a partner. The result does not depend on the order of the input. Proposals are
 * not acts: `certain` ones may be accepted by default, the rest wait for the user.
 */
export function proposeMatches(input: MatchInput): MatchResult {
  const { ownAddresses, rejected, accepted = [] } = input
  const movements = [...input.movements].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const firstFees = new FeeBook()
  for (const { out, in: into } of accepted) firstFees.learn(out, into)
  const proved = provedGroups(movements, firstFees).filter(({ outs, ins }) => !rejected.has(proposalId(outs, ins)))
  const byHash = proved.filter(({ outs, ins }) => outs.length === 1 && ins.length === 1).map(pairOf)
  const known: KnownPair[] = [...accepted, ...byHash].slice(-MOST_LESSONS)

  const settled = new Set(proved.flatMap(({ outs, ins }) => [...outs, ...ins].map(({ id }) => id)))
  const pool = makePool(
    movements.filter(({ id }) => !settled.has(id)),
    movements,
  )
  let learned: KnownPair[] = known
  let beforehand = GENEROUS
  let pairs: WeighedPair[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const fees = new FeeBook()
    for (const { out, in: into } of learned) fees.learn(out, into)
    const model = learnModel(lessons(known, learned, fees, pool, movements, ownAddresses))
    const candidates = findCandidates(pool, fees, ownAddresses)
    pairs = weigh(pool, candidates, model, GENEROUS, ownAddresses, rejected)
    beforehand = learnBeforehand(pairs, model)
    pairs = weigh(pool, candidates, model, beforehand, ownAddresses, rejected)
    learned = [
      ...known,
      ...pairs.filter((pair) => pair.odds >= LIKELY_FROM).map(({ out, in: into }) => ({ out, in: into })),
    ]
  }
  const taken = pairs.filter((pair) => gradeOf(pair) !== 'none')
  const used = new Set([
    ...settled,
    ...taken.filter((pair) => gradeOf(pair) !== 'unclear').flatMap((pair) => [pair.out.id, pair.in.id]),
  ])
  const splits = findSplits(
    movements.filter(({ id }) => !used.has(id)),
    rejected,
  )
  const inSplits = new Set(splits.flatMap(({ outs, ins }) => [...outs, ...ins].map(({ id }) => id)))
  const proposals = [
    ...proved.map(provedProposal),
    ...taken.filter((pair) => !inSplits.has(pair.out.id) && !inSplits.has(pair.in.id)).map(weighedProposal),
    ...splits.map(splitProposal),
  ].sort(bestFirst)
  const placed = new Set(proposals.flatMap(({ outs, ins }) => [...outs, ...ins].map(({ id }) => id)))
  return { proposals, alone: movements.filter(({ id }) => !placed.has(id)) }
}

const pairOf = ({ outs, ins }: ProvedGroup): KnownPair => ({ out: outs[0] as Movement, in: ins[0] as Movement })

/** Known pairs with the rivals that their halves have among the movements that are still open. */
function lessons(
  known: readonly KnownPair[],
  routes: readonly KnownPair[],
  fees: FeeBook,
  pool: Pool,
  all: readonly Movement[],
  ownAddresses: MatchInput['ownAddresses'],
): Lessons {
  const open = [...pool.outs, ...pool.ins]
  const outs = new Set(known.map(({ out }) => out.id))
  const ins = new Set(known.map((pair) => pair.in.id))
  const halves = known.flatMap((pair) => [pair.out, pair.in])
  const whole = makePool([...open, ...halves], all)
  const rivals: Rival[] = []
  const candidates = findCandidates(whole, fees, ownAddresses)
  for (let k = 0; k < candidates.outs.length; k++) {
    const [o, i] = [candidates.outs[k] as number, candidates.ins[k] as number]
    const out = whole.outs[o] as Movement
    const into = whole.ins[i] as Movement
    // Exactly one half is of a known pair: the other is open and not its partner.
    if (outs.has(out.id) !== ins.has(into.id)) rivals.push({ out, in: into, others: whole.others(o, i) })
  }
  const outIndex = new Map(whole.outs.map(({ id }, o) => [id, o]))
  const inIndex = new Map(whole.ins.map(({ id }, i) => [id, i]))
  const pairs = known.map((pair) => ({
    ...pair,
    others: whole.others(outIndex.get(pair.out.id) as number, inIndex.get(pair.in.id) as number),
  }))
  return { pairs, routes, rivals, fees, pool: whole }
}

function gradeOf(pair: WeighedPair): Grade {
  if (pair.odds >= (pair.address > 0 ? ADDRESS_CERTAIN_FROM : CERTAIN_FROM)) return 'certain'
  if (pair.odds >= LIKELY_FROM) return 'likely'
  return pair.odds > -3 ? 'unclear' : 'none'
}

const kindOf = (outs: readonly Movement[], ins: readonly Movement[]): Proposal['kind'] =>
  outs.every((out) => ins.every((into) => into.asset === out.asset)) ? 'transfer' : 'bridge'

function provedProposal({ outs, ins }: ProvedGroup): Proposal {
  const { parts, reason } = proveInWords(outs, ins)
  return { id: proposalId(outs, ins), outs, ins, kind: kindOf(outs, ins), grade: 'certain', score: 20, parts, reason }
}

function weighedProposal(pair: WeighedPair): Proposal {
  const [outs, ins] = [[pair.out], [pair.in]]
  const { parts, reason } = weighInWords(pair)
  return {
    id: proposalId(outs, ins),
    outs,
    ins,
    kind: kindOf(outs, ins),
    grade: gradeOf(pair),
    score: pair.odds,
    parts,
    reason,
  }
}

function splitProposal({ outs, ins, score }: ProvedGroup & { readonly score: number }): Proposal {
  const { parts, reason } = splitInWords(outs, ins, score)
  return { id: proposalId(outs, ins), outs, ins, kind: kindOf(outs, ins), grade: 'likely', score, parts, reason }
}

const GRADE_ORDER: Record<Grade, number> = { certain: 0, likely: 1, unclear: 2, none: 3 }
const bestFirst = (a: Proposal, b: Proposal): number =>
  GRADE_ORDER[a.grade] - GRADE_ORDER[b.grade] || b.score - a.score || (a.id < b.id ? -1 : 1)
