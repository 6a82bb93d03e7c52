import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import {
  formatAmount,
  formatDecimal,
  formatMoney,
  formatMoneyFull,
  parseAmount,
  parseDecimal,
  parseMoney,
} from '../../../shared/amount/decimal.ts'
import { rationalOf } from './rational.ts'

const anyValue = fc.oneof(
  fc.bigInt({ min: -(10n ** 45n), max: 10n ** 45n }),
  fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }),
)

test('what is written is read back unchanged, in canonical form', () => {
  fc.assert(
    fc.property(anyValue, fc.integer({ min: 0, max: 24 }), (value, digits) => {
      const text = formatDecimal(value, digits)
      expect(parseDecimal(text, digits)).toBe(value)
      expect(text).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/)
      expect(text).not.toBe('-0')
    }),
  )
})

test('every plain decimal is read exactly, however many digits and zeros it has', () => {
  const digits = fc.stringMatching(/^\d{1,20}$/)
  fc.assert(
    fc.property(fc.boolean(), digits, fc.option(digits), (negative, whole, places) => {
      const text = `${negative ? '-' : ''}${whole}${places === null ? '' : `.${places}`}`
      const exact = rationalOf(text)
      expect(parseDecimal(text, 24)).toBe((exact.n * 10n ** 24n) / exact.d)
    }),
  )
})

test('money is shown as decimal.js shows it', () => {
  const HalfEven = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN })
  fc.assert(
    fc.property(anyValue, fc.integer({ min: 0, max: 18 }), (value, digits) => {
      const shown = new HalfEven(value.toString()).div('1e18').toFixed(digits)
      expect(formatMoney(value as Money, digits)).toBe(/^-0(\.0*)?$/.test(shown) ? shown.slice(1) : shown)
    }),
  )
})

test('a sum that rounds to nothing carries no minus', () => {
  expect(formatMoney(parseMoney('-0.001') as Money, 2)).toBe('0.00')
  expect(formatAmount(0n as Amount)).toBe('0')
  expect(parseAmount('-0')).toBe(0n)
})

test('full money keeps two places and everything beyond them', () => {
  expect(formatMoneyFull(parseMoney('50000') as Money)).toBe('50000.00')
  expect(formatMoneyFull(parseMoney('20983.9950') as Money)).toBe('20983.995')
  expect(formatMoneyFull(0n as Money)).toBe('0.00')
})

test.each([
  '',
  '-',
  '.',
  '1.',
  '.5',
  '+1',
  ' 1',
  '1 ',
  '1e5',
  '1E-18',
  '0x10',
  'NaN',
  'Infinity',
  '1,5',
  '1_000',
  '--1',
  '1.2.3',
  '٣',
  '１',
])('refuses %j as a canonical number and says so', (text) => {
  expect(parseAmount(text)).toEqual({ error: expect.stringContaining(text) })
})

test('digits beyond the scale are refused, trailing zeros are not digits', () => {
  expect(parseMoney('0.1234567890123456789')).toEqual({ error: expect.stringContaining('more than 18 digits') })
  expect(parseMoney('0.5000000000000000000000')).toBe(5n * 10n ** 17n)
  expect(parseAmount('0.000000000000000000000001')).toBe(1n)
})

test('a cell of ten megabytes is refused at once and not repeated in the message', () => {
  const read = parseAmount('1'.repeat(10_000_000))
  expect(typeof read === 'object' && read.error.length < 100).toBe(true)
})
