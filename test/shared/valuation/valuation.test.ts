import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import { formatMoney, parseMoney } from '../../../shared/amount/decimal.ts'
import type { Asset } from '../../../shared/events/account.ts'
import { civilClock, parseDateOrInstant, parseInstant } from '../../../shared/events/civil-time.ts'
import type { LedgerEvent, Leg } from '../../../shared/events/event.ts'
import type { AssetId, CurrencyCode, EventId, Instant, ZoneName } from '../../../shared/events/identifiers.ts'
import type { PriceEntry } from '../../../shared/events/interchange-types.ts'
import { createValuation, type SwapValueRule, type Valuation } from '../../../shared/valuation/valuation.ts'
import { amount } from '../events/documents.ts'

const NOON = '2024-03-01T17:00:00Z'
const ASSETS = [
  { id: 'USD', kind: 'fiat' },
  { id: 'EUR', kind: 'fiat' },
  { id: 'BTC', kind: 'crypto' },
  { id: 'ETH', kind: 'crypto' },
  { id: 'SHIB', kind: 'token' },
] as Asset[]
const profile = { currency: 'USD' as CurrencyCode, zone: 'America/New_York' as ZoneName }
const money = (text: string) => parseMoney(text) as Money
const price = (asset: string, time: string, text: string, currency = 'USD', source?: string): PriceEntry =>
  ({ asset, currency, time: parseDateOrInstant(time), price: money(text), ...(source ? { source } : {}) }) as PriceEntry
const valuation = (...prices: PriceEntry[]) => createValuation(prices, profile, ASSETS)
const leg = (text: string, more: object = {}): Leg => {
  const [role, units, asset] = text.split(' ') as [Leg['role'], string, string]
  return { role, account: 'A', asset, amount: amount(units), ...more } as Leg
}
const event = (...legs: Leg[]): LedgerEvent => ({
  id: 'e' as EventId,
  time: parseInstant(NOON) as Instant,
  kind: 'trade',
  legs,
})
/** Each leg with its value and grounds. */
const valueLegs = (e: LedgerEvent, v: Valuation, rule: SwapValueRule) =>
  e.legs.map((_, index) => v.explain(e, index, rule))
const worth = (e: LedgerEvent, v: ReturnType<typeof valuation>, rule: 'received' | 'exchanged' = 'received') =>
  valueLegs(e, v, rule).map((found) =>
    found.value === null ? null : [formatMoney(found.value), found.reason, found.side],
  )
const clock = civilClock(profile.zone)
const when = (text: string): [Instant, number] => {
  const time = parseInstant(text) as Instant
  return [time, clock.dayAt(time)]
}
const shownMoney = (value: Money | null) => (value === null ? null : formatMoney(value))

test('a day’s price serves the whole civil day of the taxpayer, and an exact instant goes before it', () => {
  const { prices } = valuation(price('BTC', '2024-03-01', '61000'), price('BTC', NOON, '61500'))
  const at = (text: string) => shownMoney(prices.priceAt('BTC' as AssetId, ...when(text)))
  expect(at(NOON)).toBe('61500')
  expect(at('2024-03-01T05:00:00Z')).toBe('61000')
  expect(at('2024-03-02T04:59:59.999Z')).toBe('61000')
  expect(at('2024-03-01T04:59:59Z')).toBeNull()
  expect(at('2024-03-02T05:00:00Z')).toBeNull()
})

test('a price in another currency counts through that currency’s own price', () => {
  const { prices } = valuation(
    price('ETH', '2024-03-01', '3000', 'EUR', 'day table'),
    price('EUR', '2024-03-01', '1.08'),
  )
  expect(prices.find('ETH' as AssetId, ...when(NOON))).toEqual({
    price: money('3240'),
    source: 'day table',
    daysAway: 0,
  })
  expect(
    valuation(price('ETH', '2024-03-01', '3000', 'EUR')).prices.priceAt('ETH' as AssetId, ...when(NOON)),
  ).toBeNull()
})

test('the order of grounds is: the user, the fiat side, the source, the market', () => {
  const market = valuation(price('BTC', '2024-03-01', '61000'))
  const trade = (value: object, paid = 'out 60000 USD') => event(leg('in 1 BTC', value), leg(paid))
  expect(worth(trade({ value: money('50000'), valueBy: 'user' }), market)).toEqual([
    ['50000', 'user', 'own'],
    ['50000', 'user', 'other'],
  ])
  expect(worth(trade({ value: money('50000') }), market)).toEqual([
    ['60000', 'fiat', 'other'],
    ['60000', 'fiat', 'own'],
  ])
  expect(worth(trade({ value: money('50000') }, 'out 20 ETH'), market)).toEqual([
    ['50000', 'source', 'own'],
    ['50000', 'source', 'other'],
  ])
  expect(worth(trade({}, 'out 20 ETH'), market)).toEqual([
    ['61000', 'price', 'own'],
    ['61000', 'price', 'other'],
  ])
})

test('a side with a better ground is taken whatever the rule prefers', () => {
  const market = valuation(price('BTC', '2024-03-01', '61000'))
  const swap = event(leg('out 1 BTC'), leg('in 20 ETH', { value: money('60000') }))
  expect(worth(swap, market, 'exchanged')).toEqual([
    ['60000', 'source', 'other'],
    ['60000', 'source', 'own'],
  ])
  const noPrice = event(leg('out 1 BTC'), leg('in 5000 SHIB'))
  expect([market.proceedsOf(noPrice, 'received'), market.costOf(noPrice, 'exchanged')].map(shownMoney)).toEqual([
    '61000',
    '61000',
  ])
})

