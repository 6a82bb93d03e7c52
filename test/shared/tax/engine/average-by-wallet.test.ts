/** Germany's average value by wallet against a plain model: one sum of units and cost a wallet, and a list of dates. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import { event, inputOf, leg, profileFor, resultOf, units } from './history.ts'

type Step =
  | { readonly what: 'buy'; readonly at: number; readonly units: number; readonly euros: number }
  | { readonly what: 'sell'; readonly at: number; readonly units: number; readonly euros: number }
  | { readonly what: 'move'; readonly at: number; readonly units: number }

const WALLETS = ['exchange', 'wallet'] as const
const wallet = fc.integer({ min: 0, max: 1 })
const some = fc.integer({ min: 1, max: 40 })
const euros = fc.integer({ min: 1, max: 9999 })
const STEPS: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('buy' as const), at: wallet, units: some, euros }),
    fc.record({ what: fc.constant('sell' as const), at: wallet, units: some, euros }),
    fc.record({ what: fc.constant('move' as const), at: wallet, units: some }),
  ),
  { minLength: 4, maxLength: 30 },
)

const dateOf = (step: number): string => new Date(Date.UTC(2024, 0, 1) + step * 86_400_000).toISOString().slice(0, 10)

interface Sold {
  readonly event: string
  readonly acquired: string
  readonly units: number
  /** Cost in units of 10⁻¹⁸, as a fraction. */
  readonly cost: readonly [over: bigint, under: bigint]
}

/** What the steps come to; steps that a wallet has not the units for are left out. */
function plainBooks(steps: readonly Step[]): { readonly events: LedgerEvent[]; readonly sold: Sold[] } {
  const events: LedgerEvent[] = []
  const sold: Sold[] = []
  const lots: { date: string; units: number }[][] = [[], []]
  /** [units, cost over, cost under]: the cost is a fraction, so that nothing is ever rounded. */
  const pools: [number, bigint, bigint][] = [
    [0, 0n, 1n],
    [0, 0n, 1n],
  ]
  const takeLots = (at: number, wanted: number): { date: string; units: number }[] => {
    const taken: { date: string; units: number }[] = []
    let need = wanted
    while (need > 0) {
      const lot = lots[at]?.[0]
      if (lot === undefined) throw new Error('the wallet has too few units')
      const part = Math.min(lot.units, need)
      taken.push({ date: lot.date, units: part })
      lot.units -= part
      need -= part
      if (lot.units === 0) lots[at]?.shift()
    }
    return taken
  }
  steps.forEach((step, i) => {
    const [id, on] = [`e${i}`, `${dateOf(i)}T12:00:00Z`]
    const account = WALLETS[step.at] as string
    const pool = pools[step.at] as [number, bigint, bigint]
    if (step.what === 'buy') {
      events.push(
        event(id, on, 'buy', [
          leg('in', account, 'AAA', units(step.units)),
          leg('out', account, 'EUR', units(step.euros)),
        ]),
      )
      lots[step.at]?.push({ date: dateOf(i), units: step.units })
      pools[step.at] = [pool[0] + step.units, pool[1] + BigInt(step.euros) * 10n ** 18n * pool[2], pool[2]]
      return
    }
    if (pool[0] < step.units) return
    const share: [bigint, bigint] = [pool[1] * BigInt(step.units), pool[2] * BigInt(pool[0])]
    const taken = takeLots(step.at, step.units)
    pools[step.at] = [pool[0] - step.units, pool[1] * BigInt(pool[0] - step.units), pool[2] * BigInt(pool[0])]
    if (step.what === 'sell') {
      events.push(
        event(id, on, 'sell', [
          leg('out', account, 'AAA', units(step.units)),
          leg('in', account, 'EUR', units(step.euros)),
        ]),
      )
      for (const lot of taken) {
        const cost: [bigint, bigint] = [share[0] * BigInt(lot.units), share[1] * BigInt(step.units)]
        sold.push({ event: id, acquired: lot.date, units: lot.units, cost })
      }
      return
    }
    const to = 1 - step.at
    events.push(
      event(id, on, 'transfer', [
        leg('out', account, 'AAA', units(step.units)),
        leg('in', WALLETS[to] as string, 'AAA', units(step.units)),
      ]),
    )
    const target = pools[to] as [number, bigint, bigint]
    pools[to] = [target[0] + step.units, target[1] * share[1] + share[0] * target[2], target[2] * share[1]]
    const joined = [...(lots[to] ?? []), ...taken]
    lots[to] = joined.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  })
  return { events, sold }
}

test('dates go by age and costs by the average of the wallet, through sales and transfers', () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const { events, sold } = plainBooks(steps)
      const { disposals } = resultOf(inputOf(profileFor('de', { method: 'fifo-average' }), events))
      const merged = new Map<string, { units: bigint; cost: bigint }>()
      for (const row of disposals) {
        const key = `${row.event} ${row.acquired}`
        const known = merged.get(key) ?? { units: 0n, cost: 0n }
        merged.set(key, { units: known.units + row.amount, cost: known.cost + row.cost })
      }
      const expected = new Map<string, { units: bigint; cost: readonly [bigint, bigint] }>()
      for (const row of sold) {
        const key = `${row.event} ${row.acquired}`
        const known = expected.get(key) ?? { units: 0n, cost: [0n, 1n] as const }
        const cost = [known.cost[0] * row.cost[1] + row.cost[0] * known.cost[1], known.cost[1] * row.cost[1]] as const
        expected.set(key, { units: known.units + units(row.units), cost })
      }
      expect([...merged.keys()].sort()).toEqual([...expected.keys()].sort())
      for (const [key, { units: amount, cost }] of expected) {
        const found = merged.get(key)
        expect(found?.units).toBe(amount)
        const gap = (found?.cost ?? 0n) * cost[1] - cost[0]
        expect((gap < 0n ? -gap : gap) <= 1000n * cost[1], `${key} is off`).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})
