/**
 * Rows that an import left out because another had brought them go when that other is reverted. Their file is then read
 * again from its kept bytes, as a batch of its own that lives and goes with the import it belongs to.
 */
import { randomUUID } from 'node:crypto'
import { type BegunBatch, stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { FILE_RECORDS } from './ranges.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow, FileRow } from './staged.ts'

/** The batches (`id`) that stand and go with an act: its own, and those that read files of its own again. */
export const batchesOf = (act: number): string => `SELECT id FROM batch WHERE act_id = ${Math.trunc(act)} UNION
  SELECT again.id FROM batch own JOIN source_file f ON f.batch_id = own.id JOIN source_file n ON n.bytes_of = f.id
  JOIN batch again ON again.id = n.batch_id WHERE own.act_id = ${Math.trunc(act)} AND again.act_id IS NOT NULL`

/** The batches that change state when an act is put in force (`live`) or out of it, in the order of their rows. */
export function batchesToSet(ledger: ReadableLedger, act: number, live: boolean): BatchRow[] {
  const rows = ledger.tuples<[BatchRow, string, number, number | null]>(
    `SELECT b.id, b.state, b.act_id, a.live FROM batch b LEFT JOIN act a ON a.id = b.act_id WHERE b.id IN (${batchesOf(act)}) ORDER BY b.id`,
  )
  return rows.flatMap(([batch, state, own, isInForce]) => {
    if (state === (live ? 'live' : 'reverted')) return []
    // A shift of the clock that was taken back by itself stays so when its import comes back.
    return live && own !== act && isInForce !== 1 ? [] : [batch]
  })
}

/** A file of a live import that left out rows which a reverted import had brought. */
export interface FileToReadAgain {
  readonly file: FileRow
  readonly name: string
  readonly size: number
  readonly source: string | null
  readonly zone: string | null
  readonly account: { readonly id: string; readonly name: string; readonly kind: string } | null
  readonly detail: string
}

interface PendingRow {
  readonly file: FileRow
  readonly name: string
  readonly size: number
  readonly source: string | null
  readonly zone: string | null
  readonly key: string | null
  readonly accountName: string | null
  readonly kind: string | null
  readonly detail: string
}

/** How a file is read now: as it was imported, in the zone that it was last shifted to. */
const READ_AS = `r.id AS file, r.name, r.size, r.source, coalesce((
    SELECT n.zone FROM source_file n JOIN batch nb ON nb.id = n.batch_id
    WHERE n.bytes_of = r.id AND nb.origin = 'shift' AND nb.state = 'live' ORDER BY n.id DESC LIMIT 1), r.zone) AS zone,
  r.detail, a.key, a.name AS accountName, a.kind
  FROM source_file r JOIN batch own ON own.id = r.batch_id LEFT JOIN account a ON a.id = r.account_id`

const readAsOf = ({ key, accountName, kind, ...file }: PendingRow): FileToReadAgain => ({
  ...file,
  account: key === null ? null : { id: key, name: accountName ?? key, kind: kind ?? 'exchange' },
})

/** A file of a live import with the zone that it is read in now; null where there is none. */
export function shiftableFile(ledger: ReadableLedger, file: FileRow): FileToReadAgain | null {
  const row = ledger.rows<PendingRow>(
    `SELECT ${READ_AS} WHERE r.id = ? AND own.state = 'live' AND r.bytes_of IS NULL AND own.origin <> 'manual'`,
    file,
  )[0]
  return row === undefined ? null : readAsOf(row)
}

/** The batch in force that last shifted a file to another zone; null where none did. */
export function shiftBatchOf(ledger: ReadableLedger, file: FileRow): BatchRow | null {
  const row = ledger.value<BatchRow>(
    `SELECT n.batch_id FROM source_file n JOIN batch nb ON nb.id = n.batch_id
     WHERE n.bytes_of = ? AND nb.origin = 'shift' AND nb.state = 'live' ORDER BY n.id DESC LIMIT 1`,
    file,
  )
  return row ?? null
}

/**
 * The files that must be read again, oldest first. It follows from the ledger alone, so that what a crash left undone is
 * found at the next open.
 */
export function filesToReadAgain(ledger: ReadableLedger): FileToReadAgain[] {
  const rows = ledger.rows<PendingRow>(
    `SELECT ${READ_AS} WHERE own.state = 'live' AND r.id IN (
       SELECT coalesce(f.bytes_of, f.id) FROM batch gone CROSS JOIN file_overlap v ON v.batch_id = gone.id
       JOIN source_file f ON f.id = v.file_id JOIN batch b ON b.id = f.batch_id
       WHERE gone.state = 'reverted' AND b.state = 'live')
     ORDER BY r.id`,
  )
  return rows.map(readAsOf)
}

/** Opens the staged batch of a file that is read again. The bytes stay where they are: they are kept once. */
export function beginRereading(
  ledger: WritableLedger,
  file: FileRow,
  options: { readonly title: string; readonly at: number; readonly origin?: 'shift' },
): (BegunBatch & { readonly file: FileRow }) | DiskFull {
  const key = randomUUID()
  return stageWrite(ledger, (write) => {
    write.exec(
      `INSERT INTO batch (key, origin, title, state, made_at)
       SELECT ?, coalesce(?, b.origin), ?, 'staged', ? FROM source_file f JOIN batch b ON b.id = f.batch_id WHERE f.id = ?`,
      key,
      options.origin ?? null,
      options.title,
      options.at,
      file,
    )
    const batch = write.value<number>('SELECT last_insert_rowid()') as number
    write.exec(
      `INSERT INTO source_file (batch_id, name, size, sha256, state, bytes_of)
       SELECT ?, name, size, sha256, 'uploaded', id FROM source_file WHERE id = ?`,
      batch,
      file,
    )
    return { status: 'begun', key, batch, file: write.value<number>('SELECT last_insert_rowid()') as number } as const
  })
}

/** Whether a batch reads a file again because rows of it went; a shift to another zone is an act of a person. */
export const isRereading = (ledger: ReadableLedger, batch: BatchRow): boolean =>
  ledger.value<number>(
    `SELECT 1 FROM source_file f JOIN batch b ON b.id = f.batch_id
     WHERE b.id = ? AND b.origin <> 'shift' AND f.bytes_of IS NOT NULL`,
    batch,
  ) !== undefined

/** Whether the import that it belongs to is live. */
export const isRereadingWanted = (ledger: ReadableLedger, batch: BatchRow): boolean =>
  ledger.value<number>(
    `SELECT 1 FROM source_file n JOIN source_file f ON f.id = n.bytes_of JOIN batch b ON b.id = f.batch_id
     WHERE n.batch_id = ? AND b.state = 'live'`,
    batch,
  ) !== undefined

/** The title of the import that a batch which reads a file again belongs to; undefined of any other batch. */
export const importReadAgain = (ledger: ReadableLedger, batch: BatchRow): string | undefined =>
  ledger.value<string>(
    `SELECT b.title FROM source_file n JOIN source_file f ON f.id = n.bytes_of JOIN batch b ON b.id = f.batch_id
     WHERE n.batch_id = ?`,
    batch,
  )

/**
 * Notes, as the batch that reads a file again goes live, that nothing of the file is missing any more: it leans on no
 * reverted import.
 */
export function settleOverlaps(write: LedgerWrite, batch: BatchRow): void {
  write.exec(
    `DELETE FROM file_overlap WHERE batch_id IN (SELECT id FROM batch WHERE state = 'reverted') AND file_id IN (
       SELECT f.id FROM source_file n JOIN source_file f ON f.id = n.bytes_of OR f.bytes_of = n.bytes_of WHERE n.batch_id = ?)`,
    batch,
  )
}

/**
 * The same where reading again brought nothing back, because others hold the rows: from now on the file leans on those.
 * The batch itself can be discarded.
 */
export function leanOnOthers(ledger: WritableLedger, batch: BatchRow): { readonly status: 'settled' } | DiskFull {
  return stageWrite(ledger, (write) => {
    settleOverlaps(write, batch)
    write.exec(
      `INSERT INTO file_overlap (file_id, batch_id, events)
       SELECT n.bytes_of, v.batch_id, v.events FROM source_file n JOIN file_overlap v ON v.file_id = n.id WHERE n.batch_id = ?
         AND v.batch_id <> (SELECT batch_id FROM source_file WHERE id = n.bytes_of)
       ON CONFLICT (file_id, batch_id) DO UPDATE SET events = max(events, excluded.events)`,
      batch,
    )
    return { status: 'settled' } as const
  })
}

/**
 * Rows of a live file that became no event, each as `<identity in hex> <outcome>`: its records are kept already, and it
 * is read again without them.
 */
export function rowsLeftBefore(ledger: ReadableLedger, file: FileRow): Set<string> {
  const rows = ledger.tuples<[Buffer, string]>(
    `SELECT r.identity, CASE r.outcome WHEN 1 THEN 'skipped' ELSE 'not-understood' END FROM ${FILE_RECORDS} JOIN batch b ON b.id = f.batch_id
     WHERE (f.id = ?1 OR f.bytes_of = ?1) AND b.state = 'live' AND r.outcome <> 0`.replaceAll('?1', String(file)),
  )
  return new Set(rows.map(([identity, outcome]) => `${identity.toString('hex')} ${outcome}`))
}
