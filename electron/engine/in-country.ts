import { civilClock } from '../../shared/events/civil-time.ts'
import type { CurrencyCode } from '../../shared/events/identifiers.ts'
import type { InterchangeDocument } from '../../shared/events/interchange-types.ts'
import type { RulePack } from '../../shared/tax/pack.ts'
import { packPositions } from '../../shared/tax/positions/pack-positions.ts'
import { restate } from '../../shared/valuation/restate.ts'

/** The books as a resident of another country would have them: its own currency, method and defaults. */
export function inCountry(books: InterchangeDocument, pack: RulePack): InterchangeDocument | null {
  const { profile } = books
  const currency = pack.currency ?? profile.currency
  const restated = restate(books, profile.currency, currency as CurrencyCode, civilClock(profile.zone))
  if (restated === null) return null
  const asked = new Map(packPositions(pack).map((position) => [position.id, position.choices.map(({ id }) => id)]))
  const positions = Object.fromEntries(
    Object.entries(profile.positions).map(([id, list]) => [
      id,
      list.filter(({ choice }) => asked.get(id)?.includes(choice) === true),
    ]),
  )
  const { method: _method, carryIn: _carryIn, ...rest } = profile
  return {
    ...books,
    events: restated.events.filter(({ kind }) => kind !== 'allocation' && kind !== 'residence_change'),
    prices: restated.prices,
    brokerForms: [],
    profile: {
      ...rest,
      jurisdiction: pack.id,
      currency: currency as CurrencyCode,
      scope: 'pack',
      fees: {},
      positions,
      person: {},
    },
  }
}

/** Why books cannot be shown in another country's currency. */
export const noRates = (from: string, to: string): string =>
  `These books have no exchange rate between ${from} and ${to} (currency-not-of-country). Import prices of ${from} in ${to}.`
