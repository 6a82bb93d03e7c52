import { setBatchesLive } from './batches.ts'
import { type ActKind, type ActScope, type Committed, commit, type Subject } from './commit.ts'
import { decodeDecision, eventsOf } from './decisions.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { settleVerdicts } from './join-acts.ts'
import { settleLinks } from './links.ts'
import { isStillSo, type PreparedJoins, settingOf } from './prepared-joins.ts'
import { FILE_EVENTS } from './ranges.ts'
import { batchesOf, batchesToSet } from './rereading.ts'
import type { DiskFull } from './sqlite.ts'

export interface ActLine {
  readonly id: number
  readonly at: number
  readonly who: string
  readonly kind: ActKind
  readonly summary: string
  readonly why: string | null
  /** False once revoked. */
  readonly live: boolean
  /** Whether `revoke` takes it: undoable and live. */
  readonly revocable: boolean
}

interface ActRow {
  readonly id: number
  readonly at: number
  readonly who: string
  readonly kind: ActKind
  readonly summary: string
  readonly why: string | null
  readonly live: number
  readonly undoable: number
  readonly revokes: number | null
}

const line = (row: ActRow): ActLine => ({
  id: row.id,
  at: row.at,
  who: row.who,
  kind: row.kind,
  summary: row.summary,
  why: row.why,
  live: row.live === 1,
  revocable: row.live === 1 && row.undoable === 1,
})

const COLUMNS = 'id, at, who, kind, summary, why, live, undoable, revokes'
const DONE = `kind NOT IN ('undo', 'redo')`

/** Acts, newest first, without the undo and redo steps themselves. */
export function listActs(
  ledger: ReadableLedger,
  offset: number,
  limit: number,
): { readonly total: number; readonly acts: ActLine[] } {
  return {
    total: ledger.value<number>(`SELECT count(*) FROM act WHERE ${DONE}`) ?? 0,
    acts: ledger
      .rows<ActRow>(`SELECT ${COLUMNS} FROM act WHERE ${DONE} ORDER BY id DESC LIMIT ? OFFSET ?`, limit, offset)
      .map(line),
  }
}

export interface Doer {
  readonly who: string
  readonly at: number
}

export type RevokeResult =
  | Committed<ActLine>
  /** Nothing was revoked: these later acts stand on it. Ask, then call again with `confirmed`. */
  | { readonly status: 'has-dependants'; readonly dependants: readonly ActLine[] }
  | { readonly status: 'refused'; readonly text: string }
  | DiskFull

/** The act that `undo` would take back: the latest live one. Null when there is none. */
export const undoable = (ledger: ReadableLedger): ActLine | null => {
  const row = ledger.rows<ActRow>(
    `SELECT ${COLUMNS} FROM act WHERE undoable = 1 AND live = 1 ORDER BY id DESC LIMIT 1`,
  )[0]
  return row ? line(row) : null
}

/** Acts after which nothing is redone. A file that a revert had read again is no new act of a person. */
const NEW = `${DONE} AND NOT (kind = 'import' AND undoable = 0)`

/**
 * The act that `redo` would bring back: what the latest undo took, as long as nothing new was done since. Null when there
 * is none.
 */
export const redoable = (ledger: ReadableLedger): ActLine | null => {
  const row = ledger.rows<ActRow>(
    `SELECT ${COLUMNS} FROM act WHERE kind = 'undo' AND live = 1 AND id > coalesce((SELECT max(id) FROM act WHERE ${NEW}), 0)
     ORDER BY id DESC LIMIT 1`,
  )[0]
  return row?.revokes ? actOf(ledger, row.revokes) : null
}

/** One act by id; null where there is none. */
export const actOf = (ledger: ReadableLedger, act: number): ActLine | null => {
  const row = ledger.rows<ActRow>(`SELECT ${COLUMNS} FROM act WHERE id = ?`, act)[0]
  return row ? line(row) : null
}

/**
 * Takes back the latest live act by appending its revocation. `prepared` is what was worked out before (`prepareSetting`), here
 * as in `redo` and `revoke`: what holds no more, or is for another act, is not used.
 */
export function undo(ledger: WritableLedger, by: Doer, prepared: PreparedJoins | null = null): RevokeResult {
  const final = irrevocable(ledger)
  if (final !== null) return { status: 'refused', text: final }
  const last = undoable(ledger)
  if (!last) return { status: 'refused', text: 'There is nothing to undo.' }
  return revokeNow(ledger, last, by, prepared)
}

