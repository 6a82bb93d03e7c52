import { afterAll, beforeAll, expect, test } from 'vitest'
import { calc } from '../../../electron/cli/calc.ts'
import type { TraceNode } from '../../../shared/contract/tax.ts'
import { connectPage, errorOf, quiet, type RunningEngine, runEngine } from './running-engine.ts'

let running: RunningEngine
beforeAll(async () => {
  running = runEngine()
  await running.client.session.createSample()
  await quiet(running.client)
}, 300_000)
afterAll(() => running.end())

const page = { offset: 0, limit: 100 } as const

/** The way from a figure down along first children to the row it comes from. */
async function wayDown(ref: string): Promise<TraceNode[]> {
  const { node, children } = await running.client.tax.expand({ ref, ...page })
  const below = children.at(-1)
  return below === undefined ? [node] : [node, ...(await wayDown(below.ref))]
}

test('a cell of Form 8949 leads down to the row of the file it comes from, in the source’s own words', async () => {
  const { sections } = await running.client.reports.table({ form: 'us-8949', year: 2025, ...page })
  const ref = sections[0]?.rows[0]?.refs.d ?? ''
  expect(ref).toMatch(/^form:us-8949:2025:[IL]:1:d$/)
  const way = await wayDown(ref)
  const kinds = way.map((node) => node.ref.split(':')[0])
  expect(kinds[0]).toBe('form')
  expect(kinds[1]).toBe('disposal')
  expect(kinds.at(-1)).toBe('raw')
  const raw = way.at(-1)?.raw
  expect(raw?.file).toMatch(/\.csv$/)
  expect(raw?.cells.length).toBe(raw?.header.length)
  expect(raw?.text).toContain(raw?.cells[0] ?? 'nothing')
})

test('a total of the year is the sum of what its trace shows', async () => {
  const { years } = await running.client.tax.years()
  const total = years.find(({ year }) => year === 2025)
  const {
    node,
    children,
    total: count,
  } = await running.client.tax.expand({ ref: 'total:2025:gain', offset: 0, limit: 500 })
  expect(node.amount).toBe(total?.gain)
  expect(count).toBe(children.length)
  const scaled = (text: string) => {
    const [whole = '0', part = ''] = text.replace('-', '').split('.')
    return BigInt(whole + part.padEnd(18, '0')) * (text.startsWith('-') ? -1n : 1n)
  }
  const sum = children.reduce((amount, child) => amount + scaled(child.amount ?? '0'), 0n)
  expect(sum).toBe(scaled(total?.gain ?? '0'))
})

test('a transfer in the trace opens into its two halves, each with its own source row', async () => {
  const { pairs } = await running.client.transfers.list({ tab: 'accepted', offset: 0, limit: 1 })
  const event = pairs[0]?.outs[0]?.event ?? ''
  const { node, children } = await running.client.tax.expand({ ref: `event:${event}`, ...page })
  expect(node.label).toContain('transfer')
  expect(children.map(({ label }) => label)).toEqual(['The leaving half', 'The arriving half'])
  for (const half of children) expect((await wayDown(half.ref)).at(-1)?.raw).not.toBeNull()
})

