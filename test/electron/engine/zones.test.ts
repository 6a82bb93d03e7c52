import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownNotes } from '../../fixtures/own-notes.ts'
import {
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  krakenCsv,
  krakenTrade,
  planOf,
  quiet,
  type RunningEngine,
  runWithLedger,
  settledPlan,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger({ zone: 'Europe/Berlin' })
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)
const isSound = async () => expect(await failedChecks(running.client)).toEqual([])

/** A table of the user's own with no word on its zone, mapped for the Kraken account. */
const recipe = ownNotes({ account: 'Kraken', zone: 'ask' })
/** The same trades as Kraken's, as a clock in Berlin showed them: one in winter, two in summer. */
const NOTES = `When,Coin,Units,Paid
2024-01-02 11:00:00,BTC,0.5,21000
2024-07-03 13:00:00,ETH,2,4600
2024-08-04 14:00:00,ETH,1,2500
`
const ledgers = krakenCsv([
  ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000'),
  ...krakenTrade('2', '2024-07-03 11:00:00', 'XETH', '2', '-4600'),
  ...krakenTrade('3', '2024-08-04 12:00:00', 'XETH', '1', '-2500'),
])

test('an unknown zone is asked with evidence from the same trades elsewhere, and remembered', async () => {
  await importAll(running.client, { 'kraken.csv': ledgers })
  await running.client.recipes.save({ recipe })
  const plan = await planOf(running.client, { 'notes.csv': NOTES })
  expect(plan.files[0]).toMatchObject({ zoneAsked: true, zone: 'UTC' })
  const where = { batch: plan.batch, file: 'notes.csv' }
  const { evidence, matters } = await running.client.zones.evidence(where)
  expect(matters).toBe(true)
  expect(evidence[0]).toMatchObject({ zone: 'Europe/Berlin', agree: 3, pairs: 3 })
  expect(evidence[0]?.text).toBe('3 of 3 movements of this file would lie where Kraken ledgers has them')
  const utc = evidence.find(({ zone }) => zone === 'UTC')
  expect(utc?.text).toBe('2 of 3 movements of this file would lie 2 hours after the same in Kraken ledgers')
  await running.client.intake.replan({ ...where, zone: 'Europe/Berlin' })
  const again = await settledPlan(running.client, plan.batch)
  expect(again.files[0]).toMatchObject({ zoneAsked: false, zone: 'Europe/Berlin' })
  await running.client.intake.execute({ batch: again.batch, hash: again.hash })
  await quiet(running.client)
  expect((await running.client.links.counts()).proposed).toBe(3)
  const later = await planOf(running.client, { 'later.csv': `${NOTES}2024-12-24 18:00:00,BTC,0.1,9000\n` })
  expect(later.files[0]).toMatchObject({ zoneAsked: false, zone: 'Europe/Berlin', added: 1, changed: 0 })
})

test('an import is shifted later: ids and decisions stay, times move, and undo takes it back', async () => {
  await running.client.recipes.save({ recipe })
  const { batch } = await importAll(running.client, { 'notes.csv': NOTES })
  const before = await everyEvent()
  const first = before[0]?.id ?? ''
  await running.client.events.decide({ decisions: [{ what: 'note', event: first, note: 'my first' }] })
  const { changed } = await running.client.zones.shift({ batch: batch.id, file: 'notes.csv', zone: 'Europe/Berlin' })
  expect(changed).toBe(3)
  const after = await everyEvent()
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  expect(after.map(({ time }, n) => time - (before[n]?.time ?? 0))).toEqual([-3_600_000, -7_200_000, -7_200_000])
  expect(after[0]?.note).toBe('my first')
  await isSound()
  const { batches } = await running.client.intake.batches()
  expect(batches).toHaveLength(1)
  expect(batches[0]?.files[0]).toMatchObject({
    zone: 'Europe/Berlin',
    first: after[0]?.time,
    last: after.at(-1)?.time,
  })
  const now = await running.client.zones.evidence({ batch: batch.id, file: 'notes.csv' })
  expect(now).toMatchObject({ zone: 'Europe/Berlin', asked: true, matters: true })
  expect((await running.client.recipes.list()).recipes[0]?.imports).toBe(1)
  const same = await errorOf(running.client.zones.shift({ batch: batch.id, file: 'notes.csv', zone: 'Europe/Berlin' }))
  expect(same.code).toBe('REFUSED')
  const again = await planOf(running.client, { 'again.csv': NOTES })
  expect(again.files[0]).toMatchObject({ added: 0, changed: 0, skipped: 3 })
  await running.client.intake.discard({ batch: again.batch })
  await running.client.live.undo()
  expect((await everyEvent()).map(({ time }) => time)).toEqual(before.map(({ time }) => time))
  await isSound()
  await running.client.live.redo()
  expect((await everyEvent()).map(({ time }) => time)).toEqual(after.map(({ time }) => time))
  await isSound()
})

