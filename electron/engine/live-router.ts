import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import { type ActLine, actOf, listActs, type RevokeResult } from '../ledger/acts.ts'
import type { Committed } from '../ledger/commit.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import type { Rereading } from './rereading.ts'
import type { Revoking } from './revoking.ts'
import type { Settling } from './settling.ts'

const live = implement(engineContract).live

/** Subscriptions, jobs, undo. */
export function liveRouter(engine: Engine, settling: Settling, rereading: Rereading, revoking: Revoking) {
  const done = (result: RevokeResult): Committed<ActLine> & { readonly readingAgain: string[] } => {
    if (result.status === 'refused') throw failure('REFUSED', result.text)
    if (result.status === 'has-dependants') throw failure('REFUSED', 'Later acts stand on this one.')
    const committed = engine.committed(result)
    settling.after(committed)
    return { ...committed, readingAgain: rereading.start() }
  }
  return live.router({
    changes: live.changes.handler(async function* ({ signal }) {
      yield* engine.live.changes(signal)
    }),
    jobs: live.jobs.handler(async function* ({ signal }) {
      const lists = engine.live.jobLists(signal)
      yield engine.jobs.list()
      yield* lists
    }),
    cancel: live.cancel.handler(({ input }) => ({ ok: engine.jobs.cancel(input.job) })),
    undo: live.undo.handler(async () => {
      const result = await revoking.undo()
      if (result === null) return { undone: null, revision: engine.opened().ledger.revision(), readingAgain: [] }
      const { revision, value, readingAgain } = done(result)
      return { undone: value.summary, revision, readingAgain }
    }),
    redo: live.redo.handler(async () => {
      const result = await revoking.redo()
      if (result === null) return { redone: null, revision: engine.opened().ledger.revision(), readingAgain: [] }
      const { revision, value, readingAgain } = done(result)
      return { redone: value.summary, revision, readingAgain }
    }),
    acts: live.acts.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => {
        const { total, acts } = listActs(ledger, input.offset, input.limit)
        return {
          revision: ledger.revision(),
          total,
          acts: acts.map(({ id, at, summary, live, revocable }) => ({
            id: String(id),
            at,
            what: summary,
            live,
            revocable,
          })),
        }
      })
    }),
    revoke: live.revoke.handler(async ({ input }) => {
      const { ledger } = engine.opened()
      const act = actNumber(input.act)
      if (act === null || actOf(ledger, act) === null)
        throw failure('NOT_FOUND', 'There is no such act in this ledger.')
      const result = await revoking.revoke(act, input.confirmed)
      if (result.status === 'has-dependants')
        return {
          revoked: false,
          dependants: result.dependants.map(({ id, summary }) => ({ id: String(id), what: summary })),
          revision: ledger.revision(),
          readingAgain: [],
        }
      const { revision, readingAgain } = done(result)
      return { revoked: true, dependants: [], revision, readingAgain }
    }),
  })
}

const actNumber = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number.parseInt(text, 10) : null)
