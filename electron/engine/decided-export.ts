/** What a document of our books says beside its events. Runs in the compute worker. */
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import { applyDecisions } from '../../shared/events/decide-event.ts'
import type { Decision, MovementRef } from '../../shared/events/decision.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import type { EventId } from '../../shared/events/identifiers.ts'
import type {
  Decided,
  JudgedJoin,
  JudgedLink,
  JudgedPair,
  Settled,
  Told,
} from '../../shared/events/interchange-decided.ts'
import { eventMembers } from '../../shared/events/interchange-writer.ts'
import { rulesReady, type Standings, standingsOf } from '../../shared/rules/apply-rules.ts'
import type { Writable } from '../../shared/sources/source-format.ts'
import { readAnswers } from '../ledger/asset-answers.ts'
import { readDecisions } from '../ledger/decisions.ts'
import { readExcuses } from '../ledger/excuses.ts'
import { readFacts, type StoredFact } from '../ledger/facts.ts'
import { readGroups } from '../ledger/groups.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { newestLive } from '../ledger/link-targets.ts'
import { everJudged, type Proposal, readProposals, readVerdicts } from '../ledger/matches.ts'
import { readRules, SPAM_RULE } from '../ledger/rules.ts'
import { answerEntryOf } from './answer-entry.ts'
import { legPlaces } from './legs-left.ts'
import { surroundings } from './rule-book.ts'
import { conditionView } from './rule-views.ts'

type Beside = { readonly told?: readonly Told[]; readonly decided?: Decided }

/** The decisions that rules, too, may make; the others show in the event itself. */
const STANDING: ReadonlySet<Decision['what']> = new Set(['kind', 'ignore', 'unignore', 'note', 'withdraw'])

/** @param events the effective events of the ledger, which the document lists */
export function besideEvents(ledger: ReadableLedger, events: readonly LedgerEvent[]): Beside {
  const decisions = Map.groupBy(
    readDecisions(ledger).filter((one) => 'event' in one),
    (one) => ('event' in one ? one.event : ''),
  )
  const byId = new Map(events.map((event) => [event.id as string, event]))
  const joined = new Map(events.flatMap((event) => (event.joined ?? []).map((half) => [half as string, event])))
  const told = new Map<string, Writable<Told>>()
  const settled = new Map<string, Writable<Settled>>()
  const legs = new Map<string, readonly number[]>()
  for (const block of readFacts(ledger))
    for (const fact of block) {
      const { id } = fact.event
      const own = decisions.get(id) ?? []
      const whole = joined.get(id)
      if (whole !== undefined) tellHalf(told, whole, fact)
      const event = byId.get(id)
      if (event === undefined || event.joined !== undefined) continue
      const said = toldBy(event.id, fact)
      if (said !== null) told.set(id, said)
      const here = settledOn(event, fact.event, own)
      if (here !== null) settled.set(id, here)
      if (whole !== undefined) legs.set(id, legPlaces(applyDecisions(fact.event, own), event))
    }
  keepFromRules(ledger, events, told, settled)
  const movement = ({ event, leg }: MovementRef): MovementRef | null => {
    const there = byId.get(event)
    const at = legs.get(event)?.indexOf(leg) ?? leg
    return there === undefined || there.joined !== undefined || at < 0 ? null : { event, leg: at }
  }
  const judged = everJudged(ledger)
  const decided = nonEmpty({
    settled: [...settled.values()].sort(byEvent),
    apart: pairs(readVerdicts(ledger, { verdict: 'rejected' }), (ref) => movement(ref) ?? goneFrom(ledger, ref)).filter(
      ({ outs, ins }) => [...outs, ...ins].some(({ event }) => byId.has(event)),
    ),
    waiting: pairs(
      readProposals(ledger, { grade: 'certain' }).filter(({ id }) => judged.has(id)),
      movement,
    ),
    links: linkVerdicts(ledger),
    joins: transactionVerdicts(ledger),
    groups: readGroups(ledger)
      .flatMap(({ name, events: members }) => {
        const there = members.flatMap((id) => byId.get(id)?.id ?? joined.get(id)?.id ?? [])
        return there.length === 0 ? [] : [{ name, events: [...new Set(there)].sort() }]
      })
      .sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)),
    rules: readRules(ledger).flatMap(({ id, name, position, enabled, builtIn, when, effect }) =>
      builtIn && enabled ? [] : [{ id, name, position, enabled, when: conditionView(when), effect }],
    ),
    symbols: readAnswers(ledger).map(answerEntryOf),
    excuses: readExcuses(ledger)
      .map(({ account, from, to, why, note }) => ({ account, from, to, why, note }))
      .sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)),
  })
  return {
    ...(told.size === 0 ? {} : { told: [...told.values()].sort(byEvent) }),
    ...(Object.keys(decided).length === 0 ? {} : { decided }),
  }
}

