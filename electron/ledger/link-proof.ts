import { tellsSame } from '../../shared/sources/join-transaction.ts'
import type { BalanceSums } from './balance-sums.ts'
import type { RunEntry } from './classify.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { changesOf } from './leg-changes.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow, FileRow } from './staged.ts'

const STEP = 1000

/**
 * Writes the proofs (transaction hashes, provider ids) of one run, sorted, and links every new event whose proof, account
 * and legs equal those of a fact from another source: the fact stays, the new one corroborates it and is not counted
 * twice. One fact is corroborated by at most one event of a source, so that twins stay two. Likeness without proof is the
 * matcher's to propose.
 */
export function* linkByProof(
  ledger: WritableLedger,
  file: FileRow,
  batch: BatchRow,
  run: readonly RunEntry[],
  sums: BalanceSums,
): Generator<void, DiskFull | { readonly status: 'staged' }> {
  const proved = run.filter((entry): entry is RunEntry & { hash: string } => entry.hash !== null)
  const sorted = proved.toSorted((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.id - b.id))
  for (let at = 0; at < sorted.length; at += STEP) {
    const done = stageWrite(ledger, (write) => {
      const { there, fresh } = stillStaged(write, sorted.slice(at, at + STEP))
      const links = findFacts(write, file, batch, fresh)
      for (const entry of there) {
        write.exec('INSERT OR IGNORE INTO event_proof (hash, event_id) VALUES (?, ?)', entry.hash, entry.id)
      }
      for (const link of links) {
        write.exec(
          'INSERT INTO corroboration (event_id, fact, proof, batch_id) VALUES (?, ?, ?, ?)',
          link.event,
          link.fact,
          link.hash,
          batch,
        )
      }
      sums.addEvents(
        write,
        links.map((link) => link.event),
        -1,
      )
      return { status: 'staged' } as const
    })
    if (done.status !== 'staged') return done
    yield
  }
  return { status: 'staged' }
}

type Proved = RunEntry & { readonly hash: string }

/** Those that classification did not take out again as known; `fresh` are without new versions of facts of their own. */
function stillStaged(
  ledger: ReadableLedger,
  entries: readonly Proved[],
): { readonly there: Proved[]; readonly fresh: Proved[] } {
  const changed = new Map(
    ledger.tuples<[number, number]>(
      `SELECT e.id, EXISTS (SELECT 1 FROM batch_change c WHERE c.batch_id = e.batch_id AND c.event_id = e.id)
       FROM event e WHERE e.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(entries.map((entry) => entry.id)),
    ),
  )
  return {
    there: entries.filter((entry) => changed.has(entry.id)),
    fresh: entries.filter((entry) => changed.get(entry.id) === 0),
  }
}

interface Link {
  readonly event: number
  readonly fact: string
  readonly hash: string
}

interface Candidate {
  readonly hash: string
  readonly event_id: number
  readonly stable_id: string
  readonly source: string
  readonly layout: string | null
}

function findFacts(write: LedgerWrite, file: FileRow, batch: BatchRow, entries: readonly Proved[]): Link[] {
  const first = entries[0]?.hash ?? ''
  const last = entries.at(-1)?.hash ?? ''
  if (write.value<number>('SELECT 1 FROM event_proof WHERE hash BETWEEN ? AND ? LIMIT 1', first, last) === undefined)
    return []
  const own = write.tuples<[string, string | null]>('SELECT source, layout FROM source_file WHERE id = ?', file)[0]
  const [source, layout] = own ?? ['', null]
  const found = write.rows<Candidate>(
    `SELECT DISTINCT p.hash, p.event_id, e.stable_id, f.source, f.layout
     FROM json_each(?) wanted CROSS JOIN event_proof p ON p.hash = wanted.value
     JOIN event e ON e.id = p.event_id JOIN batch b ON b.id = e.batch_id JOIN source_file f ON f.id = e.file_id
     WHERE (b.state = 'live' OR b.id = ?) AND (f.source <> ? OR f.layout <> ?)
       AND NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id AND h.reason <> 'joined')
       AND NOT EXISTS (SELECT 1 FROM corroboration c WHERE c.event_id = e.id)
       AND NOT EXISTS (
         SELECT 1 FROM corroboration c JOIN event x ON x.id = c.event_id JOIN batch xb ON xb.id = x.batch_id
         JOIN source_file xf ON xf.id = x.file_id
         WHERE c.fact = e.stable_id AND (xb.state = 'live' OR xb.id = ?)
           AND xf.source = ? AND xf.layout IS ?)
     ORDER BY p.event_id`,
    JSON.stringify(entries.map((entry) => entry.hash)),
    batch,
    source,
    layout,
    batch,
    source,
    layout,
  )
  // Two explorers of one chain tell of the same side of a transaction; its other sides are told besides.
  const candidates = found.filter((one) => one.source !== source || tellsSame(source, layout ?? '', one.layout ?? ''))
  const links: Link[] = []
  const taken = new Set<number>()
  if (candidates.length === 0) return links
  const movements = changesOf(write, [...candidates.map((one) => one.event_id), ...entries.map((entry) => entry.id)])
  const byHash = Map.groupBy(candidates, (candidate) => candidate.hash)
  for (const entry of entries) {
    const fact = byHash
      .get(entry.hash)
      ?.find((one) => !taken.has(one.event_id) && movements.get(one.event_id) === movements.get(entry.id))
    if (!fact) continue
    taken.add(fact.event_id)
    links.push({ event: entry.id, fact: fact.stable_id, hash: entry.hash })
  }
  return links
}
