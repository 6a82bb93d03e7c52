/** Finds the halves of own transfers (model: “Matching”): proof first, then scored candidates, assigned jointly. */
import { GENEROUS, learnBeforehand } from './beforehand.ts'
import type { FeeView } from './features.ts'
import { amountClass, FeeBook, reclassed } from './features.ts'
import type { ClassedPair, Lessons } from './model.ts'
import { learnModel } from './model.ts'
import type { Grade, MatchInput, MatchResult, Movement, Proposal } from './movement.ts'
import { proposalId } from './movement.ts'
import type { AmountSurvey, Candidates, KnownPair, Pool } from './pool.ts'
import { findCandidates, makePool, surveyAmounts } from './pool.ts'
import type { ProvedGroup } from './proof.ts'
import { provedGroups } from './proof.ts'
import { proveInWords, splitInWords, weighInWords } from './reasons.ts'
import { findSplits } from './splits.ts'
import type { WeighedPair } from './weigh.ts'
import { judge, weigh } from './weigh.ts'

/** Log-odds from which a pair is certain (one in some thousand wrong) or likely (better than even). */
const CERTAIN_FROM = 5
const LIKELY_FROM = 0.4
/** An own address names the account, so that only the choice among that account's arrivals is open. */
const ADDRESS_CERTAIN_FROM = 3.5
/** Known pairs that delays and rivals are learned from at most. */
const MOST_LESSONS = 5000

/**
 * Proposes pairs for movements without a partner. The result does not depend on the order of the input. Proposals are
 * not acts: `certain` ones may be accepted by default, the rest wait for the user.
 */
export function proposeMatches(input: MatchInput): MatchResult {
  const { rejected, accepted = [] } = input
  const paired = new Set(accepted.flatMap((pair) => [pair.out.id, pair.in.id]))
  const movements = input.movements.filter(({ id }) => !paired.has(id)).sort(byId)
  const firstFees = new FeeBook()
  for (const { out, in: into } of accepted) firstFees.learn(out, into)
  const proved = provedGroups(movements, firstFees).filter(({ outs, ins }) => !rejected.has(proposalId(outs, ins)))
  const byHash = proved.filter(({ outs, ins }) => outs.length === 1 && ins.length === 1).map(pairOf)
  const known = [...accepted, ...byHash].sort((a, b) => byId(a.out, b.out)).slice(0, MOST_LESSONS)

  const settled = new Set(proved.flatMap(({ outs, ins }) => [...outs, ...ins].map(({ id }) => id)))
  const open = movements.filter(({ id }) => !settled.has(id))
  const pairs = findPairs(
    open,
    known,
    surveyAmounts([...movements, ...accepted.flatMap((pair) => [pair.out, pair.in])]),
    input,
  )
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

const byId = (a: Movement, b: Movement): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const pairOf = ({ outs, ins }: ProvedGroup): KnownPair => ({ out: outs[0] as Movement, in: ins[0] as Movement })

/**
 * Learns from the known pairs, weighs, and does so again with what was found: pairs that an own address makes certain
 * are known then, likely ones show routes and fees.
 */
function findPairs(
  open: readonly Movement[],
  known: readonly KnownPair[],
  survey: AmountSurvey,
  input: MatchInput,
): WeighedPair[] {
  const first = weighPool(makePool(open, known, survey), [], input)
  const addressed = first.filter((pair) => pair.address > 0 && gradeOf(pair) === 'certain')
  const settled = new Set(addressed.flatMap((pair) => [pair.out.id, pair.in.id]))
  const rest = open.filter(({ id }) => !settled.has(id))
  const pool = makePool(rest, [...known, ...addressed.map(({ out, in: into }) => ({ out, in: into }))], survey)
  const likely = first.filter((pair) => pair.odds >= LIKELY_FROM && !settled.has(pair.out.id))
  return [...addressed, ...weighPool(pool, likely, input)]
}

function weighPool(pool: Pool, likely: readonly WeighedPair[], { ownAddresses, rejected }: MatchInput): WeighedPair[] {
  const indexOfOut = new Map(pool.outs.map(({ id }, o) => [id, o]))
  const indexOfIn = new Map(pool.ins.map(({ id }, i) => [id, i]))
  const found = likely.map((pair) => ({
    out: indexOfOut.get(pair.out.id) as number,
    in: indexOfIn.get(pair.in.id) as number,
  }))
  const routes = [...pool.known, ...found]
  const fees = new FeeBook()
  for (const { out, in: into } of routes) fees.learn(pool.outs[out] as Movement, pool.ins[into] as Movement)
  const candidates = findCandidates(pool, fees, ownAddresses)
  const classes = classify(pool, candidates, fees)
  const model = learnModel(lessons(pool, candidates, classes, routes, fees))
  const judged = judge(pool, candidates, classes, model, ownAddresses, rejected)
  const beforehand = learnBeforehand(weigh(pool, judged, model, GENEROUS), model)
  return weigh(pool, judged, model, beforehand)
}

function classify(pool: Pool, { outs, ins }: Candidates, fees: FeeBook): Uint8Array {
  const classes = new Uint8Array(outs.length)
  let last = -1
  let view: FeeView | null = null
  for (let k = 0; k < outs.length; k++) {
    const [o, i] = [outs[k] as number, ins[k] as number]
    const out = pool.outs[o] as Movement
    if (view === null || o !== last) view = fees.viewOf(out)
    last = o
    classes[k] = amountClass(out, pool.ins[i] as Movement, view, pool.others(o, i), pool.inRound[i] as boolean)
  }
  return classes
}

function lessons(
  pool: Pool,
  { outs, ins }: Candidates,
  classes: Uint8Array,
  routes: Lessons['routes'],
  fees: FeeBook,
): Lessons {
  const rivals: ClassedPair[] = []
  for (let k = 0; k < outs.length; k++) {
    const [o, i] = [outs[k] as number, ins[k] as number]
    const partnerOfOut = pool.outPartner[o] as number
    const partnerOfIn = pool.inPartner[i] as number
    if (partnerOfOut < 0 && partnerOfIn < 0) continue
    // Rivals are to show what a movement meets whose partner is missing: the partner's own amount does not count.
    const partner = (partnerOfOut >= 0 ? pool.ins[partnerOfOut] : pool.outs[partnerOfIn]) as Movement
    const shares = partner.amount === pool.outs[o]?.amount || partner.amount === pool.ins[i]?.amount
    const others = pool.others(o, i) - (shares ? 1 : 0)
    rivals.push({ out: o, in: i, amountClass: reclassed(classes[k] as number, others, pool.inRound[i] as boolean) })
  }
  const pairs = pool.known.map(({ out: o, in: i }) => {
    const out = pool.outs[o] as Movement
    return {
      out: o,
      in: i,
      amountClass: amountClass(
        out,
        pool.ins[i] as Movement,
        fees.viewOf(out),
        pool.others(o, i),
        pool.inRound[i] as boolean,
      ),
    }
  })
  return { pool, pairs, rivals, routes }
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