test('a shift goes and comes with its import, unless it was taken back by itself', async () => {
  await running.client.recipes.save({ recipe })
  const { batch } = await importAll(running.client, { 'notes.csv': NOTES })
  const before = (await everyEvent()).map(({ time }) => time)
  await running.client.zones.shift({ batch: batch.id, file: 'notes.csv', zone: 'Asia/Tokyo' })
  const shifted = (await everyEvent()).map(({ time }) => time)
  await running.client.intake.revert({ batch: batch.id })
  expect(await everyEvent()).toEqual([])
  await isSound()
  await running.client.live.redo()
  expect((await everyEvent()).map(({ time }) => time)).toEqual(shifted)
  await running.client.live.undo()
  await running.client.live.undo()
  await isSound()
  await running.client.live.redo()
  await running.client.live.redo()
  expect((await everyEvent()).map(({ time }) => time)).toEqual(shifted)
  await running.client.live.undo()
  expect((await everyEvent()).map(({ time }) => time)).toEqual(before)
  await isSound()
})

test('without other records nothing speaks for a zone, and a name that is none is refused', async () => {
  const { batch } = await importAll(running.client, {
    'kraken.csv': ledgers,
  })
  const zones = await running.client.zones.evidence({ batch: batch.id, file: 'kraken.csv' })
  expect(zones).toMatchObject({ zone: 'UTC', matters: true, evidence: [] })
  expect((await errorOf(running.client.zones.shift({ batch: batch.id, file: 'kraken.csv', zone: 'Mars' }))).code).toBe(
    'REFUSED',
  )
})

test('transfers speak for a zone as well: what a wallet sent arrives at the exchange soon after', async () => {
  const deposit = (n: string, time: string, amount: string) =>
    ({ id: `LD${n}-AAAAA-BBBBBB`, ref: `Q${n}-CCCCC-DDDDDD`, time, type: 'deposit', asset: 'XXBT', amount }) as const
  await importAll(running.client, {
    'kraken.csv': krakenCsv([
      deposit('1', '2024-01-02 10:20:00', '0.4995'),
      deposit('2', '2024-07-02 10:25:00', '1.25'),
      deposit('3', '2024-08-02 09:15:00', '3'),
    ]),
  })
  const wallet = {
    ...recipe,
    id: 'own-wallet',
    account: { name: 'Own wallet', kind: 'wallet' },
    header: { columns: ['When', 'Coin', 'Sent'] },
    identity: { columns: ['When', 'Coin', 'Sent'] },
    legs: [{ amount: { column: 'Sent' }, asset: { column: 'Coin' }, sign: 'out' }],
  }
  await running.client.recipes.save({ recipe: wallet })
  const sent =
    'When,Coin,Sent\n2024-01-02 11:00:00,BTC,0.5\n2024-07-02 12:10:00,BTC,1.25\n2024-08-02 11:00:00,BTC,3.001\n'
  const plan = await planOf(running.client, { 'wallet.csv': sent })
  const { evidence } = await running.client.zones.evidence({ batch: plan.batch, file: 'wallet.csv' })
  expect(evidence[0]).toMatchObject({ zone: 'Europe/Berlin', agree: 3, pairs: 3 })
})
