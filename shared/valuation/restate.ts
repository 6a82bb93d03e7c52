/** The same books in another currency: what a country that counts in it would see. */
import type { Money } from '../amount/amount.ts'
import { ONE_MONEY } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { Asset } from '../events/account.ts'
import type { CivilClock } from '../events/civil-time.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AssetId, CurrencyCode, Instant } from '../events/identifiers.ts'
import type { PriceEntry, Prices } from '../events/interchange-types.ts'
import { type PriceBook, priceBook } from './price-book.ts'

export interface Restated {
  readonly events: readonly LedgerEvent[]
  readonly prices: Prices
  /** Events whose stated values no rate could turn; they keep their place, without those values. */
  readonly unrated: number
}

/** Days between an event and the rate that may stand for its day: weekends and holidays have none. */
const NEAR_ENOUGH = 7

/**
 * Turns stated values and costs from one currency into another by the books' own exchange rates, those of the day or the
 * nearest within a week. Null where the books have no rate between the two at all.
 */
export function restate(
  books: { readonly events: readonly LedgerEvent[]; readonly prices: Prices; readonly assets: readonly Asset[] },
  from: CurrencyCode,
  to: CurrencyCode,
  clock: CivilClock,
): Restated | null {
  if (from === to) return { events: books.events, prices: books.prices, unrated: 0 }
  const assetOf = (code: string): AssetId | null =>
    books.assets.find(({ kind, id, symbol }) => kind === 'fiat' && (symbol ?? id) === code)?.id ?? null
  const money = assetOf(from) ?? (from as string as AssetId)
  const target = assetOf(to)
  const { prices } = books
  const isRate = ({ asset, currency, price }: PriceEntry): boolean =>
    (asset === money && currency === to) || (asset === (target ?? to) && currency === from && price > 0n)
  if (!prices.some(isRate)) return null
  const rates = priceBook(prices, to, clock.dayAt, (code) => assetOf(code) ?? (code as string as AssetId))
  let unrated = 0
  const events = books.events.map((event) => {
    if (!hasStated(event)) return event
    const rate = rateOf(rates, money, event.time, clock.dayAt(event.time))
    if (rate === null) unrated += 1
    return statedIn(event, rate)
  })
  return { events, prices, unrated }
}

function rateOf(rates: PriceBook, money: AssetId, time: Instant, day: number): Money | null {
  const exact = rates.priceAt(money, time, day)
  if (exact !== null) return exact
  const near = rates.around(money, day)
  return near === null || near.found.daysAway > NEAR_ENOUGH ? null : near.nearest
}

const hasStated = (event: LedgerEvent): boolean =>
  event.portfolioValue !== undefined ||
  event.legs.some(({ value, cost, carry }) => value !== undefined || cost !== undefined || carry !== undefined)

function statedIn(event: LedgerEvent, rate: Money | null): LedgerEvent {
  const turn = (value: Money | undefined): Money | undefined =>
    value === undefined || rate === null ? undefined : (mulDiv(value, rate, ONE_MONEY) as Money)
  const { portfolioValue, legs, ...rest } = event
  const portfolio = turn(portfolioValue)
  return {
    ...rest,
    ...(portfolio === undefined ? {} : { portfolioValue: portfolio }),
    legs: legs.map((leg): Leg => {
      const { value, cost, carry, ...plain } = leg
      const [newValue, newCost] = [turn(value), turn(cost)]
      return {
        ...plain,
        ...(newValue === undefined ? {} : { value: newValue }),
        ...(newCost === undefined ? {} : { cost: newCost }),
        ...(carry === undefined ? {} : { carry: carriedIn(carry, turn) }),
      }
    }),
  }
}

function carriedIn(
  carry: NonNullable<Leg['carry']>,
  turn: (value: Money | undefined) => Money | undefined,
): NonNullable<Leg['carry']> {
  const { cost, marketValue, ...rest } = carry
  const [newCost, newValue] = [turn(cost), turn(marketValue)]
  return {
    ...rest,
    ...(newCost === undefined ? {} : { cost: newCost }),
    ...(newValue === undefined ? {} : { marketValue: newValue }),
  }
}
