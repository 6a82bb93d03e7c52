import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { EventRow } from '../../shared/contract/events.ts'
import type { JoinView } from '../../shared/contract/joins.ts'
import { countJoins, type JoinLine, joinProblem, judgeJoins, listJoins } from '../ledger/join-acts.ts'
import { partsOf, partsOfJoined } from '../ledger/joins.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import type { Settling } from './settling.ts'

const joins = implement(engineContract).joins

/** Transactions that several records tell of: one event each, unless a person says otherwise. */
export function joinsRouter(engine: Engine, settling: Settling) {
  const views = async (lines: readonly JoinLine[]): Promise<JoinView[]> => {
    const { workers } = engine.opened()
    const events = [...new Set(lines.flatMap(({ key, parts }) => [key, ...parts]))]
    const rows = await workers.read.calls().call('lines', { events })
    const byId = new Map(rows.map((row) => [row.id, row]))
    const found = (ids: readonly string[]): EventRow[] => ids.flatMap((id) => byId.get(id) ?? [])
    return lines.map(({ key, state, reason, parts, act }) => ({
      id: key,
      state,
      reason,
      event: state === 'joined' ? (byId.get(key) ?? null) : null,
      records: found(parts),
      act: act === null ? null : String(act),
    }))
  }
  const judge = (keys: readonly string[], verdict: 'apart' | 'together', summary: string) => {
    const { ledger } = engine.opened()
    const done = engine.committed(judgeJoins(ledger, keys, verdict, { ...person(), summary }))
    settling.after({ topics: done.topics })
    return { act: String(done.act), revision: done.revision }
  }
  const counted = (count: number): string => `${count} ${count === 1 ? 'transaction' : 'transactions'}`

  return joins.router({
    counts: joins.counts.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({ revision: ledger.revision(), ...countJoins(ledger) }))
    }),
    list: joins.list.handler(async ({ input }) => {
      const { ledger } = engine.opened()
      const { state, offset, limit } = input
      const { revision, total, lines } = ledger.snapshot(() => ({
        revision: ledger.revision(),
        ...listJoins(ledger, state, { offset, limit }),
      }))
      return { revision, total, joins: await views(lines) }
    }),
    apart: joins.apart.handler(({ input }) => {
      const { ledger } = engine.opened()
      for (const id of input.ids)
        if (partsOfJoined(ledger, id).length === 0)
          throw failure('NOT_FOUND', `${id} is not an event that was joined of several records.`)
      return judge(input.ids, 'apart', `take ${counted(input.ids.length)} apart`)
    }),
    join: joins.join.handler(({ input }) => {
      const { ledger } = engine.opened()
      for (const id of input.ids) {
        if (partsOfJoined(ledger, id).length > 0) throw failure('REFUSED', `${id} is one event already.`)
        if ((partsOf(ledger, [id]).get(id) ?? []).length === 0)
          throw failure('NOT_FOUND', `There are no records of ${id} in this ledger.`)
        const problem = joinProblem(ledger, id)
        if (problem !== null) throw failure('REFUSED', problem)
      }
      return judge(input.ids, 'together', `join the records of ${counted(input.ids.length)}`)
    }),
  })
}
