import { oc } from '@orpc/contract'
import { z } from 'zod'
import { eventFilter } from './events.ts'
import { accountKind, civilDate, decimal, ERRORS, instant, kind, role } from './primitives.ts'
import { changeEffect, ruleCondition } from './rules.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS

export const handLeg = z.object({
  role,
  /** An account's id; `hand.addAccount` makes one. */
  account: z.string(),
  asset: z.string().min(1).max(200),
  /** Positive, signed for debt and collateral. */
  amount: decimal,
  value: decimal.optional(),
  included: z.boolean().optional(),
  for: z.enum(['out', 'in', 'fee']).optional(),
  acquired: civilDate.optional(),
  cost: decimal.optional(),
})
export type HandLeg = z.infer<typeof handLeg>

/** An event as a person writes it. */
export const handEvent = z.object({
  time: instant,
  precision: z.enum(['day', 'minute', 'second', 'millisecond']).default('second'),
  kind,
  legs: z.array(handLeg).min(1).max(50),
  note: z.string().max(2000).default(''),
  hash: z.string().max(200).optional(),
})
export type HandEvent = z.infer<typeof handEvent>

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
  add: oc
    .input(z.object({ events: z.array(handEvent).min(1).max(1000) }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** A second event like one that is there, with whatever `change` says. */
  copy: oc
    .input(z.object({ event: z.string(), change: handEvent.partial().optional() }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Changes an event that was added by hand: a new version of it. */
  edit: oc
    .input(z.object({ event: z.string(), to: handEvent }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Takes an event that was added by hand away. */
  remove: oc
    .input(z.object({ event: z.string() }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Parts that together move what the event moves, per account and asset; otherwise refused with the difference. */
  split: oc
    .input(z.object({ event: z.string(), parts: z.array(handEvent).min(2).max(100) }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** One event of all the legs of several, legs of one role, account and asset added up; at the earliest time. */
  merge: oc
    .input(
      z.object({
        events: z.array(z.string()).min(2).max(500),
        kind,
        note: z.string().max(2000).optional(),
      }),
    )
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
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
