import type { Role, TimePrecision } from '../../shared/events/event.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import type { ReadableLedger } from './handles.ts'
import { FILE_EVENTS } from './ranges.ts'
import type { Bound } from './sqlite.ts'
import { PRECISIONS } from './staging.ts'
import { countVisible, visibleWhere } from './visibility.ts'

/** What the Ledger view shows. Instants are milliseconds; `from` is in, `to` is out. All that is given must hold. */
export interface EventListFilter {
  readonly text?: string
  /** Keys of account and asset, of a batch. */
  readonly account?: string
  readonly asset?: string
  readonly batch?: string
  /** Kinds after the user's decisions. */
  readonly kinds?: readonly Kind[]
  readonly from?: number
  readonly to?: number
  /** Events with a warning, or unmatched without a decision; and those of `attentionEvents` (open points). */
  readonly attention?: boolean
  readonly attentionEvents?: readonly string[]
}
const EVENT_SORTS = ['time', 'kind', 'account', 'asset', 'amount', 'value'] as const
export type EventSort = (typeof EVENT_SORTS)[number]

export interface EventOrder {
  readonly sort: EventSort
  readonly descending: boolean
}

const FIRST_LEG = 'FROM leg l WHERE l.event_id = e.id AND l.n = 0'
const SORT_KEYS: Readonly<Record<EventSort, string>> = {
  time: 'e.time',
  kind: 'e.kind',
  account: `(SELECT a.name FROM leg l JOIN account a ON a.id = l.account_id WHERE l.event_id = e.id AND l.n = 0)`,
  asset: `(SELECT s.key FROM leg l JOIN asset s ON s.id = l.asset_id WHERE l.event_id = e.id AND l.n = 0)`,
  amount: 'e.size',
  value: `(SELECT CAST(l.value AS REAL) ${FIRST_LEG})`,
}

interface Where {
  readonly sql: string
  readonly bound: readonly Bound[]
}

/** The SQL of a list and what it binds; exported for the query-plan tests. */
export function eventListSql(
  ledger: ReadableLedger,
  filter: EventListFilter,
  order: EventOrder,
  limit?: number,
): Where {
  const conditions = [{ sql: visibleWhere(ledger), bound: [] as Bound[] }, ...filterConditions(ledger, filter)]
  const way = order.descending ? 'DESC' : 'ASC'
  const keys = order.sort === 'time' ? '' : `${SORT_KEYS[order.sort]} ${way}, `
  return {
    sql: `SELECT e.id FROM event e WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY ${keys}e.time ${way}, e.ord ${way}, e.batch_id ${way}, e.id ${way}${limit === undefined ? '' : ` LIMIT ${Math.trunc(limit)}`}`,
    bound: conditions.flatMap(({ bound }) => bound),
  }
}

/**
 * The rows of a list in its order, all of them: a read worker keeps the array for its query and revision and cuts pages
 * from it by position, so that the last of a million rows is as near as the first.
 */
export function eventRowIds(ledger: ReadableLedger, filter: EventListFilter, order: EventOrder): Int32Array {
  const { sql, bound } = eventListSql(ledger, filter, order)
  return Int32Array.from(ledger.column<number>(sql, ...bound))
}

/** The first rows of a list, without reading the rest where an index serves the order (no filter, or time). */
export function firstEventRowIds(
  ledger: ReadableLedger,
  filter: EventListFilter,
  order: EventOrder,
  limit: number,
): number[] {
  const { sql, bound } = eventListSql(ledger, filter, order, limit)
  return ledger.column<number>(sql, ...bound)
}

/** How many events a list holds; without a filter it is not counted but known. */
export function countEvents(ledger: ReadableLedger, filter: EventListFilter): number {
  const conditions = filterConditions(ledger, filter)
  if (conditions.length === 0) return countVisible(ledger)
  const where = [visibleWhere(ledger), ...conditions.map(({ sql }) => sql)].join(' AND ')
  return (
    ledger.value<number>(`SELECT count(*) FROM event e WHERE ${where}`, ...conditions.flatMap(({ bound }) => bound)) ??
    0
  )
}

const DECIDED_KINDS = `SELECT d.event, json_extract(d.body, '$.kind') AS kind FROM decision d JOIN act a ON a.id = d.act_id
  WHERE d.kind = 'kind' AND a.live = 1 AND d.id = (
    SELECT max(n.id) FROM decision n JOIN act na ON na.id = n.act_id WHERE n.event = d.event AND n.kind = 'kind' AND na.live = 1)
  AND NOT EXISTS (SELECT 1 FROM decision w JOIN act wa ON wa.id = w.act_id WHERE w.event = d.event AND w.id > d.id
    AND w.kind = 'withdraw' AND json_extract(w.body, '$.of') = 'kind' AND wa.live = 1)`

