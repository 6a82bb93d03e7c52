import type { ReadableLedger } from './handles.ts'
import { targetsOf } from './link-targets.ts'
import { linkOf } from './links.ts'
import type { ChangedField } from './staged.ts'

export interface EventVersion {
  readonly row: number
  readonly version: number
  readonly batch: string
  readonly source: string | null
  /** Whether queries see this one. */
  readonly visible: boolean
  readonly batchState: string
  /** What it changed of the version it replaced. */
  readonly changed: readonly ChangedField[]
}

/** Every version of an event, newest first; those of staged or rejected batches are left out. */
export function versionsOf(ledger: ReadableLedger, stableId: string): EventVersion[] {
  const rows = ledger.rows<
    Omit<EventVersion, 'visible' | 'changed'> & { hidden: number | null; fields: string | null }
  >(
    `SELECT e.id AS row, i.version, b.key AS batch, f.source, b.state AS batchState, h.event_id AS hidden, c.fields
     FROM event_identity i JOIN event e ON e.id = i.event_id JOIN batch b ON b.id = e.batch_id
     LEFT JOIN source_file f ON f.id = e.file_id LEFT JOIN event_hidden h ON h.event_id = e.id
     LEFT JOIN batch_change c ON c.batch_id = b.id AND c.event_id = e.id
     WHERE i.stable_id = ? AND b.state IN ('live', 'reverted') ORDER BY i.version DESC`,
    stableId,
  )
  return rows.map(({ hidden, fields, ...row }) => ({
    ...row,
    visible: row.batchState === 'live' && hidden === null,
    changed: fields === null ? [] : (JSON.parse(fields) as ChangedField[]),
  }))
}

/** What the restated event of a source row changes; null where the row's event changes nothing. Staged rows too. */
export function changedByRecord(ledger: ReadableLedger, record: number): readonly ChangedField[] | null {
  const fields = ledger.value<string>(
    `SELECT c.fields FROM raw_record r JOIN event e ON e.id = r.event_id
     JOIN batch_change c ON c.batch_id = e.batch_id AND c.event_id = e.id WHERE r.id = ?`,
    record,
  )
  return fields === undefined ? null : (JSON.parse(fields) as ChangedField[])
}

/**
 * Events of live batches that stand behind a fact, as the reading proved it or a person said; `proof` is what proved it
 * (a hash, or the provider's id), or the reason of the verdict.
 */
export function corroboratedBy(
  ledger: ReadableLedger,
  stableId: string,
): { readonly event: string; readonly row: number; readonly source: string | null; readonly proof: string }[] {
  const rows = ledger.rows<{ event: string; row: number; source: string | null; proof: string | null }>(
    `SELECT DISTINCT e.stable_id AS event, e.id AS row, f.source,
       (SELECT c.proof FROM corroboration c WHERE c.event_id = e.id) AS proof
     FROM (SELECT x.stable_id AS id FROM corroboration c JOIN event x ON x.id = c.event_id WHERE c.fact = ?
           UNION SELECT event FROM link_verdict WHERE fact = ?) told
     JOIN event_identity i ON i.stable_id = told.id JOIN event e ON e.id = i.event_id
     JOIN event_hidden h ON h.event_id = e.id AND h.reason = 'corroborates'
     LEFT JOIN source_file f ON f.id = e.file_id ORDER BY e.id`,
    stableId,
    stableId,
  )
  return rows
    .filter(({ event }) => targetsOf(ledger, event).includes(stableId))
    .map((row) => {
      const link = linkOf(ledger, row.event)
      return { ...row, proof: link.act === null ? (row.proof ?? '') : link.reason }
    })
}
