import type { AssetAnswer } from '../../shared/assets/answers.ts'
import type { AssetKind } from '../../shared/events/account.ts'
import { dayOfDate } from '../../shared/events/civil-date.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { AssetId, CivilDate } from '../../shared/events/identifiers.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import { writeDecision } from './decisions.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'

/** A remembered answer: what a symbol stands for, at a source or everywhere, between two days. */
export interface StoredAnswer {
  readonly id: string
  readonly source: string | null
  readonly symbol: string
  readonly from: CivilDate | null
  readonly to: CivilDate | null
  readonly asset: AssetId
  readonly kind: AssetKind | null
  readonly note: string
  readonly act: number
}

/** Answers in force, in the order they were given. */
export const readAnswers = (ledger: ReadableLedger): StoredAnswer[] =>
  ledger.rows<StoredAnswer>(
    `SELECT w.key AS id, w.source, w.symbol, w.valid_from AS "from", w.valid_to AS "to", w.asset, s.kind, w.note, w.act_id AS act
     FROM asset_answer w JOIN act a ON a.id = w.act_id AND a.live = 1 LEFT JOIN asset s ON s.key = w.asset
     WHERE w.removed = 0 AND NOT EXISTS (
       SELECT 1 FROM asset_answer n JOIN act na ON na.id = n.act_id WHERE n.key = w.key AND n.id > w.id AND na.live = 1)
     ORDER BY w.id`,
  )

const DAY = 86_400_000

/** The answers as readers take them: days as instants of UTC, the last day included. */
export const answersForReading = (ledger: ReadableLedger): AssetAnswer[] =>
  readAnswers(ledger).map(({ source, symbol, from, to, asset, kind }) => ({
    source,
    symbol,
    from: from === null ? null : dayOfDate(from) * DAY,
    to: to === null ? null : (dayOfDate(to) + 1) * DAY,
    asset,
    ...(kind === null ? {} : { kind }),
  }))

interface ActText {
  readonly summary: string
  readonly who: string
  readonly at: number
}

/** Remembers answers with the decisions that put past events right, as one act. Assets that are new are made. */
export function rememberAnswers(
  ledger: WritableLedger,
  answers: readonly Omit<StoredAnswer, 'act'>[],
  decisions: readonly Decision[],
  act: ActText,
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'assets', ...act }, (write, scope) => {
    for (const answer of answers) putAnswer(write, scope, answer, 0)
    for (const decision of decisions) writeDecision(write, scope, decision, null)
    scope.touch('assets')
    return null
  })
}

/** Forgets an answer, with the decisions that turn its events back, as one act. */
export function forgetAnswer(
  ledger: WritableLedger,
  answer: StoredAnswer,
  decisions: readonly Decision[],
  act: ActText,
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'assets', ...act }, (write, scope) => {
    putAnswer(write, scope, answer, 1)
    for (const decision of decisions) writeDecision(write, scope, decision, null)
    scope.touch('assets')
    return null
  })
}

/** Remembers answers inside an act, without the decisions that put past events right. */
export function writeAnswers(write: LedgerWrite, scope: ActScope, answers: readonly Omit<StoredAnswer, 'act'>[]): void {
  for (const answer of answers) putAnswer(write, scope, answer, 0)
  if (answers.length > 0) scope.touch('assets')
}

function putAnswer(write: LedgerWrite, scope: ActScope, answer: Omit<StoredAnswer, 'act'>, removed: 0 | 1): void {
  const { id: key, source, symbol, from, to, asset, kind, note } = answer
  write.exec(
    `INSERT INTO asset (key, symbol, kind, act_id) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET act_id = coalesce(asset.act_id, excluded.act_id)`,
    asset,
    asset,
    kind ?? 'crypto',
    scope.id,
  )
  write.run(
    query
      .insertInto('asset_answer')
      .values({ act_id: scope.id, key, source, symbol, valid_from: from, valid_to: to, asset, note, removed }),
  )
}

/** Decisions on legs' assets that an act made and nothing later stands above. */
export const assetDecisionsOf = (
  ledger: ReadableLedger,
  act: number,
): { readonly event: string; readonly leg: number }[] =>
  ledger
    .tuples<[string, number]>(
      `SELECT d.event, json_extract(d.body, '$.leg') FROM decision d WHERE d.act_id = ? AND d.kind = 'asset'
         AND NOT EXISTS (SELECT 1 FROM decision n JOIN act na ON na.id = n.act_id AND na.live = 1
           WHERE n.event = d.event AND n.kind = 'asset' AND n.id > d.id AND json_extract(n.body, '$.leg') = json_extract(d.body, '$.leg'))`,
      act,
    )
    .map(([event, leg]) => ({ event, leg }))
