import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { BulkChange, HandEvent } from '../../shared/contract/hand.ts'
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import { accountKey } from '../intake/resolve-draft.ts'
import { addAccount } from '../ledger/accounts.ts'
import { addDecisions } from '../ledger/decisions.ts'
import { groupEvents, groupsOf, readGroups } from '../ledger/groups.ts'
import { HAND_SOURCE, type HandWork, handTies, workByHand } from '../ledger/hand.ts'
import { newestLive } from '../ledger/link-targets.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { completed, differenceText, merged, partsByAmount, sumsDifference } from './hand-parts.ts'
import { handWork, removalWork } from './hand-work.ts'
import { decidedFact, given, writtenEvent } from './hand-written.ts'
import { orDiskFull } from './intake-jobs.ts'
import type { BulkCall, Outcome } from './rule-book.ts'
import { conditionOf, mustHave } from './rule-views.ts'
import { effectView, orCancelled } from './rules-router.ts'
import { countOf } from './ruling.ts'
import type { Settling } from './settling.ts'

const hand = implement(engineContract).hand

/** Work by hand: events added, split, merged and grouped, and many changed at once. */
export function handRouter(engine: Engine, settling: Settling) {
  const settled = (work: HandWork) => {
    const { ledger } = engine.opened()
    const result = workByHand(ledger, work, person())
    if (result.status === 'refused' || result.status === 'plan-changed') throw failure('REFUSED', result.text)
    const done = engine.committed(orDiskFull(result))
    settling.start()
    return { act: String(done.act), revision: done.revision, events: work.events.map(({ id }) => id) }
  }
  const handMade = (id: string): HandEvent => {
    const event = writtenEvent(engine.opened().ledger, id)
    if (!id.startsWith(`${HAND_SOURCE}:`))
      throw failure(
        'REFUSED',
        'This event was read from a source and stays as it is. Decide upon it, split it, or ignore it.',
      )
    return event
  }
  const mustBeThere = (events: readonly string[]): void => {
    for (const id of events)
      if (newestLive(engine.opened().ledger, id) === undefined) throw failure('NOT_FOUND', `${id} is not in the books.`)
  }
  const think = (input: { target: BulkTarget; change: BulkChange }, withTax: boolean): Promise<Outcome> => {
    const { workers } = engine.opened()
    return orCancelled(workers.compute.calls().call('bulkChange', { ...bulkCall(engine, input), withTax }))
  }

  return hand.router({
    addAccount: hand.addAccount.handler(({ input }) => {
      const { ledger } = engine.opened()
      const key = accountKey(input.name)
      if (ledger.value<number>('SELECT 1 FROM account WHERE key = ? AND act_id IS NOT NULL', key) !== undefined)
        return { account: key, act: null, revision: ledger.revision() }
      const account = { key, name: input.name, kind: input.kind }
      const done = engine.committed(
        addAccount(ledger, account, { ...person(), summary: `add the account ${input.name}` }),
      )
      return { account: key, act: String(done.act), revision: done.revision }
    }),
    add: hand.add.handler(({ input }) => {
      const summary = `add ${countOf(input.events.length)} by hand`
      return settled(handWork(engine.opened().ledger, input.events, { title: 'Added by hand', summary }))
    }),
    written: hand.written.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({ revision: ledger.revision(), event: writtenEvent(ledger, input.event) }))
    }),
    copy: hand.copy.handler(({ input }) => {
      const { ledger } = engine.opened()
      const copy = { ...writtenEvent(ledger, input.event), ...given(input.change ?? {}) }
      const origins = (ids: readonly string[]) => ids.map((event) => ({ event, origin: input.event, replaces: false }))
      const work = handWork(ledger, [copy], { title: 'Copied by hand', summary: 'copy an event' }, origins)
      return settled({ ...work, countsByItself: true })
    }),
    edit: hand.edit.handler(({ input }) => {
      const { ledger } = engine.opened()
      const before = handMade(input.event)
      const to = { ...(input.to ?? before), ...given(input.change ?? {}) }
      if (canonicalJson(before) === canonicalJson(to)) throw failure('REFUSED', 'Nothing of it would change.')
      if (handTies(ledger, input.event).madeFrom.length > 0) {
        const difference = differenceText([before], [to])
        if (difference !== null)
          throw failure('REFUSED', `It is part of what a source says, and would move ${difference} more than that.`)
      }
      const words = { title: 'Changed by hand', summary: 'change an event that was added by hand' }
      return settled(handWork(ledger, [to], words, () => [], [input.event]))
    }),
    remove: hand.remove.handler(({ input }) => {
      handMade(input.event)
      const { ledger } = engine.opened()
      if (handTies(ledger, input.event).madeFrom.length > 0)
        throw failure('REFUSED', 'It is part of what a source says. Undo the act that made it.')
      const { event } = decidedFact(ledger, input.event)
      return settled(
        removalWork(ledger, event, { title: 'Removed by hand', summary: 'remove an event that was added by hand' }),
      )
    }),
    shares: hand.shares.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        parts: partsByAmount(divisible(writtenEvent(ledger, input.event)), input.amounts),
      }))
    }),
    split: hand.split.handler(({ input }) => {
      const { ledger } = engine.opened()
      const whole = divisible(writtenEvent(ledger, input.event))
      const parts = completed(whole, input.parts)
      const difference = differenceText([whole], parts) ?? sumsDifference([whole], parts)
      if (difference !== null)
        throw failure('REFUSED', `The parts must move what the event moves. They move ${difference} too much.`)
      const origins = (ids: readonly string[]) => ids.map((event) => ({ event, origin: input.event, replaces: true }))
      const summary = `split an event into ${parts.length}`
      return settled(handWork(ledger, parts, { title: 'Split by hand', summary }, origins))
    }),
    merge: hand.merge.handler(({ input }) => {
      const { ledger } = engine.opened()
      if (new Set(input.events).size < input.events.length) throw failure('REFUSED', 'An event is named twice.')
      const facts = input.events.map((id) => joinable(writtenEvent(ledger, id)))
      mustAgree(facts)
      const one = merged(facts, input.kind, input.note)
      const origins = ([event]: readonly string[]) =>
        input.events.map((origin) => ({ event: event ?? null, origin, replaces: true }))
      const summary = `merge ${countOf(facts.length)} into one`
      return settled(handWork(ledger, [one], { title: 'Merged by hand', summary }, origins))
    }),
    group: hand.group.handler(({ input }) => {
      mustBeThere(input.events)
      const { ledger } = engine.opened()
      const group = { id: randomUUID(), name: input.name }
      const summary = `group ${countOf(input.events.length)} as “${input.name}”`
      const done = engine.committed(groupEvents(ledger, input.events, group, { ...person(), summary }))
      return { act: String(done.act), revision: done.revision, events: input.events, group: group.id }
    }),
    ungroup: hand.ungroup.handler(({ input }) => {
      const { ledger } = engine.opened()
      const grouped = [...groupsOf(ledger, input.events).keys()]
      if (grouped.length === 0) throw failure('NOT_FOUND', 'None of these events is in a group.')
      const summary = `take ${countOf(grouped.length)} out of ${grouped.length === 1 ? 'its group' : 'their groups'}`
      const done = engine.committed(groupEvents(ledger, grouped, null, { ...person(), summary }))
      return { act: String(done.act), revision: done.revision, events: grouped }
    }),
    groups: hand.groups.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        groups: readGroups(ledger).map(({ id, name, events }) => ({ id, name, events: [...events] })),
      }))
    }),
    bulkPreview: hand.bulkPreview.handler(async ({ input }) => effectView(engine, await think(input, true))),
    bulkApply: hand.bulkApply.handler(async ({ input }) => {
      const outcome = await think(input, false)
      const { ledger } = engine.opened()
      if (outcome.changes !== input.changes || ledger.revision() !== outcome.revision)
        throw failure('PLAN_CHANGED', `Now it would change ${countOf(outcome.changes)}. Look at the new preview.`)
      if (outcome.changes === 0) throw failure('REFUSED', 'Nothing would change.')
      const decisions = outcome.decisions.map(({ decision }) => decision)
      const summary = `change ${countOf(outcome.changes)} at once`
      const done = engine.committed(addDecisions(ledger, decisions, { ...person(), summary }))
      settling.after(done)
      return { act: String(done.act), revision: done.revision, changed: outcome.changes }
    }),
  })
}

