import type { Topic } from '../../shared/contract/live.ts'
import type { JsonValue } from '../../shared/events/canonical-json.ts'
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import type { Match, MovementRef, PairedKind } from '../../shared/events/decision.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'
import { wellFormed } from './well-formed.ts'

export type Grade = 'certain' | 'likely' | 'unclear' | 'none'

/** A pair that the matcher proposes. `id` follows from its movements, so that the same pair is known again. */
export interface Proposal {
  readonly id: string
  readonly outs: readonly MovementRef[]
  readonly ins: readonly MovementRef[]
  readonly kind: PairedKind
  readonly grade: Grade
  readonly score: number
  readonly parts: readonly { readonly name: string; readonly score: number; readonly why: string }[]
  readonly reason: string
}

export type Verdict = 'accepted' | 'rejected'

/** As `Verdict`; `waiting`: not accepted by default, though it is proved. It stays proposed. */
type StoredVerdict = Verdict | 'waiting'

/** A proposal with a verdict on it. */
export interface Judged extends Proposal {
  readonly verdict: Verdict
  readonly act: number
  readonly at: number
  /** `default` (certain ones), `user`, or `source` (the source itself said so). */
  readonly by: 'default' | 'user' | 'source'
}

/** Everything of a proposal that no column holds. */
const bodyOf = (proposal: Proposal, more: { readonly [name: string]: JsonValue } = {}): string => {
  const { outs, ins, parts, score } = proposal
  return canonicalJson(wellFormed(JSON.parse(JSON.stringify({ outs, ins, parts, score, ...more })) as JsonValue))
}

const eventsOf = (pair: Pick<Proposal, 'outs' | 'ins'>): string[] => [
  ...new Set([...pair.outs, ...pair.ins].map((ref) => ref.event)),
]

/** Pairs with a verdict in force. */
const JUDGED_KEYS = `SELECT v.key FROM match_verdict v JOIN act a ON a.id = v.act_id WHERE a.live = 1 AND v.verdict <> 'waiting'`

/**
 * Replaces what the matcher proposes. Proposals are derived and no act: no audit line, no undo; pairs with a verdict in
 * force are left out. Written in steps of at most 20 ms; a reader in between sees a part of them.
 */
export function* replaceProposals(
  ledger: WritableLedger,
  proposals: readonly Proposal[],
): Generator<void, { readonly status: 'done'; readonly topics: readonly Topic[] } | DiskFull> {
  const judged = new Set(ledger.column<string>(JUDGED_KEYS))
  const open = proposals.filter((proposal) => !judged.has(proposal.id))
  for (
    let first = true;
    first || (ledger.value<number>('SELECT count(*) FROM match_proposal') ?? 0) > 0;
    first = false
  ) {
    const cleared = stageWrite(ledger, (write) => {
      write.exec('DELETE FROM match_proposal WHERE id IN (SELECT id FROM match_proposal LIMIT 500)')
      return { status: 'done' } as const
    })
    if (cleared.status !== 'done') return cleared
    yield
  }
  for (let at = 0; at < open.length; at += 300) {
    const done = stageWrite(ledger, (write) => {
      for (const proposal of open.slice(at, at + 300)) writeProposal(write, proposal)
      return { status: 'done' } as const
    })
    if (done.status !== 'done') return done
    yield
  }
  return { status: 'done', topics: ['transfers', 'stages'] }
}

function writeProposal(write: LedgerWrite, proposal: Proposal): void {
  const id = write.run(
    query.insertInto('match_proposal').values({
      key: proposal.id,
      kind: proposal.kind,
      grade: proposal.grade,
      score: proposal.score,
      reason: proposal.reason,
      body: bodyOf(proposal),
    }),
  )
  for (const event of eventsOf(proposal)) {
    write.exec('INSERT INTO match_proposal_event (event, proposal_id) VALUES (?, ?)', event, id)
  }
}

interface ProposalRow {
  readonly key: string
  readonly kind: PairedKind
  readonly grade: Grade
  readonly reason: string
  readonly body: string
}

function proposalOf(row: ProposalRow): Proposal {
  const body = JSON.parse(row.body) as Pick<Proposal, 'outs' | 'ins' | 'parts' | 'score'>
  return { id: row.key, kind: row.kind, grade: row.grade, reason: row.reason, ...pick(body) }
}
const pick = ({ outs, ins, parts, score }: Pick<Proposal, 'outs' | 'ins' | 'parts' | 'score'>) => ({
  outs,
  ins,
  parts,
  score,
})

/** Open proposals, best first; of one grade, of one event, or by id. */
export function readProposals(
  ledger: ReadableLedger,
  where: {
    readonly grade?: Grade
    readonly event?: string
    readonly ids?: readonly string[]
    readonly offset?: number
    readonly limit?: number
  } = {},
): Proposal[] {
  let rows = query
    .selectFrom('match_proposal')
    .select(['key', 'kind', 'grade', 'reason', 'body'])
    .where('key', 'not in', (sub) =>
      sub
        .selectFrom('match_verdict')
        .innerJoin('act', 'act.id', 'match_verdict.act_id')
        .select('match_verdict.key')
        .where('act.live', '=', 1)
        .where('match_verdict.verdict', '<>', 'waiting'),
    )
  if (where.grade !== undefined) rows = rows.where('grade', '=', where.grade)
  if (where.ids !== undefined) rows = rows.where('key', 'in', where.ids)
  const { event } = where
  if (event !== undefined) {
    rows = rows.where('id', 'in', (sub) =>
      sub.selectFrom('match_proposal_event').select('proposal_id').where('event', '=', event),
    )
  }
  rows = rows.orderBy('score', 'desc').orderBy('key')
  if (where.limit !== undefined) rows = rows.limit(where.limit).offset(where.offset ?? 0)
  return ledger.all(rows).map((row) => proposalOf(row as ProposalRow))
}

