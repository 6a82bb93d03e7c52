/** Whatever is cut adds up to what it was, to the last digit; whatever is put together loses nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  completed,
  differenceText,
  merged,
  partsByAmount,
  sumsDifference,
} from '../../../electron/engine/hand-parts.ts'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import { formatAmount, formatMoney, parseAmount, parseMoney } from '../../../shared/amount/decimal.ts'
import type { HandEvent, HandLeg } from '../../../shared/contract/hand.ts'

const amount = fc.bigInt({ min: 1n, max: 10n ** 32n }).map((n) => formatAmount(n as Amount))
const sum = fc.bigInt({ min: 0n, max: 10n ** 26n }).map((n) => formatMoney(n as Money))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const legOf = (role: HandLeg['role'], asset: string) =>
  fc.record({ amount, value: maybe(sum), cost: maybe(sum), carried: maybe(sum), stated: maybe(sum) }).map(
    ({ amount: units, value, cost, carried, stated }): HandLeg => ({
      role,
      account: 'w',
      asset,
      amount: units,
      ...(role === 'fee' ? { for: 'out' } : {}),
      ...(value === undefined ? {} : { value }),
      ...(cost === undefined ? {} : { cost }),
      ...(carried === undefined ? {} : { carry: { acquired: '2020-01-01', cost: carried } }),
      ...(stated === undefined ? {} : { stated: { amount: stated, currency: 'EUR' } }),
    }),
  )
const whole = fc
  .tuple(legOf('out', 'BTC'), legOf('in', 'ETH'), legOf('fee', 'USD'))
  .map((legs): HandEvent => ({ time: 0, precision: 'second', kind: 'trade', note: 'n', hash: '0x1', order: 3, legs }))
/** Amounts above nothing that add up to the first leg's. */
const cut = (event: HandEvent, weights: readonly number[]): string[] => {
  const total = parseAmount(event.legs[0]?.amount ?? '0') as bigint
  const parts = weights.map((weight) => (total * BigInt(weight)) / 1000n + 1n)
  const rest = total - parts.reduce((so, part) => so + part, 0n)
  return rest <= 0n ? [formatAmount(total as Amount)] : [...parts, rest].map((part) => formatAmount(part as Amount))
}
const total = (events: readonly HandEvent[], read: (leg: HandLeg) => string | undefined): bigint =>
  events
    .flatMap(({ legs }) => legs.map((leg) => parseMoney(read(leg) ?? '0') as bigint))
    .reduce((so, one) => so + one, 0n)
const SUMS: readonly ((leg: HandLeg) => string | undefined)[] = [
  ({ value }) => value,
  ({ cost }) => cost,
  ({ carry }) => carry?.cost,
  ({ stated }) => stated?.amount,
]

test('parts by amounts move what the whole moves and state what it states, whatever the amounts', () => {
  fc.assert(
    fc.property(whole, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 }), (event, weights) => {
      const amounts = cut(event, weights)
      if (amounts.length < 2) return
      const parts = partsByAmount(event, amounts)
      expect(differenceText([event], parts)).toBeNull()
      expect(sumsDifference([event], parts)).toBeNull()
      for (const read of SUMS) expect(total(parts, read)).toBe(total([event], read))
      for (const { hash, order, note, legs } of parts) {
        expect([hash, order, note]).toEqual(['0x1', 3, 'n'])
        for (const leg of legs) if (leg.role === 'fee') expect(leg.for).toBe('out')
      }
    }),
    { numRuns: 200 },
  )
})

test('parts put together again are the whole, but for what cannot be added', () => {
  fc.assert(
    fc.property(whole, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 }), (event, weights) => {
      const amounts = cut(event, weights)
      if (amounts.length < 2) return
      const one = merged(partsByAmount(event, amounts), 'trade', undefined)
      expect(differenceText([event], [one])).toBeNull()
      for (const read of SUMS) expect(total([one], read)).toBe(total([event], read))
    }),
    { numRuns: 200 },
  )
})

test('a part that states some of the sum leaves the rest to the others; more than the whole is told', () => {
  const leg: HandLeg = { role: 'in', account: 'w', asset: 'BTC', amount: '3', value: '10' }
  const event: HandEvent = { time: 0, precision: 'second', kind: 'trade', note: '', legs: [leg] }
  const part = (units: string, value?: string): HandEvent => ({
    ...event,
    legs: [{ role: 'in', account: 'w', asset: 'BTC', amount: units, ...(value === undefined ? {} : { value }) }],
  })
  const values = (...parts: HandEvent[]) => completed(event, parts).map(({ legs }) => legs[0]?.value)
  expect(values(part('1'), part('1'), part('1'))).toEqual([
    '3.333333333333333333',
    '3.333333333333333334',
    '3.333333333333333333',
  ])
  expect(values(part('1', '4'), part('1'), part('1'))).toEqual(['4', '3', '3'])
  const more = completed(event, [part('1', '11'), part('2')])
  expect(sumsDifference([event], more)).toBe('1 value (in of BTC in w)')
})
