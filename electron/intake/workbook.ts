/** A workbook (.xlsx): every sheet that has a header Tallystick knows. Bounded in size, because it is held in memory. */
import { hash } from 'node:crypto'
import readWorkbookFile, { type Sheet } from 'read-excel-file/node'
import { divideHalfEven, formatDecimal, powerOfTen } from '../../shared/amount/decimal.ts'
import { findDecimalMark } from '../../shared/amount/source-number.ts'
import type { ArchiveIndex } from './archive-index.ts'
import { isBlankRow } from './cells.ts'
import { findHeader } from './header-search.ts'
import { CANCELLED, type ImportRun } from './import-run.ts'
import { reasonAgainstSheets } from './sheet-extent.ts'
import { TableRun } from './table-run.ts'

const LARGEST_WORKBOOK = 64 * 1_048_576
const LARGEST_UNPACKED = 512 * 1_048_576
const PROOF_ROWS = 400

/** Is it the archive of a workbook? */
export const isWorkbook = (index: ArchiveIndex): boolean =>
  index.entries.some(({ name }) => name === 'xl/workbook.xml') &&
  index.entries.some(({ name }) => name === '[Content_Types].xml')

/** Reads all sheets; a text is the problem with the file as a whole. */
export async function readWorkbook(run: ImportRun, bytes: Buffer, index: ArchiveIndex): Promise<string | null> {
  const name = run.options.fileName
  const unpacked = index.entries.reduce((sum, entry) => sum + entry.size, 0)
  if (bytes.length > LARGEST_WORKBOOK || unpacked > LARGEST_UNPACKED || index.refused.length > 0) {
    return `${name} is a workbook that is too large or packed strangely. Nothing was read from it. Save its sheets as CSV.`
  }
  const reason = reasonAgainstSheets(index.entries)
  if (reason !== null) return `${name} is a workbook, but ${reason}. Nothing was read from it. Save its sheets as CSV.`
  let sheets: Sheet<string>[]
  try {
    sheets = await readWorkbookFile<string>(bytes, { trim: false, parseNumber: shortest })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return `${name} cannot be read as a workbook (${why}). Nothing was read from it. Save its sheets as CSV.`
  }
  let known = 0
  for (const { sheet, data } of sheets) {
    const rows = data.map((row) => row.map(cellText))
    const table = tableOf(run, rows, sheet)
    if (table === null) continue
    known++
    for (const [i, cells] of rows.entries()) {
      const row = i + 1
      if (row <= table.info.headerRow || isBlankRow(cells)) continue
      const text = cells.join('\t')
      table.row(
        { row, cells },
        {
          start: null,
          length: Buffer.byteLength(text),
          hash: hash('sha256', text),
          text: () => text,
        },
      )
      if (table.isFull) await run.deliver(table, false)
      if (run.isCancelled) return CANCELLED
    }
    table.end()
    await run.finish(table)
  }
  if (known === 0) return run.unknownText(name)
  for (const { sheet, data } of sheets) {
    const isRead = run.sheets.has(sheet)
    if (!isRead && data.length > 0) await run.leaveOut(sheet, 'this sheet has no header that Tallystick knows')
  }
  return null
}

function tableOf(run: ImportRun, rows: readonly string[][], sheet: string): TableRun | null {
  const found = findHeader(rows, run.options.fileName, run.formats, sheet)
  if (found === null) return null
  const proof = rows.slice(found.index + 1, found.index + 1 + PROOF_ROWS).flat()
  run.sheets.add(sheet)
  return new TableRun(
    {
      table: run.nextTable(),
      member: null,
      sheet,
      rowsAre: 'text',
      encoding: 'utf-8',
      delimiter: null,
      header: found.header,
      candidates: found.candidates,
      mark: findDecimalMark(proof) === ',' ? ',' : '.',
    },
    run.options,
  )
}

/**
 * A workbook holds numbers as doubles and writes up to 17 digits of them; people entered and saw 15. By the format's own
 * nature nothing is lost that was there.
 */
function shortest(text: string): string {
  const match = /^(-?)(\d*)\.?(\d*)(?:[eE]([-+]?\d{1,3}))?$/.exec(text)
  if (match === null) return text
  const [, sign, whole = '', places = '', exponent = '0'] = match
  const digits = `${whole}${places}`.replace(/^0+/, '')
  if (digits.length <= 15 || digits.length > 60) return text
  const surplus = digits.length - 15
  const rounded = divideHalfEven(BigInt(digits), powerOfTen(surplus))
  const scale = places.length - Number.parseInt(exponent, 10) - surplus
  const isPlain = scale >= 0 && scale < 90
  return `${sign}${isPlain ? formatDecimal(rounded, scale) : `${rounded}E${-scale}`}`
}

const pad = (value: number): string => value.toString().padStart(2, '0')

/** A cell as text; dates as `YYYY-MM-DD`, with the time where there is one. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (!(value instanceof Date)) return String(value)
  if (Number.isNaN(value.getTime())) return ''
  const at = new Date(Math.round(value.getTime() / 1000) * 1000)
  const day = `${at.getUTCFullYear().toString().padStart(4, '0')}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`
  const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`
  return time === '00:00:00' ? day : `${day} ${time}`
}
