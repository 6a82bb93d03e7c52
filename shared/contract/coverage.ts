import { oc } from '@orpc/contract'
import { z } from 'zod'
import { civilDate, ERRORS } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL } = ERRORS

/** Days that one file tells of an account: from its first row to its last. */
export const coverageSpan = z.object({
  from: civilDate,
  to: civilDate,
  batch: z.string(),
  file: z.string(),
  source: z.string().nullable(),
  sourceName: z.string().nullable(),
  events: z.number().int(),
})

export const EXCUSES = ['quiet', 'complete', 'lost', 'elsewhere'] as const
/** Why days without records are all right: nothing happened, opened or closed then, records are lost, or told by another account. */
export const excuse = z.object({
  id: z.string(),
  account: z.string(),
  from: civilDate,
  to: civilDate,
  why: z.enum(EXCUSES),
  note: z.string(),
})
export type Excuse = z.infer<typeof excuse>

export const coverageGap = z.object({
  from: civilDate,
  to: civilDate,
  days: z.number().int(),
  /** `between` two files, `after` the last row until today, `before`: more left the account than ever came in. */
  where: z.enum(['between', 'after', 'before']),
  /** What is hidden here by how far back the source's exports reach; null where that is no reason. */
  lookBack: z.string().nullable(),
  excuse: excuse.nullable(),
})

export const accountCoverage = z.object({
  account: z.string(),
  name: z.string(),
  state: z.enum(['complete', 'gaps', 'excused', 'no-records']),
  first: civilDate.nullable(),
  last: civilDate.nullable(),
  /** Days between first and last that some file covers. */
  covered: z.number().int(),
  spans: z.array(coverageSpan),
  gaps: z.array(coverageGap),
  /** What the account's sources can tell at most, in words. */
  lookBacks: z.array(z.object({ source: z.string(), text: z.string() })),
})
export type AccountCoverage = z.infer<typeof accountCoverage>

/** Which days of each account are covered by which import, and where the gaps are. */
export const coverageContract = {
  timeline: oc
    .input(z.object({ account: z.string().optional() }))
    .output(
      z.object({
        revision: z.number().int(),
        /** The whole time shown: from the first day of any account to today. */
        from: civilDate.nullable(),
        to: civilDate.nullable(),
        accounts: z.array(accountCoverage),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND }),
  excuse: oc
    .input(
      z.object({
        account: z.string(),
        from: civilDate,
        to: civilDate,
        why: z.enum(EXCUSES),
        note: z.string().max(500).default(''),
      }),
    )
    .output(z.object({ excuse, act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  withdrawExcuse: oc
    .input(z.object({ id: z.string() }))
    .output(z.object({ act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
}
