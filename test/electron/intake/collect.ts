/** Reads a file through the whole intake and keeps everything it emits. */
import { readFileSync } from 'node:fs'
import { openImport } from '../../../electron/intake/import-stream.ts'
import type {
  ImportMessage,
  ImportOptions,
  ImportSummary,
  ImportTable,
  StagedAsset,
  StagedEvent,
  StagedLeg,
  StagedPrice,
  StagedRow,
} from '../../../electron/intake/messages.ts'
import { formatAmount, formatMoney } from '../../../shared/amount/decimal.ts'
import { formatInstant } from '../../../shared/events/civil-time.ts'
import type { CurrencyCode } from '../../../shared/events/identifiers.ts'
import type { SourceFormat } from '../../../shared/sources/source-format.ts'

export interface Collected {
  readonly messages: readonly ImportMessage[]
  readonly tables: readonly ImportTable[]
  readonly rows: readonly StagedRow[]
  readonly events: readonly StagedEvent[]
  readonly prices: readonly StagedPrice[]
  readonly assets: readonly StagedAsset[]
  readonly accounts: readonly string[]
  readonly warnings: readonly string[]
  readonly summary: ImportSummary
}

const OPTIONS: ImportOptions = { fileName: 'export.csv', accounts: [], currency: 'USD' as CurrencyCode }

/** `chunk`: how many bytes are pushed at a time. */
export async function collect(
  content: string | Uint8Array,
  options: Partial<ImportOptions> = {},
  { chunk = 1_048_576, formats }: { chunk?: number; formats?: readonly SourceFormat[] } = {},
): Promise<Collected> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const messages: ImportMessage[] = []
  const stream = openImport({ ...OPTIONS, ...options }, (message) => void messages.push(message), formats)
  for (let at = 0; at < bytes.length; at += chunk) await stream.push(bytes.subarray(at, at + chunk))
  const summary = await stream.end()
  const batches = messages.filter((message) => message.type === 'batch')
  return {
    messages,
    tables: messages.flatMap((message) => (message.type === 'table' ? [message.table] : [])),
    rows: batches.flatMap((batch) => batch.rows).toSorted((a, b) => a.row - b.row),
    events: batches.flatMap((batch) => batch.events).toSorted((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0)),
    prices: batches.flatMap((batch) => batch.prices),
    assets: batches.flatMap((batch) => batch.assets),
    accounts: batches.flatMap((batch) => batch.accounts.map((account) => account.id)),
    warnings: messages.flatMap((message) => (message.type === 'table-end' ? message.warnings : [])),
    summary,
  }
}

export const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/sources/${name}`, import.meta.url))

const legLine = (leg: StagedLeg, main: string): string => {
  const place = leg.account === main ? '' : ` @${leg.account}`
  const on = leg.for === undefined ? '' : ` on ${leg.for}`
  const value = leg.stated === undefined ? '' : ` = ${formatMoney(leg.stated.amount)} ${leg.stated.currency}`
  return `${leg.role} ${formatAmount(leg.amount)} ${leg.asset}${on}${leg.included === true ? ' included' : ''}${value}${place}`
}

/** One line per event: `buy: out 400 EUR, in 0.01 BTC, fee 1.04 EUR on out`; legs of another account end with it. */
export const eventLines = (read: Collected): string[] => {
  const main = read.tables[0]?.account.id ?? ''
  return read.events.map((event) => `${event.kind}: ${event.legs.map((leg) => legLine(leg, main)).join(', ')}`)
}

/** One line per row that is no event: `3 skipped: why`. */
export const otherRows = (read: Collected): string[] =>
  read.rows.flatMap((row) =>
    row.outcome === 'event' || row.outcome === 'price'
      ? []
      : [`${row.row} ${row.outcome}${row.column === undefined ? '' : ` [${row.column}]`}: ${row.reason}`],
  )

export const times = (read: Collected): string[] => read.events.map((event) => formatInstant(event.time))

/** The event that a row is part of, as a line of `eventLines`. */
export function eventOfRow(read: Collected, row: number): string {
  const at = read.events.findIndex((event) => event.rows.includes(row))
  return at < 0 ? `row ${row} is no event` : (eventLines(read)[at] as string)
}

/** An event's facts as one text: all but its id, order, rows and warnings, which differ between files that tell the same. */
export const factsOf = ({ id: _, order: __, rows: ___, warnings: ____, ...facts }: StagedEvent): string =>
  JSON.stringify(facts, (_name, value) => (typeof value === 'bigint' ? `${value}` : value))
