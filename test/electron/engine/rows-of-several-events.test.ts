import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixture } from '../intake/collect.ts'
import { importAll, planOf, type RunningEngine, runWithLedger } from './running-engine.ts'

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger()
})
afterAll(() => running.end())

test('a row that tells several events is counted once, and known again as a whole', async () => {
  const { client } = running
  const exchanges = { 'shapeshift.csv': fixture('shapeshift.csv') }
  const { plan } = await importAll(client, exchanges)
  expect(plan.files[0]).toMatchObject({ rows: 7, added: 2, events: 6, skipped: 3, notUnderstood: 2, problem: null })
  const again = await planOf(client, exchanges)
  expect(again.files[0]).toMatchObject({ rows: 7, added: 0, changed: 0, linked: 0, skipped: 5, notUnderstood: 2 })
})

test('the two sheets of eToro tell one purchase and one sale, not two of each', async () => {
  const { client } = running
  await importAll(client, { 'etoro.csv': fixture('etoro.csv') })
  const made = await planOf(client, { 'etoro-closed.csv': fixture('etoro-closed.csv') })
  expect(made.files[0]).toMatchObject({ rows: 8, added: 2, linked: 2, skipped: 1, notUnderstood: 3 })
})
