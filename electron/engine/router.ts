import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import { checkRouter } from './check-router.ts'
import type { Engine } from './engine.ts'
import { eventsRouter } from './events-router.ts'
import { intakeRouter } from './intake-router.ts'
import { liveRouter } from './live-router.ts'
import { reportsRouter } from './reports-router.ts'
import { sessionRouter } from './session-router.ts'
import { taxRouter } from './tax-router.ts'
import { transfersRouter } from './transfers-router.ts'

/** The contract, implemented: one file for each of its parts. */
export function engineRouter(engine: Engine) {
  return implement(engineContract).router({
    session: sessionRouter(engine),
    live: liveRouter(engine),
    intake: intakeRouter(engine),
    events: eventsRouter(engine),
    transfers: transfersRouter(engine),
    tax: taxRouter(engine),
    check: checkRouter(engine),
    reports: reportsRouter(engine),
  })
}
