import { oc } from '@orpc/contract'
import { z } from 'zod'
import { eventFilter } from './events.ts'
import { accountKind, civilDate, decimal, ERRORS, instant, kind, role, taxEffect } from './primitives.ts'
import { changeEffect, ruleCondition } from './rules.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS

const statedSum = z.object({ amount: decimal, currency: z.string().max(40) })

export const handLeg = z.object({
  role,
  /** An account's id; `hand.addAccount` makes one. */
  account: z.string(),
  asset: z.string().min(1).max(200),
  /** Positive, signed for debt and collateral. */
  amount: decimal,
  value: decimal.optional(),
  /** The value is a person's word: it goes before the other side's fiat amount. */
  valueBy: z.literal('user').optional(),
  included: z.boolean().optional(),
  /** Withheld from `for`: one disposal, or one arrival, of the gross amount. */
  withheld: z.boolean().optional(),
  for: z.enum(['out', 'in', 'fee']).optional(),
  acquired: civilDate.optional(),
  cost: decimal.optional(),
  /** Of an opening lot: it opens a pool. */
  pool: z.boolean().optional(),
  /** Of a gift or an inheritance: the giver's date and cost, and the value on the day. */
  carry: z
    .object({ acquired: civilDate.optional(), cost: decimal.optional(), marketValue: decimal.optional() })
    .optional(),
  /** Value and cost as the source states them, in its own currency. */
  stated: statedSum.optional(),
  statedCost: statedSum.optional(),
})
export type HandLeg = z.infer<typeof handLeg>

/** What only a few kinds have: lots that are named, plans, markers. As in the interchange format. */
const handSpecial = z.strictObject({
  lots: z
    .array(
      z.object({
        event: z.string(),
        asset: z.string().optional(),
        leg: z.number().int().min(0).optional(),
        amount: decimal,
      }),
    )
    .optional(),
  identifiedAt: instant.optional(),
  identifiedTo: z.enum(['books', 'broker']).optional(),
  portfolioValue: decimal.optional(),
  parent: z.string().optional(),
  asset: z.string().optional(),
  account: z.string().optional(),
  accounts: z.array(z.string()).optional(),
  method: z.string().optional(),
  plan: z.enum(['specific', 'global']).optional(),
  planOrder: z.enum(['highest-basis-then-earliest', 'lowest-basis-then-earliest', 'earliest', 'latest']).optional(),
  allocations: z.array(z.object({ account: z.string(), lot: z.string(), amount: decimal })).optional(),
  completed: instant.optional(),
  jurisdiction: z.string().optional(),
  currency: z.string().optional(),
  zone: z.string().optional(),
})
export type HandSpecial = z.infer<typeof handSpecial>

const written = {
  time: instant,
  precision: z.enum(['day', 'minute', 'second', 'millisecond']),
  kind,
  legs: z.array(handLeg).max(1000),
  note: z.string().max(100_000),
  hash: z.string().max(1000).optional(),
  /** Breaks ties of time. */
  order: z.number().int().optional(),
  protocol: z.string().max(1000).optional(),
  sourceKind: z.string().max(1000).optional(),
  fromAddress: z.string().max(1000).optional(),
  toAddress: z.string().max(1000).optional(),
  counterparty: z.string().max(1000).optional(),
  special: handSpecial.optional(),
}

/** An event as a person writes it. */
export const handEvent = z.object({
  ...written,
  precision: written.precision.default('second'),
  note: written.note.default(''),
})
export type HandEvent = z.infer<typeof handEvent>

/** What of an event is to be other than it is: members that are given, whole. Legs are given as a whole list. */
export const handChange = z.object(written).partial()
export type HandChange = z.infer<typeof handChange>

const adding = z.object({ events: z.array(handEvent).min(1).max(1000) })
const copying = z.object({ event: z.string(), change: handChange.optional() })
const editing = z.object({ event: z.string(), to: handEvent.optional(), change: handChange.optional() })
const removing = z.object({ event: z.string() })
const splitting = z.object({ event: z.string(), parts: z.array(handEvent).min(2).max(100) })
const merging = z.object({ events: z.array(z.string()).min(2).max(500), kind, note: z.string().max(2000).optional() })

/** One piece of work by hand. */
export const handDeed = z.discriminatedUnion('what', [
  adding.extend({ what: z.literal('add') }),
  copying.extend({ what: z.literal('copy') }),
  editing.extend({ what: z.literal('edit') }),
  removing.extend({ what: z.literal('remove') }),
  splitting.extend({ what: z.literal('split') }),
  merging.extend({ what: z.literal('merge') }),
])
export type HandDeed = z.infer<typeof handDeed>

