import { describe, expect, test } from 'vitest'
import { scenarioFiles } from '../scenario-files.ts'
import { rounded, sum } from './fraction.ts'
import type { PlainDocument } from './plain-history.ts'
import { isLongTerm, plainLots } from './plain-lots.ts'
import { plainShares } from './plain-shares.ts'

const scenarios = new Map(scenarioFiles().map((scenario) => [scenario.name, scenario]))
const documentOf = (name: string) => scenarios.get(name)?.input as unknown as PlainDocument

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
    const opened = document.events.map((event) => ({
      ...event,
      legs: event.legs.map((leg) => ('cost' in leg ? { ...leg, value: String(leg.cost) } : leg)),
    }))
    const { matches, pools } = plainShares({ ...document, events: opened })
    expect(matches.map((match) => [match.rule, rounded(match.amount, 0), rounded(match.cost, 2)])).toEqual([
      ['30-day', '500', '17500.00'],
      ['s104', '3500', '50000.00'],
    ])
    expect(rounded(pools.get('E')?.cost ?? sum([]), 2)).toBe('150000.00')
  })
  test('the anniversary is short, the day after is long', () => {
    expect([isLongTerm('2024-03-10', '2025-03-10'), isLongTerm('2024-03-10', '2025-03-11')]).toEqual([false, true])
    expect([isLongTerm('2023-02-28', '2024-02-29'), isLongTerm('2024-02-28', '2025-02-28')]).toEqual([false, false])
  })
})
