/** Everything in the books, to leave or to check. Runs in the compute worker. */
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import { writeInterchange } from '../../shared/events/interchange-writer.ts'
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

/** The effective events as interchange JSON, or as CSV with one line for each leg. */
export function exportBooks(book: TaxBook, format: 'json' | 'csv', fileName: string): Rendered {
  if (format === 'json')
    return {
      fileName: `${fileName}.json`,
      mediaType: 'application/json',
      bytes: new TextEncoder().encode(`${writeInterchange(book.document())}\n`),
    }
  return { fileName: `${fileName}.csv`, mediaType: 'text/csv; charset=utf-8', bytes: legsCsv(book) }
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
