/** What each piece of work by hand would write: the same plan for its preview and for doing it. */
import type { HandDeed, HandEvent } from '../../shared/contract/hand.ts'
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import { HAND_SOURCE, type HandWork, handTies } from '../ledger/hand.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readAcceptedMatches } from '../ledger/matches.ts'
import { visibleWhere } from '../ledger/visibility.ts'
import { failure } from './failure.ts'
import { completed, differenceText, merged, sumsDifference } from './hand-parts.ts'
import { handWork, removalWork } from './hand-work.ts'
import { decidedFact, given, wholeEvent, writtenEvent } from './hand-written.ts'
import { countOf } from './ruling.ts'

/** Work, and the events that it makes as they would be written. */
export interface PlannedWork {
  readonly work: HandWork
  readonly makes: readonly (HandEvent & { readonly id: string })[]
  /** Events that the new ones stand in for: their origins, or older versions of them. */
  readonly replaces: readonly string[]
}

/** Throws the contract's error, with the leg, the difference or the rule, where it cannot be. */
export function plannedWork(ledger: ReadableLedger, deed: HandDeed): PlannedWork {
  switch (deed.what) {
    case 'add': {
      const summary = `add ${countOf(deed.events.length)} by hand`
      return planned(deed.events, handWork(ledger, deed.events, { title: 'Added by hand', summary }))
    }
    case 'copy': {
      const copy = { ...wholeEvent(ledger, deed.event), ...given(deed.change ?? {}) }
      const origins = (ids: readonly string[]) => ids.map((event) => ({ event, origin: deed.event, replaces: false }))
      const work = handWork(ledger, [copy], { title: 'Copied by hand', summary: 'copy an event' }, origins)
      return planned([copy], { ...work, countsByItself: true })
    }
    case 'edit': {
      handMade(ledger, deed.event)
      const before = unpaired(ledger, deed.event)
      const to = { ...(deed.to ?? before), ...given(deed.change ?? {}) }
      if (canonicalJson(before) === canonicalJson(to)) throw failure('REFUSED', 'Nothing of it would change.')
      const difference = handTies(ledger, deed.event).madeFrom.length > 0 ? differenceText([before], [to]) : null
      if (difference !== null)
        throw failure('REFUSED', `It is part of what a source says, and would move ${difference} more than that.`)
      const words = { title: 'Changed by hand', summary: 'change an event that was added by hand' }
      return planned(
        [to],
        handWork(ledger, [to], words, () => [], [deed.event]),
        [deed.event],
      )
    }
    case 'remove': {
      handMade(ledger, deed.event)
      if (handTies(ledger, deed.event).madeFrom.length > 0)
        throw failure('REFUSED', 'It is part of what a source says. Undo the act that made it.')
      mustNotBeNamed(ledger, [deed.event])
      const { event } = decidedFact(ledger, deed.event)
      const words = { title: 'Removed by hand', summary: 'remove an event that was added by hand' }
      return planned([], removalWork(ledger, event, words), [deed.event])
    }
    case 'split': {
      mustNotBeNamed(ledger, [deed.event])
      const whole = divisible(ledger, deed.event)
      const parts = completed(whole, deed.parts)
      const difference = differenceText([whole], parts) ?? sumsDifference([whole], parts)
      if (difference !== null)
        throw failure('REFUSED', `The parts must move what the event moves. They move ${difference} too much.`)
      const origins = (ids: readonly string[]) => ids.map((event) => ({ event, origin: deed.event, replaces: true }))
      const words = { title: 'Split by hand', summary: `split an event into ${parts.length}` }
      return planned(parts, handWork(ledger, parts, words, origins), [deed.event])
    }
    case 'merge': {
      if (new Set(deed.events).size < deed.events.length) throw failure('REFUSED', 'An event is named twice.')
      mustNotBeNamed(ledger, deed.events)
      const facts = deed.events.map((id) => joinable(unpaired(ledger, id)))
      mustAgree(facts)
      const one = merged(facts, deed.kind, deed.note)
      const origins = ([event]: readonly string[]) =>
        deed.events.map((origin) => ({ event: event ?? null, origin, replaces: true }))
      const words = { title: 'Merged by hand', summary: `merge ${countOf(facts.length)} into one` }
      return planned([one], handWork(ledger, [one], words, origins), deed.events)
    }
  }
}