const byEvent = (a: { readonly event: string }, b: { readonly event: string }): number => (a.event < b.event ? -1 : 1)

function nonEmpty(decided: Decided): Decided {
  return Object.fromEntries(Object.entries(decided).filter(([, list]) => list.length > 0))
}

function toldBy(event: EventId, fact: StoredFact): Told | null {
  const { sourceKind, fromAddress: from, toAddress: to, counterparty } = fact
  const said = Object.fromEntries(
    Object.entries({ sourceKind, from, to, counterparty }).filter(([, text]) => text !== null && text !== ''),
  )
  return Object.keys(said).length === 0 ? null : { event, ...said }
}

/** A joined transfer left from where its out says, and came to where its in says. */
function tellHalf(told: Map<string, Writable<Told>>, whole: LedgerEvent, fact: StoredFact): void {
  const said = toldBy(whole.id, fact)
  if (said === null) return
  const isOut = whole.joined?.[0] === fact.event.id
  const { from, to, ...rest } = said
  const before = told.get(whole.id)
  const half = isOut
    ? { ...rest, ...(from === undefined ? {} : { from }) }
    : { event: whole.id, ...(to === undefined ? {} : { to }) }
  const both = { ...before, ...half }
  if (Object.keys(both).length > 1) told.set(whole.id, both)
}

/** What stands decided on an event that is in the document as decided, and what it was without. */
function settledOn(event: LedgerEvent, fact: LedgerEvent, own: readonly Decision[]): Writable<Settled> | null {
  const standings = standingsOf(own.map((decision) => ({ rule: null, decision })))
  const { kind, ignore, note } = standings
  const alone = standings.counterparty?.value === '' ? { counterparty: '' as const } : {}
  if (kind === undefined && ignore === undefined && note === undefined)
    return 'counterparty' in alone ? { event: event.id, ...alone } : null
  const bare = applyDecisions(
    fact,
    own.filter((one) => !STANDING.has(one.what) || (one.what === 'withdraw' && one.of === 'counterparty')),
  )
  const isLeftOut = ignore !== undefined && ignore.value !== ''
  const { note: bareNote, ...unnoted } = bare
  const said = note === undefined ? bareNote : note.value === '' ? undefined : note.value
  const rebuilt = {
    ...unnoted,
    kind: isLeftOut ? ('ignored' as const) : ((kind?.value ?? bare.kind) as LedgerEvent['kind']),
    ...(said === undefined ? {} : { note: said }),
  }
  const isSame = canonicalJson(eventMembers(rebuilt)) === canonicalJson(eventMembers(event))
  // Where the order of decisions matters, the event comes as it is decided.
  if (!isSame) return { event: event.id, kind: event.kind, note: event.note ?? '', ...alone }
  const was = {
    ...(bare.kind === event.kind ? {} : { kind: bare.kind }),
    ...(note === undefined || (bare.note ?? '') === note.value ? {} : { note: bare.note ?? '' }),
  }
  return {
    event: event.id,
    ...(kind === undefined ? {} : { kind: kind.value as LedgerEvent['kind'] }),
    ...(ignore === undefined ? {} : { ignore: ignore.value }),
    ...(note === undefined ? {} : { note: note.value }),
    ...alone,
    ...(Object.keys(was).length === 0 ? {} : { was }),
  }
}

