import { judgeMatches, replaceProposals } from '../ledger/matches.ts'
import { rule } from './doers.ts'
import type { Engine } from './engine.ts'
import { inSteps } from './intake-jobs.ts'

/** The matcher as a job: proposes, and accepts what is proved by default. */
export interface Matching {
  /** Starts the job, unless it runs already; gives its id. */
  start(): string
  /** When the matcher last came to its end, in this session. */
  readonly checked: number | null
}

export function createMatching(engine: Engine): Matching {
  let checked: number | null = null
  return {
    get checked() {
      return checked
    },
    start() {
      const running = engine.jobs.running('match')
      if (running !== null) return running
      const { ledger, workers } = engine.opened()
      const run = engine.jobs.start(
        { name: 'match', unit: 'movements', terminate: () => void workers.compute.terminate() },
        async (signal) => {
          const { proposals } = await workers.compute.calls().call('match', null, { signal })
          const { topics } = await inSteps(replaceProposals(ledger, proposals))
          checked = Date.now()
          engine.live.changed(ledger.revision(), topics)
          // What was accepted by default once and taken back by the user is not accepted by default again.
          const judged = new Set(ledger.column<string>('SELECT DISTINCT key FROM match_verdict'))
          const certain = proposals.filter(({ id, grade }) => grade === 'certain' && !judged.has(id))
          if (certain.length === 0) return
          const summary = `accept ${certain.length} proved ${certain.length === 1 ? 'transfer' : 'transfers'}`
          engine.committed(judgeMatches(ledger, certain, 'accepted', 'default', { ...rule('matcher'), summary }))
        },
      )
      run.finished.catch(() => {})
      return run.id
    },
  }
}
