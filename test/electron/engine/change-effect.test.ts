/** What is shown of a change before it is done is what it then does: counts, and the figures of every year that moves. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { krakenTradesCsv } from './made-up-exports.ts'
import {
  eventsOf,
  importAll,
  krakenCsv,
  krakenTrade,
  planOf,
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
const totals = async (): Promise<Record<string, { gain: string; income: string; taxable: string }>> =>
  JSON.parse((await running.client.tax.document({})).text).totals
const short = (text: string) => text.replace(/\.?0+$/, '')

/** Two buys, the second told with another fee by the trades file, and sales in two years. */
async function books() {
  const { client } = running
  await importAll(client, {
    'ledgers.csv': krakenCsv([
      ...krakenTrade('1', '2023-01-02 10:00:00', 'XXBT', '0.5', '-10000'),
      ...krakenTrade('2', '2023-02-03 11:00:00', 'XXBT', '0.5', '-12000'),
      ...krakenTrade('3', '2024-03-04 12:00:00', 'XXBT', '-0.75', '45000'),
      ...krakenTrade('4', '2025-04-05 13:00:00', 'XXBT', '-0.1', '8000'),
    ]),
  })
  const plan = await planOf(client, {
    'trades.csv': krakenTradesCsv('T1-CCCCC-DDDDDD,O1,XXBTZUSD,2023-01-02 10:00:00,buy,limit,20000,10000,7.5,0.5,0,,'),
  })
  const foreseen = await client.intake.previewLinks({ batch: plan.batch })
  await client.intake.execute({ batch: plan.batch, hash: plan.hash })
  await quiet(client)
  return { plan, foreseen }
}

test('the preview of an import says what is added, what is linked, and what will be proposed, and so it comes', async () => {
  const { plan, foreseen } = await books()
  expect(plan.files[0]).toMatchObject({ rows: 1, added: 1, linked: 0 })
  const { links } = await running.client.links.list({ state: 'proposed', offset: 0, limit: 10 })
  const graded = (wanted: string) => links.filter(({ grade }) => grade === wanted).length
  expect(foreseen).toMatchObject({ proved: 0, likely: graded('likely'), unclear: graded('unclear') })
  expect(foreseen.sample.map(({ id, grade, reason }) => [id, grade, reason])).toEqual(
    links.map(({ id, grade, reason }) => [id, grade, reason]),
  )
  expect(links).toHaveLength(1)
  const same = await planOf(running.client, {
    'again.csv': krakenCsv(krakenTrade('1', '2023-01-02 10:00:00', 'XXBT', '0.5', '-10000')),
  })
  expect(await running.client.intake.previewLinks({ batch: same.batch })).toMatchObject({
    likely: 0,
    unclear: 0,
    sample: [],
  })
})

test('accepting links shows before how many records count no more and which years move, and then does just that', async () => {
  await books()
  const { client } = running
  const { links } = await client.links.list({ state: 'proposed', offset: 0, limit: 10 })
  expect(links).toHaveLength(1)
  const { grade } = links[0] ?? { grade: 'likely' as const }
  const before = await totals()
  const effect = await client.links.effect({ grade })
  expect(effect).toMatchObject({ links: 1, records: 1, sample: [{ id: links[0]?.corroborating[0]?.id }] })
  expect(effect.tax?.years.map(({ year, filed }) => [year, filed])).toEqual([
    [2024, false],
    [2025, false],
  ])
  expect(await everyEvent()).toHaveLength(5)
  await client.links.accept({ grade })
  await quiet(client)
  const after = await totals()
  for (const { year, gainBefore, gainAfter, taxableAfter } of effect.tax?.years ?? []) {
    expect([gainBefore, gainAfter, taxableAfter]).toEqual([
      short(before[year]?.gain ?? ''),
      short(after[year]?.gain ?? ''),
      short(after[year]?.taxable ?? ''),
    ])
    expect(gainBefore).not.toBe(gainAfter)
  }
})

test('a rule that reaches into a filed year says that the year stays as filed, and it does', async () => {
  await books()
  const { client } = running
  await client.check.freeze({ year: 2024 })
  const filed = await client.tax.document({ year: 2024 })
  const draft = {
    name: 'Sales were gifts',
    when: { direction: 'out' as const, asset: 'BTC' },
    effect: { kind: 'gift_out' as const },
  }
  const { tax, changes } = await client.rules.preview(draft)
  expect(changes).toBe(2)
  expect(tax?.years.map(({ year, filed: is }) => [year, is])).toEqual([
    [2024, true],
    [2025, false],
  ])
  const bulk = await client.hand.bulkPreview({ target: { when: draft.when }, change: draft.effect })
  expect(bulk.tax).toEqual(tax)
  await client.rules.save(draft)
  expect((await client.tax.document({ year: 2024 })).text).toBe(filed.text)
  const { filed: frozen, ...diff } = await client.check.diff({ year: 2024 })
  expect([frozen.year, JSON.stringify(diff).includes('gain')]).toEqual([2024, true])
  expect((await totals())['2025']?.gain).toBe('0.00')
})
