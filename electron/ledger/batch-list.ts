import type { ReadableLedger } from './handles.ts'
import { planOf } from './plan.ts'
import { FILE_EVENTS } from './ranges.ts'
import type { BatchOrigin, BatchPlan, BatchState } from './staged.ts'

export interface StoredBatch extends BatchPlan {
  readonly origin: BatchOrigin
  readonly title: string
  readonly made: number
  readonly executed: number | null
  readonly act: number | null
  readonly events: number
}

interface BatchRecord {
  readonly id: number
  readonly origin: BatchOrigin
  readonly title: string
  readonly made_at: number
  readonly executed_at: number | null
  readonly act_id: number | null
  readonly events: number
}

/** Batches in the given states, newest first, each with its files. */
export function listBatches(
  ledger: ReadableLedger,
  states: readonly BatchState[] = ['live', 'reverted'],
): StoredBatch[] {
  const rows = ledger.rows<BatchRecord>(
    `SELECT id, origin, title, made_at, executed_at, act_id, events FROM batch
     WHERE state IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    JSON.stringify(states),
  )
  return rows.flatMap((row) => {
    const plan = planOf(ledger, row.id)
    if (!plan) return []
    return [
      {
        ...plan,
        origin: row.origin,
        title: row.title,
        made: row.made_at,
        executed: row.executed_at,
        act: row.act_id,
        events: row.events,
      },
    ]
  })
}

/** The row of an event within a batch, staged ones too; undefined where the batch has none of that stable id. */
export const eventRowInBatch = (ledger: ReadableLedger, batch: number, stableId: string): number | undefined =>
  ledger.value<number>(
    `SELECT e.id FROM event_identity i JOIN event e ON e.id = i.event_id
     WHERE i.stable_id = ? AND e.batch_id = ? ORDER BY i.version DESC LIMIT 1`,
    stableId,
    batch,
  )

/** One page of the events of a batch, or of one file of it by name, in time order, and how many there are. */
export function batchEventPage(
  ledger: ReadableLedger,
  where: { readonly batch: number; readonly file: string | null },
  page: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly rows: readonly number[] } {
  const chosen = `${FILE_EVENTS} WHERE f.batch_id = ? ${where.file === null ? '' : 'AND f.name = ?'}`
  const bound = where.file === null ? [where.batch] : [where.batch, where.file]
  return {
    total: ledger.value<number>(`SELECT count(*) FROM ${chosen}`, ...bound) ?? 0,
    rows: ledger.column<number>(
      `SELECT e.id FROM ${chosen} ORDER BY e.time, e.ord, e.id LIMIT ? OFFSET ?`,
      ...bound,
      page.limit,
      page.offset,
    ),
  }
}