/** An event that can be cut: whose lots, plans and markers no part could have a share of. Throws REFUSED. */
function divisible(event: HandEvent): HandEvent {
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

interface BulkTarget {
  readonly events?: string[] | undefined
  readonly when?: Parameters<typeof conditionOf>[1] | undefined
  readonly filter?: NonNullable<BulkCall['filter']> | undefined
}

function bulkCall(
  engine: Engine,
  { target, change }: { target: BulkTarget; change: BulkChange },
): Omit<BulkCall, 'withTax'> {
  const { ledger } = engine.opened()
  const { events, when, filter } = target
  if (events === undefined && when === undefined && filter === undefined)
    throw failure('REFUSED', 'Say which events: by name, by a condition, or by a filter.')
  if (Object.values(change).every((value) => value === undefined)) throw failure('REFUSED', 'Say what is to change.')
  if (change.counterparty !== undefined) mustHave(ledger, 'account', change.counterparty)
  for (const what of ['account', 'asset'] as const) {
    const pair = change[what]
    if (pair === undefined) continue
    mustHave(ledger, what, pair.from)
    mustHave(ledger, what, pair.to)
  }
  return {
    events: events ?? null,
    when: when === undefined ? null : conditionOf(ledger, when),
    filter: filter ?? null,
    change,
  }
}
