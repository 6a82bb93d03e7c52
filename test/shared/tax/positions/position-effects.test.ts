import { describe, expect, test } from 'vitest'
import { formatMoney } from '../../../../shared/amount/decimal.ts'
import { readInterchange } from '../../../../shared/events/interchange.ts'
import { compute } from '../../../../shared/tax/compute.ts'
import { PACKS } from '../../../../shared/tax/packs/pack-list.ts'
import { packPositions } from '../../../../shared/tax/positions/pack-positions.ts'
import type { PositionEffectOptions } from '../../../../shared/tax/positions/position-effects.ts'
import { positionEffects } from '../../../../shared/tax/positions/position-effects.ts'

const leg = (role: string, account: string, asset: string, amount: string, more: object = {}) => ({
  role,
  account,
  asset,
  amount,
  ...more,
})
const at = (id: string, day: string, kind: string, legs: readonly object[], more: object = {}) => ({
  id,
  time: `${day}T12:00:00Z`,
  kind,
  legs,
  ...more,
})

const EVENTS = [
  at('b', '2024-01-10', 'buy', [leg('in', 'W', 'ETH', '4'), leg('out', 'W', 'USD', '4000')]),
  at('w', '2024-03-01', 'wrap', [leg('out', 'W', 'ETH', '1'), leg('in', 'W', 'WETH', '1', { value: '3000' })], {
    protocol: 'weth',
  }),
  at('l', '2024-04-01', 'lend_supply', [leg('out', 'W', 'ETH', '1'), leg('in', 'W', 'aETH', '1', { value: '3500' })], {
    protocol: 'aave',
  }),
  at('d', '2025-02-01', 'airdrop', [leg('in', 'W', 'UNI', '100', { value: '700' })]),
  at('x', '2025-03-01', 'unmatched_out', [leg('out', 'W', 'ETH', '1', { value: '2500' })]),
  at('c', '2024-05-01', 'buy', [leg('in', 'W', 'BTC', '1'), leg('out', 'W', 'USD', '50000')]),
  at('s', '2025-05-01', 'sell', [leg('out', 'W', 'BTC', '1'), leg('in', 'W', 'USD', '90000')]),
]

function input(positions: object = {}) {
  const reading = readInterchange(
    {
      schema: 'tallystick/events@1',
      profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC', positions: structuredClone(positions) },
      accounts: [{ id: 'W', name: 'W', kind: 'wallet' }],
      assets: ['ETH', 'WETH', 'aETH', 'UNI', 'BTC', 'USD'].map((id) => ({
        id,
        kind: id === 'USD' ? 'fiat' : 'crypto',
      })),
      events: structuredClone(EVENTS),
    },
    'positions',
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading))
  return reading.document
}

function effectsOf(positions: object = {}, options: PositionEffectOptions = {}) {
  const outcome = positionEffects(input(positions), options)
  if (outcome === null || !outcome.ok) throw new Error('refused')
  return new Map(outcome.positions.map((effect) => [effect.id, effect]))
}

const yearsOf = (effect: ReturnType<typeof effectsOf> extends Map<string, infer E> ? E | undefined : never) =>
  effect?.alternatives.map(({ choice, years }) => [
    choice,
    years.map(({ year, gain, income }) => [year, formatMoney(gain, 2), formatMoney(income, 2)]),
  ])

