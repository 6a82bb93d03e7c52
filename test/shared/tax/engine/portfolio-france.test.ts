import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Amount, Money } from '../../../../shared/amount/amount.ts'
import { dateOfDay } from '../../../../shared/events/civil-date.ts'
import { inEngineOrder } from '../../../../shared/events/engine-order.ts'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { AssetId, CurrencyCode } from '../../../../shared/events/identifiers.ts'
import type { Prices } from '../../../../shared/events/interchange-types.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import type { TaxResult } from '../../../../shared/tax/result.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import { COINS, documentOf, event, histories, inputOf, leg, money, profileFor, resultOf, units } from './history.ts'

const profile = profileFor('fr')
const ONE = 10n ** 24n
const FIRST = Math.floor(Date.UTC(2023, 9, 30) / 86_400_000)

/** A price for every coin and day that a made-up history can reach, so that no value is missing. */
const prices: Prices = Array.from({ length: 2600 }, (_, i) =>
  COINS.map((coin, at) => ({
    asset: coin as string as AssetId,
    currency: profile.currency as CurrencyCode,
    time: dateOfDay(FIRST + i),
    price: money(40_000 + ((i * 37 + at * 101) % 900)),
  })),
).flat()

const sumOf = (result: TaxResult, of: (row: TaxResult['disposals'][number]) => bigint): bigint =>
  result.disposals.reduce((sum, row) => sum + of(row), 0n)

/** Purchases and sales in euro alone. */
const inEuro = (events: readonly LedgerEvent[]): LedgerEvent[] =>
  events.filter(({ kind, legs }) => (kind === 'buy' || kind === 'sell') && legs.every(({ role }) => role !== 'fee'))

describe('the portfolio formula', () => {
  test('is worked out, row by row, as a plain reading of the article does it', () => {
    fc.assert(
      fc.property(histories('EUR', 30), (all) => {
        const events = inEuro(all)
        const result = resultOf(inputOf(profile, events, prices))
        const held = new Map<string, bigint>()
        let acquisition = 0n
        const costs: bigint[] = []
        for (const { legs, time } of inEngineOrder(events)) {
          const coin = legs.find(({ asset }) => asset !== 'EUR')
          const euro = legs.find(({ asset }) => asset === 'EUR')
          if (coin === undefined || euro === undefined) continue
          const before = held.get(coin.asset) ?? 0n
          const sum = euro.amount / 10n ** 6n
          if (coin.role === 'in') {
            held.set(coin.asset, before + coin.amount)
            acquisition += sum
            continue
          }
          const units = before < coin.amount ? before : coin.amount
          if (units === 0n) continue
          const price = (sum * units * 2n + coin.amount) / (coin.amount * 2n)
          const day = Math.floor((time + 7_200_000) / 86_400_000)
          let worth = 0n
          for (const [asset, amount] of held) {
            const quote = prices.find((one) => one.asset === asset && one.time === dateOfDay(day))
            worth += amount * (quote?.price ?? 0n)
          }
          const value = worth / ONE
          const cost = price >= value ? acquisition : (acquisition * price) / value
          costs.push(cost)
          acquisition -= cost
          held.set(coin.asset, before - units)
        }
        const counted = result.disposals.filter(({ form2086 }) => form2086 !== undefined)
        expect(counted.length).toBe(costs.length)
        counted.forEach((row, i) => {
          const gap = row.cost - (costs[i] as bigint)
          // The plain reading cuts off where the engine rounds: a few steps of the last of 18 places.
          expect(gap < 1000n && gap > -1000n, `${row.event}: ${row.cost} and ${costs[i]}`).toBe(true)
        })
      }),
      { numRuns: 60 },
    )
  })

  test('keeps every euro of the acquisition price: what is used up and what is left is what was paid', () => {
    fc.assert(
      fc.property(histories('EUR'), (all) => {
        const events = inEuro(all)
        const result = resultOf(inputOf(profile, events, prices))
        const paid = events
          .filter(({ kind }) => kind === 'buy')
          .reduce((sum, { legs }) => sum + (legs[1]?.amount ?? 0n) / 10n ** 6n, 0n)
        const state = result.portfolio
        expect(state?.acquisition ?? 0n).toBe(paid)
        expect(state?.consumed ?? 0n).toBe(sumOf(result, (row) => row.cost))
        expect(sumOf(result, (row) => row.cost) <= paid).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('counts later years again after a changed price, without reading their events again, to the same result', () => {
    let replayed = 0
    fc.assert(
      fc.property(histories('EUR'), fc.nat(1000), fc.integer({ min: 1, max: 99_999 }), (events, pick, cents) => {
        const traded = events.filter(({ kind, legs }) => kind === 'buy' || (kind === 'sell' && legs.length === 2))
        const old = traded[pick % Math.max(traded.length, 1)]
        if (old === undefined) return
        const changed: LedgerEvent = {
          ...old,
          legs: old.legs.map((one) =>
            one.asset === 'EUR' && one.role !== 'fee' ? { ...one, amount: units(cents, 2) as Amount } : one,
          ),
        }
        const created = createIncremental(inputOf(profile, events, prices))
        if (created === null || !created.ok) throw new Error('refused')
        created.tax.replaceEvents([old], [changed])
        const stepped = created.tax.result()
        if (!stepped.ok) throw new Error('refused')
        const whole = events.map((one) => (one === old ? changed : one))
        expect(JSON.stringify(toResultDocument(stepped.result))).toBe(documentOf(inputOf(profile, whole, prices)))
        replayed++
      }),
      { numRuns: 80 },
    )
    expect(replayed).toBeGreaterThan(40)
  })
})

test('what a portfolio is worth follows the day’s prices without being added up anew', () => {
  const trade = (id: string, time: string, kind: 'buy' | 'sell', coin: string, amount: number, euro: number) =>
    event(id, time, kind, [
      leg(kind === 'buy' ? 'in' : 'out', 'exchange', coin, units(amount)),
      leg(kind === 'buy' ? 'out' : 'in', 'exchange', 'EUR', units(euro)),
    ])
  const quote = (coin: string, time: string, price: number) => ({
    asset: coin as AssetId,
    currency: 'EUR' as CurrencyCode,
    time: time as Prices[number]['time'],
    price: money(price),
  })
  const result = resultOf(
    inputOf(
      profile,
      [
        trade('b1', '2025-01-10T10:00:00Z', 'buy', 'AAA', 10, 1000),
        trade('s1', '2025-02-01T10:00:00Z', 'sell', 'AAA', 1, 150),
        trade('b2', '2025-02-01T11:00:00Z', 'buy', 'BBB', 2, 500),
        trade('s2', '2025-02-01T12:00:00Z', 'sell', 'AAA', 1, 150),
        trade('s3', '2025-02-02T12:00:00Z', 'sell', 'BBB', 1, 300),
      ],
      [
        quote('AAA', '2025-02-01', 150),
        quote('BBB', '2025-02-01', 250),
        quote('AAA', '2025-02-02', 100),
        quote('BBB', '2025-02-02', 300),
      ],
    ),
  )
  const worths = result.disposals.map(({ form2086 }) => form2086?.portfolio)
  // 10 × 150; 9 × 150 + 2 × 250; 8 × 100 + 2 × 300
  expect(worths).toEqual([1500, 1850, 1400].map((euro) => money(euro) as Money))
})
