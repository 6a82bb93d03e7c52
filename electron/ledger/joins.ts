/**
 * One transaction that several records of an account tell of is one event: it is derived from the facts, as what is
 * hidden is, and rewritten in the very act that changes them. Its records stay as they were and give way to it.
 */
import { type SpamSubject, spamOfAsset } from '../../shared/assets/spam.ts'
import type { Role } from '../../shared/events/event.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import {
  inTableOrder,
  isJoinable,
  type JoinedTransaction,
  joinTransaction,
  type PartAsset,
  type PartLeg,
  type TransactionPart,
  tellsTwice,
} from '../../shared/sources/join-transaction.ts'
import { TRANSACTION_SOURCES, tableOf, transactionId } from '../../shared/sources/transactions.ts'
import { storedAmount } from './balance-sums.ts'
import type { ReadableLedger } from './handles.ts'
import { FILE_EVENTS } from './ranges.ts'

const STEP = 500

/** A record that could be part of a joined event, as the ledger has it. */
export interface StoredPart extends TransactionPart {
  readonly row: number
  readonly batch: number
  readonly file: number
  readonly account: number
  readonly time: number
  readonly precision: number
  readonly timeText: string | null
  readonly hash: string
}

/** What an event of several records would be, and of which. */
export interface PlannedJoin {
  readonly key: string
  readonly parts: readonly StoredPart[]
  readonly joined: JoinedTransaction
}

/** Batches taken as if they had come into force already, and as if they had gone. */
export interface Supposed {
  readonly come: readonly number[]
  readonly gone: readonly number[]
}

const AS_IT_IS: Supposed = { come: [], gone: [] }

/** Ids of the events that records of some stable ids and hashes are part of; null hashes and other sources have none. */
const keysOf = (records: Iterable<readonly [string, string | null]>): Set<string> => {
  const keys = new Set<string>()
  for (const [id, hash] of records) {
    const key = transactionId(id, hash)
    if (key !== null) keys.add(key)
  }
  return keys
}

const SOURCES = TRANSACTION_SOURCES.map((source) => `'${source}'`).join(', ')

/** Most ledgers have no file of an explorer, and nothing to join. */
export const hasTransactions = (ledger: ReadableLedger): boolean =>
  ledger.value<number>(`SELECT 1 FROM source_file WHERE source IN (${SOURCES}) LIMIT 1`) !== undefined

/** The keys of all transactions that a batch tells of. */
export const keysOfBatch = (ledger: ReadableLedger, batch: number): Set<string> =>
  keysOf(
    ledger.tuples<[string, string]>(
      `SELECT e.stable_id, e.hash FROM ${FILE_EVENTS} WHERE f.batch_id = ? AND f.source IN (${SOURCES}) AND e.hash IS NOT NULL`,
      batch,
    ),
  )

/** The same from one range of event rows after another: `[keys, the last row looked at]`, null after the last. */
export function keysOfBatchAfter(
  ledger: ReadableLedger,
  batch: number,
  after: number,
  most: number,
): readonly [Set<string>, number] | null {
  const rows = ledger.tuples<[number, string, string | null]>(
    `SELECT e.id, e.stable_id, e.hash FROM ${FILE_EVENTS}
     WHERE f.batch_id = ? AND f.source IN (${SOURCES}) AND e.id > ? ORDER BY e.id LIMIT ?`,
    batch,
    after,
    most,
  )
  const last = rows.at(-1)?.[0]
  return last === undefined ? null : [keysOf(rows.map(([, id, hash]) => [id, hash] as const)), last]
}

/** The transactions that a batch of our own books tells of as a whole. */
export const wholeKeysOfBatch = (ledger: ReadableLedger, batch: number): string[] =>
  ledger.column<string>(
    `SELECT e.stable_id FROM ${FILE_EVENTS} WHERE f.batch_id = ? AND f.source LIKE 'tallystick%' AND e.stable_id GLOB '*:*:tx.*'`,
    batch,
  )

/** The keys of the transactions that these events are records of, whichever version; a joined event's own key as well. */
export const keysOfEvents = (ledger: ReadableLedger, events: readonly string[]): Set<string> =>
  keysOf(
    ledger.tuples<[string, string | null]>(
      `SELECT e.stable_id, e.hash FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
       JOIN event e ON e.id = i.event_id WHERE e.hash IS NOT NULL`,
      JSON.stringify(events),
    ),
  )

interface Verdict {
  readonly verdict: 'apart' | 'together' | 'held'
  readonly reason: string
  readonly act: number
}

/** What was said last of some transactions, by acts in force. */
export function joinVerdicts(ledger: ReadableLedger, keys: Iterable<string>): Map<string, Verdict> {
  const found = new Map<string, Verdict>()
  if (ledger.value<number>('SELECT 1 FROM join_verdict LIMIT 1') === undefined) return found
  for (const [key, verdict, reason, act] of ledger.tuples<[string, Verdict['verdict'], string, number]>(
    `SELECT v.key, v.verdict, v.reason, v.act_id FROM json_each(?) wanted CROSS JOIN join_verdict v ON v.key = wanted.value
     JOIN act a ON a.id = v.act_id AND a.live = 1 ORDER BY v.id`,
    JSON.stringify([...keys]),
  ))
    found.set(key, { verdict, reason, act })
  return found
}

