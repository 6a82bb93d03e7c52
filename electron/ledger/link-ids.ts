import { isProviderKey, venueOf } from '../../shared/sources/linking.ts'
import type { BalanceSums } from './balance-sums.ts'
import type { RunEntry } from './classify.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { changesOf } from './leg-changes.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow, FileRow } from './staged.ts'

const STEP = 1000

/** Beginnings of stable ids under which other exports of the same venue name events of the same account. */
interface Siblings {
  readonly own: string
  readonly others: readonly string[]
}

/**
 * Links every new event that another export of the same venue names by the same id of the provider, in the same account
 * and with the same effect on balances: the one that was there first is the fact. Two exports that know no common ids
 * cost nothing here.
 */
export function* linkById(
  ledger: WritableLedger,
  file: FileRow,
  batch: BatchRow,
  run: readonly RunEntry[],
  sums: BalanceSums,
): Generator<void, DiskFull | { readonly status: 'staged' }> {
  const siblings = siblingsOf(ledger, file, batch)
  if (siblings === null) return { status: 'staged' }
  const named = run
    .filter(({ stable }) => stable.startsWith(siblings.own) && isProviderKey(stable.slice(siblings.own.length)))
    .toSorted((a, b) => (a.stable < b.stable ? -1 : 1))
  for (let at = 0; at < named.length; at += STEP) {
    const done = stageWrite(ledger, (write) => {
      const links = findFacts(write, batch, siblings, named.slice(at, at + STEP))
      for (const { event, fact, key } of links) {
        write.exec(
          'INSERT INTO corroboration (event_id, fact, proof, batch_id) VALUES (?, ?, ?, ?)',
          event,
          fact,
          `id:${key}`,
          batch,
        )
      }
      sums.addEvents(
        write,
        links.map(({ event }) => event),
        -1,
      )
      return { status: 'staged' } as const
    })
    if (done.status !== 'staged') return done
    yield
  }
  return { status: 'staged' }
}

function siblingsOf(ledger: ReadableLedger, file: FileRow, batch: BatchRow): Siblings | null {
  const own = ledger.tuples<[string, string, number]>(
    'SELECT f.source, a.key, a.id FROM source_file f JOIN account a ON a.id = f.account_id WHERE f.id = ?',
    file,
  )[0]
  if (own === undefined) return null
  const [source, key, account] = own
  const sources = ledger.column<string>(
    `SELECT DISTINCT f.source FROM source_file f JOIN batch b ON b.id = f.batch_id
     WHERE f.account_id = ? AND f.source <> ? AND (b.state = 'live' OR b.id = ?)`,
    account,
    source,
    batch,
  )
  const others = sources.filter((other) => venueOf(other) === venueOf(source)).map((other) => `${other}:${key}:`)
  return others.length === 0 ? null : { own: `${source}:${key}:`, others }
}

interface Link {
  readonly event: number
  readonly fact: string
  readonly key: string
}

function findFacts(write: LedgerWrite, batch: BatchRow, siblings: Siblings, entries: readonly RunEntry[]): Link[] {
  const wanted = new Map<string, RunEntry>()
  for (const entry of entries)
    for (const other of siblings.others) wanted.set(`${other}${entry.stable.slice(siblings.own.length)}`, entry)
  const facts = write.tuples<[string, number]>(
    `SELECT i.stable_id, i.event_id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
     JOIN event e ON e.id = i.event_id JOIN batch b ON b.id = e.batch_id
     WHERE (b.state = 'live' OR b.id = ?)
       AND NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id AND h.reason <> 'joined')
       AND NOT EXISTS (SELECT 1 FROM corroboration c WHERE c.event_id = e.id)
       AND NOT EXISTS (SELECT 1 FROM batch_change c WHERE c.batch_id = ? AND c.replaces = e.id)
     ORDER BY i.event_id`,
    JSON.stringify([...wanted.keys()]),
    batch,
    batch,
  )
  if (facts.length === 0) return []
  const fresh = new Set(
    write.column<number>(
      `SELECT e.id FROM event e WHERE e.id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM batch_change c WHERE c.batch_id = e.batch_id AND c.event_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM corroboration c WHERE c.event_id = e.id)`,
      JSON.stringify(facts.map(([stable]) => (wanted.get(stable) as RunEntry).id)),
    ),
  )
  const changes = changesOf(write, [...facts.map(([, event]) => event), ...fresh])
  const links: Link[] = []
  for (const [fact, row] of facts) {
    const entry = wanted.get(fact) as RunEntry
    const change = changes.get(entry.id)
    if (!fresh.has(entry.id) || change === undefined || change !== changes.get(row)) continue
    fresh.delete(entry.id)
    links.push({ event: entry.id, fact, key: entry.stable.slice(siblings.own.length) })
  }
  return links
}
