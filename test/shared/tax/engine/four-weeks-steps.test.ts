/** Ireland begins again at a year's start where no loss of the weeks before can still be restricted: the same as from the first event. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import { at, event, inputOf, leg, profileFor, resultOf, units } from './history.ts'

const DAY = 86_400_000
const FIRST = at('2022-10-01T12:00:00Z')

/** Purchases and sales of one coin, a few days apart, dear and cheap, so that losses meet purchases and years end between them. */
const histories = fc
  .array(
    fc.record({
      days: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 150 })),
      buys: fc.boolean(),
      amount: fc.integer({ min: 1, max: 9 }),
      price: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 8, maxLength: 40 },
  )
  .map((steps) => {
    let time: number = FIRST
    return steps.map(({ days, buys, amount, price }, n): LedgerEvent => {
      time += days * DAY
      const money = leg(buys ? 'out' : 'in', 'exchange', 'EUR', units(amount * price * 100))
      const coins = leg(buys ? 'in' : 'out', 'exchange', 'AAA', units(amount))
      return event(`e${n}`, new Date(time).toISOString(), buys ? 'buy' : 'sell', [coins, money])
    })
  })

test('a change gives what computing everything gives, whatever losses wait at the turn of a year', () => {
  const profile = profileFor('ie')
  fc.assert(
    fc.property(histories, fc.array(fc.nat(39), { minLength: 1, maxLength: 6 }), (events, places) => {
      const created = createIncremental(inputOf(profile, events))
      if (created === null || !created.ok) throw new Error('refused')
      let now: readonly LedgerEvent[] = events
      for (const place of places) {
        const one = events[place % events.length] as LedgerEvent
        const there = now.includes(one)
        created.tax.replaceEvents(there ? [one] : [], there ? [] : [one])
        now = there ? now.filter((other) => other !== one) : [...now, one]
        const outcome = created.tax.result()
        if (!outcome.ok) throw new Error('refused')
        expect(toResultDocument(outcome.result)).toEqual(toResultDocument(resultOf(inputOf(profile, now))))
      }
    }),
    { numRuns: 300 },
  )
})
