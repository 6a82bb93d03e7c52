import type { ReadableLedger } from './handles.ts'
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

/** Events of live batches that tell of the same movement from another source. */
export const corroboratedBy = (
  ledger: ReadableLedger,
  stableId: string,
): { readonly event: string; readonly row: number; readonly source: string | null; readonly proof: string }[] =>
  ledger.rows(
    `SELECT e.stable_id AS event, e.id AS row, f.source, c.proof FROM corroboration c JOIN event e ON e.id = c.event_id
     JOIN batch b ON b.id = e.batch_id LEFT JOIN source_file f ON f.id = e.file_id
     WHERE c.fact = ? AND b.state = 'live' ORDER BY e.id`,
    stableId,
  )
