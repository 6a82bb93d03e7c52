import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonValue } from '../../../shared/events/canonical-json.ts'
import { canonicalJson } from '../../../shared/events/canonical-json.ts'

test('members are sorted by UTF-16 code units, as the standard’s own example has it', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    ö: 'Latin Small Letter O With Diaeresis',
  }
  const names = Object.keys(JSON.parse(canonicalJson(value)) as object).filter((name) => name !== '1')
  expect(canonicalJson(value).startsWith('{"\\r":"Carriage Return","1":"One"')).toBe(true)
  expect(names).toEqual(['\r', '\u0080', 'ö', '\u20ac', '\ud83d\ude00', '\ufb33'])
})

test('numbers and escapes are written as the standard’s own example has it', () => {
  expect(
    canonicalJson({
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }),
  ).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test('the order in which members were added does not show, and the value is kept', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value as JsonValue)
      expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
  expect(canonicalJson({ b: 1, a: { d: undefined, c: [2] } })).toBe('{"a":{"c":[2]},"b":1}')
})

test('what JSON cannot hold is a bug and throws', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(RangeError)
  expect(() => canonicalJson('\ud800')).toThrow(RangeError)
})
