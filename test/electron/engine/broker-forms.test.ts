/** Rows of Form 1099-DA in the ledger: they stand and go with their import, and decide the boxes of Form 8949. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  failedChecks,
  importAll,
  krakenCsv,
  krakenTrade,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

const TRADES = krakenCsv([
  ...krakenTrade('1', '2024-02-01 12:00:00', 'XXBT', '1', '-40000'),
  ...krakenTrade('2', '2025-05-05 12:00:00', 'XXBT', '-0.5', '30000'),
  ...krakenTrade('3', '2025-06-06 12:00:00', 'XXBT', '-0.25', '20000'),
])
const HEADER = 'Filer,1b Asset,1c Units,1d Date acquired,1e Date sold,1f Proceeds,1g Basis,2 Basis reported'
const MAY = 'Kraken,BTC,0.5,02/01/2024,05/05/2025,30000,20000,X'
const JUNE = 'Kraken,BTC,0.25,,06/06/2025,20000,,'
const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
  await importAll(running.client, { 'kraken.csv': TRADES })
  await quiet(running.client)
})
afterEach(() => running.end())

/** The boxes of the year's sales, and how each row of a broker's form stands to them. */
async function shown() {
  const { text } = await running.client.tax.document({ year: 2025 })
  const { forms, brokerForms = [], inputHash } = JSON.parse(text)
  return {
    boxes: forms['us-8949'].map(({ box }: { box: string }) => box).sort(),
    statuses: brokerForms.map(({ status }: { status: string }) => status),
    inputHash,
  }
}
async function isSound(): Promise<void> {
  expect(await failedChecks(running.client)).toEqual([])
}
const take = async (name: string, text: string) => {
  const done = await importAll(running.client, { [name]: text })
  await quiet(running.client)
  return done
}

test('a broker’s form moves its sales to the boxes it reported, and its import takes them back when it is reverted', async () => {
  const before = await shown()
  expect(before).toMatchObject({ boxes: ['L', 'L'], statuses: [] })
  const { plan, batch } = await take('1099-da.csv', csv(MAY, JUNE))
  expect(plan.files[0]).toMatchObject({ source: 'broker-forms', rows: 2, added: 2, brokerForms: 2, events: 0 })
  const with1099 = await shown()
  expect(with1099).toMatchObject({ boxes: ['J', 'K'], statuses: ['matched', 'basis-missing'] })
  expect(with1099.inputHash).not.toBe(before.inputHash)
  await isSound()
  await running.client.intake.revert({ batch: batch.id })
  expect(await shown()).toEqual(before)
  await running.client.live.redo()
  expect(await shown()).toEqual(with1099)
  await running.client.live.undo()
  expect(await shown()).toEqual(before)
  await isSound()
})

test('a longer form that repeats an earlier one adds only what is new, and keeps all of it when the earlier one goes', async () => {
  const first = await take('may.csv', csv(MAY))
  const second = await take('all.csv', csv(MAY, JUNE))
  expect(second.plan.files[0]).toMatchObject({ rows: 2, added: 1, skipped: 1, brokerForms: 1 })
  expect(second.plan.files[0]?.skippedReasons).toEqual([{ reason: 'already in the ledger', count: 1 }])
  const all = await shown()
  expect(all.boxes).toEqual(['J', 'K'])
  await running.client.intake.revert({ batch: first.batch.id })
  await quiet(running.client)
  expect((await shown()).boxes).toEqual(['J', 'K'])
  await isSound()
  await running.client.live.redo()
  await quiet(running.client)
  expect((await shown()).statuses).toHaveLength(2)
  await isSound()
})

test('twins on one form stay two, and a form that is only looked at leaves nothing', async () => {
  const { plan } = await take('twins.csv', csv(JUNE, JUNE))
  expect(plan.files[0]).toMatchObject({ rows: 2, added: 2, skipped: 0 })
  expect((await shown()).statuses).toEqual(['basis-missing', 'unmatched'])
  const { batch } = await running.client.intake.begin({ files: [{ name: 'may.csv', bytes: csv(MAY).length }] })
  const base64 = Buffer.from(csv(MAY)).toString('base64')
  await running.client.intake.chunk({ upload: `${batch}.0`, index: 0, base64, last: true })
  await quiet(running.client)
  await running.client.intake.discard({ batch })
  expect((await shown()).statuses).toHaveLength(2)
  await isSound()
})
