import type { BalanceSums } from './balance-sums.ts'
import { BulkInsert } from './bulk-insert.ts'
import { compareVersions } from './compare-versions.ts'
import { stageWrite } from './files.ts'
import { gateOf, type LedgerWrite, type WritableLedger } from './handles.ts'
import { isRereading } from './rereading.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow, FileRow } from './staged.ts'
import { deleteEvents } from './unstage.ts'

/** A staged event by row id, stable id and proof. */
export interface RunEntry {
  readonly id: number
  readonly stable: string
  readonly hash: string | null
}

interface Version {
  readonly stable_id: string
  readonly version: number
  readonly event_id: number
  readonly batch_id: number
  readonly state: string
  /** Made here of several records: it gives way to a fact that tells of the whole. */
  readonly derived: number
}

const STEP = 2000

/**
 * Writes the identities of one run, sorted, and settles what each event is: new; a new version of a fact that is there;
 * or known, in which case its rows are taken out of the batch again. The fact compared with is the newest version in a
 * live batch, or one staged earlier in this same batch. Gives the row ids of the known.
 */
export function* classifyRun(
  ledger: WritableLedger,
  file: FileRow,
  batch: BatchRow,
  run: readonly RunEntry[],
  sums: BalanceSums,
): Generator<void, DiskFull | { readonly status: 'staged'; readonly known: ReadonlySet<number> }> {
  const known = new Set<number>()
  const isReadAgain = isRereading(ledger, batch)
  const sorted = run.toSorted((a, b) => (a.stable < b.stable ? -1 : a.stable > b.stable ? 1 : a.id - b.id))
  const identities = new BulkInsert(gateOf(ledger).connection, 'event_identity', ['stable_id', 'version', 'event_id'])
  for (let at = 0; at < sorted.length; ) {
    let end = Math.min(at + STEP, sorted.length)
    while (end < sorted.length && sorted[end]?.stable === sorted[end - 1]?.stable) end++
    const step = sorted.slice(at, end)
    at = end
    const done = stageWrite(ledger, (write) => {
      const { clashes, later } = writeIdentities(write, identities, batch, step)
      const gone = settleClashes(write, file, batch, clashes, isReadAgain, sums)
      for (const id of gone) known.add(id)
      const restated = later.filter((id) => !known.has(id)).length
      if (restated > 0) write.exec('UPDATE source_file SET restates = restates + ? WHERE id = ?', restated, file)
      return { status: 'staged' } as const
    })
    if (done.status !== 'staged') return done
    yield
  }
  return { status: 'staged', known }
}

interface Clash {
  readonly id: number
  readonly current: number
  /** The fact stands in another batch, not in this one. */
  readonly elsewhere: boolean
}

function writeIdentities(
  write: LedgerWrite,
  identities: BulkInsert,
  batch: BatchRow,
  step: readonly RunEntry[],
): { readonly clashes: Clash[]; readonly later: readonly number[] } {
  const versions = existingVersions(write, step)
  const clashes: Clash[] = []
  const later: number[] = []
  for (const entry of step) {
    const there = versions.get(entry.stable) ?? []
    const version = there.reduce((highest, one) => Math.max(highest, one.version), 0) + 1
    identities.add(entry.stable, version, entry.id)
    if (version > 1) {
      later.push(entry.id)
      write.exec('UPDATE event SET version = ? WHERE id = ?', version, entry.id)
    }
    const facts = there.filter((one) => one.derived === 0 && (one.state === 'live' || one.batch_id === batch))
    const current = facts.reduce<Version | null>((best, one) => (best && best.version > one.version ? best : one), null)
    if (current) clashes.push({ id: entry.id, current: current.event_id, elsewhere: current.batch_id !== batch })
    versions.set(entry.stable, [
      ...there,
      { stable_id: entry.stable, version, event_id: entry.id, batch_id: batch, state: 'staged', derived: 0 },
    ])
  }
  identities.flush()
  return { clashes, later }
}

