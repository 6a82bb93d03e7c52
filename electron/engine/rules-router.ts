import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { ChangeEffect, RuleConditionView, RuleEffectView } from '../../shared/contract/rules.ts'
import type { Rule } from '../../shared/rules/rule.ts'
import type { Committed } from '../ledger/commit.ts'
import { caughtBy, countCaught, readRules } from '../ledger/rules.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { Cancelled } from './job-signal.ts'
import type { Matching } from './matching.ts'
import type { Outcome } from './rule-book.ts'
import { conditionOf, effectOf, ruleViews } from './rule-views.ts'
import type { Ruling } from './ruling.ts'

const rules = implement(engineContract).rules

interface Draft {
  readonly id?: string | undefined
  readonly name: string
  readonly when: RuleConditionView
  readonly effect: RuleEffectView
  readonly enabled: boolean
  readonly position?: number | undefined
}

/** What a change would do, as the contract shows it. */
export async function effectView(engine: Engine, outcome: Outcome): Promise<ChangeEffect> {
  const { workers } = engine.opened()
  const sample = await workers.read.calls().call('lines', { events: outcome.sample })
  const { revision, fits, changes, kept, tax } = outcome
  return { revision, fits, changes, kept, sample, tax }
}

/** What a worker's read may meet, as the contract's errors. */
export async function orCancelled<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof Cancelled ? failure('CANCELLED') : error
  }
}

/** Rules, from general to special, over past and future. */
export function rulesRouter(engine: Engine, ruling: Ruling, matching: Matching) {
  const found = (id: string): Rule => {
    const rule = readRules(engine.opened().ledger).find((one) => one.id === id)
    if (rule === undefined) throw failure('NOT_FOUND', 'There is no such rule in this ledger.')
    return rule
  }
  /** The rules as they would be with the draft at its place; positions count from 1, the program's own stands at 0. */
  const withDraft = (draft: Draft): { readonly rule: Rule; readonly all: readonly Rule[] } => {
    const { ledger } = engine.opened()
    const old = draft.id === undefined ? null : found(draft.id)
    const others = readRules(ledger).filter(({ id }) => id !== draft.id)
    const when = conditionOf(ledger, draft.when)
    if (old?.builtIn === true) {
      const rule = { ...old, enabled: draft.enabled }
      return { rule, all: [rule, ...others] }
    }
    const rule: Rule = {
      id: draft.id ?? randomUUID(),
      name: draft.name,
      position: 0,
      enabled: draft.enabled,
      builtIn: false,
      when,
      effect: effectOf(ledger, draft.effect),
    }
    const own = others.filter(({ builtIn }) => !builtIn)
    const place = Math.min(draft.position ?? (old === null ? own.length : Math.max(0, old.position - 1)), own.length)
    const ordered = numbered([...own.slice(0, place), rule, ...own.slice(place)])
    return {
      rule: ordered[place] as Rule,
      all: [...others.filter(({ builtIn }) => builtIn), ...ordered],
    }
  }
  const answer = (done: Committed<{ readonly decisions: number }>) => {
    matching.proposeAfter(done)
    return { act: String(done.act), revision: done.revision, changed: done.value.decisions }
  }
  const moved = (all: readonly Rule[]): Rule[] => {
    const before = new Map(readRules(engine.opened().ledger).map((rule) => [rule.id, JSON.stringify(rule, text)]))
    return all.filter((rule) => before.get(rule.id) !== JSON.stringify(rule, text))
  }

  return rules.router({
    list: rules.list.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({ revision: ledger.revision(), rules: ruleViews(ledger, readRules(ledger)) }))
    }),
    preview: rules.preview.handler(async ({ input }) => {
      const { rule, all } = withDraft(input)
      return effectView(engine, await orCancelled(ruling.think(all, rule.id, true)))
    }),
    save: rules.save.handler(async ({ input }) => {
      const { rule, all } = withDraft(input)
      const summary = `${input.id === undefined ? 'add' : 'change'} the rule “${rule.name}”`
      return { ...answer(await orCancelled(ruling.change(moved(all), [], summary))), rule: rule.id }
    }),
    remove: rules.remove.handler(async ({ input }) => {
      const rule = found(input.id)
      if (rule.builtIn) throw failure('REFUSED', 'This rule comes with the program. It can be switched off.')
      return answer(await orCancelled(ruling.change([], [rule.id], `remove the rule “${rule.name}”`)))
    }),
    reorder: rules.reorder.handler(async ({ input }) => {
      const all = readRules(engine.opened().ledger)
      const own = all.filter(({ builtIn }) => !builtIn)
      const wanted = input.ids.filter((id) => own.some((rule) => rule.id === id))
      if (wanted.length !== own.length || new Set(wanted).size !== own.length)
        throw failure('REFUSED', 'The order must name every rule of this ledger once.')
      const ordered = numbered(wanted.map((id) => own.find((rule) => rule.id === id) as Rule))
      return answer(await orCancelled(ruling.change(moved(ordered), [], 'put the rules into another order')))
    }),
    caught: rules.caught.handler(async ({ input }) => {
      const { ledger, workers } = engine.opened()
      found(input.id)
      const { revision, total, events } = ledger.snapshot(() => ({
        revision: ledger.revision(),
        total: countCaught(ledger, input.id),
        events: caughtBy(ledger, input.id, input.offset, input.limit),
      }))
      return { revision, total, rows: await workers.read.calls().call('lines', { events }) }
    }),
  })
}

const numbered = (rules: readonly Rule[]): Rule[] => rules.map((rule, n) => ({ ...rule, position: n + 1 }))
const text = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)
