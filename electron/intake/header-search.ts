/** Finds the header of a table: among the first lines, under each separator, the line that a format recognises best. */

import { isHeaderAgain } from '../../shared/sources/header.ts'
import { type Candidate, recogniseTable } from '../../shared/sources/registry.ts'
import type { SourceFormat, SourceRow, TableHeader } from '../../shared/sources/source-format.ts'

/** The header stands within so many records. */
export const HEADER_WITHIN = 30
const SAMPLE_ROWS = 20

export interface FoundHeader {
  readonly header: TableHeader
  readonly candidates: readonly Candidate[]
  /** Index of the header among the records that were searched. */
  readonly index: number
}

/** A header cell as people see it: without BOM, special spaces folded, trimmed. */
const shownName = (name: string): string =>
  name
    .replace(/\ufeff/g, '')
    .replace(/[\u00a0\u202f\u2007\u2009\s]+/g, ' ')
    .trim()

/**
 * The header among `rows` (from the top of the table), or null where no format knows any of the lines. `row` of the
 * result counts from 1.
 */
export function findHeader(
  rows: readonly (readonly string[])[],
  fileName: string,
  formats: readonly SourceFormat[],
  sheet?: string,
): FoundHeader | null {
  let best: FoundHeader | null = null
  for (let index = 0; index < Math.min(rows.length, HEADER_WITHIN); index++) {
    const names = (rows[index] as readonly string[]).map(shownName)
    if (names.filter((name) => name !== '').length < 2) continue
    const sample: SourceRow[] = rows
      .slice(index + 1, index + 1 + SAMPLE_ROWS)
      .map((cells, i) => ({ row: index + 2 + i, cells }))
      .filter(({ cells }) => !isHeaderAgain(cells, { names }))
    const preamble = rows.slice(0, index).map((cells) => cells.join(','))
    const header: TableHeader = {
      row: index + 1,
      names,
      fileName,
      sample,
      preamble,
      ...(sheet === undefined ? {} : { sheet }),
    }
    const candidates = recogniseTable(header, formats)
    const score = candidates[0]?.score ?? 0
    if (score > (best?.candidates[0]?.score ?? 0)) best = { header, candidates, index }
  }
  return best
}
