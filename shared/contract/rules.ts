import { oc } from '@orpc/contract'
import { z } from 'zod'
import { eventRow } from './events.ts'
import { civilDate, decimal, ERRORS, kind, page, taxEffect } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS

/** All that is given must hold; texts are compared without regard to case. */
export const ruleCondition = z.strictObject({
  /** Where it went or came from: an address, or the name that the source gives to the other side. */
  address: z.string().trim().min(1).max(200).optional(),
  account: z.string().optional(),
  asset: z.string().optional(),
  source: z.string().optional(),
  sourceKinds: z.array(z.string().max(200)).min(1).max(50).optional(),
  /** As the source's reader gave them, before any decision. */
  kinds: z.array(kind).min(1).max(50).optional(),
  note: z.string().trim().min(1).max(200).optional(),
  direction: z.enum(['in', 'out']).optional(),
  atLeast: decimal.optional(),
  atMost: decimal.optional(),
  from: civilDate.optional(),
  to: civilDate.optional(),
  spam: z.boolean().optional(),
})
export type RuleConditionView = z.infer<typeof ruleCondition>

export const ruleEffect = z
  .strictObject({
    kind: kind.optional(),
    ignore: z.string().trim().min(1).max(500).optional(),
    note: z.string().max(2000).optional(),
    counterparty: z.string().optional(),
  })
  .refine((effect) => Object.values(effect).some((value) => value !== undefined), 'a rule decides something')
export type RuleEffectView = z.infer<typeof ruleEffect>

export const ruleView = z.object({
  id: z.string(),
  name: z.string(),
  /** From general to special: of two rules that fit, the one with the higher position wins. */
  position: z.number().int(),
  enabled: z.boolean(),
  /** Comes with the program; can be switched off, not changed. */
  builtIn: z.boolean(),
  when: ruleCondition,
  effect: ruleEffect,
  /** The condition in words: “from 0xab… · ETH · since 2024-01-01”. */
  words: z.string(),
  /** Events that it decides now. */
  caught: z.number().int(),
})
export type RuleView = z.infer<typeof ruleView>

/** What a change would do, before it is done. */
export const changeEffect = z.object({
  revision: z.number().int(),
  /** Events that the condition fits. */
  fits: z.number().int(),
  /** Of those: events that would be other than they are. */
  changes: z.number().int(),
  /** Of those that fit: left alone because you decided them yourself, or a more special rule does. */
  kept: z.number().int(),
  sample: z.array(eventRow),
  /** Null where there are too many events to say at once, or no result. */
  tax: taxEffect.nullable(),
})
export type ChangeEffect = z.infer<typeof changeEffect>

const draft = z.object({
  /** An existing rule is changed. */
  id: z.string().optional(),
  name: z.string().trim().min(1).max(120),
  when: ruleCondition,
  effect: ruleEffect,
  enabled: z.boolean().default(true),
  /** Where in the order; absent: last, the most special. */
  position: z.number().int().min(0).optional(),
})
const done = z.object({ act: z.string(), revision: z.number().int(), changed: z.number().int() })

/** Rules apply to past and future events, from general to special; what a person decided by hand stands above them. */
export const rulesContract = {
  list: oc.output(z.object({ revision: z.number().int(), rules: z.array(ruleView) })).errors({ NO_LEDGER, CANCELLED }),
  preview: oc.input(draft).output(changeEffect).errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
  /** Saves the rule and applies all rules to all events, as one act. */
  save: oc
    .input(draft)
    .output(done.extend({ rule: z.string() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED }),
  /** Takes the rule and all that it decided back, as one act. */
  remove: oc
    .input(z.object({ id: z.string() }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED }),
  /** The whole order, general first. */
  reorder: oc
    .input(z.object({ ids: z.array(z.string()).min(1).max(1000) }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED }),
  /** The events that a rule decides. */
  caught: oc
    .input(page.extend({ id: z.string() }))
    .output(z.object({ revision: z.number().int(), total: z.number().int(), rows: z.array(eventRow) }))
    .errors({ NO_LEDGER, NOT_FOUND, CANCELLED }),
}
