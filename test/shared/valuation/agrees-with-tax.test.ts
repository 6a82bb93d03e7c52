import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import { parseInstant } from '../../../shared/events/civil-time.ts'
import type { LedgerEvent, Leg } from '../../../shared/events/event.ts'
import type { CivilDate, EventId, Instant } from '../../../shared/events/identifiers.ts'
import type { PriceEntry, Profile } from '../../../shared/events/interchange-types.ts'
import { compute } from '../../../shared/tax/compute.ts'
import { createValuation } from '../../../shared/valuation/valuation.ts'
import { read } from '../events/documents.ts'

const COINS = ['BTC', 'ETH', 'SOL'] as const
const { accounts, assets } = read({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'none', currency: 'GBP', zone: 'UTC' },
  accounts: [{ id: 'A', name: 'A', kind: 'exchange' }],
  assets: [...COINS.map((id) => ({ id, kind: 'crypto' })), { id: 'GBP', kind: 'fiat' }, { id: 'EUR', kind: 'fiat' }],
  events: [],
})
const money = fc.bigInt({ min: 10n ** 16n, max: 10n ** 23n })
const units = fc.bigInt({ min: 10n ** 20n, max: 10n ** 26n })
const time = parseInstant('2024-03-01T12:00:00Z') as Instant

/** Coins with or without a stated value on one side; on the other such coins, or one sum of money. */
const coinSide = (role: 'out' | 'in', names: readonly string[]) =>
  fc
    .subarray([...names], { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((asset) => fc.record({ asset: fc.constant(asset), amount: units, value: fc.option(money) })),
      ),
    )
    .map((legs) =>
      legs.map(
        ({ asset, amount, value }) =>
          ({ role, account: 'A', asset, amount, ...(value === null ? {} : { value }) }) as unknown as Leg,
      ),
    )
const moneySide = (role: 'out' | 'in') =>
  fc
    .record({ asset: fc.constantFrom('GBP', 'EUR'), amount: units })
    .map((leg) => [{ role, account: 'A', ...leg } as unknown as Leg])
const trade = fc.oneof(
  fc.tuple(coinSide('out', ['BTC', 'ETH']), coinSide('in', ['SOL'])),
  fc.tuple(coinSide('out', ['BTC']), coinSide('in', ['ETH', 'SOL'])),
  fc.tuple(coinSide('out', ['BTC', 'ETH']), moneySide('in')),
)
const prices = fc
  .record({ BTC: fc.option(money), ETH: fc.option(money), SOL: fc.option(money), EUR: money })
  .map((known) =>
    Object.entries(known).flatMap(([asset, price]) =>
      price === null ? [] : [{ asset, currency: 'GBP', time: '2024-03-01' as CivilDate, price } as PriceEntry],
    ),
  )

test.each(['none', 'gb'] as const)('what a trade is worth is what the tax engine counts (%s)', (jurisdiction) => {
  const profile: Profile = {
    jurisdiction,
    currency: 'GBP' as Profile['currency'],
    zone: 'UTC' as Profile['zone'],
    scope: 'pack',
    fees: {},
    positions: {},
    person: {},
  }
  const rule = jurisdiction === 'gb' ? 'exchanged' : 'received'
  fc.assert(
    fc.property(trade, prices, ([outs, ins], known) => {
      const valuation = createValuation(known, profile, assets)
      const event: LedgerEvent = { id: 't' as EventId, time, kind: 'trade', legs: [...outs, ...ins] }
      const opening: LedgerEvent = {
        id: 'o' as EventId,
        time: (time - 900 * 86_400_000) as Instant,
        kind: 'opening_lot',
        legs: outs.map((leg) => ({
          role: 'in',
          account: leg.account,
          asset: leg.asset,
          amount: leg.amount,
          cost: 0n as Money,
          acquired: '2021-01-01' as CivilDate,
        })),
      }
      const expected = valuation.proceedsOf(event, rule)
      fc.pre(expected !== null)
      const outcome = compute({
        profile,
        accounts,
        assets,
        events: [opening, event],
        prices: known,
        brokerForms: [],
      } as Parameters<typeof compute>[0])
      if (!outcome.ok) throw new Error(outcome.refusals.map(({ text }) => text).join('\n'))
      const { disposals, lots, pools } = outcome.result
      expect(disposals.reduce((sum, row) => sum + row.proceeds, 0n)).toBe(expected)
      const bought = ins.filter(({ asset }) => asset !== 'GBP' && asset !== 'EUR').map(({ asset }) => asset)
      if (bought.length === 0) return
      const held = [...lots, ...pools].filter(({ asset, amount }) => bought.includes(asset) && amount > (0n as Amount))
      const cost = held.reduce((sum, row) => sum + row.cost, 0n)
      expect(cost).toBe(valuation.costOf(event, rule))
    }),
    { numRuns: 150 },
  )
})
