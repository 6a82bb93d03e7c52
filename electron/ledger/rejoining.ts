/** Takes joined events apart and makes them anew inside the act that changes what they follow from. */
import { inTableOrder } from '../../shared/sources/join-transaction.ts'
import type { BalanceSums } from './balance-sums.ts'
import type { ActScope } from './commit.ts'
import { nextEventRow, takeEventRows } from './event-rows.ts'
import type { LedgerWrite, ReadableLedger } from './handles.ts'
import { noteJoined, writeJoined } from './joined-rows.ts'
import { partsOf, plannedJoins, wholeFacts } from './joins.ts'
import { entangledWith, hasEntanglement } from './link-targets.ts'
import type { PreparedJoins } from './prepared-joins.ts'
import { noteAdopted } from './prepared-rows.ts'
import { resettle } from './resettle.ts'
import { deleteEvents } from './unstage.ts'
import { rewriteHidden, VISIBLE } from './visibility.ts'

const STEP = 500

/** Takes joined events away: their records count by themselves. What is not there is passed over. */
function dissolve(write: LedgerWrite, keys: readonly string[], sums: BalanceSums, scope: ActScope | null): void {
  for (let at = 0; at < keys.length; at += STEP) {
    const facts = write.tuples<[number, number | null]>(
      `SELECT DISTINCT p.event_id, j.event_id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
       CROSS JOIN joined_part p ON p.event_id = i.event_id LEFT JOIN joined j ON j.event_id = p.event_id`,
      JSON.stringify(keys.slice(at, at + STEP)),
    )
    if (facts.length === 0) continue
    const all = JSON.stringify(facts.map(([row]) => row))
    const derived = facts.flatMap(([, row]) => row ?? [])
    for (const id of write.column<string>(
      `SELECT stable_id FROM event WHERE id IN (SELECT value FROM json_each(?))
       UNION SELECT part FROM joined_part WHERE event_id IN (SELECT value FROM json_each(?))`,
      all,
      all,
    ))
      scope?.touch('event', id)
    const freed = JSON.stringify(
      write.column<number>(
        `SELECT h.event_id FROM joined_part p JOIN event_identity i ON i.stable_id = p.part
         JOIN event_hidden h ON h.event_id = i.event_id AND h.reason = 'joined'
         WHERE p.event_id IN (SELECT value FROM json_each(?))`,
        all,
      ),
    )
    write.exec('DELETE FROM joined_part WHERE event_id IN (SELECT value FROM json_each(?))', all)
    sums.addEvents(write, visibleAmong(write, JSON.stringify(derived)), -1)
    deleteDerived(write, derived)
    write.exec(
      `DELETE FROM event_hidden WHERE event_id IN (SELECT value FROM json_each(?)) AND reason = 'joined'`,
      freed,
    )
    sums.addEvents(write, visibleAmong(write, freed), 1)
  }
}

/** Deletes joined events: rows that were made here, not imported. */
function deleteDerived(write: LedgerWrite, rows: readonly number[]): void {
  for (const table of ['joined', 'event_hidden'])
    write.exec(`DELETE FROM ${table} WHERE event_id IN (SELECT value FROM json_each(?))`, JSON.stringify(rows))
  deleteEvents(write, rows, false)
}

const visibleAmong = (ledger: ReadableLedger, rows: string): number[] =>
  ledger.column<number>(
    `SELECT e.id FROM json_each(?) wanted CROSS JOIN event e ON e.id = wanted.value WHERE ${VISIBLE}`,
    rows,
  )

