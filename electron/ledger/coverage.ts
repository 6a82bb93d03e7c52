import type { ReadableLedger } from './handles.ts'
import { FILE_EVENTS } from './ranges.ts'
import type { FileRow } from './staged.ts'

interface Span {
  events: number
  first: number
  last: number
}

/** Which accounts and assets a file's events use, and the time they cover. */
export class Coverage {
  readonly accounts = new Map<number, Span>()
  readonly assets = new Set<number>()
  readonly whole: Span = { events: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }

  addEvent(time: number, accounts: Iterable<number>, assets: Iterable<number>): void {
    widen(this.whole, time)
    for (const account of new Set(accounts)) {
      let span = this.accounts.get(account)
      if (!span) {
        span = { events: 0, first: time, last: time }
        this.accounts.set(account, span)
      }
      widen(span, time)
    }
    for (const asset of assets) this.assets.add(asset)
  }
}

function widen(span: Span, time: number): void {
  span.events++
  if (time < span.first) span.first = time
  if (time > span.last) span.last = time
}

/** The coverage of what is left of a file after known events were taken out of it, read in steps of at most 20 ms. */
export function* coverageOf(ledger: ReadableLedger, file: FileRow): Generator<void, Coverage> {
  const coverage = new Coverage()
  for (let last = 0; ; ) {
    const events = ledger.tuples<[number, number, string]>(
      `SELECT e.id, e.time, (SELECT json_group_array(json_array(l.account_id, l.asset_id)) FROM leg l WHERE l.event_id = e.id)
       FROM ${FILE_EVENTS} WHERE f.id = ? AND e.id > ? ORDER BY e.id LIMIT 2000`,
      file,
      last,
    )
    if (events.length === 0) return coverage
    for (const [id, time, text] of events) {
      const legs = JSON.parse(text) as [number, number][]
      coverage.addEvent(
        time,
        legs.map(([account]) => account),
        legs.map(([, asset]) => asset),
      )
      last = id
    }
    yield
  }
}
