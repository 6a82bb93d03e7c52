/**
 * What an act will join and take apart, an import on its way or one that is taken back or brought back, is worked out and
 * written before it, in steps of at most 20 ms: rows that no query sees. The act itself then only says that they count.
 * What is prepared holds for one revision of the ledger.
 */
import { BalanceSums } from './balance-sums.ts'
import { nextEventRow, takeEventRows } from './event-rows.ts'
import { stageWrite } from './files.ts'
import type { ReadableLedger, WritableLedger } from './handles.ts'
import { spokenOf } from './join-acts.ts'
import { writeJoinedRows } from './joined-rows.ts'
import {
  hasTransactions,
  keysOfBatchAfter,
  keysOfEvents,
  type PlannedJoin,
  plannedJoins,
  type Supposed,
  wholeFacts,
} from './joins.ts'
import { entangledWith, hasEntanglement } from './link-targets.ts'
import { dropPrepared, holderOf, newNote, notePrepared } from './prepared-rows.ts'
import { batchesToSet } from './rereading.ts'
import { importCount } from './settle-file.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow } from './staged.ts'
import { entangledIds, judgedIds } from './visibility.ts'

/** Events looked at, and transactions joined, in one step. */
const EVENTS = 1_000
const TRANSACTIONS = 50

export interface PreparedJoin {
  readonly key: string
  readonly row: number
  readonly reason: string
  readonly parts: readonly string[]
  readonly records: readonly { readonly id: string; readonly row: number; readonly isNew: boolean }[]
}

/** A joined event that counts now and that the act takes apart. */
export interface StandingJoin {
  readonly key: string
  readonly row: number
  /** The rows that stood behind it, and those of their ids that the batches of the act do not bring. */
  readonly records: readonly number[]
  readonly others: readonly string[]
}

export interface PreparedJoins {
  readonly status: 'prepared'
  /** The act it is for: of an import on its way, or one that is put in or out of force. */
  readonly for: string
  readonly batches: readonly BatchRow[]
  readonly revision: number
  readonly imports: number
  /** Where the rows of its files lie: a file read anew meanwhile has others. */
  readonly rows: string
  /** Where its rows lie (`prepared-rows.ts`). */
  readonly holder: BatchRow
  readonly note: string
  /** All transactions whose joined events the act can change. */
  readonly touched: ReadonlySet<string>
  /** Of those: the ones that wait for a person. */
  readonly held: ReadonlySet<string>
  /** Of those: the ones whose joined events are worked out here; the others follow from what the act changes besides. */
  readonly keys: ReadonlySet<string>
  readonly standing: readonly StandingJoin[]
  readonly plans: readonly PreparedJoin[]
  /** What taking apart and joining does to balances. */
  readonly sums: BalanceSums
}

/** Nothing is to be joined or taken apart, or it is quicker done in the act. */
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