/** Makes the joined events that some transactions are now; records of a fact that tells of the whole stand behind it. */
function form(write: LedgerWrite, keys: readonly string[], sums: BalanceSums, scope: ActScope | null): void {
  dissolve(write, keys, sums, scope)
  const whole = wholeFacts(write, keys)
  const behind = whole.size === 0 ? [] : [...partsOf(write, whole.keys())]
  const plans = plannedJoins(write, keys)
  const first = nextEventRow(write)
  if (plans.length > 0) {
    writeJoined(write, first, plans)
    takeEventRows(write, first + plans.length)
  }
  for (const [key, parts] of behind)
    for (const [n, { id }] of inTableOrder(parts).entries())
      write.exec('INSERT INTO joined_part (part, event_id, n) VALUES (?, ?, ?)', id, whole.get(key) as number, n)
  const joined = [...plans.map(({ key, parts }) => [key, parts] as const), ...behind]
  for (const [key, parts] of joined) for (const id of [key, ...parts.map((part) => part.id)]) scope?.touch('event', id)
  const hidden = joined.flatMap(([, parts]) => parts.map(({ row }) => row))
  sums.addEvents(write, hidden, -1)
  write.exec(
    `INSERT INTO event_hidden (event_id, reason) SELECT value, 'joined' FROM json_each(?)`,
    JSON.stringify(hidden),
  )
  sums.addEvents(
    write,
    plans.map((_, n) => first + n),
    1,
  )
}

/** Lets the joined events that a prepared act takes apart go: they lie where nobody sees them until they are deleted. */
function letGo(write: LedgerWrite, prepared: PreparedJoins, scope: ActScope | null): void {
  const { standing, holder } = prepared
  if (standing.length === 0) return
  const rows = JSON.stringify(standing.map(({ row }) => row))
  for (const table of ['joined_part', 'joined', 'event_hidden'])
    write.exec(`DELETE FROM ${table} WHERE event_id IN (SELECT value FROM json_each(?))`, rows)
  write.exec('UPDATE event SET batch_id = ? WHERE id IN (SELECT value FROM json_each(?))', holder, rows)
  write.exec(
    `DELETE FROM event_hidden WHERE event_id IN (SELECT value FROM json_each(?)) AND reason = 'joined'`,
    JSON.stringify(standing.flatMap(({ records }) => records)),
  )
  for (const { key, others } of standing) for (const id of [key, ...others]) scope?.touch('event', id)
}

/** Lets prepared joined events count in the place of their records: their rows are written already. */
function adopt(write: LedgerWrite, prepared: PreparedJoins, scope: ActScope | null): void {
  const { plans, standing, note } = prepared
  noteAdopted(
    write,
    note,
    standing.map(({ row }) => row),
  )
  noteJoined(write, plans)
  write.exec(
    `INSERT INTO event_hidden (event_id, reason) SELECT value, 'joined' FROM json_each(?)`,
    JSON.stringify(plans.flatMap(({ records }) => records.map(({ row }) => row))),
  )
  write.exec(
    `UPDATE event SET batch_id = (SELECT batch_id FROM source_file WHERE id = file_id)
     WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(plans.map(({ row }) => row)),
  )
  for (const { key, records } of plans) {
    scope?.touch('event', key)
    // Those of the batch itself are touched with it.
    for (const { id, isNew } of records) if (!isNew) scope?.touch('event', id)
  }
}

/**
 * Runs a change of what counts with the joined events of `keys` taken apart, and makes them anew after it: they follow
 * from the facts alone, whatever the order of imports and acts. Whatever was linked to them or made of them by hand is
 * settled again. What was `prepared` is not worked out again.
 */
export function rejoining(
  write: LedgerWrite,
  keys: Iterable<string>,
  sums: BalanceSums,
  scope: ActScope | null,
  change: () => void,
  prepared: PreparedJoins | null = null,
): void {
  const wanted = [...new Set(keys)]
  const open = wanted.filter((key) => prepared?.keys.has(key) !== true)
  dissolve(write, open, sums, scope)
  if (prepared !== null) {
    letGo(write, prepared, scope)
    sums.take(prepared.sums)
  }
  change()
  if (wanted.length === 0) return
  form(write, open, sums, scope)
  if (prepared !== null) adopt(write, prepared, scope)
  if (!hasEntanglement(write)) return
  const tied = entangledWith(write, wanted)
  if (tied.length > wanted.length) resettle(write, tied, sums, () => rewriteHidden(write, tied))
}
