/** A recipe tried on the first rows of a table: what each row would become, and why not. */
import { type DecimalMark, findDecimalMark } from '../amount/source-number.ts'
import type { ZoneName } from '../events/identifiers.ts'
import { foldName } from '../sources/header.ts'
import type { EventDraft, RowOutcome, SourceRow, TableHeader } from '../sources/source-format.ts'
import { checkRecipe, type RecipeProblem } from './check-recipe.ts'
import { type Recipe, wordKey } from './recipe.ts'
import { recipeFormat } from './recipe-format.ts'

export interface TriedRecipe {
  readonly problems: readonly RecipeProblem[]
  readonly recipe: Recipe | null
  /** Whether the recipe knows this header. */
  readonly recognised: boolean
  readonly events: readonly EventDraft[]
  readonly rows: readonly RowOutcome[]
  readonly warnings: readonly string[]
  readonly words: readonly { readonly word: string; readonly count: number; readonly known: boolean }[]
}

const nothing = (problems: readonly RecipeProblem[], recipe: Recipe | null, recognised: boolean): TriedRecipe => ({
  problems,
  recipe,
  recognised,
  events: [],
  rows: [],
  warnings: [],
  words: [],
})

/** @param sha256 of UTF-8 text, as 64 hex digits */
export function tryRecipe(
  value: unknown,
  header: TableHeader,
  rows: readonly SourceRow[],
  sha256: (text: string) => string,
): TriedRecipe {
  const checked = checkRecipe(value)
  if (!checked.ok) return nothing(checked.problems, null, false)
  const { recipe } = checked
  const format = recipeFormat(recipe)
  const found = format.recognise(header)
  if (found === null) {
    const names = new Set(header.names.map(foldName))
    const missing = recipe.header.columns.filter((column) => !names.has(foldName(column)))
    const text = `this table has no column ${missing.map((column) => `“${column}”`).join(', ')}`
    return nothing([{ path: 'header.columns', text }], recipe, false)
  }
  const events: EventDraft[] = []
  const outcomes: RowOutcome[] = []
  const warnings = new Set<string>()
  const zone = recipe.time.zone === 'ask' ? ('UTC' as ZoneName) : (recipe.time.zone as ZoneName)
  const context = {
    layout: found.layout,
    header,
    zone,
    mark: markOf(recipe, header, rows),
    fileName: header.fileName,
    sha256,
  }
  const reader = format.open(context, {
    event: (draft) => void events.push(draft),
    row: (outcome) => void outcomes.push(outcome),
    price: () => {},
    warn: (text) => void warnings.add(text),
  })
  for (const row of rows) reader.row(row)
  reader.end()
  return {
    problems: [],
    recipe,
    recognised: true,
    events,
    rows: outcomes.toSorted((a, b) => a.row - b.row),
    warnings: [...warnings],
    words: wordsIn(recipe, header, rows),
  }
}

/** How the numbers of the amount columns are written, as far as these rows prove it. */
function markOf(recipe: Recipe, header: TableHeader, rows: readonly SourceRow[]): DecimalMark {
  if (recipe.decimals !== 'file') return recipe.decimals
  const columns = recipe.legs.flatMap(({ amount }) => ('column' in amount ? [amount.column] : amount.product))
  const at = columns.map((name) => columnAt(header, name))
  const mark = findDecimalMark(rows.flatMap(({ cells }) => at.map((n) => cells[n] ?? '')))
  return mark === 'mixed' ? 'undecided' : mark
}

/** Where a column stands, or −1. */
const columnAt = (header: TableHeader, name: string): number => {
  const wanted = foldName(name)
  return header.names.findIndex((one) => foldName(one) === wanted)
}

function wordsIn(recipe: Recipe, header: TableHeader, rows: readonly SourceRow[]): TriedRecipe['words'] {
  const { word } = recipe
  if (word === undefined) return []
  const at = word.columns.map((name) => columnAt(header, name))
  const counts = new Map<string, number>()
  for (const { cells } of rows) {
    const text = at
      .map((n) => (cells[n] ?? '').trim())
      .join(' ')
      .trim()
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const known = new Set(Object.keys(word.meanings).map(foldName))
  return [...counts]
    .map(([text, count]) => ({
      word: wordKey(text),
      count,
      known: known.has(foldName(text)) || word.otherwise !== undefined,
    }))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
}
