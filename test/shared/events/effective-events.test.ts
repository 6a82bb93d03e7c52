import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAmount, parseMoney } from '../../../shared/amount/decimal.ts'
import { kindFault } from '../../../shared/events/decide-event.ts'
import type { Decision, Match } from '../../../shared/events/decision.ts'
import { effectiveEvents } from '../../../shared/events/effective-events.ts'
import type { LedgerEvent, Leg, Role } from '../../../shared/events/event.ts'
import { checkEvent } from '../../../shared/events/event-invariants.ts'
import type { EventId, Instant } from '../../../shared/events/identifiers.ts'
import type { Kind } from '../../../shared/events/kinds.ts'
import { amount } from './documents.ts'

const leg = (role: Role, account: string, units: string, more: object = {}): Leg =>
  ({ role, account, asset: 'BTC', amount: amount(units), ...more }) as Leg
const event = (id: string, time: number, kind: Kind, ...legs: Leg[]): LedgerEvent => ({
  id: id as EventId,
  time: time as Instant,
  kind,
  legs,
})
const ref = (id: string, index = 0) => ({ event: id as EventId, leg: index })
const match = (outs: string[], ins: string[], more: object = {}): Match => ({
  id: `${outs}-${ins}`,
  outs: outs.map((id) => ref(id)),
  ins: ins.map((id) => ref(id)),
  ...more,
})
const decision = (value: object) => value as Decision
const shown = (events: readonly LedgerEvent[]) =>
  events.map(({ id, time, kind, legs, joined }) => ({
    id,
    time,
    kind,
    legs: legs.map((l) => `${l.role} ${l.account} ${formatAmount(l.amount)}${l.included ? ' included' : ''}`),
    joined,
  }))

const out = event('o', 100, 'unmatched_out', leg('out', 'A', '1'))
const into = event('i', 200, 'unmatched_in', leg('in', 'B', '0.9995'))

test('a matched pair is one transfer at the out’s instant, and what is missing at the other end is its fee', () => {
  expect(shown(effectiveEvents([out, into], [], [match(['o'], ['i'])]))).toEqual([
    {
      id: 'o',
      time: 100,
      kind: 'transfer',
      legs: ['out A 1', 'in B 0.9995', 'fee A 0.0005 included'],
      joined: ['o', 'i'],
    },
  ])
})

test('the transfer acts at the in’s instant where a skewed clock puts that first', () => {
  const early = { ...into, time: 50 as Instant, order: 3 }
  expect(effectiveEvents([{ ...out, order: 9 }, early], [], [match(['o'], ['i'])])).toMatchObject([
    { id: 'o', time: 50, order: 3 },
  ])
})

test('a fee that the source states is kept, beside the amount or in it, and none is added for it', () => {
  const beside = event('o', 100, 'unmatched_out', leg('out', 'A', '1'), leg('fee', 'A', '0.0005'))
  const whole = { ...into, legs: [leg('in', 'B', '1')] }
  expect(shown(effectiveEvents([beside, whole], [], [match(['o'], ['i'])]))[0]?.legs).toEqual([
    'out A 1',
    'in B 1',
    'fee A 0.0005',
  ])
  const included = event('o', 100, 'unmatched_out', leg('out', 'A', '1'), leg('fee', 'A', '0.0003', { included: true }))
  expect(shown(effectiveEvents([included, into], [], [match(['o'], ['i'])]))[0]?.legs).toEqual([
    'out A 1',
    'in B 0.9995',
    'fee A 0.0003 included',
    'fee A 0.0002 included',
  ])
})

test('one out may arrive in several places', () => {
  const more = event('j', 300, 'unmatched_in', leg('in', 'C', '0.5'))
  const part = { ...into, legs: [leg('in', 'B', '0.499')] }
  expect(shown(effectiveEvents([out, part, more], [], [match(['o'], ['i', 'j'])]))).toEqual([
    {
      id: 'o',
      time: 100,
      kind: 'transfer',
      legs: ['out A 1', 'in B 0.499', 'in C 0.5', 'fee A 0.001 included'],
      joined: ['o', 'i', 'j'],
    },
  ])
})

