/** Movements that two sources of one account may tell of. Runs in the compute worker. */
import type { EventId, SourceId } from '../../shared/events/identifiers.ts'
import { isProviderKey, type LinkableEvent, linkCandidates, sumCandidates } from '../../shared/sources/linking.ts'
import { readFacts, type StoredFact } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { partsOfJoined } from '../ledger/joins.ts'
import { type LinkProposal, linkId } from '../ledger/links.ts'
import { visibleWhere } from '../ledger/visibility.ts'
import type { JobSignal } from './job-signal.ts'

/** Batches that count, and an import on its way as if it were done. */
const liveOr = (staged: number | null): string =>
  staged === null ? `b.state = 'live'` : `(b.state = 'live' OR b.id = ${Math.trunc(staged)})`

/** Accounts that more than one layout of one or more sources tell of. */
export const overlappingAccounts = (ledger: ReadableLedger, staged: number | null = null): number[] =>
  ledger.column<number>(
    `SELECT u.account_id FROM file_account u JOIN source_file f ON f.id = u.file_id JOIN batch b ON b.id = f.batch_id
     WHERE ${liveOr(staged)} AND b.origin <> 'manual' GROUP BY u.account_id HAVING count(DISTINCT f.source || ' ' || coalesce(f.layout, '')) > 1`,
  )

interface Told extends LinkableEvent {
  /** Source, layout, and whether its rows have ids: within one of these, equal rows are different things. */
  readonly stream: string
  readonly file: number
}

/** Those of an import on its way: how many records of each grade it would propose to link, and the first of them. */
export function stagedLinks(ledger: ReadableLedger, batch: number, signal: JobSignal): StagedLinks {
  const own = new Set(ledger.column<string>('SELECT stable_id FROM event WHERE batch_id = ?', batch))
  const found =
    own.size === 0
      ? []
      : proposeLinks(ledger, signal, batch).filter(({ facts, corroborating }) =>
          [...facts, ...corroborating].some((id) => own.has(id)),
        )
  const judged = new Set(ledger.column<string>('SELECT DISTINCT key FROM link_verdict'))
  const open = found.filter(({ id }) => !judged.has(id))
  const count = (grade: LinkProposal['grade']): number => open.filter((one) => one.grade === grade).length
  return {
    revision: ledger.revision(),
    proved: count('proved'),
    likely: count('likely'),
    unclear: count('unclear'),
    sample: open.slice(0, STAGED_SAMPLE).map(({ id, grade, reason, facts, corroborating }) => ({
      id,
      grade,
      reason,
      facts: [...facts],
      corroborating: [...corroborating],
    })),
  }
}

const STAGED_SAMPLE = 20

export interface StagedLinks {
  readonly revision: number
  readonly proved: number
  readonly likely: number
  readonly unclear: number
  readonly sample: {
    id: string
    grade: LinkProposal['grade']
    reason: string
    facts: string[]
    corroborating: string[]
  }[]
}

/**
 * Proposals of links over the whole ledger, what was judged before included.
 * @param staged an import on its way that is looked at as if it were done
 */
export function proposeLinks(ledger: ReadableLedger, signal: JobSignal, staged: number | null = null): LinkProposal[] {
  const proposals: LinkProposal[] = []
  const accounts = overlappingAccounts(ledger, staged)
  for (const [n, account] of accounts.entries()) {
    signal.progress(n, accounts.length)
    const window = overlapOf(ledger, account, staged)
    if (window === null) continue
    const told = eventsOf(ledger, account, window, staged, signal)
    proposals.push(...proposalsAmong(told).map((one) => overRecords(ledger, one)))
  }
  const seen = new Set<string>()
  return proposals.filter(({ id }) => !seen.has(id) && seen.add(id))
}

interface Span {
  readonly first: number
  readonly last: number
}

const DAY = 86_400_000

/** The time that more than one layout tells of, a day around it included; null where they only follow one another. */
function overlapOf(ledger: ReadableLedger, account: number, staged: number | null): Span | null {
  const layouts = ledger.rows<Span>(
    `SELECT min(u.first) AS first, max(u.last) AS last
     FROM file_account u JOIN source_file f ON f.id = u.file_id JOIN batch b ON b.id = f.batch_id
     WHERE u.account_id = ? AND ${liveOr(staged)} AND b.origin <> 'manual' GROUP BY f.source, f.layout`,
    account,
  )
  let window: Span | null = null
  for (const [n, a] of layouts.entries()) {
    for (const b of layouts.slice(n + 1)) {
      const first = Math.max(a.first, b.first) - DAY
      const last = Math.min(a.last, b.last) + DAY
      if (first > last) continue
      window =
        window === null ? { first, last } : { first: Math.min(window.first, first), last: Math.max(window.last, last) }
    }
  }
  return window
}