/** How many open proposals each grade has. */
export function countProposals(ledger: ReadableLedger): Readonly<Record<Grade, number>> {
  const counts = { certain: 0, likely: 0, unclear: 0, none: 0 }
  for (const [grade, count] of ledger.tuples<[Grade, number]>(
    `SELECT grade, count(*) FROM match_proposal WHERE key NOT IN (${JUDGED_KEYS}) GROUP BY grade`,
  ))
    counts[grade] = count
  return counts
}

/**
 * Accepts or rejects pairs as one act. The events stay as they were; a rejected pair is remembered and not proposed
 * again. The verdict keeps the whole proposal, so that its reason can be shown when the proposal is long gone; the
 * proposal itself is only hidden while a verdict on it is in force, and stands again when the act is undone.
 */
export function judgeMatches(
  ledger: WritableLedger,
  proposals: readonly Proposal[],
  verdict: Verdict,
  by: Judged['by'],
  act: { readonly summary: string; readonly who: string; readonly at: number; readonly why?: string },
): Committed<{ readonly pairs: number }> | DiskFull {
  return commit(ledger, { kind: 'match', ...act }, (write, scope) => {
    for (const proposal of proposals) writeVerdict(write, scope, proposal, verdict, by)
    return { pairs: proposals.length }
  })
}

/** Appends one verdict inside an act. */
export function writeVerdict(
  write: LedgerWrite,
  scope: ActScope,
  proposal: Proposal,
  verdict: StoredVerdict,
  by: Judged['by'],
): void {
  const id = write.run(
    query.insertInto('match_verdict').values({
      act_id: scope.id,
      key: proposal.id,
      verdict,
      kind: proposal.kind,
      grade: proposal.grade,
      reason: proposal.reason,
      body: bodyOf(proposal, { by }),
    }),
  )
  for (const [side, refs] of [
    ['out', proposal.outs],
    ['in', proposal.ins],
  ] as const) {
    for (const event of new Set(refs.map((ref) => ref.event))) {
      write.exec('INSERT INTO match_member (event, verdict_id, side) VALUES (?, ?, ?)', event, id, side)
    }
  }
  for (const event of eventsOf(proposal)) scope.touch('event', event)
}

/** Pairs that were judged once, whatever became of the verdict: they are not accepted by default any more. */
export const everJudged = (ledger: ReadableLedger): Set<string> =>
  new Set(ledger.column<string>('SELECT DISTINCT key FROM match_verdict'))

interface VerdictRow extends ProposalRow {
  readonly verdict: Verdict
  readonly act: number
  readonly at: number
}

/** Verdicts in force: of several on one pair the newest counts. */
export function readVerdicts(
  ledger: ReadableLedger,
  where: {
    readonly verdict?: Verdict
    readonly events?: readonly string[]
    readonly offset?: number
    readonly limit?: number
  } = {},
): Judged[] {
  const wanted =
    where.events === undefined
      ? ''
      : 'AND v.id IN (SELECT m.verdict_id FROM json_each(?) wanted CROSS JOIN match_member m ON m.event = wanted.value)'
  const rows = ledger.rows<VerdictRow>(
    `SELECT v.key, v.kind, v.grade, v.reason, v.body, v.verdict, a.id AS act, a.at FROM match_verdict v
     JOIN act a ON a.id = v.act_id
     WHERE a.live = 1 ${wanted} ${where.verdict === undefined ? `AND v.verdict <> 'waiting'` : 'AND v.verdict = ?'}
       AND NOT EXISTS (SELECT 1 FROM match_verdict n JOIN act na ON na.id = n.act_id WHERE n.key = v.key AND n.id > v.id AND na.live = 1)
     ORDER BY v.id LIMIT ? OFFSET ?`,
    ...(where.events === undefined ? [] : [JSON.stringify(where.events)]),
    ...(where.verdict === undefined ? [] : [where.verdict]),
    where.limit ?? -1,
    where.offset ?? 0,
  )
  return rows.map((row) => ({
    ...proposalOf(row),
    verdict: row.verdict,
    act: row.act,
    at: row.at,
    by: (JSON.parse(row.body) as { by: Judged['by'] }).by,
  }))
}

/** Accepted matches in force, as `effectiveEvents` takes them; of some events only where `events` says so. */
export function readAcceptedMatches(ledger: ReadableLedger, events?: readonly string[]): Match[] {
  const verdicts = readVerdicts(ledger, { verdict: 'accepted', ...(events === undefined ? {} : { events }) })
  return verdicts.map(({ id, outs, ins, kind }) => ({ id, outs, ins, kind }))
}

/** How many verdicts of each kind are in force. */
export const countVerdicts = (ledger: ReadableLedger): Readonly<Record<Verdict, number>> => {
  const counts = { accepted: 0, rejected: 0 }
  for (const [verdict, count] of ledger.tuples<[Verdict, number]>(
    `SELECT v.verdict, count(*) FROM match_verdict v JOIN act a ON a.id = v.act_id WHERE a.live = 1 AND v.verdict <> 'waiting'
       AND NOT EXISTS (SELECT 1 FROM match_verdict n JOIN act na ON na.id = n.act_id WHERE n.key = v.key AND n.id > v.id AND na.live = 1)
     GROUP BY v.verdict`,
  )) {
    counts[verdict] = count
  }
  return counts
}

/** The pairs that were rejected, for the matcher to leave out. */
export const rejectedPairs = (ledger: ReadableLedger): string[] =>
  readVerdicts(ledger, { verdict: 'rejected' }).map(({ id }) => id)
