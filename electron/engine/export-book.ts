/** Everything in the books, to leave or to check. Runs in the compute worker. */
import { zipSync } from 'fflate'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import type { ExportFormat } from '../../shared/contract/export-formats.ts'
import { inEngineOrder } from '../../shared/events/engine-order.ts'
import { writeInterchange } from '../../shared/events/interchange-writer.ts'
import { beancountJournal } from '../../shared/exports/beancount.ts'
import type { Books, ExportedBooks } from '../../shared/exports/books.ts'
import { coinTrackingTable } from '../../shared/exports/cointracking.ts'
import { hledgerJournal } from '../../shared/exports/hledger.ts'
import { koinlyFiles } from '../../shared/exports/koinly.ts'
import { rotkiFiles } from '../../shared/exports/rotki.ts'
import { csvField, spreadsheetText } from '../render/spreadsheet-text.ts'
import type { Rendered } from './report-book.ts'
import type { TaxBook } from './tax-book.ts'

const COLUMNS = [
  'event',
  'time',
  'kind',
  'leg',
  'role',
  'account',
  'asset',
  'amount',
  'included',
  'value',
  'currency',
  'hash',
  'note',
] as const

const OTHER_PROGRAMS: Readonly<
  Record<Exclude<ExportFormat, 'json' | 'csv'>, (books: Books, fileName: string) => ExportedBooks>
> = {
  koinly: koinlyFiles,
  cointracking: coinTrackingTable,
  rotki: rotkiFiles,
  hledger: hledgerJournal,
  beancount: beancountJournal,
}

/** The effective events as interchange JSON, as CSV with one line for each leg, or as another program's files. */
export function exportBooks(book: TaxBook, format: ExportFormat, fileName: string): Rendered {
  if (format === 'json')
    return {
      fileName: `${fileName}.json`,
      mediaType: 'application/json',
      bytes: new TextEncoder().encode(`${writeInterchange(book.document())}\n`),
    }
  if (format === 'csv')
    return { fileName: `${fileName}.csv`, mediaType: 'text/csv; charset=utf-8', bytes: legsCsv(book) }
  const { profile, accounts, assets, events, prices } = book.document()
  const books: Books = {
    currency: profile.currency,
    zone: profile.zone,
    accounts,
    assets,
    events: inEngineOrder(events),
    prices,
  }
  return asOneFile(OTHER_PROGRAMS[format](books, fileName), `${fileName} for ${format}`)
}

/** A fixed day for the members of an archive, so that the same books give the same bytes. */
const ARCHIVE_DAY = new Date(1980, 0, 1)

/** One file as it is, several as a ZIP archive, none as an empty text. */
function asOneFile({ files }: ExportedBooks, archiveName: string): Rendered {
  const encoder = new TextEncoder()
  const [only] = files
  if (only === undefined)
    return { fileName: `${archiveName}.txt`, mediaType: 'text/plain; charset=utf-8', bytes: new Uint8Array(0) }
  if (files.length === 1) {
    const mediaType = only.name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'text/plain; charset=utf-8'
    return { fileName: only.name, mediaType, bytes: encoder.encode(only.text) }
  }
  const members = Object.fromEntries(files.map(({ name, text }) => [name, encoder.encode(text)]))
  const bytes = zipSync(members, { mtime: ARCHIVE_DAY })
  return { fileName: `${archiveName}.zip`, mediaType: 'application/zip', bytes }
}

function legsCsv(book: TaxBook): Uint8Array {
  const { accounts, assets, profile } = book.books()
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]))
  const symbols = new Map(assets.map(({ id, symbol }) => [id, symbol ?? id]))
  const lines = [COLUMNS.join(',')]
  const text = (cell: string) => csvField(spreadsheetText(cell, 'text'))
  for (const event of book.resident.events())
    for (const [at, leg] of event.legs.entries())
      lines.push(
        [
          text(event.id),
          new Date(event.time).toISOString(),
          event.kind,
          String(at),
          leg.role,
          text(accountNames.get(leg.account) ?? leg.account),
          text(symbols.get(leg.asset) ?? leg.asset),
          formatAmount(leg.amount),
          leg.included === true || leg.withheld === true ? 'yes' : '',
          leg.value === undefined ? '' : formatMoney(leg.value),
          leg.value === undefined ? '' : profile.currency,
          text(event.hash ?? ''),
          text(event.note ?? ''),
        ].join(','),
      )
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)
}
