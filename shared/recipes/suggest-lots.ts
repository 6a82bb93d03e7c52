/** A first mapping of a table of lots that were left at the end of a year, whatever its columns are called. */
import type { AccountKind } from '../events/account.ts'
import { provedDateOrder } from '../sources/written-times.ts'
import { RECIPE_SCHEMA, type Recipe } from './recipe.ts'
import { find, legColumns, type RecipeQuestion, type TableColumn, timeFormat } from './table-columns.ts'

type Mapped = Pick<Recipe, 'time' | 'word' | 'legs' | 'wallet'>

/** What every recipe begins with, and the columns that it names. */
export function head(
  columns: readonly TableColumn[],
  { time, word, legs, wallet }: Mapped,
  id: string,
  account: { readonly name: string; readonly kind: AccountKind },
): Omit<Recipe, keyof Mapped> {
  const lots = legs.flatMap(({ acquired, cost }) => [
    ...(acquired === undefined ? [] : [acquired]),
    ...(cost === undefined ? [] : legColumns([{ ...cost, asset: cost.currency, sign: 'in' }])),
  ])
  const used = new Set([...time.columns, ...(word?.columns ?? []), ...legColumns(legs), ...lots])
  if (wallet !== undefined) used.add(wallet)
  const optional = columns.map(({ name }) => name).filter((name) => !used.has(name))
  const names = columns.map(({ name }) => name).filter((name) => used.has(name))
  return {
    schema: RECIPE_SCHEMA,
    id,
    version: 1,
    name: account.name,
    venue: account.name,
    account,
    header: { columns: names, ...(optional.length === 0 ? {} : { optional }) },
    decimals: 'file',
    identity: { columns: [...used].slice(0, 12) },
  }
}

/** A table of lots that were left: what, how much, since when, at what cost. Lists of sales name those too. */
export function lotsOf(columns: readonly TableColumn[], questions: RecipeQuestion[]): Mapped | null {
  if (columns.some(({ folded }) => /sold|dispos|proceeds|sale|\bgain/.test(folded))) return null
  const acquired = find(columns, 'acquired', new Set(), ({ cells }) => timeFormat(cells) !== null)
  const cost = find(columns, 'cost', new Set(), ({ numeric }) => numeric)
  if (acquired === undefined || cost === undefined) return null
  const taken = new Set([acquired.name, cost.name])
  const amount = find(columns, 'amount', taken, ({ numeric }) => numeric)
  const asset = find(columns, 'asset', taken, ({ numeric }) => !numeric)
  const format = timeFormat(acquired.cells)
  if (amount === undefined || asset === undefined || format === null) return null
  if (format === 'dmy' && provedDateOrder(acquired.cells) === null)
    questions.push({
      about: 'time',
      text: `“${acquired.cells.find((cell) => cell !== '')}” may be day or month first: no date in these rows proves which.`,
      choices: ['dmy', 'mdy'],
    })
  const code = /[([]\s*([a-z]{3})\s*[)\]]|\bin ([a-z]{3})\b/.exec(cost.folded)
  const inName = (code?.[1] ?? code?.[2] ?? '').toUpperCase()
  const inColumn = find(
    columns,
    'costCurrency',
    new Set([...taken, amount.name, asset.name]),
    ({ numeric }) => !numeric,
  )
  if (inName === '' && inColumn === undefined)
    questions.push({ about: 'asset', text: `Say in which currency “${cost.name}” is.`, choices: ['USD', 'EUR', 'GBP'] })
  const wallet = find(columns, 'wallet', new Set([...taken, asset.name]), ({ numeric }) => !numeric)
  return {
    time: { columns: [acquired.name], format, zone: 'UTC' },
    word: { columns: [asset.name], meanings: {}, otherwise: { kind: 'opening_lot', flow: 'in' } },
    legs: [
      {
        amount: { column: amount.name },
        asset: { column: asset.name },
        sign: 'in',
        acquired: acquired.name,
        cost: {
          amount: { column: cost.name },
          currency: inName === '' && inColumn !== undefined ? { column: inColumn.name } : { symbol: inName || '?' },
        },
      },
    ],
    ...(wallet === undefined ? {} : { wallet: wallet.name }),
  }
}
