/** The years of Germany and Australia against arithmetic in cents that knows nothing of lots: every holding is a coin of its own. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Asset } from '../../../../shared/events/account.ts'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { AssetId } from '../../../../shared/events/identifiers.ts'
import type { YearTotals } from '../../../../shared/tax/result.ts'
import { accounts, event, leg, money, profileFor, resultOf, units } from '../engine/history.ts'

interface Holding {
  readonly cost: number
  readonly proceeds: number
  readonly long: boolean
  /** How many years after the first it is sold. */
  readonly year: number
}

const YEARS = 4
const HOLDINGS: fc.Arbitrary<Holding[]> = fc.array(
  fc.record({
    cost: fc.integer({ min: 1, max: 300_000 }),
    proceeds: fc.integer({ min: 1, max: 300_000 }),
    long: fc.boolean(),
    year: fc.integer({ min: 0, max: YEARS - 1 }),
  }),
  { minLength: 1, maxLength: 12 },
)

const cents = (amount: number): bigint => units(amount, 2)

/** Buys each coin, and sells it in November of its year: bought in October of that year, or two years before. */
function totalsOf(country: 'de' | 'au', holdings: readonly Holding[]): (year: number) => YearTotals | undefined {
  const profile = profileFor(country)
  const events: LedgerEvent[] = holdings.flatMap(({ cost, proceeds, long, year }, i) => {
    const sold = 2022 + year
    const trade = (id: string, on: string, kind: 'buy' | 'sell', sum: number): LedgerEvent =>
      event(`${id}${i}`, `${on}T02:00:00Z`, kind, [
        leg(kind === 'buy' ? 'in' : 'out', 'exchange', `C${i}`, units(1)),
        leg(kind === 'buy' ? 'out' : 'in', 'exchange', profile.currency, cents(sum)),
      ])
    return [trade('b', `${long ? sold - 2 : sold}-10-05`, 'buy', cost), trade('s', `${sold}-11-05`, 'sell', proceeds)]
  })
  const assets: Asset[] = [
    ...holdings.map((_, i): Asset => ({ id: `C${i}` as AssetId, kind: 'crypto' })),
    { id: profile.currency as string as AssetId, kind: 'fiat' },
  ]
  const { totals } = resultOf({ profile, accounts, assets, events, prices: [] })
  return (year) => totals.get(2022 + year)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

describe('a year', () => {
  test('of Germany taxes the short net from its limit on, less losses of the years before', () => {
    fc.assert(
      fc.property(HOLDINGS, (holdings) => {
        const totals = totalsOf('de', holdings)
        let losses = 0
        for (let year = 0; year < YEARS; year++) {
          const short = holdings.filter((holding) => holding.year === year && !holding.long)
          const net = sum(short.map(({ cost, proceeds }) => proceeds - cost))
          const limit = year < 2 ? 60_000 : 100_000
          const counted = net >= limit ? net : 0
          const used = Math.min(losses, counted)
          losses += Math.max(-net, 0) - used
          const found = totals(year)
          if (found === undefined) continue
          const long = holdings.filter((holding) => holding.year === year && holding.long)
          expect(found.taxable).toBe(money(counted - used, 2))
          expect(found.exempt).toBe(money(sum(long.map(({ cost, proceeds }) => proceeds - cost)), 2))
          expect(found.carryOut.losses).toBe(money(losses, 2))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('of Australia takes losses off gains without the discount first, and halves what is left of the others', () => {
    fc.assert(
      fc.property(HOLDINGS, (holdings) => {
        const totals = totalsOf('au', holdings)
        let carried = 0
        for (let year = 0; year < YEARS; year++) {
          const gains = holdings
            .filter((h) => h.year === year)
            .map((h) => ({ long: h.long, gain: h.proceeds - h.cost }))
          let plain = sum(gains.filter(({ long, gain }) => !long && gain > 0).map(({ gain }) => gain))
          let discounted = sum(gains.filter(({ long, gain }) => long && gain > 0).map(({ gain }) => gain))
          let losses = carried - sum(gains.filter(({ gain }) => gain < 0).map(({ gain }) => gain))
          const onPlain = Math.min(plain, losses)
          plain -= onPlain
          losses -= onPlain
          const onDiscounted = Math.min(discounted, losses)
          discounted -= onDiscounted
          carried = losses - onDiscounted
          const found = totals(year)
          if (found === undefined) continue
          expect(found.taxable).toBe(money(plain * 2 + discounted, 2) / 2n)
          expect(found.discount).toBe(money(discounted, 2) / 2n)
          expect(found.carryOut.losses).toBe(money(carried, 2))
        }
      }),
      { numRuns: 200 },
    )
  })
})
