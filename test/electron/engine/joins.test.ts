/** One transaction in several files of an explorer is one event, for everybody who asks the engine. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  INTERNAL,
  OTHER,
  OWN,
  ROUTER,
  refunded,
  sent,
  TOKENS,
  TRANSACTIONS,
  token,
  tx,
  USDC,
} from '../ledger/explorer-files.ts'
import { errorOf, eventsOf, failedChecks, planOf, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger({ zone: 'UTC' })
})
afterEach(() => running.end())

const USD = [USDC, 'USDC'] as const
const coin = (address: string, ...rows: readonly string[]) => ({
  [`export-${address}.csv`]: [TRANSACTIONS, ...rows].join('\n'),
})
const tokens = (address: string, ...rows: readonly string[]) => ({
  [`export-token-${address}.csv`]: [TOKENS, ...rows].join('\n'),
})
const internal = (address: string, ...rows: readonly string[]) => ({
  [`export-internal-${address}.csv`]: [INTERNAL, ...rows].join('\n'),
})
/** Imports files of Ethereum; their header fits several chains. */
async function imported(...files: readonly Readonly<Record<string, string>>[]) {
  const all = Object.assign({}, ...files) as Record<string, string>
  let plan = await planOf(running.client, all)
  for (const file of Object.keys(all))
    plan = await running.client.intake.replan({ batch: plan.batch, file, source: 'etherscan' })
  for (;;) {
    plan = await running.client.intake.plan({ batch: plan.batch })
    if (plan.state === 'ready') break
    await new Promise((done) => setTimeout(done, 20))
  }
  const preview = await running.client.intake.previewJoins({ batch: plan.batch })
  const { batch } = await running.client.intake.execute({ batch: plan.batch, hash: plan.hash })
  await quiet(running.client)
  return { preview, batch }
}
const line = ({ kind, legs }: Awaited<ReturnType<typeof eventsOf>>[number]): string =>
  `${kind}: ${legs.map(({ role, amount, symbol }) => `${role} ${amount} ${symbol}`).join(', ')}`
const lines = async () => (await eventsOf(running.client)).map(line)
const KEY = `etherscan:${OWN}:tx.${tx('a1')}`
const swap = () => [
  coin(OWN, sent(tx('a1'), 0, '1', 'Swap Exact ETH For Tokens')),
  tokens(OWN, token(tx('a1'), 0, [ROUTER, OWN], '2600', USD)),
]

