/** A file's tables in their own words, whatever they are: for a person who maps them. */
import type { CurrencyCode, SourceId, ZoneName } from '../../shared/events/identifiers.ts'
import type { SourceFormat, SourceRow, TableHeader } from '../../shared/sources/source-format.ts'
import { openImport } from './import-stream.ts'

/** One table with its first rows. */
export interface RawTable {
  readonly table: number
  readonly member: string | null
  readonly sheet: string | null
  readonly delimiter: string | null
  readonly header: TableHeader
  readonly rows: readonly SourceRow[]
}

/** Rows of a table that are kept. */
export const SAMPLE_ROWS = 200
/** Tables of a file that are looked at. */
const MOST_TABLES = 50

/** How much a line looks like a header: names, no numbers, each once, and rows of as many cells under it. */
function headerScore({ names, sample }: TableHeader): number {
  const filled = names.filter((name) => name !== '')
  if (filled.length < 2) return 0
  const words = filled.filter((name) => /\p{L}/u.test(name) && !/^\d{1,4}[-/.]\d{1,2}/.test(name))
  const distinct = new Set(filled.map((name) => name.toLowerCase()))
  const fitting = sample.filter(({ cells }) => Math.abs(cells.length - names.length) <= 1)
  const fit = sample.length === 0 ? 0.3 : fitting.length / sample.length
  const share = (words.length * distinct.size) / (filled.length * filled.length)
  return Math.round(share * (0.2 + 0.8 * fit) * (filled.length / (filled.length + 2)) * 1000) / 1000
}

/**
 * Reads the tables of a file as far as a person needs to see them. `chunks` may be the beginning of the file only, where
 * it is plain text. `headerRow` names the line of the header where the guess was wrong. Gives what is wrong with the file
 * where it has no table at all.
 */
export async function readRawTables(
  chunks: Iterable<Uint8Array>,
  fileName: string,
  headerRow?: number,
): Promise<{ readonly tables: readonly RawTable[]; readonly problem: string | null }> {
  const found: { header: TableHeader; rows: SourceRow[] }[] = []
  const places: Pick<RawTable, 'member' | 'sheet' | 'delimiter'>[] = []
  let isDone = false
  const anyTable: SourceFormat = {
    id: 'any-table' as SourceId,
    name: 'any table',
    venue: '',
    version: 1,
    account: { name: fileName, kind: 'manual' },
    zone: 'UTC' as ZoneName,
    decimals: 'file',
    identityColumns: {},
    howToGet: '',
    recognise(header) {
      const score = headerRow === undefined ? headerScore(header) : header.row === headerRow ? 1 : 0
      return score === 0 ? null : { score, layout: 'any' }
    },
    open({ header }, sink) {
      const own = { header, rows: [] as SourceRow[] }
      if (found.length < MOST_TABLES) found.push(own)
      return {
        row({ row, cells }) {
          if (own.rows.length < SAMPLE_ROWS) own.rows.push({ row, cells: cells.map((cell) => `${cell}`) })
          else if (found.length >= MOST_TABLES) isDone = true
          sink.row({ row, outcome: 'skipped', identity: `row:${row}`, reason: '' })
        },
        end() {},
      }
    },
  }
  const stream = openImport(
    { fileName, accounts: [], currency: 'USD' as CurrencyCode, cancelled: () => isDone },
    (message) => {
      if (message.type !== 'table') return
      const { member, sheet, delimiter } = message.table
      places.push({ member, sheet, delimiter })
    },
    [anyTable],
  )
  for (const chunk of chunks) {
    await stream.push(chunk)
    if (isDone) break
  }
  const { problem } = await stream.end()
  const tables = found.map(({ header, rows }, n) => ({
    table: n,
    member: places[n]?.member ?? null,
    sheet: places[n]?.sheet ?? null,
    delimiter: places[n]?.delimiter ?? null,
    header,
    rows,
  }))
  return { tables, problem: tables.length === 0 ? problem : null }
}
