import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { EventId } from '../../shared/events/identifiers.ts'
import { proposalId } from '../../shared/matching/movement.ts'
import { eventRows, rowOfEvent } from '../ledger/event-list.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import {
  countProposals,
  countVerdicts,
  judgeMatches,
  type Proposal,
  readProposals,
  readVerdicts,
} from '../ledger/matches.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { movementId } from './match-book.ts'
import type { Matching } from './matching.ts'
import type { TaxReads } from './tax-reads.ts'

const transfers = implement(engineContract).transfers

/** The two halves of every movement: proposals with reasons, accepted or rejected. */
export function transfersRouter(engine: Engine, matching: Matching, tax: TaxReads) {
  const wanted = (input: { pairs?: string[] | undefined; grade?: Proposal['grade'] | undefined }): Proposal[] => {
    const { ledger } = engine.opened()
    const found = [
      ...(input.pairs === undefined ? [] : byIds(ledger, input.pairs)),
      ...(input.grade === undefined ? [] : readProposals(ledger, { grade: input.grade })),
    ]
    if (found.length === 0) throw failure('NOT_FOUND', 'There is no such pair waiting. The matcher may have run again.')
    return [...new Map(found.map((proposal) => [proposal.id, proposal])).values()]
  }
  const countText = (count: number) => `${count} ${count === 1 ? 'transfer' : 'transfers'}`

  return transfers.router({
    counts: transfers.counts.handler(async () => {
      const { ledger } = engine.opened()
      const { count } = await tax.read('alone', { offset: 0, limit: 0 })
      return ledger.snapshot(() => {
        const { certain, likely, unclear } = countProposals(ledger)
        const { accepted, rejected } = countVerdicts(ledger)
        return {
          revision: ledger.revision(),
          certain,
          likely,
          unclear,
          alone: count,
          accepted,
          rejected,
          checked: matching.checked,
        }
      })
    }),
    list: transfers.list.handler(async ({ input }) => {
      const { workers } = engine.opened()
      const { tab, offset, limit } = input
      const read = workers.read.calls()
      if (tab !== 'alone') return { ...(await read.call('pairs', { tab, offset, limit })), alone: [] }
      const { revision, count, refs } = await tax.read('alone', { offset, limit })
      return { revision, total: count, pairs: [], alone: await read.call('movements', { refs }) }
    }),
    propose: transfers.propose.handler(() => ({ job: matching.start() })),
    effect: transfers.effect.handler(({ input }) => tax.read('effect', { proposals: wanted(input) })),
    accept: transfers.accept.handler(({ input }) => {
      const { ledger } = engine.opened()
      const proposals = wanted(input)
      const summary = `accept ${countText(proposals.length)}`
      const done = engine.committed(judgeMatches(ledger, proposals, 'accepted', 'user', { ...person(), summary }))
      return { act: String(done.act), accepted: proposals.length, revision: done.revision }
    }),
    reject: transfers.reject.handler(({ input }) => {
      const { ledger } = engine.opened()
      const asked = new Set(input.pairs)
      const accepted = readVerdicts(ledger, { verdict: 'accepted' }).filter(({ id }) => asked.has(id))
      const proposals = [...byIds(ledger, input.pairs), ...accepted]
      if (proposals.length === 0) throw failure('NOT_FOUND', 'There is no such pair. The matcher may have run again.')
      const summary = `reject ${countText(proposals.length)}`
      const done = engine.committed(judgeMatches(ledger, proposals, 'rejected', 'user', { ...person(), summary }))
      return { act: String(done.act), revision: done.revision }
    }),
    candidates: transfers.candidates.handler(async ({ input }) => {
      const { workers } = engine.opened()
      const found = await tax.read('candidates', { event: input.event, leg: input.leg })
      if (found === null) throw failure('NOT_FOUND', 'That movement is not open any more.')
      const refs = found.map(({ event, leg }) => ({ event: event as EventId, leg }))
      const movements = await workers.read.calls().call('movements', { refs })
      return found.flatMap(({ event, leg, score, reason }) => {
        const movement = movements.find((one) => one.event === event && one.leg === leg)
        return movement === undefined ? [] : [{ movement, score, reason }]
      })
    }),
    pair: transfers.pair.handler(({ input }) => {
      const { ledger } = engine.opened()
      for (const [side, refs] of [
        ['out', input.outs],
        ['in', input.ins],
      ] as const)
        for (const ref of refs) requireLeg(ledger, ref, side)
      const taken = readVerdicts(ledger, {
        verdict: 'accepted',
        events: [...input.outs, ...input.ins].map(({ event }) => event),
      })
      const asked = new Set([...input.outs, ...input.ins].map(({ event, leg }) => movementId(event, leg)))
      const clash = taken.find(({ outs, ins }) =>
        [...outs, ...ins].some((ref) => asked.has(movementId(ref.event, ref.leg))),
      )
      if (clash !== undefined)
        throw failure(
          'REFUSED',
          `One of them is part of an accepted transfer already (${clash.reason}). Reject that one first.`,
        )
      const refs = (side: { event: string; leg: number }[]) =>
        side.map(({ event, leg }) => ({ event: event as EventId, leg, id: movementId(event, leg) }))
      const [outs, ins] = [refs(input.outs), refs(input.ins)]
      const proposal: Proposal = {
        id: proposalId(outs, ins),
        outs: outs.map(({ event, leg }) => ({ event, leg })),
        ins: ins.map(({ event, leg }) => ({ event, leg })),
        kind: sameAsset(ledger, [...input.outs, ...input.ins]) ? 'transfer' : 'bridge',
        grade: 'none',
        score: 0,
        parts: [],
        reason: 'paired by hand',
      }
      const done = engine.committed(
        judgeMatches(ledger, [proposal], 'accepted', 'user', { ...person(), summary: 'pair a transfer by hand' }),
      )
      return { act: String(done.act), revision: done.revision }
    }),
  })
}

/** SQLite takes so many bound values in one statement. */
const MOST_BOUND = 500

function byIds(ledger: ReadableLedger, ids: readonly string[]): Proposal[] {
  const found: Proposal[] = []
  for (let at = 0; at < ids.length; at += MOST_BOUND)
    found.push(...readProposals(ledger, { ids: ids.slice(at, at + MOST_BOUND) }))
  return found
}

interface LegRef {
  readonly event: string
  readonly leg: number
}

function legOf(ledger: ReadableLedger, { event, leg }: LegRef) {
  const row = rowOfEvent(ledger, event)
  return row === undefined ? undefined : eventRows(ledger, [row])[0]?.legs[leg]
}

function requireLeg(ledger: ReadableLedger, ref: LegRef, side: 'out' | 'in'): void {
  if (legOf(ledger, ref)?.role !== side)
    throw failure(
      'NOT_FOUND',
      `There is no ${side === 'out' ? 'outgoing' : 'incoming'} movement ${ref.leg} of ${ref.event}.`,
    )
}

const sameAsset = (ledger: ReadableLedger, refs: readonly LegRef[]): boolean =>
  new Set(refs.map((ref) => legOf(ledger, ref)?.asset)).size === 1
