import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventsOf, planOf, type RunningEngine, runWithLedger } from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger({ zone: 'UTC' })
})
afterEach(() => running.end())

const fixture = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/sources', name)))

test('an archive of several exports says every account it goes into, and names a table nobody knows once', async () => {
  const packed = zipSync({
    'exports/htx-trades.csv': fixture('htx-trades.csv'),
    'exports/poloniex-trades.csv': fixture('poloniex-trades.csv'),
    'exports/unknown.csv': strToU8('Zeit;Menge\n02.01.2024 10:00;0,5\n'),
  })
  const plan = await planOf(running.client, { 'many.zip': packed })
  const [file] = plan.files
  expect(file?.accounts).toEqual([
    { name: 'HTX', isNew: true },
    { name: 'Poloniex', isNew: true },
  ])
  expect(file?.account?.name).toBe('HTX')
  const told = file?.warnings.filter((warning) => warning.includes('unknown.csv')) ?? []
  expect(told).toHaveLength(1)
  expect(told[0]?.split('unknown.csv')).toHaveLength(2)
  await running.client.intake.execute({ batch: plan.batch, hash: plan.hash })
  const accounts = new Set((await eventsOf(running.client)).flatMap(({ accountNames }) => accountNames))
  expect([...accounts].sort()).toEqual(['HTX', 'Poloniex'])
})
