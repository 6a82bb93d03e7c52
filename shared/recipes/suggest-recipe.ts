/** A first mapping of an unknown table, from the words of its header and its first rows. A person looks it over. */
import { findDecimalMark } from '../amount/source-number.ts'
import type { AccountKind } from '../events/account.ts'
import type { ZoneName } from '../events/identifiers.ts'
import { foldName } from '../sources/header.ts'
import type { SourceRow, TableHeader } from '../sources/source-format.ts'
import { readTime } from '../sources/times.ts'
import { provedDateOrder, readWrittenTime } from '../sources/written-times.ts'
import { CHANGING } from './check-recipe.ts'
import { COLUMN_WORDS, DONE_WORDS, KIND_WORDS, SIDE_WORDS } from './column-words.ts'
import { type AssetSpec, type LegSpec, type Meaning, RECIPE_SCHEMA, type Recipe, wordKey } from './recipe.ts'

import { head, lotsOf } from './suggest-lots.ts'
import {
  columnsOf,
  find,
  legColumns,
  type RecipeQuestion,
  type Role,
  type TableColumn,
  timeFormat,
} from './table-columns.ts'

export interface SuggestedRecipe {
  /** Null where no column looks like a time, or none like an amount. */
  readonly recipe: Recipe | null
  readonly questions: readonly RecipeQuestion[]
}

/**
 * @param id the new recipe's id, which never changes
 * @param account the account that its rows belong to by default
 */
export function suggestRecipe(
  header: TableHeader,
  rows: readonly SourceRow[],
  id: string,
  account: { readonly name: string; readonly kind: AccountKind },
): SuggestedRecipe {
  const columns = columnsOf(header, rows)
  const questions: RecipeQuestion[] = []
  const lots = lotsOf(columns, questions)
  if (lots !== null) return { recipe: { ...lots, ...head(columns, lots, id, account) }, questions }
  // What changes from one export to the next can tell neither time nor amount.
  const lasting = columns.filter(({ name }) => !CHANGING.test(name))
  const time = timeOf(lasting, questions)
  const taken = new Set(time?.columns ?? [])
  const word = wordOf(lasting, taken, questions)
  const legs = legsOf(lasting, taken, word !== undefined, questions)
  if (time === null || legs.length === 0) {
    if (legs.length === 0)
      questions.push({ about: 'amount', text: 'No column looks like an amount.', choices: numericNames(columns) })
    return { recipe: null, questions }
  }
  if (findDecimalMark(columns.filter(({ numeric }) => numeric).flatMap(({ cells }) => cells)) === 'mixed')
    questions.push({
      about: 'decimals',
      text: 'Some numbers are written with a point, others with a comma.',
      choices: ['.', ','],
    })
  const one = (role: Role): string | undefined => find(columns, role, taken)?.name
  const idColumn = find(columns, 'id', taken)
  const isUnique =
    idColumn !== undefined &&
    new Set(idColumn.cells).size === idColumn.cells.length &&
    idColumn.cells.every((cell) => cell !== '')
  const key = keyOf(columns, taken, legs, questions)
  const used = new Set([...time.columns, ...(word?.columns ?? []), ...legColumns(legs), ...(key ?? [])])
  const status = statusOf(columns, used)
  const note = one('note')
  const facts = { hash: one('hash'), toAddress: one('toAddress'), fromAddress: one('fromAddress') }
  const members = [...used, status?.column, isUnique ? idColumn.name : undefined, note, ...Object.values(facts)]
  const needed = new Set(members.filter((name) => name !== undefined))
  const optional = columns.map(({ name }) => name).filter((name) => !needed.has(name))
  const recipe: Recipe = {
    schema: RECIPE_SCHEMA,
    id,
    version: 1,
    name: account.name,
    venue: account.name,
    account,
    header: {
      columns: columns.map(({ name }) => name).filter((name) => needed.has(name)),
      ...(optional.length === 0 ? {} : { optional }),
    },
    time,
    decimals: 'file',
    identity: { ...(isUnique ? { id: idColumn.name } : {}), columns: [...used].slice(0, 12) },
    ...(key === undefined ? {} : { group: { columns: key } }),
    ...(word === undefined ? {} : { word }),
    ...(status === undefined ? {} : { status }),
    legs,
    ...(note === undefined ? {} : { note: [note] }),
    ...Object.fromEntries(Object.entries(facts).filter(([, name]) => name !== undefined && !used.has(name as string))),
  }
  return { recipe, questions }
}