type PartTuple = [
  row: number, id: string, batch: number, file: number, source: string, layout: string | null, kind: Kind, time: number,
  precision: number, timeText: string | null, hash: string, sourceKind: string | null, to: string | null, from: string | null,
  warnings: string | null,
] // biome-ignore format: in the order of the columns

const PART = `e.id, e.stable_id, e.batch_id, e.file_id, f.source, f.layout, e.kind, e.time, e.precision, e.time_text, e.hash, e.source_kind,
  e.to_address, e.from_address, e.warnings`

/**
 * The records of some transactions that count now, by key: the newest live versions that stand behind nothing else. Those
 * that a joined event was made of are among them.
 */
export function partsOf(
  ledger: ReadableLedger,
  keys: Iterable<string>,
  supposed: Supposed = AS_IT_IS,
): Map<string, StoredPart[]> {
  const wanted = new Set(keys)
  const hashes = [...new Set([...wanted].map((key) => key.slice(key.indexOf(':tx.') + 4)))]
  const found: PartTuple[] = []
  for (let at = 0; at < hashes.length; at += STEP) {
    found.push(
      ...ledger.tuples<PartTuple>(
        `SELECT ${PART} FROM json_each(?) wanted CROSS JOIN event_proof p ON p.hash = wanted.value
         JOIN event e ON e.id = p.event_id JOIN source_file f ON f.id = e.file_id
         WHERE f.source IN (${SOURCES}) AND ${countsWith(supposed)}
           AND NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id AND h.reason <> 'joined')`,
        JSON.stringify(hashes.slice(at, at + STEP)),
      ),
    )
  }
  const mine = found.filter((tuple) => wanted.has(transactionId(tuple[1], tuple[10]) ?? ''))
  const legs = legsOf(
    ledger,
    mine.map(([row]) => row),
  )
  const looksLikeSpam = spamAssets(ledger)
  const parts = mine.flatMap((tuple) => partOf(tuple, legs.get(tuple[0]) ?? [], looksLikeSpam))
  return Map.groupBy(parts, ({ id, hash }) => transactionId(id, hash) ?? '')
}

function countsWith({ come, gone }: Supposed): string {
  const lives = `e.batch_id IN (SELECT id FROM batch WHERE state = 'live')`
  const stays = gone.length === 0 ? lives : `${lives} AND e.batch_id NOT IN (${rowList(gone)})`
  if (come.length === 0) return stays
  const rows = rowList(come)
  return `(${stays} OR e.batch_id IN (${rows}))
    AND NOT EXISTS (SELECT 1 FROM corroboration c WHERE c.event_id = e.id AND c.batch_id IN (${rows}))
    AND NOT EXISTS (SELECT 1 FROM batch_change c WHERE c.batch_id IN (${rows}) AND c.replaces = e.id)`
}

const rowList = (rows: readonly number[]): string => rows.map((row) => Math.trunc(row)).join(', ')

interface StoredLeg extends PartLeg {
  readonly account: number
}

/** Which assets look like spam, as the files named them: what a person or a rule says of them changes no fact. */
function spamAssets(ledger: ReadableLedger): (asset: string) => boolean {
  const known = new Map<string, boolean>()
  return (asset) => {
    const before = known.get(asset)
    if (before !== undefined) return before
    const [row] = ledger.rows<Omit<SpamSubject, 'id'>>(
      'SELECT symbol, name, chain, contract FROM asset WHERE key = ?',
      asset,
    )
    const isSpam = row !== undefined && spamOfAsset({ id: asset, ...row }) !== null
    known.set(asset, isSpam)
    return isSpam
  }
}

function legsOf(ledger: ReadableLedger, rows: readonly number[]): Map<number, StoredLeg[]> {
  const legs = new Map<number, StoredLeg[]>()
  for (let at = 0; at < rows.length; at += STEP) {
    for (const [event, role, account, asset, amount, included] of ledger.tuples<
      [number, Role, number, string, string, number]
    >(
      `SELECT l.event_id, l.role, l.account_id, s.key, l.amount, l.included FROM json_each(?) wanted
       CROSS JOIN leg l ON l.event_id = wanted.value JOIN asset s ON s.id = l.asset_id ORDER BY l.event_id, l.n`,
      JSON.stringify(rows.slice(at, at + STEP)),
    )) {
      // A fee inside its gross leg moves nothing of its own.
      if (included === 1) continue
      const leg = { role, account, asset, amount: storedAmount(amount) }
      const list = legs.get(event)
      if (list === undefined) legs.set(event, [leg])
      else list.push(leg)
    }
  }
  return legs
}