function eventsOf(
  ledger: ReadableLedger,
  account: number,
  window: Span,
  staged: number | null,
  signal: JobSignal,
): Told[] {
  const files = new Map(
    ledger
      .tuples<[number, string, string | null]>('SELECT id, source, layout FROM source_file WHERE source IS NOT NULL')
      .map(([id, source, layout]) => [id, { source, layout: layout ?? '' }] as const),
  )
  const fileOf = new Map(
    ledger.tuples<[number, number]>(
      `SELECT DISTINCT e.id, e.file_id FROM leg_place p JOIN event e ON e.id = p.event_id JOIN batch b ON b.id = e.batch_id
       WHERE p.account_id = ? AND b.origin <> 'manual' AND e.file_id IS NOT NULL AND e.time BETWEEN ? AND ?
         AND ${staged === null ? visibleWhere(ledger) : seenWith(ledger, staged)}`,
      account,
      window.first,
      window.last,
    ),
  )
  const told: Told[] = []
  for (const block of readFacts(ledger, { rows: [...fileOf.keys()].sort((a, b) => a - b) })) {
    signal.check()
    for (const fact of block) {
      const file = fileOf.get(fact.row) as number
      const at = files.get(file)
      if (at !== undefined) told.push(toldBy(fact, file, at.source, at.layout))
    }
  }
  return told
}

/** What would be seen once a staged batch is live: without facts that it restates, and without what it proves to be the same. */
function seenWith(ledger: ReadableLedger, staged: number): string {
  const batch = Math.trunc(staged)
  return `((${visibleWhere(ledger)} AND NOT EXISTS (SELECT 1 FROM batch_change x WHERE x.batch_id = ${batch} AND x.replaces = e.id))
    OR (e.batch_id = ${batch} AND NOT EXISTS (SELECT 1 FROM corroboration x WHERE x.event_id = e.id)))`
}

function toldBy({ event }: StoredFact, file: number, source: string, layout: string): Told {
  const key = keyOf(event.id, source)
  const hasProviderId = key !== null && isProviderKey(key)
  return {
    id: event.id,
    source: source as SourceId,
    layout,
    time: event.time,
    precision: event.precision ?? 'millisecond',
    ...(event.hash === undefined ? {} : { hash: event.hash }),
    hasProviderId,
    ...(hasProviderId ? { key: key as string } : {}),
    legs: event.legs,
    stream: `${source} ${layout} ${hasProviderId}`,
    file,
  }
}

/** The group key in a stable id: source, account, group. */
function keyOf(id: EventId, source: string): string | null {
  if (!id.startsWith(`${source}:`)) return null
  const at = id.indexOf(':', source.length + 1)
  return at < 0 ? null : id.slice(at + 1)
}

/** A link with an event that was joined of several records is one with those: it holds when they are taken apart. */
function overRecords(ledger: ReadableLedger, proposal: LinkProposal): LinkProposal {
  const records = (ids: readonly string[]): string[] =>
    ids.flatMap((id) => {
      const parts = partsOfJoined(ledger, id)
      return parts.length === 0 ? [id] : parts
    })
  const [facts, corroborating] = [records(proposal.facts), records(proposal.corroborating)]
  if (facts.length + corroborating.length === proposal.facts.length + proposal.corroborating.length) return proposal
  return { ...proposal, id: linkId(facts, corroborating), facts, corroborating }
}

function proposalsAmong(told: readonly Told[]): LinkProposal[] {
  const streams = [...Map.groupBy(told, ({ stream }) => stream).values()].sort(
    (a, b) => firstFile(a) - firstFile(b) || ((a[0] as Told).stream < (b[0] as Told).stream ? -1 : 1),
  )
  const byId = new Map(told.map((event) => [event.id, event]))
  const linked = new Set<EventId>()
  const proposals: LinkProposal[] = []
  const propose = (
    grade: LinkProposal['grade'],
    reason: string,
    facts: readonly EventId[],
    corroborating: readonly EventId[],
  ): void => {
    const [one] = corroborating
    const event = one === undefined ? undefined : byId.get(one)
    if (event === undefined) return
    for (const id of [...facts, ...corroborating]) linked.add(id)
    proposals.push({
      id: linkId(facts, corroborating),
      grade,
      reason,
      facts,
      corroborating,
      time: event.time,
      account: event.legs[0]?.account ?? '',
    })
  }
  let existing: Told[] = []
  for (const incoming of streams) {
    const free = (events: readonly Told[]): Told[] => events.filter(({ id }) => !linked.has(id))
    const candidates = linkCandidates(free(incoming), free(existing))
    const sure = candidates.filter(({ grade }) => grade !== 'unclear')
    for (const { grade, reason, existing: fact, incoming: other } of sure) propose(grade, reason, [fact], [other])
    // Sums at the same second say more than equal amounts hours apart.
    for (const { whole, parts, reason } of sumCandidates(incoming, existing, linked))
      propose('likely', reason, parts, [whole])
    for (const { grade, reason, existing: fact, incoming: other } of candidates)
      if (!linked.has(fact) && !linked.has(other)) propose(grade, reason, [fact], [other])
    existing = [...existing, ...incoming]
  }
  return proposals
}

const firstFile = (events: readonly Told[]): number =>
  events.reduce((first, { file }) => Math.min(first, file), Infinity)
