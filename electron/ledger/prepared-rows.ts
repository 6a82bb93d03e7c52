/** Where joined events lie that an act will let count, or has let go: rows of a batch that never comes into force. */
import { randomUUID } from 'node:crypto'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow } from './staged.ts'
import { deleteEvents } from './unstage.ts'

const NOTE = 'joins of '
const STEP = 100

/** First and last of rows that lie without a gap. */
type Range = readonly [first: number, last: number]

interface Note {
  /** For which act the rows are; null once it is done, or where it will not be. */
  readonly for: string | null
  readonly rows: readonly Range[]
}

/** The batch that holds such rows; it is made once for a ledger. */
export function holderOf(write: LedgerWrite): BatchRow {
  const known = write.value<BatchRow>(`SELECT id FROM batch WHERE origin = 'joins'`)
  if (known !== undefined) return known
  write.exec(
    `INSERT INTO batch (key, origin, title, state, made_at) VALUES (?, 'joins', 'joined events', 'rejected', 0)`,
    randomUUID(),
  )
  return write.value<BatchRow>('SELECT last_insert_rowid()') as BatchRow
}

/** A new name for the note of what is prepared for one act. */
export const newNote = (): string => `${NOTE}${randomUUID()}`

/** Notes that the rows from `first` to `last` are prepared, so that they are found again whatever happens. */
export function notePrepared(write: LedgerWrite, note: string, wanted: string, [first, last]: Range): void {
  write.exec(
    `INSERT INTO meta (key, value) VALUES (?, json_object('for', ?, 'rows', json_array(json_array(?, ?))))
     ON CONFLICT (key) DO UPDATE SET value = json_insert(value, '$.rows[#]', json_array(?, ?))`,
    note,
    wanted,
    first,
    last,
    first,
    last,
  )
}

/** Notes, in the act itself, that what was prepared counts now and that other rows are let go in its place. */
export function noteAdopted(write: LedgerWrite, note: string, gone: readonly number[]): void {
  if (gone.length === 0) {
    write.exec('DELETE FROM meta WHERE key = ?', note)
    return
  }
  write.exec(
    `INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    note,
    JSON.stringify({ for: null, rows: rangesOf(gone) } satisfies Note),
  )
}

function rangesOf(rows: readonly number[]): Range[] {
  const ranges: [number, number][] = []
  for (const row of rows.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === row - 1) last[1] = row
    else ranges.push([row, row])
  }
  return ranges
}

/**
 * Deletes rows that do not count, in steps of at most 20 ms: of one note, of whatever was prepared for one act, or all that is
 * there. Nothing sees them before either.
 */
export function* dropPrepared(
  ledger: WritableLedger,
  which: { readonly note: string } | { readonly for: string } | 'all',
): Generator<void, { readonly status: 'cleared' } | DiskFull> {
  for (const [key, { rows }] of notesOf(ledger, which)) {
    for (const [first, last] of rows) {
      for (let from = first; from <= last; from += STEP) {
        const done = stageWrite(ledger, (write) => {
          const lying = write.column<number>(
            `SELECT e.id FROM event e JOIN batch b ON b.id = e.batch_id AND b.origin = 'joins' WHERE e.id BETWEEN ? AND ?`,
            from,
            Math.min(last, from + STEP - 1),
          )
          deleteEvents(write, lying, false)
          return { status: 'cleared' } as const
        })
        if (done.status !== 'cleared') return done
        yield
      }
    }
    const forgotten = stageWrite(ledger, (write) => {
      write.exec('DELETE FROM meta WHERE key = ?', key)
      return { status: 'cleared' } as const
    })
    if (forgotten.status !== 'cleared') return forgotten
  }
  return { status: 'cleared' }
}

function notesOf(
  ledger: ReadableLedger,
  which: { readonly note: string } | { readonly for: string } | 'all',
): (readonly [string, Note])[] {
  const all = ledger
    .tuples<[string, string]>(`SELECT key, value FROM meta WHERE key GLOB '${NOTE}*'`)
    .map(([key, value]) => [key, JSON.parse(value) as Note] as const)
  if (which === 'all') return all
  return all.filter(([key, note]) => ('note' in which ? key === which.note : note.for === which.for))
}
