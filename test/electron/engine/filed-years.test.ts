import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type FilingDraft, freezeFiling, listFilings, readFiling } from '../../../electron/ledger/filings.ts'
import { gateOf, writableLedger } from '../../../electron/ledger/handles.ts'
import { openVault } from '../../../electron/vault/vault.ts'
import type { Money } from '../../../shared/amount/amount.ts'
import { type Frozen, freezeResult, thawResult } from '../../../shared/tax/frozen-result.ts'
import { importAll, PASSPHRASE, quiet, type RunningEngine, runEngine, runWithLedger } from './running-engine.ts'

const BOOKS = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [
    { id: 'kraken', name: 'Kraken', kind: 'exchange' },
    { id: 'cold', name: 'Cold', kind: 'wallet' },
  ],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    event('b', '2023-03-01', 'buy', leg('in', 'kraken', 'BTC', '2'), leg('out', 'kraken', 'USD', '40000.00')),
    event('t', '2023-05-01', 'transfer', leg('out', 'kraken', 'BTC', '1'), leg('in', 'cold', 'BTC', '1')),
    event('s', '2024-06-01', 'sell', leg('out', 'cold', 'BTC', '0.5'), leg('in', 'cold', 'USD', '30000.00')),
    event('r', '2024-07-01', 'staking_reward', { ...leg('in', 'kraken', 'BTC', '0.01'), value: '600.00' }),
    event('u', '2024-08-01', 'sell', leg('out', 'cold', 'BTC', '0.7'), leg('in', 'cold', 'USD', '42000.00')),
    event('s25', '2025-06-01', 'sell', leg('out', 'kraken', 'BTC', '0.25'), leg('in', 'kraken', 'USD', '25000.00')),
  ],
})

function leg(role: string, account: string, asset: string, amount: string) {
  return { role, account, asset, amount }
}
function event(id: string, day: string, kind: string, ...legs: object[]) {
  return { id, time: `${day}T12:00:00Z`, kind, legs }
}

let running: RunningEngine
afterEach(() => running.end())
const page = { offset: 0, limit: 100 } as const

/** Everything that the app shows of a year. */
async function shown(year: number) {
  const { tax, reports } = running.client
  const { years } = await tax.years()
  const {
    job: _d,
    revision: _e,
    ...disposals
  } = await tax.disposals({ ...page, year, sort: 'disposed', descending: false })
  const { job: _i, revision: _j, ...income } = await tax.income({ ...page, year })
  const { job: _o, revision: _p, ...open } = await tax.open({ ...page, year })
  const { text } = await tax.document({ year })
  const { node } = await tax.expand({ ref: `total:${year}:gain`, ...page })
  const way = await tax.expand({ ref: `lot:${disposals.rows[0]?.id}`, ...page })
  const forms = await Promise.all(
    ['us-8949', 'us-schedule-d', 'gains', 'income', 'return-figures'].map(async (form) => {
      const { job: _r, revision: _s, ...table } = await reports.table({ form, year, ...page })
      return table
    }),
  )
  const lot = { label: way.node.label, below: way.children.map(({ ref }) => ref) }
  return {
    totals: years.find((one) => one.year === year),
    disposals,
    income,
    open,
    text,
    gain: node.amount,
    lot,
    forms,
  }
}

/** Closes the ledger, changes its latest filing into what another version of the engine would have filed, and opens it again. */
async function refiled(change: (draft: FilingDraft, frozen: Frozen) => FilingDraft, keepRows = true): Promise<void> {
  const { folder } = running
  await running.engine.stop()
  const name = readdirSync(folder).find((file) => file.endsWith('.tally')) ?? ''
  const holder = { door: 'a test', pid: process.pid, since: 0 }
  const opened = await openVault(join(folder, name), { passphrase: PASSPHRASE }, { holder })
  if (opened.status !== 'open') throw new Error(opened.text)
  const ledger = writableLedger(opened.vault.connection)
  const [filing] = listFilings(ledger)
  const documents = filing === undefined ? null : readFiling(ledger, filing.id)
  if (filing === undefined || documents === null) throw new Error('nothing was filed')
  const frozen = thawResult((documents.rows ?? Buffer.from('{}')).toString('utf8'))
  if (frozen === null) throw new Error('the rows of the filing cannot be read')
  const { inputs, result: document, rows } = documents
  const draft = change({ ...filing, inputs, result: document, rows: rows ?? Buffer.alloc(0) }, frozen)
  freezeFiling(ledger, draft, { summary: 'file 2024', who: 'tester', at: 1_800_000_000_000 })
  if (!keepRows) gateOf(ledger).connection.exec('DELETE FROM filing_rows')
  opened.vault.close()
  running = runEngine(folder)
  const [known] = await running.client.session.ledgers()
  await running.client.session.open({ ref: known?.ref ?? '', with: { kind: 'passphrase', passphrase: PASSPHRASE } })
}

