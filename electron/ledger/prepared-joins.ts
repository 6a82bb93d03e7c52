/**
 * What an import on its way will join is worked out and written before its act, in steps of at most 20 ms: rows of the staged batch,
 * which no query sees. The act itself then only says that they count. What is prepared holds for one revision of the ledger.
 */
import { BalanceSums } from './balance-sums.ts'
import { nextEventRow, takeEventRows } from './event-rows.ts'
import { stageWrite } from './files.ts'
import type { ReadableLedger, WritableLedger } from './handles.ts'
import { spokenOf } from './join-acts.ts'
import { writeJoinedRows } from './joined-rows.ts'
import { hasTransactions, keysOfBatchAfter, keysOfEvents, plannedJoins, wholeFacts } from './joins.ts'
import { entangledWith, hasEntanglement } from './link-targets.ts'
import { importCount } from './settle-file.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow } from './staged.ts'
import { deleteEvents } from './unstage.ts'
import { judgedIds } from './visibility.ts'

/** Events looked at, and transactions joined, in one step. */
const EVENTS = 1_000
const TRANSACTIONS = 50
const NOTE = 'joins of batch '

export interface PreparedJoin {
  readonly key: string
  readonly row: number
  /** The batch of its first record. */
  readonly batch: BatchRow
  readonly reason: string
  readonly parts: readonly string[]
  readonly records: readonly { readonly id: string; readonly row: number; readonly isNew: boolean }[]
}

export interface PreparedJoins {
  readonly status: 'prepared'
  readonly batch: BatchRow
  readonly revision: number
  readonly imports: number
  /** Where the rows of its files lie: a file read anew meanwhile has others. */
  readonly rows: string
  /** All transactions whose joined events the batch can change. */
  readonly touched: ReadonlySet<string>
  /** Of those: the ones that wait for a person. */
  readonly held: ReadonlySet<string>
  /** Of those: the ones whose joined events are worked out here; the others follow from what the act changes besides. */
  readonly keys: ReadonlySet<string>
  readonly plans: readonly PreparedJoin[]
  /** What joining does to balances. */
  readonly sums: BalanceSums
}

/** Nothing of a batch is to be joined, or it is quicker done in its act. */
export interface NothingPrepared {
  readonly status: 'nothing'
}

/** Events that the act of a batch settles beside what the batch tells: restated, corroborating, linked or made by hand. */
export function settledBeside(ledger: ReadableLedger, batch: BatchRow): string[] {
  return [
    ...ledger.column<string>(
      `SELECT x.stable_id FROM corroboration c CROSS JOIN event_identity i ON i.stable_id = c.fact
       CROSS JOIN event e ON e.id = i.event_id CROSS JOIN event x ON x.id = c.event_id WHERE e.batch_id = ?`,
      batch,
    ),
    ...ledger.column<string>(
      'SELECT e.stable_id FROM batch_change c JOIN event e ON e.id = c.replaces WHERE c.batch_id = ?',
      batch,
    ),
    ...(hasEntanglement(ledger) ? entangledWith(ledger, judgedIds(ledger, batch)) : []),
  ]
}

type Standing = Pick<PreparedJoins, 'revision' | 'imports' | 'rows'>
const standing = (ledger: ReadableLedger, batch: BatchRow): Standing => ({
  revision: ledger.revision(),
  imports: importCount(ledger),
  rows:
    ledger.value<string>(
      'SELECT json_group_array(json_array(id, event_first, event_last)) FROM source_file WHERE batch_id = ?',
      batch,
    ) ?? '',
})

/** Whether what was prepared for a batch still says what its act would. */
export function isStillSo(ledger: ReadableLedger, prepared: Standing & Pick<PreparedJoins, 'batch'>): boolean {
  const { revision, imports, rows } = standing(ledger, prepared.batch)
  return revision === prepared.revision && imports === prepared.imports && rows === prepared.rows
}

/**
 * Prepares the joined events of a staged batch whose files are sealed. A document of our own books tells of transactions as a
 * whole and is left to the act.
 */
