/** Books that leave as a document and come into a new ledger with their choices are the same books. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generatedHistory, withPrices } from '../../shared/tax/plain/generated-history.ts'
import { errorOf, importAll, planOf, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'
import { SAMPLE_FILES } from './sample-files.ts'

interface Row {
  readonly account: string | null
  readonly asset: string
  readonly amount: string
  readonly disposed: string
  readonly proceeds: string
}
interface Result {
  readonly disposals: readonly Row[]
  readonly brokerForms?: readonly { readonly status: string }[]
  readonly forms: { readonly 'us-8949'?: readonly { readonly box: string }[] }
}

const textOf = async ({ client }: RunningEngine): Promise<string> => (await client.tax.document({})).text
const resultOf = async (running: RunningEngine): Promise<Result> => JSON.parse(await textOf(running)) as Result
async function exported({ client }: RunningEngine): Promise<Buffer> {
  return Buffer.from((await client.reports.exportAll({ format: 'json' })).base64, 'base64')
}
const documentOf = async (one: RunningEngine) => JSON.parse((await exported(one)).toString('utf8'))

/** Imports a document with its choices. */
async function takeIn({ client }: RunningEngine, name: string, bytes: Buffer | string) {
  const plan = await planOf(client, { [name]: bytes })
  const done = await client.intake.execute({ batch: plan.batch, hash: plan.hash, takeChoicesOf: name })
  await quiet(client)
  return { plan, ...done }
}

/** One row of a broker's form for each of some disposals, as a broker would have sent them. */
function formsFor(rows: readonly Row[]): string {
  const accounts = [...new Set(rows.map(({ account }) => account))]
  const assets = [...new Set(rows.map(({ asset }) => asset))]
  return JSON.stringify({
    schema: 'tallystick/events@1',
    profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
    accounts: accounts.map((id) => ({ id })),
    assets: assets.map((id) => ({ id, kind: 'crypto' })),
    events: [],
    brokerForms: rows.map(({ account, asset, amount, disposed, proceeds }, n) => ({
      account,
      asset,
      units: amount,
      sold: disposed,
      proceeds,
      basisReported: n % 2 === 1,
      filer: 'A broker',
    })),
  })
}

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger()
  const { client } = running
  await importAll(client, SAMPLE_FILES)
  await quiet(client)
  await client.transfers.accept({ grade: 'likely' })
  await quiet(client)
  await client.tax.setFacts({
    person: { 2024: { filingStatus: 'single', otherIncome: '50000' }, 2025: { otherGains: { short: '100.5' } } },
    carryIn: { year: 2022, lossShort: '12.5' },
    methods: [{ from: '2025-01-01', method: 'hifo' }],
    reason: '',
  })
  const { rows } = await client.tax.positions()
  const [asked] = rows.filter(({ id, locked, alternative }) => id !== 'P15' && locked === null && alternative !== null)
  await client.tax.setPosition({
    id: asked?.id ?? '',
    choice: asked?.alternative ?? '',
    scope: {},
    reason: 'as always',
  })
  const { accounts } = await client.intake.accounts()
  for (const { id } of accounts.slice(0, 2)) await client.intake.editAccount({ id, group: 'together' })
  const list = { offset: 0, limit: 200, filter: {}, sort: 'time', descending: false } as const
  const { rows: events } = await client.events.list(list)
  const reward = events.find(({ kind }) => kind === 'staking_reward')
  await client.events.decide({ decisions: [{ what: 'kind', event: reward?.id ?? '', kind: 'airdrop' }] })
  const { disposals } = await resultOf(running)
  const sold = disposals.filter(({ disposed, account }) => disposed >= '2025' && account !== null)
  await importAll(client, { 'forms.json': formsFor(sold.slice(0, 4)) })
  await quiet(client)
}, 120_000)
afterAll(() => running.end())

test('the ledger of the test has every kind of choice, matches, a decision, and rows of brokers’ forms', async () => {
  const document = await documentOf(running)
  expect(Object.keys(document.profile).sort()).toEqual(
    ['carryIn', 'currency', 'jurisdiction', 'method', 'person', 'positions', 'rounding', 'scope', 'zone'].sort(),
  )
  expect(document.brokerForms).toHaveLength(4)
  expect(document.accounts.filter(({ group }: { group?: string }) => group === 'together')).toHaveLength(2)
  const kinds = new Set(document.events.map(({ kind }: { kind: string }) => kind))
  expect([kinds.has('transfer'), kinds.has('airdrop')]).toEqual([true, true])
})

