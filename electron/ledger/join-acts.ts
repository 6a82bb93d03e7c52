/** What is said of transactions that several records tell of: that they are apart, one event after all, or held back. */

import { transactionId } from '../../shared/sources/transactions.ts'
import { addToBalances, BalanceSums, sumText } from './balance-sums.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import {
  canJoin,
  hasTransactions,
  joinedInto,
  joinReason,
  joinVerdicts,
  keysOfBatch,
  keysOfEvents,
  partsOf,
  plannedJoins,
  type StoredPart,
  wholeFacts,
} from './joins.ts'
import { rejoining } from './rejoining.ts'
import { outdatePlans } from './resettle.ts'
import { type DiskFull, query } from './sqlite.ts'
import type { BatchRow } from './staged.ts'

const HELD = 'a person had spoken of one of these records before the others came'

/**
 * Holds back transactions (those of `spokenOf`) of which an import brings more records after a person has spoken of one (a kind, a
 * note, a pair, a group, a file, work by hand): what was said is not buried under a new event unseen. They are offered instead.
 */
export function holdSpokenOf(write: LedgerWrite, keys: ReadonlySet<string>, scope: ActScope): void {
  for (const key of keys)
    write.run(query.insertInto('join_verdict').values({ act_id: scope.id, key, verdict: 'held', reason: HELD }))
}

/** The transactions of which a batch brings records, and a person has spoken of one that was there before. */
export function spokenOf(ledger: ReadableLedger, batch: BatchRow, keys: ReadonlySet<string>): Set<string> {
  if (keys.size === 0) return new Set()
  const verdicts = joinVerdicts(ledger, keys)
  const standing = new Set(
    ledger.column<string>(
      `SELECT i.stable_id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
       JOIN joined j ON j.event_id = i.event_id`,
      JSON.stringify([...keys]),
    ),
  )
  const whole = wholeFacts(ledger, keys)
  const open = [...keys].filter((key) => !verdicts.has(key) && !standing.has(key) && !whole.has(key))
  const earlier = recordsBefore(ledger, batch, open)
  const spoken = spokenAmong(
    ledger,
    earlier.map(([id]) => id),
  )
  return new Set(earlier.filter(([id]) => spoken.has(id)).map(([, key]) => key))
}

/** The live records of some transactions that other batches brought, those that work by hand replaced too, with their keys. */
function recordsBefore(ledger: ReadableLedger, batch: BatchRow, keys: readonly string[]): [string, string][] {
  const wanted = new Set(keys)
  const found: [string, string][] = []
  for (let at = 0; at < keys.length; at += 500) {
    const hashes = keys.slice(at, at + 500).map((key) => key.slice(key.indexOf(':tx.') + 4))
    for (const [id, hash] of ledger.tuples<[string, string]>(
      `SELECT e.stable_id, e.hash FROM json_each(?) wanted CROSS JOIN event_proof p ON p.hash = wanted.value
       CROSS JOIN event e ON e.id = p.event_id WHERE e.batch_id <> ? AND e.batch_id IN (SELECT id FROM batch WHERE state = 'live')`,
      JSON.stringify(hashes),
      batch,
    )) {
      const key = transactionId(id, hash)
      if (key !== null && wanted.has(key)) found.push([id, key])
    }
  }
  return found
}

/** Those of some events on which a person has said something that is in force. */
function spokenAmong(ledger: ReadableLedger, events: readonly string[]): Set<string> {
  if (events.length === 0) return new Set()
  return new Set(
    ledger.column<string>(
      `WITH wanted (id) AS (SELECT value FROM json_each(?))
       SELECT d.event FROM decision d JOIN act a ON a.id = d.act_id AND a.live = 1
         WHERE d.event IN (SELECT id FROM wanted) AND d.rule IS NULL AND a.who NOT LIKE 'rule:%'
       UNION SELECT m.event FROM match_member m JOIN match_verdict v ON v.id = m.verdict_id
         JOIN act a ON a.id = v.act_id AND a.live = 1 AND a.who NOT LIKE 'rule:%' WHERE m.event IN (SELECT id FROM wanted)
       UNION SELECT g.event FROM event_group g JOIN act a ON a.id = g.act_id AND a.live = 1
         WHERE g.event IN (SELECT id FROM wanted) AND g.grp IS NOT NULL
       UNION SELECT t.event FROM attachment t JOIN act a ON a.id = t.act_id AND a.live = 1
         WHERE t.event IN (SELECT id FROM wanted) AND t.removed = 0
       UNION SELECT h.origin FROM hand_origin h JOIN batch b ON b.id = h.batch_id AND b.state = 'live'
         WHERE h.origin IN (SELECT id FROM wanted)`,
      JSON.stringify(events),
    ),
  )
}

