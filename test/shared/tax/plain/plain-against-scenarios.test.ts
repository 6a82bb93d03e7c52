import { describe, expect, test } from 'vitest'
import { scenarioFiles } from '../scenario-files.ts'
import { rounded, sum } from './fraction.ts'
import { plainAverages } from './plain-averages.ts'
import type { PlainDocument, PlainEvent } from './plain-history.ts'
import { isLongTerm, isMoreThanAYear, plainLots } from './plain-lots.ts'
import { plainPortfolio } from './plain-portfolio.ts'
import { plainShares } from './plain-shares.ts'
import { superficialRule } from './plain-superficial.ts'

const scenarios = new Map(scenarioFiles().map((scenario) => [scenario.name, scenario]))
const documentOf = (name: string) => scenarios.get(name)?.input as unknown as PlainDocument

/** An opening pool as a receipt worth its cost. */
const openedAtCost = (event: PlainEvent): PlainEvent => ({
  ...event,
  legs: event.legs.map((leg) => ('cost' in leg ? { ...leg, value: String(leg.cost) } : leg)),
})

describe('the plain implementations agree with published figures', () => {
  test('lots by FIFO over three lots with fees', () => {
    const document = documentOf('us/lots-fifo')
    const { rows, lots } = plainLots({ ...document, profile: { ...document.profile, scope: 'account' } })
    expect(
      rows.map((row) => [row.lot, rounded(row.proceeds, 2), rounded(row.fees, 2), rounded(row.cost, 2), row.term]),
    ).toEqual([
      ['a1', '40000.00', '100.00', '20050.00', 'long'],
      ['a2', '20000.00', '50.00', '15030.00', 'short'],
      ['a2', '41000.00', '100.00', '30060.00', 'long'],
    ])
    expect(lots.map((lot) => [lot.event, rounded(lot.cost, 2)])).toEqual([
      ['a2', '15030.00'],
      ['a3', '45090.00'],
    ])
  })
  test('a transfer with a fee', () => {
    const document = documentOf('none/transfer-carries-lots')
    const { rows } = plainLots(document)
    expect(rows.map((row) => [row.event, rounded(row.cost, 2), row.term])).toEqual(
      [
        ['s', '90.00', 'long'],
        ['t', '10.00', 'long'],
      ].reverse(),
    )
  })
  test('thirty days, then the pool (CRYPTO22255)', () => {
    const document = documentOf('gb/crypto22255-thirty-days-then-pool')
    const { matches, pools } = plainShares({ ...document, events: document.events.map(openedAtCost) })
    expect(matches.map((match) => [match.rule, rounded(match.amount, 0), rounded(match.cost, 2)])).toEqual([
      ['30-day', '500', '17500.00'],
      ['s104', '3500', '50000.00'],
    ])
    expect(rounded(pools.get('E')?.cost ?? sum([]), 2)).toBe('150000.00')
  })
  test('a superficial loss in part: 240 of 400 is denied and joins the 60 units bought back', () => {
    const document = documentOf('examples/ca-superficial-partial')
    const opened = { ...document, events: document.events.map(openedAtCost) }
    const { disposals, pools } = plainAverages(opened, {
      average: 'moving',
      pools: 'universal',
      swaps: 'taxed',
      rewards: 'income',
      fees: 'count',
      losses: superficialRule(opened),
    })
    expect(disposals.map(({ cost, denied }) => [rounded(cost, 2), rounded(denied, 2)])).toEqual([['1000.00', '240.00']])
    expect(pools.map(({ units, cost }) => [rounded(units, 0), rounded(cost, 2)])).toEqual([['60', '660.00']])
  })
  test('the notice of form 2086: 375, then all that is left', () => {
    const document = documentOf('examples/fr-2086-official')
    const prices = [
      { asset: 'BTC', time: '2019-08-15', price: '1200' },
      { asset: 'BTC', time: '2019-11-15', price: '2080' },
    ]
    const { disposals, acquisition, consumed } = plainPortfolio({ ...document, prices })
    expect(disposals.map(({ cost }) => rounded(cost, 2))).toEqual(['375.00', '625.00'])
    expect([rounded(acquisition, 2), rounded(consumed, 2)]).toEqual(['1000.00', '1000.00'])
  })
  test('the purchases of Skatteverket, averaged', () => {
    const { disposals } = plainAverages(documentOf('examples/se-average-k4'), {
      average: 'moving',
      pools: 'universal',
      swaps: 'taxed',
      rewards: 'income',
      fees: 'count',
    })
    expect(disposals.map(({ asset, cost }) => [asset, rounded(cost, 2)])).toEqual([
      ['BTC', '12857.14'],
      ['ADA', '9000.00'],
    ])
  })
  test('a year and a day, from the end of February too', () => {
    expect([isMoreThanAYear('2024-03-10', '2025-03-10'), isMoreThanAYear('2024-03-10', '2025-03-11')]).toEqual([
      false,
      true,
    ])
    expect([isMoreThanAYear('2024-02-29', '2025-02-28'), isMoreThanAYear('2024-02-29', '2025-03-01')]).toEqual([
      false,
      true,
    ])
  })
  test('the anniversary is short, the day after is long', () => {
    expect([isLongTerm('2024-03-10', '2025-03-10'), isLongTerm('2024-03-10', '2025-03-11')]).toEqual([false, true])
    expect([isLongTerm('2023-02-28', '2024-02-29'), isLongTerm('2024-02-28', '2025-02-28')]).toEqual([false, false])
  })
})
