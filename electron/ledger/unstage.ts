import { stageWrite } from './files.ts'
import type { LedgerWrite, WritableLedger } from './handles.ts'
import { EVENT_RECORDS, FILE_EVENTS, FILE_RECORDS } from './ranges.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow, FileRow } from './staged.ts'

const STEP = 500

/**
 * Deletes staged event versions with their legs, identities and links; with `records`, the raw records that no other
 * event was built from as well. Gives how many records went. Never called on rows of a batch that was executed, except
 * those that the ledger derived itself.
 */
export function deleteEvents(write: LedgerWrite, events: readonly number[], records: boolean): number {
  let gone = 0
  for (let at = 0; at < events.length; at += STEP) {
    const ids = JSON.stringify(events.slice(at, at + STEP))
    const rows = records
      ? write.column<number>(
          `SELECT DISTINCT r.id FROM ${EVENT_RECORDS} WHERE e.id IN (SELECT value FROM json_each(?))`,
          ids,
        )
      : []
    write.exec(
      `DELETE FROM leg_place WHERE (account_id, asset_id, event_id) IN
       (SELECT account_id, asset_id, event_id FROM leg WHERE event_id IN (SELECT value FROM json_each(?)))`,
      ids,
    )
    write.exec('DELETE FROM leg WHERE event_id IN (SELECT value FROM json_each(?))', ids)
    // A version that is not settled yet still bears the number of the one that is the fact: only its own identity goes.
    write.exec(
      `DELETE FROM event_identity WHERE (stable_id, version) IN
       (SELECT stable_id, version FROM event WHERE id IN (SELECT value FROM json_each(?)))
       AND event_id IN (SELECT value FROM json_each(?))`,
      ids,
      ids,
    )
    write.exec(
      `DELETE FROM event_proof WHERE (hash, event_id) IN
       (SELECT hash, id FROM event WHERE hash IS NOT NULL AND id IN (SELECT value FROM json_each(?)))`,
      ids,
    )
    write.exec('DELETE FROM corroboration WHERE event_id IN (SELECT value FROM json_each(?))', ids)
    write.exec('DELETE FROM event WHERE id IN (SELECT value FROM json_each(?))', ids)
    if (rows.length > 0) gone += deleteRecords(write, JSON.stringify(rows), ids)
  }
  return gone
}

/** Deletes the records of deleted events, except those that another event was built from: they become that one's. */
function deleteRecords(write: LedgerWrite, records: string, events: string): number {
  write.exec(
    `DELETE FROM shared_row WHERE record_id IN (SELECT value FROM json_each(?)) AND event_id IN (SELECT value FROM json_each(?))`,
    records,
    events,
  )
  write.exec(
    `UPDATE raw_record SET event_id = (SELECT min(event_id) FROM shared_row WHERE record_id = raw_record.id)
     WHERE id IN (SELECT value FROM json_each(?)) AND event_id IN (SELECT value FROM json_each(?))`,
    records,
    events,
  )
  write.exec(
    `DELETE FROM shared_row WHERE record_id IN (SELECT value FROM json_each(?))
     AND event_id = (SELECT event_id FROM raw_record WHERE id = record_id)`,
    records,
  )
  return write.exec('DELETE FROM raw_record WHERE id IN (SELECT value FROM json_each(?)) AND event_id IS NULL', records)
}

export interface Unstaged {
  readonly status: 'uploaded'
  /** Other files of the batch whose rows were settled against this one's: they must be unstaged and read again too. */
  readonly dependents: readonly FileRow[]
}

/**
 * Takes the staged rows of one file out again, in steps, and leaves its bytes: for reading it anew under another source,
 * account or zone.
 */