export function* prepareJoins(
  ledger: WritableLedger,
  batch: BatchRow,
): Generator<void, PreparedJoins | NothingPrepared | DiskFull> {
  // In the rows of any other batch than a staged one it would be seen at once.
  if (ledger.value<string>('SELECT state FROM batch WHERE id = ?', batch) !== 'staged') return { status: 'nothing' }
  const cleared = yield* dropPrepared(ledger, batch)
  if (cleared.status !== 'cleared') return cleared
  const before = { batch, ...standing(ledger, batch) }
  if (!hasTransactions(ledger) || hasDocument(ledger, batch)) return { status: 'nothing' }
  const told = new Set<string>()
  for (let after = 0; ; ) {
    const found = keysOfBatchAfter(ledger, batch, after, EVENTS)
    if (found === null) break
    for (const key of found[0]) told.add(key)
    after = found[1]
    yield
  }
  if (told.size === 0) return { status: 'nothing' }
  const beside = settledBeside(ledger, batch)
  const own = ledger.column<string>(
    'SELECT e.stable_id FROM corroboration c JOIN event e ON e.id = c.event_id WHERE c.batch_id = ?',
    batch,
  )
  const entangled = keysOfEvents(ledger, [...beside, ...own])
  const touched = new Set([...told, ...keysOfEvents(ledger, beside)])
  const held = new Set<string>()
  const plans: PreparedJoin[] = []
  const keys = new Set<string>()
  const sums = new BalanceSums()
  const waiting = [...touched]
  for (let at = 0; at < waiting.length && isStillSo(ledger, before); at += TRANSACTIONS) {
    const some = waiting.slice(at, at + TRANSACTIONS)
    for (const key of spokenOf(ledger, batch, new Set(some))) held.add(key)
    // Records of a transaction that a document tells as a whole stand behind it, which the act settles.
    const whole = wholeFacts(ledger, some)
    const plain = some.filter((key) => !entangled.has(key) && !held.has(key) && !whole.has(key))
    for (const key of plain) keys.add(key)
    const planned = plannedJoins(ledger, plain, batch)
    const done = stageWrite(ledger, (write) => {
      if (planned.length === 0) return { status: 'staged' } as const
      const first = nextEventRow(write)
      writeJoinedRows(write, first, planned, batch)
      takeEventRows(write, first + planned.length)
      write.exec(
        `INSERT INTO meta (key, value) VALUES (?, json_array(?, ?))
         ON CONFLICT (key) DO UPDATE SET value = json_array(json_extract(value, '$[0]'), json_extract(excluded.value, '$[1]'))`,
        `${NOTE}${batch}`,
        first,
        first + planned.length - 1,
      )
      for (const [n, { key, parts, joined }] of planned.entries()) {
        plans.push({
          key,
          row: first + n,
          batch: (parts[0] as (typeof parts)[number]).batch,
          reason: joined.reason,
          parts: parts.map(({ id }) => id),
          records: parts.map((part) => ({ id: part.id, row: part.row, isNew: part.batch === batch })),
        })
      }
      const rows = planned.flatMap(({ parts }) => parts.map(({ row }) => row))
      sums.addEvents(write, rows, -1)
      sums.addEvents(
        write,
        planned.map((_, n) => first + n),
        1,
      )
      return { status: 'staged' } as const
    })
    if (done.status !== 'staged') return done
    yield
  }
  return { status: 'prepared', ...before, touched, held, keys, plans, sums }
}

const hasDocument = (ledger: ReadableLedger, batch: BatchRow): boolean =>
  ledger.value<number>(`SELECT 1 FROM source_file WHERE batch_id = ? AND source LIKE 'tallystick%'`, batch) !==
  undefined

/** The note of what was prepared for a batch, which its act takes away. */
export const preparedNote = (batch: BatchRow): string => `${NOTE}${batch}`

/** Deletes what was prepared for batches and is not used, in steps of at most 20 ms; of one batch only where given. */
export function* dropPrepared(
  ledger: WritableLedger,
  batch?: BatchRow,
): Generator<void, { readonly status: 'cleared' } | DiskFull> {
  const notes = ledger
    .tuples<[string, number, number]>(
      `SELECT key, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM meta WHERE key GLOB '${NOTE}*'`,
    )
    .filter(([key]) => batch === undefined || key === preparedNote(batch))
  for (const [key, first, last] of notes) {
    const of = Number(key.slice(NOTE.length))
    for (;;) {
      const done = stageWrite(ledger, (write) => {
        const rows = write.column<number>(
          `SELECT e.id FROM event e WHERE e.id BETWEEN ? AND ? AND e.batch_id = ? AND e.rows = '[]' LIMIT ${TRANSACTIONS * 2}`,
          first,
          last,
          of,
        )
        deleteEvents(write, rows, false)
        if (rows.length === 0) write.exec('DELETE FROM meta WHERE key = ?', key)
        return { status: 'cleared' as const, count: rows.length }
      })
      if (done.status !== 'cleared') return done
      if (done.count === 0) break
      yield
    }
  }
  return { status: 'cleared' }
}
