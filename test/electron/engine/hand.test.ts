import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HandEvent } from '../../../shared/contract/hand.ts'
import {
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  krakenCsv,
  krakenTrade,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)
const holdings = async () => {
  const { rows } = await running.client.events.balances({})
  return Object.fromEntries(rows.filter(({ amount }) => amount !== '0').map(({ symbol, amount }) => [symbol, amount]))
}
const isSound = async () => expect(await failedChecks(running.client)).toEqual([])
const time = Date.UTC(2024, 4, 5, 12)
const reward = (account: string, amount: string, more: Partial<HandEvent> = {}): HandEvent => ({
  time,
  precision: 'second',
  kind: 'staking_reward',
  note: '',
  legs: [{ role: 'in', account, asset: 'ETH', amount }],
  ...more,
})
const books = async () => {
  await importAll(running.client, {
    'kraken.csv': krakenCsv([
      ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000'),
      ...krakenTrade('2', '2024-02-03 11:00:00', 'XXBT', '0.25', '-11000'),
    ]),
  })
  await quiet(running.client)
}

describe('an event by hand', () => {
  test('is added with what was written as its record, changed, removed, and each step undone', async () => {
    const { account } = await running.client.hand.addAccount({ name: 'Paper wallet', kind: 'wallet' })
    const { events } = await running.client.hand.add({ events: [reward(account, '0.5')] })
    expect(await everyEvent()).toMatchObject([{ id: events[0], kind: 'staking_reward', source: 'hand' }])
    expect(await holdings()).toEqual({ ETH: '0.5' })
    await running.client.hand.edit({ event: events[0] ?? '', to: reward(account, '0.75', { note: 'from the slip' }) })
    expect(await holdings()).toEqual({ ETH: '0.75' })
    const detail = await running.client.events.get({ event: events[0] ?? '' })
    expect(detail.versions).toHaveLength(2)
    expect(detail.rawRows[0]?.text).toContain('"from the slip"')
    await running.client.hand.remove({ event: events[0] ?? '' })
    expect(await everyEvent()).toEqual([])
    await isSound()
    await running.client.live.undo()
    expect(await holdings()).toEqual({ ETH: '0.75' })
    await running.client.live.undo()
    expect(await holdings()).toEqual({ ETH: '0.5' })
    await running.client.live.undo()
    expect(await everyEvent()).toEqual([])
    await isSound()
  })

  test('keeps a decision upon it when it is changed', async () => {
    const { account } = await running.client.hand.addAccount({ name: 'Paper', kind: 'wallet' })
    const { events } = await running.client.hand.add({ events: [reward(account, '1')] })
    const event = events[0] ?? ''
    await running.client.events.decide({ decisions: [{ what: 'kind', event, kind: 'airdrop' }] })
    await running.client.hand.edit({ event, to: reward(account, '2') })
    expect(await everyEvent()).toMatchObject([{ id: event, kind: 'airdrop', legs: [{ amount: '2' }] }])
  })

  test('needs an account that is there and an amount above nothing', async () => {
    const { account } = await running.client.hand.addAccount({ name: 'Paper', kind: 'wallet' })
    expect(await errorOf(running.client.hand.add({ events: [reward('nowhere', '1')] }))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('nowhere'),
    })
    const negative = await errorOf(running.client.hand.add({ events: [reward(account, '-1')] }))
    expect(negative).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('above nothing') })
    expect(await everyEvent()).toEqual([])
  })
})

type Row = Awaited<ReturnType<typeof everyEvent>>[number]

/** Makes parts of a purchase at its own time and in its own account. */
const partOf = (whole: Row | undefined) => (btc: string, usd: string) => {
  const account = whole?.legs[0]?.account ?? ''
  return {
    time: whole?.time ?? 0,
    precision: 'second',
    kind: 'buy',
    note: '',
    legs: [
      { role: 'in', account, asset: 'BTC', amount: btc },
      { role: 'out', account, asset: 'USD', amount: usd },
    ],
  } satisfies HandEvent
}

