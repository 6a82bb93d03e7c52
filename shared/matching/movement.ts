import type { Amount } from '../amount/amount.ts'
import type { PairedKind } from '../events/decision.ts'
import type { TimePrecision } from '../events/event.ts'
import type { AccountId, AssetId, EventId, Instant } from '../events/identifiers.ts'

/** One half that may have a partner: an `out` or `in` leg of an event that is not explained otherwise. */
export interface Movement {
  /** Stable and unique, for example `event/leg`. */
  readonly id: string
  readonly event: EventId
  readonly leg: number
  readonly account: AccountId
  readonly asset: AssetId
  /** What joins assets that are the same to the taxpayer; the asset itself where nothing does. */
  readonly family: string
  readonly direction: 'out' | 'in'
  /** What left the account, or what arrived in it. Positive. */
  readonly amount: Amount
  /** Fee in the same asset that the source states; null where it states none. */
  readonly fee: Amount | null
  /** Is the fee part of `amount`, or taken beside it. */
  readonly feeIncluded: boolean
  readonly time: Instant
  readonly precision: TimePrecision
  /** Transaction hash, or the provider's id of the transfer; null where the source gives none. */
  readonly hash: string | null
  /** The other end's address: where an `out` went, where an `in` came from. */
  readonly address: string | null
}

export type Grade = 'certain' | 'likely' | 'unclear' | 'none'

/** One ground for or against a pair. `score` is in nats: e^score to one. */
export interface ScorePart {
  readonly name: 'hash' | 'address' | 'amount' | 'time' | 'route' | 'rivals'
  readonly score: number
  readonly why: string
}

/** Movements that look like the halves of one own transfer. */
export interface Proposal {
  /** Made of the movements' ids: the same pair has the same id in every run. */
  readonly id: string
  readonly outs: readonly Movement[]
  readonly ins: readonly Movement[]
  readonly kind: PairedKind
  readonly grade: Grade
  /** Log-odds that the pair is true, rivals considered. */
  readonly score: number
  readonly parts: readonly ScorePart[]
  /** One line in words. */
  readonly reason: string
}

export interface MatchInput {
  /** Unpaired movements, in any order. */
  readonly movements: readonly Movement[]
  /** Addresses known to be the user's own, and the account each belongs to. */
  readonly ownAddresses: ReadonlyMap<string, AccountId>
  /** Ids of proposals that the user has rejected; they are not made again. */
  readonly rejected: ReadonlySet<string>
  /** Pairs accepted earlier, to learn fees, delays and routes from. */
  readonly accepted?: readonly { readonly out: Movement; readonly in: Movement }[]
}

export interface MatchResult {
  /** By grade, then score, then id. */
  readonly proposals: readonly Proposal[]
  /** Movements in no proposal. */
  readonly alone: readonly Movement[]
}

/** The id of the proposal that joins these movements. */
export const proposalId = (outs: readonly Pick<Movement, 'id'>[], ins: readonly Pick<Movement, 'id'>[]): string => {
  const ids = (movements: readonly Pick<Movement, 'id'>[]): string =>
    movements
      .map(({ id }) => id)
      .sort()
      .join('+')
  return `${ids(outs)}>${ids(ins)}`
}
