import type { Topic } from '../../shared/contract/live.ts'
import { addToBalances, BalanceSums } from './balance-sums.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { keysOfEvents } from './joins.ts'
import { entangledWith, newestLive, targetsOf } from './link-targets.ts'
import { rejoining } from './rejoining.ts'
import { outdatePlans, resettle } from './resettle.ts'
import { type DiskFull, query } from './sqlite.ts'
import { rewriteHidden } from './visibility.ts'

export type LinkGrade = 'proved' | 'likely' | 'unclear'

/** Records that tell of the same movement. One side has one member; the other more than one where it adds up to that. */
export interface LinkProposal {
  readonly id: string
  readonly grade: LinkGrade
  readonly reason: string
  readonly facts: readonly string[]
  readonly corroborating: readonly string[]
  readonly time: number
  readonly account: string
}

/** The stable id of a link: its events, whichever of them is the fact. */
export const linkId = (facts: readonly string[], corroborating: readonly string[]): string =>
  [facts, corroborating]
    .map((side) => [...side].sort().join('+'))
    .sort()
    .join(' = ')

const JUDGED = `SELECT v.key FROM link_verdict v JOIN act a ON a.id = v.act_id WHERE a.live = 1`

/** Replaces what is proposed, in steps of at most 20 ms. Proposals are derived: no act, no undo. */
export function* replaceLinkProposals(
  ledger: WritableLedger,
  proposals: readonly LinkProposal[],
): Generator<void, { readonly status: 'done'; readonly topics: readonly Topic[] } | DiskFull> {
  const judged = new Set(ledger.column<string>(JUDGED))
  const open = proposals.filter(({ id }) => !judged.has(id))
  for (;;) {
    const cleared = stageWrite(ledger, (write) => ({
      status: 'done' as const,
      gone: write.exec('DELETE FROM link_proposal WHERE id IN (SELECT id FROM link_proposal LIMIT 1000)'),
    }))
    if (cleared.status !== 'done') return cleared
    if (cleared.gone === 0) break
    yield
  }
  for (let at = 0; at < open.length; at += 500) {
    const done = stageWrite(ledger, (write) => {
      for (const { id, grade, reason, time, account, facts, corroborating } of open.slice(at, at + 500)) {
        const body = JSON.stringify({ facts, corroborating })
        write.run(query.insertInto('link_proposal').values({ key: id, grade, reason, time, account, body }))
      }
      return { status: 'done' } as const
    })
    if (done.status !== 'done') return done
    yield
  }
  return { status: 'done', topics: ['links', 'stages'] }
}

interface ProposalRow {
  readonly key: string
  readonly grade: LinkGrade
  readonly reason: string
  readonly time: number
  readonly account: string
  readonly body: string
}

const proposalOf = ({ key, body, ...rest }: ProposalRow): LinkProposal => ({
  id: key,
  ...rest,
  ...(JSON.parse(body) as Pick<LinkProposal, 'facts' | 'corroborating'>),
})

/** Open proposals in time order: by grade, account or id. */
export function readLinkProposals(
  ledger: ReadableLedger,
  where: {
    readonly grade?: LinkGrade
    readonly account?: string
    readonly ids?: readonly string[]
    readonly offset?: number
    readonly limit?: number
  } = {},
): LinkProposal[] {
  const conditions = [`key NOT IN (${JUDGED})`]
  const bound: string[] = []
  const add = (sql: string, value: string): void => {
    conditions.push(sql)
    bound.push(value)
  }
  if (where.grade !== undefined) add('grade = ?', where.grade)
  if (where.account !== undefined) add('account = ?', where.account)
  if (where.ids !== undefined) add('key IN (SELECT value FROM json_each(?))', JSON.stringify(where.ids))
  return ledger
    .rows<ProposalRow>(
      `SELECT key, grade, reason, time, account, body FROM link_proposal WHERE ${conditions.join(' AND ')}
       ORDER BY time, id LIMIT ? OFFSET ?`,
      ...bound,
      where.limit ?? -1,
      where.offset ?? 0,
    )
    .map(proposalOf)
}

/** One link in force, or a rejected one. */
export interface Linked {
  readonly id: string
  readonly grade: LinkGrade
  readonly reason: string
  readonly facts: readonly string[]
  readonly corroborating: readonly string[]
  readonly act: number | null
}

/** How many events stand behind others now, and how many links are proposed and rejected. */
export function countLinks(ledger: ReadableLedger): { proposed: number; linked: number; rejected: number } {
  const count = (sql: string): number => ledger.value<number>(sql) ?? 0
  return {
    proposed: count(`SELECT count(*) FROM link_proposal WHERE key NOT IN (${JUDGED})`),
    linked: count(`SELECT count(*) FROM event_hidden WHERE reason = 'corroborates'`),
    rejected: count(REJECTED_COUNT),
  }
}

