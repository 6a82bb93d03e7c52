import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { krakenTradesCsv } from './made-up-exports.ts'
import {
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  type KrakenRow,
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
const linksIn = (state: 'proposed' | 'linked' | 'rejected') =>
  running.client.links.list({ state, offset: 0, limit: 50 })
const holdings = async () => {
  const { rows } = await running.client.events.balances({})
  return Object.fromEntries(rows.map(({ symbol, amount }) => [symbol, amount]))
}
const isSound = async () => expect(await failedChecks(running.client)).toEqual([])

const ledgerRows: readonly KrakenRow[] = [
  ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000'),
  ...krakenTrade('2', '2024-02-03 11:00:00', 'XETH', '2', '-4600'),
]
const firstTrade = 'T1-CCCCC-DDDDDD,O1,XXBTZUSD,2024-01-02 10:00:00,buy,limit,42000,21000,0,0.5,0,,'
const secondTrade = 'T2-CCCCC-DDDDDD,O2,XETHZUSD,2024-02-03 11:00:00,buy,limit,2300,4600,0,2,0,,'

describe('Kraken’s ledgers and trades', () => {
  test('are linked by Kraken’s own ids in either order, and only one of each pair counts', async () => {
    await importAll(running.client, { 'ledgers.csv': krakenCsv(ledgerRows) })
    const before = await holdings()
    const { plan } = await importAll(running.client, { 'trades.csv': krakenTradesCsv(firstTrade, secondTrade) })
    expect(plan.files[0]).toMatchObject({ rows: 2, added: 0, linked: 2 })
    await quiet(running.client)
    expect(await everyEvent()).toHaveLength(2)
    expect(await holdings()).toEqual(before)
    const { total, links } = await linksIn('linked')
    expect(total).toBe(2)
    expect(links[0]).toMatchObject({ grade: 'proved', act: null, facts: [{ source: 'kraken-ledgers' }] })
    expect(links[0]?.corroborating).toMatchObject([{ source: 'kraken-trades' }])
    await isSound()
  })

  test('with another fee in one of them are proposed by id, and linked only when accepted', async () => {
    await importAll(running.client, { 'ledgers.csv': krakenCsv(ledgerRows) })
    const { plan } = await importAll(running.client, {
      'trades.csv': krakenTradesCsv(firstTrade, secondTrade.replace(',4600,0,2', ',4600,7.36,2')),
    })
    expect(plan.files[0]).toMatchObject({ linked: 1, added: 1 })
    await quiet(running.client)
    expect(await everyEvent()).toHaveLength(3)
    const { links } = await linksIn('proposed')
    expect(links).toHaveLength(1)
    expect(links[0]?.reason).toContain('with other amounts or fees')
    const { linked } = await running.client.links.accept({ ids: [links[0]?.id ?? ''] })
    expect(linked).toBe(1)
    expect(await everyEvent()).toHaveLength(2)
    expect(await running.client.links.counts()).toMatchObject({ proposed: 0, linked: 2 })
    await isSound()
    await running.client.live.undo()
    expect(await everyEvent()).toHaveLength(3)
    await quiet(running.client)
    expect((await linksIn('proposed')).total).toBe(1)
    await isSound()
  })

  test('let the other record be the fact, back again, and apart, each as an act that can be undone', async () => {
    await importAll(running.client, { 'ledgers.csv': krakenCsv(ledgerRows) })
    await importAll(running.client, { 'trades.csv': krakenTradesCsv(firstTrade) })
    const before = await holdings()
    const corroborating = (await linksIn('linked')).links[0]?.corroborating[0]?.id ?? ''
    await running.client.links.swap({ event: corroborating })
    expect((await everyEvent()).map(({ source }) => source)).toEqual(['kraken-trades', 'kraken-ledgers'])
    expect(await holdings()).toEqual(before)
    await isSound()
    const { links } = await linksIn('linked')
    expect(links[0]).toMatchObject({ facts: [{ id: corroborating }], corroborating: [{ source: 'kraken-ledgers' }] })
    await running.client.links.swap({ event: links[0]?.corroborating[0]?.id ?? '' })
    expect((await everyEvent()).map(({ source }) => source)).toEqual(['kraken-ledgers', 'kraken-ledgers'])
    await running.client.links.unlink({ events: [corroborating] })
    expect(await everyEvent()).toHaveLength(3)
    expect((await holdings()).BTC).toBe('1')
    await isSound()
    for (let n = 0; n < 3; n++) await running.client.live.undo()
    expect((await linksIn('linked')).links[0]?.corroborating[0]?.id).toBe(corroborating)
    expect(await holdings()).toEqual(before)
    await isSound()
  })

  test('that were unlinked stay apart when more is imported', async () => {
    await importAll(running.client, { 'ledgers.csv': krakenCsv(ledgerRows) })
    await importAll(running.client, { 'trades.csv': krakenTradesCsv(firstTrade) })
    await running.client.links.unlink({ events: [(await linksIn('linked')).links[0]?.corroborating[0]?.id ?? ''] })
    await importAll(running.client, { 'more.csv': krakenTradesCsv(firstTrade, secondTrade) })
    await quiet(running.client)
    expect(await running.client.links.counts()).toMatchObject({ proposed: 0, linked: 1 })
    expect(await everyEvent()).toHaveLength(3)
  })

  test('that were unlinked stand among the rejected ones with both records, until they are linked again', async () => {
    await importAll(running.client, { 'ledgers.csv': krakenCsv(ledgerRows) })
    await importAll(running.client, { 'trades.csv': krakenTradesCsv(firstTrade) })
    const [link] = (await linksIn('linked')).links
    const [fact, other] = [link?.facts[0]?.id ?? '', link?.corroborating[0]?.id ?? '']
    await running.client.links.unlink({ events: [other] })
    const rejected = await linksIn('rejected')
    expect(rejected.links).toMatchObject([{ id: link?.id, facts: [{ id: fact }], corroborating: [{ id: other }] }])
    expect(await running.client.links.counts()).toEqual(expect.objectContaining({ linked: 0, rejected: 1 }))
    await running.client.links.propose()
    await quiet(running.client)
    expect((await linksIn('proposed')).total).toBe(0)
    await running.client.links.accept({ ids: [link?.id ?? ''] })
    expect(await running.client.links.counts()).toMatchObject({ linked: 1, rejected: 0 })
    await running.client.live.undo()
    await running.client.live.undo()
    expect(await running.client.links.counts()).toMatchObject({ linked: 1, rejected: 0 })
    await isSound()
  })

  test('whose fact is reverted count by their other record, and step back when it returns', async () => {
    const { batch } = await importAll(running.client, { 'ledgers.csv': krakenCsv(ledgerRows) })
    await importAll(running.client, { 'trades.csv': krakenTradesCsv(firstTrade) })
    const corroborating = (await linksIn('linked')).links[0]?.corroborating[0]?.id ?? ''
    await running.client.links.swap({ event: corroborating })
    await running.client.intake.revert({ batch: batch.id })
    expect((await everyEvent()).map(({ source }) => source)).toEqual(['kraken-trades'])
    await isSound()
    await running.client.live.undo()
    const { batch: again } = await importAll(running.client, { 'again.csv': krakenCsv(ledgerRows) })
    expect(again.events).toBe(2)
    await isSound()
    expect((await linksIn('linked')).total).toBe(1)
  })
})

test('two records of one file are never linked, and a record is not linked twice', async () => {
  await importAll(running.client, { 'ledgers.csv': krakenCsv(ledgerRows) })
  await importAll(running.client, { 'trades.csv': krakenTradesCsv(firstTrade) })
  const [one, other] = await everyEvent()
  const same = await errorOf(running.client.links.link({ fact: one?.id ?? '', corroborating: [other?.id ?? ''] }))
  expect(same).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('one file') })
  const linked = (await linksIn('linked')).links[0]?.corroborating[0]?.id ?? ''
  const twice = await errorOf(running.client.links.link({ fact: other?.id ?? '', corroborating: [linked] }))
  expect(twice).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('already') })
})
