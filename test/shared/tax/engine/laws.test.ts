import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { Profile } from '../../../../shared/events/interchange-types.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import type { TaxResult } from '../../../../shared/tax/result.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import { COINS, documentOf, histories, inputOf, PROFILES, profileFor, resultOf } from './history.ts'

const RUNS = { numRuns: 60 }

const sum = <Row>(rows: readonly Row[], of: (row: Row) => bigint): bigint =>
  rows.reduce((total, row) => total + of(row), 0n)

/** What the legs of a history leave of a coin. */
const closing = (events: readonly LedgerEvent[], coin: string): bigint =>
  sum(
    events.flatMap((event) => event.legs).filter((leg) => leg.asset === coin),
    (leg) => (leg.role === 'in' ? leg.amount : leg.role === 'out' || leg.role === 'fee' ? -leg.amount : 0n),
  )

const heldOf = (result: TaxResult, coin: string): bigint =>
  sum(
    result.lots.filter((lot) => lot.asset === coin),
    (lot) => lot.amount,
  ) +
  sum(
    result.pools.filter((pool) => pool.asset === coin),
    (pool) => pool.amount,
  )

/** Units that went out without having come in, as the result says. */
const shortfallOf = (result: TaxResult, coin: string): bigint =>
  sum(
    result.disposals.filter((row) => row.asset === coin && row.rule === 'missing-acquisition' && row.origin === null),
    (row) => row.amount,
  ) +
  sum(
    result.open.filter((point) => point.code === 'missing-acquisition' && point.of === 'none' && point.asset === coin),
    (point) => point.amount ?? 0n,
  )

/** What is left of a portfolio's one acquisition price. */
const acquisitionLeft = ({ portfolio }: TaxResult): bigint =>
  portfolio === undefined ? 0n : portfolio.acquisition - portfolio.consumed - portfolio.soultes

const historiesOf = (profile: Profile): fc.Arbitrary<LedgerEvent[]> => histories(profile.currency)

describe.each(PROFILES)('%s', (name, profile) => {
  test('no unit appears or vanishes: what is held is what the legs leave, and what was missing', () => {
    fc.assert(
      fc.property(historiesOf(profile), (events) => {
        const result = resultOf(inputOf(profile, events))
        for (const coin of COINS) expect(heldOf(result, coin)).toBe(closing(events, coin) + shortfallOf(result, coin))
      }),
      RUNS,
    )
  })

  test('no cost appears or vanishes: what came in as cost is in rows, in gifts or still held', () => {
    const plain = (event: LedgerEvent): boolean =>
      (event.kind === 'buy' || event.kind === 'sell' || event.kind === 'transfer' || event.kind === 'wrap') &&
      event.legs.every((leg) => leg.role !== 'fee')
    fc.assert(
      fc.property(historiesOf(profile), (all) => {
        const events = all.filter(plain).filter((event) => name !== 'United Kingdom' || event.kind !== 'wrap')
        if (profile.jurisdiction === 'none') return
        const result = resultOf(inputOf(profile, events))
        const paid = sum(
          events.filter((event) => event.kind === 'buy').map((event) => event.legs[1]?.amount ?? 0n),
          (amount) => amount / 10n ** 6n,
        )
        const left =
          sum(result.disposals, (row) => row.cost) +
          sum(result.lots, (lot) => lot.cost) +
          sum(result.pools, (pool) => pool.cost) +
          acquisitionLeft(result)
        // What is denied of a loss joins the cost of what took the units' place.
        const denied = sum(result.disposals, (row) => row.gain - row.rawGain)
        expect(left).toBe(paid + denied)
      }),
      RUNS,
    )
  })

  test('a row adds up, and the years are the sums of their rows', () => {
    fc.assert(
      fc.property(historiesOf(profile), (events) => {
        const result = resultOf(inputOf(profile, events))
        for (const row of result.disposals) expect(row.rawGain).toBe(row.proceeds - row.fees - row.cost)
        for (const [year, totals] of result.totals) {
          const rows = result.disposals.filter((row) => row.taxYear === year && row.taxable)
          expect(totals.gain).toBe(sum(rows, (row) => row.gain))
          expect(totals.proceeds).toBe(sum(rows, (row) => row.proceeds))
          expect(totals.gain).toBe(totals.gains - totals.losses)
          const income = result.income.filter((row) => row.taxYear === year)
          expect(totals.income).toBe(sum(income, (row) => row.value))
          if (totals.low !== null) expect(totals.low <= totals.gain).toBe(true)
          if (totals.high !== null) expect(totals.high >= totals.gain).toBe(true)
        }
      }),
      RUNS,
    )
  })

  test('the order in which events are given changes nothing', () => {
    fc.assert(
      fc.property(
        historiesOf(profile).chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          expect(documentOf(inputOf(profile, shuffled))).toBe(documentOf(inputOf(profile, events)))
        },
      ),
      RUNS,
    )
  })

  test('a change computed step by step gives what computing everything gives', () => {
    const change = fc.tuple(fc.nat(1000), fc.constantFrom('remove', 'restore', 'gift', 'value'))
    fc.assert(
      fc.property(historiesOf(profile), fc.array(change, { minLength: 1, maxLength: 6 }), (events, changes) => {
        const created = createIncremental(inputOf(profile, events))
        if (created === null || !created.ok) throw new Error('refused')
        const now = new Map(events.map((event) => [event.id, event]))
        const gone: LedgerEvent[] = []
        for (const [at, what] of changes) {
          const present = [...now.values()]
          const event = present[at % Math.max(present.length, 1)]
          const back = what === 'restore' ? gone.pop() : undefined
          if (back !== undefined) {
            now.set(back.id, back)
            created.tax.replaceEvents([], [back])
          } else if (event !== undefined) {
            const changed = changedEvent(event, what)
            now.delete(event.id)
            if (changed === null) gone.push(event)
            else now.set(changed.id, changed)
            created.tax.replaceEvents([event], changed === null ? [] : [changed])
          }
        }
        const outcome = created.tax.result()
        if (!outcome.ok) throw new Error('refused')
        const whole = documentOf(inputOf(profile, [...now.values()]))
        expect(JSON.stringify(toResultDocument(outcome.result))).toBe(whole)
      }),
      RUNS,
    )
  })
})

