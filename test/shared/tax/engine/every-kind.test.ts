import { describe, expect, test } from 'vitest'
import type { LedgerEvent, Leg } from '../../../../shared/events/event.ts'
import type { AssetId, CivilDate, CurrencyCode } from '../../../../shared/events/identifiers.ts'
import type { Kind } from '../../../../shared/events/kinds.ts'
import { KINDS } from '../../../../shared/events/kinds.ts'
import { familyOf } from '../../../../shared/tax/methods/method-list.ts'
import { PACKS } from '../../../../shared/tax/packs/pack-list.ts'
import { event, inputOf, leg, money, profileFor, resultOf, units } from './history.ts'

/** Kinds that say in their name that nothing moves, or that set rules for others. */
const SILENT: ReadonlySet<Kind> = new Set<Kind>([
  'informational',
  'ignored',
  'snapshot',
  'lot_selection',
  'allocation',
  'perp_open',
  'perp_close',
  'nft_list',
  'nft_delist',
  'option_expire',
  'vault_yield',
])

const SHAPES: readonly (readonly [string, readonly Leg[]])[] = [
  ['units going out', [leg('out', 'exchange', 'AAA', units(1))]],
  ['units coming in', [leg('in', 'exchange', 'AAA', units(1))]],
  ['one coin for another', [leg('out', 'exchange', 'AAA', units(1)), leg('in', 'exchange', 'BBB', units(2))]],
  ['one coin between accounts', [leg('out', 'exchange', 'AAA', units(1)), leg('in', 'wallet', 'AAA', units(1))]],
  ['only a fee', [leg('fee', 'exchange', 'AAA', units(1, 2))]],
  ['no leg', []],
]

function around(probe: LedgerEvent, currency: string): LedgerEvent[] {
  const buy = (id: string, coin: string): LedgerEvent =>
    event(id, '2024-01-05T12:00:00Z', 'buy', [
      leg('in', 'exchange', coin, units(10)),
      leg('out', 'exchange', currency, units(1000)),
    ])
  return [buy('first', 'AAA'), buy('second', 'BBB'), probe]
}

describe.each(PACKS.map((pack) => [pack.id, pack] as const))('pack %s', (jurisdiction, pack) => {
  test('says what it makes of every kind', () => {
    const ruled = new Set(pack.treatments.flatMap((rule) => rule.kinds))
    expect(KINDS.filter((kind) => !ruled.has(kind))).toEqual([])
  })

  test('says each rule’s authority', () => {
    const authorities = [
      ...pack.treatments,
      ...pack.scope,
      ...pack.fees,
      ...pack.boxes,
      ...pack.periods,
      pack.methods,
      pack.holding,
      pack.identification,
    ].map((rule) => rule.authority)
    expect(authorities.filter((authority) => authority.trim() === '')).toEqual([])
  })

  test.each(SHAPES)('no kind loses sight of %s', (_shape, legs) => {
    const profile = profileFor(jurisdiction)
    const prices = ['AAA', 'BBB'].map((asset) => ({
      asset: asset as AssetId,
      currency: profile.currency as CurrencyCode,
      time: '2025-03-01' as CivilDate,
      price: money(150),
    }))
    for (const kind of KINDS) {
      const probe = event('probe', '2025-03-01T12:00:00Z', kind, legs)
      const result = resultOf(inputOf(profile, around(probe, profile.currency), prices))
      const untouched = resultOf(inputOf(profile, around(probe, profile.currency).slice(0, 2), prices))
      const seen =
        result.disposals.length + result.income.length + result.transfersOut.length + result.open.length > 0 ||
        held(result) !== held(untouched)
      const onePool = familyOf(pack.methods.standard) !== 'lots' && pack.scope[0]?.value === 'universal'
      const pooled = onePool && legs.every((probed) => probed.asset === legs[0]?.asset)
      const staysPut =
        legs.length === 0 || SILENT.has(kind) || (onlyOneSide(legs) && STAYS.has(kind)) || (legs.length === 2 && pooled)
      expect(seen || staysPut, `${kind} left no trace`).toBe(true)
    }
  })
})

/** Kinds whose units stay the owner's where they are, if they have one side only. */
const STAYS: ReadonlySet<Kind> = new Set<Kind>([
  'custody_move',
  'stake_lock',
  'stake_unlock',
  'self_send',
  'lend_supply',
  'lend_withdraw',
  'collateral_post',
  'collateral_return',
  'farm_stake',
  'farm_unstake',
  'governance_lock',
  'governance_unlock',
])

const onlyOneSide = (legs: readonly Leg[]): boolean => legs.length === 1 && legs[0]?.role !== 'fee'

const held = (result: ReturnType<typeof resultOf>): string =>
  JSON.stringify(
    [...result.lots, ...result.pools].map(({ account, asset, amount, cost }) => [
      account,
      asset,
      `${amount}`,
      `${cost}`,
    ]),
  )
