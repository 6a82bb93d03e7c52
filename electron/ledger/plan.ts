import { hash } from 'node:crypto'
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import type { ReadableLedger } from './handles.ts'
import type { BatchPlan, BatchRow, BatchState, StagedFilePlan } from './staged.ts'

interface FileRecord {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly sha256: string | null
  readonly source: string | null
  readonly layout: string | null
  readonly reader_version: number | null
  readonly account: string | null
  readonly zone: string | null
  readonly state: StagedFilePlan['state']
  readonly record_rows: number
  readonly added: number
  readonly changed: number
  readonly linked: number
  readonly known: number
  readonly skipped: number
  readonly not_understood: number
  readonly events: number
  readonly prices: number
  readonly broker_forms: number
  readonly first: number | null
  readonly last: number | null
  readonly detail: string
}

/**
 * The plan of a batch, staged or later. Its hash is null while a file is still being read, and is the one `executeBatch`
 * takes: it covers every file's bytes, reader, account and zone, and what each row became.
 */
export function planOf(ledger: ReadableLedger, batch: BatchRow): BatchPlan | null {
  const row = ledger.rows<{
    key: string
    state: BatchState
    plan_hash: string | null
    sealed_at_import: number | null
  }>('SELECT key, state, plan_hash, sealed_at_import FROM batch WHERE id = ?', batch)[0]
  if (!row) return null
  const files = ledger.rows<FileRecord>(
    `SELECT f.id, f.name, f.size, f.sha256, f.source, f.layout, f.reader_version, a.key AS account, f.zone, f.state, f.record_rows,
       f.added, f.changed, f.linked, f.known, f.skipped, f.not_understood, f.events, f.prices, f.broker_forms, f.first, f.last, f.detail
     FROM source_file f LEFT JOIN account a ON a.id = f.account_id WHERE f.batch_id = ? ORDER BY f.id`,
    batch,
  )
  const ready = files.length > 0 && files.every((file) => file.state === 'sealed' || file.state === 'failed')
  const hashNow = (): string | null => (ready ? planHash(row.key, row.sealed_at_import, files) : null)
  return {
    batch,
    key: row.key,
    state: row.state,
    hash: row.state === 'staged' ? hashNow() : row.plan_hash,
    files: files.map(filePlan),
  }
}

function planHash(key: string, sealedAt: number | null, files: readonly FileRecord[]): string {
  const covered = files.map(({ id, detail, ...file }) => ({ ...file, id }))
  return hash('sha256', canonicalJson({ batch: key, sealedAt, files: covered }))
}

function filePlan(file: FileRecord): StagedFilePlan {
  return {
    file: file.id,
    name: file.name,
    source: file.source,
    layout: file.layout,
    account: file.account,
    zone: file.zone,
    state: file.state,
    rows: file.record_rows,
    added: file.added,
    changed: file.changed,
    linked: file.linked,
    known: file.known,
    skipped: file.skipped,
    notUnderstood: file.not_understood,
    events: file.events,
    prices: file.prices,
    brokerForms: file.broker_forms,
    first: file.first,
    last: file.last,
    detail: JSON.parse(file.detail) as Record<string, unknown>,
  }
}