const REJECTED = `link_verdict v JOIN act a ON a.id = v.act_id WHERE v.verdict = 'rejected' AND a.live = 1
  AND NOT EXISTS (SELECT 1 FROM link_verdict n JOIN act na ON na.id = n.act_id WHERE n.key = v.key AND n.id > v.id AND na.live = 1 AND n.act_id <> v.act_id)`
const REJECTED_COUNT = `SELECT count(DISTINCT v.key) FROM ${REJECTED}`

/** Links in force, one for each event that stands behind another, in the order of those events. */
export function readLinked(
  ledger: ReadableLedger,
  page: { readonly offset: number; readonly limit: number; readonly account?: string },
): { readonly total: number; readonly links: Linked[] } {
  const chosen =
    page.account === undefined
      ? `h.reason = 'corroborates'`
      : `h.reason = 'corroborates' AND EXISTS (
          SELECT 1 FROM leg l JOIN account a ON a.id = l.account_id WHERE l.event_id = h.event_id AND a.key = ?)`
  const bound = page.account === undefined ? [] : [page.account]
  const events = ledger.column<string>(
    `SELECT e.stable_id FROM event_hidden h JOIN event e ON e.id = h.event_id WHERE ${chosen}
     ORDER BY h.event_id LIMIT ? OFFSET ?`,
    ...bound,
    page.limit,
    page.offset,
  )
  return {
    total: ledger.value<number>(`SELECT count(*) FROM event_hidden h WHERE ${chosen}`, ...bound) ?? 0,
    links: events.map((event) => linkOf(ledger, event)),
  }
}

interface VerdictRow {
  readonly key: string
  readonly act: number
  readonly event: string
  readonly fact: string
  readonly grade: LinkGrade
  readonly reason: string
}

/** The link by which an event stands behind others: by a verdict, or as the reading found it. */
export function linkOf(ledger: ReadableLedger, event: string): Linked {
  const facts = targetsOf(ledger, event)
  const verdict = newestVerdict(ledger, event)
  if (verdict !== null) {
    const members = ledger.rows<VerdictRow>(
      `SELECT key, act_id AS act, event, fact, grade, reason FROM link_verdict
       WHERE act_id = ? AND key = ? AND verdict = 'linked' ORDER BY id`,
      verdict.act,
      verdict.key,
    )
    return {
      id: verdict.key,
      grade: verdict.grade,
      reason: verdict.reason,
      facts: [...new Set(members.map(({ fact }) => fact))],
      corroborating: [...new Set(members.map((member) => member.event))],
      act: verdict.act,
    }
  }
  const proof = ledger.value<string>(
    `SELECT c.proof FROM event_identity i JOIN corroboration c ON c.event_id = i.event_id WHERE i.stable_id = ?
     ORDER BY i.version DESC LIMIT 1`,
    event,
  )
  return {
    id: linkId(facts, [event]),
    grade: 'proved',
    reason: proofText(proof ?? ''),
    facts,
    corroborating: [event],
    act: null,
  }
}

/** What proved a link, in words. */
const proofText = (proof: string): string =>
  proof.startsWith('id:')
    ? `the same id of the provider (${proof.slice(3)}) in the same account`
    : 'the same transaction hash, account and amounts'

function newestVerdict(ledger: ReadableLedger, event: string): VerdictRow | null {
  const row = ledger.rows<VerdictRow & { verdict: string }>(
    `SELECT v.key, v.act_id AS act, v.event, v.fact, v.grade, v.reason, v.verdict FROM link_verdict v JOIN act a ON a.id = v.act_id
     WHERE v.event = ? AND a.live = 1 AND v.verdict IN ('linked', 'unlinked') ORDER BY v.id DESC LIMIT 1`,
    event,
  )[0]
  return row?.verdict === 'linked' ? row : null
}

/** Rejected proposals and links that were ended, newest first. */
export function readRejectedLinks(
  ledger: ReadableLedger,
  page: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly links: Linked[] } {
  const keys = ledger.tuples<[string, number]>(
    `SELECT v.key, max(v.act_id) FROM ${REJECTED} GROUP BY v.key ORDER BY max(v.id) DESC LIMIT ? OFFSET ?`,
    page.limit,
    page.offset,
  )
  return {
    total: ledger.value<number>(REJECTED_COUNT) ?? 0,
    links: keys.map(([key, act]) => rejectedLink(ledger, key, act)),
  }
}

/** Those of some ids that were rejected or ended: accepting one takes that back. */
export const rejectedLinksOf = (ledger: ReadableLedger, ids: readonly string[]): Linked[] =>
  ledger
    .tuples<[string, number]>(
      `SELECT v.key, max(v.act_id) FROM ${REJECTED} AND v.key IN (SELECT value FROM json_each(?)) GROUP BY v.key`,
      JSON.stringify(ids),
    )
    .map(([key, act]) => rejectedLink(ledger, key, act))