type Moment = Pick<PreparedJoins, 'revision' | 'imports' | 'rows'>
const momentOf = (ledger: ReadableLedger, batches: readonly BatchRow[]): Moment => ({
  revision: ledger.revision(),
  imports: importCount(ledger),
  rows:
    ledger.value<string>(
      `SELECT json_group_array(json_array(id, event_first, event_last)) FROM source_file
       WHERE batch_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(batches),
    ) ?? '',
})

/** Whether what was prepared still says what its act would do. */
export function isStillSo(ledger: ReadableLedger, prepared: Moment & Pick<PreparedJoins, 'batches'>): boolean {
  const { revision, imports, rows } = momentOf(ledger, prepared.batches)
  return revision === prepared.revision && imports === prepared.imports && rows === prepared.rows
}

/** The names of the acts that something can be prepared for. */
export const importOf = (batch: BatchRow): string => `the import of batch ${batch}`
export const settingOf = (act: number, live: boolean): string => `act ${act} ${live ? 'in' : 'out of'} force`

/**
 * Prepares the joined events of a staged batch whose files are sealed. A document of our own books tells of transactions as a
 * whole and is left to the act.
 */
export function* prepareJoins(
  ledger: WritableLedger,
  batch: BatchRow,
): Generator<void, PreparedJoins | NothingPrepared | DiskFull> {
  const own = ledger.column<string>(
    'SELECT e.stable_id FROM corroboration c JOIN event e ON e.id = c.event_id WHERE c.batch_id = ?',
    batch,
  )
  return yield* prepare(ledger, {
    for: importOf(batch),
    supposed: { come: [batch], gone: [] },
    beside: () => settledBeside(ledger, batch),
    apart: () => keysOfEvents(ledger, own),
    held: (keys) => spokenOf(ledger, batch, keys),
  })
}

/** The same for an act that is taken back (`live` false) or brought back, with all batches that go or come with it. */
export function* prepareSetting(
  ledger: WritableLedger,
  act: number,
  live: boolean,
): Generator<void, PreparedJoins | NothingPrepared | DiskFull> {
  const batches = batchesToSet(ledger, act, live)
  return yield* prepare(ledger, {
    for: settingOf(act, live),
    supposed: live ? { come: batches, gone: [] } : { come: [], gone: batches },
    beside: () => batches.flatMap((batch) => [...settledBeside(ledger, batch), ...entangledIds(ledger, batch)]),
    apart: () => keysJudgedBy(ledger, act),
    held: () => new Set(),
  })
}

/** The transactions that verdicts of an act are on, with all that is tied to them: the act settles those by themselves first. */
function keysJudgedBy(ledger: ReadableLedger, act: number): Set<string> {
  const judged = ledger.column<string>(
    `SELECT key FROM join_verdict WHERE act_id = ?1 UNION SELECT event FROM link_verdict WHERE act_id = ?1
     UNION SELECT fact FROM link_verdict WHERE act_id = ?1`.replaceAll('?1', String(Math.trunc(act))),
  )
  if (judged.length === 0) return new Set()
  const tied = entangledWith(ledger, judged)
  return new Set([...tied, ...keysOfEvents(ledger, tied)])
}

interface Wanted {
  readonly for: string
  readonly supposed: Supposed
  /** Events that are settled besides: their transactions can change, and are left to the act. */
  beside(): readonly string[]
  /** Further transactions that are left to the act. */
  apart(): Set<string>
  /** Of some transactions those that the act holds back. */
  held(keys: ReadonlySet<string>): ReadonlySet<string>
}

function* prepare(ledger: WritableLedger, wanted: Wanted): Generator<void, PreparedJoins | NothingPrepared | DiskFull> {
  const cleared = yield* dropPrepared(ledger, { for: wanted.for })
  if (cleared.status !== 'cleared') return cleared
  const { supposed } = wanted
  const batches = [...supposed.come, ...supposed.gone]
  const before = { batches, ...momentOf(ledger, batches) }
  if (!hasTransactions(ledger) || batches.some((batch) => hasDocument(ledger, batch))) return { status: 'nothing' }
  const told = new Set<string>()
  for (const batch of batches) {
    for (let after = 0; ; ) {
      const found = keysOfBatchAfter(ledger, batch, after, EVENTS)
      if (found === null) break
      for (const key of found[0]) told.add(key)
      after = found[1]
      yield
    }
  }
  if (told.size === 0) return { status: 'nothing' }
  const beside = keysOfEvents(ledger, wanted.beside())
  const apart = wanted.apart()
  const touched = new Set([...told, ...beside])
  const note = newNote()
  const held = new Set<string>()
  const keys = new Set<string>()
  const plans: PreparedJoin[] = []
  const taken: StandingJoin[] = []
  const sums = new BalanceSums()
  const waiting = [...touched]
  const holder = stageWrite(ledger, (write) => ({ status: 'there' as const, batch: holderOf(write) }))
  if (holder.status !== 'there') return holder
  for (let at = 0; at < waiting.length && isStillSo(ledger, before); at += TRANSACTIONS) {
    const some = waiting.slice(at, at + TRANSACTIONS)
    for (const key of wanted.held(new Set(some))) held.add(key)
    // Records of a transaction that a document tells as a whole stand behind it, which the act settles.
    const whole = wholeFacts(ledger, some)
    const plain = some.filter((key) => !beside.has(key) && !apart.has(key) && !held.has(key) && !whole.has(key))
    for (const key of plain) keys.add(key)
    taken.push(...takeApart(ledger, plain, batches, sums))
    const planned = plannedJoins(ledger, plain, supposed)
    if (planned.length > 0) {
      const written = writePlanned(ledger, planned, { holder: holder.batch, note, for: wanted.for, sums })
      if (written.status !== 'written') return written
      plans.push(...planned.map((plan, n) => preparedOf(plan, written.first + n, batches)))
    }
    yield
  }
  return {
    status: 'prepared',
    for: wanted.for,
    ...before,
    holder: holder.batch,
    note,
    touched,
    held,
    keys,
    standing: taken,
    plans,
    sums,
  }
}

const preparedOf = ({ key, parts, joined }: PlannedJoin, row: number, batches: readonly BatchRow[]): PreparedJoin => ({
  key,
  row,
  reason: joined.reason,
  parts: parts.map(({ id }) => id),
  records: parts.map((part) => ({ id: part.id, row: part.row, isNew: batches.includes(part.batch) })),
})

interface Place {
  readonly holder: BatchRow
  readonly note: string
  readonly for: string
  readonly sums: BalanceSums
}

/** Writes joined events where nobody sees them, and adds what they do to balances in the place of their records. */
function writePlanned(
  ledger: WritableLedger,
  planned: readonly PlannedJoin[],
  { holder, note, for: wanted, sums }: Place,
): { readonly status: 'written'; readonly first: number } | DiskFull {
  return stageWrite(ledger, (write) => {
    const first = nextEventRow(write)
    writeJoinedRows(write, first, planned, holder)
    takeEventRows(write, first + planned.length)
    notePrepared(write, note, wanted, [first, first + planned.length - 1])
    const records = planned.flatMap(({ parts }) => parts.map(({ row }) => row))
    sums.addEvents(write, records, -1)
    sums.addEvents(
      write,
      planned.map((_, n) => first + n),
      1,
    )
    return { status: 'written', first } as const
  })
}

/** The joined events of some transactions as they stand, and what taking them apart does to balances. */
function takeApart(
  ledger: ReadableLedger,
  keys: readonly string[],
  batches: readonly BatchRow[],
  sums: BalanceSums,
): StandingJoin[] {
  const rows = ledger.tuples<[string, number, number]>(
    `SELECT i.stable_id, j.event_id, EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = j.event_id)
     FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value JOIN joined j ON j.event_id = i.event_id`,
    JSON.stringify(keys),
  )
  if (rows.length === 0) return []
  const behind = Map.groupBy(
    ledger.tuples<[number, string, number, number]>(
      `SELECT p.event_id, p.part, e.id, e.batch_id FROM json_each(?) wanted CROSS JOIN joined_part p ON p.event_id = wanted.value
       JOIN event_identity i ON i.stable_id = p.part JOIN event_hidden h ON h.event_id = i.event_id AND h.reason = 'joined'
       JOIN event e ON e.id = i.event_id AND e.batch_id IN (SELECT id FROM batch WHERE state = 'live')`,
      JSON.stringify(rows.map(([, row]) => row)),
    ),
    ([row]) => row,
  )
  sums.addEvents(
    ledger,
    rows.flatMap(([, row, isHidden]) => (isHidden === 1 ? [] : [row])),
    -1,
  )
  const found = rows.map(([key, row]) => {
    const parts = behind.get(row) ?? []
    return {
      key,
      row,
      records: parts.map(([, , record]) => record),
      others: parts.flatMap(([, part, , batch]) => (batches.includes(batch) ? [] : [part])),
    }
  })
  sums.addEvents(
    ledger,
    found.flatMap(({ records }) => records),
    1,
  )
  return found
}

const hasDocument = (ledger: ReadableLedger, batch: BatchRow): boolean =>
  ledger.value<number>(`SELECT 1 FROM source_file WHERE batch_id = ? AND source LIKE 'tallystick%'`, batch) !==
  undefined
