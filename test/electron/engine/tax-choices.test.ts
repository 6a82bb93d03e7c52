import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorOf, importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

/** Three buys at rising prices, a loan of coins to a protocol and back, and a sale in 2024 and in 2025. */
const BOOKS = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'kraken', name: 'Kraken', kind: 'exchange' }],
  assets: [
    { id: 'ETH', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
    { id: 'aETH', kind: 'position' },
  ],
  events: [
    buy('b1', '2022-03-01', '2', '2000.00'),
    buy('b2', '2023-03-01', '2', '4000.00'),
    buy('b3', '2024-02-01', '2', '6000.00'),
    {
      id: 'lend',
      time: '2024-03-01T12:00:00Z',
      kind: 'lend_supply',
      protocol: 'Aave',
      legs: [leg('out', 'ETH', '1', '3500.00'), leg('in', 'aETH', '1', '3500.00')],
    },
    {
      id: 'back',
      time: '2024-05-01T12:00:00Z',
      kind: 'lend_withdraw',
      protocol: 'Aave',
      legs: [leg('out', 'aETH', '1', '3600.00'), leg('in', 'ETH', '1', '3600.00')],
    },
    sell('s1', '2024-09-01', '1', '3000.00'),
    sell('s2', '2025-09-01', '1', '4000.00'),
  ],
})

function leg(role: string, asset: string, amount: string, value?: string) {
  return { role, account: 'kraken', asset, amount, ...(value === undefined ? {} : { value }) }
}
function buy(id: string, day: string, amount: string, cost: string) {
  return { id, time: `${day}T12:00:00Z`, kind: 'buy', legs: [leg('in', 'ETH', amount), leg('out', 'USD', cost)] }
}
function sell(id: string, day: string, amount: string, proceeds: string) {
  return { id, time: `${day}T12:00:00Z`, kind: 'sell', legs: [leg('out', 'ETH', amount), leg('in', 'USD', proceeds)] }
}

let running: RunningEngine
const tax = () => running.client.tax
beforeAll(async () => {
  running = await runWithLedger()
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
}, 60_000)
afterAll(() => running.end())

const gainOf = async (year: number) => (await tax().years()).years.find((one) => one.year === year)?.gain

test('a question touches the events that can hang on it: none of NFTs or fees of transfers in books that have neither', async () => {
  const { rows } = await tax().positions()
  const touched = new Map(rows.map(({ id, events }) => [id, events]))
  expect([touched.get('P4'), touched.get('P6'), touched.get('P16')]).toEqual([2, 0, 0])
})

test('an answer of the register changes the figures as its effect had said, and undo brings them back', async () => {
  const before = await gainOf(2024)
  const { rows } = await tax().positions()
  const lending = rows.find(({ id }) => id === 'P4')
  expect(lending).toMatchObject({ default: 'none', alternative: 'swap', events: 2, years: [2024], chosen: [] })
  expect(lending?.found.protocols).toEqual([{ id: 'Aave', label: 'Aave', events: 2 }])
  const { rows: effects } = await tax().positionEffects({ ids: ['P4'] })
  const [swap] = effects[0]?.alternatives ?? []
  expect(swap).toMatchObject({ choice: 'swap', refused: [] })
  const difference = swap?.years.find(({ year }) => year === 2024)?.gain ?? '0'
  expect(difference).not.toBe('0')
  await tax().setPosition({ id: 'P4', choice: 'swap', scope: { protocol: 'Aave' }, reason: 'the protocol owns it' })
  const after = await gainOf(2024)
  expect(Number(after)).toBe(Number(before) + Number(difference))
  const chosen = (await tax().positions()).rows.find(({ id }) => id === 'P4')?.chosen
  expect(chosen).toMatchObject([
    { choice: 'swap', scope: { protocol: 'Aave' }, scopeLabel: 'Aave', reason: 'the protocol owns it', who: 'user' },
  ])
  await running.client.live.undo()
  expect(await gainOf(2024)).toBe(before)
})

