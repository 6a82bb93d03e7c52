/** The change of scope of 2025-01-01 (Rev. Proc. 2024-28): the unused basis by wallet, plans for it, and their record. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { civilDate, decimal, ERRORS, figureRef } from './primitives.ts'
import { head, ruleRefusal, yearUnder } from './tax-choices.ts'

const { NO_LEDGER, REFUSED, CANCELLED, DISK_FULL } = ERRORS

const allocation = z.object({ account: z.string(), lot: z.string(), amount: decimal })
export const allocationOrder = z.enum([
  'highest-basis-then-earliest',
  'lowest-basis-then-earliest',
  'earliest',
  'latest',
])
/** A plan for the changeover: lot by lot, or a rule with the order in which accounts are filled. `asset` absent: every asset. */
export const allocationPlan = z.discriminatedUnion('plan', [
  z.object({
    plan: z.literal('specific'),
    asset: z.string().optional(),
    allocations: z.array(allocation).max(100_000),
  }),
  z.object({
    plan: z.literal('global'),
    asset: z.string().optional(),
    order: allocationOrder,
    accounts: z.array(z.string()).max(10_000),
  }),
])
export type AllocationPlan = z.infer<typeof allocationPlan>

export const changeoverLot = z.object({
  lot: z.string(),
  acquired: civilDate.nullable(),
  amount: decimal,
  cost: decimal,
  account: z.string(),
  accountName: z.string(),
  ref: figureRef,
})
export type ChangeoverLot = z.infer<typeof changeoverLot>

const changeoverAsset = z.object({
  asset: z.string(),
  symbol: z.string(),
  /** Units physically there on the day, and the unused lots as they lay before anything is allocated. */
  accounts: z.array(z.object({ account: z.string(), accountName: z.string(), units: decimal, basisUnits: decimal })),
  lots: z.array(changeoverLot),
  units: decimal,
  basisUnits: decimal,
  cost: decimal,
  /** What the residue by wallet gives without a plan; with a completed plan, what the plan gave. */
  result: z.array(changeoverLot),
  plan: z.enum(['none', 'specific', 'global']),
  /** First sale, disposition or transfer of this asset from 2025 on, which may end the time for a plan. */
  firstUse: z.object({ date: civilDate, event: z.string() }).nullable(),
  /** Latest day for each plan, for this asset. */
  deadlines: z.object({ specific: civilDate, global: civilDate }),
  /** Why nothing can be changed any more; null where it can. */
  locked: z.string().nullable(),
  /** Units held without any basis. */
  withoutBasis: decimal,
})
export type ChangeoverAsset = z.infer<typeof changeoverAsset>

/** A plan with its days. `written`: when it was put into the books (absent: today); `completed`: when it was carried out. */
const plannedOn = {
  plan: allocationPlan,
  written: civilDate.optional(),
  completed: civilDate.optional(),
}

export const recordedPlan = z.object({
  id: z.string(),
  plan: z.enum(['specific', 'global']),
  asset: z.string().nullable(),
  symbol: z.string().nullable(),
  order: z.string().nullable(),
  written: civilDate,
  completed: civilDate,
  /** It came with imported books, not from an act here. */
  imported: z.boolean(),
})
export type RecordedPlan = z.infer<typeof recordedPlan>

/** Further calls under `tax`. */
export const taxChangeoverContract = {
  /** The US changeover of 2025-01-01 as it stands. `applies` false: `why` says why there is nothing to do. */
  changeover: oc
    .output(
      z.object({
        ...head,
        applies: z.boolean(),
        why: z.string().nullable(),
        currency: z.string(),
        day: civilDate,
        state: z.enum(['nothing', 'unplanned', 'planned']),
        recorded: z.array(recordedPlan),
        assets: z.array(changeoverAsset),
        /** The two plans: may they still be made today, until when, under which rule. */
        plans: z.array(
          z.object({
            plan: z.enum(['specific', 'global']),
            name: z.string(),
            about: z.string(),
            possible: z.boolean(),
            why: z.string().nullable(),
            until: z.string(),
            authority: z.string(),
          }),
        ),
        orders: z.array(z.object({ id: allocationOrder, name: z.string() })),
        refused: z.array(ruleRefusal),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  /** What a plan would give, checked by every rule, with its effect on each year. Nothing is stored. */
  proposeAllocation: oc
    .input(z.object(plannedOn))
    .output(
      z.object({
        ...head,
        ok: z.boolean(),
        refused: z.array(ruleRefusal),
        rows: z.array(
          changeoverLot.extend({ asset: z.string(), symbol: z.string(), from: z.string(), fromName: z.string() }),
        ),
        years: z.array(yearUnder),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  /**
   * Puts a plan on record, complete and from then on irrevocable: without `confirmed` nothing is stored and `confirm` says
   * what to agree to. A plan that a rule refuses is REFUSED with the rule's name.
   */
  recordAllocation: oc
    .input(z.object({ ...plannedOn, confirmed: z.boolean(), reason: z.string().max(2_000) }))
    .output(
      z.object({
        recorded: z.boolean(),
        confirm: z.string().nullable(),
        act: z.string().nullable(),
        revision: z.number().int(),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED, DISK_FULL }),
}