function filterConditions(ledger: ReadableLedger, filter: EventListFilter): Where[] {
  const conditions: Where[] = []
  const add = (sql: string, ...bound: Bound[]): void => {
    conditions.push({ sql, bound })
  }
  if (filter.account !== undefined) {
    add(
      'e.id IN (SELECT event_id FROM leg_place WHERE account_id = (SELECT id FROM account WHERE key = ?))',
      filter.account,
    )
  }
  if (filter.asset !== undefined) {
    // Every account is named so that one table serves accounts and assets alike.
    add(
      `e.id IN (SELECT event_id FROM leg_place WHERE account_id IN (SELECT id FROM account)
        AND asset_id = (SELECT id FROM asset WHERE key = ?))`,
      filter.asset,
    )
  }
  if (filter.batch !== undefined) {
    // Of an event that was joined of several records, each of their imports is one.
    add(
      `(e.id IN (SELECT e.id FROM ${FILE_EVENTS} JOIN batch b ON b.id = f.batch_id WHERE b.key = ?)
        OR e.id IN (SELECT p.event_id FROM joined_part p JOIN event_identity i ON i.stable_id = p.part
          JOIN event x ON x.id = i.event_id JOIN batch b ON b.id = x.batch_id WHERE b.key = ?))`,
      filter.batch,
      filter.batch,
    )
  }
  if (filter.from !== undefined) add('e.time >= ?', filter.from)
  if (filter.to !== undefined) add('e.time < ?', filter.to)
  if (filter.kinds !== undefined) {
    const kinds = JSON.stringify(filter.kinds)
    const decided = ledger.value<number>(`SELECT 1 FROM decision WHERE kind = 'kind' LIMIT 1`) !== undefined
    if (!decided) add('e.kind IN (SELECT value FROM json_each(?))', kinds)
    else {
      add(
        `((e.kind IN (SELECT value FROM json_each(?)) AND e.stable_id NOT IN (SELECT event FROM (${DECIDED_KINDS})))
          OR e.stable_id IN (SELECT event FROM (${DECIDED_KINDS}) WHERE kind IN (SELECT value FROM json_each(?))))`,
        kinds,
        kinds,
      )
    }
  }
  if (filter.attention) conditions.push(attention(filter.attentionEvents ?? []))
  if (filter.text !== undefined && filter.text.trim() !== '') conditions.push(textSearch(ledger, filter.text.trim()))
  return conditions
}

function attention(events: readonly string[]): Where {
  return {
    sql: `(e.warnings IS NOT NULL OR e.stable_id IN (SELECT value FROM json_each(?)) OR (
      e.kind IN ('unmatched_out', 'unmatched_in')
      AND e.stable_id NOT IN (SELECT d.event FROM decision d JOIN act a ON a.id = d.act_id
        WHERE a.live = 1 AND d.event IS NOT NULL AND d.kind IN ('kind', 'ignore', 'counterparty'))
      AND e.stable_id NOT IN (SELECT m.event FROM match_member m JOIN match_verdict v ON v.id = m.verdict_id
        JOIN act a ON a.id = v.act_id WHERE a.live = 1 AND v.verdict = 'accepted')))`,
    bound: [JSON.stringify(events)],
  }
}

const TEXT_COLUMNS = [
  'note',
  'hash',
  'source_kind',
  'counterparty',
  'to_address',
  'from_address',
  'protocol',
  'kind',
  'stable_id',
]

/** Every word must be found: in a text of the event, or in the name of an account or asset it moves. */
function textSearch(ledger: ReadableLedger, text: string): Where {
  const words = text.split(/\s+/).slice(0, 8)
  const bound: Bound[] = []
  const sql = words.map((word) => {
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    const accounts = ledger.column<number>(`SELECT id FROM account WHERE name LIKE ? ESCAPE '\\'`, like)
    const assets = ledger.column<number>(
      `SELECT id FROM asset WHERE key LIKE ? ESCAPE '\\' OR symbol LIKE ? ESCAPE '\\'`,
      like,
      like,
    )
    const parts = TEXT_COLUMNS.map((column) => `e.${column} LIKE ? ESCAPE '\\'`)
    for (const _ of TEXT_COLUMNS) bound.push(like)
    if (accounts.length > 0)
      parts.push(`e.id IN (SELECT event_id FROM leg_place WHERE account_id IN (${accounts.join(', ')}))`)
    if (assets.length > 0)
      parts.push(
        `e.id IN (SELECT event_id FROM leg_place WHERE account_id IN (SELECT id FROM account) AND asset_id IN (${assets.join(', ')}))`,
      )
    return `(${parts.join(' OR ')})`
  })
  return { sql: sql.join(' AND '), bound }
}