/** Why the latest act stands for good, where a rule of law makes it so; older acts can still be revoked one by one. */
export function irrevocable(ledger: ReadableLedger): string | null {
  const row = ledger.rows<ActRow>(`SELECT ${COLUMNS} FROM act WHERE live = 1 AND ${DONE} ORDER BY id DESC LIMIT 1`)[0]
  if (row === undefined || row.kind !== 'settings' || row.undoable === 1 || row.why === null) return null
  return `“${row.summary}” cannot be undone: ${row.why}`
}

/** Brings back what the latest undo took, by revoking the undo. */
export function redo(ledger: WritableLedger, by: Doer, prepared: PreparedJoins | null = null): RevokeResult {
  const act = redoable(ledger)
  if (!act) return { status: 'refused', text: 'There is nothing to redo.' }
  const undoRow = ledger.value<number>(`SELECT id FROM act WHERE kind = 'undo' AND live = 1 AND revokes = ?`, act.id)
  const ready = readyFor(ledger, prepared, act.id, true)
  return commit(
    ledger,
    { kind: 'redo', summary: `redo: ${act.summary}`, revokes: undoRow ?? act.id, ...by },
    (write, scope) => {
      write.exec('UPDATE act SET live = 0 WHERE id = ?', undoRow ?? act.id)
      setLive(write, act, true, scope, ready)
      return { ...act, live: true, revocable: true }
    },
  )
}

/** Revokes one act, of any age. Where later acts stand on it, only lists them unless `confirmed`; they stay as they are. */
export function revoke(
  ledger: WritableLedger,
  act: number,
  confirmed: boolean,
  by: Doer,
  prepared: PreparedJoins | null = null,
): RevokeResult {
  const target = actOf(ledger, act)
  if (!target) return { status: 'refused', text: 'There is no such act in this ledger.' }
  if (!target.revocable)
    return { status: 'refused', text: target.live ? cannotUndo(target) : 'This act has been undone already.' }
  const dependants = confirmed ? [] : dependantsOf(ledger, act)
  if (dependants.length > 0) return { status: 'has-dependants', dependants }
  return revokeNow(ledger, target, by, prepared)
}

const cannotUndo = ({ why }: ActLine): string =>
  why === null ? 'This act cannot be undone.' : `This act cannot be undone: ${why}`

function revokeNow(ledger: WritableLedger, target: ActLine, by: Doer, prepared: PreparedJoins | null): RevokeResult {
  const ready = readyFor(ledger, prepared, target.id, false)
  return commit(
    ledger,
    { kind: 'undo', summary: `undo: ${target.summary}`, revokes: target.id, ...by },
    (write, scope) => {
      setLive(write, target, false, scope, ready)
      return { ...target, live: false, revocable: false }
    },
  )
}

/** What was prepared for setting an act, where it still says what that would do. */
const readyFor = (
  ledger: ReadableLedger,
  prepared: PreparedJoins | null,
  act: number,
  live: boolean,
): PreparedJoins | null =>
  prepared !== null && prepared.for === settingOf(act, live) && isStillSo(ledger, prepared) ? prepared : null

/** Puts an act in or out of force and says what that touches. The rows it appended stay. */
function setLive(
  write: LedgerWrite,
  act: ActLine,
  live: boolean,
  scope: ActScope,
  prepared: PreparedJoins | null,
): void {
  const linked = write.column<string>(
    'SELECT event FROM link_verdict WHERE act_id = ?1 UNION SELECT fact FROM link_verdict WHERE act_id = ?1'.replaceAll(
      '?1',
      String(Math.trunc(act.id)),
    ),
  )
  const setAct = (): void => {
    write.exec('UPDATE act SET live = ? WHERE id = ?', live ? 1 : 0, act.id)
  }
  const joins = write.column<string>('SELECT DISTINCT key FROM join_verdict WHERE act_id = ?', act.id)
  const setLinks = (): void => {
    if (linked.length > 0) settleLinks(write, linked, scope, setAct)
    else setAct()
  }
  if (joins.length > 0) settleVerdicts(write, joins, scope, setLinks)
  else setLinks()
  if (act.kind === 'import') setBatchesLive(write, batchesToSet(write, act.id, live), live, scope, prepared)
  for (const [what, subject] of touchedBy(write, act)) {
    if (what !== 'batch') scope.touch(what, subject)
  }
}

/** What belongs to an act beside events, and what readers of it must load again. */
const PARTS: readonly (readonly [table: string, subject: Subject])[] = [
  ['rule', 'rules'],
  ['recipe', 'recipes'],
  ['link_verdict', 'links'],
  ['join_verdict', 'links'],
  ['asset_answer', 'assets'],
  ['coverage_excuse', 'coverage'],
  ['attachment', 'attachments'],
  ['account_detail', 'accounts'],
]

