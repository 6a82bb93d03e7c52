import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ReportEntry } from '../../../shared/contract/tax.ts'
import { importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

const SAMPLES = join(import.meta.dirname, '../../../samples')
const FILES = [
  'binance-statement.csv',
  'coinbase-transactions.csv',
  'kraken-ledgers-2022-2024.csv',
  'kraken-ledgers-2024-2025.csv',
  'ledger-live-operations.csv',
  'riverbank-koinly-template.csv',
  'prices.csv',
]

const COUNTRIES = [
  { cc: 'us', zone: 'America/New_York', currency: 'USD', rate: '1', label: '2024', method: 'fifo' },
  { cc: 'gb', zone: 'Europe/London', currency: 'GBP', rate: '0.79', label: '2024-25', method: 's104' },
  { cc: 'de', zone: 'Europe/Berlin', currency: 'EUR', rate: '0.92', label: '2024', method: 'fifo' },
  { cc: 'au', zone: 'Australia/Sydney', currency: 'AUD', rate: '1.52', label: '2024-25', method: 'fifo' },
  { cc: 'ca', zone: 'America/Toronto', currency: 'CAD', rate: '1.37', label: '2024', method: 'acb' },
  { cc: 'fr', zone: 'Europe/Paris', currency: 'EUR', rate: '0.92', label: '2024', method: 'portfolio-fr' },
] as const
const year = 2024
const page = { offset: 0, limit: 500 } as const

/** Exchange rates of every day that the samples cover, the same one throughout. */
function rates(currency: string, rate: string): string {
  const lines = ['date,asset,currency,price']
  for (let day = Date.UTC(2021, 11, 30); day <= Date.UTC(2026, 0, 2); day += 86_400_000)
    lines.push(`${new Date(day).toISOString().slice(0, 10)},USD,${currency},${rate}`)
  return `${lines.join('\n')}\n`
}

interface Document {
  readonly totals: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly forms: Readonly<Record<string, readonly unknown[]>>
}
interface PrintedReport {
  readonly yearLabel: string
  readonly currency: string
  readonly sections: readonly { readonly id: string; readonly rows: readonly unknown[] }[]
}

async function printed({ client }: RunningEngine, form: string, format: ReportEntry['formats'][number]) {
  const { base64 } = await client.reports.render({ form, year, format })
  return Buffer.from(base64, 'base64')
}

test.each(COUNTRIES)(
  'the samples as books of $cc: computed, reported in every format, filed, and as filed from then on',
  async ({ cc, zone, currency, rate, label, method }) => {
    const running = await runWithLedger({ jurisdiction: cc, currency, zone, method, taxYear: year })
    try {
      const { client } = running
      const files = Object.fromEntries(FILES.map((name) => [name, readFileSync(join(SAMPLES, name))]))
      await importAll(client, { ...files, ...(currency === 'USD' ? {} : { 'rates.csv': rates(currency, rate) }) })
      await quiet(client)
      const { years, toVerify } = await client.tax.years()
      const totals = years.find((one) => one.year === year)
      expect(totals).toMatchObject({ label, jurisdiction: cc, method, filed: false })
      expect(totals?.proceeds).not.toBe('0')
      const { text } = await client.tax.document({ year })
      const document = JSON.parse(text) as Document
      const figures = (await client.reports.list()).find(({ id }) => id === 'return-figures')
      const formats = figures?.formatsByYear.find((one) => one.year === year)
      expect(formats).toEqual({ year, label, formats: ['pdf', 'csv', 'xlsx', 'json'] })
      for (const format of formats?.formats ?? [])
        expect((await printed(running, 'return-figures', format)).length).toBeGreaterThan(500)
      for (const form of ['gains', 'income', 'holdings'])
        expect((await printed(running, form, 'json')).length).toBeGreaterThan(500)
      const report = JSON.parse((await printed(running, 'return-figures', 'json')).toString('utf8')) as PrintedReport
      expect(report).toMatchObject({ yearLabel: label, currency })
      for (const [form, lines] of Object.entries(document.forms))
        if (form !== 'us-8949' && lines.length > 0)
          expect(report.sections.find(({ id }) => id === form)?.rows.length).toBe(lines.length)
      for (const note of toVerify) expect(JSON.stringify(report)).toContain(JSON.stringify(note).slice(1, -1))
      await everyFigureOpens(running)
      await client.check.freeze({ year })
      expect((await client.check.diff({ year })).same).toBe(true)
      expect((await client.tax.document({ year })).text).toBe(text)
      const filed = (await client.tax.years()).years.find((one) => one.year === year)
      expect(filed).toEqual({ ...totals, filed: true })
    } finally {
      await running.end()
    }
  },
  300_000,
)

/** Each figure of each form leads on: to rows of the books, or to the year's sums. */
async function everyFigureOpens({ client }: RunningEngine): Promise<void> {
  const { sections } = await client.reports.table({ form: 'return-figures', year, ...page })
  let opened = 0
  for (const { rows } of sections)
    for (const ref of rows.slice(0, 12).flatMap(({ refs }) => Object.values(refs).slice(0, 1))) {
      const { node, total } = await client.tax.expand({ ref, offset: 0, limit: 1 })
      expect(node.label, ref).toContain('Figures for the return')
      expect(total, ref).toBeGreaterThan(0)
      opened += 1
    }
  expect(opened).toBeGreaterThan(5)
}
