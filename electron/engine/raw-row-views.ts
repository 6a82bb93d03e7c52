/** Source rows in their own words: bytes of the original file, cut into cells as its table was. Runs in the read worker. */
import papaparse from 'papaparse'
import type { RawRow } from '../../shared/contract/events.ts'
import type { CurrencyCode } from '../../shared/events/identifiers.ts'
import { openImport } from '../intake/import-stream.ts'
import { eventRowInBatch } from '../ledger/batch-list.ts'
import { corroboratedBy, versionsOf } from '../ledger/event-history.ts'
import { eventRows, rowOfEvent } from '../ledger/event-list.ts'
import { readFileChunks } from '../ledger/files.ts'
import { handTies } from '../ledger/hand.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { transactionOf } from '../ledger/join-acts.ts'
import { joinReason, recordsOfWhole } from '../ledger/joins.ts'
import { newestLive } from '../ledger/link-targets.ts'
import { type RawRecord, rawBytes, rawRecord, recordsOfEvent } from '../ledger/raw-rows.ts'
import { everyRecipe } from '../ledger/recipes.ts'
import { anyLines, eventLinesOf, viewContext } from './event-views.ts'
import type { FileDetail, TableShape } from './intake-jobs.ts'
import type { EventSources } from './worker-protocol.ts'

/** One source row by its record's id; null where the ledger has no such row. */
export async function rawRowOf(ledger: ReadableLedger, record: number): Promise<RawRow | null> {
  const found = rawRecord(ledger, record)
  return found === null ? null : rawRowView(ledger, found)
}

/** The source rows behind a staged event of one import. */
export async function previewRawRows(ledger: ReadableLedger, batch: number, event: string): Promise<RawRow[]> {
  const row = eventRowInBatch(ledger, batch, event)
  return row === undefined ? [] : rawRows(ledger, row)
}

/** Everything that stands behind one event of the books; null where no live import has it. */
export async function eventSources(ledger: ReadableLedger, event: string): Promise<EventSources | null> {
  const row = rowOfEvent(ledger, event)
  const [fact] = row === undefined ? [] : eventRows(ledger, [row])
  if (row === undefined || fact === undefined) return null
  const context = viewContext(ledger)
  return {
    revision: ledger.revision(),
    line: eventLinesOf(ledger, [event], context)[0] ?? null,
    hash: fact.hash,
    fromAddress: fact.fromAddress,
    toAddress: fact.toAddress,
    rawRows: await rawRowsWithOrigins(ledger, event, row),
    corroboratedBy: [event, ...recordsOfWhole(ledger, event)]
      .flatMap((one) => corroboratedBy(ledger, one))
      .map(({ event: other, source, proof }) => ({
        event: other,
        source: source ?? '',
        reason: proof,
      })),
    records: anyLines(ledger, recordsOfWhole(ledger, event)),
    joinReason: joinReason(ledger, event),
    transaction: transactionOf(ledger, event),
    versions: versionsOf(ledger, event).map(({ version, batch, visible }) => ({ version, batch, live: visible })),
  }
}

/** The rows of an event, and, of one that was made by hand or joined out of others, the rows of those. */
async function rawRowsWithOrigins(ledger: ReadableLedger, event: string, row: number): Promise<RawRow[]> {
  const rows = await rawRows(ledger, row)
  const met = new Set([event])
  const originsOf = (id: string): readonly string[] => [...handTies(ledger, id).madeFrom, ...recordsOfWhole(ledger, id)]
  const queue = [...originsOf(event)]
  for (let origin = queue.shift(); origin !== undefined; origin = queue.shift()) {
    if (met.has(origin)) continue
    met.add(origin)
    const fact = newestLive(ledger, origin)
    if (fact !== undefined) rows.push(...(await rawRows(ledger, fact)))
    queue.push(...originsOf(origin))
  }
  return rows
}

async function rawRows(ledger: ReadableLedger, event: number): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for (const record of recordsOfEvent(ledger, event)) rows.push(await rawRowView(ledger, record))
  return rows
}

async function rawRowView(ledger: ReadableLedger, record: RawRecord): Promise<RawRow> {
  const shape = shapeOf(ledger, record)
  const bytes = rawBytes(ledger, record)
  const text = bytes === null ? await rowTextAgain(ledger, record) : decode(bytes, shape.encoding)
  return {
    record: String(record.record),
    file: record.sheet === null ? record.fileName : `${record.fileName} › ${record.sheet}`,
    row: record.row,
    header: [...shape.header],
    cells: cellsOf(text, shape),
    text,
    hash: record.hash,
    batch: record.batch,
    identity: record.identity,
  }
}

/** The text of a source row, for lists that need no cells. */
export function rowText(ledger: ReadableLedger, record: RawRecord): string {
  const bytes = rawBytes(ledger, record)
  return bytes === null ? '' : decode(bytes, shapeOf(ledger, record).encoding)
}

const NO_SHAPE: TableShape = { sheet: null, header: [], delimiter: null, encoding: 'utf-8' }

function shapeOf(ledger: ReadableLedger, record: RawRecord): TableShape {
  const text = ledger.value<string>('SELECT detail FROM source_file WHERE id = ?', record.file) ?? '{}'
  const { tables = [] } = JSON.parse(text) as Partial<FileDetail>
  return tables.find(({ sheet }) => sheet === record.sheet) ?? tables[0] ?? NO_SHAPE
}

const decode = (bytes: Buffer, encoding: string): string =>
  new TextDecoder(encoding === '' ? 'utf-8' : encoding).decode(bytes).replace(/\r?\n$/, '')

function cellsOf(text: string, { delimiter }: TableShape): string[] {
  if (delimiter === null) return [text]
  return papaparse.parse<string[]>(text, { delimiter }).data[0] ?? []
}

/** Rows that are no byte ranges (archives, workbooks) are read once more. */
const rowTextAgain = async (ledger: ReadableLedger, record: RawRecord): Promise<string> =>
  (await rowTextsAgain(ledger, [record])).get(record.record) ?? ''

/** The texts of rows of one file that are no byte ranges, by record: the file is read once more, up to the last of them. */
export async function rowTextsAgain(
  ledger: ReadableLedger,
  records: readonly RawRecord[],
): Promise<Map<number, string>> {
  const texts = new Map<number, string>()
  const [first] = records
  if (first === undefined) return texts
  const tables = new Map<number, Map<number, number>>()
  const stream = openImport(
    {
      fileName: first.fileName,
      accounts: [],
      currency: 'USD' as CurrencyCode,
      recipes: everyRecipe(ledger),
      cancelled: () => texts.size === records.length,
    },
    (message) => {
      if (message.type === 'table') {
        const { member, sheet, table } = message.table
        const name = [member, sheet].filter((part) => part !== null).join(' › ')
        const here = records.filter(
          (one) => one.sheet === null || one.sheet === name || one.sheet === `table ${table + 1}`,
        )
        tables.set(table, new Map(here.map(({ row, record }) => [row, record])))
      } else if (message.type === 'batch') {
        const wanted = tables.get(message.table)
        for (const { row, text } of wanted === undefined ? [] : message.rows) {
          const record = wanted?.get(row)
          if (record !== undefined && text !== undefined) texts.set(record, text)
        }
      }
    },
  )
  for (const chunk of readFileChunks(ledger, first.file)) await stream.push(chunk)
  await stream.end()
  return texts
}