export interface StoredLeg {
  readonly role: Role
  readonly account: string
  readonly asset: string
  readonly amount: string
  readonly value: string | null
  readonly included: boolean
}

/** One line of the list, as imported; decisions and matches are laid over it by the engine. */
export interface StoredEventRow {
  readonly row: number
  readonly id: string
  readonly version: number
  readonly time: number
  readonly precision: TimePrecision
  readonly timeText: string | null
  readonly kind: Kind
  readonly sourceKind: string | null
  readonly note: string | null
  readonly hash: string | null
  readonly toAddress: string | null
  readonly fromAddress: string | null
  readonly counterparty: string | null
  readonly protocol: string | null
  readonly warnings: readonly string[]
  readonly batch: string
  readonly source: string | null
  readonly legs: readonly StoredLeg[]
}

interface RowOfEvent extends Omit<StoredEventRow, 'precision' | 'warnings' | 'legs'> {
  readonly precision: number
  readonly warnings: string | null
}

/** The lines of some rows, in the order asked for; at most a few hundred. Rows of staged batches are given too. */
export function eventRows(ledger: ReadableLedger, rowIds: readonly number[] | Int32Array): StoredEventRow[] {
  const ids = JSON.stringify([...rowIds])
  const rows = ledger.rows<RowOfEvent>(
    `SELECT e.id AS row, e.stable_id AS id, e.version, e.time, e.precision, e.time_text AS timeText, e.kind,
       e.source_kind AS sourceKind, e.note, e.hash, e.to_address AS toAddress, e.from_address AS fromAddress, e.counterparty,
       e.protocol, e.warnings, b.key AS batch, f.source
     FROM json_each(?) wanted CROSS JOIN event e ON e.id = wanted.value
     JOIN batch b ON b.id = e.batch_id LEFT JOIN source_file f ON f.id = e.file_id ORDER BY wanted.key`,
    ids,
  )
  const legs = Map.groupBy(
    ledger.rows<StoredLeg & { readonly event: number; readonly included: unknown }>(
      `SELECT l.event_id AS event, l.role, a.key AS account, s.key AS asset, l.amount, l.value, l.included
       FROM json_each(?) wanted CROSS JOIN leg l ON l.event_id = wanted.value
       JOIN account a ON a.id = l.account_id JOIN asset s ON s.id = l.asset_id ORDER BY l.event_id, l.n`,
      ids,
    ),
    (leg) => leg.event,
  )
  return rows.map((row) => ({
    ...row,
    precision: PRECISIONS[row.precision] ?? 'millisecond',
    warnings: row.warnings === null ? [] : (JSON.parse(row.warnings) as string[]),
    legs: (legs.get(row.row) ?? []).map(({ event, included, ...leg }) => ({
      ...leg,
      included: Number(included) === 1,
    })),
  }))
}

/** The row of a fact by its stable id; undefined where no live batch has it. */
export const rowOfEvent = (ledger: ReadableLedger, id: string): number | undefined =>
  ledger.value<number>(
    `SELECT e.id FROM event_identity i JOIN event e ON e.id = i.event_id
     WHERE i.stable_id = ? AND ${visibleWhere(ledger)} ORDER BY i.version DESC LIMIT 1`,
    id,
  )

/** The kinds that occur and the first and last instant, for the filters of the view. A scan: for a read worker. */
export function eventFacets(ledger: ReadableLedger): {
  readonly kinds: Kind[]
  readonly first: number | null
  readonly last: number | null
} {
  const where = visibleWhere(ledger)
  return {
    kinds: ledger.column<Kind>(`SELECT DISTINCT e.kind FROM event e WHERE ${where} ORDER BY e.kind`),
    first: ledger.value<number>(`SELECT e.time FROM event e WHERE ${where} ORDER BY e.time LIMIT 1`) ?? null,
    last: ledger.value<number>(`SELECT e.time FROM event e WHERE ${where} ORDER BY e.time DESC LIMIT 1`) ?? null,
  }
}
