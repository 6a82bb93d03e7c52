import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ERRORS } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS

/**
 * How well a zone fits the times of a file: pairs are movements of this file that other records of the ledger have too.
 * `agree` of them lie together when the file is read in that zone.
 */
export const zoneEvidence = z.object({
  zone: z.string(),
  agree: z.number().int(),
  pairs: z.number().int(),
  /** “7 of 9 trades of this file would lie 2 hours before the same trades in Kraken ledgers.” */
  text: z.string(),
})
export type ZoneEvidence = z.infer<typeof zoneEvidence>

/** Zones and clocks: what speaks for which zone, and shifting an import later. */
export const zonesContract = {
  /** What speaks for which zone, best first; of a staged file, or of one that was imported. Empty where nothing speaks. */
  evidence: oc
    .input(z.object({ batch: z.string(), file: z.string() }))
    .output(
      z.object({
        /** The zone it is read in now, and whether somebody said so. */
        zone: z.string().nullable(),
        asked: z.boolean(),
        /** Whether any time of the file has no zone of its own. */
        matters: z.boolean(),
        evidence: z.array(zoneEvidence),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, CANCELLED }),
  /**
   * Shifts an imported file to another zone without importing it again: its kept rows are read anew, every event keeps
   * its id and its decisions. One act, undoable. Ends when it is done; a job meanwhile.
   */
  shift: oc
    .input(z.object({ batch: z.string(), file: z.string(), zone: z.string() }))
    .output(z.object({ changed: z.number().int(), act: z.string().nullable(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED }),
}
