import { oc } from '@orpc/contract'
import { z } from 'zod'
import { civilDate, decimal, ERRORS, instant, taxEffect } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED } = ERRORS

const namedLot = z.object({ event: z.string(), amount: decimal })
export type NamedLotView = z.infer<typeof namedLot>

/** What came in with one event, as far as it is still there before another event takes. */
export const lotChoice = z.object({
  /** The event that the units came in with: what `lots` of a decision names. */
  event: z.string(),
  /** Null where all accounts are one unit of basis. */
  accountName: z.string().nullable(),
  acquired: civilDate.nullable(),
  amount: decimal,
  cost: decimal,
})
export type LotChoice = z.infer<typeof lotChoice>

/** Lots named for a disposal or transfer (specific identification): what may be named, and what naming would do. */
export const lotsContract = {
  choices: oc
    .input(z.object({ event: z.string() }))
    .output(
      z.object({
        revision: z.number().int(),
        asset: z.string(),
        symbol: z.string(),
        /** Units that leave with the event. */
        amount: decimal,
        named: z.array(namedLot),
        identifiedAt: instant.nullable(),
        /** Lots count only if they were named no later than the event. */
        dateTest: z.boolean(),
        /** Whose rule it is. */
        authority: z.string(),
        /** Why no lots can be named for this event; null where they can. */
        refusal: z.string().nullable(),
        lots: z.array(lotChoice),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  /** The figures that naming these lots would move; nothing is done. `events.decide` names them. */
  effect: oc
    .input(z.object({ event: z.string(), lots: z.array(namedLot).max(1000), identifiedAt: instant.optional() }))
    .output(z.object({ revision: z.number().int(), refusal: z.string().nullable(), tax: taxEffect.nullable() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
}
