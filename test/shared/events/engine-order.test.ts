import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareEvents, inEngineOrder } from '../../../shared/events/engine-order.ts'
import type { LedgerEvent, Leg, Role, TimePrecision } from '../../../shared/events/event.ts'
import type { EventId, Instant } from '../../../shared/events/identifiers.ts'
import type { Kind } from '../../../shared/events/kinds.ts'
import { amount } from './documents.ts'

const leg = (role: Role, account: string, asset = 'BTC'): Leg => ({ role, account, asset, amount: amount('1') }) as Leg
const event = (
  id: string,
  kind: Kind,
  legs: Leg[],
  more: { time?: number; order?: number; precision?: TimePrecision } = {},
): LedgerEvent => ({ id: id as EventId, kind, legs, ...more, time: (more.time ?? 0) as Instant })
const ids = (events: readonly LedgerEvent[]) => events.map(({ id }) => id)
const day = { precision: 'day' } as const

test('at one instant the order of the source decides, then the id', () => {
  const events = [
    event('c', 'sell', []),
    event('a', 'sell', [], { order: 2 }),
    event('b', 'buy', [], { order: 1 }),
    event('z', 'buy', [], { time: -1 }),
    event('d', 'buy', []),
  ]
  expect(ids(inEngineOrder(events))).toEqual(['z', 'b', 'a', 'c', 'd'])
})

test('where only the date is known, units are acquired before they move and move before they are sold', () => {
  const events = [
    event('1', 'sell', [leg('out', 'B'), leg('in', 'B', 'USD')], day),
    event('2', 'transfer', [leg('out', 'A'), leg('in', 'B')], day),
    event('3', 'buy', [leg('in', 'A'), leg('out', 'A', 'USD')], day),
  ]
  expect(ids(inEngineOrder(events))).toEqual(['3', '2', '1'])
})

test('date-only transfers follow their chain, and a circle still has an order', () => {
  const chain = [
    event('1', 'transfer', [leg('out', 'C'), leg('in', 'D')], day),
    event('2', 'transfer', [leg('out', 'B'), leg('in', 'C')], day),
    event('3', 'transfer', [leg('out', 'A'), leg('in', 'B')], day),
  ]
  expect(ids(inEngineOrder(chain))).toEqual(['3', '2', '1'])
  const circle = [...chain, event('4', 'transfer', [leg('out', 'D'), leg('in', 'A')], day)]
  expect(ids(inEngineOrder(circle))).toEqual(ids(inEngineOrder([...circle].reverse())))
})

test('the order does not depend on the order of import', () => {
  const any = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-f]{1,3}$/),
      time: fc.integer({ min: 0, max: 3 }),
      order: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
      kind: fc.constantFrom<Kind>('buy', 'sell', 'transfer'),
      precision: fc.constantFrom<TimePrecision>('day', 'second'),
      from: fc.constantFrom('A', 'B', 'C'),
      to: fc.constantFrom('A', 'B', 'C'),
    }),
    { selector: ({ id }) => id, maxLength: 12 },
  )
  fc.assert(
    fc.property(any, fc.infiniteStream(fc.nat()), (given, random) => {
      const events = given.map(({ id, time, order, kind, precision, from, to }) =>
        event(id, kind, [leg('out', from), leg('in', to)], {
          time,
          precision,
          ...(order === undefined ? {} : { order }),
        }),
      )
      const shuffled = events
        .map((e) => ({ e, key: random.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ e }) => e)
      expect(ids(inEngineOrder(shuffled))).toEqual(ids(inEngineOrder(events)))
      for (const a of events)
        for (const b of events) expect(Math.sign(compareEvents(a, b)) + Math.sign(compareEvents(b, a))).toBe(0)
    }),
  )
})
