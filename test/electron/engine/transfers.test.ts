import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerLiveCsv } from './made-up-exports.ts'
import {
  errorOf,
  importAll,
  type KrakenRow,
  krakenCsv,
  krakenTrade,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

const withdrawal = (n: string, time: string, asset: string, amount: string, fee: string): KrakenRow => ({
  id: `LW${n}-AAAAA-BBBBBB`,
  ref: `F${n}-CCCCC-DDDDDD`,
  time,
  type: 'withdrawal',
  asset,
  amount,
  fee,
})
const arrival = (time: string, coin: string, amount: string, hash: string) =>
  `${time},Confirmed,${coin},IN,${amount},0,${hash},${coin} 1,xpub-${coin},USD,0,0`

const HASH = 'a3f1c0d2e4b5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0f'

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger()
  const universal = [
    'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash',
    '2024-01-05 10:00:00 UTC,,,3,LTC,,,210,USD,,bought elsewhere,',
    `2024-02-05 10:00:00 UTC,1.5,LTC,,,,,,,,,${HASH}`,
  ].join('\n')
  await importAll(running.client, {
    'kraken.csv': krakenCsv([
      ...krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '1', '-42000'),
      withdrawal('1', '2024-03-01 09:00:00', 'XXBT', '-0.5', '0.0002'),
      withdrawal('2', '2024-06-01 09:00:00', 'XXBT', '-0.1', '0.0002'),
    ]),
    'ledger-live.csv': ledgerLiveCsv(
      arrival('2024-03-01T09:24:00.000Z', 'BTC', '0.5', 'b'.repeat(64)),
      arrival('2024-02-05T10:20:00.000Z', 'LTC', '1.5', HASH),
    ),
    'universal.csv': `${universal}\n`,
  })
  await quiet(running.client)
})
afterAll(() => running.end())

const counts = () => running.client.transfers.counts()
const pairs = async (tab: 'likely' | 'accepted' | 'certain' | 'rejected' | 'unclear') =>
  (await running.client.transfers.list({ tab, offset: 0, limit: 50 })).pairs

test('after an import the proved pair is accepted by default, and shown as one line of the ledger', async () => {
  expect(await counts()).toMatchObject({ accepted: 1, certain: 0 })
  const [proved] = await pairs('accepted')
  expect(proved).toMatchObject({ acceptedBy: 'default', grade: 'certain', state: 'accepted' })
  expect(proved?.reason).toContain('same transaction')
  const { rows, total } = await running.client.events.list({
    offset: 0,
    limit: 50,
    filter: { asset: 'LTC' },
    sort: 'time',
    descending: false,
  })
  expect(total).toBe(rows.length)
  const joined = rows.filter(({ joined: halves }) => halves.length > 0)
  expect(joined).toHaveLength(1)
  expect(joined[0]).toMatchObject({ kind: 'transfer' })
  expect(rows).toHaveLength(2)
})

test('what was accepted by default and undone stays a proposal when the matcher runs again', async () => {
  expect((await running.client.live.undo()).undone).toContain('accept 1 proved transfer')
  await running.client.transfers.propose()
  await quiet(running.client)
  expect(await counts()).toMatchObject({ accepted: 0, certain: 1 })
  const [certain] = await pairs('certain')
  expect(await running.client.transfers.accept({ pairs: [certain?.id ?? ''] })).toMatchObject({ accepted: 1 })
  expect(await counts()).toMatchObject({ accepted: 1, certain: 0 })
})

test('what undo lays bare is proposed anew by itself, accepted by nobody, and redo still works', async () => {
  const { checked } = await counts()
  expect((await running.client.live.undo()).undone).toContain('accept 1 transfer')
  await quiet(running.client)
  const after = await counts()
  expect(after).toMatchObject({ accepted: 0, certain: 1 })
  expect(after.checked).toBeGreaterThan(checked ?? 0)
  expect((await running.client.live.redo()).redone).toContain('accept 1 transfer')
  await quiet(running.client)
  expect(await counts()).toMatchObject({ accepted: 1, certain: 0 })
})