function partOf(tuple: PartTuple, legs: readonly StoredLeg[], looksLikeSpam: (asset: string) => boolean): StoredPart[] {
  const [row, id, batch, file, source, layout, kind, time, precision, timeText, hash, sourceKind, to, from, warnings] =
    tuple
  const table = tableOf(source, layout ?? '')
  const [first] = legs
  if (table === null || first === undefined || !isJoinable({ kind, legs }, looksLikeSpam)) return []
  return [
    {
      row,
      id,
      batch,
      file,
      source,
      layout: layout ?? '',
      table,
      kind,
      account: first.account,
      time,
      precision,
      timeText,
      hash,
      legs,
      sourceKind,
      toAddress: to,
      fromAddress: from,
      warnings: warnings === null ? [] : (JSON.parse(warnings) as string[]),
    },
  ]
}

/**
 * The joined events that some transactions are now: two records or more, told of by nobody twice, and not kept apart.
 * `together` is a person's word and goes before what held it.
 */
export function plannedJoins(
  ledger: ReadableLedger,
  keys: Iterable<string>,
  supposed: Supposed = AS_IT_IS,
): PlannedJoin[] {
  const parts = partsOf(ledger, keys, supposed)
  const verdicts = joinVerdicts(ledger, parts.keys())
  const assets = new Map<string, PartAsset>()
  const assetOf = (id: string): PartAsset => {
    const known = assets.get(id)
    if (known !== undefined) return known
    const row = ledger.rows<PartAsset>(
      'SELECT coalesce(symbol, key) AS symbol, chain, contract FROM asset WHERE key = ?',
      id,
    )[0]
    const asset = row ?? { symbol: id, chain: null, contract: null }
    assets.set(id, asset)
    return asset
  }
  const whole = wholeFacts(ledger, parts.keys())
  return [...parts].flatMap(([key, found]): PlannedJoin[] => {
    const verdict = verdicts.get(key)?.verdict
    if (whole.has(key) || verdict === 'apart' || verdict === 'held' || !canJoin(found)) return []
    const ordered = inTableOrder(found)
    return [{ key, parts: ordered, joined: joinTransaction(ordered, assetOf) }]
  })
}

/** Whether records of one transaction can be one event. */
export const canJoin = (parts: readonly StoredPart[]): boolean =>
  parts.length > 1 && !tellsTwice(parts) && parts.every(({ account }) => account === parts[0]?.account)

/**
 * The facts that tell of whole transactions already, by key: events of a document of our own books, which keep their ids.
 * The newest live version of each.
 */
export function wholeFacts(ledger: ReadableLedger, keys: Iterable<string>): Map<string, number> {
  return new Map(
    ledger.tuples<[string, number]>(
      `SELECT i.stable_id, i.event_id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
       JOIN event e ON e.id = i.event_id AND e.batch_id IN (SELECT id FROM batch WHERE state = 'live')
       WHERE NOT EXISTS (SELECT 1 FROM joined j WHERE j.event_id = i.event_id) ORDER BY i.version`,
      JSON.stringify([...keys]),
    ),
  )
}

/** The records that stand behind an event, joined into it or told by it as a whole, in the order of their tables. */
export const recordsOfWhole = (ledger: ReadableLedger, event: string): string[] =>
  ledger.column<string>(
    `SELECT p.part FROM event_identity i JOIN joined_part p ON p.event_id = i.event_id WHERE i.stable_id = ? ORDER BY p.n`,
    event,
  )

/** The records that a joined event was made of, in the order of their tables; empty for any other event. */
export const partsOfJoined = (ledger: ReadableLedger, event: string): string[] =>
  ledger.column<string>(
    `SELECT p.part FROM event_identity i JOIN joined j ON j.event_id = i.event_id JOIN joined_part p ON p.event_id = j.event_id
     JOIN event_identity pi ON pi.stable_id = p.part JOIN event e ON e.id = pi.event_id
     JOIN event_hidden h ON h.event_id = e.id AND h.reason = 'joined' WHERE i.stable_id = ? ORDER BY p.n`,
    event,
  )

/** The rows of the records that a joined event (by its row) was made of. */
export const rowsOfJoined = (ledger: ReadableLedger, row: number): number[] =>
  ledger.column<number>(
    `SELECT e.id FROM joined_part p JOIN event_identity i ON i.stable_id = p.part JOIN event e ON e.id = i.event_id
     JOIN event_hidden h ON h.event_id = e.id AND h.reason = 'joined' WHERE p.event_id = ? ORDER BY p.n`,
    row,
  )

/** The event that a record was joined into; null where it stands by itself. */
export const joinedInto = (ledger: ReadableLedger, record: string): string | null =>
  ledger.value<string>(
    'SELECT e.stable_id FROM joined_part p JOIN event e ON e.id = p.event_id WHERE p.part = ?',
    record,
  ) ?? null

/** Why a joined event is one, and of its kind; null for any other event. */
export const joinReason = (ledger: ReadableLedger, event: string): string | null =>
  ledger.value<string>(
    'SELECT j.reason FROM event_identity i JOIN joined j ON j.event_id = i.event_id WHERE i.stable_id = ?',
    event,
  ) ?? null
