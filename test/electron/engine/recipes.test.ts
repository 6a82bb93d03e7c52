import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  planOf,
  type RunningEngine,
  runWithLedger,
  settledPlan,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)

const MINE = `Export of my little exchange
"Zeit";"Vorgang";"Menge";"Münze";"Gebühr"
"02.01.2024 10:00";"Kauf";"0,5";"BTC";""
"13.01.2024 11:00";"Verkauf";"0,1";"BTC";""
`
const LATER = `Export of my little exchange
"Zeit";"Vorgang";"Menge";"Münze";"Gebühr"
"13.01.2024 11:00";"Verkauf";"0,1";"BTC";""
"14.02.2024 12:00";"Kauf";"2";"ETH";""
`

const mapped = async () => {
  const plan = await planOf(running.client, { 'mein tausch.csv': MINE })
  expect(plan.files[0]).toMatchObject({ mappable: true, source: null })
  const where = { batch: plan.batch, file: 'mein tausch.csv' }
  const { tables, suggestion, questions } = await running.client.recipes.tables({ ...where, table: 0 })
  return { plan, where, tables, suggestion, questions }
}

test('an unknown table is mapped once with its rows in view, and read by its header ever after', async () => {
  const { plan, where, tables, suggestion, questions } = await mapped()
  expect(tables[0]).toMatchObject({ delimiter: ';', headerRow: 2, preamble: ['Export of my little exchange'] })
  expect(tables[0]?.rows).toHaveLength(2)
  expect(questions.map(({ about }) => about)).toEqual(['zone'])
  const recipe = {
    ...suggestion,
    name: 'My little exchange',
    account: { name: 'Little exchange', kind: 'exchange' },
    time: { ...suggestion?.time, zone: 'Europe/Berlin' },
  }
  const preview = await running.client.recipes.preview({ ...where, table: 0, recipe })
  expect(preview).toMatchObject({ problems: [], recognised: true })
  expect(preview.events.map(({ legs }) => `${legs[0]?.role} ${legs[0]?.amount} ${legs[0]?.symbol}`)).toEqual([
    'in 0.5 BTC',
    'out 0.1 BTC',
  ])
  const saved = await running.client.recipes.save({ recipe })
  expect(saved.recipe.version).toBe(1)
  await running.client.intake.replan({ ...where, file: where.file })
  const again = await settledPlan(running.client, plan.batch)
  expect(again.files[0]).toMatchObject({ sourceName: 'My little exchange', rows: 2, added: 2, zone: 'Europe/Berlin' })
  await running.client.intake.execute({ batch: again.batch, hash: again.hash })
  expect((await everyEvent()).map(({ id }) => id)).toEqual(preview.events.map(({ id }) => id))
  const { plan: next } = await importAll(running.client, { 'next.csv': LATER })
  expect(next.files[0]).toMatchObject({ sourceName: 'My little exchange', rows: 2, added: 1, skipped: 1 })
  const [first] = await everyEvent()
  const { rawRows } = await running.client.events.get({ event: first?.id ?? '' })
  expect(rawRows[0]?.cells).toEqual(['02.01.2024 10:00', 'Kauf', '0,5', 'BTC', ''])
  expect((await running.client.recipes.list()).recipes).toMatchObject([{ name: 'My little exchange', imports: 2 }])
  expect(await failedChecks(running.client)).toEqual([])
})

test('a preview says which row stops at which column', async () => {
  const { where, suggestion } = await mapped()
  const recipe = { ...suggestion, decimals: '.', time: { ...suggestion?.time, zone: 'UTC' } }
  const { rows } = await running.client.recipes.preview({ ...where, table: 0, recipe })
  expect(rows).toMatchObject([
    { row: 3, outcome: 'not-understood', column: 'Menge' },
    { row: 4, outcome: 'not-understood', column: 'Menge' },
  ])
  const { problems } = await running.client.recipes.preview({ ...where, table: 0, recipe: { ...recipe, legs: [] } })
  expect(problems[0]?.path).toBe('legs')
})

test('a recipe goes to another ledger as a file, and what was read with one cannot be identified anew', async () => {
  const { plan, suggestion } = await mapped()
  await running.client.intake.discard({ batch: plan.batch })
  const recipe = { ...suggestion, time: { ...suggestion?.time, zone: 'UTC' } }
  const { recipe: kept } = await running.client.recipes.save({ recipe })
  await importAll(running.client, { 'mine.csv': MINE })
  const { text, fileName } = await running.client.recipes.export({ id: kept.id })
  expect(fileName).toMatch(/\.recipe\.json$/)
  const other = { ...kept.recipe, identity: { columns: ['Zeit'] } }
  const frozen = await errorOf(running.client.recipes.save({ recipe: other }))
  expect(frozen).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('another id') })
  await running.client.recipes.remove({ id: kept.id })
  const unknown = await planOf(running.client, { 'later.csv': LATER })
  expect(unknown.files[0]).toMatchObject({ mappable: true })
  await running.client.intake.discard({ batch: unknown.batch })
  const bad = await running.client.recipes.import({ text: text.replace('"legs"', '"lgs"') })
  expect(bad.recipe).toBeNull()
  expect(bad.problems.length).toBeGreaterThan(0)
  const back = await running.client.recipes.import({ text })
  expect(back.recipe?.version).toBe(2)
  const { plan: next } = await importAll(running.client, { 'later.csv': LATER })
  expect(next.files[0]).toMatchObject({ added: 1, skipped: 1 })
})
