/** Which days of each account some import tells of, and where the gaps are. */
import type { AccountCoverage, Excuse } from '../../shared/contract/coverage.ts'
import { addDays, dayOfDate } from '../../shared/events/civil-date.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { CivilDate, Instant, ZoneName } from '../../shared/events/identifiers.ts'
import { lookBackOf } from '../../shared/sources/look-back.ts'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import { readAccounts, type StoredAccount } from '../ledger/accounts.ts'
import { readExcuses } from '../ledger/excuses.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readProfileSettings } from './profile.ts'

interface FileSpan {
  readonly account: string
  readonly batch: string
  readonly file: string
  readonly source: string | null
  readonly detail: string
  readonly events: number
  readonly first: number
  readonly last: number
}

const LIVE = `source_file f JOIN batch b ON b.id = f.batch_id AND b.state = 'live' AND b.origin NOT IN ('manual', 'shift')`
const FILE = `f.id, b.key AS batch, f.name AS file, f.source, json_extract(f.detail, '$.sourceName') AS detail`

/** What live imports tell of each account. Rows that were known already count with the file that told them again, too. */
function spansOf(ledger: ReadableLedger): FileSpan[] {
  const own = ledger.rows<FileSpan & { readonly id: number }>(
    `SELECT ${FILE}, a.key AS account, u.events, u.first, u.last
     FROM ${LIVE} JOIN file_account u ON u.file_id = f.id JOIN account a ON a.id = u.account_id`,
  )
  const again = ledger.rows<FileSpan & { readonly id: number }>(
    `SELECT ${FILE}, a.key AS account, 0 AS events, json_extract(t.value, '$[1]') AS first, json_extract(t.value, '$[2]') AS last
     FROM ${LIVE} JOIN json_each(f.detail, '$.told') t JOIN account a ON a.id = json_extract(t.value, '$[0]')`,
  )
  const spans = new Map<string, FileSpan & { readonly id: number }>()
  for (const span of [...own, ...again]) {
    const key = `${span.id} ${span.account}`
    const known = spans.get(key)
    spans.set(
      key,
      known === undefined
        ? span
        : { ...known, first: Math.min(known.first, span.first), last: Math.max(known.last, span.last) },
    )
  }
  return [...spans.values()].sort((a, b) => a.first - b.first || a.id - b.id)
}

/** Balances below nothing: more left than ever came in, so that records before the first are missing. */
const overdrawn = (ledger: ReadableLedger): Set<string> =>
  new Set(
    ledger.column<string>(
      `SELECT DISTINCT a.key FROM balance b JOIN account a ON a.id = b.account_id JOIN asset s ON s.id = b.asset_id
       WHERE b.amount LIKE '-%' AND s.kind <> 'fiat'`,
    ),
  )

/** @param now milliseconds since the epoch: coverage ends today */
export function accountCoverages(ledger: ReadableLedger, now: number): AccountCoverage[] {
  const clock = civilClock(readProfileSettings(ledger).zone as ZoneName)
  const day = (time: number): CivilDate => clock.dateAt(time as Instant)
  const names = new Map(SOURCE_FORMATS.map(({ id, name }) => [id as string, name]))
  const byAccount = Map.groupBy(spansOf(ledger), ({ account }) => account)
  const excuses = readExcuses(ledger) as Excuse[]
  const below = overdrawn(ledger)
  return readAccounts(ledger).map((account) => {
    const own = byAccount.get(account.id) ?? []
    const spans = own.map(({ batch, file, source, detail, events, first, last }) => ({
      from: day(first),
      to: day(last),
      batch,
      file,
      source,
      sourceName: detail ?? names.get(source ?? '') ?? source,
      events,
    }))
    return coverageOf(account, spans, {
      today: day(now),
      excuses: excuses.filter((excuse) => excuse.account === account.id),
      isOverdrawn: below.has(account.id),
    })
  })
}

interface Around {
  readonly today: CivilDate
  readonly excuses: readonly Excuse[]
  readonly isOverdrawn: boolean
}

function coverageOf(account: StoredAccount, spans: AccountCoverage['spans'], around: Around): AccountCoverage {
  const joined = joinedDays(spans)
  const first = joined[0]?.from ?? null
  const last = joined.at(-1)?.to ?? null
  const sources = [...new Set(spans.flatMap(({ source }) => source ?? []))]
  const lookBacks = sources.flatMap((source) => {
    const found = lookBackOf(source)
    return found === null ? [] : [{ source, text: found.text }]
  })
  const hides = lookBacks[0]?.text ?? null
  const gaps: AccountCoverage['gaps'] = []
  const gap = (from: CivilDate, to: CivilDate, where: 'between' | 'after' | 'before'): void => {
    if (from > to) return
    for (const part of aroundExcuses(from, to, around.excuses))
      gaps.push({ ...part, days: daysIn(part.from, part.to), where, lookBack: where === 'after' ? null : hides })
  }
  if (first !== null && last !== null) {
    if (around.isOverdrawn) gap(addDays(first, -1), addDays(first, -1), 'before')
    for (const [n, span] of joined.entries()) {
      const next = joined[n + 1]
      if (next !== undefined) gap(addDays(span.to, 1), addDays(next.from, -1), 'between')
    }
    gap(addDays(last, 1), around.today, 'after')
  }
  const open = gaps.filter(({ excuse }) => excuse === null)
  return {
    account: account.id,
    name: account.name,
    state: spans.length === 0 ? 'no-records' : open.length > 0 ? 'gaps' : gaps.length > 0 ? 'excused' : 'complete',
    first,
    last,
    covered: joined.reduce((sum, { from, to }) => sum + daysIn(from, to), 0),
    spans,
    gaps,
    lookBacks,
  }
}

interface Days {
  readonly from: CivilDate
  readonly to: CivilDate
}

/** Spans that touch or overlap as one, in order. */
function joinedDays(spans: readonly { readonly from: string; readonly to: string }[]): Days[] {
  const sorted = spans
    .map(({ from, to }) => ({ from: from as CivilDate, to: to as CivilDate }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const joined: { from: CivilDate; to: CivilDate }[] = []
  for (const { from, to } of sorted) {
    const last = joined.at(-1)
    if (last === undefined || from > addDays(last.to, 1)) joined.push({ from, to })
    else if (to > last.to) last.to = to
  }
  return joined
}

/** The days from one to another cut where excuses begin and end. */
function aroundExcuses(
  from: CivilDate,
  to: CivilDate,
  excuses: readonly Excuse[],
): (Days & { readonly excuse: Excuse | null })[] {
  const parts: (Days & { excuse: Excuse | null })[] = []
  let at = from
  for (const excuse of excuses.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const begin = (excuse.from > at ? excuse.from : at) as CivilDate
    const end = (excuse.to < to ? excuse.to : to) as CivilDate
    if (begin > end || end < at) continue
    if (begin > at) parts.push({ from: at, to: addDays(begin, -1), excuse: null })
    parts.push({ from: begin, to: end, excuse })
    at = addDays(end, 1)
  }
  if (at <= to) parts.push({ from: at, to, excuse: null })
  return parts
}

const daysIn = (from: CivilDate, to: CivilDate): number => dayOfDate(to) - dayOfDate(from) + 1
