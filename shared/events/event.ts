import type { Amount, Money } from '../amount/amount.ts'
import type { AccountId, AssetId, CivilDate, CurrencyCode, EventId, Instant, ZoneName } from './identifiers.ts'
import type { Kind } from './kinds.ts'

/** `in` and `rebate` add, `out` and `fee` take; `debt` and `collateral` are signed (+ grows); `info` counts nowhere. */
export const ROLES = ['in', 'out', 'fee', 'rebate', 'debt', 'collateral', 'info'] as const
export type Role = (typeof ROLES)[number]

/** One movement inside an event. `amount` is positive except for `debt` and `collateral`. */
export interface Leg {
  readonly role: Role
  readonly account: AccountId
  readonly asset: AssetId
  readonly amount: Amount
  /** Market value of this leg in the profile's currency, stated by the source or the user; above any price. */
  readonly value?: Money
  /** Whose word `value` is; absent: the source's. A user's value goes before the other side's fiat amount. */
  readonly valueBy?: 'user'
  /** A fee leg: what it was charged on. */
  readonly for?: 'out' | 'in' | 'fee'
  /** A fee leg that is part of the gross `out` (or `in`) leg, never a movement of its own. */
  readonly included?: boolean
  /** A fee leg withheld from `for`; implies `included`. */
  readonly withheld?: boolean
  /** `opening_lot`: when and at what cost the units were acquired. */
  readonly acquired?: CivilDate
  readonly cost?: Money
  /** `opening_lot`: opens an average or Section 104 pool. */
  readonly pool?: boolean
  /** Gifts and inheritances: the giver's date and cost, and the market value on the day. */
  readonly carry?: { readonly acquired?: CivilDate; readonly cost?: Money; readonly marketValue?: Money }
}

/** Lots named for a disposal or a transfer (specific identification). */
export interface NamedLot {
  readonly event: EventId
  readonly asset?: AssetId
  readonly leg?: number
  readonly amount: Amount
}

export interface LotAllocation {
  readonly account: AccountId
  readonly lot: EventId
  readonly amount: Amount
}

export type TimePrecision = 'day' | 'minute' | 'second' | 'millisecond'

/**
 * One thing that happened. `order` breaks ties of `time`: the provider's sequence, block and log index, or the order
 * that the source declares; events without one are ordered by id.
 */
export interface LedgerEvent {
  readonly id: EventId
  readonly time: Instant
  readonly precision?: TimePrecision
  readonly order?: number
  readonly kind: Kind
  readonly legs: readonly Leg[]
  readonly note?: string
  /** Transaction hash on chain, or the provider's id of a transfer: proof for pairing. */
  readonly hash?: string
  /** Protocol or venue whose rule a position may be scoped to. */
  readonly protocol?: string
  /** An effective event made of several: the ids of the out first, then of each in. */
  readonly joined?: readonly EventId[]
  readonly lots?: readonly NamedLot[]
  readonly identifiedAt?: Instant
  readonly identifiedTo?: 'books' | 'broker'
  readonly portfolioValue?: Money
  readonly parent?: AssetId
  readonly asset?: AssetId
  readonly account?: AccountId
  readonly accounts?: readonly AccountId[]
  readonly method?: string
  readonly plan?: 'specific' | 'global'
  readonly planOrder?: 'highest-basis-then-earliest' | 'lowest-basis-then-earliest' | 'earliest' | 'latest'
  readonly allocations?: readonly LotAllocation[]
  readonly completed?: Instant
  readonly jurisdiction?: string
  readonly currency?: CurrencyCode
  readonly zone?: ZoneName
}
