/** Everything in the books, to leave or to check. Runs in the compute worker. */
import { zipSync } from 'fflate'
import type { ExportFormat } from '../../shared/contract/export-formats.ts'
import { inEngineOrder } from '../../shared/events/engine-order.ts'
import { writeInterchange } from '../../shared/events/interchange-writer.ts'
import { beancountJournal } from '../../shared/exports/beancount.ts'
import type { Books, ExportedBooks } from '../../shared/exports/books.ts'
import { coinTrackingTable } from '../../shared/exports/cointracking.ts'
import { hledgerJournal } from '../../shared/exports/hledger.ts'
import { koinlyFiles } from '../../shared/exports/koinly.ts'
import { rotkiFiles } from '../../shared/exports/rotki.ts'
import { tallystickTable } from '../../shared/exports/tallystick-table.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { besideEvents } from './decided-export.ts'
import type { Rendered } from './report-book.ts'
import type { TaxBook } from './tax-book.ts'

const TABLES: Readonly<Record<Exclude<ExportFormat, 'json'>, (books: Books, fileName: string) => ExportedBooks>> = {
  csv: tallystickTable,
  koinly: koinlyFiles,
  cointracking: coinTrackingTable,
  rotki: rotkiFiles,
  hledger: hledgerJournal,
  beancount: beancountJournal,
}

/** The effective events as interchange JSON, as our own table with a line for each leg, or as another program's files. */
export function exportBooks(ledger: ReadableLedger, book: TaxBook, format: ExportFormat, fileName: string): Rendered {
  if (format === 'json')
    return {
      fileName: `${fileName}.json`,
      mediaType: 'application/json',
      bytes: new TextEncoder().encode(
        `${writeInterchange({ ...book.document(), ...besideEvents(ledger, book.resident.events()) })}\n`,
      ),
    }
  const { profile, accounts, assets, events, prices } = book.document()
  const books: Books = {
    currency: profile.currency,
    zone: profile.zone,
    accounts,
    assets,
    events: inEngineOrder(events),
    prices,
  }
  return asOneFile(TABLES[format](books, fileName), `${fileName} for ${format}`)
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
