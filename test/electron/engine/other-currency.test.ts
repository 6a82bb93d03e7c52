/** Books in pounds whose files speak dollars: what a file states counts at the rate of its day. */
import { expect, test } from 'vitest'
import { importAll, quiet, runWithLedger } from './running-engine.ts'

const REWARDS = [
  'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash',
  '2024-06-01 10:00:00 UTC,,,1,SOL,,,150,USD,reward,,',
  '2024-06-05 10:00:00 UTC,,,2,SOL,,,300,USD,reward,,',
].join('\n')
const RATES = 'date,asset,currency,price\n2024-05-31,USD,GBP,0.8\n2024-06-05,USD,GBP,0.7\n'
const LOTS = 'asset,account,amount,acquired,cost,currency,as of\nBTC,Kraken,0.5,2019-03-04,2000,USD,2024-01-01\n'

test('a value that a file states in dollars is income in pounds once the rates are known, and follows the currency of the books', async () => {
  const running = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London', method: 's104' })
  try {
    const { client } = running
    await importAll(client, { 'rewards.csv': REWARDS })
    await quiet(client)
    const year = async () => {
      const { text } = await client.tax.document({ year: 2024 })
      const { totals, open } = JSON.parse(text)
      return { income: totals['2024']?.income, open: open.map(({ code }: { code: string }) => code) }
    }
    expect(await year()).toMatchObject({ income: '0.00', open: ['missing-price', 'missing-price'] })

    // 150 dollars on a Saturday at the rate of Friday, 300 at the rate of their own day.
    await importAll(client, { 'rates.csv': RATES })
    await quiet(client)
    expect(await year()).toEqual({ income: '330.00', open: [] })
    const { rows } = await client.events.list({ offset: 0, limit: 5, sort: 'time', descending: false, filter: {} })
    expect(rows[0]?.legs[0]).toMatchObject({ value: '120' })

    // The same books for the United States: dollars are dollars, never pounds under another name.
    await client.session.updateProfile({
      jurisdiction: 'us',
      currency: 'USD',
      zone: 'America/New_York',
      method: 'fifo',
    })
    await quiet(client)
    expect(await year()).toEqual({ income: '450.00', open: [] })
  } finally {
    await running.end()
  }
})

test('an opening lot that cost dollars costs pounds at the rate of the day it was bought', async () => {
  const running = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London', method: 's104' })
  try {
    const { client } = running
    await importAll(client, { 'lots.csv': LOTS })
    await importAll(client, { 'rates.csv': 'date,asset,currency,price\n2019-03-04,USD,GBP,0.75\n' })
    await quiet(client)
    const { text } = await client.tax.document({})
    expect(JSON.parse(text).pools).toMatchObject([{ asset: 'BTC', amount: '0.5', cost: '1500.00' }])
  } finally {
    await running.end()
  }
})

const GIFT = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [{ id: 'wallet' }],
  assets: [{ id: 'BTC', kind: 'crypto' }],
  events: [
    {
      id: 'gift',
      time: '2024-06-05T10:00:00Z',
      kind: 'gift_spouse_in',
      legs: [
        {
          role: 'in',
          account: 'wallet',
          asset: 'BTC',
          amount: '0.5',
          carry: { acquired: '2019-03-04', cost: '2000', marketValue: '30000' },
        },
      ],
    },
  ],
})
const GIFT_RATES = 'date,asset,currency,price\n2019-03-04,USD,GBP,0.75\n2024-06-05,USD,GBP,0.7\n'

test('what a gift carries in dollars counts in pounds at the rates of its days, by a document and by a table alike', async () => {
  const dollars = await runWithLedger({ zone: 'UTC' })
  const running = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London', method: 's104' })
  const byTable = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London', method: 's104' })
  try {
    const carried = async ({ client }: typeof running) => {
      const { text } = await client.tax.document({})
      const { base64 } = await client.reports.exportAll({ format: 'json' })
      const document = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))
      return { pools: JSON.parse(text).pools, carry: document.events[0].legs[0].carry }
    }
    await importAll(dollars.client, { 'gift.json': GIFT })
    await quiet(dollars.client)
    const table = await dollars.client.reports.exportAll({ format: 'csv' })
    for (const [one, name, bytes] of [
      [running, 'gift.json', Buffer.from(GIFT)],
      [byTable, 'gift.csv', Buffer.from(table.base64, 'base64')],
    ] as const) {
      await importAll(one.client, { [name]: bytes })
      await quiet(one.client)
      expect((await carried(one)).carry, 'no rate is known: dollars are no pounds').toEqual({ acquired: '2019-03-04' })
      await importAll(one.client, { 'rates.csv': GIFT_RATES })
      await quiet(one.client)
      const { pools, carry } = await carried(one)
      expect(carry).toEqual({ acquired: '2019-03-04', cost: '1500', marketValue: '21000' })
      expect(pools).toMatchObject([{ asset: 'BTC', amount: '0.5', cost: '1500.00' }])
    }
  } finally {
    for (const one of [dollars, running, byTable]) await one.end()
  }
}, 120_000)

const SALE = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [{ id: 'wallet' }],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    {
      id: 'sale',
      time: '2024-06-05T10:00:00Z',
      kind: 'sell',
      legs: [
        { role: 'out', account: 'wallet', asset: 'BTC', amount: '1', value: '95', valueBy: 'user' },
        { role: 'in', account: 'wallet', asset: 'USD', amount: '80' },
      ],
    },
  ],
})

test('a value that a person stated in dollars stays their word in pounds, and goes before what the other side says', async () => {
  const dollars = await runWithLedger({ zone: 'UTC' })
  const running = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London', method: 's104' })
  const byTable = await runWithLedger({ jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London', method: 's104' })
  try {
    const sold = async ({ client }: typeof running) => {
      const { base64 } = await client.reports.exportAll({ format: 'json' })
      const [event] = JSON.parse(Buffer.from(base64, 'base64').toString('utf8')).events
      return event.legs.find(({ role }: { role: string }) => role === 'out')
    }
    await importAll(dollars.client, { 'sale.json': SALE })
    const table = await dollars.client.reports.exportAll({ format: 'csv' })
    for (const [one, name, bytes] of [
      [running, 'sale.json', Buffer.from(SALE)],
      [byTable, 'sale.csv', Buffer.from(table.base64, 'base64')],
    ] as const) {
      await importAll(one.client, { [name]: bytes })
      await quiet(one.client)
      const unknown = await sold(one)
      expect(['value' in unknown, 'valueBy' in unknown], 'no rate is known: nobody states no value').toEqual([
        false,
        false,
      ])
      await importAll(one.client, { 'rates.csv': RATES })
      await quiet(one.client)
      expect(await sold(one)).toMatchObject({ value: '66.5', valueBy: 'user' })
      const { text } = await one.client.tax.document({})
      expect(JSON.parse(text).disposals).toMatchObject([{ proceeds: '66.50' }])
    }
  } finally {
    for (const one of [dollars, running, byTable]) await one.end()
  }
}, 120_000)
