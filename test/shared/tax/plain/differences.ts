/** Compares what the plain implementations make of a document with what the engine makes of it. */
import { resultOf } from '../result-of-document.ts'
import type { JsonObject } from '../scenario-files.ts'
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, minus, rounded, ZERO } from './fraction.ts'
import type { PlainDisposal, PlainPool } from './plain-averages.ts'
import { plainFourWeeks } from './plain-four-weeks.ts'
import type { PlainDocument } from './plain-history.ts'
import type { LotRules } from './plain-lots.ts'
import { plainLots } from './plain-lots.ts'
import type { PlainPrice } from './plain-portfolio.ts'
import { plainPortfolio } from './plain-portfolio.ts'
import { plainShares } from './plain-shares.ts'

/** The engine cuts money at 18 places; a history of some dozens of cuts stays far inside this. */
const PLACES = 12

type Sums = Map<string, { amount: Fraction; money: Fraction[] }>

function addTo(sums: Sums, key: string, amount: Fraction, money: readonly Fraction[]): void {
  const known = sums.get(key) ?? { amount: ZERO, money: money.map(() => ZERO) }
  sums.set(key, { amount: add(known.amount, amount), money: known.money.map((sum, i) => add(sum, money[i] ?? ZERO)) })
}

const apart = (a: Fraction, b: Fraction, places = PLACES): boolean => {
  const gap = minus(a, b)
  return compare(gap.over < 0n ? minus(ZERO, gap) : gap, { over: 1n, under: 10n ** BigInt(places) }) > 0
}

/** Keys whose units differ at all, or whose money differs by more than cutting explains. */
function differences(plain: Sums, engine: Sums, places = PLACES): string[] {
  const show = (sums: Sums, key: string): string => {
    const at = sums.get(key)
    return at ? [at.amount, ...at.money].map((value) => rounded(value, 14)).join(' ') : 'nothing'
  }
  return [...new Set([...plain.keys(), ...engine.keys()])]
    .filter((key) => {
      const [a, b] = [plain.get(key), engine.get(key)]
      if (!a || !b) return true
      return compare(a.amount, b.amount) !== 0 || a.money.some((sum, i) => apart(sum, b.money[i] ?? ZERO, places))
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

/** Rows by lot and date, lots held, and income. */
export function lotDifferences(document: PlainDocument, scope = document.profile.scope, rules?: LotRules): string[] {
  const plain = plainLots(document, scope, rules)
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

/** Matches, days and pools of the United Kingdom. */
export function shareDifferences(document: PlainDocument): string[] {
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

/** Disposals by event and coin, pools, and income. `places` of money are compared: 12 unless told. */
export function averageDifferences(
  document: PlainDocument,
  plain: {
    readonly disposals: readonly PlainDisposal[]
    readonly pools: readonly PlainPool[]
    readonly income: Fraction
  },
  places = 12,
): string[] {
  const engine = engineDocument(document)
  const sums = (): Sums => new Map()
  const [plainRows, engineRows, plainPools, enginePools] = [sums(), sums(), sums(), sums()]
  for (const { event, asset, isMissing, units, proceeds, fees, cost, denied } of plain.disposals) {
    addTo(plainRows, [event, asset, isMissing].join(' '), units, [proceeds, fees, cost, denied])
  }
  for (const row of rowsOf(engine, 'disposals')) {
    const denied = minus(number(row, 'gain'), number(row, 'rawGain'))
    const key = [row.event, row.asset, row.rule === 'missing-acquisition'].join(' ')
    addTo(engineRows, key, number(row, 'amount'), [
      number(row, 'proceeds'),
      number(row, 'fees'),
      number(row, 'cost'),
      denied,
    ])
  }
  for (const { account, asset, units, cost } of plain.pools) addTo(plainPools, `${account} ${asset}`, units, [cost])
  for (const pool of rowsOf(engine, 'pools')) {
    if (pool.amount === '0' && Number.parseFloat(String(pool.cost)) === 0) continue
    addTo(enginePools, `${pool.account} ${pool.asset}`, number(pool, 'amount'), [number(pool, 'cost')])
  }
  const income = rowsOf(engine, 'income').reduce((sum, row) => add(sum, number(row, 'value')), ZERO)
  return [
    ...differences(plainRows, engineRows, places),
    ...differences(plainPools, enginePools, places),
    ...(apart(income, plain.income, places) ? [`income: ${rounded(plain.income, 2)} and ${rounded(income, 2)}`] : []),
  ]
}

/** The French portfolio: disposals, units held, and what is left of the acquisition price. */
export function portfolioDifferences(document: PlainDocument & { readonly prices: readonly PlainPrice[] }): string[] {
  const plain = plainPortfolio(document)
  const pools = [...plain.held].map(([asset, units]) => ({ account: null, asset, units, cost: ZERO }))
  const { totals } = engineDocument(document) as { totals: Record<string, { carryOut: Record<string, string> }> }
  const last = Object.keys(totals).sort().at(-1)
  const carried = last === undefined ? undefined : totals[last]?.carryOut
  const left = minus(decimal(carried?.frAcquisition ?? '0'), decimal(carried?.frConsumed ?? '0'))
  const expected = minus(plain.acquisition, plain.consumed)
  return [
    ...averageDifferences(document, { ...plain, pools: pools.filter(({ units }) => units.over !== 0n) }, 6),
    ...(apart(left, expected, 6) ? [`acquisition price left: ${rounded(expected, 8)} and ${rounded(left, 8)}`] : []),
  ]
}

/** Ireland: rows by lot, and the gain of each disposal after what its four weeks restrict. */
export function fourWeeksDifferences(document: PlainDocument): string[] {
  const { lots, gains } = plainFourWeeks(document)
  const engine = engineDocument(document)
  const [plainRows, engineRows]: [Sums, Sums] = [new Map(), new Map()]
  lots.rows.forEach((row, index) => {
    addTo(plainRows, [row.event, row.asset, row.lot ?? 'missing'].join(' '), row.amount, [
      row.proceeds,
      row.fees,
      row.cost,
      gains[index] ?? ZERO,
    ])
  })
  for (const row of rowsOf(engine, 'disposals')) {
    const lot = row.rule === 'missing-acquisition' ? 'missing' : row.lot
    addTo(engineRows, [row.event, row.asset, lot].join(' '), number(row, 'amount'), [
      number(row, 'proceeds'),
      number(row, 'fees'),
      number(row, 'cost'),
      number(row, 'gain'),
    ])
  }
  return differences(plainRows, engineRows)
}
