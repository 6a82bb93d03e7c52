import { expect, test } from 'vitest'
import { changeOf, draftOf, emptyLeg, eventOf, leftOver, sharesOf } from '../../../renderer/views/ledger/event-draft.ts'
import type { HandEvent } from '../../../shared/contract/hand.ts'

const ZONE = 'America/New_York'
const WRITTEN: HandEvent = {
  time: Date.parse('2025-03-12T18:02:07.123Z'),
  precision: 'millisecond',
  kind: 'trade',
  note: 'mine',
  hash: '0xabc',
  legs: [
    { role: 'out', account: 'k', asset: 'USD', amount: '1234.5', value: '7', valueBy: 'user' },
    { role: 'in', account: 'k', asset: 'BTC', amount: '0.0123456789', acquired: '2019-01-02', cost: '55.5' },
    { role: 'fee', account: 'k', asset: 'USD', amount: '1.5', for: 'in', withheld: true, included: true },
  ],
}

test('an event typed anew is the event it was made from, to the last digit, in any locale', () => {
  for (const locale of ['en-US', 'de-DE', 'fr-CH']) {
    const made = eventOf(draftOf(WRITTEN, ZONE, locale), ZONE, locale)
    expect(made).toMatchObject({ kind: 'trade', note: 'mine', legs: WRITTEN.legs })
    expect(typeof made === 'string' ? [] : made.legs.map(({ amount }) => amount)).toEqual([
      '1234.5',
      '0.0123456789',
      '1.5',
    ])
  }
})

test('a change holds only what was typed, so that what has no field stays as it was', () => {
  const first = draftOf(WRITTEN, ZONE, 'en-US')
  expect(changeOf(first, first, ZONE, 'en-US')).toEqual({})
  expect(changeOf(first, { ...first, note: 'yours' }, ZONE, 'en-US')).toEqual({ note: 'yours' })
  const fee = { ...first, legs: first.legs.map((leg) => (leg.role === 'fee' ? { ...leg, amount: '2' } : leg)) }
  expect(changeOf(first, fee, ZONE, 'en-US')).toEqual({
    legs: [WRITTEN.legs[0], WRITTEN.legs[1], { ...WRITTEN.legs[2], amount: '2' }],
  })
})

test('of another amount no cost of the whole is taken along, and another asset is another movement', () => {
  const first = draftOf(WRITTEN, ZONE, 'en-US')
  const into = first.legs[1]
  if (!into) throw new Error('three legs')
  const made = (leg: typeof into) => eventOf({ ...first, legs: [leg] }, ZONE, 'en-US')
  expect(made({ ...into, amount: '1' })).toMatchObject({
    legs: [{ role: 'in', account: 'k', asset: 'BTC', amount: '1', acquired: '2019-01-02' }],
  })
  expect(JSON.stringify(made({ ...into, amount: '1' }))).not.toContain('55.5')
  expect(made({ ...into, asset: 'ETH' })).toMatchObject({
    legs: [{ role: 'in', account: 'k', asset: 'ETH', amount: '0.0123456789' }],
  })
  expect(JSON.stringify(made({ ...into, asset: 'ETH' }))).not.toContain('2019')
})

test('parts say how the whole is shared out when their first amounts are together the whole, or leave the last the rest', () => {
  const whole = draftOf(WRITTEN, ZONE, 'en-US')
  const part = (amount: string) => ({ ...whole, legs: whole.legs.map((leg) => ({ ...leg, amount })) })
  expect(sharesOf(whole, [part('1,000'), part('')], 'en-US')).toEqual(['1000', '234.5'])
  expect(sharesOf(whole, [part('1,000'), part('234.5')], 'en-US')).toEqual(['1000', '234.5'])
  expect(sharesOf(whole, [part('1,000'), part('1')], 'en-US')).toBeNull()
  expect(sharesOf(whole, [part('1,234.5'), part('')], 'en-US')).toBeNull()
  expect(sharesOf(whole, [part(''), part('3')], 'en-US')).toBeNull()
  expect(sharesOf(whole, [part('much'), part('')], 'en-US')).toBeNull()
})

test('what is missing is said in words', () => {
  const draft = draftOf(WRITTEN, ZONE, 'en-US')
  expect(eventOf({ ...draft, clock: '' }, ZONE, 'en-US')).toContain('when')
  expect(eventOf({ ...draft, legs: [emptyLeg('k')] }, ZONE, 'en-US')).toContain('at least one amount')
  expect(eventOf({ ...draft, legs: [{ ...emptyLeg('k'), amount: 'much' }] }, ZONE, 'en-US')).toContain('“much”')
  expect(eventOf({ ...draft, legs: [{ ...emptyLeg('k'), amount: '1' }] }, ZONE, 'en-US')).toContain('asset')
})

test('parts leave over what they do not move, and say by how much they move more', () => {
  const whole = draftOf(WRITTEN, ZONE, 'en-US')
  const [out, into, fee] = whole.legs
  if (!out || !into || !fee) throw new Error('three legs')
  const first = { ...whole, legs: [{ ...out, amount: '1,000' }, into] }
  expect(leftOver(whole, [first], 'en-US').map(({ role, amount }) => `${role} ${amount}`)).toEqual([
    'out 234.5',
    'fee 1.5',
  ])
  const rest = { ...whole, legs: [{ ...out, amount: '234.5' }, fee] }
  expect(leftOver(whole, [first, rest], 'en-US')).toEqual([])
  const more = { ...whole, legs: [{ ...fee, amount: '2' }] }
  expect(leftOver(whole, [first, { ...whole, legs: [{ ...out, amount: '234.5' }] }, more], 'en-US')[0]?.amount).toMatch(
    /^.0\.5$/,
  )
})
