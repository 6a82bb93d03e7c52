import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'

const live = implement(engineContract).live

export function liveRouter(engine: Engine) {
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
  })
}
