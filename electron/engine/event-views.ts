/** Lines of the Ledger view: facts with decisions and accepted matches laid over them. */
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import type { EventRow, LegView } from '../../shared/contract/events.ts'
import type { ProfileSettings } from '../../shared/contract/session.ts'
import type { Asset } from '../../shared/events/account.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import { effectiveEvents } from '../../shared/events/effective-events.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import type { ZoneName } from '../../shared/events/identifiers.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import type { SwapValueRule, Valuation, ValueReason } from '../../shared/valuation/valuation.ts'
import { createValuation } from '../../shared/valuation/valuation.ts'
import { readAccounts, readAssets } from '../ledger/accounts.ts'
import { readDecisions } from '../ledger/decisions.ts'
import { readFacts, type StoredFact } from '../ledger/facts.ts'
import { groupsOf } from '../ledger/groups.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readAcceptedMatches } from '../ledger/matches.ts'
import { pricesTouchedSince, readPrices } from '../ledger/prices.ts'
import { type Names, namesOf } from './names.ts'
import { readProfileSettings, taxProfile } from './profile.ts'

/** What every line needs beside its event. */
export interface ViewContext {
  readonly groups?: ReturnType<typeof groupsOf>
  readonly names: Names
  readonly zone: ZoneName
  readonly valuation: Valuation
  readonly swapValue: SwapValueRule
  readonly batches: ReadonlyMap<number, string>
}

export function viewContext(ledger: ReadableLedger): ViewContext {
  const settings = readProfileSettings(ledger)
  const assets = readAssets(ledger)
  return {
    names: namesOf(readAccounts(ledger), assets),
    zone: settings.zone as ZoneName,
    valuation: valuationOf(ledger, settings, assets),
    swapValue: packOf(settings.jurisdiction)?.swapValue ?? 'received',
    batches: new Map(ledger.tuples<[number, string]>('SELECT id, key FROM batch')),
  }
}

interface KnownValuation {
  readonly revision: number
  readonly valuation: Valuation
}

const valuations = new WeakMap<ReadableLedger, KnownValuation>()

/** The price book of a worker's ledger, made anew only when prices, assets or the profile are not what they were. */
function valuationOf(ledger: ReadableLedger, settings: ProfileSettings, assets: readonly Asset[]): Valuation {
  const revision = ledger.revision()
  const known = valuations.get(ledger)
  const isCurrent = known !== undefined && (known.revision === revision || !pricesTouchedSince(ledger, known.revision))
  const valuation = isCurrent ? known.valuation : createValuation(readPrices(ledger), taxProfile(settings), assets)
  valuations.set(ledger, { revision, valuation })
  return valuation
}

/** The same for a preview, whose accounts and assets may not be in the books yet. */
export function previewContext(ledger: ReadableLedger): ViewContext {
  const accounts = new Map(ledger.tuples<[string, string]>('SELECT key, name FROM account'))
  const symbols = new Map(ledger.tuples<[string, string]>('SELECT key, coalesce(symbol, key) FROM asset'))
  const names: Names = { account: (id) => accounts.get(id) ?? id, symbol: (id) => symbols.get(id) ?? id }
  return { ...viewContext(ledger), names }
}

/**
 * The lines of some facts by row id, in that order. A fact that is the arriving half of an accepted match is shown in
 * the line of its transfer and has none of its own. `staged`: rows of a preview, which no decision touches yet.
 */
export function eventLines(
  ledger: ReadableLedger,
  rows: readonly number[],
  context: ViewContext,
  staged = false,
): EventRow[] {
  const facts = new Map<number, StoredFact>()
  for (const block of readFacts(ledger, { rows })) for (const fact of block) facts.set(fact.row, fact)
  const wanted = rows.flatMap((row) => facts.get(row) ?? [])
  if (staged) return wanted.map((fact) => eventLine(fact.event, fact, false, context))
  const groups = groupsOf(
    ledger,
    wanted.map(({ event }) => event.id),
  )
  return overlay(ledger, wanted, { ...context, groups })
}

