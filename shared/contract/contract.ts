import { assetsContract } from './assets.ts'
import { attachmentsContract } from './attachments.ts'
import { coverageContract } from './coverage.ts'
import { eventsContract } from './events.ts'
import { handContract } from './hand.ts'
import { intakeContract } from './intake.ts'
import { joinsContract } from './joins.ts'
import { linksContract } from './links.ts'
import { liveContract } from './live.ts'
import { lotsContract } from './lots.ts'
import { recipesContract } from './recipes.ts'
import { rulesContract } from './rules.ts'
import { sessionContract } from './session.ts'
import { checkContract, reportsContract, taxContract } from './tax.ts'
import { transfersContract } from './transfers.ts'
import { zonesContract } from './zones.ts'

/** All that a door may ask of the engine: the table of contents of the app. */
export const engineContract = {
  session: sessionContract,
  live: liveContract,
  intake: intakeContract,
  events: eventsContract,
  lots: lotsContract,
  links: linksContract,
  joins: joinsContract,
  coverage: coverageContract,
  assets: assetsContract,
  attachments: attachmentsContract,
  zones: zonesContract,
  recipes: recipesContract,
  rules: rulesContract,
  hand: handContract,
  transfers: transfersContract,
  tax: taxContract,
  check: checkContract,
  reports: reportsContract,
}
