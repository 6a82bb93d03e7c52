import type { StageState } from '../../shared/contract/tax.ts'
import { useRead } from './queries.ts'

/** The spine: every stage with its state, problems and what is at stake. */
export function useStages() {
  return useRead({
    topics: ['stages', 'session', 'events', 'batches', 'decisions', 'transfers', 'tax', 'filings'],
    name: 'check.stages',
    read: ({ engine }, signal) => engine.check.stages(undefined, { signal }),
  })
}

/** One stage of the spine, once it is known. */
export function useStage(id: StageState['id']): StageState | null {
  return useStages().data?.stages.find((stage) => stage.id === id) ?? null
}

/** How many single problems a stage has. */
export function problemCount(stage: StageState): number {
  return stage.problems.reduce((sum, problem) => sum + problem.count, 0)
}
