import { oc } from '@orpc/contract'
import { z } from 'zod'
import { eventRow } from './events.ts'
import { ERRORS, page, taxEffect } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS

export const linkGrade = z.enum(['proved', 'likely', 'unclear'])

/** The same movement told twice. `fact` is counted, `corroborating` are not. */
export const linkView = z.object({
  id: z.string(),
  grade: linkGrade,
  state: z.enum(['proposed', 'linked', 'rejected']),
  /** One sentence: “the same trade id in the same account”, “the same amounts 12 minutes apart”. */
  reason: z.string(),
  /** Usually one; several where one record is the sum of others (fills of one second). */
  facts: z.array(eventRow),
  corroborating: z.array(eventRow),
  /** Null for what the reading linked by itself. */
  act: z.string().nullable(),
})
export type LinkView = z.infer<typeof linkView>

const done = z.object({ act: z.string(), revision: z.number().int() })

/** Overlap of sources: which record is the fact and which corroborates it. Nothing is merged by likeness alone. */
export const linksContract = {
  counts: oc
    .output(
      z.object({
        revision: z.number().int(),
        proposed: z.number().int(),
        linked: z.number().int(),
        rejected: z.number().int(),
      }),
    )
    .errors({ NO_LEDGER }),
  list: oc
    .input(page.extend({ state: z.enum(['proposed', 'linked', 'rejected']), account: z.string().optional() }))
    .output(z.object({ revision: z.number().int(), total: z.number().int(), links: z.array(linkView) }))
    .errors({ NO_LEDGER, CANCELLED }),
  /** Looks for overlaps over the whole ledger; a job. It runs after every import by itself. */
  propose: oc.output(z.object({ job: z.string() })).errors({ NO_LEDGER }),
  /** What accepting would do, before it is done: how many records no longer count, and the figures of each year that moves. */
  effect: oc
    .input(z.object({ ids: z.array(z.string()).max(10_000).optional(), grade: linkGrade.optional() }))
    .output(
      z.object({
        revision: z.number().int(),
        links: z.number().int(),
        /** Records that would stand behind others and count no more. */
        records: z.number().int(),
        sample: z.array(eventRow),
        /** Null where there are too many records to say at once, or no result. */
        tax: taxEffect.nullable(),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  /** Accepts proposals, all of a grade or some by id, as one act. */
  accept: oc
    .input(z.object({ ids: z.array(z.string()).max(10_000).optional(), grade: linkGrade.optional() }))
    .output(done.extend({ linked: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  reject: oc
    .input(z.object({ ids: z.array(z.string()).min(1).max(10_000) }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  /** Links two events by hand. Refused where they are of one source file or already linked. */
  link: oc
    .input(z.object({ fact: z.string(), corroborating: z.array(z.string()).min(1).max(1000) }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Makes the corroborating record the fact; all others of the link corroborate it then. */
  swap: oc
    .input(z.object({ event: z.string() }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Ends the link of a corroborating record: it counts again by itself. Remembered, so that it is not linked anew. */
  unlink: oc
    .input(z.object({ events: z.array(z.string()).min(1).max(10_000) }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
}
