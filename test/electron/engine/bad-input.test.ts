import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  errorOf,
  importAll,
  krakenCsv,
  krakenTrade,
  planOf,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

let running: RunningEngine
beforeAll(async () => {
  running = await runWithLedger()
})
afterAll(() => running.end())
afterEach(async () => {
  for (const batch of (await running.client.intake.batches()).batches)
    if (batch.state === 'live') await running.client.intake.revert({ batch: batch.id })
})

const soundRow = krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000')
const plan = (content: string | Uint8Array, name = 'file.csv') => planOf(running.client, { [name]: content })
const notUnderstood = async (batch: string) =>
  (await running.client.intake.notices({ batch, outcome: 'not-understood', offset: 0, limit: 50 })).rows

/** One broken row beside a sound pair: the pair is read, the row is kept with the reason. */
async function brokenKraken(change: { time?: string; amount?: string; asset?: string }) {
  const broken = {
    id: 'LBROKE-AAAAA-BBBBBB',
    ref: 'RBROKE-CCCCC-DDDDDD',
    time: '2024-02-03 04:05:06',
    type: 'deposit',
    asset: 'XETH',
    amount: '1',
    ...change,
  }
  const made = await plan(krakenCsv([...soundRow, broken]), 'kraken.csv')
  return { made, notices: await notUnderstood(made.batch), file: made.files[0] }
}

test('an unknown file is named, with what to do, and takes nothing else down', async () => {
  const made = await planOf(running.client, {
    'poem.csv': 'roses,are\nred,violets\n',
    'kraken.csv': krakenCsv(soundRow),
  })
  expect(made.state).toBe('ready')
  expect(made.files[0]).toMatchObject({ file: 'poem.csv', source: null, rows: 0 })
  expect(made.files[0]?.problem).toMatch(/poem\.csv: none of its first 30 lines.*map its columns once/)
  expect(made.files[1]).toMatchObject({ added: 2, problem: null })
})

test('a file that can be unpacked only in part gives nothing, and the others are imported', async () => {
  const many = Array.from({ length: 400 }, (_, i) =>
    krakenTrade(`${i}`, `2024-01-02 10:${10 + (i % 40)}:00`, 'XXBT', `0.${i + 1}`, `-${i + 1}`),
  ).flat()
  const packed = gzipSync(krakenCsv(many))
  const made = await planOf(running.client, {
    'cut.csv.gz': packed.subarray(0, Math.floor(packed.length * 0.8)),
    'kraken.csv': krakenCsv(soundRow),
  })
  expect(made.state).toBe('ready')
  expect(made.files[0]).toMatchObject({ file: 'cut.csv.gz', rows: 0, added: 0, events: 0 })
  expect(made.files[0]?.problem).toMatch(/cut\.csv\.gz is damaged or cut short.*Nothing of it is taken/)
  expect(made.files[1]).toMatchObject({ added: 2, problem: null })
  const { batch } = await running.client.intake.execute({ batch: made.batch, hash: made.hash })
  expect(batch.events).toBe(1)
})

test('an empty file says that it is empty', async () => {
  expect((await plan('', 'nothing.csv')).files[0]?.problem).toContain('nothing.csv is empty')
})

test.each([
  ['31 February', { time: '2024-02-31 10:00:00' }],
  ['0x10 as an amount', { amount: '0x10' }],
  ['NaN as an amount', { amount: 'NaN' }],
  ['words as an amount', { amount: 'a lot' }],
])('%s: the row is kept as not understood, the rest is read, the count says so', async (_, change) => {
  const { file, notices } = await brokenKraken(change)
  expect(file).toMatchObject({ rows: 3, added: 2, notUnderstood: 1, events: 1 })
  expect(notices).toMatchObject([{ file: 'kraken.csv', row: 4 }])
  expect(notices[0]?.reason.length).toBeGreaterThan(10)
  expect(notices[0]?.column).not.toBeNull()
  expect(notices[0]?.text).toContain('LBROKE')
})

test('a small amount in scientific notation is read exactly', async () => {
  const { file, made } = await brokenKraken({ amount: '1e-18' })
  expect(file).toMatchObject({ notUnderstood: 0 })
  const { rows } = await running.client.intake.previewEvents({ batch: made.batch, offset: 0, limit: 10 })
  expect(rows.flatMap(({ legs }) => legs).map(({ amount }) => amount)).toContain('0.000000000000000001')
})

test('an asset never heard of becomes an asset of its own, and the books say so', async () => {
  const { made } = await brokenKraken({ asset: 'ZZYZX' })
  const { rows } = await running.client.intake.previewEvents({ batch: made.batch, offset: 0, limit: 10 })
  expect(rows.flatMap(({ legs }) => legs).map(({ symbol }) => symbol)).toContain('ZZYZX')
})

