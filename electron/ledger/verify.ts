import { createHash, hash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import { actContentHash } from './act-content.ts'
import { contentChunks } from './attachments.ts'
import { checkTrail } from './audit.ts'
import { sumBalances, wrongBalances } from './balances.ts'
import { fileOfBytes } from './files.ts'
import type { ReadableLedger } from './handles.ts'
import { joinFindings } from './join-acts.ts'
import { FILE_EVENTS, FILE_RECORDS } from './ranges.ts'
import { isDamaged } from './sqlite.ts'
import { hiddenVersions } from './visibility.ts'

export const CHECKS = [
  'pages',
  'references',
  'audit',
  'acts',
  'files',
  'records',
  'identities',
  'versions',
  'balances',
  'counts',
] as const
export type Check = (typeof CHECKS)[number]

/** What does not hold, in words that name the place. */
export interface Finding {
  readonly check: Check
  readonly text: string
}

export interface Verified {
  readonly ok: boolean
  readonly findings: readonly Finding[]
  /** How many rows each check looked at. */
  readonly counted: Readonly<Record<Check, number>>
}

const MOST = 20

/**
 * Checks everything that can be checked on what is stored: every page through its cipher and its checksum, references,
 * the audit chain, what each act appended against it, original bytes and rows against their hashes, which versions are
 * facts, and balances against the sum of legs. Writes nothing. Yields between steps, so that a job can show progress and
 * be cancelled. Give it a connection of its own: pages that a connection has cached are not read from the disk again.
 */
export function* verify(ledger: ReadableLedger): Generator<Check, Verified> {
  const findings: Finding[] = []
  const counted = Object.fromEntries(CHECKS.map((check) => [check, 0])) as Record<Check, number>
  for (const check of CHECKS) {
    const found = findingsOf(ledger, check)
    try {
      for (;;) {
        const step = found.next()
        if (step.done) {
          counted[check] = step.value
          break
        }
        if (typeof step.value === 'string') findings.push({ check, text: step.value })
        yield check
      }
    } catch (error) {
      if (!isDamaged(error)) throw error
      findings.push({ check, text: 'A page of the file is damaged. Restore a backup.' })
      return { ok: false, findings, counted }
    }
  }
  return { ok: findings.length === 0, findings, counted }
}

/** Texts of what is wrong, `undefined` between steps, and in the end how much was looked at. */
type Finder = Generator<string | undefined, number>

function findingsOf(ledger: ReadableLedger, check: Check): Finder {
  const finders: Readonly<Record<Check, (ledger: ReadableLedger) => Finder>> = {
    pages: checkPages,
    references: checkReferences,
    audit: checkAudit,
    acts: checkActs,
    files: checkFiles,
    records: checkRecords,
    identities: checkIdentities,
    versions: checkVersions,
    balances: checkBalances,
    counts: checkCounts,
  }
  return finders[check](ledger)
}

function* checkPages(ledger: ReadableLedger): Finder {
  const texts = ledger.column<string>(`PRAGMA integrity_check(${MOST})`).filter((text) => text !== 'ok')
  const unreadable = /page (\d+): unable to get the page/.exec(texts.join('\n'))
  if (unreadable) yield `Page ${unreadable[1]} of the file is damaged, perhaps more. Restore a backup.`
  else for (const text of texts) yield `The file's structure: ${text.replaceAll('\n', ' ')}`
  return ledger.value<number>('PRAGMA page_count') ?? 0
}

function* checkReferences(ledger: ReadableLedger): Finder {
  const broken = ledger.rows<{ table: string; rowid: number | null; parent: string }>('PRAGMA foreign_key_check')
  for (const { table, rowid, parent } of broken.slice(0, MOST))
    yield `Row ${rowid ?? '?'} of ${table} names a row of ${parent} that is not there.`
  const lost: readonly (readonly [string, string])[] = [
    [
      'event_identity',
      'SELECT count(*) FROM event_identity i WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = i.event_id AND e.stable_id = i.stable_id AND e.version = i.version)',
    ],
    [
      'event',
      `SELECT count(*) FROM event e JOIN batch b ON b.id = e.batch_id WHERE b.state <> 'staged' AND NOT EXISTS (
        SELECT 1 FROM event_identity i WHERE i.stable_id = e.stable_id AND i.version = e.version AND i.event_id = e.id)`,
    ],
    ['leg', 'SELECT count(*) FROM leg l WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = l.event_id)'],
    [
      'leg',
      `SELECT count(*) FROM leg l JOIN event e ON e.id = l.event_id JOIN batch b ON b.id = e.batch_id
       WHERE b.state <> 'staged' AND NOT EXISTS (SELECT 1 FROM leg_place p
         WHERE p.account_id = l.account_id AND p.asset_id = l.asset_id AND p.event_id = l.event_id)`,
    ],
    [
      'leg',
      `SELECT count(*) FROM leg l WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = l.account_id)
         OR NOT EXISTS (SELECT 1 FROM asset s WHERE s.id = l.asset_id)`,
    ],
    [
      'leg_place',
      `SELECT count(*) FROM leg_place p WHERE NOT EXISTS (SELECT 1 FROM leg l
         WHERE l.event_id = p.event_id AND l.account_id = p.account_id AND l.asset_id = p.asset_id)`,
    ],
    [
      'event and its rows',
      `SELECT count(*) FROM event e JOIN source_file f ON f.id = e.file_id JOIN json_each(e.rows) place
       WHERE NOT EXISTS (SELECT 1 FROM raw_record r WHERE r.id = f.record_first + place.value)`,
    ],
    [
      'raw_record',
      `SELECT count(*) FROM raw_record r WHERE (r.event_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE e.id = r.event_id))
         OR NOT EXISTS (SELECT 1 FROM source_file f WHERE f.id = r.file_id AND r.id BETWEEN f.record_first AND f.record_last)`,
    ],
    [
      'event_proof',
      'SELECT count(*) FROM event_proof p WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = p.event_id AND e.hash = p.hash)',
    ],
    [
      'batch_change',
      'SELECT count(*) FROM batch_change c WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = c.event_id) OR NOT EXISTS (SELECT 1 FROM event e WHERE e.id = c.replaces)',
    ],
  ]
  for (const [table, sql] of lost) {
    const count = ledger.value<number>(sql) ?? 0
    if (count > 0) yield `${count} rows of ${table} do not fit the event they name.`
    yield undefined
  }
  return lost.length
}

function* checkAudit(ledger: ReadableLedger): Finder {
  const trail = checkTrail(ledger)
  if (!trail.ok) yield trail.text
  const revision = ledger.revision()
  const acts = ledger.value<number>('SELECT count(*) FROM act') ?? 0
  const lines = ledger.value<number>('SELECT count(*) FROM audit WHERE act_id IS NOT NULL') ?? 0
  if (acts !== revision || lines !== acts)
    yield `The ledger counts ${revision} acts, holds ${acts} and has ${lines} audit lines for them.`
  return lines
}

interface AuditedAct {
  readonly id: number
  readonly kind: string
  readonly live: number
  readonly content_hash: string
  readonly body: string
  readonly revoked: number
}

function* checkActs(ledger: ReadableLedger): Finder {
  const acts = ledger.rows<AuditedAct>(
    `SELECT a.id, a.kind, a.live, a.content_hash, t.body,
       (SELECT count(*) FROM act r WHERE r.revokes = a.id AND r.live = 1 AND r.kind IN ('undo', 'redo')) AS revoked
     FROM act a JOIN audit t ON t.act_id = a.id ORDER BY a.id`,
  )
  for (const act of acts) {
    const said = JSON.parse(act.body) as { content?: string; kind?: string }
    if (
      said.content !== act.content_hash ||
      said.kind !== act.kind ||
      actContentHash(ledger, act.id) !== act.content_hash
    ) {
      yield `What act ${act.id} recorded is not what its audit line says.`
    }
    if ((act.live === 1) !== (act.revoked === 0))
      yield `Act ${act.id} is ${act.live === 1 ? 'in' : 'out of'} force against its revocations.`
    yield undefined
  }
  return acts.length
}

function* checkFiles(ledger: ReadableLedger): Finder {
  const chunks = ledger.column<number>(
    `SELECT c.id FROM file_chunk c JOIN source_file f ON f.id = c.file_id JOIN batch b ON b.id = f.batch_id WHERE b.state <> 'staged'`,
  )
  for (const id of chunks) {
    const chunk = ledger.rows<{ name: string; n: number; length: number; sha256: Buffer; bytes: Buffer }>(
      'SELECT f.name, c.n, c.length, c.sha256, c.bytes FROM file_chunk c JOIN source_file f ON f.id = c.file_id WHERE c.id = ?',
      id,
    )[0]
    if (!chunk) continue
    const plain = zstdDecompressSync(chunk.bytes)
    if (plain.length !== chunk.length || !hash('sha256', plain, 'buffer').equals(chunk.sha256)) {
      yield `The kept bytes of ${chunk.name} (part ${chunk.n + 1}) are not those that were imported.`
    }
    yield undefined
  }
  return chunks.length + (yield* checkAttachments(ledger))
}

function* checkAttachments(ledger: ReadableLedger): Finder {
  const named = ledger.rows<{ content: number; name: string; sha256: string; size: number }>(
    `SELECT c.id AS content, min(t.name) AS name, c.sha256, c.size FROM attachment t
     JOIN attachment_content c ON c.id = t.content_id GROUP BY c.id`,
  )
  for (const { content, name, sha256, size } of named) {
    const digest = createHash('sha256')
    let length = 0
    for (const bytes of contentChunks(ledger, content)) {
      digest.update(bytes)
      length += bytes.length
    }
    if (length !== size || digest.digest('hex') !== sha256)
      yield `The attachment ${name} is not the file that was attached.`
    yield undefined
  }
  return named.length
}

function* checkRecords(ledger: ReadableLedger): Finder {
  const files = ledger.rows<{ id: number; name: string }>(
    `SELECT f.id, f.name FROM source_file f JOIN batch b ON b.id = f.batch_id WHERE b.state IN ('live', 'reverted')`,
  )
  let count = 0
  for (const file of files) {
    for (const found of wrongRecords(ledger, file.id)) {
      if (typeof found === 'number') count += found
      else yield `${file.name}, row ${found.row}: the kept bytes are not the row that was read.`
      yield undefined
    }
  }
  return count
}

interface RecordPlace {
  readonly id: number
  readonly row: number
  readonly start: number
  readonly length: number
  readonly hash: Buffer
}

/** Compares rows with their bytes, one chunk of the file in memory at a time; gives counts, and the rows that differ. */
function* wrongRecords(ledger: ReadableLedger, file: number): Generator<number | { readonly row: number }> {
  const chunks = ledger.rows<{ start: number; length: number; id: number }>(
    'SELECT start, length, id FROM file_chunk WHERE file_id = ? ORDER BY start',
    fileOfBytes(ledger, file),
  )
  let held = { start: 0, bytes: Buffer.alloc(0) }
  let next = 0
  for (let last = 0; ; ) {
    const records = ledger.rows<RecordPlace>(
      `SELECT r.id, r.row, r.start, r.length, r.hash FROM ${FILE_RECORDS}
       WHERE f.id = ? AND r.start IS NOT NULL AND r.id > ? ORDER BY r.id LIMIT 2000`,
      file,
      last,
    )
    if (records.length === 0) return
    for (const record of records) {
      last = record.id
      const end = record.start + record.length
      while (next < chunks.length && held.start + held.bytes.length < end) {
        const chunk = chunks[next++] as (typeof chunks)[number]
        const packed = ledger.value<Buffer>('SELECT bytes FROM file_chunk WHERE id = ?', chunk.id) as Buffer
        const keep = Math.min(record.start, held.start + held.bytes.length)
        held = {
          start: keep,
          bytes: Buffer.concat([held.bytes.subarray(keep - held.start), zstdDecompressSync(packed)]),
        }
      }
      const bytes = held.bytes.subarray(record.start - held.start, end - held.start)
      if (!hash('sha256', bytes, 'buffer').subarray(0, record.hash.length).equals(record.hash))
        yield { row: record.row }
    }
    yield records.length
  }
}

/** One row of a source is one thing that happened: where a row came in twice, both times it is the same event's. */
function* checkIdentities(ledger: ReadableLedger): Finder {
  const twice = ledger.column<Buffer>(
    'SELECT identity FROM raw_record WHERE event_id IS NOT NULL GROUP BY identity HAVING count(*) > 1',
  )
  yield undefined
  const wanted = new Set(twice.map((identity) => identity.toString('hex')))
  const events = new Map<string, string>()
  const rows =
    wanted.size === 0
      ? []
      : ledger.each<{ identity: Buffer; source: string; account: number; id: string; row: number; name: string }>(
          `SELECT r.identity, f.source, f.account_id AS account, e.stable_id AS id, r.row, f.name FROM ${FILE_RECORDS}
     JOIN batch b ON b.id = f.batch_id JOIN event e ON e.id = r.event_id WHERE b.state = 'live'`,
        )
  const doubled: string[] = []
  for (const { identity, source, account, id, row, name } of rows) {
    const key = `${identity.toString('hex')} ${account} ${source}`
    if (!wanted.has(key.slice(0, 32))) continue
    const other = events.get(key)
    events.set(key, id)
    if (other !== undefined && other !== id)
      doubled.push(`${name}, row ${row}: the same source row is part of two different events.`)
  }
  yield* doubled
  return Math.max(1, twice.length)
}

function* checkVersions(ledger: ReadableLedger): Finder {
  const wanted = hiddenVersions(ledger)
  const kept = new Map(ledger.tuples<[number, string]>('SELECT event_id, reason FROM event_hidden'))
  for (const [event, reason] of wanted) {
    if (kept.get(event) !== reason) yield `Event row ${event} should give way to another (${reason}) and does not.`
    kept.delete(event)
  }
  for (const event of kept.keys()) yield `Event row ${event} is hidden and should not be.`
  return wanted.length + (yield* joinFindings(ledger))
}

function* checkBalances(ledger: ReadableLedger): Finder {
  const sums = yield* sumBalances(ledger) as Generator<
    undefined,
    ReturnType<typeof sumBalances> extends Generator<void, infer S> ? S : never
  >
  for (const [account, asset, kept, summed] of wrongBalances(ledger, sums)) {
    const name = ledger.tuples<[string, string]>(
      'SELECT a.name, s.key FROM account a, asset s WHERE a.id = ? AND s.id = ?',
      account,
      asset,
    )[0]
    yield `The balance of ${name?.[1] ?? 'an asset'} in ${name?.[0] ?? 'an account'} is kept as ${kept} and its movements add up to ${summed}.`
  }
  return sums.entries().length
}

function* checkCounts(ledger: ReadableLedger): Finder {
  const batches = ledger.rows<{ id: number; title: string; events: number; found: number }>(
    `SELECT b.id, b.title, b.events, (SELECT count(*) FROM ${FILE_EVENTS} WHERE f.batch_id = b.id) AS found FROM batch b WHERE b.state IN ('live', 'reverted')`,
  )
  for (const batch of batches) {
    if (batch.events !== batch.found)
      yield `The import “${batch.title}” counts ${batch.events} events and holds ${batch.found}.`
  }
  const rows = ledger.rows<{ name: string }>(
    `SELECT name FROM source_file f WHERE state = 'sealed' AND record_rows <> added + changed + linked + skipped + not_understood`,
  )
  for (const { name } of rows) yield `The counts of ${name} do not add up to its rows.`
  const forms = ledger.rows<{ name: string; broker_forms: number; found: number }>(
    `SELECT f.name, f.broker_forms, (SELECT count(*) FROM broker_form w WHERE w.file_id = f.id) AS found FROM source_file f
     JOIN batch b ON b.id = f.batch_id WHERE b.state IN ('live', 'reverted')`,
  )
  for (const { name, broker_forms: counted, found } of forms)
    if (counted !== found) yield `${name} counts ${counted} rows of brokers' forms and holds ${found}.`
  return batches.length
}
