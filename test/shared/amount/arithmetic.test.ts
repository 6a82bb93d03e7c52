import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import { mulDiv, roundMoney, shareMoney, shareOf, unitPrice, valueAt } from '../../../shared/amount/arithmetic.ts'
import { formatMoney, parseAmount, parseMoney } from '../../../shared/amount/decimal.ts'
import { nearest, over, rational, times } from './rational.ts'

const amount = (text: string) => parseAmount(text) as Amount
const money = (text: string) => parseMoney(text) as Money
const big = fc.bigInt({ min: -(10n ** 42n), max: 10n ** 42n })
const positive = fc.bigInt({ min: 1n, max: 10n ** 42n })

test('a × b / c is the nearest integer of the exact fraction, ties to even', () => {
  fc.assert(
    fc.property(
      big,
      big,
      big.filter((c) => c !== 0n),
      (a, b, c) => {
        expect(mulDiv(a, b, c)).toBe(nearest(over(times(rational(a), rational(b)), rational(c)), 'even'))
      },
    ),
  )
})

test('ties go to the even neighbour on both sides of zero', () => {
  expect([1n, 3n, 5n, -1n, -3n, -5n].map((n) => mulDiv(n, 1n, 2n))).toEqual([0n, 2n, 2n, 0n, -2n, -2n])
  expect(mulDiv(3n, 1n, -2n)).toBe(-2n)
})

test('a value is units times price, and the unit price leads back to it', () => {
  expect(valueAt(amount('0.0005'), money('109000'))).toBe(money('54.5'))
  expect(unitPrice(money('54.5'), amount('0.0005'))).toBe(money('109000'))
})

test('a lot cut into any parts, in any order, gives its whole cost and not a grain more', () => {
  fc.assert(
    fc.property(big, fc.array(positive, { minLength: 1, maxLength: 30 }), (cost, parts) => {
      let left = cost as Money
      let units = parts.reduce((sum, part) => sum + part, 0n)
      let sum = 0n
      for (const part of parts) {
        const share = shareOf(left, part as Amount, units as Amount)
        sum += share
        left = (left - share) as Money
        units -= part
      }
      expect(sum).toBe(cost)
      expect(left).toBe(0n)
    }),
  )
})

test('a share is at most half a grain away from the exact share', () => {
  fc.assert(
    fc.property(big, positive, positive, (total, part, rest) => {
      const share = shareOf(total as Money, part as Amount, (part + rest) as Amount)
      const error = 2n * (share * (part + rest) - total * part)
      expect(error <= part + rest && -error <= part + rest).toBe(true)
    }),
  )
})

test('sharing by weights adds up exactly and gives nothing to a weight of zero', () => {
  fc.assert(
    fc.property(
      big,
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 30n }), { minLength: 1, maxLength: 12 }),
      (total, weights) => {
        fc.pre(weights.some((w) => w > 0n))
        const shares = shareMoney(total as Money, weights)
        expect(shares.reduce((sum: bigint, share) => sum + share, 0n)).toBe(total)
        weights.forEach((w, i) => {
          if (w === 0n) expect(shares[i]).toBe(0n)
        })
      },
    ),
  )
  expect(shareMoney(money('1'), [1n, 1n, 1n]).map((share) => formatMoney(share))).toEqual([
    '0.333333333333333333',
    '0.333333333333333334',
    '0.333333333333333333',
  ])
})

test('whole dollars on a form: 1.49 is 1 and 1.50 is 2, with the sign mirrored', () => {
  const whole = (text: string) => formatMoney(roundMoney(money(text), 'whole', 'half-up'))
  expect(['1.49', '1.50', '-1.49', '-1.50', '2.5'].map(whole)).toEqual(['1', '2', '-1', '-2', '3'])
  expect(formatMoney(roundMoney(money('2.5'), 'whole', 'half-even'))).toBe('2')
  expect(formatMoney(roundMoney(money('-2.9'), 'whole', 'truncate'))).toBe('-2')
  expect(formatMoney(roundMoney(money('0.005'), 'cents', 'half-up'), 2)).toBe('0.01')
  expect(formatMoney(roundMoney(money('0.005'), 'cents', 'half-even'), 2)).toBe('0.00')
})

test('rounding for forms is the nearest step of the exact value', () => {
  fc.assert(
    fc.property(big, fc.constantFrom('cents' as const, 'whole' as const), (value, step) => {
      const size = step === 'cents' ? 10n ** 16n : 10n ** 18n
      expect(roundMoney(value as Money, step, 'half-up')).toBe(nearest(rational(value, size), 'away') * size)
      expect(roundMoney(value as Money, step, 'half-even')).toBe(nearest(rational(value, size), 'even') * size)
    }),
  )
})
