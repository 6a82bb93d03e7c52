/** What became of rows that are not plainly added: shown in the preview, by file and outcome. Runs in the read worker. */
import type { RowNotice } from '../../shared/contract/intake.ts'
import { changedByRecord } from '../ledger/event-history.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { keptRows, type RawRecord, recordsByOutcome } from '../ledger/raw-rows.ts'
import { KNOWN_ROW } from './file-plan.ts'
import type { FileDetail } from './intake-jobs.ts'
import { rowText, rowTextsAgain } from './raw-row-views.ts'
import { countRows, missingRows } from './row-ranges.ts'
import type { NoticesCall } from './worker-protocol.ts'

type Notice = RowNotice & { file: string }

const SHOWN_TEXT = 500

/** A container of at most so many bytes is read once more for the texts of its rows. */
const READ_AGAIN = 4_194_304

/** One page of notices, with the texts of rows in archives and workbooks where those are small. */
export async function notices(ledger: ReadableLedger, call: NoticesCall): Promise<{ total: number; rows: Notice[] }> {
  const { total, found } = ledger.snapshot(() => noticePage(ledger, call))
  if (call.withoutTexts) return { total, rows: found.map(({ notice }) => notice) }
  const textless = found.flatMap(({ notice: { text }, record }) => (text === '' && record !== null ? [record] : []))
  const texts = new Map<number, string>()
  for (const [file, records] of Map.groupBy(textless, (record) => record.file)) {
    const size = ledger.value<number>('SELECT size FROM source_file WHERE id = ?', file) ?? 0
    if (size > READ_AGAIN) continue
    for (const [record, text] of await rowTextsAgain(ledger, records)) texts.set(record, text.slice(0, SHOWN_TEXT))
  }
  const rows = found.map(({ notice, record }) => {
    const text = record === null ? undefined : texts.get(record.record)
    return text === undefined ? notice : { ...notice, text }
  })
  return { total, rows }
}

interface Found {
  readonly notice: Notice
  /** Null of a row that the ledger had already: no text of it was kept. */
  readonly record: RawRecord | null
}

/** Rows that the ledger had already come after the skipped ones. */
function noticePage(ledger: ReadableLedger, call: NoticesCall): { total: number; found: Found[] } {
  const { batch, outcome, offset, limit } = call
  const files = ledger.rows<{ id: number; name: string; known: number; detail: string }>(
    'SELECT id, name, known, detail FROM source_file WHERE batch_id = ? AND (? IS NULL OR name = ?) ORDER BY id',
    batch,
    call.file,
    call.file,
  )
  const found: Found[] = []
  let total = 0
  const take = (count: number, read: (offset: number, limit: number) => Found[]) => {
    const from = Math.max(0, offset - total)
    const room = limit - found.length
    if (room > 0 && from < count) found.push(...read(from, room))
    total += count
  }
  for (const file of files) {
    const where = { batch, file: file.id, outcome }
    const { total: count } = recordsByOutcome(ledger, where, { offset: 0, limit: 0 })
    take(count, (from, room) =>
      recordsByOutcome(ledger, where, { offset: from, limit: room }).records.map((record) => ({
        notice: notice(ledger, record, outcome),
        record,
      })),
    )
    if (outcome === 'skipped' && file.known > 0)
      take(file.known, (from, room) =>
        knownRows(ledger, file, from, room).map((known) => ({
          notice: { file: file.name, ...known, reason: KNOWN_ROW, column: null, text: '' },
          record: null,
        })),
      )
  }
  return { total, found }
}

function notice(ledger: ReadableLedger, record: RawRecord, outcome: NoticesCall['outcome']): Notice {
  return {
    file: record.fileName,
    table: record.sheet,
    row: record.row,
    reason: record.reason ?? (outcome === 'changed' ? changedText(ledger, record) : REASONS[outcome]),
    column: record.column,
    text: rowText(ledger, record).slice(0, SHOWN_TEXT),
  }
}

const REASONS = {
  skipped: '',
  'not-understood': '',
  changed: 'a newer state of a row that is in the ledger',
  linked: 'another source has this movement already; this row proves it',
} as const

function changedText(ledger: ReadableLedger, record: RawRecord): string {
  const changed = changedByRecord(ledger, record.record)
  if (changed === null) return REASONS.changed
  return changed.map(({ field, from, to }) => `${field}: ${from} → ${to}`).join('; ')
}

type Known = Pick<Notice, 'table' | 'row'>

/** Rows that the ledger had already, table by table in the order of the file. */
function knownRows(
  ledger: ReadableLedger,
  file: { readonly id: number; readonly detail: string },
  offset: number,
  limit: number,
): Known[] {
  const { rowNumbers = [], moreRowNumbers = [], tables = [] } = JSON.parse(file.detail) as Partial<FileDetail>
  const found: Known[] = []
  let before = 0
  for (const [n, ranges] of [rowNumbers, ...moreRowNumbers].entries()) {
    const table = tables[n]?.sheet ?? null
    const present = new Set(keptRows(ledger, file.id, table))
    const from = Math.max(0, offset - before)
    for (const row of missingRows(ranges, present, from, limit - found.length)) found.push({ table, row })
    before += countRows(ranges) - present.size
  }
  return found
}