async function file2024() {
  running = await runWithLedger()
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
  const before = await shown(2024)
  await running.client.check.freeze({ year: 2024 })
  return before
}

test('filing a year changes none of its figures, whoever asks for them', async () => {
  const before = await file2024()
  const after = await shown(2024)
  expect(after).toEqual({ ...before, totals: { ...before.totals, filed: true } })
  expect(before.lot.below).toHaveLength(2)
})

test('a year filed by another version of the engine stays as it was filed, row by row and form by form', async () => {
  await file2024()
  await refiled((draft, { result, forms }) => {
    const disposals = result.disposals.map((row) => ({ ...row, gain: (row.gain + 7n * 10n ** 18n) as Money }))
    const totals = new Map(
      [...result.totals].map(([year, sums]) => [
        year,
        year === 2024 ? { ...sums, gain: (sums.gain + 21n * 10n ** 18n) as Money, label: 'as filed' } : sums,
      ]),
    )
    const income = result.income.map((row) => ({ ...row, head: 'as filed' }))
    const other = { ...result, engine: '0.9.0', disposals, totals, income }
    const document = JSON.parse(Buffer.from(draft.result).toString('utf8')) as { totals: Record<string, object> }
    document.totals['2024'] = { ...document.totals['2024'], gain: '48021.00' }
    return {
      ...draft,
      engineVersion: '0.9.0',
      result: Buffer.from(JSON.stringify({ ...document, engine: '0.9.0' })),
      rows: Buffer.from(
        freezeResult({ result: other, forms: { ...forms, 'us-as-filed': [{ line: '1', value: '5' }] } }, 2024),
      ),
    }
  })
  const filed = await shown(2024)
  expect(filed.totals).toMatchObject({ filed: true, engine: '0.9.0', label: 'as filed', gain: '48021' })
  expect(filed.disposals.rows.map(({ gain }) => gain)).toEqual(['20007', '20007', '8007'])
  expect(filed.income.heads).toMatchObject([{ head: 'as filed', value: '600' }])
  expect(filed.gain).toBe('48021')
  const figures = filed.forms.at(-1)?.sections.find(({ title }) => title === 'us-as-filed')
  expect(figures?.rows[0]?.cells).toEqual({ line: '1', value: '5' })
  expect(JSON.parse(filed.text)).toMatchObject({ engine: '0.9.0' })
  expect((await running.client.check.diff({ year: 2024 })).lines.find(({ label }) => label === 'gain')).toMatchObject({
    filed: '48021.00',
  })
  const { years } = await running.client.tax.years()
  expect(years.find(({ year }) => year === 2025)).toMatchObject({ filed: false, gain: '20000' })
})

test('a year filed before the rows were kept is read from its document, to the cent', async () => {
  const before = await file2024()
  await refiled((draft) => draft, false)
  const filed = await shown(2024)
  expect(filed.totals).toMatchObject({ filed: true, gain: before.totals?.gain, income: before.totals?.income })
  expect(filed.disposals).toEqual(before.disposals)
  expect(filed.income).toEqual(before.income)
  expect(filed.text).toBe(before.text)
  expect(filed.lot.below).toEqual([before.lot.below.at(-1)])
  expect(filed.forms[0]).toMatchObject({ sections: before.forms[0]?.sections })
  expect((await running.client.check.verify()).ok).toBe(false)
})

test('a filing keeps the answers it rests on, and what the other answers would have changed', async () => {
  running = await runWithLedger()
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
  await running.client.tax.setPosition({ id: 'P5', choice: 'claim', scope: {}, reason: 'claimed by hand' })
  await running.client.tax.setFacts({ person: { '2024': { filingStatus: 'single' } } })
  await running.client.check.freeze({ year: 2024 })
  await refiled((draft) => {
    expect(draft.settings).toMatchObject({
      jurisdiction: 'us',
      person: { 2024: { filingStatus: 'single' } },
      positions: { P5: [{ choice: 'claim', reason: 'claimed by hand' }] },
      positionEffects: [],
    })
    return draft
  })
})
