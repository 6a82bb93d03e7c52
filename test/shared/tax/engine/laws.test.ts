import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { Profile } from '../../../../shared/events/interchange-types.ts'
import type { Kind } from '../../../../shared/events/kinds.ts'
import type { TaxInput } from '../../../../shared/tax/compute.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import { PACKS, packOf } from '../../../../shared/tax/packs/pack-list.ts'
import type { TaxResult } from '../../../../shared/tax/result.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import {
  COINS,
  documentOf,
  event,
  histories,
  inputOf,
  leg,
  money,
  PROFILES,
  pricesFor,
  profileFor,
  resultOf,
  units,
} from './history.ts'

const RUNS = { numRuns: 25 }

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

const historiesOf = (profile: Profile): fc.Arbitrary<LedgerEvent[]> => histories(profile.currency)

/** What a law makes of a coin given for another, and of a coin earned: asked of the engine once, for the bookkeeping below. */
function costRules(profile: Profile): {
  readonly swap: boolean
  readonly wrap: boolean
  readonly earned: ReadonlySet<string>
} {
  const at = '2026-03-02T12:00:00Z'
  const bought = event('b', '2026-03-01T12:00:00Z', 'buy', [
    leg('in', 'wallet', 'AAA', units(1)),
    leg('out', 'wallet', profile.currency, units(3)),
  ])
  const given = leg('out', 'wallet', 'AAA', units(1))
  const rows = (last: LedgerEvent): number => resultOf(pricedInput(profile, [bought, last])).disposals.length
  const costOf = (last: LedgerEvent): bigint => costHeld(resultOf(pricedInput(profile, [last])))
  const receipts = ['staking_reward', 'airdrop', 'gift_in'] as const
  return {
    swap: rows(event('t', at, 'trade', [given, leg('in', 'wallet', 'BBB', units(1), { value: money(4) })])) > 0,
    wrap: rows(event('w', at, 'wrap', [given, leg('in', 'wallet', 'WAAA', units(1))])) > 0,
    earned: new Set(
      receipts.filter(
        (kind) => costOf(event('r', at, kind, [leg('in', 'wallet', 'AAA', units(1), { value: money(5) })])) > 0n,
      ),
    ),
  }
}

const pricedInput = (profile: Profile, events: readonly LedgerEvent[]): TaxInput =>
  inputOf(profile, events, pricesFor(profile.currency, events))

/** Cost that units still held carry; of a portfolio that is one, what is left of its price. */
const costHeld = ({ lots, pools, portfolio }: TaxResult): bigint =>
  sum(lots, (lot) => lot.cost) +
  sum(pools, (pool) => pool.cost) +
  (portfolio === undefined ? 0n : portfolio.acquisition - portfolio.consumed - portfolio.soultes)

/** Cost that disposals took; where a year's purchases are its costs, whatever was sold, those. */
const costUsed = (profile: Profile, { disposals, totals }: TaxResult): bigint =>
  profile.method === 'yearly-costs' ? sum([...totals.values()], ({ cost }) => cost) : sum(disposals, ({ cost }) => cost)