describe('the effect of positions', () => {
  test('is given for the questions that the history raises, and for no other', () => {
    expect([...effectsOf().keys()]).toEqual(['P1', 'P4', 'P7', 'P14'])
  })

  test('says in money what each other choice would change, year by year', () => {
    const effects = effectsOf()
    expect(yearsOf(effects.get('P1'))).toEqual([['swap', [[2024, '2000.00', '0.00']]]])
    expect(yearsOf(effects.get('P4'))).toEqual([['swap', [[2024, '2500.00', '0.00']]]])
    expect(yearsOf(effects.get('P7'))).toEqual([['nil', [[2025, '0.00', '-700.00']]]])
    expect(yearsOf(effects.get('P14'))).toEqual([['best', [[2025, '-1500.00', '0.00']]]])
  })

  test('is what computing the whole under that choice gives', () => {
    const total = (positions: object, year: number) => {
      const outcome = compute(input(positions))
      if (!outcome.ok) throw new Error('refused')
      return outcome.result.totals.get(year)?.taxable ?? 0n
    }
    for (const effect of effectsOf().values()) {
      for (const { choice, years } of effect.alternatives) {
        for (const year of [2024, 2025]) {
          const difference = years.find((one) => one.year === year)?.taxable ?? 0n
          expect(difference).toBe(total({ [effect.id]: choice }, year) - total({}, year))
        }
      }
    }
  })

  test('names the choice in force and whether anybody made it', () => {
    expect(effectsOf().get('P1')).toMatchObject({ choice: 'none', byDefault: true, mixed: false, events: 1 })
    const chosen = effectsOf({ P1: [{ choice: 'swap' }, { choice: 'none', scope: { asset: 'WETH' } }] }).get('P1')
    expect(chosen).toMatchObject({ choice: 'swap', byDefault: false, mixed: true })
    expect(chosen?.alternatives.map(({ choice }) => choice)).toEqual(['none'])
  })

  test('says which assets, protocols and accounts a question is about', () => {
    expect(effectsOf().get('P4')?.touches).toEqual({ assets: ['ETH', 'aETH'], protocols: ['aave'], accounts: ['W'] })
  })

  test('can be asked for one protocol only', () => {
    expect([...effectsOf({}, { ids: ['P4'], scope: { protocol: 'compound' } }).keys()]).toEqual([])
    const effect = effectsOf({}, { ids: ['P4'], scope: { protocol: 'aave' } }).get('P4')
    expect(yearsOf(effect)).toEqual([['swap', [[2024, '2500.00', '0.00']]]])
  })

  test('goes by the country of each part of the life of a person who moved', () => {
    const moved = input()
    const move = {
      id: 'm' as (typeof moved.events)[number]['id'],
      time: Date.UTC(2025, 0, 15) as (typeof moved.events)[number]['time'],
      kind: 'residence_change' as const,
      legs: [],
      jurisdiction: 'gb',
    }
    const outcome = positionEffects({ ...moved, events: [...moved.events, move] }, { ids: ['P1', 'P4'] })
    if (outcome === null || !outcome.ok) throw new Error('refused')
    expect(outcome.positions.map(({ id, alternatives }) => [id, alternatives.map(({ choice }) => choice)])).toEqual([
      ['P1', ['swap']],
      ['P4', ['swap']],
    ])
    expect(
      outcome.positions[0]?.alternatives[0]?.years.map(({ label, gain }) => [label, formatMoney(gain, 2)]),
    ).toEqual([['US 2024', '2000.00']])
  })

  test('ends without a result where it is cancelled', () => {
    expect(positionEffects(input(), { isCancelled: () => true })).toBeNull()
  })
})

describe.each(PACKS.map((pack) => [pack.id, pack] as const))('the register in %s', (_id, pack) => {
  test('has a standard that is among its choices, and words and an authority for each', () => {
    for (const position of packPositions(pack)) {
      const choices = position.choices.map(({ id }) => id)
      expect(choices, position.id).toContain(position.standard)
      expect(position.alternatives.length, position.id).toBeGreaterThan(0)
      expect(position.authority.length, position.id).toBeGreaterThan(5)
      expect(position.question, position.id).toMatch(/\?$/)
      for (const { id, label } of position.choices) expect(label, `${position.id} ${id}`).not.toBe(id)
    }
  })

  test('is asked by no row of the pack with a question that the register lacks', () => {
    const known = new Set(packPositions(pack).map(({ id }) => id))
    for (const { position } of pack.treatments) if (position !== undefined) expect(known).toContain(position)
  })
})