test('with a value on both sides the rule says which one counts', () => {
  const swap = event(leg('out 1 BTC', { value: money('20') }), leg('in 20 ETH', { value: money('18') }))
  const v = valuation()
  expect([v.proceedsOf(swap, 'received'), v.costOf(swap, 'received')].map(shownMoney)).toEqual(['18', '18'])
  expect([v.proceedsOf(swap, 'exchanged'), v.costOf(swap, 'exchanged')].map(shownMoney)).toEqual(['18', '20'])
})

test('foreign fiat is worth its rate, and without a rate the source’s value counts', () => {
  const sale = event(leg('out 1 BTC', { value: money('60000') }), leg('in 55000 EUR'))
  expect(worth(sale, valuation(price('EUR', '2024-03-01', '1.1')))).toEqual([
    ['60500', 'fiat', 'other'],
    ['60500', 'fiat', 'own'],
  ])
  expect(worth(sale, valuation())[0]).toEqual(['60000', 'source', 'own'])
})

test('several legs share the value of the other side by their own values', () => {
  const v = valuation(price('BTC', '2024-03-01', '300'), price('ETH', '2024-03-01', '100'))
  const sale = event(leg('out 1 BTC'), leg('out 1 ETH'), leg('in 800 USD'))
  expect(worth(sale, v).map((value) => value?.[0])).toEqual(['600', '200', '800'])
  const half = event(leg('out 1 BTC'), leg('out 5 SHIB'), leg('in 800 USD'))
  expect(worth(half, v).map((value) => value?.[0])).toEqual(['300', '500', '800'])
})

test('a fee and an arrival by themselves are worth what they are', () => {
  const v = valuation(price('BTC', '2024-03-01', '61000'))
  expect(worth(event(leg('in 0.5 BTC'), leg('fee 2 USD')), v)).toEqual([
    ['30500', 'price', 'own'],
    ['2', 'fiat', 'own'],
  ])
  expect(worth(event(leg('fee 0.001 BTC', { value: money('54.5') })), v)).toEqual([['54.5', 'source', 'own']])
})

test('a missing value is bounded by the nearest prices before and after, never zero unseen', () => {
  const v = valuation(
    price('SHIB', '2024-02-20', '2'),
    price('SHIB', '2024-02-27', '3'),
    price('SHIB', '2024-03-09', '1'),
    price('SHIB', '2024-04-01', '9'),
  )
  const [missing] = valueLegs(event(leg('in 10 SHIB')), v, 'received')
  expect(missing).toMatchObject({ value: null, low: money('10'), high: money('30'), nearest: { price: money('3') } })
  expect(valueLegs(event(leg('in 10 ETH')), v, 'received')).toEqual([
    { value: null, low: 0n, high: null, nearest: null },
  ])
  const early = valuation(price('SHIB', '2024-02-20', '2'))
  expect(valueLegs(event(leg('in 10 SHIB')), early, 'received')[0]).toMatchObject({
    value: null,
    low: money('20'),
    high: money('20'),
  })
})

test('values of the legs of one side always add up to the side', () => {
  const own = fc.option(fc.bigInt({ min: 0n, max: 10n ** 24n }), { nil: undefined })
  fc.assert(
    fc.property(
      fc.array(own, { minLength: 1, maxLength: 6 }),
      fc.bigInt({ min: 1n, max: 10n ** 30n }),
      (values, paid) => {
        const outs = values.map((value) => leg('out 1 SHIB', value === undefined ? {} : { value: value as Money }))
        const sale = event(...outs, { ...leg('in 1 USD'), amount: paid as Amount })
        const v = valuation()
        const total = v.proceedsOf(sale, 'received') as Money
        expect(v.share(sale, 'out', total).reduce((sum: bigint, part) => sum + part, 0n)).toBe(total)
      },
    ),
  )
})

test('on a weekend the last rate of the week before stands, for money and for prices in it; its age is said', () => {
  const v = valuation(price('EUR', '2024-03-01', '1.10'), price('BTC', '2024-03-03', '50000', 'EUR'))
  const on = (day: number, ...legs: Leg[]): LedgerEvent => ({
    ...event(...legs),
    time: parseInstant(`2024-03-0${day}T17:00:00Z`) as Instant,
  })
  const sunday = on(3, leg('out 1 BTC'), leg('in 100 EUR'))
  expect(v.explain(sunday, 1, 'received')).toMatchObject({ value: money('110'), reason: 'fiat', daysAway: 2 })
  expect(v.ownValue(sunday, leg('out 1 BTC'))).toBe(money('55000'))
  expect(v.ownValue(on(8, leg('in 100 EUR')), leg('in 100 EUR'))).toBe(money('110'))
  expect(v.ownValue(on(9, leg('in 100 EUR')), leg('in 100 EUR'))).toBeNull()
  const coin = valuation(price('BTC', '2024-03-01', '50000'))
  expect(coin.ownValue(sunday, leg('out 1 BTC'))).toBeNull()
})

test('a rate that says how much foreign money one of our own buys is turned, unless one is stated our way', () => {
  const v = valuation(price('USD', '2024-03-01', '0.8', 'EUR'), price('BTC', '2024-03-01', '50000', 'EUR'))
  expect(v.ownValue(event(), leg('in 100 EUR'))).toBe(money('125'))
  expect(v.ownValue(event(), leg('in 1 BTC'))).toBe(money('62500'))
  const both = valuation(price('EUR', '2024-03-01', '1.3'), price('USD', '2024-03-01', '0.8', 'EUR'))
  expect(both.ownValue(event(), leg('in 100 EUR'))).toBe(money('130'))
})
