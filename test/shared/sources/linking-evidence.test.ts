import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinkableEvent } from '../../../shared/sources/linking.ts'
import { isProviderKey, linkCandidates, sumCandidates, venueOf } from '../../../shared/sources/linking.ts'

type Leg = LinkableEvent['legs'][number]
const leg = (role: Leg['role'], asset: string, amount: bigint, included = false): Leg =>
  ({ role, account: 'place', asset, amount, ...(included ? { included } : {}) }) as unknown as Leg

const T = 1_700_000_000_000
const event = (id: string, source: string, legs: readonly Leg[], more: Partial<LinkableEvent> = {}): LinkableEvent =>
  ({ id, source, time: T, precision: 'second', hasProviderId: false, legs, ...more }) as unknown as LinkableEvent
const buy = (btc: bigint, eur: bigint) => [leg('in', 'BTC', btc), leg('out', 'EUR', eur)]

describe('links by evidence', () => {
  it('by the same id of a venue’s other export are proved where the amounts agree, and only likely where they do not', () => {
    const ledger = event('a', 'kraken-ledgers', buy(5n, 100n), { hasProviderId: true, key: 'T1', time: T as never })
    const trade = (eur: bigint, key = 'T1') =>
      event('b', 'kraken-trades', buy(5n, eur), { hasProviderId: true, key, time: (T + 99_999) as never })
    expect(linkCandidates([trade(100n)], [ledger])).toMatchObject([{ grade: 'proved' }])
    expect(linkCandidates([trade(101n)], [ledger])).toMatchObject([{ grade: 'likely' }])
    expect(linkCandidates([trade(100n, 'T2')], [ledger])).toEqual([])
    expect(linkCandidates([{ ...trade(100n), source: 'okx-trades' as never }], [ledger])).toEqual([])
  })

  it('take a fee that is told apart for the same as one that is not', () => {
    const whole = event('a', 'binance-statement', [leg('out', 'BTC', 100n)])
    const apart = event('b', 'binance-transfers', [leg('out', 'BTC', 95n), leg('fee', 'BTC', 5n)])
    const within = event('c', 'koinly', [leg('out', 'BTC', 100n), leg('fee', 'BTC', 5n, true)])
    expect(linkCandidates([apart], [whole])).toHaveLength(1)
    expect(linkCandidates([within], [whole])).toHaveLength(1)
  })

  it('hours apart are unclear, nearest first, and a day apart are none', () => {
    const coming = (id: string, hours: number) =>
      event(id, 'koinly', [leg('in', 'BTC', 7n)], { time: (T + hours * 3_600_000) as never })
    const there = event('l', 'ledger-live', [leg('in', 'BTC', 7n)])
    expect(linkCandidates([coming('far', 5), coming('near', 2)], [there])).toMatchObject([
      { incoming: 'near', grade: 'unclear', reason: 'the same account and amounts 2 hours later' },
    ])
    expect(linkCandidates([coming('gone', 25)], [there])).toEqual([])
  })

  it('between two layouts without ids of one source see what each alone would double', () => {
    const old = event('a', 'coinbase', buy(5n, 100n), { layout: '2020' })
    expect(linkCandidates([event('b', 'coinbase', buy(5n, 100n), { layout: '2022' })], [old])).toHaveLength(1)
    expect(linkCandidates([event('b', 'coinbase', buy(5n, 100n), { layout: '2020' })], [old])).toEqual([])
  })
})

describe('sums', () => {
  const fills = [event('f1', 'binance-trades', buy(2n, 40n)), event('f2', 'binance-trades', buy(3n, 60n))]
  const whole = event('s', 'binance-statement', buy(5n, 100n))

  it('of fills are the line that adds them up, whichever came first', () => {
    const none = new Set<never>()
    expect(sumCandidates(fills, [whole], none)).toMatchObject([{ whole: 's', parts: ['f1', 'f2'] }])
    expect(sumCandidates([whole], fills, none)).toMatchObject([{ whole: 's', parts: ['f1', 'f2'] }])
  })

  it('need every part, the same second, and records that are not linked already', () => {
    expect(sumCandidates(fills.slice(0, 1), [whole], new Set())).toEqual([])
    expect(sumCandidates(fills, [{ ...whole, time: (T + 2_000) as never }], new Set())).toEqual([])
    expect(sumCandidates(fills, [whole], new Set(['f1' as never]))).toEqual([])
  })

  it('use no record twice, and always add up', () => {
    const amount = fc.bigInt({ min: 1n, max: 4n })
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), fc.array(amount, { maxLength: 8 }), (small, large) => {
        const parts = small.map((n, i) => event(`p${i}`, 'a-x', [leg('in', 'BTC', n)]))
        const wholes = large.map((n, i) => event(`w${i}`, 'b-x', [leg('in', 'BTC', n * 3n)]))
        const found = sumCandidates(parts, wholes, new Set())
        const used = found.flatMap(({ whole: one, parts: some }) => [one, ...some])
        expect(new Set(used).size).toBe(used.length)
        const size = (id: string): bigint =>
          ([...parts, ...wholes].find((one) => one.id === id)?.legs[0]?.amount ?? 0n) as bigint
        for (const { whole: one, parts: some } of found)
          expect(some.reduce((sum, id) => sum + size(id), 0n)).toBe(size(one))
      }),
    )
  })
})

it('keys of text are no ids, and exports of one venue share its name', () => {
  expect([isProviderKey('T1-AAA'), isProviderKey('h.0011'), isProviderKey('row:00:0')]).toEqual([true, false, false])
  expect(venueOf('kraken-ledgers')).toBe(venueOf('kraken-trades'))
})