test('an answer is taken back by its scope, and one that is not there is named so', async () => {
  await tax().setPosition({ id: 'P4', choice: 'swap', scope: {}, reason: '' })
  await tax().setPosition({ id: 'P4', choice: 'none', scope: { protocol: 'Aave' }, reason: '' })
  await tax().clearPosition({ id: 'P4', scope: {} })
  const left = (await tax().positions()).rows.find(({ id }) => id === 'P4')?.chosen
  expect(left?.map(({ choice, scopeLabel }) => [choice, scopeLabel])).toEqual([['none', 'Aave']])
  expect(await errorOf(tax().clearPosition({ id: 'P4', scope: { asset: 'BTC' } }))).toMatchObject({ code: 'NOT_FOUND' })
  await tax().clearPosition({ id: 'P4' })
})

test('answers and facts that the rules refuse are refused with the rule’s name, and nothing is stored', async () => {
  const { revision } = await tax().facts()
  const refusals: [Promise<unknown>, string][] = [
    [tax().setPosition({ id: 'P4', choice: 'maybe', scope: {}, reason: '' }), 'position-not-allowed'],
    [tax().setPosition({ id: 'P15', choice: 'global', scope: {}, reason: '' }), 'P15'],
    [tax().setPosition({ id: 'P4', choice: 'swap', scope: { account: 'nowhere' }, reason: '' }), 'invalid-choice'],
    [
      tax().setPosition({ id: 'P4', choice: 'swap', scope: {}, from: '2025-01-01', to: '2024-01-01', reason: '' }),
      'position-dates',
    ],
    [
      tax().setPositions({
        answers: [
          { id: 'P4', choice: 'swap', scope: {}, reason: '' },
          { id: 'P1', choice: 'maybe', scope: {}, reason: '' },
        ],
      }),
      'position-not-allowed',
    ],
    [tax().setFacts({ methods: [{ from: '2025-01-01', method: 's104' }] }), 'method-not-allowed'],
    [tax().setFacts({ methods: [{ from: '2025-01-01', method: 'hifo', account: 'nowhere' }] }), 'invalid-choice'],
    [
      tax().setFacts({
        methods: [
          { from: '2025-01-01', method: 'hifo' },
          { from: '2025-01-01', method: 'lofo' },
        ],
      }),
      'method-dates',
    ],
    [tax().setFacts({ carryIn: { year: 2022, lossShort: '-500' } }), 'carry-in'],
  ]
  for (const [call, rule] of refusals) {
    const { code, message } = await errorOf(call)
    expect([code, message]).toEqual(['REFUSED', expect.stringContaining(rule)])
  }
  expect((await tax().facts()).revision).toBe(revision)
})

test('facts of the person count in their year, and methods from their day on', async () => {
  await tax().setFacts({
    person: { '2025': { filingStatus: 'single', otherGains: { long: '-5000' } } },
    carryIn: { year: 2022, lossLong: '100' },
    methods: [{ from: '2025-01-01', method: 'hifo' }],
    reason: 'as agreed',
  })
  const facts = await tax().facts()
  expect(facts.person.find(({ year }) => year === 2025)?.values).toEqual({
    filingStatus: 'single',
    otherGains: { long: '-5000' },
  })
  expect(facts).toMatchObject({ carryIn: { year: 2022, lossLong: '100' }, methods: [{ method: 'hifo' }] })
  expect(await gainOf(2025)).toBe('1000')
  await running.client.live.undo()
  expect((await tax().facts()).methods).toEqual([])
  expect(await gainOf(2025)).toBe('3000')
})

test('methods stand side by side with what the law allows, and with the rule that forbids the others', async () => {
  const { rows, years, from } = await tax().compareMethods({ years: [2025] })
  expect(from).toBeNull()
  expect(years).toEqual([{ year: 2025, label: '2025', filed: false, mayChoose: true, why: null }])
  const fifo = rows.find(({ method }) => method === 'fifo')
  expect(fifo).toMatchObject({ chosen: true, allowed: true, cells: [{ gain: '3000', difference: '0' }] })
  expect(rows.find(({ method }) => method === 'hifo')?.cells).toMatchObject([{ gain: '1000' }])
  const pool = rows.find(({ method }) => method === 's104')
  expect(pool).toMatchObject({ allowed: false, cells: [] })
  expect(pool?.why).toContain('method-not-allowed')
})

