import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { ERRORS, readingAgain } from './primitives.ts'

/** What a write can touch. Query keys in the app are topics; every read returns its revision. */
export const TOPICS = [
  'session',
  'accounts',
  'batches',
  'events',
  'decisions',
  'transfers',
  'prices',
  'tax',
  'filings',
  'stages',
  'jobs',
  'links',
  'rules',
  'recipes',
  'coverage',
  'attachments',
] as const
export const topic = z.enum(TOPICS)
export type Topic = z.infer<typeof topic>

export const change = z.object({ revision: z.number().int(), topics: z.array(topic) })
export type Change = z.infer<typeof change>

export const job = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number().int(),
  total: z.number().int().nullable(),
  unit: z.string(),
  started: z.number().int(),
  /** Milliseconds left by the pace so far, or null while unknown. */
  remaining: z.number().int().nullable(),
  message: z.string().nullable(),
})
export type Job = z.infer<typeof job>

/** Subscriptions, jobs, undo. */
export const liveContract = {
  changes: oc.output(eventIterator(change)),
  jobs: oc.output(eventIterator(z.array(job))),
  cancel: oc.input(z.object({ job: z.string() })).output(z.object({ ok: z.boolean() })),
  undo: oc
    .output(z.object({ undone: z.string().nullable(), revision: z.number().int(), readingAgain }))
    .errors({ NO_LEDGER: ERRORS.NO_LEDGER, REFUSED: ERRORS.REFUSED, DISK_FULL: ERRORS.DISK_FULL }),
  redo: oc
    .output(z.object({ redone: z.string().nullable(), revision: z.number().int(), readingAgain }))
    .errors({ NO_LEDGER: ERRORS.NO_LEDGER, REFUSED: ERRORS.REFUSED, DISK_FULL: ERRORS.DISK_FULL }),
  /** Acts, newest first; `live` is false once revoked. */
  acts: oc
    .input(z.object({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(200) }))
    .output(
      z.object({
        revision: z.number().int(),
        total: z.number().int(),
        acts: z.array(
          z.object({
            id: z.string(),
            at: z.number().int(),
            what: z.string(),
            live: z.boolean(),
            revocable: z.boolean(),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER: ERRORS.NO_LEDGER }),
  /** Revokes one older act; without `confirmed` it only lists what depends on it. */
  revoke: oc
    .input(z.object({ act: z.string(), confirmed: z.boolean() }))
    .output(
      z.object({
        revoked: z.boolean(),
        dependants: z.array(z.object({ id: z.string(), what: z.string() })),
        revision: z.number().int(),
        readingAgain,
      }),
    )
    .errors({ NO_LEDGER: ERRORS.NO_LEDGER, NOT_FOUND: ERRORS.NOT_FOUND, DISK_FULL: ERRORS.DISK_FULL }),
}
