import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  averageDifferences,
  fourWeeksDifferences,
  lotDifferences,
  portfolioDifferences,
  shareDifferences,
} from './differences.ts'
import { generatedHistory, withPrices } from './generated-history.ts'
import type { AverageRules } from './plain-averages.ts'
import { plainAverages } from './plain-averages.ts'
import type { PlainDocument } from './plain-history.ts'
import type { LotRules } from './plain-lots.ts'
import { isMoreThanAYear } from './plain-lots.ts'
import { superficialRule } from './plain-superficial.ts'

const RUNS = 150
const MOVING: AverageRules = {
  average: 'moving',
  pools: 'universal',
  swaps: 'taxed',
  rewards: 'income',
  fees: 'count',
}

const agree = <Document extends PlainDocument>(
  histories: fc.Arbitrary<Document>,
  differ: (document: Document) => readonly string[],
): void => {
  fc.assert(
    fc.property(histories, (document) => {
      expect(differ(document)).toEqual([])
    }),
    { numRuns: RUNS },
  )
}

describe('the engine and the plain books agree on made-up histories', () => {
  const zone = 'America/New_York'
  test.each(['fifo', 'lifo', 'hifo', 'lofo'])('plain pack, %s, each account by itself', (method) => {
    agree(
      generatedHistory(
        { jurisdiction: 'none', currency: 'USD', zone: 'UTC', method, scope: 'account' },
        '2022-01-01',
        40,
      ),
      lotDifferences,
    )
  })
  test.each(['fifo', 'lifo', 'hifo', 'lofo'])('plain pack, %s, all accounts as one', (method) => {
    agree(
      generatedHistory(
        { jurisdiction: 'none', currency: 'USD', zone: 'UTC', method, scope: 'universal' },
        '2022-01-01',
        40,
      ),
      lotDifferences,
    )
  })
  test.each(['fifo', 'lifo', 'hifo', 'lofo'])('United States from 2025, %s, by account', (method) => {
    agree(
      generatedHistory({ jurisdiction: 'us', currency: 'USD', zone, method, scope: 'account' }, '2025-01-02', 40),
      lotDifferences,
    )
  })
  test('United States before 2025: all accounts as one, without being asked', () => {
    const profile = { jurisdiction: 'us', currency: 'USD', zone }
    agree(generatedHistory(profile, '2009-01-03', 20), (document) => lotDifferences(document, 'universal'))
  })
  test('United Kingdom: same day, thirty days, pool', () => {
    agree(
      generatedHistory({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London' }, '2023-03-20', 40),
      shareDifferences,
    )
  })

  const german: LotRules = { isLong: isMoreThanAYear, swapCost: 'received' }
  test('Germany: each wallet first in, first out, and the year of each lot', () => {
    const profile = { jurisdiction: 'de', currency: 'EUR', zone: 'Europe/Berlin' }
    agree(generatedHistory(profile, '2023-02-27', 40), (document) => lotDifferences(document, 'account', german))
  })
  test('Germany: dates first in, first out, cost by the average of each wallet', () => {
    const profile = { jurisdiction: 'de', currency: 'EUR', zone: 'Europe/Berlin', method: 'fifo-average' }
    const averaged = { ...german, isAveraged: true }
    agree(generatedHistory(profile, '2023-02-27', 40), (document) => lotDifferences(document, 'account', averaged))
  })
  const australian: LotRules = { isLong: isMoreThanAYear, swapCost: 'given' }
  test.each(['fifo', 'lifo', 'hifo'])('Australia: parcels of all wallets, %s', (method) => {
    const profile = { jurisdiction: 'au', currency: 'AUD', zone: 'Australia/Sydney', method }
    agree(generatedHistory(profile, '2023-02-27', 40), (document) => lotDifferences(document, 'universal', australian))
  })
  test('Canada: one average, and losses denied around a purchase', () => {
    const profile = { jurisdiction: 'ca', currency: 'CAD', zone: 'America/Toronto' }
    agree(generatedHistory(profile, '2023-11-20', 40), (document) =>
      averageDifferences(document, plainAverages(document, { ...MOVING, losses: superficialRule(document) })),
    )
  })
  test('France: one acquisition price for everything held', () => {
    const profile = { jurisdiction: 'fr', currency: 'EUR', zone: 'Europe/Paris' }
    agree(withPrices(generatedHistory(profile, '2023-11-20', 40)), portfolioDifferences)
  })
  test('Japan: the average of the year', () => {
    const profile = { jurisdiction: 'jp', currency: 'JPY', zone: 'Asia/Tokyo', method: 'total-average' }
    agree(generatedHistory(profile, '2023-11-20', 40), (document) =>
      averageDifferences(document, plainAverages(document, { ...MOVING, average: 'yearly' })),
    )
  })
  test('Sweden: the moving average of all wallets', () => {
    const profile = { jurisdiction: 'se', currency: 'SEK', zone: 'Europe/Stockholm' }
    agree(generatedHistory(profile, '2023-11-20', 40), (document) =>
      averageDifferences(document, plainAverages(document, MOVING)),
    )
  })
  test('Austria: the moving average of each wallet, through swaps, without fees, rewards at no cost', () => {
    const profile = { jurisdiction: 'at', currency: 'EUR', zone: 'Europe/Vienna' }
    const rules: AverageRules = {
      average: 'moving',
      pools: 'account',
      swaps: 'neutral',
      rewards: 'nothing',
      fees: 'do not count',
    }
    agree(generatedHistory(profile, '2023-11-20', 40), (document) =>
      averageDifferences(document, plainAverages(document, rules)),
    )
  })
  test('Ireland: four weeks, then first in, first out; losses that wait', () => {
    const profile = { jurisdiction: 'ie', currency: 'EUR', zone: 'Europe/Dublin' }
    agree(generatedHistory(profile, '2023-11-20', 40), fourWeeksDifferences)
  })
})