/** A column by which rows of signed amounts belong together: an id that several rows of different assets share. */
function keyOf(
  columns: readonly TableColumn[],
  taken: ReadonlySet<string>,
  legs: readonly LegSpec[],
  questions: RecipeQuestion[],
): string[] | undefined {
  const [first] = legs
  if (first?.sign !== 'as-written' || !('column' in first.asset)) return undefined
  const { column: assetName } = first.asset
  const assets = columns.find(({ name }) => name === assetName)?.cells ?? []
  const joins = ({ cells }: TableColumn): boolean => {
    const met = new Map<string, string>()
    return cells.some((cell, n) => {
      const before = met.get(cell)
      if (cell !== '' && before === undefined) met.set(cell, assets[n] ?? '')
      return before !== undefined && before !== assets[n]
    })
  }
  const column = find(columns, 'id', taken, joins)
  if (column === undefined) return undefined
  questions.push({
    about: 'identity',
    text: `Rows with the same “${column.name}” were taken for one event: say whether they are.`,
    choices: [column.name],
  })
  return [column.name]
}

const numericNames = (columns: readonly TableColumn[]): string[] =>
  columns.filter(({ numeric }) => numeric).map(({ name }) => name)

function timeOf(columns: readonly TableColumn[], questions: RecipeQuestion[]): Recipe['time'] | null {
  const whole = columns.find(
    (column) =>
      timeFormat(column.cells) !== null &&
      /\d{1,2}:\d{2}|^\d{10,13}$/.test(column.cells.find((cell) => cell !== '') ?? ''),
  )
  const date = find(columns, 'date', new Set()) ?? columns.find(({ cells }) => timeFormat(cells) !== null)
  const clock = find(columns, 'clock', new Set(date === undefined ? [] : [date.name]), ({ cells }) =>
    cells.some((cell) => /^\d{1,2}:\d{2}/.test(cell)),
  )
  const parts = whole !== undefined ? [whole] : date === undefined ? [] : clock === undefined ? [date] : [date, clock]
  if (parts.length === 0) {
    questions.push({ about: 'time', text: 'No column looks like a time.', choices: columns.map(({ name }) => name) })
    return null
  }
  const length = Math.max(...parts.map(({ cells }) => cells.length))
  const texts = Array.from({ length }, (_, n) =>
    parts
      .map(({ cells }) => cells[n] ?? '')
      .join(' ')
      .trim(),
  ).filter((text) => text !== '')
  const format = timeFormat(texts)
  if (format === null) {
    questions.push({
      about: 'time',
      text: `The times of “${parts[0]?.name}” are written in a way that is not known.`,
      choices: [],
    })
    return null
  }
  if (format === 'dmy' && provedDateOrder(texts) === null && /^\d{1,2}[-/.]\d{1,2}[-/.]/.test(texts[0] ?? ''))
    questions.push({
      about: 'time',
      text: `“${texts[0]}” may be day or month first: no date in these rows proves which.`,
      choices: ['dmy', 'mdy'],
    })
  const zone = zoneOf(
    format,
    texts,
    parts.map(({ folded }) => folded),
  )
  if (zone === 'ask')
    questions.push({
      about: 'zone',
      text: 'The times name no zone. Say in which zone this place writes them.',
      choices: ['UTC', 'ask'],
    })
  return { columns: parts.map(({ name }) => name), format, zone }
}

const UTC = 'UTC' as ZoneName

function zoneOf(format: Recipe['time']['format'], texts: readonly string[], names: readonly string[]): string {
  if (format === 'epoch' || names.some((name) => /\b(?:utc|gmt)\b/.test(name))) return 'UTC'
  const far = 'Pacific/Kiritimati' as ZoneName
  const read = (text: string, zone: ZoneName) =>
    format === 'iso' ? readTime(text, zone) : readWrittenTime(text, format, zone)
  return texts.every((text) => read(text, UTC)?.time === read(text, far)?.time) ? 'UTC' : 'ask'
}

function wordOf(
  columns: readonly TableColumn[],
  taken: Set<string>,
  questions: RecipeQuestion[],
): Recipe['word'] | undefined {
  const isWords = ({ cells, numeric }: TableColumn): boolean => {
    const words = new Set(cells.filter((cell) => cell !== ''))
    return !numeric && words.size > 0 && words.size <= Math.max(12, cells.length / 3)
  }
  const column = find(columns, 'type', taken, isWords)
  if (column === undefined) return undefined
  taken.add(column.name)
  const meanings = new Map<string, Meaning>()
  const unknown: string[] = []
  for (const word of new Set(column.cells.filter((cell) => cell !== ''))) {
    const folded = foldName(word).replaceAll('_', ' ')
    const known =
      KIND_WORDS[folded] ??
      folded
        .split(' ')
        .map((part) => KIND_WORDS[part])
        .find((one) => one !== undefined)
    if (known === undefined) unknown.push(word)
    else meanings.set(wordKey(word), known)
  }
  if (unknown.length > 0)
    questions.push({
      about: 'words',
      text: `Say what these words of “${column.name}” mean: ${unknown.slice(0, 10).join(', ')}.`,
      choices: unknown.slice(0, 50),
    })
  return { columns: [column.name], meanings: Object.fromEntries(meanings) }
}

