import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { AccountId, AssetId, EventId } from '../events/identifiers.ts'
import type { Effect, OpenPoint } from './result.ts'

export interface OpenPointDraft {
  readonly code: string
  readonly asset?: AssetId
  readonly account?: AccountId
  readonly amount?: Amount
  readonly effect?: Effect
  readonly counted?: Money
  readonly of?: OpenPoint['of']
  readonly detail?: string
  readonly event?: EventId | null
}

export const NOT_KNOWN: Effect = { low: null, high: null }

/** Does it leave the cost of units unknown, rather than a figure of its own year. */
export const isOfCost = ({ code, of }: OpenPointDraft): boolean =>
  (of ?? 'none') === 'none' &&
  (code === 'missing-price' || code === 'missing-acquisition' || code === 'gift-basis-missing')

/** An open point with its defaults: no effect on any total. */
export const openPoint = (draft: OpenPointDraft, event: EventId | null, taxYear: number | null): OpenPoint => ({
  code: draft.code,
  event,
  account: draft.account ?? null,
  asset: draft.asset ?? null,
  amount: draft.amount ?? null,
  taxYear,
  effect: withCounted(draft.effect ?? { low: ZERO_MONEY, high: ZERO_MONEY }, draft.counted ?? ZERO_MONEY),
  counted: draft.counted ?? ZERO_MONEY,
  of: draft.of ?? 'none',
  detail: draft.detail ?? null,
})

/** Bounds take in what is counted: where points overlap, one alone may not see all that the event makes of its units. */
const withCounted = ({ low, high }: Effect, counted: Money): Effect => ({
  low: low !== null && low > counted ? counted : low,
  high: high !== null && high < counted ? counted : high,
})
