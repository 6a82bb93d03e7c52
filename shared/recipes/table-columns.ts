/** The columns of a table at which a first mapping is guessed: their names, their first cells, what those look like. */
import type { ZoneName } from '../events/identifiers.ts'
import { foldName } from '../sources/header.ts'
import type { SourceRow, TableHeader } from '../sources/source-format.ts'
import { readTime } from '../sources/times.ts'
import { provedDateOrder, readEpoch, readWrittenTime } from '../sources/written-times.ts'
import { COLUMN_WORDS } from './column-words.ts'
import type { LegSpec, Recipe } from './recipe.ts'

/** Something that a first mapping could not settle. */
export interface RecipeQuestion {
  readonly about: 'time' | 'zone' | 'decimals' | 'amount' | 'asset' | 'words' | 'identity' | 'fee'
  readonly text: string
  readonly choices: readonly string[]
}

export type Role = keyof typeof COLUMN_WORDS

export interface TableColumn {
  readonly name: string
  readonly folded: string
  readonly cells: readonly string[]
  readonly numeric: boolean
}

/** Longer than any number that is written in a table. */
const LONGEST_NUMBER = 100

/** Each column once, with its cells. */
export function columnsOf(header: TableHeader, rows: readonly SourceRow[]): TableColumn[] {
  const met = new Set<string>()
  return header.names.flatMap((name, at) => {
    const folded = foldName(name)
    if (folded === '' || met.has(folded)) return []
    met.add(folded)
    const cells = rows.map((row) => (row.cells[at] ?? '').trim())
    const filled = cells.filter((cell) => cell !== '')
    const numbers = filled.filter(
      (cell) =>
        cell.length <= LONGEST_NUMBER &&
        /^[-+(]?[\p{Sc}]?\s?[-+]?[\d.,'’\s]*\d[\d.,'’]*\)?(?:[eE][-+]?\d+)?$/u.test(cell),
    )
    return [{ name, folded, cells, numeric: filled.length > 0 && numbers.length >= filled.length * 0.8 }]
  })
}

/** The first free column that is called so: in full, or with what is in brackets left out. */
export function find(
  columns: readonly TableColumn[],
  role: Role,
  taken: ReadonlySet<string>,
  fits: (column: TableColumn) => boolean = () => true,
): TableColumn | undefined {
  const free = columns.filter((column) => !taken.has(column.name) && fits(column))
  const plain = (folded: string): string =>
    folded
      .replace(/\s*[([].*$/, '')
      .replaceAll('_', ' ')
      .trim()
  for (const word of COLUMN_WORDS[role]) {
    const found = free.find(({ folded }) => folded === word || plain(folded) === word)
    if (found !== undefined) return found
  }
  return undefined
}

/** How times are written that all of these cells are; null where there is none. */
const UTC = 'UTC' as ZoneName

export function timeFormat(cells: readonly string[]): Recipe['time']['format'] | null {
  const filled = cells.filter((cell) => cell !== '')
  if (filled.length === 0) return null
  const all = (reads: (text: string) => unknown): boolean => filled.every((text) => reads(text) !== null)
  if (all(readEpoch)) return 'epoch'
  if (all((text) => readTime(text, UTC))) return 'iso'
  if (all((text) => readWrittenTime(text, 'ymd', UTC)) && /^\d{4}/.test(filled[0] as string)) return 'ymd'
  const order = provedDateOrder(filled) ?? 'dmy'
  if (all((text) => readWrittenTime(text, order, UTC))) return order
  const other = order === 'dmy' ? 'mdy' : 'dmy'
  return all((text) => readWrittenTime(text, other, UTC)) ? other : null
}

/** The columns that legs read. */
export const legColumns = (legs: readonly LegSpec[]): string[] =>
  legs.flatMap(({ amount, asset }) => [
    ...('column' in amount ? [amount.column] : amount.product),
    ...('column' in asset ? [asset.column] : 'pair' in asset ? [asset.pair] : []),
  ])
