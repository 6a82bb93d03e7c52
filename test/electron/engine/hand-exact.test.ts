/** Work by hand loses nothing that an event or a leg holds, and cuts to the last digit. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HandEvent, HandLeg } from '../../../shared/contract/hand.ts'
import {
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

const HASH = '0x9f3c1d7a5b2e4860c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e'
const BOOKS = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'w', name: 'Wallet', kind: 'wallet' }],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'ETH', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    {
      id: 'hand-lot',
      time: '2023-01-01T05:00:00Z',
      kind: 'opening_lot',
      legs: [{ role: 'in', account: 'w', asset: 'BTC', amount: '3', acquired: '2019-03-04', cost: '100' }],
    },
    {
      id: 'gift',
      time: '2023-02-03T04:05:06.789Z',
      kind: 'gift_in',
      legs: [
        {
          role: 'in',
          account: 'w',
          asset: 'ETH',
          amount: '2',
          carry: { acquired: '2020-01-01', cost: '7000.01', marketValue: '9000' },
        },
      ],
    },
    {
      id: 'swap',
      time: '2023-03-04T05:06:07Z',
      precision: 'second',
      kind: 'trade',
      note: 'at the kiosk',
      hash: HASH,
      protocol: 'Uniswap',
      lots: [{ event: 'hand-lot', amount: '0.7' }],
      identifiedAt: '2023-03-04T05:00:00Z',
      legs: [
        { role: 'out', account: 'w', asset: 'BTC', amount: '0.7', value: '14000.5', valueBy: 'user' },
        { role: 'in', account: 'w', asset: 'ETH', amount: '9', value: '13990' },
        { role: 'fee', account: 'w', asset: 'BTC', amount: '0.01', for: 'out', included: true, withheld: true },
        { role: 'fee', account: 'w', asset: 'ETH', amount: '0.001', for: 'in', value: '1.55' },
      ],
    },
    {
      id: 'buy',
      time: '2023-05-06T07:08:09Z',
      kind: 'buy',
      hash: `${HASH}1`,
      legs: [
        { role: 'in', account: 'w', asset: 'BTC', amount: '1', value: '30000.01' },
        { role: 'out', account: 'w', asset: 'USD', amount: '30000' },
        { role: 'fee', account: 'w', asset: 'USD', amount: '10', for: 'out' },
      ],
    },
  ],
}

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
  await importAll(running.client, { 'books.json': JSON.stringify(BOOKS) })
  await quiet(running.client)
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)
const idOf = async (kind: string) => (await everyEvent()).find((row) => row.kind === kind)?.id ?? ''
const written = async (event: string) => (await running.client.hand.written({ event })).event
const holding = async (symbol: string) => {
  const { rows } = await running.client.events.balances({})
  return rows.find((row) => row.symbol === symbol)?.amount
}
const exported = async () => (await running.client.reports.exportAll({ format: 'json' })).base64
const isSound = async () => expect(await failedChecks(running.client)).toEqual([])
const sumOf = (parts: readonly HandEvent[], read: (leg: HandLeg) => string | undefined, digits: number) =>
  parts
    .flatMap(({ legs }) => legs.flatMap((leg) => read(leg) ?? []))
    .reduce((sum, text) => {
      const [whole = '', rest = ''] = text.split('.')
      return sum + BigInt(`${whole}${rest.padEnd(digits, '0')}`)
    }, 0n)

test('a copy has every member of the event and of its legs, counts by itself, and keeps them when one is changed', async () => {
  for (const kind of ['opening_lot', 'gift_in', 'trade']) {
    const original = await written(await idOf(kind))
    const { events } = await running.client.hand.copy({ event: await idOf(kind) })
    const copy = events[0] ?? ''
    expect(await written(copy)).toEqual(original)
    await running.client.hand.edit({ event: copy, change: { note: 'once more' } })
    expect(await written(copy)).toEqual({ ...original, note: 'once more' })
  }
  const swap = await written(await idOf('trade'))
  expect(swap.legs[0]).toMatchObject({ value: '14000.5', valueBy: 'user', stated: { amount: '14000.5' } })
  expect(swap.legs[2]).toMatchObject({ for: 'out', included: true, withheld: true })
  expect(swap).toMatchObject({ hash: HASH, protocol: 'Uniswap', note: 'at the kiosk', precision: 'second' })
  expect(swap.special).toMatchObject({ lots: [{ amount: '0.7' }], identifiedAt: Date.UTC(2023, 2, 4, 5) })
  expect(await holding('BTC')).toBe('5.6')
  await isSound()
})

test('shares of an event add up to it to the last digit, each traced to the row, and undoing gives the same bytes', async () => {
  const before = await exported()
  const event = await idOf('buy')
  const { parts } = await running.client.hand.shares({ event, amounts: ['0.3', '0.3', '0.4'] })
  const { parts: thirds } = await running.client.hand.shares({
    event: await idOf('opening_lot'),
    amounts: ['1', '1', '1'],
  })
  expect(thirds.map(({ legs }) => legs[0]?.cost)).toEqual([
    '33.333333333333333333',
    '33.333333333333333334',
    '33.333333333333333333',
  ])
  expect(sumOf(thirds, ({ cost }) => cost, 18)).toBe(100n * 10n ** 18n)
  expect(sumOf(parts, ({ value }) => value, 18)).toBe(3000001n * 10n ** 16n)
  expect(sumOf(parts, ({ role, amount }) => (role === 'fee' ? amount : undefined), 24)).toBe(10n ** 25n)
  expect(parts.every(({ hash, legs }) => hash === `${HASH}1` && legs[2]?.for === 'out')).toBe(true)
  const { events } = await running.client.hand.split({ event, parts })
  expect(await holding('BTC')).toBe('3.3')
  for (const part of events) {
    const detail = await running.client.events.get({ event: part })
    expect([detail.madeFrom, detail.rawRows.map(({ file }) => file)]).toEqual([
      [event],
      ['by hand.jsonl', 'books.json'],
    ])
  }
  await isSound()
  await running.client.live.undo()
  await quiet(running.client)
  expect(await exported()).toBe(before)
  const badly = running.client.hand.shares({ event, amounts: ['0.3', '0.3'] })
  expect((await errorOf(badly)).message).toContain('add up to 0.6; the event moves 1 BTC')
})

test('a part that says less than its whole has the rest shared out; one that says something else is refused', async () => {
  const event = await idOf('gift_in')
  const whole = await written(event)
  const part = (amount: string, carry?: HandLeg['carry']): HandEvent => ({
    ...whole,
    legs: [{ role: 'in', account: 'w', asset: 'ETH', amount, ...(carry === undefined ? {} : { carry }) }],
  })
  const wrong = running.client.hand.split({
    event,
    parts: [part('0.5', { cost: '1', marketValue: '1' }), part('1.5', { cost: '1', marketValue: '1' })],
  })
  expect((await errorOf(wrong)).message).toContain('-6998.01 the giver’s cost')
  const { events } = await running.client.hand.split({ event, parts: [part('0.5'), part('1.5', { cost: '7000' })] })
  const legs = await Promise.all(events.map(async (id) => (await written(id)).legs[0]?.carry))
  expect(legs).toEqual([
    { acquired: '2020-01-01', cost: '0.01', marketValue: '2250' },
    { acquired: '2020-01-01', cost: '7000', marketValue: '6750' },
  ])
  const named = await errorOf(running.client.hand.shares({ event: await idOf('trade'), amounts: ['0.3', '0.4'] }))
  expect(named).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('lots') })
})

test('merged events keep costs, bases and values apart that cannot be added, and undoing gives the same bytes', async () => {
  const before = await exported()
  const { client } = running
  const ids = [await idOf('buy')]
  const legs: HandLeg[] = [
    { role: 'in', account: 'w', asset: 'BTC', amount: '0.25' },
    { role: 'out', account: 'w', asset: 'USD', amount: '8000.000000000000000001' },
    { role: 'fee', account: 'w', asset: 'USD', amount: '0.000000000000000001', for: 'out' },
  ]
  const time = Date.UTC(2023, 4, 6, 7, 8, 10)
  const added = await client.hand.add({ events: [{ time, precision: 'second', kind: 'buy', note: '', legs }] })
  const { events } = await client.hand.merge({ events: [...ids, ...added.events], kind: 'buy' })
  const one = await written(events[0] ?? '')
  expect(one.legs.map(({ role, amount, value }) => [role, amount, value])).toEqual([
    ['in', '1', '30000.01'],
    ['out', '38000.000000000000000001', undefined],
    ['fee', '10.000000000000000001', undefined],
    ['in', '0.25', undefined],
  ])
  expect(one.hash).toBe(`${HASH}1`)
  const detail = await client.events.get({ event: events[0] ?? '' })
  expect(detail.rawRows.map(({ file }) => file)).toEqual(['by hand.jsonl', 'books.json', 'by hand.jsonl'])
  await client.live.undo()
  await client.live.undo()
  await quiet(client)
  expect(await exported()).toBe(before)
  await isSound()
})

test('an event that cannot be is refused with the leg and the reason', async () => {
  const { legs, ...whole } = await written(await idOf('buy'))
  const [into, out] = legs as [HandLeg, HandLeg]
  const wrong = running.client.hand.add({ events: [{ ...whole, legs: [{ ...into, for: 'in' }, out] }] })
  expect((await errorOf(wrong)).message).toBe(
    'This buy cannot be: the leg of 1 BTC (in): “for” belongs to fee legs only.',
  )
})