export function* unstageFile(ledger: WritableLedger, file: FileRow): Generator<void, Unstaged | DiskFull> {
  const batch = ledger.value<number>('SELECT batch_id FROM source_file WHERE id = ?', file)
  if (batch === undefined || !isStaged(ledger, batch)) throw new Error('this file is not staged')
  const cleared = yield* clearRows(ledger, batch, file)
  if (cleared.status !== 'cleared') return cleared
  return stageWrite(ledger, (write) => {
    const dependents = write.column<number>(
      `SELECT id FROM source_file WHERE batch_id = ? AND id <> ? AND state = 'sealed' AND known + changed + linked > 0`,
      batch,
      file,
    )
    write.exec(
      `UPDATE source_file SET state = 'uploaded', source = NULL, layout = NULL, account_id = NULL, zone = NULL, record_first = NULL,
       record_last = NULL, event_first = NULL, event_last = NULL, restates = 0,
       record_rows = 0, added = 0, changed = 0, linked = 0, known = 0, skipped = 0, not_understood = 0, events = 0, prices = 0,
       broker_forms = 0,       first = NULL, last = NULL WHERE id = ?`,
      file,
    )
    // With nothing of it staged any more, the batch is read against the ledger as it is then.
    write.exec(
      `UPDATE batch SET sealed_at_import = NULL
       WHERE id = ? AND NOT EXISTS (SELECT 1 FROM source_file WHERE batch_id = batch.id AND state = 'sealed')`,
      batch,
    )
    return { status: 'uploaded', dependents } as const
  })
}

const isStaged = (ledger: WritableLedger, batch: BatchRow): boolean =>
  ledger.value<string>('SELECT state FROM batch WHERE id = ?', batch) === 'staged'

/** Deletes every staged row of a batch, or of one file of it, in steps of at most 20 ms. Bytes stay. */
export function* clearRows(
  ledger: WritableLedger,
  batch: BatchRow,
  file?: FileRow,
): Generator<void, { readonly status: 'cleared' } | DiskFull> {
  for (let last = 0; ; ) {
    const events = ledger.column<number>(
      `SELECT e.id FROM ${FILE_EVENTS} WHERE f.batch_id = ? AND e.id > ? ${file === undefined ? '' : 'AND f.id = ?'} ORDER BY e.id LIMIT ${STEP}`,
      ...(file === undefined ? [batch, last] : [batch, last, file]),
    )
    if (events.length === 0) break
    last = events.at(-1) as number
    const done = stageWrite(ledger, (write) => {
      const ids = JSON.stringify(events)
      write.exec(
        'DELETE FROM batch_change WHERE batch_id = ? AND event_id IN (SELECT value FROM json_each(?))',
        batch,
        ids,
      )
      deleteEvents(write, events, false)
      return { status: 'cleared' } as const
    })
    if (done.status !== 'cleared') return done
    yield
  }
  const files =
    file === undefined ? ledger.column<number>('SELECT id FROM source_file WHERE batch_id = ?', batch) : [file]
  for (const one of files) {
    for (;;) {
      const done = stageWrite(ledger, (write) => {
        const ids = JSON.stringify(
          write.column<number>(`SELECT r.id FROM ${FILE_RECORDS} WHERE f.id = ? LIMIT 2000`, one),
        )
        write.exec('DELETE FROM price WHERE record_id IN (SELECT value FROM json_each(?))', ids)
        write.exec('DELETE FROM broker_form WHERE record_id IN (SELECT value FROM json_each(?))', ids)
        write.exec('DELETE FROM shared_row WHERE record_id IN (SELECT value FROM json_each(?))', ids)
        write.exec('DELETE FROM understood WHERE by_record IN (SELECT value FROM json_each(?))', ids)
        return {
          status: 'cleared',
          rows: write.exec('DELETE FROM raw_record WHERE id IN (SELECT value FROM json_each(?))', ids),
        } as const
      })
      if (done.status !== 'cleared') return done
      if (done.rows === 0) break
      yield
    }
  }
  return stageWrite(ledger, (write) => {
    for (const one of files) {
      for (const table of ['file_account', 'file_asset', 'file_balance', 'file_overlap'])
        write.exec(`DELETE FROM ${table} WHERE file_id = ?`, one)
    }
    return { status: 'cleared' } as const
  })
}
