import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAmount } from '../../../shared/amount/decimal.ts'
import type { AccountId } from '../../../shared/events/identifiers.ts'
import type { MatchInput, Movement } from '../../../shared/matching/movement.ts'
import { proposalId } from '../../../shared/matching/movement.ts'
import { proposeMatches } from '../../../shared/matching/propose.ts'
import { spanInWords } from '../../../shared/matching/reasons.ts'
import { FULL_SIZE, generateHistory, randomFrom } from './generate.ts'
import { addUp, measure } from './measure.ts'

const HASH = '9c3f47c7de5559c6a74b7ad35c4f64ddd2edbb2ec5b1c8e165e326aa926bc351'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const movement = (id: string, text: string, more: object = {}): Movement => {
  const [direction, units, asset, account, minutes] = text.split(' ') as ['out' | 'in', string, string, string, string]
  return {
    id,
    event: id,
    leg: 0,
    account,
    asset,
    family: asset,
    direction,
    amount: parseAmount(units),
    fee: null,
    feeIncluded: false,
    time: Date.UTC(2024, 2, 1) + Number.parseInt(minutes, 10) * MINUTE,
    precision: 'second',
    hash: null,
    address: null,
    ...more,
  } as Movement
}
const fee = (units: string) => ({ fee: parseAmount(units), feeIncluded: true })
const match = (movements: readonly Movement[], more: Partial<MatchInput> = {}) =>
  proposeMatches({ movements, ownAddresses: new Map(), rejected: new Set(), ...more })
const shown = (movements: readonly Movement[], more: Partial<MatchInput> = {}) =>
  match(movements, more).proposals.map(({ id, grade }) => `${id} ${grade}`)

test('the same hash proves a pair, years apart and whatever the fee', () => {
  const pair = [
    movement('o', 'out 0.001 BTC kraken 0', { hash: HASH }),
    movement('i', 'in 0.0006 BTC ledger 1500000', { hash: HASH }),
  ]
  const { proposals, alone } = match(pair)
  expect(proposals).toMatchObject([
    {
      id: 'o>i',
      grade: 'certain',
      kind: 'transfer',
      reason: 'same transaction · fee 0.0004 BTC · arrived 1041 days later',
    },
  ])
  expect(alone).toEqual([])
})

test('a short id, which two places may both give, proves only what arrived soon and whole', () => {
  const out = movement('o', 'out 1 BTC kraken 0', { hash: '5', ...fee('0.02') })
  const grade = (into: string) => shown([out, movement('i', into, { hash: '5' })])
  expect(grade('in 1 BTC ledger 1000')).toEqual(['o>i certain'])
  expect(grade('in 0.98 BTC ledger 1000')).toEqual(['o>i certain'])
  expect(grade('in 0.98 BTC ledger 90000')).not.toContain('o>i certain')
  expect(grade('in 0.6 BTC ledger 10')).not.toContain('o>i certain')
})

test('a shared id proves nothing where more arrived than left, in one account, or for another asset', () => {
  const out = movement('o', 'out 1 BTC kraken 0', { hash: HASH })
  expect(shown([out, movement('i', 'in 3 BTC ledger 10', { hash: HASH })])).toEqual([])
  expect(shown([out, movement('i', 'in 1 BTC kraken 10', { hash: HASH })])).toEqual([])
  expect(shown([out, movement('i', 'in 1 ETH ledger 10', { hash: HASH })])).toEqual([])
})

test('one transaction that pays several own accounts is one proposal', () => {
  const movements = [
    movement('o', 'out 1 BTC kraken 0', { hash: HASH }),
    movement('i', 'in 0.4 BTC ledger 9', { hash: HASH }),
    movement('j', 'in 0.5999 BTC trezor 9', { hash: HASH }),
  ]
  expect(shown(movements)).toEqual(['o>i+j certain'])
  const joined = movements.map(
    (m) =>
      ({
        ...m,
        direction: m.direction === 'out' ? 'in' : 'out',
        amount: m.id === 'o' ? parseAmount('0.9999') : m.amount,
      }) as Movement,
  )
  expect(shown(joined)).toEqual(['i+j>o certain'])
})

test('an address of one’s own names the account, and no other account’s arrival is considered', () => {
  const ownAddresses = new Map([['addr', 'ledger' as AccountId]])
  const out = movement('o', 'out 1.2345 BTC kraken 0', { address: 'addr' })
  const late = movement('i', 'in 1.2344 BTC ledger 4000')
  const other = movement('j', 'in 1.2345 BTC trezor 20')
  expect(shown([out, late, other], { ownAddresses })).toEqual(['o>i certain'])
  expect(shown([out, other], { ownAddresses })).toEqual([])
})

test('a stated fee that explains the difference makes a quick pair certain', () => {
  const [proposal] = match([
    movement('o', 'out 1.23456 BTC kraken 0', fee('0.0005')),
    movement('i', 'in 1.23406 BTC ledger 39'),
  ]).proposals
  expect(proposal).toMatchObject({ grade: 'certain' })
  expect(proposal?.reason).toBe('fee 0.0005 BTC, as the source states · arrived 39 minutes later')
  expect(proposal?.parts.map(({ name }) => name)).toEqual(['amount', 'time', 'route'])
})

test('time is evidence and not a wall: days late is less sure, and two transactions are never one', () => {
  const out = movement('o', 'out 1.23456 BTC kraken 0', fee('0.0005'))
  expect(shown([out, movement('i', 'in 1.23406 BTC ledger 5000')])).toEqual(['o>i likely'])
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
  expect(shown([{ ...out, hash: a }, movement('i', 'in 1.23406 BTC ledger 39', { hash: b })])).toEqual([])
})

