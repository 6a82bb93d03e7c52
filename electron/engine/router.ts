import { createRouterClient, implement, type Router } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import { assetsRouter } from './assets-router.ts'
import { attachmentsRouter } from './attachments-router.ts'
import { checkRouter } from './check-router.ts'
import { coverageRouter } from './coverage-router.ts'
import type { Engine } from './engine.ts'
import { eventsRouter } from './events-router.ts'
import { handRouter } from './hand-router.ts'
import { intakeRouter, previewsOf } from './intake-router.ts'
import { joinsRouter } from './joins-router.ts'
import { createLinking } from './linking.ts'
import { linksRouter } from './links-router.ts'
import { liveRouter } from './live-router.ts'
import { lotsRouter } from './lots-router.ts'
import { createMatching } from './matching.ts'
import { recipesRouter } from './recipes-router.ts'
import { reportsRouter } from './reports-router.ts'
import { createRereading } from './rereading.ts'
import { createRevoking } from './revoking.ts'
import { rulesRouter } from './rules-router.ts'
import { createRuling } from './ruling.ts'
import { sessionRouter } from './session-router.ts'
import { createSettling } from './settling.ts'
import { createTaxReads } from './tax-reads.ts'
import { taxRouter } from './tax-router.ts'
import { transfersRouter } from './transfers-router.ts'
import { zonesRouter } from './zones-router.ts'

export type EngineRouter = Router<typeof engineContract, Record<never, never>>

/** The contract, implemented: one file for each of its parts. */
export function engineRouter(engine: Engine): EngineRouter {
  const reads = createTaxReads(engine)
  const matching = createMatching(engine)
  const ruling = createRuling(engine)
  const settling = createSettling(engine, createLinking(engine), ruling, matching)
  const rereading = createRereading(engine, settling)
  const revoking = createRevoking(engine)
  const previews = previewsOf(engine)
  const staged = { fileOf: (batch: string, name: string) => previews().fileOf(batch, name) }
  const router: EngineRouter = implement(engineContract).router({
    session: sessionRouter(engine, rereading, () => createRouterClient(router)),
    live: liveRouter(engine, settling, rereading, revoking),
    intake: intakeRouter(engine, previews, settling, rereading, revoking),
    events: eventsRouter(engine, reads),
    lots: lotsRouter(engine, reads),
    joins: joinsRouter(engine, settling),
    links: linksRouter(engine, settling, reads),
    coverage: coverageRouter(engine),
    assets: assetsRouter(engine),
    attachments: attachmentsRouter(engine),
    zones: zonesRouter(engine, staged, settling),
    recipes: recipesRouter(engine, staged),
    rules: rulesRouter(engine, ruling, matching),
    hand: handRouter(engine, settling, reads),
    transfers: transfersRouter(engine, matching, reads),
    tax: taxRouter(engine, reads),
    check: checkRouter(engine, matching, reads),
    reports: reportsRouter(engine, reads),
  })
  return router
}
