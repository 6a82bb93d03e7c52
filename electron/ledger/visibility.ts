import type { LedgerWrite, ReadableLedger } from './handles.ts'
import { entangledWith, hasEntanglement, hiddenReason } from './link-targets.ts'
import { FILE_EVENTS } from './ranges.ts'

/**
 * Which event versions queries see: those of live batches, without the ones that `event_hidden` names (an older version
 * of a fact, or a second source's account of one). Joined as `e`.
 */
export const VISIBLE = `e.batch_id IN (SELECT id FROM batch WHERE state = 'live')
  AND NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id)`

/**
 * `VISIBLE`, as short as this ledger allows: most have no staged or reverted events, and none hidden, and then a scan of
 * a million rows need not ask for each. To be built anew for every query.
 */
export function visibleWhere(ledger: ReadableLedger): string {
  const unseen = ledger.column<number>(
    `SELECT id FROM batch b WHERE state <> 'live'
       AND (origin = 'joins' OR EXISTS (SELECT 1 FROM ${FILE_EVENTS} WHERE f.batch_id = b.id))`,
  )
  const hidden = ledger.value<number>('SELECT 1 FROM event_hidden LIMIT 1') !== undefined
  const parts = [
    ...(unseen.length > 0 ? [`e.batch_id NOT IN (${unseen.join(', ')})`] : []),
    ...(hidden ? ['NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id)'] : []),
  ]
  return parts.length > 0 ? parts.join(' AND ') : '1'
}

/** How many events queries see. */
export const countVisible = (ledger: ReadableLedger): number =>
  (ledger.value<number>(`SELECT coalesce(sum(events), 0) FROM batch WHERE state = 'live'`) ?? 0) -
  (ledger.value<number>('SELECT count(*) FROM event_hidden') ?? 0) +
  (ledger.value<number>('SELECT count(*) FROM joined') ?? 0)

interface LiveVersion {
  readonly stable_id: string
  readonly event_id: number
}

/**
 * What `event_hidden` must hold for the versions of the given stable ids (all of the ledger without), as `[hidden,
 * reason]`. Of the live versions the newest is the fact. A version that corroborates a fact is hidden by it while that fact
 * is live; when the fact was reverted, the corroborating event is the fact. What was split or merged by hand gives way to
 * what was made of it, and the records of one transaction to the event that they are together.
 */
export function hiddenVersions(ledger: ReadableLedger, stableIds?: readonly string[]): [number, string][] {
  const wanted =
    stableIds === undefined
      ? `i.stable_id IN (SELECT stable_id FROM event_identity WHERE version > 1
           UNION SELECT x.stable_id FROM corroboration c JOIN event x ON x.id = c.event_id
           UNION SELECT event FROM link_verdict
           UNION SELECT part FROM joined_part
           UNION SELECT origin FROM hand_origin WHERE replaces = 1
           UNION SELECT event FROM hand_origin WHERE replaces = 1 AND event IS NOT NULL)`
      : 'i.stable_id IN (SELECT value FROM json_each(?))'
  const versions = ledger.rows<LiveVersion>(
    `SELECT i.stable_id, i.event_id FROM event_identity i JOIN event e ON e.id = i.event_id
     WHERE e.batch_id IN (SELECT id FROM batch WHERE state = 'live') AND ${wanted}
     ORDER BY i.stable_id, i.version DESC`,
    ...(stableIds === undefined ? [] : [JSON.stringify(stableIds)]),
  )
  const hidden: [number, string][] = []
  for (let n = 0; n < versions.length; n++) {
    const one = versions[n] as LiveVersion
    if (versions[n - 1]?.stable_id === one.stable_id) hidden.push([one.event_id, 'replaced'])
    else {
      const reason = hiddenReason(ledger, one.stable_id)
      if (reason !== null) hidden.push([one.event_id, reason])
    }
  }
  return hidden
}

/** Stable ids whose visible version can depend on a batch: restated ones of it, and corroborations from or to it. */
export function entangledIds(ledger: ReadableLedger, batch: number): string[] {
  if (!mayBeEntangled(ledger, batch)) return []
  const ids = ledger.column<string>(
    `SELECT e.stable_id FROM ${FILE_EVENTS} WHERE f.batch_id = ?1
       AND EXISTS (SELECT 1 FROM event_identity i WHERE i.stable_id = e.stable_id AND i.event_id <> e.id)
     UNION SELECT e.stable_id FROM corroboration c JOIN event e ON e.id = c.event_id WHERE c.batch_id = ?1
     UNION SELECT x.stable_id FROM ${FILE_EVENTS} CROSS JOIN corroboration c ON c.fact = e.stable_id
       JOIN event x ON x.id = c.event_id WHERE f.batch_id = ?1`.replaceAll('?1', String(Math.trunc(batch))),
  )
  return hasEntanglement(ledger) ? entangledWith(ledger, [...new Set([...ids, ...judgedIds(ledger, batch)])]) : ids
}

/** Events of a batch, and origins of what it made by hand, that verdicts or work by hand speak of. */
export const judgedIds = (ledger: ReadableLedger, batch: number): string[] =>
  ledger.column<string>(
    `WITH mine (id) AS (SELECT e.stable_id FROM ${FILE_EVENTS} WHERE f.batch_id = ?1)
     SELECT event FROM link_verdict WHERE event IN (SELECT id FROM mine)
     UNION SELECT fact FROM link_verdict WHERE fact IN (SELECT id FROM mine)
     UNION SELECT origin FROM hand_origin WHERE batch_id = ?1 AND replaces = 1
     UNION SELECT event FROM hand_origin WHERE batch_id = ?1 AND replaces = 1 AND event IS NOT NULL
     UNION SELECT origin FROM hand_origin WHERE replaces = 1 AND origin IN (SELECT id FROM mine)
     UNION SELECT event FROM hand_origin WHERE replaces = 1 AND event IN (SELECT id FROM mine)`.replaceAll(
      '?1',
      String(Math.trunc(batch)),
    ),
  )

/** Most batches share no event with another, and then nobody need look at each of a million. */
const mayBeEntangled = (ledger: ReadableLedger, batch: number): boolean =>
  ledger.value<number>('SELECT 1 FROM corroboration LIMIT 1') !== undefined ||
  hasEntanglement(ledger) ||
  ledger.value<number>(
    `SELECT 1 FROM source_file f JOIN source_file o ON o.source = f.source AND o.account_id = f.account_id
     WHERE f.batch_id = ? AND o.restates > 0 LIMIT 1`,
    batch,
  ) !== undefined

/** The versions of the given stable ids that queries see now. */
export const visibleVersions = (ledger: ReadableLedger, stableIds: readonly string[]): number[] =>
  ledger.column<number>(
    `SELECT e.id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
     JOIN event e ON e.id = i.event_id WHERE ${VISIBLE}`,
    JSON.stringify(stableIds),
  )

/** Writes `event_hidden` anew for the given stable ids. */
export function rewriteHidden(write: LedgerWrite, stableIds: readonly string[]): void {
  write.exec(
    `DELETE FROM event_hidden WHERE event_id IN (
       SELECT i.event_id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value)`,
    JSON.stringify(stableIds),
  )
  for (const [event, reason] of hiddenVersions(write, stableIds)) {
    write.exec('INSERT INTO event_hidden (event_id, reason) VALUES (?, ?)', event, reason)
  }
}