test('what a broker reported decides the boxes of the form and is shown in the result', async () => {
  const result = await resultOf(running)
  expect(result.brokerForms).toHaveLength(4)
  const boxes = new Set(result.forms['us-8949']?.map(({ box }) => box))
  expect([...boxes].some((box) => ['G', 'H', 'J', 'K'].includes(box))).toBe(true)
})

test('a new ledger of the document gives the same result, to the letter, under the same hash of its inputs', async () => {
  const bytes = await exported(running)
  const again = await runWithLedger({ zone: 'UTC', method: 'lifo', rounding: 'whole' })
  try {
    const { plan } = await takeIn(again, 'books.json', bytes)
    expect(plan.files[0]?.choices?.refused).toBeNull()
    expect(plan.files[0]?.choices?.differ.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['time zone', 'method', 'rounding', 'carried in', 'facts of 2024']),
    )
    expect((await exported(again)).toString('utf8')).toBe(bytes.toString('utf8'))
    expect(await textOf(again)).toBe(await textOf(running))
  } finally {
    await again.end()
  }
}, 120_000)

test('choices are taken over only when asked, in one act that undo and redo move as a whole', async () => {
  const bytes = await exported(running)
  const again = await runWithLedger({ zone: 'UTC', method: 'lifo' })
  const { client } = again
  try {
    const { profile: own } = await documentOf(again)
    const plan = await planOf(client, { 'books.json': bytes })
    const { batch } = await client.intake.execute({ batch: plan.batch, hash: plan.hash })
    await quiet(client)
    expect((await documentOf(again)).profile).toEqual(own)
    await client.intake.revert({ batch: batch.id })
    await quiet(client)
    await takeIn(again, 'books.json', bytes)
    expect((await documentOf(again)).profile).toEqual((await documentOf(running)).profile)
    await client.live.undo()
    await quiet(client)
    expect(await documentOf(again)).toMatchObject({ profile: own, accounts: [], events: [] })
    expect(await documentOf(again)).not.toHaveProperty('brokerForms')
    await client.live.redo()
    await quiet(client)
    expect((await exported(again)).toString('utf8')).toBe(bytes.toString('utf8'))
    expect(await client.check.verify()).toMatchObject({ ok: true })
  } finally {
    await again.end()
  }
}, 120_000)

/** Ten units at 1 in one wallet, twenty at 5 in another; four are sold from the cheap one after 2025 began. */
const CHANGEOVER = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'xyz' }, { id: 'ghi' }],
  assets: [
    { id: 'ABC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    traded('cheap', '2019-07-01', 'buy', 'xyz', '10', '10'),
    traded('dear', '2020-09-01', 'buy', 'ghi', '20', '100'),
    traded('sale', '2026-06-01', 'sell', 'xyz', '4', '80'),
  ],
}
function traded(id: string, day: string, kind: 'buy' | 'sell', account: string, units: string, sum: string) {
  const [coin, cash] = kind === 'buy' ? ['in', 'out'] : ['out', 'in']
  const legs = [
    { role: coin, account, asset: 'ABC', amount: units },
    { role: cash, account, asset: 'USD', amount: sum },
  ]
  return { id, time: `${day}T12:00:00Z`, kind, legs }
}

/** Exports a ledger, makes another of it, and expects the same document and the same result. */
async function comesBackTheSame(one: RunningEngine, currency = 'USD'): Promise<void> {
  const bytes = await exported(one)
  const again = await runWithLedger({ jurisdiction: 'none', currency, method: 'fifo' })
  try {
    await takeIn(again, 'books.json', bytes)
    expect((await exported(again)).toString('utf8')).toBe(bytes.toString('utf8'))
    expect(await textOf(again)).toBe(await textOf(one))
  } finally {
    await again.end()
  }
}

