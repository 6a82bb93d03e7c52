import { parseAmount, parseMoney } from '../../shared/amount/decimal.ts'
import type { AccountId, AssetId } from '../../shared/events/identifiers.ts'
import type { BrokerForm } from '../../shared/events/interchange-types.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow, FileRow } from './staged.ts'

const UNITS = new Set(['units', 'unitsIn'])
const MONEY = new Set(['proceeds', 'basis', 'washLoss', 'withheldTax'])

interface FormRow {
  readonly account: string
  readonly asset: string
  readonly body: string
}

/** Rows of brokers' forms in force: of live batches, in the order in which they came; a row that came twice counts once. */
export function readBrokerForms(ledger: ReadableLedger): BrokerForm[] {
  const rows = ledger.rows<FormRow>(
    `SELECT a.key AS account, s.key AS asset, f.body, min(f.id) FROM broker_form f
     JOIN account a ON a.id = f.account_id JOIN asset s ON s.id = f.asset_id
     JOIN batch b ON b.id = f.batch_id AND b.state = 'live'
     GROUP BY f.identity ORDER BY min(f.id)`,
  )
  return rows.map(formOf)
}

function formOf({ account, asset, body }: FormRow): BrokerForm {
  const members = Object.entries(JSON.parse(body) as Record<string, unknown>).map(([name, value]) => [
    name,
    typeof value === 'string' && (UNITS.has(name) || MONEY.has(name)) ? decimal(name, value) : value,
  ])
  return { account: account as AccountId, asset: asset as AssetId, ...Object.fromEntries(members) } as BrokerForm
}

function decimal(name: string, text: string): bigint {
  const value = UNITS.has(name) ? parseAmount(text) : parseMoney(text)
  if (typeof value !== 'bigint') throw new Error(`a broker's form in the ledger is not canonical: ${value.error}`)
  return value
}

const STEP = 500

/**
 * Takes staged rows out again that the ledger (or an earlier file of the batch) has already, and notes which batches they
 * were known from: when one of those goes, the file is read again. Gives how many went.
 */
export function* takeOutKnownForms(
  ledger: WritableLedger,
  file: FileRow,
  batch: BatchRow,
): Generator<void, { readonly status: 'staged'; readonly known: number } | DiskFull> {
  let known = 0
  for (let last = 0; ; ) {
    const staged = ledger.column<number>(
      `SELECT id FROM broker_form WHERE file_id = ? AND id > ? ORDER BY id LIMIT ${STEP}`,
      file,
      last,
    )
    if (staged.length === 0) return { status: 'staged', known }
    last = staged.at(-1) as number
    const done = stageWrite(ledger, (write) => ({
      status: 'staged' as const,
      gone: takeOut(write, file, batch, staged),
    }))
    if (done.status !== 'staged') return done
    known += done.gone
    yield
  }
}

function takeOut(write: LedgerWrite, file: FileRow, batch: BatchRow, staged: readonly number[]): number {
  const twice = write.tuples<[id: number, record: number, from: number | null]>(
    `SELECT f.id, f.record_id, max(CASE WHEN b.state = 'live' THEN b.id END) FROM broker_form f
     JOIN broker_form o ON o.identity = f.identity AND o.file_id <> f.file_id
     JOIN batch b ON b.id = o.batch_id AND (b.state = 'live' OR b.id = ?)
     WHERE f.id IN (SELECT value FROM json_each(?)) GROUP BY f.id`,
    batch,
    JSON.stringify(staged),
  )
  for (const [id, record, from] of twice) {
    write.exec('DELETE FROM broker_form WHERE id = ?', id)
    write.exec('DELETE FROM raw_record WHERE id = ?', record)
    if (from === null) continue
    write.exec(
      `INSERT INTO file_overlap (file_id, batch_id, events) VALUES (?, ?, 1)
       ON CONFLICT (file_id, batch_id) DO UPDATE SET events = events + 1`,
      file,
      from,
    )
  }
  if (twice.length > 0) write.exec('UPDATE source_file SET known = known + ? WHERE id = ?', twice.length, file)
  return twice.length
}
