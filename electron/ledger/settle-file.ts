import { type BalanceSums, sumText } from './balance-sums.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, WritableLedger } from './handles.ts'
import { EVENT_RECORDS, FILE_RECORDS } from './ranges.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow, FileCounts, FileRow, Sealed } from './staged.ts'

/** What `FileStage` counted while chunks came in. */
export interface SeenCounts {
  readonly rows: number
  readonly event: number
  readonly skipped: number
  readonly 'not-understood': number
  readonly prices: number
  /** Rows of brokers' forms that the ledger did not have. */
  readonly forms: number
  readonly linkedRows: number
  readonly shared: number
}

/** How often an import was executed, reverted or brought back; a plan holds while this has not moved. */
export const importCount = (ledger: { value<V>(sql: string): V | undefined }): number =>
  Number(ledger.value<string>(`SELECT value FROM meta WHERE key = 'imports'`) ?? '0')

/** Writes a sealed file's counts, what it does to balances, and which accounts and assets it uses. */
export function* settleFile(
  ledger: WritableLedger,
  file: FileRow,
  batch: BatchRow,
  seen: SeenCounts,
  sums: BalanceSums,
  staged: Coverage,
): Generator<void, Sealed | DiskFull> {
  const known = ledger.value<number>('SELECT known FROM source_file WHERE id = ?', file) ?? 0
  const coverage = known === 0 ? staged : yield* coverageOf(ledger, file)
  const used = stageWrite(ledger, (write) => {
    writeBalances(write, file, sums)
    for (const [account, { events, first, last }] of coverage.accounts) {
      write.exec(
        'INSERT INTO file_account (file_id, account_id, events, first, last) VALUES (?, ?, ?, ?, ?)',
        file,
        account,
        events,
        first,
        last,
      )
    }
    noteTold(write, file, known === 0 ? null : staged)
    for (const asset of coverage.assets)
      write.exec('INSERT INTO file_asset (file_id, asset_id) VALUES (?, ?)', file, asset)
    return { status: 'sealed' } as const
  })
  if (used.status !== 'sealed') return used
  yield
  return stageWrite(ledger, (write) => {
    const counts = countFile(write, file, batch, seen, known, coverage)
    const at = importCount(write)
    const before = write.value<number | null>('SELECT sealed_at_import FROM batch WHERE id = ?', batch) ?? null
    write.exec('UPDATE batch SET sealed_at_import = ? WHERE id = ?', before === null || before === at ? at : -1, batch)
    return { status: 'sealed', counts } as const
  })
}

/**
 * Keeps which days of which accounts the file told of as a whole, where rows of it were known already: those days are
 * covered by it all the same.
 */
function noteTold(write: LedgerWrite, file: FileRow, staged: Coverage | null): void {
  const told =
    staged === null ? null : [...staged.accounts].map(([account, { first, last }]) => [account, first, last] as const)
  write.exec(`UPDATE source_file SET detail = json_patch(detail, ?) WHERE id = ?`, JSON.stringify({ told }), file)
}

function writeBalances(write: LedgerWrite, file: FileRow, sums: BalanceSums): void {
  for (const [account, asset, amount] of sums.entries()) {
    if (amount === 0n) continue
    write.exec(
      'INSERT INTO file_balance (file_id, account_id, asset_id, amount) VALUES (?, ?, ?, ?)',
      file,
      account,
      asset,
      sumText(amount),
    )
  }
}

function countFile(
  write: LedgerWrite,
  file: FileRow,
  batch: BatchRow,
  seen: SeenCounts,
  known: number,
  coverage: Coverage,
): FileCounts {
  const rowsIn = (table: 'batch_change' | 'corroboration', unless = ''): number =>
    write.value<number>(
      `SELECT count(DISTINCT r.id) FROM ${table} c CROSS JOIN ${EVENT_RECORDS}
       WHERE e.id = c.event_id AND c.batch_id = ? AND f.id = ? ${unless}`,
      batch,
      file,
    ) ?? 0
  const changed = rowsIn('batch_change')
  const linked = rowsIn(
    'corroboration',
    'AND NOT EXISTS (SELECT 1 FROM batch_change n WHERE n.batch_id = c.batch_id AND n.event_id = c.event_id)',
  )
  const orphans = seen.linkedRows - seen.shared === seen.event ? 0 : orphanRows(write, file)
  const { events, first, last } = coverage.whole
  const counts: FileCounts = {
    rows: seen.rows,
    added: seen.event - known - changed - linked - orphans,
    changed,
    linked,
    known,
    skipped: seen.skipped + known,
    notUnderstood: seen['not-understood'] + orphans,
    events,
    prices: seen.prices,
    brokerForms: seen.forms,
    first: events > 0 ? first : null,
    last: events > 0 ? last : null,
  }
  write.exec(
    `UPDATE source_file SET state = 'sealed', record_rows = ?, added = ?, changed = ?, linked = ?, skipped = ?, not_understood = ?,
     events = ?, prices = ?, broker_forms = ?, first = ?, last = ? WHERE id = ?`,
    counts.rows,
    counts.added,
    changed,
    linked,
    counts.skipped,
    counts.notUnderstood,
    counts.events,
    counts.prices,
    counts.brokerForms,
    counts.first,
    counts.last,
    file,
  )
  return counts
}

/** Rows that a reader called part of an event and never put into one: kept, and said to be not understood. */
function orphanRows(write: LedgerWrite, file: FileRow): number {
  return write.exec(
    `UPDATE raw_record SET outcome = 2, reason = 'The reader took this row for part of an event that never came together.'
     WHERE id IN (SELECT r.id FROM ${FILE_RECORDS} WHERE f.id = ?) AND outcome = 0 AND event_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM price WHERE record_id = raw_record.id)
       AND NOT EXISTS (SELECT 1 FROM broker_form WHERE record_id = raw_record.id)`,
    file,
  )
}