/** Appends verdicts on transactions as one act, and joins or parts them by it. */
export function judgeJoins(
  ledger: WritableLedger,
  keys: readonly string[],
  verdict: 'apart' | 'together',
  act: { readonly summary: string; readonly who: string; readonly at: number },
): Committed<{ readonly count: number }> | DiskFull {
  return commit(ledger, { kind: 'links', ...act }, (write, scope) => {
    settleVerdicts(write, keys, scope, () => {
      for (const key of new Set(keys))
        write.run(
          query.insertInto('join_verdict').values({ act_id: scope.id, key, verdict, reason: 'a person said so' }),
        )
    })
    scope.touch('links')
    return { count: new Set(keys).size }
  })
}

/** Runs a change of verdicts and joins or parts the transactions that they are on. */
export function settleVerdicts(write: LedgerWrite, keys: readonly string[], scope: ActScope, change: () => void): void {
  const sums = new BalanceSums()
  rejoining(write, keys, sums, scope, change)
  addToBalances(write, sums)
  outdatePlans(write)
}

const JOIN_STATES = ['joined', 'waiting', 'apart'] as const
export type JoinState = (typeof JOIN_STATES)[number]

/** One transaction that several records tell of. */
export interface JoinLine {
  readonly key: string
  readonly state: JoinState
  readonly reason: string
  /** The stable ids of its records. */
  readonly parts: readonly string[]
  readonly act: number | null
}

/** How many transactions are joined, wait for a person, and were taken apart. */
export function countJoins(ledger: ReadableLedger): Readonly<Record<JoinState, number>> {
  return {
    joined: ledger.value<number>('SELECT count(*) FROM joined') ?? 0,
    waiting: judged(ledger, 'held').length,
    apart: judged(ledger, 'apart').length,
  }
}

/** Transactions under a verdict in force of which two records or more are there. */
function judged(ledger: ReadableLedger, verdict: 'held' | 'apart'): JoinLine[] {
  const keys = ledger.column<string>(
    'SELECT DISTINCT v.key FROM join_verdict v WHERE v.verdict = ? ORDER BY v.key',
    verdict,
  )
  const verdicts = joinVerdicts(ledger, keys)
  const said = keys.filter((key) => verdicts.get(key)?.verdict === verdict)
  const parts = partsOf(ledger, said)
  return said.flatMap((key) => {
    const records = parts.get(key) ?? []
    if (!canJoin(records)) return []
    const { reason, act } = verdicts.get(key) as { reason: string; act: number }
    return [lineOf(key, verdict === 'held' ? 'waiting' : 'apart', reason, records, act)]
  })
}

const lineOf = (
  key: string,
  state: JoinState,
  reason: string,
  parts: readonly StoredPart[],
  act: number | null,
): JoinLine => ({ key, state, reason, parts: parts.map(({ id }) => id), act })

/** Transactions in one state, a page of them. */
export function listJoins(
  ledger: ReadableLedger,
  state: JoinState,
  page: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly lines: JoinLine[] } {
  if (state !== 'joined') {
    const all = judged(ledger, state === 'waiting' ? 'held' : 'apart')
    return { total: all.length, lines: all.slice(page.offset, page.offset + page.limit) }
  }
  const rows = ledger.tuples<[string, string, string]>(
    `SELECT e.stable_id, j.reason, (SELECT json_group_array(part) FROM (SELECT part FROM joined_part p WHERE p.event_id = j.event_id ORDER BY p.n))
     FROM joined j JOIN event e ON e.id = j.event_id ORDER BY e.time, e.stable_id LIMIT ? OFFSET ?`,
    page.limit,
    page.offset,
  )
  return {
    total: countJoins(ledger).joined,
    lines: rows.map(([key, reason, parts]) => ({
      key,
      state,
      reason,
      parts: JSON.parse(parts) as string[],
      act: null,
    })),
  }
}

/** The transaction that an event is, or is a record of, where several records tell of it; null for any other event. */
export function transactionOf(
  ledger: ReadableLedger,
  event: string,
): { readonly id: string; readonly state: JoinState } | null {
  if (joinReason(ledger, event) !== null) return { id: event, state: 'joined' }
  const into = joinedInto(ledger, event)
  if (into !== null) return { id: into, state: 'joined' }
  const [key] = keysOfEvents(ledger, [event])
  if (key === undefined) return null
  const verdict = joinVerdicts(ledger, [key]).get(key)?.verdict
  if ((verdict !== 'apart' && verdict !== 'held') || !canJoin(partsOf(ledger, [key]).get(key) ?? [])) return null
  return { id: key, state: verdict === 'held' ? 'waiting' : 'apart' }
}

