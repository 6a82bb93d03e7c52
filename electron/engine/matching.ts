import type { Topic } from '../../shared/contract/live.ts'
import { everJudged, judgeMatches, replaceProposals } from '../ledger/matches.ts'
import { rule } from './doers.ts'
import type { Engine } from './engine.ts'
import { inSteps } from './intake-jobs.ts'

/** The matcher as a job: proposes, and accepts what is proved by default. */
export interface Matching {
  /** Starts the job; one that runs already looks once more before it ends. Gives its id. */
  start(): string
  /**
   * To be called after an act was taken back or brought back: where it touched movements, what is unpaired now is
   * proposed anew. Nothing is accepted by itself: that would be a new act, after which nothing could be redone.
   */
  proposeAfter(committed: { readonly topics: readonly Topic[] }): void
  /** When the matcher last came to its end, in this session. */
  readonly checked: number | null
}

export function createMatching(engine: Engine): Matching {
  let checked: number | null = null
  /** What was asked for since the running job last looked. */
  let wanted: { accept: boolean } | null = null

  const match = async (accept: boolean, signal: SharedArrayBuffer): Promise<void> => {
    const { ledger, workers } = engine.opened()
    const { proposals } = await workers.compute.calls().call('match', null, { signal })
    const { topics } = await inSteps(replaceProposals(ledger, proposals))
    checked = Date.now()
    engine.live.changed(ledger.revision(), topics)
    if (!accept) return
    // What was accepted by default once and taken back by the user is not accepted by default again.
    const judged = everJudged(ledger)
    const certain = proposals.filter(({ id, grade }) => grade === 'certain' && !judged.has(id))
    if (certain.length === 0) return
    const summary = `accept ${certain.length} proved ${certain.length === 1 ? 'transfer' : 'transfers'}`
    engine.committed(judgeMatches(ledger, certain, 'accepted', 'default', { ...rule('matcher'), summary }))
  }
  const start = (accept: boolean): string => {
    const { workers } = engine.opened()
    const running = engine.jobs.running('match')
    wanted = { accept: accept || (running !== null && wanted?.accept === true) }
    if (running !== null) return running
    const run = engine.jobs.start(
      { name: 'match', unit: 'movements', terminate: () => void workers.compute.terminate() },
      async (signal) => {
        while (wanted !== null) {
          const now = wanted
          wanted = null
          await match(now.accept, signal)
        }
      },
    )
    run.finished.catch(() => {})
    return run.id
  }

  return {
    get checked() {
      return checked
    },
    start: () => start(true),
    proposeAfter({ topics }) {
      if (topics.includes('transfers') || topics.includes('events')) start(false)
    },
  }
}