describe('a transaction in two files', () => {
  test('is told with the fact, the records it was joined from, their rows and the reason', async () => {
    const { preview } = await imported(...swap())
    expect(preview).toMatchObject({ transactions: 1, before: 0, filed: [], waiting: 0 })
    expect(await lines()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH'])
    const detail = await running.client.events.get({ event: KEY })
    expect(detail.joinReason).toBe('one asset left, and another arrived')
    expect(detail.transaction).toEqual({ id: KEY, state: 'joined' })
    expect(detail.records?.map(line)).toEqual(['unmatched_out: out 1 ETH, fee 0.001 ETH', 'unmatched_in: in 2600 USDC'])
    expect(detail.rawRows.map(({ file, row }) => `${file} ${row}`)).toEqual([
      `export-${OWN}.csv 2`,
      `export-token-${OWN}.csv 2`,
    ])
    expect(await failedChecks(running.client)).toEqual([])
  })

  test('says in the preview of the second that events of the books become one with it', async () => {
    const [first, second] = swap()
    expect((await imported(first ?? {})).preview.transactions).toBe(0)
    expect((await imported(second ?? {})).preview).toMatchObject({ transactions: 1, before: 1, filed: [] })
    expect(await lines()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH'])
  })

  test('names in the preview the filed years that it changes, and leaves the filing as it is', async () => {
    const [first, second] = swap()
    await imported(first ?? {})
    await running.client.check.freeze({ year: 2024 })
    const { preview } = await imported(second ?? {})
    expect(preview).toMatchObject({ transactions: 1, before: 1, filed: [{ year: 2024, count: 1 }] })
    expect(await lines()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH'])
    const { filings } = await running.client.check.filings()
    expect(filings).toHaveLength(1)
    expect((await running.client.check.diff({ year: 2024 })).same).toBe(false)
  })

  test('is found by either of its imports', async () => {
    const [first, second] = swap()
    for (const files of [first, second]) {
      const { batch } = await imported(files ?? {})
      const { rows } = await running.client.events.list({
        offset: 0,
        limit: 10,
        filter: { batch: batch.id },
        sort: 'time',
        descending: false,
      })
      expect(rows).toHaveLength(1)
    }
  })

  test('is taken apart, listed so, and joined again, each an act that can be undone', async () => {
    await imported(...swap())
    await running.client.joins.apart({ ids: [KEY] })
    expect(await lines()).toHaveLength(2)
    const { joins } = await running.client.joins.list({ state: 'apart', offset: 0, limit: 10 })
    expect(joins).toMatchObject([{ id: KEY, state: 'apart', event: null, records: [{}, {}] }])
    const [record] = await eventsOf(running.client)
    const detail = await running.client.events.get({ event: record?.id ?? '' })
    expect(detail.transaction).toEqual({ id: KEY, state: 'apart' })
    expect(await errorOf(running.client.joins.apart({ ids: [KEY] }))).toMatchObject({ code: 'NOT_FOUND' })
    await running.client.joins.join({ ids: [KEY] })
    expect(await running.client.joins.counts()).toMatchObject({ joined: 1, waiting: 0, apart: 0 })
    expect(await errorOf(running.client.joins.join({ ids: [KEY] }))).toMatchObject({ code: 'REFUSED' })
    await running.client.live.undo()
    await running.client.live.undo()
    expect(await lines()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH'])
    expect(await failedChecks(running.client)).toEqual([])
  })

  test('keeps a person’s word on it when a further file tells more of it', async () => {
    await imported(...swap())
    await running.client.events.decide({ decisions: [{ what: 'kind', event: KEY, kind: 'otc_trade' }] })
    await imported(internal(OWN, refunded(tx('a1'), 0, '0.1')))
    expect(await lines()).toEqual(['otc_trade: out 0.9 ETH, in 2600 USDC, fee 0.001 ETH'])
  })

  test('between two own accounts is one transfer with its fee', async () => {
    const moved = token(tx('b1'), 0, [OWN, OTHER], '25', USD)
    await imported(coin(OWN, sent(tx('b1'), 0, '0', 'Transfer')), tokens(OWN, moved), tokens(OTHER, moved))
    expect(await lines()).toEqual(['transfer: out 25 USDC, in 25 USDC, fee 0.001 ETH'])
    expect(await failedChecks(running.client)).toEqual([])
  })
})

describe('an import of many transactions', () => {
  const MANY = 400
  const many = () => {
    const hashes = Array.from({ length: MANY }, (_, n) => tx((n + 1).toString(16)))
    return [
      coin(OWN, ...hashes.map((hash, n) => sent(hash, n, '1', 'Swap'))),
      tokens(OWN, ...hashes.map((hash, n) => token(hash, n, [ROUTER, OWN], '2600', USD))),
    ]
  }
  const total = async () =>
    (await running.client.events.list({ offset: 0, limit: 1, filter: {}, sort: 'time', descending: false })).total
  const rename = (name: string) => running.client.session.updateProfile({ name })

  test('is taken back and brought back as it was, by Undo, Redo and a revert', async () => {
    const { batch } = await imported(...many())
    const before = await eventsOf(running.client)
    expect(await total()).toBe(MANY)
    expect((await running.client.live.undo()).undone).toBe(`import ${batch.title}`)
    expect(await total()).toBe(0)
    expect((await running.client.live.redo()).redone).toBe(`import ${batch.title}`)
    await quiet(running.client)
    expect(await eventsOf(running.client)).toEqual(before)
    await running.client.intake.revert({ batch: batch.id })
    expect(await total()).toBe(0)
    await running.client.live.undo()
    await quiet(running.client)
    expect(await failedChecks(running.client)).toEqual([])
  })

  test('stays where something else was done while it was to be taken back, which is first to be undone', async () => {
    await imported(...many())
    const [taken, named] = await Promise.all([errorOf(running.client.live.undo()), rename('Berta')])
    expect(taken).toEqual({
      code: 'REFUSED',
      message:
        'Something was done meanwhile and is first to be undone. Nothing was undone; look at the list of what was done.',
    })
    expect(named).toMatchObject({ name: 'Berta' })
    expect(await total()).toBe(MANY)
    expect((await running.client.live.undo()).undone).toBe('change name')
    expect((await running.client.live.undo()).undone).toContain('import')
    expect(await total()).toBe(0)
    const [brought] = await Promise.all([errorOf(running.client.live.redo()), rename('Cora')])
    expect(brought).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('stands in the way') })
    expect([await total(), await failedChecks(running.client)]).toEqual([0, []])
  })

  test('is taken back by itself whatever was done meanwhile', async () => {
    const { batch } = await imported(...many())
    const [reverted] = await Promise.all([running.client.intake.revert({ batch: batch.id }), rename('Berta')])
    expect(reverted.events).toBe(2 * MANY)
    expect([await total(), await failedChecks(running.client)]).toEqual([0, []])
  })

  test('and the act before it go by two Undos asked for at once', async () => {
    await rename('Berta')
    await imported(...many())
    const undone = await Promise.all([running.client.live.undo(), running.client.live.undo()])
    expect(undone.map((one) => one.undone)).toEqual([expect.stringContaining('import'), 'change name'])
    expect([await total(), await failedChecks(running.client)]).toEqual([0, []])
  })
})

test('another source that tells of the whole swap as one record stands behind its records, and does when it is taken apart', async () => {
  await imported(...swap())
  const HEAD =
    'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash'
  const text = `${HEAD}\n2024-01-11 19:06:40 UTC,1,ETH,2600,USDC,0.001,ETH,,,,,${tx('a1')}\n`
  let plan = await planOf(running.client, { 'koinly.csv': text })
  plan = await running.client.intake.replan({ batch: plan.batch, file: 'koinly.csv', account: OWN })
  for (; plan.state !== 'ready'; plan = await running.client.intake.plan({ batch: plan.batch }))
    await new Promise((done) => setTimeout(done, 20))
  await running.client.intake.execute({ batch: plan.batch, hash: plan.hash })
  await quiet(running.client)
  expect(await lines()).toEqual(['trade: out 1 ETH, in 2600 USDC, fee 0.001 ETH'])
  const { links } = await running.client.links.list({ state: 'linked', offset: 0, limit: 10 })
  expect(links).toMatchObject([{ grade: 'proved', facts: [{}, {}], corroborating: [{ source: 'koinly' }] }])
  await running.client.joins.apart({ ids: [KEY] })
  expect(await lines()).toHaveLength(2)
  expect(await failedChecks(running.client)).toEqual([])
})