function touchedBy(ledger: ReadableLedger, act: ActLine): (readonly [Subject, string])[] {
  const events = ledger.column<string>(
    `SELECT event FROM decision WHERE act_id = ?1 AND event IS NOT NULL
     UNION SELECT m.event FROM match_member m JOIN match_verdict v ON v.id = m.verdict_id WHERE v.act_id = ?1
     UNION SELECT event FROM event_group WHERE act_id = ?1
     UNION SELECT event FROM attachment WHERE act_id = ?1`.replaceAll('?1', String(Math.trunc(act.id))),
  )
  const pairs = ledger.column<string>(`SELECT body FROM decision WHERE act_id = ? AND kind = 'pair'`, act.id)
  const parts = PARTS.filter(
    ([table]) => ledger.value<number>(`SELECT 1 FROM ${table} WHERE act_id = ? LIMIT 1`, act.id) !== undefined,
  )
  const touched: (readonly [Subject, string])[] = [
    ...[...events, ...pairs.flatMap((body) => eventsOf(decodeDecision(body)))].map(
      (event) => ['event', event] as const,
    ),
    ...parts.map(([, subject]) => [subject, ''] as const),
  ]
  if (act.kind === 'settings') return [...touched, ['profile', ''], ['settings', '']]
  if (act.kind === 'import' && hasSettings(ledger, act.id)) return [...touched, ['profile', '']]
  if (act.kind === 'accounts') return [...touched, ['accounts', '']]
  if (act.kind === 'assets') return [...touched, ['assets', '']]
  if (act.kind === 'prices') return [...touched, ['prices', '']]
  return touched
}

/** An import may have taken over the choices of a document. */
const hasSettings = (ledger: ReadableLedger, act: number): boolean =>
  ledger.value<number>('SELECT 1 FROM setting WHERE act_id = ? LIMIT 1', act) !== undefined

/**
 * Later live acts on the same events, settings or accounts, newest first: what is listed before an older act is revoked.
 * Among them imports that left out rows because this one had brought them: those files are read again after it went.
 */
export function dependantsOf(ledger: ReadableLedger, act: number): ActLine[] {
  const rows = ledger.rows<ActRow>(
    `WITH mine (id) AS (${batchesOf(act)}),
     own (event) AS (
       SELECT event FROM decision WHERE act_id = :act AND event IS NOT NULL
       UNION SELECT m.event FROM match_verdict v JOIN match_member m ON m.verdict_id = v.id WHERE v.act_id = :act
       UNION SELECT event FROM link_verdict WHERE act_id = :act
       UNION SELECT fact FROM link_verdict WHERE act_id = :act
       UNION SELECT key FROM join_verdict WHERE act_id = :act
       UNION SELECT origin FROM hand_origin WHERE act_id = :act
       UNION SELECT e.stable_id FROM mine CROSS JOIN ${FILE_EVENTS} WHERE f.batch_id = mine.id),
     later (id) AS (
       SELECT d.act_id FROM decision d WHERE d.act_id > :act AND d.event IN (SELECT event FROM own)
       UNION SELECT v.act_id FROM match_verdict v JOIN match_member m ON m.verdict_id = v.id
         WHERE v.act_id > :act AND m.event IN (SELECT event FROM own)
       UNION SELECT v.act_id FROM link_verdict v
         WHERE v.act_id > :act AND (v.event IN (SELECT event FROM own) OR v.fact IN (SELECT event FROM own))
       UNION SELECT h.act_id FROM hand_origin h WHERE h.act_id > :act AND h.origin IN (SELECT event FROM own)
       UNION SELECT v.act_id FROM join_verdict v WHERE v.act_id > :act AND v.key IN (SELECT event FROM own)
       UNION SELECT b.act_id FROM batch_change c JOIN batch b ON b.id = c.batch_id JOIN event e ON e.id = c.replaces
         JOIN mine ON mine.id = e.batch_id WHERE b.act_id > :act AND b.id NOT IN (SELECT id FROM mine)
       UNION SELECT b.act_id FROM mine JOIN file_overlap v ON v.batch_id = mine.id JOIN source_file f ON f.id = v.file_id
         JOIN batch b ON b.id = f.batch_id WHERE b.act_id > :act AND b.state = 'live' AND b.id NOT IN (SELECT id FROM mine)
       UNION SELECT s.act_id FROM setting s JOIN setting o ON o.key = s.key AND o.valid_from = s.valid_from
         WHERE o.act_id = :act AND s.act_id > :act
       UNION SELECT d.act_id FROM account_detail d JOIN account_detail o ON o.account_id = d.account_id
         WHERE o.act_id = :act AND d.act_id > :act)
     SELECT ${COLUMNS} FROM act WHERE live = 1 AND id IN (SELECT id FROM later) ORDER BY id DESC`.replaceAll(
      ':act',
      String(Math.trunc(act)),
    ),
  )
  return rows.map(line)
}
