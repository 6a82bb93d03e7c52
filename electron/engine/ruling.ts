import type { Rule } from '../../shared/rules/rule.ts'
import { changesSince } from '../ledger/changes.ts'
import type { Committed } from '../ledger/commit.ts'
import { changeRules, readRules } from '../ledger/rules.ts'
import { person, rule } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import type { OpenLedger } from './open-ledger.ts'
import type { Outcome } from './rule-book.ts'
import type { SettlingStep } from './settling.ts'

/** Rules at work: over the past when they are changed, over what comes in after every import. */
export interface Ruling extends SettlingStep {
  /** What a set of rules would do; nothing is written. */
  think(rules: readonly Rule[], about: string | null, withTax: boolean): Promise<Outcome>
  /** Puts rules and takes others away, with all that follows for every event, as one act. */
  change(
    put: readonly Rule[],
    remove: readonly string[],
    summary: string,
  ): Promise<Committed<{ readonly decisions: number }>>
}

/** The books move while a worker thinks; then it thinks again, but not for ever. */
const TRIES = 5

export function createRuling(engine: Engine): Ruling {
  /** Up to which revision rules were applied by themselves, in this session. */
  let applied: { readonly open: OpenLedger; readonly revision: number } | null = null

  const think = (rules: readonly Rule[], about: string | null, withTax: boolean): Promise<Outcome> => {
    const { workers } = engine.opened()
    return workers.compute.calls().call('applyRules', { rules, about, events: null, byItself: false, withTax })
  }

  return {
    get isNeeded() {
      const { ledger } = engine.opened()
      return readRules(ledger).some(
        ({ enabled, builtIn }) =>
          enabled &&
          (!builtIn || ledger.value<number>('SELECT 1 FROM asset WHERE contract IS NOT NULL LIMIT 1') !== undefined),
      )
    },
    async run(signal) {
      const open = engine.opened()
      const { ledger, workers } = open
      const since = applied?.open === open ? changesSince(ledger, applied.revision) : null
      const events = since === null || since.all ? null : since.events
      const rules = readRules(ledger)
      const call = { rules, about: null, events, byItself: true, withTax: false }
      const outcome = await workers.compute.calls().call('applyRules', call, { signal })
      applied = { open, revision: outcome.revision }
      if (outcome.decisions.length === 0) return
      const summary = `rules decide ${countOf(outcome.changes)}`
      const done = engine.committed(
        changeRules(ledger, { put: [], remove: [], decisions: outcome.decisions }, { ...rule('rules'), summary }),
      )
      applied = { open, revision: done.revision }
    },
    think,
    async change(put, remove, summary) {
      const gone = new Set(remove)
      const changed = new Map(put.map((one) => [one.id, one]))
      for (let n = 0; n < TRIES; n++) {
        const { ledger } = engine.opened()
        const kept = readRules(ledger).filter(({ id }) => !gone.has(id) && !changed.has(id))
        const { decisions, revision } = await think([...kept, ...put], null, false)
        if (ledger.revision() !== revision) continue
        return engine.committed(changeRules(ledger, { put, remove, decisions }, { ...person(), summary }))
      }
      throw failure(
        'REFUSED',
        'The books kept changing while the rules were worked out. Nothing was changed; try it again.',
      )
    },
  }
}

export const countOf = (count: number): string => `${count} ${count === 1 ? 'event' : 'events'}`
