/** A rule: what a user says of all events of a kind (“from this address → mining”), past and future. */
import type { Amount } from '../amount/amount.ts'
import type { AccountId, AssetId, CivilDate } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'

/** All that is given must hold. Texts are compared without regard to case. */
export interface RuleCondition {
  /** An address the event went to or came from, or the name of the other side. */
  readonly address?: string
  readonly account?: AccountId
  readonly asset?: AssetId
  /** Id of a source format. */
  readonly source?: string
  /** The source's own words, each in full. */
  readonly sourceKinds?: readonly string[]
  /** Kinds as the source's reader gave them, before any decision. */
  readonly kinds?: readonly Kind[]
  /** Words that the note must all contain. */
  readonly note?: string
  readonly direction?: 'in' | 'out'
  /** Bounds of the amount of the leg that the rule looks at, both included. */
  readonly atLeast?: Amount
  readonly atMost?: Amount
  /** Civil dates in the taxpayer's zone, both included. */
  readonly from?: CivilDate
  readonly to?: CivilDate
  /** What a token gives itself away by; see `shared/rules/spam.ts`. */
  readonly spam?: boolean
}

/** What a rule decides; at least one. */
export interface RuleEffect {
  readonly kind?: Kind
  /** The reason why the event is left out. */
  readonly ignore?: string
  readonly note?: string
  /** The account on the other side of a one-sided movement, which makes it a transfer there. */
  readonly counterparty?: AccountId
}

export const EFFECT_FIELDS = ['kind', 'ignore', 'note', 'counterparty'] as const
export type EffectField = (typeof EFFECT_FIELDS)[number]

export interface Rule {
  readonly id: string
  readonly name: string
  /** Lower positions are more general; a rule further down wins over those above it, field by field. */
  readonly position: number
  readonly enabled: boolean
  /** One that the program brings along; it can be switched off, not changed. */
  readonly builtIn: boolean
  readonly when: RuleCondition
  readonly effect: RuleEffect
}
