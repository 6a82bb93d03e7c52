import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { Instant } from '../../../../shared/events/identifiers.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import type { Fraction } from '../plain/fraction.ts'
import { add, compare, decimal, divided, least, minus, rounded, times, ZERO } from '../plain/fraction.ts'
import { documentOf, eventId, inputOf, leg, profileFor, resultOf, units } from './history.ts'

const profile = profileFor('ca')
const DAY = 86_400_000
const START = Date.UTC(2024, 10, 20, 16)
const NEW_YEAR = 42
const WINDOW = 30

interface Trade {
  readonly day: number
  readonly buys: boolean
  readonly amount: number
  readonly dollars: number
  readonly spouse: boolean
}

/** Purchases and sales of one coin, often within sixty days of each other, now and then by the spouse. */
const trades: fc.Arbitrary<readonly Trade[]> = fc
  .array(
    fc.record({
      step: fc.constantFrom(0, 1, 5, 10, 15, 29, 30, 31, 40),
      buys: fc.boolean(),
      amount: fc.integer({ min: 1, max: 9 }),
      dollars: fc.integer({ min: 1, max: 99 }),
      spouse: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 2, maxLength: 25 },
  )
  .map((steps) => {
    let day = 0
    return steps.map(({ step, ...trade }) => {
      day += step
      return { day, ...trade }
    })
  })

const eventsOf = (list: readonly Trade[]): LedgerEvent[] =>
  list.map(({ day, buys, amount, dollars, spouse }, i) => {
    const account = spouse ? 'wallet' : 'exchange'
    return {
      id: eventId(`e${i}`),
      time: (START + day * DAY + i * 1000) as Instant,
      order: i,
      kind: buys ? 'buy' : 'sell',
      legs: [
        leg(buys ? 'in' : 'out', account, 'AAA', units(amount)),
        leg(buys ? 'out' : 'in', account, 'CAD', units(dollars)),
      ],
    }
  })

const number = (value: number): Fraction => decimal(String(value))
const positive = (value: Fraction): Fraction => (compare(value, ZERO) > 0 ? value : ZERO)

interface Pool {
  units: Fraction
  cost: Fraction
}

/** The rule read plainly: every sale looks at every trade, in fractions. Gives the denied part of each sale of one's own. */
function plainly(list: readonly Trade[]): {
  readonly denied: Map<number, Fraction>
  readonly own: Pool
  readonly spouse: Pool
} {
  const own: Pool = { units: ZERO, cost: ZERO }
  const spouse: Pool = { units: ZERO, cost: ZERO }
  const left = list.map(({ amount }) => number(amount))
  const added = list.map(() => ZERO)
  const denied = new Map<number, Fraction>()
  list.forEach((trade, at) => {
    const pool = trade.spouse ? spouse : own
    const amount = number(trade.amount)
    if (trade.buys) {
      pool.units = add(pool.units, amount)
      pool.cost = add(add(pool.cost, number(trade.dollars)), added[at] as Fraction)
      return
    }
    const sold = least(pool.units, amount)
    if (compare(sold, ZERO) === 0) return
    const cost = divided(times(pool.cost, sold), pool.units)
    const proceeds = divided(times(number(trade.dollars), sold), amount)
    pool.units = minus(pool.units, sold)
    pool.cost = minus(pool.cost, cost)
    const loss = minus(cost, proceeds)
    if (trade.spouse || compare(loss, ZERO) <= 0) return
    const until = trade.day + WINDOW
    const held = list
      .filter(({ day }) => day <= until)
      .reduce((sum, other) => (other.buys ? add(sum, number(other.amount)) : minus(sum, number(other.amount))), ZERO)
    const need = least(sold, positive(held))
    let taken = ZERO
    let past = ZERO
    const parts: { readonly to: number | Pool; readonly units: Fraction }[] = []
    list.forEach((other, i) => {
      if (!other.buys || other.day < trade.day - WINDOW || other.day > until) return
      const part = least(left[i] as Fraction, minus(need, taken))
      if (compare(part, ZERO) <= 0) return
      left[i] = minus(left[i] as Fraction, part)
      taken = add(taken, part)
      if (i > at) parts.push({ to: i, units: part })
      else if (other.spouse) parts.push({ to: spouse, units: part })
      else past = add(past, part)
    })
    if (compare(taken, ZERO) === 0) return
    const follower = list.findIndex((other, i) => i > at && other.buys && !other.spouse && other.day <= until)
    const stays = follower < 0 ? past : least(past, own.units)
    parts.push({ to: own, units: stays })
    if (follower >= 0) parts.push({ to: follower, units: minus(past, stays) })
    const all = divided(times(loss, taken), sold)
    denied.set(at, all)
    for (const { to, units: part } of parts) {
      const share = divided(times(all, part), taken)
      if (typeof to === 'number') added[to] = add(added[to] as Fraction, share)
      else to.cost = add(to.cost, share)
    }
  })
  return { denied, own, spouse }
}

const near = (got: bigint, wanted: Fraction): boolean => {
  const exact = BigInt(rounded(wanted, 18).replace('.', ''))
  const gap = got - exact
  return gap < 2000n && gap > -2000n
}

test('superficial losses are what a plain reading of the rule makes of them, sale by sale', () => {
  let seen = 0
  fc.assert(
    fc.property(trades, (list) => {
      const input = inputOf(profile, eventsOf(list))
      const accounts = input.accounts.map((account) =>
        account.id === 'wallet' ? { ...account, owner: 'spouse' as const } : account,
      )
      const result = resultOf({ ...input, accounts })
      const plain = plainly(list)
      for (const row of result.disposals) {
        const at = Number.parseInt(row.event.slice(1), 10)
        const wanted = row.rule === 'acb' ? (plain.denied.get(at) ?? ZERO) : ZERO
        if (wanted !== ZERO) seen++
        expect(
          near(row.gain - row.rawGain, wanted),
          `${row.event}: ${row.gain - row.rawGain}, ${rounded(wanted, 18)}`,
        ).toBe(true)
      }
      for (const [account, pool] of [
        [null, plain.own],
        ['wallet', plain.spouse],
      ] as const) {
        const cost = result.pools.find((one) => one.account === account)?.cost ?? 0n
        expect(near(cost, pool.cost), `${account}: ${cost}, ${rounded(pool.cost, 18)}`).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
  expect(seen).toBeGreaterThan(30)
})

test('a purchase taken out, or sold for another price, reaches back over thirty days and the year’s end', () => {
  fc.assert(
    fc.property(trades, fc.nat(100), fc.boolean(), (list, pick, remove) => {
      const january = list.findIndex(({ day, buys }) => day >= NEW_YEAR && day < NEW_YEAR + 30 && buys)
      const at = pick % 3 > 0 && january >= 0 ? january : pick % list.length
      const events = eventsOf(list)
      const old = events[at] as LedgerEvent
      const changed = eventsOf(list.map((trade, i) => (i === at ? { ...trade, dollars: trade.dollars + 50 } : trade)))[
        at
      ]
      const added = remove ? [] : [changed as LedgerEvent]
      const created = createIncremental(inputOf(profile, events))
      if (created === null || !created.ok) throw new Error('refused')
      created.tax.replaceEvents([old], added)
      const stepped = created.tax.result()
      if (!stepped.ok) throw new Error('refused')
      const whole = events.flatMap((event) => (event === old ? added : [event]))
      expect(JSON.stringify(toResultDocument(stepped.result))).toBe(documentOf(inputOf(profile, whole)))
    }),
    { numRuns: 300 },
  )
})