function existingVersions(write: LedgerWrite, step: readonly RunEntry[]): Map<string, Version[]> {
  const found = new Map<string, Version[]>()
  const first = step[0]?.stable ?? ''
  const last = step.at(-1)?.stable ?? ''
  const any = write.value<number>('SELECT 1 FROM event_identity WHERE stable_id BETWEEN ? AND ? LIMIT 1', first, last)
  if (any === undefined) return found
  const rows = write.rows<Version>(
    `SELECT i.stable_id, i.version, i.event_id, e.batch_id, b.state,
       EXISTS (SELECT 1 FROM joined j WHERE j.event_id = i.event_id) AS derived
     FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
     JOIN event e ON e.id = i.event_id JOIN batch b ON b.id = e.batch_id`,
    JSON.stringify(step.map((entry) => entry.stable)),
  )
  const seen = new Set<number>()
  for (const row of rows) {
    if (seen.has(row.event_id)) continue
    seen.add(row.event_id)
    const list = found.get(row.stable_id)
    if (list) list.push(row)
    else found.set(row.stable_id, [row])
  }
  return found
}

function settleClashes(
  write: LedgerWrite,
  file: FileRow,
  batch: BatchRow,
  clashes: readonly Clash[],
  isReadAgain: boolean,
  sums: BalanceSums,
): readonly number[] {
  // A file that is read again brings back what is missing. It is older than what came since and restates none of that.
  const settled = isReadAgain ? clashes.filter(({ elsewhere }) => elsewhere) : []
  const known: Pick<Clash, 'id' | 'current'>[] = [...settled]
  const open = isReadAgain ? clashes.filter(({ elsewhere }) => !elsewhere) : clashes
  for (const { verdict, id, current, fields } of compareVersions(write, open)) {
    if (verdict === 'known') known.push({ id, current })
    else {
      write.exec(
        'INSERT INTO batch_change (batch_id, event_id, replaces, fields) VALUES (?, ?, ?, ?)',
        batch,
        id,
        current,
        JSON.stringify(fields),
      )
      // What is hidden behind another source's fact stays there when it is restated, and neither version is counted.
      sums.addEvents(write, [inheritFact(write, batch, id, current) ? id : current], -1)
    }
  }
  if (known.length > 0) takeOut(write, file, batch, known, sums)
  return known.map(({ id }) => id)
}

/**
 * Lets a new version corroborate what the one before did; true while that one is not seen, for this or any other reason:
 * then the new one is not either, and neither is counted.
 */
function inheritFact(write: LedgerWrite, batch: BatchRow, id: number, current: number): boolean {
  // What is one record of a joined event counts through that.
  const isHidden =
    write.value<number>(`SELECT 1 FROM event_hidden WHERE event_id = ? AND reason <> 'joined'`, current) !== undefined
  const linkedBy = write.value<number>('SELECT batch_id FROM corroboration WHERE event_id = ?', current)
  if (linkedBy === undefined) return isHidden
  write.exec(
    'INSERT INTO corroboration (event_id, fact, proof, batch_id) SELECT ?, fact, proof, ? FROM corroboration WHERE event_id = ?',
    id,
    batch,
    current,
  )
  return isHidden || linkedBy === batch
}

/** Takes known events and their rows out of the batch, and notes which batches they were known from. */
function takeOut(
  write: LedgerWrite,
  file: FileRow,
  batch: BatchRow,
  known: readonly Pick<Clash, 'id' | 'current'>[],
  sums: BalanceSums,
): void {
  const ids = known.map(({ id }) => id)
  sums.addEvents(write, ids, -1)
  write.exec(
    `INSERT INTO file_overlap (file_id, batch_id, events)
     SELECT ?, e.batch_id, count(*) FROM event e WHERE e.id IN (SELECT value FROM json_each(?)) AND e.batch_id <> ? GROUP BY e.batch_id
     ON CONFLICT (file_id, batch_id) DO UPDATE SET events = events + excluded.events`,
    file,
    JSON.stringify(known.map(({ current }) => current)),
    batch,
  )
  const records = deleteEvents(write, ids, true)
  write.exec('UPDATE source_file SET known = known + ? WHERE id = ?', records, file)
}