const done = z.object({ act: z.string(), revision: z.number().int(), events: z.array(z.string()) })

/** What a bulk change is about: events by id, or all that a condition or a filter of the list fits. */
export const bulkTarget = z.object({
  events: z.array(z.string()).max(10_000).optional(),
  when: ruleCondition.optional(),
  filter: eventFilter.optional(),
})
export const bulkChange = z.strictObject({
  kind: kind.optional(),
  ignore: z.string().trim().min(1).max(500).optional(),
  unignore: z.literal(true).optional(),
  note: z.string().max(2000).optional(),
  /** The account on the other side of one-sided movements. */
  counterparty: z.string().optional(),
  /** Moves every leg of one account to another. */
  account: z.object({ from: z.string(), to: z.string() }).optional(),
  asset: z.object({ from: z.string(), to: z.string() }).optional(),
})
export type BulkChange = z.infer<typeof bulkChange>

/**
 * Work by hand. Facts stay untouched: what is split or merged gives way to the new events and comes back when the act is
 * undone. Every call is one act.
 */
export const handContract = {
  addAccount: oc
    .input(z.object({ name: z.string().trim().min(1).max(120), kind: accountKind }))
    .output(z.object({ account: z.string(), act: z.string().nullable(), revision: z.number().int() }))
    .errors({ NO_LEDGER, REFUSED, DISK_FULL }),
  add: oc.input(adding).output(done).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Any event of the books with all that it holds, decisions laid over it: what a form for it begins with. */
  written: oc
    .input(z.object({ event: z.string() }))
    .output(z.object({ revision: z.number().int(), event: handEvent }))
    .errors({ NO_LEDGER, NOT_FOUND }),
  /** A second event like one that is there, with whatever `change` says. All else comes along, member by member. */
  copy: oc.input(copying).output(done).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Changes an event that was added by hand: a new version of it. `to` is all of it; `change` leaves the rest as it is. */
  edit: oc.input(editing).output(done).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Takes an event that was added by hand away. */
  remove: oc.input(removing).output(done).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /**
   * Parts that together move what the event moves, per account and asset; otherwise refused with the difference. What a part
   * does not say of its legs and itself (values, costs, what a fee was for, the hash) is shared out or comes along.
   */
  split: oc.input(splitting).output(done).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** What a piece of work would make and replace, and the figures of each year that it moves; nothing is done. */
  preview: oc
    .input(handDeed)
    .output(
      z.object({
        revision: z.number().int(),
        makes: z.array(handEvent.extend({ id: z.string() })),
        replaces: z.array(z.string()),
        tax: taxEffect.nullable(),
        /** Why no year could be computed with it; null where they can. */
        refusal: z.string().nullable(),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  /** Parts for a split by amounts that add up to one of its movements: all else is shared out to the last digit; nothing is done. */
  shares: oc
    .input(z.object({ event: z.string(), amounts: z.array(decimal).min(2).max(100) }))
    .output(z.object({ revision: z.number().int(), parts: z.array(handEvent) }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED }),
  /** One event of all the legs of several, legs of one role, account and asset added up; at the earliest time. */
  merge: oc.input(merging).output(done).errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Puts events under one name, for people: it changes no figure. An event is in one group at most. */
  group: oc
    .input(z.object({ events: z.array(z.string()).min(1).max(10_000), name: z.string().trim().min(1).max(120) }))
    .output(done.extend({ group: z.string() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  ungroup: oc
    .input(z.object({ events: z.array(z.string()).min(1).max(10_000) }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  groups: oc
    .output(
      z.object({
        revision: z.number().int(),
        groups: z.array(z.object({ id: z.string(), name: z.string(), events: z.array(z.string()) })),
      }),
    )
    .errors({ NO_LEDGER }),
  bulkPreview: oc
    .input(z.object({ target: bulkTarget, change: bulkChange }))
    .output(changeEffect)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  /** `changes` is what the preview said; another number is refused, because the books have moved. */
  bulkApply: oc
    .input(z.object({ target: bulkTarget, change: bulkChange, changes: z.number().int() }))
    .output(z.object({ act: z.string(), revision: z.number().int(), changed: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED, PLAN_CHANGED: ERRORS.PLAN_CHANGED }),
}