test('a recorded plan for the changeover of 2025 comes back as the same plan', async () => {
  const one = await runWithLedger()
  try {
    const { client } = one
    await takeIn(one, 'changeover.json', JSON.stringify(CHANGEOVER))
    const { lots } = (await client.tax.changeover()).assets[0] ?? { lots: [] }
    const lotOf = (year: string) => lots.find(({ acquired }) => acquired?.startsWith(year))?.lot ?? ''
    const allocations = [
      { account: 'xyz', lot: lotOf('2020'), amount: '10' },
      { account: 'ghi', lot: lotOf('2020'), amount: '10' },
      { account: 'ghi', lot: lotOf('2019'), amount: '10' },
    ]
    const plan = { plan: 'specific' as const, asset: 'ABC', allocations }
    const recorded = await client.tax.recordAllocation({ plan, written: '2025-01-10', confirmed: true, reason: '' })
    expect(recorded.recorded).toBe(true)
    expect((await documentOf(one)).events.map(({ id }: { id: string }) => id)).toContain(
      'tallystick:changeover:allocation-1',
    )
    await comesBackTheSame(one)
  } finally {
    await one.end()
  }
}, 120_000)

test.each([
  ['us', 'USD', 11],
  ['gb', 'GBP', 12],
])(
  'a made-up history under the law of %s comes back the same, events of equal times in their order',
  async (jurisdiction, currency, seed) => {
    const profile = { jurisdiction, currency, zone: 'America/New_York' }
    const [document] = fc.sample(withPrices(generatedHistory(profile, '2023-11-01T00:00:00Z', 60)), {
      numRuns: 1,
      seed,
    })
    const one = await runWithLedger({ jurisdiction: 'none', currency, method: 'fifo' })
    try {
      await takeIn(one, 'history.json', JSON.stringify(document))
      expect(JSON.parse((await exported(one)).toString('utf8')).events).toHaveLength(document?.events.length ?? 0)
      await comesBackTheSame(one, currency)
    } finally {
      await one.end()
    }
  },
  120_000,
)

test('a document that counts in another currency than the ledger is not taken over, and the rule is named', async () => {
  const one = await runWithLedger({ jurisdiction: 'none', currency: 'CHF', method: 'fifo' })
  try {
    const plan = await planOf(one.client, { 'books.json': JSON.stringify(CHANGEOVER) })
    expect(plan.files[0]?.choices?.refused).toContain('currency-differs')
    const call = { batch: plan.batch, hash: plan.hash, takeChoicesOf: 'books.json' }
    expect(await errorOf(one.client.intake.execute(call))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('currency-differs'),
    })
    expect((await one.client.intake.batches()).batches).toEqual([])
  } finally {
    await one.end()
  }
})

test('books that name lots which do not fit have no result, but still leave as a document, and the lots can be named anew', async () => {
  const [cheap, dear, sale] = CHANGEOVER.events
  const events = [cheap, dear, { ...sale, lots: [{ event: 'dear', amount: '4' }] }]
  const one = await runWithLedger()
  try {
    const { client } = one
    await takeIn(one, 'books.json', JSON.stringify({ ...CHANGEOVER, events }))
    expect(await errorOf(client.tax.document({}))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('names the lot'),
    })
    expect((await documentOf(one)).events).toHaveLength(3)
    const list = { offset: 0, limit: 10, filter: {}, sort: 'time', descending: false } as const
    const sold = (await client.events.list(list)).rows.find(({ kind }) => kind === 'sell')?.id ?? ''
    await client.events.decide({ decisions: [{ what: 'lots', event: sold, lots: [] }] })
    await quiet(client)
    expect((await resultOf(one)).disposals).toHaveLength(1)
    await client.live.undo()
    await quiet(client)
    expect(await errorOf(client.tax.document({}))).toMatchObject({ code: 'REFUSED' })
    expect((await documentOf(one)).events).toHaveLength(3)
  } finally {
    await one.end()
  }
}, 60_000)

test('a value that a person stated comes back as theirs, and still goes before what the sources say', async () => {
  const one = await runWithLedger()
  try {
    const { client } = one
    await takeIn(one, 'books.json', JSON.stringify(CHANGEOVER))
    const list = { offset: 0, limit: 10, filter: {}, sort: 'time', descending: false } as const
    const sale = (await client.events.list(list)).rows.find(({ kind }) => kind === 'sell')
    const leg = sale?.legs.findIndex(({ symbol }) => symbol === 'ABC') ?? -1
    await client.events.decide({ decisions: [{ what: 'value', event: sale?.id ?? '', leg, value: '95' }] })
    const { legs } = (await documentOf(one)).events.find(({ kind }: { kind: string }) => kind === 'sell')
    expect(legs[leg]).toMatchObject({ value: '95', valueBy: 'user' })
    await comesBackTheSame(one)
  } finally {
    await one.end()
  }
}, 60_000)