const KOINLY =
  'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash'

test('formulas, HTML and control characters in a memo are text: shown as they are, escaped where a spreadsheet would run them', async () => {
  const memo = '=HYPERLINK("http://x")<script>alert(1)</script>\u0007'
  const row = `2024-01-05 10:00:00 UTC,,,1,BTC,,,42000,USD,,"${memo.replaceAll('"', '""')}",`
  await importAll(running.client, { 'memo.csv': `${KOINLY}\n${row}\n` })
  const { rows } = await running.client.events.list({
    offset: 0,
    limit: 10,
    filter: { text: 'HYPERLINK' },
    sort: 'time',
    descending: true,
  })
  expect(rows[0]?.note).toContain('<script>alert(1)</script>')
  const { base64 } = await running.client.reports.exportAll({ format: 'csv' })
  const csv = Buffer.from(base64, 'base64').toString('utf8')
  expect(csv).toContain(`"'=HYPERLINK`)
})

test('numbers grouped as in English and in German are read by the marks of their file', async () => {
  const english = `${KOINLY}\n2024-01-05 10:00:00 UTC,"1,234.56",USD,1,BTC,,,,,,,\n`
  const made = await plan(english, 'english.csv')
  const { rows } = await running.client.intake.previewEvents({ batch: made.batch, offset: 0, limit: 5 })
  expect(rows[0]?.legs.find(({ symbol }) => symbol === 'USD')?.amount).toBe('1234.56')
  const german = `${KOINLY.replaceAll(',', ';')}\n2024-01-05 10:00:00 UTC;1.234,56;EUR;1;BTC;;;;;;;\n`
  const other = await plan(german, 'german.csv')
  const read = await running.client.intake.previewEvents({ batch: other.batch, offset: 0, limit: 5 })
  expect(read.rows[0]?.legs.find(({ symbol }) => symbol === 'EUR')?.amount).toBe('1234.56')
})

test('a field of 10 MB does not stop the rows around it', async () => {
  const long = 'x'.repeat(10 * 1024 * 1024)
  const rows = [
    '2024-01-05 10:00:00 UTC,,,1,BTC,,,42000,USD,,before,',
    `2024-01-06 10:00:00 UTC,,,1,BTC,,,42000,USD,,${long},`,
    '2024-01-07 10:00:00 UTC,,,1,BTC,,,42000,USD,,after,',
  ]
  const made = await plan(`${KOINLY}\n${rows.join('\n')}\n`, 'long.csv')
  expect(made.state).toBe('ready')
  expect(made.files[0]?.rows).toBe(3)
  expect((made.files[0]?.added ?? 0) + (made.files[0]?.notUnderstood ?? 0)).toBe(3)
  expect(made.files[0]?.added).toBeGreaterThanOrEqual(2)
})

test('interchange with a member that is not its own is refused by that member’s name', async () => {
  const document = {
    schema: 'tallystick/events@1',
    profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
    accounts: [{ id: 'a', name: 'A', kind: 'exchange', colour: 'red' }],
    assets: [],
    events: [],
  }
  const made = await plan(JSON.stringify(document), 'books.json')
  const words = [made.files[0]?.problem ?? '', ...(await notUnderstood(made.batch)).map(({ reason }) => reason)].join(
    ' ',
  )
  expect(words).toContain('colour')
})

test('an upload that skips a chunk, goes on after its end, or belongs to nobody is refused', async () => {
  const { batch, uploads } = await running.client.intake.begin({ files: [{ name: 'a.csv', bytes: 10 }] })
  const upload = uploads[0] ?? ''
  const chunk = (index: number, last: boolean, to = upload) =>
    running.client.intake.chunk({ upload: to, index, base64: Buffer.from('a,b\n').toString('base64'), last })
  expect((await errorOf(chunk(1, false))).code).toBe('REFUSED')
  await chunk(0, true)
  expect((await errorOf(chunk(1, true))).code).toBe('REFUSED')
  expect((await errorOf(chunk(0, true, 'nobody.0'))).code).toBe('NOT_FOUND')
  await running.client.intake.discard({ batch })
})

test('a source, an account or a zone that is not there is refused in words when a file is to be read again', async () => {
  const made = await plan(krakenCsv(soundRow), 'kraken.csv')
  const replan = (how: { source?: string; account?: string; zone?: string }) =>
    errorOf(running.client.intake.replan({ batch: made.batch, file: 'kraken.csv', ...how }))
  expect(await replan({ source: 'mt-gox' })).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('mt-gox'),
  })
  expect(await replan({ account: 'nobody' })).toMatchObject({ code: 'REFUSED' })
  expect(await replan({ zone: 'Mars/Olympus' })).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('Mars'),
  })
})
