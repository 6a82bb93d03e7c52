/** What stands beside the events of a document is checked as they are, and no computation reads it. */
import { expect, test } from 'vitest'
import { parseInterchange } from '../../../shared/events/interchange.ts'
import { hashInterchange, writeInterchange } from '../../../shared/events/interchange-writer.ts'

const leg = (role: string, amount: string) => ({ role, account: 'w', asset: 'BTC', amount })
const BOOKS = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [{ id: 'w' }],
  assets: [{ id: 'BTC', kind: 'crypto' }],
  events: [
    { id: 'a', time: '2024-01-01T00:00:00Z', kind: 'ignored', legs: [leg('in', '1')] },
    { id: 'b', time: '2024-01-02T00:00:00Z', kind: 'unmatched_out', legs: [leg('out', '0.4')] },
    { id: 'c', time: '2024-01-03T00:00:00Z', kind: 'unmatched_in', note: 'as it is', legs: [leg('in', '0.4')] },
  ],
}
const pair = { outs: [{ event: 'b', leg: 0 }], ins: [{ event: 'c', leg: 0 }] }
const read = (more: object) => parseInterchange(JSON.stringify({ ...BOOKS, ...more }), 'books.json')
const problems = (more: object) => {
  const result = read(more)
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path} ${message}`)
}
const sha = (text: string) => text

test('what was told and decided is read, written again as it was, and leaves the hash of the inputs alone', () => {
  const beside = {
    told: [{ event: 'b', sourceKind: 'withdraw', from: '1abc', to: '1def', counterparty: 'Kraken' }],
    decided: {
      settled: [{ event: 'a', kind: 'staking_reward', ignore: 'twice', was: { kind: 'airdrop' } }],
      apart: [{ ...pair, kind: 'transfer', grade: 'likely', reason: 'equal amount' }],
      links: [{ key: 'x = y', event: 'x', fact: 'y', verdict: 'rejected', grade: 'likely', reason: '' }],
      joins: [{ key: 'etherscan:w:0x1', verdict: 'apart', reason: 'a person said so' }],
      groups: [{ name: 'Savings', events: ['b', 'c'] }],
      rules: [{ id: 'r', name: 'R', position: 1, enabled: true, when: { asset: 'BTC' }, effect: { kind: 'mining' } }],
    },
  }
  const [plain, more] = [read({}), read(beside)]
  if (!plain.ok || !more.ok) throw new Error('both can be read')
  const again = JSON.parse(writeInterchange(more.document))
  expect({ told: again.told, decided: again.decided }).toEqual(beside)
  expect(hashInterchange(more.document, sha)).toBe(hashInterchange(plain.document, sha))
})

test('what does not fit the events is refused with its place', () => {
  expect(problems({ told: [{ event: 'nowhere' }] })).toEqual([
    'told[0].event names the event "nowhere", which the document does not have',
  ])
  expect(problems({ decided: { settled: [{ event: 'b', kind: 'gift_out' }] } })).toEqual([
    'decided.settled[0] makes it gift_out, but the event is unmatched_out',
  ])
  expect(problems({ decided: { settled: [{ event: 'c', note: 'another' }] } })).toEqual([
    'decided.settled[0].note says another note than the event has',
  ])
  expect(problems({ decided: { apart: [{ ...pair, ins: pair.outs }] } })).toEqual([
    'decided.apart[0].ins[0].leg must be the index of an in leg, not 0',
  ])
  expect(problems({ decided: { apart: [{ ...pair, colour: 'red' }], secret: [] } })).toEqual([
    'decided.secret is not a member of what was decided',
    'decided.apart[0].colour is not a member of a pair',
  ])
  expect(problems({ decided: { links: [{ key: 'k', event: 'x', verdict: 'maybe', grade: 'likely' }] } })).toEqual([
    'decided.links[0].verdict is "maybe"; it can be linked, unlinked, rejected',
  ])
})

test('a rejected pair may name one event that the document says is not there, which the hash of the inputs does not cover', () => {
  const apart = [{ ...pair, ins: [{ event: 'gone', leg: 2 }] }]
  const [plain, more] = [read({}), read({ absent: ['gone'], decided: { apart } })]
  if (!plain.ok || !more.ok) throw new Error('both can be read')
  const text = writeInterchange(more.document)
  expect(JSON.parse(text)).toMatchObject({ absent: ['gone'], decided: { apart } })
  expect(JSON.parse(writeInterchange(plain.document))).not.toHaveProperty('absent')
  expect(hashInterchange(more.document, sha)).toBe(hashInterchange(plain.document, sha))
  expect(problems({ decided: { apart } })).toEqual([
    'decided.apart[0].ins[0].event names the event "gone", which the document does not have',
  ])
  expect(problems({ absent: ['gone'], decided: { waiting: apart } })).toEqual([
    'decided.waiting[0].ins[0].event names the event "gone", which the document does not have',
  ])
  expect(problems({ absent: ['gone'], decided: { apart: [{ ...pair, ins: [{ event: 'gone', leg: -1 }] }] } })).toEqual([
    'decided.apart[0].ins[0].leg must be the index of an in leg, not -1',
  ])
  expect(problems({ absent: ['gone'], decided: { apart: [{ outs: apart[0]?.ins, ins: apart[0]?.ins }] } })).toEqual([
    'decided.apart[0] names only events that the document says are not there',
  ])
})

test('a leg says whose word its value is only where it has one', () => {
  const [first, ...rest] = BOOKS.events
  const legs = [{ ...leg('in', '1'), valueBy: 'user' }]
  expect(problems({ events: [{ ...first, legs }, ...rest] })).toEqual([
    'events[0].legs[0].valueBy says whose word the value is, but there is no value',
  ])
})