/** The lines of some events by stable id, those that stand behind others or gave way to work by hand too. */
export function anyLines(ledger: ReadableLedger, events: readonly string[]): EventRow[] {
  const rows = ledger.column<number>(
    `SELECT i.event_id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
     JOIN event e ON e.id = i.event_id JOIN batch b ON b.id = e.batch_id AND b.state = 'live'
     WHERE NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id AND h.reason = 'replaced') ORDER BY wanted.key`,
    JSON.stringify(events),
  )
  return eventLines(ledger, rows, viewContext(ledger))
}

/** The lines of some facts by stable id. */
export function eventLinesOf(ledger: ReadableLedger, events: readonly string[], context: ViewContext): EventRow[] {
  const facts = [...readFacts(ledger, { events })].flat()
  return overlay(ledger, facts, { ...context, groups: groupsOf(ledger, events) })
}

function overlay(ledger: ReadableLedger, facts: readonly StoredFact[], context: ViewContext): EventRow[] {
  const ids = facts.map(({ event }) => event.id as string)
  const matches = readAcceptedMatches(ledger, ids)
  const known = new Set(ids)
  const partners = matches
    .flatMap(({ outs, ins }) => [...outs, ...ins].map(({ event }) => event as string))
    .filter((event) => !known.has(event))
  const others = partners.length === 0 ? [] : [...readFacts(ledger, { events: [...new Set(partners)] })].flat()
  const decisions = readDecisions(ledger, [...ids, ...partners])
  const decided = new Set(decisions.flatMap((decision) => ('event' in decision ? [decision.event as string] : [])))
  const effective = effectiveEvents(
    [...facts, ...others].map(({ event }) => event),
    decisions,
    matches,
  )
  const byFact = new Map<string, LedgerEvent>()
  for (const event of effective) {
    const id = event.joined?.[0] ?? event.id
    if (!byFact.has(id)) byFact.set(id, event)
  }
  return facts.flatMap((fact) => {
    const event = byFact.get(fact.event.id)
    return event === undefined ? [] : [eventLine(event, fact, decided.has(fact.event.id), context)]
  })
}

function eventLine(event: LedgerEvent, fact: StoredFact, decided: boolean, context: ViewContext): EventRow {
  const { names, zone, batches } = context
  return {
    id: fact.event.id,
    time: event.time,
    precision: event.precision ?? 'millisecond',
    date: civilClock(zone).dateAt(event.time),
    timeText: fact.timeText ?? new Date(event.time).toISOString(),
    kind: event.kind,
    sourceKind: fact.sourceKind,
    accountNames: [...new Set(event.legs.map(({ account }) => names.account(account)))],
    legs: event.legs.map((leg, index) => legLine(leg, event, index, context)),
    note: event.note ?? '',
    batch: batches.get(fact.batch) ?? null,
    source: fact.source,
    decided,
    ignored: event.kind === 'ignored',
    open: [],
    joined: event.joined === undefined ? [] : [...event.joined],
    group: context.groups?.get(fact.event.id) ?? null,
  }
}

function legLine(leg: Leg, event: LedgerEvent, index: number, context: ViewContext): LegView {
  const { names } = context
  const { value, reason } = valueInWords(event, index, context)
  return {
    role: leg.role,
    account: leg.account,
    accountName: names.account(leg.account),
    asset: leg.asset,
    symbol: names.symbol(leg.asset),
    amount: formatAmount(leg.amount),
    value,
    valueReason: reason,
    included: leg.included === true || leg.withheld === true,
  }
}

const REASONS: Record<ValueReason, { readonly own: string; readonly other: string }> = {
  user: { own: 'your decision', other: 'your decision on the other side of the trade' },
  fiat: { own: 'home currency', other: 'the other side of the trade' },
  source: { own: 'stated by the source', other: 'stated by the source for the other side' },
  price: { own: 'price at the time', other: 'price of the other side' },
}

/** What a leg is worth by the records, the prices in force and the user's decisions, before any tax rule is applied. */
function valueInWords(event: LedgerEvent, index: number, { valuation, swapValue }: ViewContext): LegWords {
  const found = valuation.explain(event, index, swapValue)
  if (found.value === null) return { value: null, reason: null }
  return { value: formatMoney(found.value), reason: REASONS[found.reason][found.side] }
}

interface LegWords {
  readonly value: string | null
  readonly reason: string | null
}