test('when an import is taken back, its movements are proposed no more without anybody asking', async () => {
  const { accepted } = await counts()
  const more = ['ledger-live-2.csv', ledgerLiveCsv(arrival('2024-06-01T09:12:00.000Z', 'BTC', '0.1', 'c'.repeat(64)))]
  const open = async () => {
    const { likely, unclear } = await counts()
    return likely + unclear
  }
  const before = await open()
  const { batch } = await importAll(running.client, Object.fromEntries([more]))
  await quiet(running.client)
  expect(await open()).toBe(before + 1)
  await running.client.intake.revert({ batch: batch.id })
  await quiet(running.client)
  expect(await open()).toBe(before)
  expect((await counts()).accepted).toBe(accepted)
})

test('the effect of accepting is shown without accepting, and is what accepting then does', async () => {
  const grade = (await pairs('likely')).length > 0 ? 'likely' : 'unclear'
  const [proposal] = await pairs(grade)
  const ids = [proposal?.id ?? '']
  const effect = await running.client.transfers.effect({ pairs: ids })
  expect(effect).toMatchObject({ pairs: 1, year: 2025 })
  expect((await pairs(grade)).map(({ id }) => id)).toContain(ids[0])
  await running.client.transfers.accept({ pairs: ids })
  const { total } = await running.client.tax.open({ offset: 0, limit: 1, year: 2025 })
  expect(total).toBe(effect.openAfter)
  expect(proposal?.outs[0]).toMatchObject({ accountName: 'Kraken', amount: '0.5', symbol: 'BTC', direction: 'out' })
  await running.client.live.undo()
  await running.client.transfers.propose()
  await quiet(running.client)
})

test('a rejected pair is remembered and not proposed again', async () => {
  const grade = (await pairs('likely')).length > 0 ? 'likely' : 'unclear'
  const [proposal] = await pairs(grade)
  await running.client.transfers.reject({ pairs: [proposal?.id ?? ''] })
  await running.client.transfers.propose()
  await quiet(running.client)
  expect((await pairs(grade)).map(({ id }) => id)).not.toContain(proposal?.id)
  expect((await pairs('rejected')).map(({ id }) => id)).toEqual([proposal?.id])
})

test('the halves of a pair are shown as they were decided to be, not as they were read', async () => {
  const { client } = running
  const event = (await pairs('rejected'))[0]?.outs[0]?.event ?? ''
  const symbols = async () =>
    (await pairs('rejected')).flatMap(({ outs, ins }) => [...outs, ...ins]).map((one) => one.symbol)
  expect(await symbols()).toEqual(['BTC', 'BTC'])
  const change = { asset: { from: 'BTC', to: 'LTC' } }
  await client.hand.bulkApply({ target: { events: [event] }, change, changes: 1 })
  await quiet(client)
  expect(await symbols()).toEqual(['LTC', 'BTC'])
  await client.live.undo()
  await quiet(client)
  expect(await symbols()).toEqual(['BTC', 'BTC'])
})

test('two halves are paired by hand, once, and the halves must be what they are said to be', async () => {
  const { alone } = await running.client.transfers.list({ tab: 'alone', offset: 0, limit: 50 })
  const out = alone.find(({ direction, amount }) => direction === 'out' && amount === '0.5')
  const into = alone.find(({ direction, symbol }) => direction === 'in' && symbol === 'BTC')
  expect(out).toBeDefined()
  const [best] = await running.client.transfers.candidates({ event: out?.event ?? '', leg: out?.leg ?? 0 })
  expect(best?.movement.event).toBe(into?.event)
  const ref = (side: typeof out) => ({ event: side?.event ?? '', leg: side?.leg ?? 0 })
  const swapped = running.client.transfers.pair({ outs: [ref(into)], ins: [ref(out)] })
  expect((await errorOf(swapped)).code).toBe('NOT_FOUND')
  await running.client.transfers.pair({ outs: [ref(out)], ins: [ref(into)] })
  expect((await pairs('accepted')).map(({ reason }) => reason)).toContain('paired by hand')
  const again = running.client.transfers.pair({ outs: [ref(out)], ins: [ref(into)] })
  expect(await errorOf(again)).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('accepted transfer') })
})

test('pairs that are not there are named so', async () => {
  expect((await errorOf(running.client.transfers.accept({ pairs: ['nobody'] }))).code).toBe('NOT_FOUND')
  expect((await errorOf(running.client.transfers.reject({ pairs: ['nobody'] }))).code).toBe('NOT_FOUND')
  expect((await errorOf(running.client.transfers.candidates({ event: 'nobody', leg: 0 }))).code).toBe('NOT_FOUND')
})
