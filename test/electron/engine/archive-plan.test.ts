import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, strToU8, zipSync } from 'fflate'
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

test('a row of an archive that was not read, or was known, is named with the member that it stands in', async () => {
  const poloniex = strFromU8(fixture('poloniex-trades.csv'))
  const [head = '', first = '', second = ''] = poloniex.split('\n')
  const broken = first.replace(/\d{4}-\d{2}-\d{2}/, 'some day')
  const packed = (...rows: readonly string[]) =>
    zipSync({ 'htx.csv': fixture('htx-trades.csv'), 'poloniex.csv': strToU8(`${[head, ...rows].join('\n')}\n`) })
  const notices = async (batch: string, outcome: 'skipped' | 'not-understood') =>
    (await running.client.intake.notices({ batch, outcome, offset: 0, limit: 100 })).rows.map(
      ({ file, table, row }) => `${file} ${table} ${row}`,
    )
  const plan = await planOf(running.client, { 'many.zip': packed(first, broken) })
  expect(await notices(plan.batch, 'not-understood')).toContain('many.zip poloniex.csv 3')
  const asked = { batch: plan.batch, outcome: 'not-understood', offset: 0, limit: 100 } as const
  const textsOf = async (withoutTexts: boolean) =>
    (await running.client.intake.notices({ ...asked, withoutTexts })).rows.map(({ table, text }) => `${table}: ${text}`)
  expect(await textsOf(false)).toContain(`poloniex.csv: ${broken}`)
  expect(await textsOf(true)).toContain('poloniex.csv: ')
  await running.client.intake.execute({ batch: plan.batch, hash: plan.hash })
  const again = await planOf(running.client, { 'later.zip': packed(second, first) })
  const known = await notices(again.batch, 'skipped')
  expect(known).toContain('later.zip poloniex.csv 3')
  expect(known).not.toContain('later.zip poloniex.csv 2')
  expect(known).toContain('later.zip htx.csv 2')
  expect(known).toHaveLength(again.files[0]?.skipped ?? 0)
})
