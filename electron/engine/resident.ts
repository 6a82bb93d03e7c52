/** The effective events of the open ledger, kept in memory between computations and brought up to date by what changed. Runs in the compute worker. */

import type { ProfileSettings } from '../../shared/contract/session.ts'
import type { Account, Asset } from '../../shared/events/account.ts'
import { effectiveEvents } from '../../shared/events/effective-events.ts'
import { compareEvents, inEngineOrder } from '../../shared/events/engine-order.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import type { BrokerForm, Prices, Profile } from '../../shared/events/interchange-types.ts'
import { readAccounts, readAssets } from '../ledger/accounts.ts'
import { readBrokerForms } from '../ledger/broker-forms.ts'
import { changesSince } from '../ledger/changes.ts'
import { readDecisions } from '../ledger/decisions.ts'
import { readFacts } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readAcceptedMatches } from '../ledger/matches.ts'
import { readPrices } from '../ledger/prices.ts'
import { ratesMark } from '../ledger/stated-money.ts'
import { allocationEvents, type Choices, profileUnder, readChoices } from './choices.ts'
import type { JobSignal } from './job-signal.ts'
import { readProfileSettings } from './profile.ts'

/** What brought the resident events up to date: which effective events went and which came. `all`: everything was read anew. */
export type Refreshed =
  | { readonly kind: 'same' }
  | { readonly kind: 'all' }
  | {
      readonly kind: 'some'
      readonly removed: readonly LedgerEvent[]
      readonly added: readonly LedgerEvent[]
      /** The profile, accounts, assets or prices are not what they were. */
      readonly settings: boolean
    }

export interface Books {
  readonly revision: number
  readonly settings: ProfileSettings
  readonly choices: Choices
  readonly profile: Profile
  /** Plans for the changeover that were recorded in the app: events beside those of the facts. */
  readonly plans: readonly LedgerEvent[]
  readonly accounts: readonly Account[]
  readonly assets: readonly Asset[]
  readonly prices: Prices
  readonly brokerForms: readonly BrokerForm[]
}

export interface Resident {
  /** Reads what changed since the last call. Give it a snapshot's ledger. */
  refresh(signal: JobSignal): Refreshed
  books(): Books
  /** The effective events in engine order. */
  events(): readonly LedgerEvent[]
  /** The effective event that a fact or an effective event of this id is part of. */
  find(id: string): LedgerEvent | null
  /** The effective events as they would be with these matches accepted as well. */
  withMatches(matches: Parameters<typeof effectiveEvents>[2]): LedgerEvent[]
  /** The effective events as they would be with these decisions as well. */
  withDecisions(decisions: Parameters<typeof effectiveEvents>[1]): LedgerEvent[]
  /** The effective events as they would be if these facts stood behind others. */
  without(facts: readonly string[]): LedgerEvent[]
  /** The effective events as they would be with these facts as well, and without those. */
  withWork(made: readonly LedgerEvent[], gone: readonly string[]): LedgerEvent[]
}