test('several outs that arrive together each leave at their own time', () => {
  const second = event('p', 150, 'unmatched_out', leg('out', 'C', '2'))
  const sum = event('i', 200, 'unmatched_in', leg('in', 'B', '2.99'))
  expect(shown(effectiveEvents([out, second, sum], [], [match(['o', 'p'], ['i'])]))).toEqual([
    { id: 'o', time: 100, kind: 'transfer', legs: ['out A 1', 'in B 1'], joined: ['o', 'i'] },
    { id: 'p', time: 150, kind: 'transfer', legs: ['out C 2', 'in B 1.99', 'fee C 0.01 included'], joined: ['p', 'i'] },
  ])
})

test('what a half held beside the matched movement stays behind under its own id', () => {
  const mixed = event(
    'o',
    100,
    'trade',
    leg('out', 'A', '1'),
    leg('in', 'A', '5', { asset: 'ETH' }),
    leg('fee', 'A', '0.1', { asset: 'USD' }),
  )
  const events = effectiveEvents([mixed, into], [], [match(['o'], ['i'])])
  expect(shown(events)).toEqual([
    { id: 'o', time: 100, kind: 'trade', legs: ['in A 5', 'fee A 0.1'], joined: undefined },
    {
      id: 'o#0',
      time: 100,
      kind: 'transfer',
      legs: ['out A 1', 'in B 0.9995', 'fee A 0.0005 included'],
      joined: ['o', 'i'],
    },
  ])
})

test('another asset of the family makes a bridge, unless the match says what it is', () => {
  const wrapped = { ...into, legs: [leg('in', 'B', '1', { asset: 'WBTC' })] }
  expect(effectiveEvents([out, wrapped], [], [match(['o'], ['i'])])[0]?.kind).toBe('bridge')
  expect(effectiveEvents([out, wrapped], [], [match(['o'], ['i'], { kind: 'wrap' })])[0]?.kind).toBe('wrap')
})

test('a match whose half is not there sleeps', () => {
  expect(effectiveEvents([out], [], [match(['o'], ['i'])])).toEqual([out])
  const ignored = decision({ what: 'ignore', event: 'i', reason: 'doubled' })
  expect(
    shown(effectiveEvents([out, into], [ignored], [match(['o'], ['i'])])).map(({ id, kind }) => [id, kind]),
  ).toEqual([
    ['o', 'unmatched_out'],
    ['i', 'ignored'],
  ])
})

test('pairing by hand ends the matches its movements were in, and unpairing ends them all', () => {
  const other = event('k', 210, 'unmatched_in', leg('in', 'C', '1'))
  const pair = decision({ what: 'pair', id: 'hand', outs: [ref('o')], ins: [ref('k')] })
  const paired = effectiveEvents([out, into, other], [pair], [match(['o'], ['i'])])
  expect(paired.map(({ id, joined }) => [id, joined])).toEqual([
    ['o', ['o', 'k']],
    ['i', undefined],
  ])
  const apart = effectiveEvents(
    [out, into, other],
    [pair, decision({ what: 'unpair', event: 'k' })],
    [match(['o'], ['i'])],
  )
  expect(apart).toEqual([out, into, other])
})

test('of several acts on one thing the last counts, and each changes only its own member', () => {
  const acts = [
    { what: 'kind', event: 'i', kind: 'airdrop' },
    { what: 'value', event: 'i', leg: 0, value: parseMoney('5') },
    { what: 'kind', event: 'i', kind: 'staking_reward' },
    { what: 'price', event: 'i', leg: 0, price: parseMoney('1000') },
    { what: 'note', event: 'i', note: 'from the pool' },
    { what: 'account', event: 'i', leg: 0, account: 'C' },
    { what: 'asset', event: 'i', leg: 0, asset: 'WBTC' },
    { what: 'value', event: 'i', leg: 7, value: parseMoney('1') },
  ].map(decision)
  expect(effectiveEvents([into], acts, [])).toEqual([
    {
      ...into,
      kind: 'staking_reward',
      note: 'from the pool',
      legs: [{ ...into.legs[0], value: parseMoney('999.5'), valueBy: 'user', account: 'C', asset: 'WBTC' }],
    },
  ])
  expect(into.kind).toBe('unmatched_in')
})

