/** Lots left at the end of a filed year: a sale afterwards takes their day and their cost. */
import { expect, test } from 'vitest'
import { importAll, planOf, quiet, runWithLedger, settledPlan } from './running-engine.ts'

const LOTS = 'asset,account,amount,acquired,cost,currency,as of\nBTC,Kraken,0.5,2019-03-04,2000,USD,2024-01-01\n'
const SALES =
  'Date,Received Quantity,Received Currency,Sent Quantity,Sent Currency,Fee Amount,Fee Currency,Tag\n06/15/2024 10:00:00,16500,USD,0.25,BTC,,,\n'

test('a sale after opening lots has the day and the cost of the lot, and nothing is missing', async () => {
  const running = await runWithLedger({ zone: 'UTC' })
  try {
    const { client } = running
    await importAll(client, { 'lots.csv': LOTS })
    // The sales of the new year in the account of the lots.
    const plan = await planOf(client, { 'sales.csv': SALES })
    await client.intake.replan({ batch: plan.batch, file: 'sales.csv', account: 'kraken' })
    const { batch, hash } = await settledPlan(client, plan.batch)
    await client.intake.execute({ batch, hash })
    await quiet(client)
    const { text } = await client.tax.document({})
    const { disposals, open } = JSON.parse(text)
    expect(disposals).toHaveLength(1)
    expect(disposals[0]).toMatchObject({ acquired: '2019-03-04', cost: '1000.00', term: 'long', gain: '15500.00' })
    expect((open ?? []).filter(({ code }: { code: string }) => code === 'missing-acquisition')).toEqual([])
  } finally {
    await running.end()
  }
})
