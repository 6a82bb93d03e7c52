import type { Money } from '../amount/amount.ts'
import type { NamedLot } from './event.ts'
import type { AccountId, AssetId, CivilDate, EventId, Instant } from './identifiers.ts'
import type { Kind } from './kinds.ts'

/** One movement: a leg of an event, by its index. */
export interface MovementRef {
  readonly event: EventId
  readonly leg: number
}

/** Kinds that a pair of movements can be; lots are carried by all of them. */
export const PAIRED_KINDS = [
  'transfer',
  'bridge',
  'custody_move',
  'self_send',
  'stake_lock',
  'stake_unlock',
  'wrap',
  'unwrap',
  'migration',
] as const
export type PairedKind = (typeof PAIRED_KINDS)[number]

/** An accepted match: movements that are the halves of one own transfer. */
export interface Match {
  readonly id: string
  readonly outs: readonly MovementRef[]
  readonly ins: readonly MovementRef[]
  /** Absent: `transfer`, or `bridge` where the assets differ. */
  readonly kind?: PairedKind
}

/**
 * One act of the user (or of a rule) on the overlay. Acts are kept in the order they were done; of several on the same
 * thing the last one counts. Revoked ones are no longer among them.
 */
export type Decision =
  | { readonly what: 'kind'; readonly event: EventId; readonly kind: Kind }
  /** What the leg was worth, in the profile's currency. */
  | { readonly what: 'value'; readonly event: EventId; readonly leg: number; readonly value: Money }
  /** What one unit of the leg was worth, in the profile's currency. */
  | { readonly what: 'price'; readonly event: EventId; readonly leg: number; readonly price: Money }
  /** When and at what cost the units that came in were acquired. */
  | {
      readonly what: 'cost'
      readonly event: EventId
      readonly leg: number
      readonly cost: Money
      readonly acquired: CivilDate
    }
  | { readonly what: 'account'; readonly event: EventId; readonly leg: number; readonly account: AccountId }
  | { readonly what: 'asset'; readonly event: EventId; readonly leg: number; readonly asset: AssetId }
  | { readonly what: 'ignore'; readonly event: EventId; readonly reason: string }
  | { readonly what: 'unignore'; readonly event: EventId }
  | { readonly what: 'note'; readonly event: EventId; readonly note: string }
  | {
      readonly what: 'lots'
      readonly event: EventId
      readonly lots: readonly NamedLot[]
      readonly identifiedAt?: Instant
      readonly identifiedTo?: 'books' | 'broker'
    }
  /** Pairs movements by hand; ends every other match that one of them was in. */
  | {
      readonly what: 'pair'
      readonly id: string
      readonly outs: readonly MovementRef[]
      readonly ins: readonly MovementRef[]
      readonly kind?: PairedKind
    }
  /** Ends every match that a movement of the event is in. */
  | { readonly what: 'unpair'; readonly event: EventId }
  /** The account on the other side of a one-sided movement, which makes it a transfer; null: none of the own. No effect on any other event. */
  | { readonly what: 'counterparty'; readonly event: EventId; readonly account: AccountId | null }
  /** Takes back all decisions of one sort before it: what a rule said that is no longer there. */
  | { readonly what: 'withdraw'; readonly event: EventId; readonly of: 'kind' | 'ignore' | 'note' | 'counterparty' }