/** The events with the ids and the assets that the work gives them. */
const planned = (events: readonly HandEvent[], work: HandWork, replaces: readonly string[] = []): PlannedWork => ({
  work,
  replaces,
  makes: events.map((event, n) => {
    const made = work.events[n]
    const legs = event.legs.map((leg, at) => ({ ...leg, asset: made?.legs[at]?.asset ?? leg.asset }))
    return { ...event, legs, id: made?.id ?? '' }
  }),
})

function handMade(ledger: ReadableLedger, id: string): void {
  writtenEvent(ledger, id)
  if (id.startsWith(`${HAND_SOURCE}:`)) return
  throw failure(
    'REFUSED',
    'This event was read from a source and stays as it is. Decide upon it, split it, or ignore it.',
  )
}

/** Throws REFUSED where a disposal names lots of one of the events, which would be gone. */
function mustNotBeNamed(ledger: ReadableLedger, events: readonly string[]): void {
  const naming = ledger.column<string>(
    `WITH wanted (id) AS (SELECT value FROM json_each(?)), said (event, text) AS (
       SELECT d.event, d.body FROM decision d JOIN act a ON a.id = d.act_id AND a.live = 1
         WHERE d.kind = 'lots' AND NOT EXISTS (SELECT 1 FROM decision n JOIN act na ON na.id = n.act_id AND na.live = 1
           WHERE n.event = d.event AND n.kind = 'lots' AND n.id > d.id)
       UNION ALL SELECT e.stable_id, e.extra FROM event e WHERE e.extra IS NOT NULL AND ${visibleWhere(ledger)})
     SELECT s.event FROM said s, json_each(coalesce(json_extract(s.text, '$.lots'), '[]')) lot
     WHERE json_extract(lot.value, '$.event') IN (SELECT id FROM wanted) LIMIT 1`,
    JSON.stringify(events),
  )[0]
  if (naming === undefined) return
  throw failure('REFUSED', `${naming} names lots of this event, which would be gone. Name other lots there first.`)
}

/** An event that is no half of an accepted transfer. Throws REFUSED. */
function unpaired(ledger: ReadableLedger, id: string): HandEvent {
  if (readAcceptedMatches(ledger, [id]).length === 0) return writtenEvent(ledger, id)
  throw failure('REFUSED', `${id} is half of an accepted transfer. Reject that pair first.`)
}

/** An event that can be cut: whose lots, plans and markers no part could have a share of. Throws REFUSED. */
export function divisible(ledger: ReadableLedger, id: string): HandEvent {
  const event = unpaired(ledger, id)
  if (event.special === undefined) return event
  throw failure(
    'REFUSED',
    `This event says more than what moved (${Object.keys(event.special).join(', ')}), and parts of it could not. Copy it, or decide upon it.`,
  )
}

/** An event that can become part of another: it names lots at most beside what moved. Throws REFUSED. */
function joinable(event: HandEvent): HandEvent {
  const { lots: _, ...rest } = event.special ?? {}
  if (Object.keys(rest).length === 0) return event
  throw failure(
    'REFUSED',
    `One of these events says more than what moved (${Object.keys(rest).join(', ')}), which one event of all of them could not.`,
  )
}

/** Throws REFUSED where events are of several protocols, to which positions may be scoped. */
function mustAgree(events: readonly HandEvent[]): void {
  const protocols = [...new Set(events.flatMap(({ protocol = [] }) => protocol))]
  if (protocols.length > 1)
    throw failure('REFUSED', `These events are of several protocols (${protocols.join(', ')}), one event is of one.`)
}
