/** Pairs and movements as the contract shows them. Runs in the read worker. */
import { formatAmount } from '../../shared/amount/decimal.ts'
import type { Movement, PairProposal } from '../../shared/contract/transfers.ts'
import { applyDecisions } from '../../shared/events/decide-event.ts'
import type { MovementRef } from '../../shared/events/decision.ts'
import { readDecisions } from '../ledger/decisions.ts'
import { readFacts, type StoredFact } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import {
  countProposals,
  countVerdicts,
  type Grade,
  type Judged,
  type Proposal,
  readProposals,
  readVerdicts,
} from '../ledger/matches.ts'
import { type ViewContext, viewContext } from './event-views.ts'

export type PairTab = 'certain' | 'likely' | 'unclear' | 'accepted' | 'rejected'

export interface PairPage {
  readonly revision: number
  readonly total: number
  readonly pairs: PairProposal[]
}

/** One page of pairs: open ones by grade, or judged ones, newest first. */
export function pairPage(ledger: ReadableLedger, tab: PairTab, offset: number, limit: number): PairPage {
  return ledger.snapshot(() => {
    const revision = ledger.revision()
    if (tab === 'accepted' || tab === 'rejected') {
      const total = countVerdicts(ledger)[tab]
      const from = Math.max(0, total - offset - limit)
      const judged = readVerdicts(ledger, { verdict: tab, offset: from, limit: Math.max(0, total - offset - from) })
      return { revision, total, pairs: pairViews(ledger, judged.toReversed()) }
    }
    const grade: Grade = tab
    return {
      revision,
      total: countProposals(ledger)[grade],
      pairs: pairViews(ledger, readProposals(ledger, { grade, offset, limit })),
    }
  })
}

function pairViews(ledger: ReadableLedger, pairs: readonly (Proposal | Judged)[]): PairProposal[] {
  const look = lookUp(
    ledger,
    pairs.flatMap(({ outs, ins }) => [...outs, ...ins]),
  )
  return pairs.map((pair) => ({
    id: pair.id,
    grade: pair.grade,
    state: 'verdict' in pair ? pair.verdict : 'proposed',
    outs: pair.outs.flatMap((ref) => look(ref) ?? []),
    ins: pair.ins.flatMap((ref) => look(ref) ?? []),
    score: pair.score,
    parts: pair.parts.map(({ name, score, why }) => ({ name, score, why })),
    reason: pair.reason,
    acceptedBy: 'verdict' in pair && pair.verdict === 'accepted' ? pair.by : null,
  }))
}

/** Movements by reference; those whose event is not in the books are left out. */
export function movementViews(ledger: ReadableLedger, refs: readonly MovementRef[]): Movement[] {
  const look = lookUp(ledger, refs)
  return refs.flatMap((ref) => look(ref) ?? [])
}

function lookUp(ledger: ReadableLedger, refs: readonly MovementRef[]): (ref: MovementRef) => Movement | null {
  const context = viewContext(ledger)
  const facts = new Map<string, StoredFact>()
  const events = [...new Set(refs.map(({ event }) => event as string))]
  const decisions = Map.groupBy(readDecisions(ledger, events), (one) => ('event' in one ? one.event : ''))
  for (const block of readFacts(ledger, { events }))
    for (const fact of block) {
      const own = decisions.get(fact.event.id)
      facts.set(fact.event.id, own === undefined ? fact : { ...fact, event: applyDecisions(fact.event, own) })
    }
  return (ref) => {
    const fact = facts.get(ref.event)
    return fact === undefined ? null : movementView(fact, ref.leg, context)
  }
}

function movementView(fact: StoredFact, index: number, { names }: ViewContext): Movement | null {
  const { event } = fact
  const leg = event.legs[index]
  if (leg === undefined || (leg.role !== 'in' && leg.role !== 'out')) return null
  const fee = event.legs.find((other) => other.role === 'fee' && other.asset === leg.asset)
  return {
    event: event.id,
    leg: index,
    direction: leg.role,
    time: event.time,
    account: leg.account,
    accountName: names.account(leg.account),
    asset: leg.asset,
    symbol: names.symbol(leg.asset),
    amount: formatAmount(leg.amount),
    fee: fee === undefined ? null : formatAmount(fee.amount),
    hash: event.hash ?? null,
    address: leg.role === 'out' ? fact.toAddress : fact.fromAddress,
    sourceKind: fact.sourceKind,
  }
}
