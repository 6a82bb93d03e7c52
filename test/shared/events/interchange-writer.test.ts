import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../shared/events/canonical-json.ts'
import type { LedgerEvent } from '../../../shared/events/event.ts'
import { interchangeJson, writeInterchange } from '../../../shared/events/interchange-writer.ts'
import { read, soundDocument } from './documents.ts'

const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const money = fc.bigInt({ min: 0n, max: 10n ** 30n })
const text = fc.string({ unit: 'grapheme', maxLength: 6 })
const leg = fc.record({
  role: fc.constantFrom('in', 'out', 'fee', 'debt'),
  account: text,
  asset: text,
  amount: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  value: option(money),
  valueBy: option(fc.constant('user')),
  for: option(fc.constantFrom('out', 'in', 'fee')),
  included: option(fc.boolean()),
  withheld: option(fc.boolean()),
  cost: option(money),
  acquired: option(fc.constant('2020-01-01')),
  carry: option(fc.record({ cost: money })),
})
const event = fc.record({
  id: text,
  time: fc.integer({ min: 0, max: 2e12 }),
  kind: fc.constantFrom('buy', 'sell', 'transfer'),
  legs: fc.array(leg, { maxLength: 4 }),
  order: option(fc.nat(9)),
  precision: option(fc.constantFrom('day', 'second')),
  note: option(text),
  hash: option(text),
  protocol: option(text),
  joined: option(fc.constant(['a', 'b'])),
  lots: option(fc.constant([{ event: 'a', amount: 5n }])),
  identifiedAt: option(fc.nat()),
  planOrder: option(fc.constant('earliest')),
})
/** Members that are undefined are not there, as everywhere in the model. */
const withoutAbsent = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutAbsent)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, withoutAbsent(member)]])),
  )
}

test('a document written fast has the bytes of its canonical JSON', () => {
  const base = read(soundDocument())
  fc.assert(
    fc.property(fc.array(event, { maxLength: 5 }), (events) => {
      const document = { ...base, events: withoutAbsent(events) as LedgerEvent[] }
      expect(writeInterchange(document)).toBe(canonicalJson(interchangeJson(document)))
    }),
    { numRuns: 300 },
  )
})
