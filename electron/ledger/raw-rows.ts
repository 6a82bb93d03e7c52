import { readFileBytes } from './files.ts'
import type { ReadableLedger } from './handles.ts'
import { EVENT_RECORDS, FILE_RECORDS } from './ranges.ts'

/** One source row, as received. */
export interface RawRecord {
  readonly record: number
  readonly file: number
  readonly fileName: string
  readonly batch: string
  readonly source: string | null
  readonly layout: string | null
  readonly encoding: string | null
  readonly row: number
  readonly sheet: string | null
  /** Where in the original file; null where rows are no byte ranges (workbooks): `readFileBytes` gives the file. */
  readonly start: number | null
  readonly length: number | null
  /** First half of SHA-256, in hex. */
  readonly identity: string
  readonly hash: string
  readonly outcome: 'event' | 'skipped' | 'not-understood'
  readonly reason: string | null
  readonly column: string | null
}

const OUTCOMES = ['event', 'skipped', 'not-understood'] as const

interface RecordRow extends Omit<RawRecord, 'identity' | 'hash' | 'outcome'> {
  readonly identity: Buffer
  readonly hash: Buffer
  readonly outcome: number
}

const RECORD = `r.id AS record, r.file_id AS file, f.name AS fileName, b.key AS batch, f.source, f.layout, f.encoding, r.row, r.sheet,
  r.start, r.length, r.identity, r.hash, r.outcome, r.reason, r.field AS "column"`
const FROM_RECORD = `${FILE_RECORDS} JOIN batch b ON b.id = f.batch_id`

const recordOf = (row: RecordRow): RawRecord => ({
  ...row,
  identity: row.identity.toString('hex'),
  hash: row.hash.toString('hex'),
  outcome: OUTCOMES[row.outcome] ?? 'not-understood',
})

/** The source rows that an event version (by its row id) was built from, in file order. */
export const recordsOfEvent = (ledger: ReadableLedger, event: number): RawRecord[] =>
  ledger
    .rows<RecordRow>(
      `SELECT ${RECORD} FROM ${EVENT_RECORDS} JOIN batch b ON b.id = f.batch_id WHERE e.id = ? ORDER BY r.id`,
      event,
    )
    .map(recordOf)

/** One source row by its id. */
export const rawRecord = (ledger: ReadableLedger, record: number): RawRecord | null => {
  const row = ledger.rows<RecordRow>(
    `SELECT ${RECORD} FROM raw_record r JOIN source_file f ON f.id = r.file_id JOIN batch b ON b.id = f.batch_id WHERE r.id = ?`,
    record,
  )[0]
  return row ? recordOf(row) : null
}

/** The bytes of a source row as received; null where rows of its file are no byte ranges. */
export const rawBytes = (ledger: ReadableLedger, record: RawRecord): Buffer | null =>
  record.start === null || record.length === null
    ? null
    : readFileBytes(ledger, record.file, record.start, record.length)

export type NoticeOutcome = 'skipped' | 'not-understood' | 'changed' | 'linked'

/** Rows of a batch (or one file of it) by what became of them, for the preview; known rows are counted, not kept. */
export function recordsByOutcome(
  ledger: ReadableLedger,
  where: { readonly batch: number; readonly file?: number; readonly outcome: NoticeOutcome },
  page: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly records: readonly RawRecord[] } {
  const { batch, file, outcome } = where
  const table = outcome === 'changed' ? 'batch_change' : 'corroboration'
  const chosen =
    outcome === 'changed' || outcome === 'linked'
      ? `r.id IN (SELECT r.id FROM ${table} c CROSS JOIN ${EVENT_RECORDS} WHERE e.id = c.event_id AND c.batch_id = ?)`
      : 'b.id = ? AND r.outcome = ?'
  const bound = [
    batch,
    ...(outcome === 'skipped' ? [1] : outcome === 'not-understood' ? [2] : []),
    ...(file === undefined ? [] : [file]),
  ]
  const condition = `${chosen} ${file === undefined ? '' : 'AND r.file_id = ?'}`
  return {
    total: ledger.value<number>(`SELECT count(*) FROM ${FROM_RECORD} WHERE ${condition}`, ...bound) ?? 0,
    records: ledger
      .rows<RecordRow>(
        `SELECT ${RECORD} FROM ${FROM_RECORD} WHERE ${condition} ORDER BY r.id LIMIT ? OFFSET ?`,
        ...bound,
        page.limit,
        page.offset,
      )
      .map(recordOf),
  }
}

/** Why rows of a file were skipped, most frequent first; rows that the ledger had already stand in `known` of its plan. */
export const skippedReasons = (
  ledger: ReadableLedger,
  file: number,
): { readonly reason: string; readonly count: number }[] =>
  ledger.rows<{ reason: string; count: number }>(
    `SELECT coalesce(r.reason, '') AS reason, count(*) AS count FROM ${FILE_RECORDS} WHERE f.id = ? AND r.outcome = 1 GROUP BY 1 ORDER BY 2 DESC, 1`,
    file,
  )

/**
 * Rows of live batches that no reader understood, without those that a newer reader has made
 * something of in a later import.
 */
export const countNotUnderstood = (ledger: ReadableLedger): number =>
  ledger.value<number>(
    `SELECT count(*) FROM raw_record r JOIN source_file f ON f.id = r.file_id JOIN batch b ON b.id = f.batch_id
     WHERE r.outcome = 2 AND b.state = 'live' AND NOT EXISTS (
       SELECT 1 FROM understood u JOIN raw_record n ON n.id = u.by_record JOIN source_file nf ON nf.id = n.file_id
       JOIN batch nb ON nb.id = nf.batch_id WHERE u.record_id = r.id AND nb.state = 'live')`,
  ) ?? 0

/** Row numbers of one table of a file whose records are kept: all but those that the ledger had already. Null: its only table. */
export const keptRows = (ledger: ReadableLedger, file: number, table: string | null): number[] =>
  ledger.column<number>(`SELECT r.row FROM ${FILE_RECORDS} WHERE f.id = ? AND r.sheet IS ? ORDER BY r.id`, file, table)
