import { formatAmount } from '../../shared/amount/decimal.ts'
import { BulkInsert } from './bulk-insert.ts'
import { gateOf, type LedgerWrite } from './handles.ts'
import type { PlannedJoin, StoredPart } from './joins.ts'

const EVENT_COLUMNS = [
  'id', 'stable_id', 'version', 'batch_id', 'file_id', 'time', 'precision', 'kind', 'size', 'time_text', 'hash', 'source_kind',
  'to_address', 'from_address', 'warnings', 'rows',
] // biome-ignore format: one table, one glance
const LEG_COLUMNS = ['event_id', 'n', 'role', 'account_id', 'asset_id', 'amount', 'included', 'value', 'extra']

/** Writes joined events into the rows from `first` on, many at a time: an import of thousands must not hold up a page. */
export function writeJoined(write: LedgerWrite, first: number, plans: readonly PlannedJoin[]): void {
  writeJoinedRows(write, first, plans, null)
  const members = plans.map(({ parts, joined }, n) => ({
    row: first + n,
    reason: joined.reason,
    parts: parts.map(({ id }) => id),
  }))
  noteJoined(write, members)
}

/** A joined event whose row is written, and the stable ids of its records in order. */
export interface JoinedMembers {
  readonly row: number
  readonly reason: string
  readonly parts: readonly string[]
}

/** Says that written rows are joined events, and of which records. */
export function noteJoined(write: LedgerWrite, all: readonly JoinedMembers[]): void {
  const { connection } = gateOf(write)
  const joins = new BulkInsert(connection, 'joined', ['event_id', 'reason'])
  const members = new BulkInsert(connection, 'joined_part', ['part', 'event_id', 'n'])
  for (const { row, reason, parts } of all) {
    joins.add(row, reason)
    for (const [n, id] of parts.entries()) members.add(id, row, n)
  }
  for (const insert of [joins, members]) insert.flush()
}

/** The rows of joined events alone; in a `batch` that is not in force they are seen by no query. Null: the batch of their first record. */
export function writeJoinedRows(
  write: LedgerWrite,
  first: number,
  plans: readonly PlannedJoin[],
  batch: number | null,
): void {
  const { connection } = gateOf(write)
  const versions = new Map(
    write.tuples<[string, number]>(
      `SELECT i.stable_id, max(i.version) FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
       GROUP BY i.stable_id`,
      JSON.stringify(plans.map(({ key }) => key)),
    ),
  )
  const assets = assetRows(write, plans)
  const events = new BulkInsert(connection, 'event', EVENT_COLUMNS)
  for (const [n, plan] of plans.entries()) addEvent(events, first + n, (versions.get(plan.key) ?? 0) + 1, plan, batch)
  events.flush()
  const identities = new BulkInsert(connection, 'event_identity', ['stable_id', 'version', 'event_id'])
  const legs = new BulkInsert(connection, 'leg', LEG_COLUMNS)
  const places = new BulkInsert(connection, 'leg_place', ['account_id', 'asset_id', 'event_id'])
  for (const [at, { key, parts, joined }] of plans.entries()) {
    const row = first + at
    const { account } = parts[0] as StoredPart
    identities.add(key, (versions.get(key) ?? 0) + 1, row)
    const touched = new Set<number>()
    for (const [n, leg] of joined.legs.entries()) {
      const asset = assets.get(leg.asset) as number
      const extra = leg.for === undefined ? null : JSON.stringify({ for: leg.for })
      legs.add(row, n, leg.role, account, asset, formatAmount(leg.amount), 0, null, extra)
      touched.add(asset)
    }
    for (const asset of touched) places.add(account, asset, row)
  }
  for (const insert of [identities, legs, places]) insert.flush()
}

function assetRows(write: LedgerWrite, plans: readonly PlannedJoin[]): Map<string, number> {
  const keys = new Set(plans.flatMap(({ joined }) => joined.legs.map(({ asset }) => asset)))
  return new Map(
    write.tuples<[string, number]>(
      'SELECT a.key, a.id FROM json_each(?) wanted CROSS JOIN asset a ON a.key = wanted.value',
      JSON.stringify([...keys]),
    ),
  )
}

function addEvent(
  events: BulkInsert,
  row: number,
  version: number,
  { key, parts, joined }: PlannedJoin,
  batch: number | null,
): void {
  const head = parts[0] as StoredPart
  const first = parts.reduce((a, b) => (b.time < a.time || (b.time === a.time && b.precision > a.precision) ? b : a))
  const { kind, legs, sourceKind, toAddress, fromAddress, warnings } = joined
  const main = legs.find(({ role }) => role === 'out' || role === 'in') ?? legs[0]
  events.add(
    row,
    key,
    version,
    batch ?? head.batch,
    head.file,
    first.time,
    first.precision,
    kind,
    main === undefined ? '0' : formatAmount(main.amount),
    first.timeText,
    head.hash,
    sourceKind,
    toAddress,
    fromAddress,
    warnings.length === 0 ? null : JSON.stringify(warnings),
    '[]',
  )
}
