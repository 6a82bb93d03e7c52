import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountText,
  compareDecimals,
  exactText,
  moneyText,
  parseTyped,
  signOf,
  subtractDecimals,
  sumDecimals,
} from '../../../renderer/components/decimal-text.ts'

describe('figures in the locale of the user', () => {
  it('show money with two decimals and the marks of the locale', () => {
    expect(moneyText('1234567.5', 'en-US')).toBe('1,234,567.50')
    expect(moneyText('1234567.5', 'de-DE')).toBe('1.234.567,50')
    expect(moneyText('1234567.5', 'en-IN')).toBe('12,34,567.50')
  })

  it('keep every digit of a number no float could hold', () => {
    expect(exactText('123456789012345678901234.123456789012345678', 'en-US')).toBe(
      '123,456,789,012,345,678,901,234.123456789012345678',
    )
    expect(moneyText('9007199254740993.01', 'en-US')).toBe('9,007,199,254,740,993.01')
  })

  it('carry a true minus, and none on what rounds to nothing', () => {
    expect(moneyText('-12.3', 'en-US')).toBe('−12.30')
    expect(moneyText('-0.004', 'en-US')).toBe('0.00')
    expect(moneyText('-0.006', 'en-US')).toBe('−0.01')
  })

  it('round half to even, as the books do', () => {
    expect(moneyText('0.125', 'en-US')).toBe('0.12')
    expect(moneyText('0.135', 'en-US')).toBe('0.14')
  })

  it('never show a tiny amount as nothing', () => {
    expect(amountText('0.000000000000000001', 'en-US')).toBe('0.000000000000000001')
    expect(amountText('0.123456789', 'en-US')).toBe('0.12345679')
    expect(amountText('2', 'en-US')).toBe('2')
  })

  it('are negative, nothing or positive', () => {
    expect([signOf('-0.1'), signOf('0'), signOf('0.1')]).toEqual(['negative', 'zero', 'positive'])
  })
})

describe('sums on the screen', () => {
  it('are exact', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3')
    expect(sumDecimals(['-5', '2.25', '2.75'])).toBe('0')
    expect(subtractDecimals('1', '1.000000000000000001')).toBe('-0.000000000000000001')
  })

  it('agree with whole-number arithmetic whatever the numbers', () => {
    const units = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
    fc.assert(
      fc.property(units, units, (left, right) => {
        expect(sumDecimals([String(left), String(right)])).toBe(String(left + right))
        expect(compareDecimals(String(left), String(right))).toBe(left < right ? -1 : left > right ? 1 : 0)
      }),
    )
  })
})

describe('a number typed by a person', () => {
  it.each([
    ['1,234.56', 'en-US', '1234.56'],
    ['1.234,56', 'de-DE', '1234.56'],
    ['1.234,56', 'en-US', '1234.56'],
    ['1 234,56', 'fr-FR', '1234.56'],
    ['0,5', 'en-US', '0.5'],
    ['1,234', 'en-US', '1234'],
    ['1,234', 'de-DE', '1.234'],
    ['-007.50', 'en-US', '-7.5'],
    ['-0', 'en-US', '0'],
    ['1,234,567', 'en-US', '1234567'],
  ])('%s in %s is %s', (typed, locale, canonical) => {
    expect(parseTyped(typed, locale)).toBe(canonical)
  })

  it.each(['', 'abc', '1e5', '0x10', 'NaN', '1,23,45.6.7', '12,34.5', '1..2'])('%s is refused', (typed) => {
    expect(parseTyped(typed, 'en-US')).toBeNull()
  })
})