test('a figure that is not in the books is named so', async () => {
  for (const ref of ['total:1999:gain', 'disposal:nobody', 'form:us-8949:2025:Z:1:d', 'raw:999999', 'nonsense:1'])
    expect(await errorOf(running.client.tax.expand({ ref, ...page }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('a sale without a purchase counts at no cost, and is an open point with both bounds', async () => {
  const { rows } = await running.client.tax.open({ ...page, year: 2025 })
  const missing = rows.find(({ code, symbol }) => code === 'missing-acquisition' && symbol === 'LINK')
  expect(missing).toMatchObject({ amount: '40', stage: 'sources', effect: { low: '0' } })
  expect(Number(missing?.effect.high)).toBeGreaterThan(0)
  const { rows: disposals } = await running.client.tax.disposals({
    ...page,
    year: 2025,
    event: missing?.event ?? '',
    sort: 'disposed',
    descending: false,
  })
  expect(disposals[0]).toMatchObject({ cost: '0', term: 'short', rule: 'missing-acquisition' })
  expect(disposals[0]?.open).toContain('missing-acquisition')
})

test('the bounds of a year, and the year without its open points, are traced to the events that are open', async () => {
  const { years } = await running.client.tax.years()
  const totals = years.find(({ year }) => year === 2025)
  const { rows } = await running.client.tax.open({ ...page, year: 2025 })
  const events = new Set(rows.flatMap(({ event }) => (event === null ? [] : [`event:${event}`])))
  const figures = {
    low: totals?.low,
    high: totals?.high,
    incomeHigh: totals?.incomeHigh,
    'withoutOpen.gain': totals?.withoutOpen.gain,
    'withoutOpen.income': totals?.withoutOpen.income,
  }
  for (const [field, amount] of Object.entries(figures)) {
    const { node, children } = await running.client.tax.expand({ ...page, ref: `total:2025:${field}` })
    expect([field, node.amount]).toEqual([field, amount])
    expect(new Set(children.map(({ ref }) => ref))).toEqual(events)
  }
})

test('a missing price is an open point of its event, with both bounds and never zero', async () => {
  const { rows } = await running.client.tax.open({ ...page, year: 2025 })
  const missing = rows.find(({ code }) => code === 'missing-price')
  expect(missing).toMatchObject({ symbol: 'DOT', effect: { low: expect.any(String), high: expect.any(String) } })
  expect(Number(missing?.effect.high)).toBeGreaterThan(Number(missing?.effect.low))
  expect(Number(missing?.effect.low)).not.toBe(0)
})

test('the exported books give the very same result through calc, with no ledger', async () => {
  const { text } = await running.client.tax.document({ year: 2025 })
  const exported = await running.client.reports.exportAll({ format: 'json' })
  const again = calc(Buffer.from(exported.base64, 'base64').toString('utf8'), exported.fileName)
  if (!again.ok) throw new Error(again.error)
  const [ours, theirs] = [JSON.parse(text), JSON.parse(JSON.stringify(again.document))]
  expect(theirs.inputHash).toBe(ours.inputHash)
  expect(theirs.totals['2025']).toEqual(ours.totals['2025'])
  expect(theirs.disposals.filter((row: { taxYear: number }) => row.taxYear === 2025)).toEqual(ours.disposals)
})

test('the methods of the law stand side by side, the chosen one with the totals of the year', async () => {
  const { rows } = await running.client.tax.compareMethods({ years: [2025] })
  const allowed = rows.filter((row) => row.allowed)
  expect(allowed.map(({ method }) => method)).toEqual(['fifo', 'lifo', 'hifo', 'lofo', 'specific'])
  const { years } = await running.client.tax.years()
  expect(rows.find(({ chosen }) => chosen)?.cells[0]?.gain).toBe(years.find(({ year }) => year === 2025)?.gain)
})

test('balances are those of the movements, at any date, and say since when one is below nothing', async () => {
  const now = await running.client.events.balances({})
  expect(now.rows.filter(({ negativeSince }) => negativeSince !== null)).toMatchObject([
    { symbol: 'LINK', accountName: 'Kraken', negativeSince: '2025-02-18' },
  ])
  const before = await running.client.events.balances({ at: '2021-01-01' })
  expect(before.rows).toEqual([])
})

test('every form is rendered in every format it is listed with', async () => {
  const forms = await running.client.reports.list()
  expect(forms.map(({ id }) => id)).toEqual([
    'us-8949',
    'us-schedule-d',
    'us-changeover-memo',
    'return-figures',
    'gains',
    'income',
    'holdings',
  ])
  for (const { id, formats } of forms)
    for (const format of formats) {
      const { fileName, base64 } = await running.client.reports.render({ form: id, year: 2025, format })
      expect(fileName).toContain(`${id}-2025`)
      expect(base64.length).toBeGreaterThan(100)
    }
  const wrong = running.client.reports.render({ form: 'no-such-form', year: 2025, format: 'pdf' })
  expect((await errorOf(wrong)).code).toBe('NOT_FOUND')
})

test('the stages say what is open and how much hangs on it', async () => {
  const { stages } = await running.client.check.stages()
  expect(stages.map(({ id, state }) => [id, state])).toEqual([
    ['books', 'open'],
    ['sources', 'open'],
    ['read-in', 'done'],
    ['transfers', 'open'],
    ['file', 'open'],
  ])
  const sources = stages.find(({ id }) => id === 'sources')
  expect(sources?.problems[0]?.text).toBe('Sold, but never bought')
  expect(Number(sources?.atStake.high)).toBeGreaterThan(0)
})

test('a filed year keeps its figures whatever comes later, and shows the difference', async () => {
  const before = (await running.client.tax.document({ year: 2025 })).text
  const { filing } = await running.client.check.freeze({ year: 2025 })
  const gain = async () => (await running.client.tax.years()).years.find(({ year }) => year === 2025)
  const filed = await gain()
  expect(filed).toMatchObject({ filed: true, gain: filing.gain })
  expect((await running.client.check.diff({ year: 2025 })).same).toBe(true)
  const { rows } = await running.client.tax.disposals({ ...page, year: 2025, sort: 'gain', descending: true })
  await running.client.events.decide({
    decisions: [{ what: 'ignore', event: rows[0]?.event ?? '', reason: 'it was not mine' }],
  })
  expect(await gain()).toEqual(filed)
  expect((await running.client.tax.document({ year: 2025 })).text).toBe(before)
  const diff = await running.client.check.diff({ year: 2025 })
  expect(diff.same).toBe(false)
  expect(diff.lines.find(({ label }) => label === 'gain')).toMatchObject({ filed: expect.any(String) })
  expect(diff.lines.find(({ label }) => label === 'gain')?.now).not.toBe(filing.gain)
  expect(diff.lines.filter(({ filed, now }) => /[{[]/.test(filed + now))).toEqual([])
  expect(diff.lines.map(({ label }) => label)).toContain('Net capital gain or loss')
  expect((await running.client.check.verify()).ok).toBe(true)
  await running.client.live.undo()
  expect((await running.client.check.diff({ year: 2025 })).same).toBe(true)
  expect((await errorOf(running.client.check.diff({ year: 2022 }))).code).toBe('NOT_FOUND')
  expect((await errorOf(running.client.check.freeze({ year: 1999 }))).code).toBe('REFUSED')
})

test('an event opens with its rows, versions and the figures it takes part in', async () => {
  const { rows } = await running.client.tax.disposals({ ...page, year: 2025, sort: 'gain', descending: true })
  const detail = await running.client.events.get({ event: rows[0]?.event ?? '' })
  expect(detail.rawRows.length).toBeGreaterThan(0)
  expect(detail.versions).toMatchObject([{ version: 1, live: true }])
  expect(detail.figures.map(({ ref }) => ref)).toContain(`disposal:${rows[0]?.id}`)
  expect((await errorOf(running.client.events.get({ event: 'nobody' }))).code).toBe('NOT_FOUND')
})

test('the ledger view filters, searches, sorts and reaches its last line', async () => {
  const list = (input: Partial<Parameters<typeof running.client.events.list>[0]>) =>
    running.client.events.list({ offset: 0, limit: 50, filter: {}, sort: 'time', descending: true, ...input })
  const { total } = await list({})
  const last = await list({ offset: total - 1 })
  expect(last.rows).toHaveLength(1)
  const first = await list({ descending: false, limit: 1 })
  expect(first.rows[0]?.id).toBe(last.rows[0]?.id)
  const bought = await list({ filter: { kinds: ['buy'], asset: 'BTC', year: 2024 } })
  expect(bought.total).toBeGreaterThan(0)
  for (const row of bought.rows) expect([row.kind, row.date.slice(0, 4)]).toEqual(['buy', '2024'])
  const found = await list({ filter: { text: 'LINK kraken' } })
  expect(found.total).toBeGreaterThan(0)
  const attention = await list({ filter: { attention: true } })
  expect(attention.total).toBeGreaterThan(0)
  expect(attention.total).toBeLessThan(total)
  const facets = await connectPage(running.engine).client.events.facets()
  expect(facets.years).toEqual([2025, 2024, 2023, 2022])
  expect(facets.accounts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Kraken', 'Coinbase', 'Binance', 'Ledger']),
  )
})
