/** A worker with a read-only connection of its own, for searches, sorts and long lists. */

import { parentPort } from 'node:worker_threads'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { Instant, ZoneName } from '../../shared/events/identifiers.ts'
import { batchEventPage } from '../ledger/batch-list.ts'
import { eventFacets } from '../ledger/event-list.ts'
import { listFilings } from '../ledger/filings.ts'
import { type ReadableLedger, readable } from '../ledger/handles.ts'
import { stagedJoins } from '../ledger/join-acts.ts'
import { openReader } from '../vault/vault.ts'
import { anyLines, eventLines, previewContext } from './event-views.ts'
import { type LedgerLists, ledgerLists, taxYearOf } from './ledger-list.ts'
import { movementViews, pairPage } from './movement-views.ts'
import { notices } from './notices.ts'
import { readProfileSettings } from './profile.ts'
import { eventSources, previewRawRows, rawRowOf } from './raw-row-views.ts'
import { rawTables, triedRecipe } from './table-samples.ts'
import { serveCalls } from './worker-calls.ts'
import type { ReadCalls } from './worker-protocol.ts'
import { zoneAnswer } from './zone-book.ts'

const engine = parentPort
if (engine === null) throw new Error('this runs as a worker thread')

let opened: { ledger: ReadableLedger; lists: LedgerLists } | null = null
const open = () => {
  if (opened === null) throw new Error('the worker was not given its ledger')
  return opened
}

serveCalls<ReadCalls>(engine, {
  open({ path, key }) {
    const ledger = readable(openReader(path, key))
    opened = { ledger, lists: ledgerLists(ledger) }
    return null
  },
  list: (call) => open().lists.page(call),
  facets() {
    const { ledger } = open()
    return ledger.snapshot(() => {
      const { kinds, first, last } = eventFacets(ledger)
      return {
        revision: ledger.revision(),
        kinds,
        years: first === null || last === null ? [] : years(ledger, first, last),
      }
    })
  },
  preview({ batch, file, offset, limit }) {
    const { ledger } = open()
    return ledger.snapshot(() => {
      const { total, rows } = batchEventPage(ledger, { batch, file }, { offset, limit })
      return { total, rows: eventLines(ledger, rows, previewContext(ledger), true) }
    })
  },
  stagedJoins: ({ batch }) => open().ledger.snapshot(() => stagedJoinsOf(open().ledger, batch)),
  previewRaw: ({ batch, event }) => previewRawRows(open().ledger, batch, event),
  notices: (call) => notices(open().ledger, call),
  sources: ({ event }) => eventSources(open().ledger, event),
  pairs: ({ tab, offset, limit }) => pairPage(open().ledger, tab, offset, limit),
  movements: ({ refs }) => movementViews(open().ledger, refs),
  rawRow: ({ record }) => rawRowOf(open().ledger, record),
  zoneEvidence: ({ file }) => open().ledger.snapshot(() => zoneAnswer(open().ledger, file)),
  rawTables: (call) => rawTables(open().ledger, call),
  tryRecipe: (call) => triedRecipe(open().ledger, call),
  lines: ({ events }) => open().ledger.snapshot(() => anyLines(open().ledger, events)),
})

/** What a staged import will join, with the filed years that it touches. */
function stagedJoinsOf(ledger: ReadableLedger, batch: number) {
  const { transactions, before, waiting } = stagedJoins(ledger, batch)
  const { zone, jurisdiction } = readProfileSettings(ledger)
  const clock = civilClock(zone as ZoneName)
  const filed = new Set(listFilings(ledger).map(({ taxYear }) => taxYear))
  const years = Map.groupBy(before, (time) => taxYearOf(jurisdiction, clock.dateAt(time as Instant)))
  return {
    revision: ledger.revision(),
    transactions,
    before: before.length,
    filed: [...years]
      .filter(([year]) => filed.has(year))
      .map(([year, times]) => ({ year, count: times.length }))
      .sort((a, b) => a.year - b.year),
    waiting,
  }
}

/** The tax years from the first event to the last, newest first. */
function years(ledger: ReadableLedger, first: number, last: number): number[] {
  const { zone, jurisdiction } = readProfileSettings(ledger)
  const clock = civilClock(zone as ZoneName)
  const from = taxYearOf(jurisdiction, clock.dateAt(first as Instant))
  const to = taxYearOf(jurisdiction, clock.dateAt(last as Instant))
  return Array.from({ length: to - from + 1 }, (_, at) => to - at)
}