/** The legs of a table of two sides, of a market, or of one amount. */
function legsOf(
  columns: readonly TableColumn[],
  taken: Set<string>,
  hasWord: boolean,
  questions: RecipeQuestion[],
): LegSpec[] {
  const take = (column: TableColumn | undefined): string | undefined => {
    if (column !== undefined) taken.add(column.name)
    return column?.name
  }
  const fees = (fallback: AssetSpec | null): LegSpec[] => {
    const amount = take(find(columns, 'fee', taken, ({ numeric }) => numeric))
    if (amount === undefined) return []
    const asset = take(find(columns, 'feeAsset', taken))
    const spec = asset === undefined ? fallback : { column: asset }
    if (spec === null) {
      questions.push({
        about: 'fee',
        text: `Say in which asset “${amount}” is charged.`,
        choices: columns.map(({ name }) => name),
      })
      return []
    }
    if (asset === undefined)
      questions.push({
        about: 'fee',
        text: `“${amount}” does not say its asset; it was taken for that of ${placeOf(spec)}.`,
        choices: columns.map(({ name }) => name),
      })
    return [{ amount: { column: amount }, asset: spec, sign: 'fee' }]
  }
  const sides = twoSides(columns, taken)
  if (sides.length > 0) return [...sides, ...fees(sides[0]?.asset ?? null)]
  const amount = take(find(columns, 'amount', taken, ({ numeric }) => numeric))
  if (amount === undefined) return []
  const pair = find(columns, 'pair', taken, ({ cells }) =>
    cells.every((cell) => cell === '' || /^[^\s/_:-]{2,12}[/_:-][^\s/_:-]{2,12}$/.test(cell)),
  )
  if (pair !== undefined)
    return [...marketLegs(columns, taken, amount, pair.name, hasWord), ...fees({ pair: pair.name, part: 'quote' })]
  const asset = take(find(columns, 'asset', taken, ({ numeric }) => !numeric))
  if (asset === undefined) {
    questions.push({
      about: 'asset',
      text: `Say which asset “${amount}” is of.`,
      choices: columns.map(({ name }) => name),
    })
    return []
  }
  const isSigned = columns.find(({ name }) => name === amount)?.cells.some((cell) => /^[-(\u2212]/.test(cell)) === true
  if (!isSigned && !hasWord)
    questions.push({
      about: 'amount',
      text: `Nothing says whether “${amount}” came in or went out.`,
      choices: ['in', 'out'],
    })
  const sign = isSigned ? 'as-written' : hasWord ? 'with-word' : 'in'
  return [{ amount: { column: amount }, asset: { column: asset }, sign }, ...fees({ column: asset })]
}

const placeOf = (spec: AssetSpec): string =>
  'column' in spec ? `“${spec.column}”` : 'pair' in spec ? `the ${spec.part} of “${spec.pair}”` : spec.symbol

function twoSides(columns: readonly TableColumn[], taken: Set<string>): LegSpec[] {
  const legs: LegSpec[] = []
  for (const sign of ['out', 'in'] as const) {
    const named = (words: readonly string[], numeric: boolean): TableColumn | undefined =>
      columns.find(
        (column) =>
          !taken.has(column.name) &&
          SIDE_WORDS[sign].some((side) =>
            words.some((word) => [`${side} ${word}`, `${side}_${word}`, `${side}${word}`].includes(column.folded)),
          ) &&
          (!numeric || column.numeric || column.cells.every((cell) => cell === '')),
      )
    const amount = named(COLUMN_WORDS.amount, true)
    const asset = named([...COLUMN_WORDS.asset, 'cur.', 'cur'], false)
    if (amount === undefined || asset === undefined) continue
    taken.add(amount.name)
    taken.add(asset.name)
    legs.push({ amount: { column: amount.name }, asset: { column: asset.name }, sign })
  }
  return legs
}

function marketLegs(
  columns: readonly TableColumn[],
  taken: Set<string>,
  amount: string,
  pair: string,
  hasWord: boolean,
): LegSpec[] {
  taken.add(pair)
  const numeric = ({ numeric: is }: TableColumn): boolean => is
  const total = find(columns, 'total', taken, numeric)
  const price = find(columns, 'price', taken, numeric)
  const base: LegSpec = {
    amount: { column: amount },
    asset: { pair, part: 'base' },
    sign: hasWord ? 'with-word' : 'as-written',
  }
  const quote = {
    asset: { pair, part: 'quote' as const },
    sign: hasWord ? ('against-word' as const) : ('reversed' as const),
  }
  if (total !== undefined) {
    taken.add(total.name)
    return [base, { amount: { column: total.name }, ...quote }]
  }
  if (price === undefined) return [base]
  taken.add(price.name)
  return [base, { amount: { product: [amount, price.name] }, ...quote }]
}

function statusOf(columns: readonly TableColumn[], used: ReadonlySet<string>): Recipe['status'] | undefined {
  const column = find(columns, 'status', used, ({ numeric }) => !numeric)
  if (column === undefined) return undefined
  const done = new Set<string>(DONE_WORDS)
  const keep = [...new Set(column.cells)].filter((word) => done.has(foldName(word)))
  return keep.length === 0 ? undefined : { column: column.name, keep }
}