test('countries stand side by side in their own currency, or say which rates are missing', async () => {
  const { rows } = await tax().compareCountries({ countries: ['us', 'gb', 'none'], years: [2025] })
  expect(rows.map(({ code }) => code)).toEqual(['us', 'none', 'gb'])
  expect(rows[1]).toMatchObject({ allowed: true, cells: [{ gain: '2000' }] })
  expect(rows[2]).toMatchObject({ allowed: false, cells: [] })
  expect(rows[2]?.why).toContain('USD in GBP')
})

test('a comparison is a job that can be cancelled, and the books stay readable meanwhile', async () => {
  const compared = tax().compareCountries({})
  const failed = errorOf(compared).catch(() => null)
  const { years } = await tax().years()
  expect(years.length).toBeGreaterThan(0)
  for (const job of await jobsNow()) if (job.name === 'compare') await running.client.live.cancel({ job: job.id })
  await failed
  expect((await tax().compareMethods({ years: [2025] })).rows.length).toBeGreaterThan(0)
})

async function jobsNow() {
  for await (const jobs of await running.client.live.jobs()) return jobs
  return []
}

test('a country’s page says what it needs to know and what is to be verified', async () => {
  const countries = await tax().countries()
  const us = countries.find(({ code }) => code === 'us')
  expect(us).toMatchObject({ currency: 'USD', defaultMethod: 'fifo' })
  expect(us?.positions).toContain('P4')
  const carriedInto = (code: string) => countries.find((one) => one.code === code)?.carriesIn.map(({ id }) => id)
  expect([carriedInto('us'), carriedInto('gb'), carriedInto('fr')]).toEqual([
    ['lossShort', 'lossLong'],
    ['losses'],
    ['frAcquisition', 'frConsumed', 'frSoultes'],
  ])
  expect(countries.find(({ code }) => code === 'ch')?.toVerify.length).toBeGreaterThan(0)
  expect(countries.find(({ code }) => code === 'gb')?.years).toContainEqual({ year: 2024, label: '2024-25' })
})

test('lots that are not there and a day before the asset existed are refused before anything is stored', async () => {
  const { rows } = await tax().disposals({ offset: 0, limit: 10, year: 2025, sort: 'disposed', descending: false })
  const event = rows[0]?.event ?? ''
  const { revision } = await tax().facts()
  const decide = (decision: Parameters<typeof running.client.events.decide>[0]['decisions'][number]) =>
    errorOf(running.client.events.decide({ decisions: [decision] }))
  const lot = rows[0]?.event.replace(/[^:]*$/, 'b1') ?? ''
  expect(await decide({ what: 'lots', event, lots: [{ event, amount: '1' }] })).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('named-lot-missing'),
  })
  expect(await decide({ what: 'lots', event, lots: [{ event: lot, amount: '9' }] })).toMatchObject({
    code: 'REFUSED',
    message: expect.stringMatching(/named-lot/),
  })
  const bought = (
    await running.client.events.list({
      offset: 0,
      limit: 10,
      filter: { kinds: ['buy'] },
      sort: 'time',
      descending: false,
    })
  ).rows[0]
  const given = { what: 'kind', event: bought?.id ?? '', kind: 'gift_in' } as const
  const old = { what: 'cost', event: bought?.id ?? '', leg: 0, cost: '10', acquired: '2001-01-01' } as const
  expect(await decide(old)).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('cost-follows-from-event'),
  })
  expect(await errorOf(running.client.events.decide({ decisions: [given, old] }))).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('before-asset-existed'),
  })
  expect((await tax().facts()).revision).toBe(revision)
})
