import type { Money } from '../amount/amount.ts'
import { valueAt } from '../amount/arithmetic.ts'
import type { Leg } from '../events/event.ts'
import type { Instant } from '../events/identifiers.ts'
import type { PriceBook } from './price-book.ts'

/** A leg's own market value: the value stated on it, else its price at the time; null where neither is known. */
export function valueOfLeg(leg: Leg, time: Instant, day: number, prices: PriceBook): Money | null {
  if (leg.value !== undefined) return leg.value
  const price = prices.priceAt(leg.asset, time, day)
  return price === null ? null : valueAt(leg.amount, price)
}
