import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resultOf } from '../result-of-document.ts'
import type { JsonObject } from '../scenario-files.ts'
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, minus, rounded, ZERO } from './fraction.ts'
import { generatedHistory } from './generated-history.ts'
import type { PlainDocument } from './plain-history.ts'
import { plainLots } from './plain-lots.ts'
import { plainShares } from './plain-shares.ts'

/** The engine cuts money at 18 places; a history of some dozens of cuts stays far inside this. */
const TOLERANCE: Fraction = { over: 1n, under: 10n ** 12n }
const RUNS = 150

type Sums = Map<string, { amount: Fraction; money: Fraction[] }>

function addTo(sums: Sums, key: string, amount: Fraction, money: readonly Fraction[]): void {
  const known = sums.get(key) ?? { amount: ZERO, money: money.map(() => ZERO) }
  sums.set(key, { amount: add(known.amount, amount), money: known.money.map((sum, i) => add(sum, money[i] ?? ZERO)) })
}

const apart = (a: Fraction, b: Fraction): boolean => {
  const gap = minus(a, b)
  return compare(gap.over < 0n ? minus(ZERO, gap) : gap, TOLERANCE) > 0
}

/** Keys whose units differ at all, or whose money differs by more than cutting explains. */
function differences(plain: Sums, engine: Sums): string[] {
  const show = (sums: Sums, key: string): string => {
    const at = sums.get(key)
    return at ? [at.amount, ...at.money].map((value) => rounded(value, 14)).join(' ') : 'nothing'
  }
  return [...new Set([...plain.keys(), ...engine.keys()])]
    .filter((key) => {
      const [a, b] = [plain.get(key), engine.get(key)]
      if (!a || !b) return true
      return compare(a.amount, b.amount) !== 0 || a.money.some((sum, i) => apart(sum, b.money[i] ?? ZERO))
    })
    .map((key) => `${key}: plain ${show(plain, key)}, engine ${show(engine, key)}`)
}

type Row = { readonly [member: string]: string | null }
const rowsOf = (document: JsonObject, member: string): readonly Row[] => document[member] as unknown as readonly Row[]
const number = (row: Row, member: string): Fraction => decimal(row[member] ?? '0')

function engineDocument(document: PlainDocument): JsonObject {
  const outcome = resultOf(document as unknown as JsonObject, false)
  if (!outcome.ok) throw new Error(outcome.text)
  return outcome.document
}

function lotDifferences(document: PlainDocument, scope = document.profile.scope): string[] {
  const plain = plainLots(document, scope)
  const engine = engineDocument(document)
  const sums = (): Sums => new Map()
  const [plainRows, engineRows, plainHeld, engineHeld] = [sums(), sums(), sums(), sums()]
  for (const row of plain.rows) {
    const key = ['row', row.event, row.asset, row.lot ?? 'missing', row.disposed, row.term].join(' ')
    addTo(plainRows, key, row.amount, [row.proceeds, row.fees, row.cost])
  }
  for (const row of rowsOf(engine, 'disposals')) {
    const lot = row.rule === 'missing-acquisition' ? 'missing' : row.lot
    const key = ['row', row.event, row.asset, lot, row.disposed, row.term].join(' ')
    addTo(engineRows, key, number(row, 'amount'), [number(row, 'proceeds'), number(row, 'fees'), number(row, 'cost')])
  }
  const universal = scope === 'universal'
  for (const lot of plain.lots) {
    addTo(
      plainHeld,
      ['lot', universal ? null : lot.account, lot.asset, lot.event, lot.acquired].join(' '),
      lot.amount,
      [lot.cost],
    )
  }
  for (const lot of rowsOf(engine, 'lots')) {
    const key = ['lot', universal ? null : lot.account, lot.asset, lot.origin, lot.acquired].join(' ')
    addTo(engineHeld, key, number(lot, 'amount'), [number(lot, 'cost')])
  }
  const income = rowsOf(engine, 'income').reduce((sum, row) => add(sum, number(row, 'value')), ZERO)
  return [
    ...differences(plainRows, engineRows),
    ...differences(plainHeld, engineHeld),
    ...(apart(income, plain.income) ? [`income: ${rounded(plain.income, 2)} and ${rounded(income, 2)}`] : []),
  ]
}

function shareDifferences(document: PlainDocument): string[] {
  const plain = plainShares(document)
  const engine = engineDocument(document)
  const sums = (): Sums => new Map()
  const [plainRows, engineRows, plainDays, engineDays, plainPools, enginePools] = [
    sums(),
    sums(),
    sums(),
    sums(),
    sums(),
    sums(),
  ]
  for (const match of plain.matches) {
    const known = match.rule === 'same-day' || match.rule === '30-day'
    const rule = match.rule === 'later' || match.rule === 'missing-acquisition' ? 'beyond' : match.rule
    addTo(plainRows, [match.disposed, match.asset, rule, known ? match.acquired : ''].join(' '), match.amount, [
      match.cost,
    ])
  }
  for (const row of rowsOf(engine, 'disposals')) {
    const known = row.rule === 'same-day' || row.rule === '30-day'
    const rule = known || row.rule === 's104' ? row.rule : 'beyond'
    addTo(engineRows, [row.disposed, row.asset, rule, known ? row.acquired : ''].join(' '), number(row, 'amount'), [
      number(row, 'cost'),
    ])
    addTo(engineDays, `${row.disposed} ${row.asset}`, number(row, 'amount'), [
      number(row, 'proceeds'),
      number(row, 'fees'),
    ])
  }
  for (const day of plain.days) addTo(plainDays, `${day.disposed} ${day.asset}`, day.amount, [day.proceeds, day.fees])
  for (const [asset, pool] of plain.pools) addTo(plainPools, asset, pool.amount, [pool.cost])
  for (const pool of rowsOf(engine, 'pools')) {
    if (pool.amount !== '0') addTo(enginePools, String(pool.asset), number(pool, 'amount'), [number(pool, 'cost')])
  }
  return [
    ...differences(plainRows, engineRows),
    ...differences(plainDays, engineDays),
    ...differences(plainPools, enginePools),
  ]
}

const agree = (
  histories: fc.Arbitrary<PlainDocument>,
  differ: (document: PlainDocument) => readonly string[],
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
})
