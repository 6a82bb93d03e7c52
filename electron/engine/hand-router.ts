import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { BulkChange, HandEvent } from '../../shared/contract/hand.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import { accountKey } from '../intake/resolve-draft.ts'
import { addAccount } from '../ledger/accounts.ts'
import { addDecisions } from '../ledger/decisions.ts'
import { groupEvents, groupsOf, readGroups } from '../ledger/groups.ts'
import { HAND_SOURCE, type HandWork, handTies, workByHand } from '../ledger/hand.ts'
import { newestLive } from '../ledger/link-targets.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { asWritten, decidedFact, differenceText, handWork, merged, removalWork } from './hand-work.ts'
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
  const handMade = (id: string): LedgerEvent => {
    const fact = decidedFact(engine.opened().ledger, id)
    if (!id.startsWith(`${HAND_SOURCE}:`))
      throw failure(
        'REFUSED',
        'This event was read from a source and stays as it is. Decide upon it, split it, or ignore it.',
      )
    return fact
  }
  const plain = (event: LedgerEvent): HandEvent => {
    const special = SPECIAL_MEMBERS.find((member) => event[member] !== undefined)
    if (special !== undefined || event.legs.some(({ carry, pool }) => carry !== undefined || pool === true))
      throw failure(
        'REFUSED',
        'This event names lots, a plan, a pool or the basis of a giver, which events made of it could not carry.',
      )
    return asWritten(event)
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
    copy: hand.copy.handler(({ input }) => {
      const { ledger } = engine.opened()
      const { change = {} } = input
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const copy = { ...plain(decidedFact(ledger, input.event)), ...given }
      const origins = (ids: readonly string[]) => ids.map((event) => ({ event, origin: input.event, replaces: false }))
      return settled(handWork(ledger, [copy], { title: 'Copied by hand', summary: 'copy an event' }, origins))
    }),
    edit: hand.edit.handler(({ input }) => {
      const { ledger } = engine.opened()
      const before = asWritten(handMade(input.event))
      if (JSON.stringify(before) === JSON.stringify(input.to)) throw failure('REFUSED', 'Nothing of it would change.')
      if (handTies(ledger, input.event).madeFrom.length > 0) {
        const difference = differenceText([before], [input.to])
        if (difference !== null)
          throw failure('REFUSED', `It is part of what a source says, and would move ${difference} more than that.`)
      }
      const words = { title: 'Changed by hand', summary: 'change an event that was added by hand' }
      return settled(handWork(ledger, [input.to], words, () => [], [input.event]))
    }),
    remove: hand.remove.handler(({ input }) => {
      const fact = handMade(input.event)
      const { ledger } = engine.opened()
      if (handTies(ledger, input.event).madeFrom.length > 0)
        throw failure('REFUSED', 'It is part of what a source says. Undo the act that made it.')
      return settled(
        removalWork(ledger, fact, { title: 'Removed by hand', summary: 'remove an event that was added by hand' }),
      )
    }),
    split: hand.split.handler(({ input }) => {
      const { ledger } = engine.opened()
      const whole = plain(decidedFact(ledger, input.event))
      const difference = differenceText([whole], input.parts)
      if (difference !== null)
        throw failure('REFUSED', `The parts must move what the event moves. They move ${difference} too much.`)
      const origins = (ids: readonly string[]) => ids.map((event) => ({ event, origin: input.event, replaces: true }))
      const summary = `split an event into ${input.parts.length}`
      return settled(handWork(ledger, input.parts, { title: 'Split by hand', summary }, origins))
    }),
    merge: hand.merge.handler(({ input }) => {
      const { ledger } = engine.opened()
      if (new Set(input.events).size < input.events.length) throw failure('REFUSED', 'An event is named twice.')
      const facts = input.events.map((id) => plain(decidedFact(ledger, id)))
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

/** What an event by hand cannot say. */
const SPECIAL_MEMBERS = [
  'lots',
  'allocations',
  'method',
  'plan',
  'portfolioValue',
  'parent',
  'jurisdiction',
  'completed',
] as const satisfies readonly (keyof LedgerEvent)[]

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