/** A decision on an event: another kind, another value; null: it is taken out. */
function changedEvent(event: LedgerEvent, what: string): LedgerEvent | null {
  if (what === 'remove' || what === 'restore') return null
  if (what === 'gift' && event.kind === 'sell') return { ...event, kind: 'gift_out', legs: event.legs.slice(0, 1) }
  if (what === 'gift' && event.kind === 'wrap') return { ...event, kind: 'trade' }
  return { ...event, note: 'looked at' }
}

test('naming the oldest lots gives what FIFO gives', () => {
  const profile = profileFor('us', { scope: 'account', method: 'fifo' })
  fc.assert(
    fc.property(histories('USD'), (all) => {
      const events = all.filter(
        (event) => event.kind === 'buy' || event.kind === 'sell' || event.kind === 'staking_reward',
      )
      const fifo = resultOf(inputOf(profile, events))
      const named = events.map((event): LedgerEvent => {
        const lots = fifo.disposals
          .filter((row) => row.event === event.id && row.lot !== null && row.asset === event.legs[0]?.asset)
          .map((row) => ({ event: row.lot as NonNullable<typeof row.lot>, amount: row.amount }))
        return event.kind === 'sell' && lots.length > 0 && event.legs.every((leg) => leg.role !== 'fee')
          ? { ...event, lots }
          : event
      })
      const specific = resultOf(inputOf(profile, named))
      const plain = (result: TaxResult): unknown[] =>
        result.disposals.map(({ event, asset, amount, cost, gain, lot, term }) => [
          event,
          asset,
          amount,
          cost,
          gain,
          lot,
          term,
        ])
      expect(plain(specific)).toEqual(plain(fifo))
    }),
    RUNS,
  )
})

test('a lot keeps its date and its cost through any number of own transfers', () => {
  const profile = profileFor('us', { scope: 'account' })
  fc.assert(
    fc.property(histories('USD'), (all) => {
      const still = all.filter((event) => event.kind === 'buy' && event.legs.length === 2)
      const moving = all.filter(
        (event) => still.includes(event) || (event.kind === 'transfer' && event.legs.length === 2),
      )
      const lotsOf = (events: readonly LedgerEvent[]): Map<string, bigint> => {
        const sums = new Map<string, bigint>()
        for (const lot of resultOf(inputOf(profile, events)).lots) {
          if (lot.chain.note?.missing) continue
          const key = `${lot.origin} ${lot.acquired}`
          sums.set(key, (sums.get(key) ?? 0n) + lot.cost)
        }
        return sums
      }
      expect(lotsOf(moving)).toEqual(lotsOf(still))
    }),
    RUNS,
  )
})