test('ignoring is undone by a later act, and the kind decided in between is kept', () => {
  const acts = [
    { what: 'ignore', event: 'i', reason: 'spam' },
    { what: 'kind', event: 'i', kind: 'airdrop' },
  ].map(decision)
  expect(effectiveEvents([into], acts, [])[0]?.kind).toBe('ignored')
  expect(effectiveEvents([into], [...acts, decision({ what: 'unignore', event: 'i' })], [])[0]?.kind).toBe('airdrop')
})

test('a cost given to an unexplained arrival makes it an opening lot, to a gift what it carries', () => {
  const cost = { what: 'cost', event: 'i', leg: 0, cost: parseMoney('12'), acquired: '2020-01-01' }
  const [opening] = effectiveEvents([into], [decision(cost)], [])
  expect(opening).toMatchObject({ kind: 'opening_lot', legs: [{ cost: parseMoney('12'), acquired: '2020-01-01' }] })
  expect(checkEvent(opening as LedgerEvent)).toEqual([])
  const [gift] = effectiveEvents([{ ...into, kind: 'gift_in' }], [decision(cost)], [])
  expect(gift).toMatchObject({ kind: 'gift_in', legs: [{ carry: { cost: parseMoney('12'), acquired: '2020-01-01' } }] })
  const [reward] = effectiveEvents([{ ...into, kind: 'staking_reward' }], [decision(cost)], [])
  expect(reward?.legs[0]).not.toHaveProperty('cost')
  expect(reward?.legs[0]).not.toHaveProperty('acquired')
  expect(checkEvent(gift as LedgerEvent)).toEqual([])
})

test('named lots replace earlier ones whole, and an empty list takes them away', () => {
  const lots = (named: object[], more: object = {}) => decision({ what: 'lots', event: 'o', lots: named, ...more })
  const named = lots([{ event: 'x', amount: amount('1') }], { identifiedAt: 90 })
  expect(effectiveEvents([out], [named], [])[0]).toMatchObject({ lots: [{ event: 'x' }], identifiedAt: 90 })
  expect(effectiveEvents([out], [named, lots([])], [])).toEqual([out])
})

test('of several accounts on the other side the last one counts, and none may be said too', () => {
  const lone = { ...out, kind: 'unmatched_out' as const }
  const side = (account: string | null) => decision({ what: 'counterparty', event: 'o', account })
  const accountsOf = (...sides: (string | null)[]) =>
    effectiveEvents([lone], sides.map(side), [])[0]?.legs.flatMap(({ role, account }) =>
      role === 'in' ? [account] : [],
    )
  expect(accountsOf('phone')).toEqual(['phone'])
  expect(accountsOf('phone', 'cold')).toEqual(['cold'])
  expect(effectiveEvents([lone], [side('phone'), side(null)], [])).toEqual([lone])
})

test('a pair says what is on the other side: an account that was named there counts only while the pair sleeps', () => {
  const side = decision({ what: 'counterparty', event: 'o', account: 'phone' })
  const pair = match(['o'], ['i'])
  expect(effectiveEvents([out, into], [side], [pair])).toEqual(effectiveEvents([out, into], [], [pair]))
  expect(effectiveEvents([out], [side], [pair])[0]?.legs.map(({ account }) => account)).toEqual(['A', 'phone'])
})

test('a cost given to an arrival sleeps while it is paired: what arrives brings the cost of what left', () => {
  const cost = decision({ what: 'cost', event: 'i', leg: 0, cost: parseMoney('12'), acquired: '2020-01-01' })
  const paired = effectiveEvents([out, into], [cost], [match(['o'], ['i'])])
  expect(paired).toEqual(effectiveEvents([out, into], [], [match(['o'], ['i'])]))
  expect(paired.flatMap(checkEvent)).toEqual([])
})

