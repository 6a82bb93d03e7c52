import { describe, expect, test } from 'vitest'
import type { LedgerEvent } from '../../../../shared/events/event.ts'
import type { CivilDate, CurrencyCode, ZoneName } from '../../../../shared/events/identifiers.ts'
import type { Profile } from '../../../../shared/events/interchange-types.ts'
import { compute } from '../../../../shared/tax/compute.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import { at, event, eventId, inputOf, leg, profileFor, units } from './history.ts'

const buy = event('buy', '2024-01-02T12:00:00Z', 'buy', [
  leg('in', 'exchange', 'AAA', units(1)),
  leg('out', 'exchange', 'USD', units(100)),
])
const sell = (more: Partial<LedgerEvent> = {}): LedgerEvent =>
  event(
    'sell',
    '2025-05-02T12:00:00Z',
    'sell',
    [leg('out', 'exchange', 'AAA', units(1)), leg('in', 'exchange', 'USD', units(80))],
    more,
  )

const refusalsOf = (profile: Profile, events: readonly LedgerEvent[]) => {
  const outcome = compute(inputOf(profile, events))
  return outcome.ok ? [] : outcome.refusals
}
const codesOf = (profile: Profile, events: readonly LedgerEvent[] = [buy, sell()]): string[] =>
  refusalsOf(profile, events).map((refusal) => refusal.code)

describe('what cannot be computed is refused as a value, with its reason', () => {
  test('a country nobody knows', () => {
    expect(codesOf(profileFor('xx'))).toEqual(['unknown-jurisdiction'])
  })

  test('books in another currency than the country counts in, saying which and what to do', () => {
    const [refusal] = refusalsOf(profileFor('gb', { currency: 'USD' as CurrencyCode }), [buy])
    expect(refusal).toMatchObject({ code: 'currency-not-of-country', text: expect.stringContaining('GBP') })
    expect(codesOf(profileFor('us', { currency: 'EUR' as CurrencyCode }))).toEqual(['currency-not-of-country'])
    expect(codesOf(profileFor('none', { currency: 'USD' as CurrencyCode }))).toEqual([])
  })

  test('a zone nobody knows', () => {
    expect(codesOf(profileFor('us', { zone: 'Europe/Atlantis' as ZoneName }))).toEqual(['unknown-zone'])
  })

  test('a method that the country forbids, naming those it allows', () => {
    const [refusal] = refusalsOf(profileFor('us', { method: 'acb' }), [buy])
    expect(refusal?.code).toBe('method-not-allowed')
    expect(refusal?.text).toMatch(/fifo, lifo, hifo, lofo, specific/)
    expect(codesOf(profileFor('gb', { method: 'fifo' }), [])).toEqual(['method-not-allowed'])
  })

  test('one pool for all accounts where the law pools by account, and the other way round', () => {
    expect(codesOf(profileFor('gb', { scope: 'account' }), [])).toEqual(['scope-not-allowed'])
  })

  test('a change between lots and averages', () => {
    const method = [
      { from: '2020-01-01' as CivilDate, method: 'fifo' as const },
      { from: '2024-01-01' as CivilDate, method: 'acb' as const },
    ]
    expect(codesOf(profileFor('none', { method }))).toEqual(['method-change-not-allowed'])
  })

  test('a choice that a position does not have', () => {
    const refusals = refusalsOf(profileFor('us', { positions: { P1: [{ choice: 'maybe' }] } }), [buy])
    expect(refusals.map(({ text }) => text).join()).toMatch(/P1.*maybe.*none, swap/)
  })

  test('an account or an asset that nobody declared', () => {
    const stray = event('stray', '2024-02-02T12:00:00Z', 'buy', [leg('in', 'nowhere', 'ZZZ', units(1))])
    expect(codesOf(profileFor('us'), [stray])).toEqual(['unknown-account', 'unknown-asset'])
  })

  test('a named lot that is not there, or not any more', () => {
    const named = sell({ lots: [{ event: eventId('other'), amount: units(1) }] })
    const [refusal] = refusalsOf(profileFor('us'), [buy, named])
    expect(refusal).toMatchObject({ code: 'named-lot-missing', event: 'sell' })
    expect(refusal?.text).toMatch(/sell names the lot other/)
    const twice = [
      buy,
      sell(),
      { ...sell({ lots: [{ event: eventId('buy'), amount: units(1) }] }), id: eventId('then-again') },
    ]
    expect(codesOf(profileFor('us'), twice)).toEqual(['named-lot-missing'])
  })

  test('a lot named that lies in another account', () => {
    const elsewhere = event('sell', '2025-05-02T12:00:00Z', 'sell', [
      leg('out', 'wallet', 'AAA', units(1)),
      leg('in', 'wallet', 'USD', units(80)),
    ])
    const named = { ...elsewhere, lots: [{ event: eventId('buy'), amount: units(1) }] }
    expect(codesOf(profileFor('us'), [buy, named])).toEqual(['named-lot-missing'])
  })

  test('more units named than are sold', () => {
    const big = event('big', '2024-01-03T12:00:00Z', 'buy', [
      leg('in', 'exchange', 'AAA', units(5)),
      leg('out', 'exchange', 'USD', units(100)),
    ])
    expect(codesOf(profileFor('us'), [big, sell({ lots: [{ event: eventId('big'), amount: units(2) }] })])).toEqual([
      'named-lots-exceed',
    ])
  })
})

test('a change that is refused changes nothing', () => {
  const created = createIncremental(inputOf(profileFor('us'), [buy, sell()]))
  if (created === null || !created.ok) throw new Error('refused')
  const before = created.tax.result()
  const stray = event('stray', '2024-02-02T12:00:00Z', 'buy', [leg('in', 'nowhere', 'AAA', units(1))])
  expect(created.tax.replaceEvents([sell()], [stray]).ok).toBe(false)
  expect(created.tax.result()).toEqual(before)
})

test('a named lot that goes missing by a change is refused until the change is taken back', () => {
  const named = sell({ lots: [{ event: eventId('buy'), amount: units(1) }] })
  const created = createIncremental(inputOf(profileFor('us'), [buy, named]))
  if (created === null || !created.ok) throw new Error('refused')
  expect(created.tax.totals().ok).toBe(true)
  const outcome = created.tax.replaceEvents([buy], [])
  expect(outcome).toMatchObject({ ok: false, refusals: [{ code: 'named-lot-missing' }] })
  expect(created.tax.replaceEvents([], [buy]).ok).toBe(true)
})

test('a computation that is cancelled gives nothing', () => {
  expect(createIncremental(inputOf(profileFor('us'), [buy, sell()]), () => true)).toBeNull()
})

test('a standing order set by a change counts from its time on', () => {
  const second = event('second', '2024-06-02T12:00:00Z', 'buy', [
    leg('in', 'exchange', 'AAA', units(1)),
    leg('out', 'exchange', 'USD', units(300)),
  ])
  const order: LedgerEvent = {
    id: eventId('order'),
    time: at('2025-01-05T00:00:00Z'),
    kind: 'lot_selection',
    method: 'hifo',
    legs: [],
  }
  const created = createIncremental(inputOf(profileFor('us'), [buy, second, sell()]))
  if (created === null || !created.ok) throw new Error('refused')
  const lotSold = () => {
    const outcome = created.tax.result()
    return outcome.ok ? outcome.result.disposals.map((row) => row.lot) : []
  }
  expect(lotSold()).toEqual(['buy'])
  created.tax.replaceEvents([], [order])
  expect(lotSold()).toEqual(['second'])
  created.tax.replaceEvents([order], [])
  expect(lotSold()).toEqual(['buy'])
})
