import { oc } from '@orpc/contract'
import { z } from 'zod'
import { decimal, ERRORS, instant, page, taxEffect } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS
export const grade = z.enum(['certain', 'likely', 'unclear', 'none'])
export type Grade = z.infer<typeof grade>

export const movement = z.object({
  event: z.string(),
  leg: z.number().int(),
  direction: z.enum(['out', 'in']),
  time: instant,
  account: z.string(),
  accountName: z.string(),
  asset: z.string(),
  symbol: z.string(),
  amount: decimal,
  fee: decimal.nullable(),
  hash: z.string().nullable(),
  address: z.string().nullable(),
  sourceKind: z.string().nullable(),
})
export type Movement = z.infer<typeof movement>

export const pairProposal = z.object({
  id: z.string(),
  grade,
  state: z.enum(['proposed', 'accepted', 'rejected']),
  outs: z.array(movement),
  ins: z.array(movement),
  score: z.number(),
  parts: z.array(z.object({ name: z.string(), score: z.number(), why: z.string() })),
  /** One sentence: “same hash · fee 0.0005 BTC · 39 minutes”. */
  reason: z.string(),
  acceptedBy: z.enum(['default', 'user', 'source']).nullable(),
})
export type PairProposal = z.infer<typeof pairProposal>

export const transferTab = z.enum(['certain', 'likely', 'unclear', 'alone', 'accepted', 'rejected'])

/** The two halves of every movement: proposals with reasons, accepted or rejected, always undoable. */
export const transfersContract = {
  counts: oc
    .output(
      z.object({
        revision: z.number().int(),
        certain: z.number().int(),
        likely: z.number().int(),
        unclear: z.number().int(),
        alone: z.number().int(),
        accepted: z.number().int(),
        rejected: z.number().int(),
        checked: instant.nullable(),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  list: oc
    .input(page.extend({ tab: transferTab }))
    .output(
      z.object({
        revision: z.number().int(),
        total: z.number().int(),
        pairs: z.array(pairProposal),
        alone: z.array(movement),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  /** Runs the matcher over what is unpaired; a job. */
  propose: oc.output(z.object({ job: z.string() })).errors({ NO_LEDGER }),
  /** Totals of the tax year before and after accepting, without accepting. */
  effect: oc
    .input(z.object({ pairs: z.array(z.string()).max(10_000).optional(), grade: grade.optional() }))
    .output(taxEffect.extend({ pairs: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  accept: oc
    .input(z.object({ pairs: z.array(z.string()).max(10_000).optional(), grade: grade.optional() }))
    .output(z.object({ act: z.string(), accepted: z.number().int(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  reject: oc
    .input(z.object({ pairs: z.array(z.string()).min(1).max(10_000) }))
    .output(z.object({ act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  /** Candidates for one movement, best first, for pairing by hand. */
  candidates: oc
    .input(z.object({ event: z.string(), leg: z.number().int() }))
    .output(z.array(z.object({ movement, score: z.number(), reason: z.string() })))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  pair: oc
    .input(
      z.object({
        outs: z.array(z.object({ event: z.string(), leg: z.number().int() })).min(1),
        ins: z.array(z.object({ event: z.string(), leg: z.number().int() })).min(1),
      }),
    )
    .output(z.object({ act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
}
