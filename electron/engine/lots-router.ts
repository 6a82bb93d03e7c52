import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { Engine } from './engine.ts'
import { decisionOf } from './events-router.ts'
import { failure } from './failure.ts'
import type { TaxReads } from './tax-reads.ts'

const lots = implement(engineContract).lots

/** Lots named for a disposal or transfer: what may be named, and what naming would do. */
export function lotsRouter(engine: Engine, reads: TaxReads) {
  return lots.router({
    choices: lots.choices.handler(async ({ input }) => {
      const found = await reads.read('lotChoices', { event: input.event })
      if (found === null) throw failure('NOT_FOUND', 'No coin leaves with this event, so it takes no lots.')
      return found
    }),
    effect: lots.effect.handler(({ input }) => {
      const decision = decisionOf(engine.opened().ledger, { what: 'lots', ...input })
      return reads.read('lotsEffect', { decision })
    }),
  })
}
