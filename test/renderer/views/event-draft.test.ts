import { expect, test } from 'vitest'
import { draftOf, emptyLeg, eventOf, leftOver } from '../../../renderer/views/ledger/event-draft.ts'
import type { EventRow } from '../../../shared/contract/events.ts'

const ZONE = 'America/New_York'
const ROW: EventRow = {
  id: 'e1',
  time: Date.parse('2025-03-12T18:02:07Z'),
  precision: 'second',
  date: '2025-03-12',
  timeText: '',
  kind: 'trade',
  sourceKind: null,
  accountNames: ['Kraken'],
  legs: [
    leg('out', 'USD', '1234.5', 'stated by the source'),
    leg('in', 'BTC', '0.0123456789', 'the day’s price of BTC'),
    leg('fee', 'USD', '1.5', 'stated by the source'),
  ],
  note: 'mine',
  batch: null,
  source: 'hand',
  decided: false,
  ignored: false,
  open: [],
  joined: [],
}

function leg(
  role: 'in' | 'out' | 'fee',
  symbol: string,
  amount: string,
  valueReason: string,
): EventRow['legs'][number] {
  return {
    role,
    account: 'k',
    accountName: 'Kraken',
    asset: symbol,
    symbol,
    amount,
    value: '7',
    valueReason,
    included: false,
  }
}

test('an event typed anew is the event it was made from, to the last digit, in any locale', () => {
  for (const locale of ['en-US', 'de-DE', 'fr-CH']) {
    const made = eventOf(draftOf(ROW, ZONE, locale), ZONE, locale)
    expect(made).toMatchObject({ time: ROW.time, kind: 'trade', note: 'mine' })
    expect(typeof made === 'string' ? [] : made.legs.map(({ amount }) => amount)).toEqual([
      '1234.5',
      '0.0123456789',
      '1.5',
    ])
  }
})

test('a value that came from a price is not taken for one that somebody stated', () => {
  const made = eventOf(draftOf(ROW, ZONE, 'en-US'), ZONE, 'en-US')
  expect(typeof made === 'string' ? [] : made.legs.map(({ value }) => value)).toEqual(['7', undefined, '7'])
})

test('what is missing is said in words', () => {
  const draft = draftOf(ROW, ZONE, 'en-US')
  expect(eventOf({ ...draft, clock: '' }, ZONE, 'en-US')).toContain('when')
  expect(eventOf({ ...draft, legs: [emptyLeg('k')] }, ZONE, 'en-US')).toContain('at least one amount')
  expect(eventOf({ ...draft, legs: [{ ...emptyLeg('k'), amount: 'much' }] }, ZONE, 'en-US')).toContain('“much”')
  expect(eventOf({ ...draft, legs: [{ ...emptyLeg('k'), amount: '1' }] }, ZONE, 'en-US')).toContain('asset')
})

test('parts leave over what they do not move, and say by how much they move more', () => {
  const whole = draftOf(ROW, ZONE, 'en-US')
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