export function createResident(ledger: ReadableLedger): Resident {
  let revision = -1
  let sorted: LedgerEvent[] = []
  /** Changes not yet worked into `sorted`: a decision needs its partition only, not the list of all. */
  let leaving = new Set<LedgerEvent>()
  let coming = new Set<LedgerEvent>()
  let byId = new Map<string, LedgerEvent>()
  /** For halves of matches: the effective events they became. */
  let halves = new Map<string, LedgerEvent[]>()
  let around: Omit<Books, 'revision'> | null = null
  let rates = ''

  const readAround = () => {
    const settings = readProfileSettings(ledger)
    const choices = readChoices(ledger)
    const accounts = readAccounts(ledger).map(plainAccount)
    const assets = readAssets(ledger)
    const read = profileUnder(settings, choices, accounts, assets)
    if (!read.ok) throw new Error(`the profile in the ledger cannot be read: ${read.problems[0]}`)
    const plans = allocationEvents(choices.allocations)
    around = {
      settings,
      choices,
      profile: read.profile,
      plans,
      accounts,
      assets,
      prices: readPrices(ledger),
      brokerForms: readBrokerForms(ledger),
    }
  }
  /** What an act decides of an event may be the first to name an account or asset, or the last. */
  const isNamedAnew = (): boolean =>
    around !== null &&
    JSON.stringify([around.accounts, around.assets]) !==
      JSON.stringify([readAccounts(ledger).map(plainAccount), readAssets(ledger)])
  const index = (event: LedgerEvent) => {
    byId.set(event.id, event)
    for (const id of event.joined ?? []) {
      const list = halves.get(id)
      if (list === undefined) halves.set(id, [event])
      else list.push(event)
    }
  }
  const readAll = (signal: JobSignal) => {
    const facts: LedgerEvent[] = []
    const total = ledger.value<number>(`SELECT coalesce(sum(events), 0) FROM batch WHERE state = 'live'`) ?? 0
    for (const block of readFacts(ledger)) {
      signal.check()
      for (const { event } of block) facts.push(event)
      signal.progress(facts.length, Math.max(total, facts.length))
    }
    sorted = effectiveEvents(facts, readDecisions(ledger), readAcceptedMatches(ledger))
    leaving = new Set()
    coming = new Set()
    byId = new Map()
    halves = new Map()
    for (const event of sorted) index(event)
  }
  const events = (): readonly LedgerEvent[] => {
    if (leaving.size > 0 || coming.size > 0) sorted = replaceEvents(sorted, leaving, [...coming])
    leaving = new Set()
    coming = new Set()
    return sorted
  }
  /** All facts that a change of some can reach: partners of matches, before and after. */
  const reach = (changed: readonly string[]): string[] => {
    const reached = new Set(changed)
    const queue = [...changed]
    while (queue.length > 0) {
      const step = queue.splice(0)
      const members = [
        ...step.flatMap((id) => (halves.get(id) ?? []).flatMap((event) => event.joined ?? [])),
        ...readAcceptedMatches(ledger, step).flatMap(({ outs, ins }) => [...outs, ...ins].map(({ event }) => event)),
      ]
      for (const member of members) {
        if (reached.has(member)) continue
        reached.add(member)
        queue.push(member)
      }
    }
    return [...reached]
  }
  /** All events with some changed by what is only thought of. */
  const thoughtOf = (
    changed: readonly string[],
    decisions: Parameters<typeof effectiveEvents>[1],
    matches: Parameters<typeof effectiveEvents>[2],
    gone: ReadonlySet<string> = new Set(),
    made: readonly LedgerEvent[] = [],
  ): LedgerEvent[] => {
    const reached = reach(changed)
    const removed = new Set<LedgerEvent>()
    for (const id of reached) {
      for (const event of halves.get(id) ?? []) removed.add(event)
      const own = byId.get(id)
      if (own !== undefined) removed.add(own)
    }
    const kept = reached.filter((id) => !gone.has(id))
    const facts = [...[...readFacts(ledger, { events: kept })].flat().map(({ event }) => event), ...made]
    const added = effectiveEvents(
      facts,
      [...readDecisions(ledger, reached), ...decisions],
      [...readAcceptedMatches(ledger, reached), ...matches],
    )
    return replaceEvents(events(), removed, added)
  }
  const readSome = (changed: readonly string[]) => {
    const ids = reach(changed)
    const removed = new Set<LedgerEvent>()
    for (const id of ids) {
      for (const event of halves.get(id) ?? []) removed.add(event)
      const own = byId.get(id)
      if (own !== undefined) removed.add(own)
    }
    const facts = [...readFacts(ledger, { events: ids })].flat().map(({ event }) => event)
    const added = effectiveEvents(facts, readDecisions(ledger, ids), readAcceptedMatches(ledger, ids))
    for (const event of removed) {
      byId.delete(event.id)
      for (const id of event.joined ?? []) halves.delete(id)
    }
    for (const event of removed) if (!coming.delete(event)) leaving.add(event)
    for (const event of added) {
      coming.add(event)
      index(event)
    }
    return { removed: [...removed], added }
  }

  return {
    refresh(signal) {
      const changes = changesSince(ledger, revision)
      if (changes.revision === revision) return { kind: 'same' }
      const first = revision < 0
      const isChanged = first || changes.profile || changes.accounts || changes.assets || changes.prices
      const settings = isChanged || (changes.events.length > 0 && isNamedAnew())
      if (settings) readAround()
      const ratesBefore = rates
      if (first || changes.profile || changes.prices || changes.assets) rates = ratesMark(ledger)
      if (first || changes.all || rates !== ratesBefore) {
        readAll(signal)
        revision = changes.revision
        return { kind: 'all' }
      }
      const { removed, added } = changes.events.length === 0 ? { removed: [], added: [] } : readSome(changes.events)
      revision = changes.revision
      return { kind: 'some', removed, added, settings }
    },
    books() {
      if (around === null) throw new Error('the books were not read yet')
      return { ...around, revision }
    },
    events() {
      return events()
    },
    find: (id) => byId.get(id) ?? halves.get(id)?.[0] ?? null,
    withMatches: (matches) =>
      thoughtOf(
        [...new Set(matches.flatMap(({ outs, ins }) => [...outs, ...ins].map(({ event }) => event)))],
        [],
        matches,
      ),
    withDecisions: (decisions) =>
      thoughtOf([...new Set(decisions.flatMap((one) => ('event' in one ? [one.event] : [])))], decisions, []),
    withWork: (made, gone) => thoughtOf([...gone, ...made.map(({ id }) => id)], [], [], new Set(gone), made),
    without: (facts) => thoughtOf(facts, [], [], new Set(facts)),
  }
}

/** An account as the domain knows it, without what the ledger counts about it. */
export const plainAccount = ({ id, name, kind, group, owner, business }: Account): Account => ({
  id,
  name,
  kind,
  ...(group === undefined ? {} : { group }),
  ...(owner === undefined ? {} : { owner }),
  ...(business === undefined ? {} : { business }),
})

/** The sorted events without some and with others, still in engine order. */
function replaceEvents(
  events: readonly LedgerEvent[],
  removed: ReadonlySet<LedgerEvent>,
  added: readonly LedgerEvent[],
): LedgerEvent[] {
  if (removed.size === 0 && added.length === 0) return [...events]
  const next: LedgerEvent[] = []
  const coming = [...added].sort(compareEvents)
  let at = 0
  for (const event of events) {
    if (removed.has(event)) continue
    for (let one = coming[at]; one !== undefined && compareEvents(one, event) < 0; one = coming[++at]) next.push(one)
    next.push(event)
  }
  for (; at < coming.length; at++) next.push(coming[at] as LedgerEvent)
  return inEngineOrder(next)
}
