import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import { formatAmount, formatMoney } from '../../../shared/amount/decimal.ts'
import type { DecimalMark } from '../../../shared/amount/source-number.ts'
import {
  findDecimalMark,
  parseSourceAmount,
  parseSourceMoney,
  parseSourceNumber,
} from '../../../shared/amount/source-number.ts'

const read = (text: string, mark: DecimalMark = '.') => {
  const amount = parseSourceAmount(text, mark)
  return typeof amount === 'bigint' ? formatAmount(amount) : amount
}

test.each([
  ['1,234.56', '.', '1234.56'],
  ['1.234,56', ',', '1234.56'],
  ['1 234,56', ',', '1234.56'],
  ['1\u202f234,56', ',', '1234.56'],
  ["1'234.56", '.', '1234.56'],
  ['1,23,456.78', '.', '123456.78'],
  ['-€1.00', '.', '-1'],
  ['$-1.00', '.', '-1'],
  ['($1,000.00)', '.', '-1000'],
  ['\u22125.5', '.', '-5.5'],
  ['1.50-', '.', '-1.5'],
  ['+5', '.', '5'],
  ['USD 1.50', '.', '1.5'],
  ['100,5 €', ',', '100.5'],
  ['0.1BTC', '.', '0.1'],
  ['0.1 BTC', '.', '0.1'],
  ['2 1INCH', '.', '2'],
  ['0XRP', '.', '0'],
  ['1.2E-05', '.', '0.000012'],
  ['1e-18', '.', '0.000000000000000001'],
  ['0E-18', '.', '0'],
  ['.5', '.', '0.5'],
  ['1.234', '.', '1.234'],
  ['1.234', ',', '1234'],
] as const)('reads %j with decimal %s as %s', (text, mark, expected) => {
  expect(read(text, mark)).toBe(expected)
})

/** A reading by the point, by the comma, and where the file shows neither; `null` where it is refused. */
test.each([
  ['1.5', '1.5', null, '1.5'],
  ['1,5', null, '1.5', '1.5'],
  ['-1,5', null, '-1.5', '-1.5'],
  ['1.500', '1.5', '1500', null],
  ['1,500', '1500', '1.5', null],
  ['-1,500', '-1500', '-1.5', null],
  ['1.500,00', null, '1500', '1500'],
  ['1,500.00', '1500', null, '1500'],
  ['1.500.000', null, '1500000', '1500000'],
  ['1,500,000', '1500000', null, '1500000'],
  ['1500,5', null, '1500.5', '1500.5'],
  ['1500.500,5', null, null, null],
  ['1,500.5.5', null, null, null],
  ['1,50.5', null, null, null],
  ['1.50,5', null, null, null],
  ['12,50.5', null, null, null],
  ['12.50,5', null, null, null],
  ['12,50', null, '12.5', '12.5'],
  ['1,500,', null, null, null],
  [',500', null, '0.5', '0.5'],
  ['€0.99', '0.99', null, '0.99'],
  ['€0,99', null, '0.99', '0.99'],
  ['-€1,234.50', '-1234.5', null, '-1234.5'],
  ['-€1.234,50', null, '-1234.5', '-1234.5'],
  ['€', null, null, null],
  ['1,23,456.7', '123456.7', null, '123456.7'],
  ['1.23.456,7', null, '123456.7', '123456.7'],
  ['1,234.567,8', null, null, null],
  ['1 500,25', null, '1500.25', '1500.25'],
  ['1 500.25', '1500.25', null, '1500.25'],
  ['1e-7', '0.0000001', '0.0000001', '0.0000001'],
  ['1,5e-7', null, '0.00000015', '0.00000015'],
  ['.5', '0.5', null, '0.5'],
  ['5.', '5', null, '5'],
  ['5,', null, '5', '5'],
  ['-.5', '-0.5', null, '-0.5'],
  ['5', '5', '5', '5'],
  ['٣', null, null, null],
  ['٣.5', null, null, null],
  ['-', '', '', ''],
] as const)('reads %j by a point as %s, by a comma as %s, by neither as %s', (text, point, comma, neither) => {
  const readings = (['.', ',', 'undecided'] as const).map((mark) => {
    const found = read(text, mark)
    return found === null ? '' : typeof found === 'string' ? found : null
  })
  expect(readings).toEqual([point, comma, neither])
})

test.each(['', ' ', '-', '--', 'N/A', 'No Data', 'n/a'])('takes %j for no value', (text) => {
  expect(read(text)).toBeNull()
})

test.each([
  '0x10',
  '0b1',
  'NaN',
  'Infinity',
  '1.2.3',
  '12 34',
  '--5',
  '(-5)',
  '12abc34',
  '1e5e5',
  '1e999999999',
  '=5',
  '1/2',
  '5%',
  '1,5',
  '1,234,56',
  '1e-30',
])('refuses %j with the text in the message', (text) => {
  expect(read(text)).toEqual({ error: expect.stringContaining(text) })
})

test('1.234 is refused where the file does not show which mark it uses, and only there', () => {
  expect(read('1.234', 'undecided')).toEqual({ error: expect.stringContaining('two ways') })
  expect(read('1,234', 'undecided')).toEqual({ error: expect.stringContaining('two ways') })
  expect(read('1.2345', 'undecided')).toBe('1.2345')
  expect(read('0,123', 'undecided')).toBe('0.123')
  expect(read('1.234,5', 'undecided')).toBe('1234.5')
  expect(read('1234', 'undecided')).toBe('1234')
})

test('the mark is proved by the file as a whole', () => {
  expect(findDecimalMark(['1.234', '12', '5,5'])).toBe(',')
  expect(findDecimalMark(['1,234', 'N/A', '0.5 BTC'])).toBe('.')
  expect(findDecimalMark(['1.234.567', '8'])).toBe(',')
  expect(findDecimalMark(['1.234', '7.890'])).toBe('undecided')
  expect(findDecimalMark(['1.5', '1,5'])).toBe('mixed')
})

test('the unit beside a number is kept for whoever asks', () => {
  expect(parseSourceNumber('0.1BTC', '.')).toMatchObject({ unit: 'BTC' })
  expect(parseSourceNumber('5 %', '.')).toMatchObject({ unit: '%' })
  expect(parseSourceNumber('US$5', '.')).toMatchObject({ unit: 'US$' })
  expect(parseSourceNumber('€0.99', '.')).toMatchObject({ unit: '€' })
  expect(parseSourceNumber('-€1.234,50', ',')).toMatchObject({ unit: '€' })
  expect(parseSourceNumber('1,234.5', '.')).toMatchObject({ unit: null })
})

test('money beyond 18 places is rounded half even, units beyond 24 are refused', () => {
  expect(formatMoney(parseSourceMoney('0.1234567890123456785', '.') as Money)).toBe('0.123456789012345678')
  expect(read('0.0000000000000000000000001')).toEqual({ error: expect.stringContaining('24 digits') })
})

test('any amount written with grouping in either style is read back exactly', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
      fc.boolean(),
      fc.boolean(),
      (value, comma, brackets) => {
        const canonical = formatAmount(value as Amount)
        const [whole = '', places] = canonical.replace('-', '').split('.')
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, comma ? '.' : ',')
        const bare = places === undefined ? grouped : `${grouped}${comma ? ',' : '.'}${places}`
        const text = value >= 0n ? bare : brackets ? `(${bare})` : `-${bare}`
        expect(read(text, comma ? ',' : '.')).toBe(canonical)
      },
    ),
  )
})
