import { oc } from '@orpc/contract'
import { z } from 'zod'
import { eventRow } from './events.ts'
import { ERRORS, page } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS

/** `waiting`: a person had spoken of one of its records before the others came. `apart`: a person took it apart. */
export const joinState = z.enum(['joined', 'waiting', 'apart'])

/** One transaction of a chain that several records of an account tell of. */
export const joinView = z.object({
  /** The id of the one event that the records are together. */
  id: z.string(),
  state: joinState,
  reason: z.string(),
  /** The fact; null while the records stand by themselves. */
  event: eventRow.nullable(),
  /** What it was joined from, or would be. */
  records: z.array(eventRow),
  act: z.string().nullable(),
})
export type JoinView = z.infer<typeof joinView>

const done = z.object({ act: z.string(), revision: z.number().int() })
const ids = z.object({ ids: z.array(z.string()).min(1).max(10_000) })

/** Transactions told in several files: joined by their whole hash, never by likeness, and taken apart by a person. */
export const joinsContract = {
  counts: oc
    .output(
      z.object({
        revision: z.number().int(),
        joined: z.number().int(),
        waiting: z.number().int(),
        apart: z.number().int(),
      }),
    )
    .errors({ NO_LEDGER }),
  list: oc
    .input(page.extend({ state: joinState }))
    .output(z.object({ revision: z.number().int(), total: z.number().int(), joins: z.array(joinView) }))
    .errors({ NO_LEDGER, CANCELLED }),
  /** The records count by themselves again, now and after any other import. One act. */
  apart: oc.input(ids).output(done).errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  /** Makes one event of records that wait or were taken apart. One act. */
  join: oc.input(ids).output(done).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
}