/** What an import on its way will join. */
export interface StagedJoins {
  /** Transactions that become one event each. */
  readonly transactions: number
  /** Of those: the instants of such as have records in the books that counted by themselves, or were joined without these. */
  readonly before: readonly number[]
  /** Transactions that wait for a person, because one of their records was spoken of. */
  readonly waiting: number
}

/** What a staged batch will join when it is executed, without doing it. */
export function stagedJoins(ledger: ReadableLedger, batch: BatchRow): StagedJoins {
  if (!hasTransactions(ledger)) return { transactions: 0, before: [], waiting: 0 }
  const keys = keysOfBatch(ledger, batch)
  const held = spokenOf(ledger, batch, keys)
  const plans = plannedJoins(ledger, keys, { come: [batch], gone: [] })
  const open = plans.filter(({ key }) => !held.has(key))
  return {
    transactions: open.length,
    before: open.flatMap(({ parts }) => {
      const old = parts.find((part) => part.batch !== batch)
      return old === undefined || parts.every((part) => part.batch !== batch) ? [] : [old.time]
    }),
    waiting: plans.length - open.length,
  }
}

/** How transactions are joined; a change of it makes the joined events of earlier ledgers anew. */
const WAY = '2'

/** Joins what was imported before transactions were joined, or joined in another way: one act, once for a ledger. */
export function joinEarlier(
  ledger: WritableLedger,
  by: { readonly who: string; readonly at: number },
): Committed<null> | DiskFull | null {
  if (ledger.value<string>(`SELECT value FROM meta WHERE key = 'joins'`) === WAY) return null
  const setWay = (write: LedgerWrite): void => {
    write.exec(
      `INSERT INTO meta (key, value) VALUES ('joins', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      WAY,
    )
  }
  if (!hasTransactions(ledger) || joinFindings(ledger).next().done === true) {
    const set = stageWrite(ledger, (write) => {
      setWay(write)
      return { status: 'done' } as const
    })
    return set.status === 'done' ? null : set
  }
  const summary = 'join the records of transactions'
  return commit(ledger, { kind: 'links', undoable: false, summary, ...by }, (write, scope) => {
    settleVerdicts(write, [...everyKey(write)], scope, () => setWay(write))
    return null
  })
}

/** The keys of all transactions that the ledger tells of. */
function everyKey(ledger: ReadableLedger): Set<string> {
  const keys = new Set<string>(
    ledger.column<string>('SELECT e.stable_id FROM joined j JOIN event e ON e.id = j.event_id'),
  )
  for (const batch of ledger.column<number>(`SELECT id FROM batch WHERE state = 'live'`))
    for (const key of keysOfBatch(ledger, batch)) keys.add(key)
  return keys
}

/** Why a transaction cannot be joined by hand; null where it can. */
export function joinProblem(ledger: ReadableLedger, key: string): string | null {
  const parts = partsOf(ledger, [key]).get(key) ?? []
  if (parts.length < 2) return 'Fewer than two records of this transaction are in the books.'
  if (!canJoin(parts))
    return 'Two explorers tell of the same side of this transaction: link those records first, or nothing would be counted once.'
  return null
}

/** Findings of joined events that are not what the facts give; for `verify`. */
export function* joinFindings(ledger: ReadableLedger): Generator<string, number> {
  const keys = everyKey(ledger)
  const plans = new Map(plannedJoins(ledger, keys).map((plan) => [plan.key, plan]))
  const kept = new Map(
    ledger
      .tuples<[string, string, string, string]>(
        `SELECT e.stable_id, e.kind,
         (SELECT json_group_array(l.role || ' ' || l.amount || ' ' || s.key) FROM leg l JOIN asset s ON s.id = l.asset_id WHERE l.event_id = e.id),
         (SELECT json_group_array(part) FROM (SELECT p.part FROM joined_part p WHERE p.event_id = e.id ORDER BY p.part))
       FROM joined j JOIN event e ON e.id = j.event_id`,
      )
      .map(([key, ...rest]) => [key, rest] as const),
  )
  for (const [key, { parts, joined }] of plans) {
    const [kind, legs, members] = kept.get(key) ?? []
    kept.delete(key)
    const wanted = joined.legs.map(({ role, amount, asset }) => `${role} ${sumText(amount)} ${asset}`)
    const isSame =
      kind === joined.kind &&
      JSON.stringify((JSON.parse(legs ?? '[]') as string[]).toSorted()) === JSON.stringify(wanted.toSorted()) &&
      members === JSON.stringify(parts.map(({ id }) => id).toSorted())
    if (!isSame) yield `The records of the transaction ${key} are not the one event that they should be.`
  }
  for (const key of kept.keys()) yield `The event ${key} is made of records that are not one.`
  return plans.size
}
