/** Reports of the open ledger: as tables for the screen and as files. Runs in the compute worker. */

import type { ReportEntry } from '../../shared/contract/tax.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import type { EventId, Instant } from '../../shared/events/identifiers.ts'
import { REPORTS, reportById, reportsFor } from '../../shared/reports/registry.ts'
import type { Report, ReportFormat } from '../../shared/reports/report.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import { memoOf } from './changeover-book.ts'
import { yearLabel } from './countries.ts'
import { Refused, type Source, type TaxBook } from './tax-book.ts'

/** The reports that this ledger can have, with the years they can be had for, and as what. */
export function reportList(book: TaxBook): ReportEntry[] {
  const { totals, jurisdiction, residence } = book.totals()
  const filed = book.filedYears()
  const countries = new Map<number, string>([...totals.keys(), ...filed.keys()].map((year) => [year, jurisdiction]))
  for (const part of residence)
    for (const year of part.result.totals.keys()) if (!countries.has(year)) countries.set(year, part.jurisdiction)
  const years = [...countries.keys()].sort((a, b) => b - a)
  const lived = [...new Set([jurisdiction, ...countries.values()])]
  return REPORTS.flatMap((report) => {
    if (!lived.some((code) => reportsFor(code).includes(report))) return []
    const there = years.flatMap((year) => {
      const code = countries.get(year) ?? jurisdiction
      const formats = reportsFor(code).includes(report) ? [...report.formats(year)] : []
      return formats.length === 0 ? [] : [{ year, label: yearLabel(packOf(code), year), formats }]
    })
    if (years.length > 0 && there.length === 0) return []
    return {
      id: report.id,
      title: report.title,
      about: report.about,
      formats: [...(there[0]?.formats ?? report.formats(NO_YEAR))],
      years: there.map(({ year }) => year),
      formatsByYear: there,
    }
  })
}

/** The formats of a report of which there is no year yet. */
const NO_YEAR = 2025

/** One report of one tax year; null where there is no such report. */
export function buildReport(book: TaxBook, form: string, year: number): Report | null {
  const source = book.ofYear(year)
  const definition = reportById(form)
  if (definition === undefined || !reportsFor(source.result.jurisdiction).includes(definition)) return null
  const { books } = source
  const last = books.events.at(-1)
  return definition.build({
    result: withHash(book, source),
    profile: books.profile,
    accounts: books.accounts,
    assets: books.assets,
    year,
    ledgerName: book.books().settings.name,
    priceSources: priceSources(source),
    transactionOf: transactionsOf(books.events),
    ...(form === 'us-changeover-memo' ? { changeover: memoOf(books), made: Date.now() as Instant } : {}),
    ...(source.forms === null ? {} : { forms: source.forms }),
    ...(last === undefined ? {} : { lastEvent: civilClock(books.profile.zone).dateAt(last.time) }),
  })
}

const transactions = new WeakMap<readonly LedgerEvent[], Map<EventId, string>>()

/** Finds an event's transaction hash or provider's id; the events are gone through once, when the first is asked for. */
function transactionsOf(events: readonly LedgerEvent[]): (event: EventId) => string | undefined {
  return (event) => {
    let known = transactions.get(events)
    if (known === undefined) {
      known = new Map()
      for (const { id, hash } of events) if (hash !== undefined) known.set(id, hash)
      transactions.set(events, known)
    }
    return known.get(event)
  }
}

/** The result with the hash of what it was computed from, which takes a while on large books. */
export const withHash = (book: TaxBook, { result, filing }: Source): Source['result'] =>
  filing === null ? { ...result, inputHash: book.inputHash() } : result

function priceSources({ books }: Source): string[] {
  const counts = new Map<string, number>()
  for (const { source = 'imported prices' } of books.prices) counts.set(source, (counts.get(source) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([source, count]) => `${source.replaceAll('-', ' ')} (${count} prices)`)
}

export interface Rendered {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** A report as a file; null where there is no such report. Throws `Refused` for a format it does not have. */
export async function render(
  book: TaxBook,
  form: string,
  year: number,
  format: ReportFormat,
): Promise<Rendered | null> {
  const report = buildReport(book, form, year)
  const formats = reportById(form)?.formats(year) ?? []
  if (report === null) return null
  if (!formats.includes(format))
    throw new Refused([`${form} cannot be written as ${format}, but as ${formats.join(', ')}.`])
  // Loaded when it is needed: the printers of PDF and workbooks would slow down every start of this worker.
  const { MEDIA_TYPES, renderReport, reportFileName } = await import('../render/render-report.ts')
  const bytes = await renderReport(report, format)
  return { fileName: reportFileName(report, format), mediaType: MEDIA_TYPES[format], bytes }
}

/** A report as the contract shows it: every section with one page of its rows. */
export function table(book: TaxBook, form: string, year: number, page: { offset: number; limit: number }) {
  const report = buildReport(book, form, year)
  if (report === null) return null
  return {
    revision: book.books().revision,
    title: `${report.title} ${report.yearLabel}`,
    notes: [...report.notes],
    sections: report.sections.map((section) => ({
      title: section.title,
      columns: section.columns.map(({ key, label, align }) => ({ key, label, align })),
      rows: section.rows
        .slice(page.offset, page.offset + page.limit)
        .map(({ cells, refs }) => ({ cells: { ...cells }, refs: { ...refs } })),
      totals: { ...section.totals },
      totalRows: section.rows.length,
    })),
  }
}
