/** Plain books leave for other programs and come back into a new ledger with the same holdings and the same totals. */
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importAll, planOf, quiet, type RunningEngine, runWithLedger, settledPlan } from './running-engine.ts'

const PROFILE = { zone: 'UTC', currency: 'USD', jurisdiction: 'us' } as const

type LegText = readonly [role: string, account: string, asset: string, amount: string, more?: Record<string, unknown>]

let count = 0
const event = (kind: string, time: string, legs: readonly LegText[]) => ({
  id: `e${++count}`,
  time: `${time}.000Z`,
  kind,
  legs: legs.map(([role, account, asset, amount, more]) => ({ role, account, asset, amount, ...more })),
})

const EVENTS = [
  event('fiat_deposit', '2023-01-02T09:00:00', [['in', 'kraken', 'USD', '50000']]),
  event('buy', '2023-01-03T10:00:00', [
    ['out', 'kraken', 'USD', '16800'],
    ['in', 'kraken', 'BTC', '1'],
    ['fee', 'kraken', 'USD', '20', { for: 'out' }],
  ]),
  event('buy', '2023-06-03T10:00:00', [
    ['out', 'kraken', 'USD', '13600'],
    ['in', 'kraken', 'BTC', '0.5'],
    ['fee', 'kraken', 'BTC', '0.001', { for: 'in' }],
  ]),
  event('transfer', '2023-07-01T10:00:00', [
    ['out', 'kraken', 'BTC', '0.7'],
    ['in', 'ledger', 'BTC', '0.7'],
  ]),
  event('trade', '2023-08-01T10:00:00', [
    ['out', 'kraken', 'BTC', '0.2'],
    ['in', 'kraken', 'ETH', '3'],
    ['fee', 'kraken', 'ETH', '0.01', { for: 'in' }],
  ]),
  event('staking_reward', '2023-09-01T10:00:00', [['in', 'kraken', 'ETH', '0.05']]),
  event('sell', '2024-03-01T10:00:00', [
    ['out', 'ledger', 'BTC', '0.6'],
    ['in', 'ledger', 'USD', '37000'],
    ['fee', 'ledger', 'USD', '30', { for: 'in' }],
  ]),
  event('sell', '2024-05-01T10:00:00', [
    ['out', 'kraken', 'ETH', '2'],
    ['in', 'kraken', 'USD', '6000'],
  ]),
]
const day = (time: string, btc: string, eth: string) => [
  { asset: 'BTC', currency: 'USD', time, price: btc },
  { asset: 'ETH', currency: 'USD', time, price: eth },
]
const PRICES = [
  ...day('2023-06-03', '27200', '1890'),
  ...day('2023-07-01', '30500', '1920'),
  ...day('2023-08-01', '29200', '1860'),
  ...day('2023-09-01', '26000', '1650'),
  ...day('2024-03-01', '62000', '3400'),
  ...day('2024-05-01', '58000', '3000'),
]
const document = (events: readonly object[]) =>
  JSON.stringify({
    schema: 'tallystick/events@1',
    profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
    accounts: [
      { id: 'kraken', name: 'Kraken', kind: 'exchange' },
      { id: 'ledger', name: 'Ledger', kind: 'wallet' },
    ],
    assets: [
      { id: 'USD', kind: 'fiat' },
      { id: 'BTC', kind: 'crypto' },
      { id: 'ETH', kind: 'crypto' },
    ],
    events,
    prices: PRICES,
  })

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger(PROFILE)
  await importAll(running.client, { 'books.json': document(EVENTS) })
  await quiet(running.client)
})
afterAll(() => running.end())

type Format = NonNullable<Parameters<RunningEngine['client']['reports']['exportAll']>[0]>['format']

async function exported(format: Format): Promise<Record<string, Uint8Array>> {
  const { fileName, base64 } = await running.client.reports.exportAll({ format })
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  return fileName.endsWith('.zip') ? unzipSync(bytes) : { [fileName]: bytes }
}

const holdings = async ({ client }: RunningEngine): Promise<string[]> => {
  const { rows } = await client.events.balances({})
  return rows
    .filter(({ amount }) => !/^0*\.?0*$/.test(amount))
    .map(({ account, symbol, amount }) => `${account} ${symbol} ${amount}`)
    .sort()
}

async function totals({ client }: RunningEngine): Promise<unknown> {
  const { text } = await client.tax.document({})
  return JSON.parse(text).totals
}

/** Reads files into a new ledger that knows the same prices; each file for the account that `accountOf` names. */
async function readInto(
  files: Record<string, Uint8Array>,
  accountOf: (fileName: string) => string | undefined = () => undefined,
): Promise<RunningEngine> {
  const again = await runWithLedger(PROFILE)
  await importAll(again.client, { 'prices.json': document([]) })
  for (const [name, bytes] of Object.entries(files)) {
    const plan = await planOf(again.client, { [name]: bytes })
    const account = accountOf(name)
    let settled = plan
    if (account !== undefined) {
      await again.client.intake.replan({ batch: plan.batch, file: name, account })
      settled = await settledPlan(again.client, plan.batch)
    }
    await again.client.intake.execute({ batch: settled.batch, hash: settled.hash })
  }
  await quiet(again.client)
  const { likely } = await again.client.transfers.counts()
  if (likely > 0) await again.client.transfers.accept({ grade: 'likely' })
  await quiet(again.client)
  return again
}

describe('plain books come back with the same holdings and the same totals', () => {
  const ACCOUNTS: Partial<Record<Format, (name: string) => string | undefined>> = {
    koinly: (name) => (name.includes('Ledger') ? 'ledger' : 'kraken'),
  }
  test.each(['csv', 'cointracking', 'rotki', 'koinly'] as const)('by way of %s', async (format) => {
    const again = await readInto(await exported(format), ACCOUNTS[format])
    try {
      expect(await holdings(again)).toEqual(await holdings(running))
      expect(await totals(again)).toEqual(await totals(running))
    } finally {
      await again.end()
    }
  })
})
