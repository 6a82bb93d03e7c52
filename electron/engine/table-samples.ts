/** The tables of a staged file for mapping, and recipes tried on them. Runs in the read worker. */
import { createHash } from 'node:crypto'
import { formatAmount } from '../../shared/amount/decimal.ts'
import type { RawTable as RawTableView, RecipePreview } from '../../shared/contract/recipes.ts'
import { tryRecipe } from '../../shared/recipes/preview-recipe.ts'
import { sourceIdOf } from '../../shared/recipes/recipe-format.ts'
import { type SuggestedRecipe, suggestRecipe } from '../../shared/recipes/suggest-recipe.ts'
import type { EventDraft } from '../../shared/sources/source-format.ts'
import { type RawTable, readRawTables } from '../intake/raw-tables.ts'
import { accountKey } from '../intake/resolve-draft.ts'
import { readFileChunks } from '../ledger/files.ts'
import type { ReadableLedger } from '../ledger/handles.ts'

export interface TablesCall {
  readonly file: number
  readonly name: string
  readonly table: number
  readonly headerRow: number | null
  /** The id that a suggested recipe gets. */
  readonly id: string
}

export interface TablesAnswer extends SuggestedRecipe {
  readonly tables: RawTableView[]
  readonly problem: string | null
}

export interface TryCall extends Omit<TablesCall, 'id'> {
  readonly recipe: unknown
}

/** Chunks of 1 MiB: enough of a text for its first rows; archives and workbooks are read whole up to this. */
const TEXT_CHUNKS = 2
const CONTAINER_CHUNKS = 64

function* beginningOf(ledger: ReadableLedger, file: number): Generator<Uint8Array> {
  let n = 0
  let most = TEXT_CHUNKS
  for (const chunk of readFileChunks(ledger, file)) {
    if (n === 0 && (chunk[0] === 0x50 || chunk[0] === 0x1f || chunk[0] === 0x7b || chunk[0] === 0x5b))
      most = CONTAINER_CHUNKS
    if (n++ >= most) return
    yield chunk
  }
}

const tablesOf = (ledger: ReadableLedger, { file, name, headerRow }: Omit<TablesCall, 'id' | 'table'>) =>
  readRawTables(beginningOf(ledger, file), name, headerRow ?? undefined)

/** The tables of a file, and a first mapping of the chosen one. */
export async function rawTables(ledger: ReadableLedger, call: TablesCall): Promise<TablesAnswer> {
  const { tables, problem } = await tablesOf(ledger, call)
  const chosen = tables[call.table]
  const suggested =
    chosen === undefined
      ? { recipe: null, questions: [] }
      : suggestRecipe(chosen.header, chosen.rows, call.id, { name: placeName(call.name), kind: 'exchange' })
  return { tables: tables.map(tableView), problem, ...suggested }
}

/** A name for the place from the file's: without its ending, marks as spaces. */
const placeName = (fileName: string): string =>
  fileName
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .slice(0, 60) || 'Table'

const tableView = ({ table, member, sheet, delimiter, header, rows }: RawTable): RawTableView => ({
  table,
  member,
  sheet,
  delimiter,
  headerRow: header.row,
  header: [...header.names],
  preamble: [...header.preamble],
  rows: rows.map(({ row, cells }) => ({ row, cells: [...cells] })),
})

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** What a recipe makes of the first rows of a table. */
export async function triedRecipe(ledger: ReadableLedger, call: TryCall): Promise<RecipePreview> {
  const { tables } = await tablesOf(ledger, call)
  const chosen = tables[call.table]
  if (chosen === undefined) {
    const problems = [{ path: '', text: 'there is no such table in this file' }]
    return { problems, recognised: false, events: [], rows: [], warnings: [], words: [] }
  }
  const tried = tryRecipe(call.recipe, chosen.header, chosen.rows, sha256)
  const { recipe } = tried
  const prefix = recipe === null ? '' : `${sourceIdOf(recipe)}:${accountKey(recipe.account.name)}:`
  return {
    problems: tried.problems.map(({ path, text }) => ({ path, text })),
    recognised: tried.recognised,
    events: tried.events.map((draft) => eventView(draft, prefix, recipe?.account.name ?? '')),
    rows: tried.rows.map((row) => ({
      row: row.row,
      // A recipe makes events only.
      outcome: row.outcome === 'broker-form' ? ('event' as const) : row.outcome,
      reason: 'reason' in row ? row.reason : null,
      column: 'column' in row ? (row.column ?? null) : null,
    })),
    warnings: [...tried.warnings],
    words: tried.words.map((word) => ({ ...word })),
  }
}

function eventView(draft: EventDraft, prefix: string, account: string): RecipePreview['events'][number] {
  return {
    id: `${prefix}${draft.group}`,
    time: draft.time,
    timeText: draft.timeText,
    kind: draft.kind,
    sourceKind: draft.sourceKind ?? null,
    note: draft.note ?? '',
    legs: draft.legs.map((leg) => ({
      role: leg.role,
      account: leg.account?.name ?? account,
      symbol: leg.asset.symbol,
      amount: formatAmount(leg.amount),
      included: leg.included === true,
    })),
    rows: [...draft.rows],
    warnings: [...(draft.warnings ?? [])],
  }
}