test('what only another kind has sleeps while the event is decided to be of this one, and comes back', () => {
  const lot = event('lot', 100, 'opening_lot', {
    ...leg('in', 'A', '1'),
    cost: parseMoney('5'),
    acquired: '2020-01-01',
  } as Leg)
  const gift = event('gift', 100, 'gift_in', { ...leg('in', 'A', '1'), carry: { cost: parseMoney('5') } } as Leg)
  const fork = { ...event('fork', 100, 'fork', leg('in', 'A', '1')), parent: 'BTC' } as LedgerEvent
  for (const one of [lot, gift, fork]) {
    const kind = (to: string) => decision({ what: 'kind', event: one.id, kind: to })
    const [airdrop] = effectiveEvents([one], [kind('airdrop')], [])
    expect(airdrop).toEqual({
      ...one,
      kind: 'airdrop',
      legs: [leg('in', 'A', '1')],
      ...('parent' in one ? { parent: undefined } : {}),
    })
    expect(checkEvent(airdrop as LedgerEvent)).toEqual([])
    expect(effectiveEvents([one], [kind('airdrop'), kind(one.kind)], [])[0]).toMatchObject({ ...one })
    const [left] = effectiveEvents([one], [decision({ what: 'ignore', event: one.id, reason: 'x' })], [])
    expect(left).toEqual({ ...one, kind: 'ignored' })
    expect(checkEvent(left as LedgerEvent)).toEqual([])
  }
})

test.each(['transfer', 'snapshot', 'opening_lot', 'lot_selection', 'allocation', 'residence_change'] as const)(
  'a movement cannot be decided to be %s, which it does not have the members of',
  (kind) => {
    expect(kindFault(out, kind)).not.toBeNull()
    expect(effectiveEvents([out], [decision({ what: 'kind', event: 'o', kind })], [])).toEqual([out])
  },
)

test('a cost is of what came in: it says nothing of what went out', () => {
  const cost = { what: 'cost', event: 'o', leg: 0, cost: parseMoney('12'), acquired: '2020-01-01' }
  expect(
    effectiveEvents([out], [decision(cost), decision({ what: 'kind', event: 'o', kind: 'gift_out' })], []),
  ).toEqual([{ ...out, kind: 'gift_out' }])
})

test('no overlay changes what any account holds', () => {
  const units = fc.bigInt({ min: 1n, max: 10n ** 26n })
  const half = (direction: 'out' | 'in') =>
    fc
      .record({
        amount: units,
        fee: fc.option(fc.record({ amount: fc.bigInt({ min: 1n, max: 10n ** 22n }), included: fc.boolean() })),
        account: fc.constantFrom('A', 'B', 'C'),
        time: fc.nat(50),
      })
      .map((h, i = 0) => ({ ...h, direction, i }))
  const holdings = (events: readonly LedgerEvent[]) => {
    const sums = new Map<string, bigint>()
    for (const { legs } of events) {
      for (const l of legs) {
        const sign = l.role === 'in' || l.role === 'rebate' ? 1n : l.role === 'fee' && l.included ? 0n : -1n
        sums.set(`${l.account} ${l.asset}`, (sums.get(`${l.account} ${l.asset}`) ?? 0n) + sign * l.amount)
      }
    }
    return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).sort())
  }
  fc.assert(
    fc.property(
      fc.array(half('out'), { minLength: 1, maxLength: 4 }),
      fc.array(half('in'), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (outs, ins, single) => {
        const make = (h: (typeof outs)[number], id: string) =>
          event(
            id,
            h.time,
            h.direction === 'out' ? 'unmatched_out' : 'unmatched_in',
            { role: h.direction, account: h.account, asset: 'BTC', amount: h.amount } as Leg,
            ...(h.fee
              ? [
                  {
                    role: 'fee',
                    account: h.account,
                    asset: 'BTC',
                    amount: h.fee.included && h.fee.amount > h.amount ? h.amount : h.fee.amount,
                    ...(h.fee.included ? { included: true } : {}),
                  } as Leg,
                ]
              : []),
          )
        const events = [...outs.map((h, i) => make(h, `o${i}`)), ...ins.map((h, i) => make(h, `i${i}`))]
        const used = single ? outs.slice(0, 1) : outs
        const made = match(
          used.map((_, i) => `o${i}`),
          ins.map((_, i) => `i${i}`),
        )
        const effective = effectiveEvents(events, [], [made])
        expect(holdings(effective)).toEqual(holdings(events))
        expect(effectiveEvents([...events].reverse(), [], [made])).toEqual(effective)
      },
    ),
  )
})
