/** The Ledger view by position: row ids in their order are kept for a query, pages are cut from them. Runs in the read worker. */
import type { EventFilter, EventRow } from '../../shared/contract/events.ts'
import { addDays, dateOfDay, dayNumber, parseCivilDate, yearOf } from '../../shared/events/civil-date.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { CivilDate, ZoneName } from '../../shared/events/identifiers.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import {
  countEvents,
  type EventListFilter,
  type EventOrder,
  eventRowIds,
  firstEventRowIds,
} from '../ledger/event-list.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { eventLines, viewContext } from './event-views.ts'
import { readProfileSettings } from './profile.ts'

export interface ListCall {
  readonly offset: number
  readonly limit: number
  readonly filter: EventFilter
  readonly order: EventOrder
  /** Events that open points hang on. */
  readonly attention: readonly string[]
}

export interface ListPage {
  readonly revision: number
  readonly total: number
  readonly rows: EventRow[]
}

/** Lists kept: one for what is on the screen, and those that a person goes back to. */
const KEPT = 6

export interface LedgerLists {
  page(call: ListCall): ListPage
}

export function ledgerLists(ledger: ReadableLedger): LedgerLists {
  const kept = new Map<string, Int32Array>()
  let revision = -1
  let hidden = new Set<number>()

  const refresh = () => {
    const now = ledger.revision()
    if (now === revision) return
    revision = now
    kept.clear()
    hidden = arrivingHalves(ledger)
  }
  const rowsOf = (filter: EventListFilter, order: EventOrder): Int32Array => {
    const key = JSON.stringify([filter, order])
    const known = kept.get(key)
    if (known !== undefined) return known
    const all = eventRowIds(ledger, filter, order)
    const rows = hidden.size === 0 ? all : all.filter((row) => !hidden.has(row))
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, rows)
    return rows
  }

  return {
    page: (call) =>
      ledger.snapshot(() => {
        refresh()
        const filter = listFilter(ledger, call.filter, call.attention)
        const context = viewContext(ledger)
        const key = JSON.stringify([filter, call.order])
        const first = kept.has(key) || !isUnfiltered(filter) ? null : firstPage(ledger, call, hidden)
        if (first !== null) return { revision, total: first.total, rows: eventLines(ledger, first.rows, context) }
        const rows = rowsOf(filter, call.order)
        const page = [...rows.subarray(call.offset, call.offset + call.limit)]
        return { revision, total: rows.length, rows: eventLines(ledger, page, context) }
      }),
  }
}

const isUnfiltered = (filter: EventListFilter): boolean => Object.keys(filter).length === 0

/** The top of the whole list without reading the rest of it; null where the page is not at the top. */
function firstPage(ledger: ReadableLedger, call: ListCall, hidden: ReadonlySet<number>) {
  if (call.offset > 0 || call.order.sort !== 'time') return null
  const rows = firstEventRowIds(ledger, {}, call.order, call.limit + hidden.size).filter((row) => !hidden.has(row))
  return { total: countEvents(ledger, {}) - hidden.size, rows: rows.slice(0, call.limit) }
}

/** Facts that are shown in the line of another: the arriving halves of accepted matches whose leaving halves are there. */
function arrivingHalves(ledger: ReadableLedger): Set<number> {
  return new Set(
    ledger.column<number>(
      `SELECT DISTINCT i.event_id FROM match_verdict v JOIN act a ON a.id = v.act_id AND a.live = 1
       JOIN match_member m ON m.verdict_id = v.id AND m.side = 'in'
       JOIN event_identity i ON i.stable_id = m.event
       JOIN event e ON e.id = i.event_id JOIN batch b ON b.id = e.batch_id AND b.state = 'live'
       WHERE v.verdict = 'accepted'
         AND NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM match_verdict n JOIN act na ON na.id = n.act_id
           WHERE n.key = v.key AND n.id > v.id AND na.live = 1)
         AND NOT EXISTS (SELECT 1 FROM match_member o WHERE o.verdict_id = v.id AND NOT EXISTS (
           SELECT 1 FROM event_identity oi JOIN event oe ON oe.id = oi.event_id JOIN batch ob ON ob.id = oe.batch_id
           WHERE oi.stable_id = o.event AND ob.state = 'live'))
         AND (SELECT count(*) FROM leg l WHERE l.event_id = e.id AND l.role <> 'fee') = 1`,
    ),
  )
}

/** A filter of the contract in the ledger's terms: civil dates and tax years as instants. */
export function listFilter(ledger: ReadableLedger, filter: EventFilter, attention: readonly string[]): EventListFilter {
  const { zone, jurisdiction } = readProfileSettings(ledger)
  const clock = civilClock(zone as ZoneName)
  const span = filter.year === undefined ? null : taxYearSpan(jurisdiction, filter.year)
  const from = latest(filter.from === undefined ? null : parseCivilDate(filter.from), span?.from ?? null)
  const to = earliest(filter.to === undefined ? null : parseCivilDate(filter.to), span?.to ?? null)
  return {
    ...(filter.text === undefined || filter.text.trim() === '' ? {} : { text: filter.text }),
    ...(filter.account === undefined ? {} : { account: filter.account }),
    ...(filter.asset === undefined ? {} : { asset: filter.asset }),
    ...(filter.batch === undefined ? {} : { batch: filter.batch }),
    ...(filter.kinds === undefined || filter.kinds.length === 0 ? {} : { kinds: filter.kinds }),
    ...(from === null ? {} : { from: clock.startOfDay(from) }),
    ...(to === null ? {} : { to: clock.startOfDay(addDays(to, 1)) }),
    ...(filter.attention === true ? { attention: true, attentionEvents: attention } : {}),
  }
}

const latest = (a: CivilDate | null, b: CivilDate | null): CivilDate | null =>
  a === null || (b !== null && b > a) ? b : a
const earliest = (a: CivilDate | null, b: CivilDate | null): CivilDate | null =>
  a === null || (b !== null && b < a) ? b : a

/** First and last day of a tax year, which is named by the calendar year in which it begins. */
function taxYearSpan(jurisdiction: string, year: number): { from: CivilDate; to: CivilDate } {
  const { month, day } = packOf(jurisdiction)?.yearStart ?? { month: 1, day: 1 }
  return { from: dateOfDay(dayNumber(year, month, day)), to: dateOfDay(dayNumber(year + 1, month, day) - 1) }
}

/** The tax year of a civil date. */
export function taxYearOf(jurisdiction: string, date: CivilDate): number {
  const year = yearOf(date)
  return date >= taxYearSpan(jurisdiction, year).from ? year : year - 1
}