function rejectedLink(ledger: ReadableLedger, key: string, act: number): Linked {
  const members = ledger.rows<VerdictRow>(
    `SELECT key, act_id AS act, event, fact, grade, reason FROM link_verdict
     WHERE key = ? AND act_id = ? AND verdict = 'rejected' ORDER BY id`,
    key,
    act,
  )
  const [first] = members as [VerdictRow, ...VerdictRow[]]
  return {
    id: key,
    grade: first.grade,
    reason: first.reason,
    facts: [...new Set(members.map(({ fact }) => fact))],
    corroborating: [...new Set(members.map(({ event }) => event))],
    act,
  }
}

interface ActText {
  readonly summary: string
  readonly who: string
  readonly at: number
}

/** One row of a verdict. */
export interface LinkRow {
  readonly key: string
  readonly event: string
  readonly fact: string
  readonly verdict: 'linked' | 'unlinked' | 'rejected'
  readonly grade: LinkGrade
  readonly reason: string
}

/** Every pair of a link as rows of one verdict. */
export const linkRows = (link: Omit<Linked, 'act'>, verdict: 'linked' | 'rejected'): LinkRow[] =>
  link.corroborating.flatMap((event) =>
    link.facts.map((fact) => ({ key: link.id, event, fact, verdict, grade: link.grade, reason: link.reason })),
  )

/** Appends verdicts as one act: what corroborates is no longer counted, what was unlinked is counted again. */
export function judgeLinks(
  ledger: WritableLedger,
  rows: readonly LinkRow[],
  act: ActText,
): Committed<{ readonly rows: number }> | DiskFull {
  return commit(ledger, { kind: 'links', ...act }, (write, scope) => {
    const ids = [...new Set(rows.flatMap(({ event, fact }) => [event, fact]).filter((id) => id !== ''))]
    settleLinks(write, ids, scope, () => {
      for (const row of rows) write.run(query.insertInto('link_verdict').values({ act_id: scope.id, ...row }))
    })
    scope.touch('links')
    return { rows: rows.length }
  })
}

/** Runs a change of verdicts on the given events and settles what is seen and counted after it. */
export function settleLinks(write: LedgerWrite, ids: readonly string[], scope: ActScope, change: () => void): void {
  const sums = new BalanceSums()
  const before = entangledWith(write, ids)
  rejoining(write, keysOfEvents(write, before), sums, scope, () => {
    resettle(write, before, sums, () => {
      change()
      rewriteHidden(write, entangledWith(write, before))
    })
  })
  addToBalances(write, sums)
  outdatePlans(write)
  for (const id of before) scope.touch('event', id)
}

/** Rows that make a corroborating record the fact: all facts of its link, and whatever else stands behind them, step back. */
export function swapRows(ledger: ReadableLedger, event: string): LinkRow[] {
  const link = linkOf(ledger, event)
  const members = link.corroborating.includes(event) ? link.corroborating : [event]
  const { id: key, grade, reason } = link
  return [
    ...members.map((member) => ({ key, event: member, fact: '', verdict: 'unlinked' as const, grade, reason })),
    ...link.facts.flatMap((fact) =>
      members.map((member) => ({ key, event: fact, fact: member, verdict: 'linked' as const, grade, reason })),
    ),
  ]
}

/** Rows that let events count by themselves again, and leave their links among the rejected ones: they are not proposed anew. */
export const unlinkRows = (ledger: ReadableLedger, events: readonly string[]): LinkRow[] =>
  events.flatMap((event) => {
    const link = linkOf(ledger, event)
    const { id: key, grade, reason, facts } = link
    const isWhole = link.corroborating.every((member) => member === event)
    const ended = { id: isWhole ? key : linkId(facts, [event]), grade, reason, facts, corroborating: [event] }
    return [{ key, event, fact: '', verdict: 'unlinked' as const, grade, reason }, ...linkRows(ended, 'rejected')]
  })

/** Why two sides cannot be linked; null where they can. */
export function linkProblem(
  ledger: ReadableLedger,
  facts: readonly string[],
  corroborating: readonly string[],
): string | null {
  for (const id of [...facts, ...corroborating])
    if (newestLive(ledger, id) === undefined) return `${id} is not in the books.`
  for (const id of corroborating) {
    if (facts.includes(id)) return 'A record cannot corroborate itself.'
    if (isHidden(ledger, id)) return `${id} stands behind another record already.`
  }
  for (const id of facts)
    if (isHidden(ledger, id)) return `${id} stands behind another record itself; link to that one.`
  const files = (ids: readonly string[]): number[] =>
    ledger.column<number>(
      `SELECT DISTINCT e.file_id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
       JOIN event e ON e.id = i.event_id WHERE e.file_id IS NOT NULL`,
      JSON.stringify(ids),
    )
  const shared = files(facts).filter((file) => files(corroborating).includes(file))
  return shared.length === 0 ? null : 'Both come from one file, in which equal rows are two things that happened.'
}

const isHidden = (ledger: ReadableLedger, id: string): boolean => {
  const row = newestLive(ledger, id)
  return (
    row !== undefined &&
    ledger.value<number>(`SELECT 1 FROM event_hidden WHERE event_id = ? AND reason <> 'joined'`, row) !== undefined
  )
}