test('two arrivals that fit equally well leave neither certain', () => {
  const movements = [
    movement('o', 'out 1.23456 BTC kraken 0', fee('0.0005')),
    movement('i', 'in 1.23406 BTC ledger 39'),
    movement('j', 'in 1.23406 BTC trezor 37'),
  ]
  expect(match(movements).proposals.map(({ grade }) => grade)).not.toContain('certain')
  expect(match(movements).proposals[0]?.reason).toContain('another movement would fit too')
})

test('a transfer to another form of the asset is a bridge', () => {
  const into = movement('i', 'in 2.71828 WETH vault 8', { family: 'ETH' })
  expect(match([movement('o', 'out 2.71828 ETH kraken 0'), into]).proposals).toMatchObject([{ kind: 'bridge' }])
})

test('parts that add up exactly are proposed together, but never as certain', () => {
  const movements = [
    movement('o', 'out 1.23456789 BTC kraken 0'),
    movement('i', 'in 1.00000001 BTC ledger 39'),
    movement('j', 'in 0.23456788 BTC trezor 50'),
  ]
  expect(shown(movements)).toEqual(['o>i+j likely'])
})

test('what was rejected is not proposed again, be it proved, weighed or added up', () => {
  const proved = [
    movement('o', 'out 1 BTC kraken 0', { hash: HASH }),
    movement('i', 'in 0.5 BTC ledger 9', { hash: HASH }),
  ]
  expect(shown(proved, { rejected: new Set(['o>i']) })).toEqual([])
  const weighed = [
    movement('o', 'out 1.23456 BTC kraken 0'),
    movement('i', 'in 1.23456 BTC ledger 9'),
    movement('j', 'in 1.23456 BTC trezor 20'),
  ]
  expect(shown(weighed, { rejected: new Set(['o>i']) })).toEqual(['o>j likely'])
  const parts = [
    movement('o', 'out 1.23456789 BTC kraken 0'),
    movement('i', 'in 1.00000001 BTC ledger 39'),
    movement('j', 'in 0.23456788 BTC trezor 50'),
  ]
  expect(shown(parts, { rejected: new Set([proposalId([parts[0] as Movement], parts.slice(1))]) })).toEqual([])
})

test('fees learned from accepted pairs make a like pair more certain', () => {
  const accepted = Array.from({ length: 12 }, (_, k) => ({
    out: movement(`a${k}`, `out ${k + 2}.12345 BTC kraken ${-k * 9000}`),
    in: movement(`b${k}`, `in ${k + 2}.12295 BTC ledger ${-k * 9000 + 30}`),
  }))
  const pair = [movement('o', 'out 1.23456 BTC kraken 0'), movement('i', 'in 1.23406 BTC ledger 39')]
  expect(shown(pair)).toEqual(['o>i likely'])
  expect(shown(pair, { accepted })).toEqual(['o>i certain'])
  expect(match(pair, { accepted }).proposals[0]?.reason).toContain('as this account has charged before')
})

const SMALL = { ...FULL_SIZE, movements: 2000, transfers: 400, decoys: 400, missing: 10 }

test('the result does not depend on the order of the input', () => {
  const { movements, ownAddresses } = generateHistory(7, SMALL)
  const first = match(movements, { ownAddresses })
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = randomFrom(seed)
      const shuffled = movements
        .map((item) => ({ item, key: random() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item)
      expect(match(shuffled, { ownAddresses })).toEqual(first)
    }),
    { numRuns: 3 },
  )
})

test('every movement is in one proposal at most, or alone', () => {
  const { movements, ownAddresses } = generateHistory(8, SMALL)
  const { proposals, alone } = match(movements, { ownAddresses })
  const ids = [...proposals.flatMap(({ outs, ins }) => [...outs, ...ins]), ...alone].map(({ id }) => id)
  expect(ids.length).toBe(movements.length)
  expect(new Set(ids).size).toBe(movements.length)
})

test('in made-up histories with decoys nearly all transfers are found and certain ones are right', () => {
  const quality = addUp(
    [31, 32].map((seed) => {
      const history = generateHistory(seed, {
        ...FULL_SIZE,
        movements: 10_000,
        transfers: 2000,
        decoys: 2000,
        missing: 50,
      })
      return measure(history, match(history.movements, { ownAddresses: history.ownAddresses }))
    }),
  )
  expect(quality.accepted / quality.transfers).toBeGreaterThan(0.97)
  expect(quality.certain / quality.transfers).toBeGreaterThan(0.82)
  expect(quality.certainWrong / quality.certainProposals).toBeLessThan(1 / 700)
})

test('an account whose clock is an hour off is still matched', () => {
  const history = generateHistory(33, SMALL)
  const skewed = history.movements.map((m) =>
    m.account === 'ledger' ? { ...m, time: (m.time - 7 * 60 * MINUTE) as Movement['time'] } : m,
  )
  const quality = measure(history, match(skewed, { ownAddresses: history.ownAddresses }))
  expect(quality.accepted / quality.transfers).toBeGreaterThan(0.93)
})

test('spans are told in their largest whole unit', () => {
  expect([0, 1000, 90_000, 2 * DAY + 5].map(spanInWords)).toEqual(['the same second', '1 second', '1 minute', '2 days'])
})
