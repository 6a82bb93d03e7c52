import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { Excuse } from '../../shared/contract/coverage.ts'
import { parseCivilDate } from '../../shared/events/civil-date.ts'
import { excuseDays, readExcuses, withdrawExcuse } from '../ledger/excuses.ts'
import { accountCoverages } from './coverage-views.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { mustHave } from './rule-views.ts'

const coverage = implement(engineContract).coverage

/** The timeline of every account, and excuses for its gaps. */
export function coverageRouter(engine: Engine) {
  return coverage.router({
    timeline: coverage.timeline.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => {
        const now = Date.now()
        const all = accountCoverages(ledger, now)
        const accounts = input.account === undefined ? all : all.filter(({ account }) => account === input.account)
        if (input.account !== undefined && accounts.length === 0)
          throw failure('NOT_FOUND', 'There is no such account in this ledger.')
        const firsts = accounts.flatMap(({ first }) => first ?? []).sort()
        const ends = accounts.flatMap(({ last, gaps }) => [
          ...(last === null ? [] : [last]),
          ...gaps.map(({ to }) => to),
        ])
        return { revision: ledger.revision(), from: firsts[0] ?? null, to: ends.sort().at(-1) ?? null, accounts }
      })
    }),
    excuse: coverage.excuse.handler(({ input }) => {
      const { ledger } = engine.opened()
      mustHave(ledger, 'account', input.account)
      const from = parseCivilDate(input.from)
      const to = parseCivilDate(input.to)
      if (from === null || to === null)
        throw failure('REFUSED', `${from === null ? input.from : input.to} is not a date of the calendar.`)
      if (from > to) throw failure('REFUSED', `The excuse begins on ${from}, after its end on ${to}.`)
      const excuse = { account: input.account, from, to, why: input.why, note: input.note }
      const summary = 'say why days have no records'
      const done = engine.committed(excuseDays(ledger, excuse, { ...person(), summary }))
      return { excuse: done.value as Excuse, act: String(done.act), revision: done.revision }
    }),
    withdrawExcuse: coverage.withdrawExcuse.handler(({ input }) => {
      const { ledger } = engine.opened()
      const excuse = readExcuses(ledger).find(({ id }) => id === input.id)
      if (excuse === undefined) throw failure('NOT_FOUND', 'There is no such excuse in this ledger.')
      const summary = 'take back why days have no records'
      const done = engine.committed(withdrawExcuse(ledger, excuse, { ...person(), summary }))
      return { act: String(done.act), revision: done.revision }
    }),
  })
}