describe('split, merge and copy', () => {
  test('a split conserves what moves, hides the fact, and gives it back when undone', async () => {
    await books()
    const [first] = await everyEvent()
    const event = first?.id ?? ''
    const part = partOf(first)
    const before = await holdings()
    const lost = await errorOf(running.client.hand.split({ event, parts: [part('0.2', '8400'), part('0.2', '8400')] }))
    expect(lost).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('-0.1 BTC') })
    const { events } = await running.client.hand.split({ event, parts: [part('0.2', '8400'), part('0.3', '12600')] })
    expect(await everyEvent()).toHaveLength(3)
    expect(await holdings()).toEqual(before)
    await isSound()
    const detail = await running.client.events.get({ event: events[1] ?? '' })
    expect(detail.madeFrom).toEqual([event])
    expect(detail.rawRows.map(({ file }) => file)).toEqual(['by hand.jsonl', 'kraken.csv', 'kraken.csv'])
    await running.client.live.undo()
    expect((await everyEvent()).map(({ id }) => id)).toContain(event)
    expect(await holdings()).toEqual(before)
    await isSound()
  })

  test('parts sleep while the import of their fact is reverted, and wake when it comes back', async () => {
    const plan = await importAll(running.client, {
      'kraken.csv': krakenCsv(krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000')),
    })
    const [first] = await everyEvent()
    const part = partOf(first)
    await running.client.hand.split({ event: first?.id ?? '', parts: [part('0.1', '1'), part('0.4', '20999')] })
    await running.client.intake.revert({ batch: plan.batch.id })
    expect(await everyEvent()).toEqual([])
    await isSound()
    await importAll(running.client, {
      'again.csv': krakenCsv(krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000')),
    })
    expect((await everyEvent()).map(({ source }) => source)).toEqual(['hand', 'hand'])
    expect((await holdings()).BTC).toBe('0.5')
    await isSound()
  })

  test('merged events become one of all their legs; a merged one cannot be merged again elsewhere', async () => {
    await books()
    const facts = (await everyEvent()).map(({ id }) => id)
    const before = await holdings()
    await running.client.hand.merge({ events: facts, kind: 'buy' })
    const [one, ...others] = await everyEvent()
    expect(others).toEqual([])
    expect(one?.legs.map(({ role, symbol, amount }) => `${role} ${amount} ${symbol}`).sort()).toEqual([
      'in 0.75 BTC',
      'out 32000 USD',
    ])
    expect(await holdings()).toEqual(before)
    const again = await errorOf(running.client.hand.merge({ events: facts, kind: 'buy' }))
    expect(again.code).toBe('NOT_FOUND')
    await isSound()
  })

  test('a copy is a second event of its own, with what was changed', async () => {
    await books()
    const [first] = await everyEvent()
    await running.client.hand.copy({ event: first?.id ?? '', change: { note: 'the other half' } })
    const rows = await everyEvent()
    expect(rows).toHaveLength(3)
    expect(rows.filter(({ note }) => note === 'the other half')).toMatchObject([{ source: 'hand', kind: 'buy' }])
    expect((await holdings()).BTC).toBe('1.25')
    await isSound()
  })
})

test('a group is a name for people: it changes no figure, and an event leaves one for another', async () => {
  await books()
  const ids = (await everyEvent()).map(({ id }) => id)
  const before = await holdings()
  await running.client.hand.group({ events: ids, name: 'Savings plan' })
  const { group } = await running.client.hand.group({ events: [ids[0] ?? ''], name: 'First buy' })
  expect((await everyEvent()).map((row) => row.group?.name)).toEqual(['First buy', 'Savings plan'])
  expect((await running.client.hand.groups()).groups.map(({ name, events }) => [name, events.length])).toEqual([
    ['First buy', 1],
    ['Savings plan', 1],
  ])
  expect(group).not.toBe('')
  await running.client.hand.ungroup({ events: ids })
  expect((await running.client.hand.groups()).groups).toEqual([])
  await running.client.live.undo()
  expect((await running.client.hand.groups()).groups).toHaveLength(2)
  expect(await holdings()).toEqual(before)
  await isSound()
})

describe('many at once', () => {
  test('are shown with their number, a sample and the tax effect before anything is done, and undone as one', async () => {
    await books()
    const change = { kind: 'gift_in' as const }
    const target = { when: { asset: 'BTC', atLeast: '0.3' } }
    const preview = await running.client.hand.bulkPreview({ target, change })
    expect(preview).toMatchObject({ fits: 1, changes: 1, tax: { year: 2025 } })
    expect(preview.sample[0]?.legs.some(({ amount }) => amount === '0.5')).toBe(true)
    expect((await everyEvent()).map(({ kind }) => kind)).toEqual(['buy', 'buy'])
    const stale = await errorOf(running.client.hand.bulkApply({ target, change, changes: 2 }))
    expect(stale.code).toBe('PLAN_CHANGED')
    const { changed } = await running.client.hand.bulkApply({ target, change, changes: 1 })
    expect(changed).toBe(1)
    expect((await everyEvent()).map(({ kind }) => kind)).toEqual(['gift_in', 'buy'])
    await running.client.live.undo()
    expect((await everyEvent()).map(({ kind }) => kind)).toEqual(['buy', 'buy'])
  })
})
