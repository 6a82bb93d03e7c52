import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { BulkChange, HandDeed } from '../../shared/contract/hand.ts'
import { accountKey } from '../intake/resolve-draft.ts'
import { addAccount } from '../ledger/accounts.ts'
import { addDecisions } from '../ledger/decisions.ts'
import { groupEvents, groupsOf, readGroups } from '../ledger/groups.ts'
import { workByHand } from '../ledger/hand.ts'
import { newestLive } from '../ledger/link-targets.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { partsByAmount } from './hand-parts.ts'
import { divisible, plannedWork } from './hand-plan.ts'
import { wholeEvent } from './hand-written.ts'
import { orDiskFull } from './intake-jobs.ts'
import type { BulkCall, Outcome } from './rule-book.ts'
import { conditionOf, mustHave } from './rule-views.ts'
import { effectView, orCancelled } from './rules-router.ts'
import { countOf } from './ruling.ts'
import type { Settling } from './settling.ts'
import type { TaxReads } from './tax-reads.ts'

const hand = implement(engineContract).hand
/** So often a bulk change is worked out anew because the books have moved, before the person is asked to look again. */
const THINK_AGAIN = 3

/** Work by hand: events added, split, merged and grouped, and many changed at once. */
export function handRouter(engine: Engine, settling: Settling, tax: TaxReads) {
  const done = (deed: HandDeed) => {
    const { ledger } = engine.opened()
    const { work } = plannedWork(ledger, deed)
    const result = workByHand(ledger, work, person())
    if (result.status === 'refused' || result.status === 'plan-changed') throw failure('REFUSED', result.text)
    const committed = engine.committed(orDiskFull(result))
    settling.start()
    return { act: String(committed.act), revision: committed.revision, events: work.events.map(({ id }) => id) }
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
    written: hand.written.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({ revision: ledger.revision(), event: wholeEvent(ledger, input.event) }))
    }),
    shares: hand.shares.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        parts: partsByAmount(divisible(ledger, input.event), input.amounts),
      }))
    }),
    preview: hand.preview.handler(async ({ input }) => {
      const { ledger } = engine.opened()
      const { makes, replaces } = ledger.snapshot(() => plannedWork(ledger, input))
      const effect = await tax.read('workEffect', { makes, replaces })
      return { ...effect, makes: [...makes], replaces: [...replaces] }
    }),
    add: hand.add.handler(({ input }) => done({ what: 'add', ...input })),
    copy: hand.copy.handler(({ input }) => done({ what: 'copy', ...input })),
    edit: hand.edit.handler(({ input }) => done({ what: 'edit', ...input })),
    remove: hand.remove.handler(({ input }) => done({ what: 'remove', ...input })),
    split: hand.split.handler(({ input }) => done({ what: 'split', ...input })),
    merge: hand.merge.handler(({ input }) => done({ what: 'merge', ...input })),
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
      let outcome = await think(input, false)
      // The books may move while it is worked out: by what is matched in the background, or in another window.
      for (let again = 0; again < THINK_AGAIN && engine.opened().ledger.revision() !== outcome.revision; again++)
        outcome = await think(input, false)
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