describe.each(PROFILES)('%s', (_name, profile) => {
  const pack = packOf(profile.jurisdiction) as NonNullable<ReturnType<typeof packOf>>

  test('no unit appears or vanishes: what is held is what the legs leave, and what was missing', () => {
    fc.assert(
      fc.property(historiesOf(profile), (events) => {
        const result = resultOf(pricedInput(profile, events))
        for (const coin of COINS) expect(heldOf(result, coin)).toBe(closing(events, coin) + shortfallOf(result, coin))
      }),
      RUNS,
    )
  })

  test('no cost appears or vanishes: what came in as cost is in rows, in gifts or still held', () => {
    const rules = costRules(profile)
    const known = new Set<Kind>([
      'buy',
      'sell',
      'transfer',
      'migration',
      'donation',
      'gift_out',
      'trade',
      'staking_reward',
      'airdrop',
    ])
    if (!rules.wrap) known.add('wrap')
    // Where a share of the price may stand for the cost, what was paid need not be what is taken off.
    if (pack.deemedCost !== undefined) for (const kind of ['sell', 'trade', 'gift_out'] as const) known.delete(kind)
    const cash = (event: LedgerEvent): bigint => (event.legs[1]?.amount ?? 0n) / 10n ** 6n
    const costOf = (event: LedgerEvent): bigint => {
      if (event.kind === 'buy') return cash(event)
      if (event.kind === 'trade') return rules.swap ? (event.legs[1]?.value ?? 0n) : 0n
      return rules.earned.has(event.kind) ? (event.legs[0]?.value ?? 0n) : 0n
    }
    fc.assert(
      fc.property(historiesOf(profile), (all) => {
        const events = all.filter(({ kind, legs }) => known.has(kind) && legs.every(({ role }) => role !== 'fee'))
        const result = resultOf(pricedInput(profile, events))
        // A superficial loss joins the cost of what was bought instead; elsewhere a denied loss is only not counted.
        const joins = pack.superficialLosses !== undefined
        const denied = joins ? sum(result.disposals, (row) => row.gain - row.rawGain) : 0n
        const left = costUsed(profile, result) + sum(result.transfersOut, (row) => row.cost) + costHeld(result)
        expect(left - denied).toBe(sum(events, costOf))
      }),
      RUNS,
    )
  })

  test('sold in any parts, what was bought for a price is sold for exactly that cost', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 10 ** 9 }), (weights, cents) => {
        const total = weights.reduce((all, weight) => all + weight, 0)
        const bought = event('b', '2026-03-01T12:00:00Z', 'buy', [
          leg('in', 'wallet', 'AAA', units(total, 7)),
          leg('out', 'wallet', profile.currency, units(cents, 2)),
        ])
        // What remains is worth what is asked for it, so that nothing of a portfolio outlives its last unit.
        let left = total
        const sales = weights.map((weight, i) => {
          const worth = money(left, 12)
          left -= weight
          return event(
            `s${i}`,
            `2026-03-0${2 + i > 9 ? 9 : 2 + i}T12:00:0${i}Z`,
            'sell',
            [leg('out', 'wallet', 'AAA', units(weight, 7)), leg('in', 'wallet', profile.currency, units(weight, 12))],
            { portfolioValue: worth },
          )
        })
        const result = resultOf(inputOf(profile, [bought, ...sales]))
        expect(costUsed(profile, result)).toBe(money(cents, 2))
        expect(sum(result.disposals, (row) => row.amount)).toBe(units(total, 7))
        expect(costHeld(result)).toBe(0n)
        expect(heldOf(result, 'AAA')).toBe(0n)
      }),
      RUNS,
    )
  })

  test('an own transfer without a fee changes no cost, no date and no total', () => {
    fc.assert(
      fc.property(historiesOf(profile), (all) => {
        const still = all.filter(({ kind, legs }) => kind === 'buy' && legs.length === 2)
        const moving = all.filter((one) => still.includes(one) || (one.kind === 'transfer' && one.legs.length === 2))
        const sums = (events: readonly LedgerEvent[]): unknown => {
          const { lots, pools, portfolio, totals } = resultOf(pricedInput(profile, events))
          const costs = new Map<string, bigint>()
          for (const { origin, acquired, cost, chain } of lots) {
            if (chain.note?.missing) continue
            // An average of each wallet spreads cost over the lots that are there.
            const key = profile.method === 'fifo-average' ? 'all' : `${origin} ${acquired}`
            costs.set(key, (costs.get(key) ?? 0n) + cost)
          }
          for (const { asset, cost } of pools) if (cost !== 0n) costs.set(asset, (costs.get(asset) ?? 0n) + cost)
          const paid = portfolio === undefined ? 0n : portfolio.acquisition - portfolio.consumed
          return { costs, paid, gains: [...totals.values()].filter(({ gain }) => gain !== 0n) }
        }
        expect(sums(moving)).toEqual(sums(still))
      }),
      RUNS,
    )
  })

  test('coins that never meet are counted together as each by itself', () => {
    if (pack.methods.standard === 'portfolio-fr') return
    const apart = new Set<Kind>(['buy', 'sell', 'transfer', 'staking_reward', 'gift_out', 'donation', 'airdrop'])
    // Where a lot is depends on how far the whole history reaches; how much of it there is does not.
    const held = (rows: readonly (readonly [string, bigint, bigint])[]): string[] => {
      const sums = new Map<string, readonly [bigint, bigint]>()
      for (const [key, amount, cost] of rows) {
        const [units, money] = sums.get(key) ?? [0n, 0n]
        sums.set(key, [units + amount, money + cost])
      }
      return [...sums].filter(([, [amount, cost]]) => amount !== 0n || cost !== 0n).map((entry) => entry.join(' '))
    }
    const figures = ({ disposals, income, lots, pools }: TaxResult): string[] =>
      [
        ...disposals.map((row) =>
          [row.event, row.asset, row.amount, row.cost, row.proceeds, row.gain, row.term].join(' '),
        ),
        ...income.map(({ event: id, asset, value }) => [id, asset, value].join(' ')),
        ...held(lots.map(({ asset, amount, cost, origin }) => [`lot ${asset} ${origin}`, amount, cost] as const)),
        ...held(pools.map(({ asset, amount, cost }) => [`pool ${asset}`, amount, cost] as const)),
      ].sort()
    fc.assert(
      fc.property(historiesOf(profile), (all) => {
        const events = all.filter(({ kind, legs }) => apart.has(kind) && legs.every(({ role }) => role !== 'fee'))
        const of = (coin: string): readonly LedgerEvent[] => events.filter(({ legs }) => legs[0]?.asset === coin)
        const parts = COINS.flatMap((coin) => figures(resultOf(pricedInput(profile, of(coin)))))
        expect(figures(resultOf(pricedInput(profile, events)))).toEqual(parts.sort())
      }),
      RUNS,
    )
  })

  test('a row adds up, and the years are the sums of their rows', () => {
    fc.assert(
      fc.property(historiesOf(profile), (events) => {
        const result = resultOf(pricedInput(profile, events))
        for (const row of result.disposals) expect(row.rawGain).toBe(row.proceeds - row.fees - row.cost)
        for (const [year, totals] of result.totals) {
          const rows = result.disposals.filter((row) => row.taxYear === year && row.taxable)
          const ofRows = sum(rows, (row) => row.gain)
          // A year's costs are no row's, and what they exceed its income by is no loss: it waits for later years.
          const yearly = profile.method === 'yearly-costs'
          const costs = totals.cost - sum(rows, (row) => row.cost)
          expect(totals.gain).toBe(yearly ? ofRows - costs : ofRows)
          expect(totals.proceeds).toBe(sum(rows, (row) => row.proceeds))
          if (!yearly) expect(totals.gain).toBe(totals.gains - totals.losses)
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
          expect(documentOf({ ...pricedInput(profile, events), events: shuffled })).toBe(
            documentOf(pricedInput(profile, events)),
          )
        },
      ),
      RUNS,
    )
  })

  test('a change computed step by step gives what computing everything gives', () => {
    const change = fc.tuple(fc.nat(1000), fc.constantFrom('remove', 'restore', 'gift', 'value'))
    fc.assert(
      fc.property(historiesOf(profile), fc.array(change, { minLength: 1, maxLength: 6 }), (events, changes) => {
        const input = pricedInput(profile, events)
        const created = createIncremental(input)
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
        const whole = documentOf({ ...input, events: [...now.values()] })
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

const NAMING = PACKS.filter(({ methods }) => methods.menu.includes('fifo') && methods.menu.includes('specific'))

test.each(NAMING.map(({ id }) => id))('naming the oldest lots gives what FIFO gives: %s', (id) => {
  const profile = profileFor(id, { method: 'fifo' })
  fc.assert(
    fc.property(historiesOf(profile), (all) => {
      const events = all.filter(
        (event) => event.kind === 'buy' || event.kind === 'sell' || event.kind === 'staking_reward',
      )
      const fifo = resultOf(pricedInput(profile, events))
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