/**
 * The rules would look at the document's events anew: what they would make of one that it is not (a person took it back,
 * or the rule asks for a source that the event no longer has) is settled as it is.
 */
function keepFromRules(
  ledger: ReadableLedger,
  events: readonly LedgerEvent[],
  told: ReadonlyMap<string, Told>,
  settled: Map<string, Writable<Settled>>,
): void {
  const rules = [SPAM_RULE, ...readRules(ledger).filter(({ builtIn }) => !builtIn)]
  const ready = rulesReady(rules, surroundings(ledger))
  for (const event of events) {
    const said = told.get(event.id)
    const here = settled.get(event.id)
    const staged = { ...event, kind: here?.was?.kind ?? event.kind, note: here?.was?.note ?? event.note ?? '' }
    const subject = {
      event: staged,
      source: DOCUMENT,
      sourceKind: said?.sourceKind ?? null,
      toAddress: said?.to ?? null,
      fromAddress: said?.from ?? null,
      counterparty: said?.counterparty ?? null,
    }
    for (const { decision } of ready(subject, standingsIn(here)).decisions) {
      const one = settled.get(event.id) ?? { event: event.id }
      if (decision.what === 'kind') one.kind = event.kind
      else if (decision.what === 'note') one.note = event.note ?? ''
      else if (decision.what === 'ignore') one.ignore = ''
      else if (decision.what === 'counterparty') one.counterparty = ''
      else continue
      settled.set(event.id, one)
    }
  }
}

const DOCUMENT = 'tallystick'

function standingsIn(settled: Settled | undefined): Standings {
  const by = (value: string) => ({ by: 'person' as const, rule: '', value })
  return {
    ...(settled?.kind === undefined ? {} : { kind: by(settled.kind) }),
    ...(settled?.ignore === undefined ? {} : { ignore: by(settled.ignore) }),
    ...(settled?.note === undefined ? {} : { note: by(settled.note) }),
    ...(settled?.counterparty === undefined ? {} : { counterparty: by(settled.counterparty) }),
  }
}

function pairs(list: readonly Proposal[], movement: (ref: MovementRef) => MovementRef | null): JudgedPair[] {
  return list
    .flatMap(({ outs, ins, kind, grade, reason }): JudgedPair[] => {
      const sides = [outs.map(movement), ins.map(movement)] as const
      if (sides.some((refs) => refs.includes(null))) return []
      return [{ outs: sides[0] as MovementRef[], ins: sides[1] as MovementRef[], kind, grade, reason }]
    })
    .sort((a, b) => (pairText(a) < pairText(b) ? -1 : 1))
}

/** A movement of an event whose import was taken back: a pair that was rejected stays so when it is there again. */
const goneFrom = (ledger: ReadableLedger, ref: MovementRef): MovementRef | null =>
  newestLive(ledger, ref.event) === undefined ? { event: ref.event, leg: ref.leg } : null

const pairText = ({ outs, ins }: JudgedPair): string => JSON.stringify([outs, ins])

/** Verdicts on links in force: of several on one link the newest act's. */
const linkVerdicts = (ledger: ReadableLedger): JudgedLink[] =>
  ledger.rows<JudgedLink>(
    `SELECT v.key, v.event, v.fact, v.verdict, v.grade, v.reason FROM link_verdict v JOIN act a ON a.id = v.act_id AND a.live = 1
     WHERE NOT EXISTS (SELECT 1 FROM link_verdict n JOIN act na ON na.id = n.act_id AND na.live = 1
       WHERE n.key = v.key AND n.act_id > v.act_id)
     ORDER BY v.key, v.id`,
  )

/** What was said last of transactions that several records tell of. */
const transactionVerdicts = (ledger: ReadableLedger): JudgedJoin[] =>
  ledger.rows<JudgedJoin>(
    `SELECT v.key, v.verdict, v.reason FROM join_verdict v JOIN act a ON a.id = v.act_id AND a.live = 1
     WHERE NOT EXISTS (SELECT 1 FROM join_verdict n JOIN act na ON na.id = n.act_id AND na.live = 1
       WHERE n.key = v.key AND n.id > v.id)
     ORDER BY v.key`,
  )
