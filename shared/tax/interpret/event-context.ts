import type { Amount, Money } from '../../amount/amount.ts'
import { shareOf, valueAt } from '../../amount/arithmetic.ts'
import { divideHalfEven } from '../../amount/decimal.ts'
import type { LedgerEvent, Leg } from '../../events/event.ts'
import type { AssetId } from '../../events/identifiers.ts'
import { valueOfLeg } from '../../valuation/leg-value.ts'
import type { Basis } from '../basis.ts'
import type { Law } from '../law.ts'
import type { Recorder } from '../recorder.ts'
import type { Memory } from './memory.ts'

/** Everything that the interpretation of one event reads and writes. `event` and `day` change from event to event. */
export interface EventContext {
  readonly law: Law
  readonly record: Recorder
  readonly basis: Basis
  readonly memory: Memory
  event: LedgerEvent
  day: number
}

/** A value that may only be guessed: what is counted, and the bounds. `high` is null where nothing limits it. */
export interface Estimate {
  readonly counted: Money
  readonly low: Money
  readonly high: Money | null
}

const AMOUNT_TO_MONEY = 10n ** 6n

/** Units of the home currency as money. */
export const homeMoney = (amount: Amount): Money => {
  const money = amount / AMOUNT_TO_MONEY
  return (money * AMOUNT_TO_MONEY === amount ? money : divideHalfEven(amount, AMOUNT_TO_MONEY)) as Money
}

export const isFiat = (context: EventContext, asset: AssetId): boolean => context.law.fiat.has(asset)

/** The value of a leg where it is known: home currency as it is, else stated, else priced. */
export function knownValue(context: EventContext, leg: Leg): Money | null {
  if (context.law.home.has(leg.asset)) return homeMoney(leg.amount)
  return valueOfLeg(leg, context.event.time, context.day, context.law.prices)
}

/** Bounds of an unknown value from the nearest known prices; nothing known: from 0 up without limit. */
export function estimateValue(context: EventContext, asset: AssetId, amount: Amount): Estimate {
  const around = context.law.prices.around(asset, context.day)
  if (around === null) return { counted: 0n as Money, low: 0n as Money, high: null }
  return {
    counted: valueAt(amount, around.nearest),
    low: valueAt(amount, around.low),
    high: valueAt(amount, around.high),
  }
}

/** The value that is counted for a leg, and its bounds where it is not known. */
export function valueOrEstimate(
  context: EventContext,
  leg: Leg,
): { readonly value: Money; readonly open: Estimate | null } {
  const value = knownValue(context, leg)
  if (value !== null) return { value, open: null }
  const open = estimateValue(context, leg.asset, leg.amount)
  return { value: open.counted, open }
}

/**
 * How far an estimate can move the gain of the units just disposed of, below and above what is counted: by what the law
 * taxes of them, and not at all where it taxes none. `high` is null where nothing limits it.
 */
export function boundsOf(
  { record }: EventContext,
  amount: Amount,
  { counted, low, high }: Estimate,
): { readonly low: bigint; readonly high: bigint | null } {
  const taxed = amount - record.outsideUnits
  const share = (by: bigint): bigint => shareOf(by, taxed, amount)
  return { low: share(low - counted), high: taxed === 0n ? 0n : high === null ? null : share(high - counted) }
}

/** Reports a missing price behind a disposal whose counted gain is known. */
export function openDisposalPrice(
  context: EventContext,
  asset: AssetId,
  amount: Amount,
  open: Estimate,
  gain: Money,
): void {
  if (!context.basis.owns(asset)) return
  const event = context.event.id
  const { low, high } = boundsOf(context, amount, open)
  context.basis.settle(asset, amount, gain, (known) =>
    context.record.open({
      code: 'missing-price',
      event,
      asset,
      amount,
      effect: {
        low: (known + low) as Money,
        high: high === null ? null : ((known + high) as Money),
      },
      counted: known,
      of: 'gain',
    }),
  )
}

/** Reports a missing price behind a cost: it shows when the units are disposed of. */
export function openCostPrice(context: EventContext, asset: AssetId, amount: Amount): void {
  if (!context.basis.owns(asset)) return
  context.record.open({ code: 'missing-price', asset, amount, effect: { low: null, high: null } })
}
