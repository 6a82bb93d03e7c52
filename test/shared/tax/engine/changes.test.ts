/** Changes whose effect crosses the beginning of a year, where a computation step by step could stop too early or too late. */
import { describe, expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { Profile } from '../../../../shared/events/interchange-types.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import { documentOf, event, inputOf, leg, money, pricesFor, profileFor, units } from './history.ts'

const trade =
  (profile: Profile) =>
  (kind: 'buy' | 'sell', id: string, day: string, coins: number, paid: number, coin = 'AAA'): LedgerEvent => {
    const [coinSide, moneySide] = kind === 'buy' ? (['in', 'out'] as const) : (['out', 'in'] as const)
    return event(id, `${day}T12:00:00Z`, kind, [
      leg(coinSide, 'wallet', coin, units(coins)),
      leg(moneySide, 'wallet', profile.currency, units(paid)),
    ])
  }

type Change = readonly [removed: readonly LedgerEvent[], added: readonly LedgerEvent[]]

/** Makes the changes one by one, and expects what computing everything gives after each. */
function expectSame(profile: Profile, events: readonly LedgerEvent[], changes: readonly Change[]): void {
  const all = [...events, ...changes.flatMap(([, added]) => added)]
  const input = { ...inputOf(profile, events), prices: pricesFor(profile.currency, all) }
  const created = createIncremental(input)
  if (created === null || !created.ok) throw new Error('refused')
  let now = [...events]
  for (const [removed, added] of changes) {
    created.tax.replaceEvents(removed, added)
    now = [...now.filter((one) => !removed.some(({ id }) => id === one.id)), ...added]
    const outcome = created.tax.result()
    if (!outcome.ok) throw new Error('refused')
    expect(JSON.stringify(toResultDocument(outcome.result))).toBe(documentOf({ ...input, events: now }))
  }
}

describe('a change near the beginning of a year', () => {
  test('Canada: a purchase in January denies the loss of December, and no longer when it is taken out', () => {
    const profile = profileFor('ca')
    const of = trade(profile)
    const again = of('buy', 'again', '2026-01-10', 1, 60)
    const later = of('sell', 'later', '2026-06-01', 1, 90)
    expectSame(
      profile,
      [of('buy', 'b', '2025-02-01', 2, 200), of('sell', 's', '2025-12-28', 1, 50), later],
      [
        [[], [again]],
        [[again], []],
      ],
    )
  })

  test('United Kingdom: a purchase in April is matched with the sale of March', () => {
    const profile = profileFor('gb')
    const of = trade(profile)
    const again = of('buy', 'again', '2025-04-20', 1, 60)
    expectSame(
      profile,
      [
        of('buy', 'b', '2024-05-01', 3, 300),
        of('sell', 's', '2025-04-01', 1, 50),
        of('sell', 't', '2026-05-01', 1, 90),
        of('sell', 'u', '2027-05-01', 1, 90),
      ],
      [
        [[], [again]],
        [[again], [{ ...again, note: 'looked at' }]],
        [[again], []],
      ],
    )
  })

  test('United Kingdom: a sale short of units waits for a purchase of years later, through changes in between', () => {
    const profile = profileFor('gb')
    const of = trade(profile)
    const between = of('sell', 'between', '2025-06-01', 1, 70)
    const rescue = of('buy', 'rescue', '2026-08-01', 4, 100)
    expectSame(
      profile,
      [
        of('buy', 'b', '2023-05-01', 1, 10),
        of('sell', 'short', '2023-07-01', 3, 90),
        of('buy', 'c', '2024-05-10', 1, 20),
        between,
        of('sell', 'last', '2027-01-01', 1, 99),
      ],
      [
        [[], [rescue]],
        [[between], []],
        [[], [between]],
        [[rescue], []],
      ],
    )
  })

  test('United Kingdom: tokens renumbered around the year’s end', () => {
    const profile = profileFor('gb')
    const of = trade(profile)
    const split = event('split', '2025-04-10T12:00:00Z', 'redenomination', [
      leg('out', 'wallet', 'AAA', units(2)),
      leg('in', 'wallet', 'AAA', units(20)),
    ])
    const again = of('buy', 'again', '2025-04-15', 10, 60)
    expectSame(
      profile,
      [
        of('buy', 'b', '2024-05-01', 3, 300),
        of('sell', 's', '2025-04-01', 1, 50),
        split,
        of('sell', 't', '2026-05-01', 5, 90),
      ],
      [
        [[], [again]],
        [[again], []],
        [[split], []],
      ],
    )
  })

  test('Japan: a coin that nothing happens to is looked at up to the last year there is', () => {
    const profile = profileFor('jp')
    const of = trade(profile)
    const last = of('buy', 'last', '2027-05-01', 1, 10, 'BBB')
    expectSame(
      profile,
      [of('buy', 'b', '2024-05-01', 3, 300), last],
      [
        [[last], []],
        [[], [last]],
      ],
    )
  })

  test('money that touches no coin says how far a history reaches, before a change and after it', () => {
    const deposit = (id: string, day: string, currency: string): LedgerEvent =>
      event(id, `${day}T12:00:00Z`, 'fiat_deposit', [leg('in', 'exchange', currency, units(100))])
    for (const jurisdiction of ['us', 'jp', 'ch']) {
      const profile = profileFor(jurisdiction)
      const of = trade(profile)
      const [one, other] = [
        deposit('one', '2027-03-01', profile.currency),
        deposit('other', '2028-03-01', profile.currency),
      ]
      expectSame(
        profile,
        [of('buy', 'b', '2024-01-01', 2, 200), one, other],
        [
          [[other], []],
          [[one], []],
          [[], [other]],
        ],
      )
    }
  })

  test('France: a year without an event of its own shows nothing after a change before it', () => {
    const profile = profileFor('fr')
    const of = trade(profile)
    const first = of('buy', 'first', '2023-05-01', 1, 10)
    const letter = event('letter', '2025-02-01T12:00:00Z', 'informational', [])
    expectSame(
      profile,
      [first, of('buy', 'second', '2023-06-01', 1, 30), letter],
      [
        [[first], []],
        [[], [first]],
      ],
    )
  })

  test('France: the first year goes with its only event', () => {
    const profile = profileFor('fr')
    const of = trade(profile)
    const first = of('buy', 'first', '2023-05-01', 1, 10)
    expectSame(
      profile,
      [first, of('buy', 'b', '2024-05-01', 3, 300), of('sell', 's', '2026-05-01', 1, 400)],
      [
        [[first], []],
        [[], [first]],
      ],
    )
  })

  test('France: another price of a purchase goes through the years after it, stated values and swaps with money included', () => {
    const profile = profileFor('fr')
    const of = trade(profile)
    const bought = of('buy', 'b', '2023-05-01', 3, 300)
    const dearer = { ...bought, legs: [bought.legs[0], leg('out', 'wallet', 'EUR', units(450))] } as LedgerEvent
    const swap = event('swap', '2024-06-01T12:00:00Z', 'trade', [
      leg('out', 'wallet', 'AAA', units(1), { value: money(500) }),
      leg('in', 'wallet', 'BBB', units(2)),
      leg('in', 'wallet', 'EUR', units(100)),
    ])
    const sold = event(
      'sold',
      '2025-06-01T12:00:00Z',
      'sell',
      [leg('out', 'wallet', 'AAA', units(1)), leg('in', 'wallet', 'EUR', units(700))],
      { portfolioValue: money(2000) },
    )
    expectSame(
      profile,
      [bought, swap, sold, of('sell', 'last', '2026-05-01', 1, 400)],
      [
        [[bought], [dearer]],
        [[dearer], [bought]],
      ],
    )
  })

  test('what an earlier year refused is still refused after a change of a later one', () => {
    const profile = profileFor('us', { scope: 'account' })
    const of = trade(profile)
    const named = { ...of('sell', 's', '2024-05-01', 1, 50), lots: [{ event: 'nowhere', amount: units(1) }] }
    const later = of('sell', 'later', '2026-05-01', 1, 50)
    const created = createIncremental(
      inputOf(profile, [of('buy', 'b', '2024-01-01', 3, 300), named as unknown as LedgerEvent, later]),
    )
    if (created === null || !created.ok) throw new Error('refused')
    const refusals = (): unknown => {
      const outcome = created.tax.result()
      return outcome.ok ? outcome.result.blocked : outcome.refusals
    }
    const before = refusals()
    expect(JSON.stringify(before)).toContain('nowhere')
    created.tax.replaceEvents([later], [{ ...later, note: 'looked at' }])
    expect(refusals()).toEqual(before)
  })

  test('France: a year without coins of its own ends with the acquisition price that the years before left', () => {
    const profile = profileFor('fr')
    const of = trade(profile)
    const early = of('buy', 'early', '2023-12-20', 1, 40)
    const last = event('last', '2025-01-14T12:00:00Z', 'fiat_deposit', [leg('in', 'wallet', 'EUR', units(500))])
    expectSame(
      profile,
      [early, of('buy', 'b', '2024-06-28', 1, 100), last],
      [
        [[early], [of('buy', 'early', '2023-12-20', 1, 70)]],
        [[], [of('sell', 's', '2025-06-01', 1, 90)]],
      ],
    )
  })
})
