import type { RecipeEntry } from '../../../../shared/contract/recipes.ts'

export type Recipe = RecipeEntry['recipe']
export type Leg = Recipe['legs'][number]
export type AssetPlace = Leg['asset']
export type Meaning = NonNullable<Recipe['word']>['meanings'][string]

/** Most columns a row may be identified by. */
const MOST_IDENTIFYING = 12
const CHANGING = /\b(?:balance|status|state|saldo)\b/i

/** The names of a header, each once, as recipes compare them: without regard to case and spaces around. */
export function namesOf(header: readonly string[]): string[] {
  const met = new Set<string>()
  return header
    .map((name) => name.trim())
    .filter((name) => {
      const folded = name.toLowerCase()
      if (folded === '' || met.has(folded)) return false
      met.add(folded)
      return true
    })
}

/** A mapping with nothing chosen yet, for a table of which no column could be guessed. */
export function blankRecipe(fileName: string, names: readonly string[], id: string): Recipe {
  const name = fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '') || 'My table'
  return {
    schema: 'tallystick/recipe@1',
    id,
    version: 1,
    name: name.slice(0, 120),
    venue: name.slice(0, 120),
    account: { name: name.slice(0, 120), kind: 'exchange' },
    header: { columns: [...names] },
    time: { columns: [], format: 'iso', zone: 'ask' },
    decimals: 'file',
    identity: { columns: [] },
    legs: [],
  }
}

/** A further amount: a column of the header that is always what came in. */
export function newLeg(names: readonly string[]): Leg {
  const column = names[0] ?? ''
  return { amount: { column }, asset: { column }, sign: 'as-written' }
}

/** The columns that a recipe reads, in the order of the header. */
function usedColumns(recipe: Recipe): string[] {
  const legs = recipe.legs.flatMap((leg) => [
    ...amountColumns(leg.amount),
    ...assetColumns(leg.asset),
    ...(leg.value ? [leg.value.amount, ...assetColumns(leg.value.currency)] : []),
    ...(leg.acquired === undefined ? [] : [leg.acquired]),
    ...(leg.cost ? [...amountColumns(leg.cost.amount), ...assetColumns(leg.cost.currency)] : []),
  ])
  const { word, group, status, note, hash, toAddress, fromAddress, counterparty, identity, wallet } = recipe
  const named = [wallet, hash, toAddress, fromAddress, counterparty, identity.id, status?.column]
  return [
    ...new Set([
      ...recipe.time.columns,
      ...(word?.columns ?? []),
      ...legs,
      ...(group?.columns ?? []),
      ...identity.columns,
      ...(note ?? []),
      ...named.filter((name) => name !== undefined),
    ]),
  ]
}

const amountColumns = (amount: Leg['amount']): readonly string[] =>
  'column' in amount ? [amount.column] : amount.product

/** Do rows become opening lots, which have a day and a cost? */
export const hasLots = ({ word }: Recipe): boolean =>
  [word?.otherwise, ...Object.values(word?.meanings ?? {})].some((meaning) => meaning?.kind === 'opening_lot')

function assetColumns(asset: AssetPlace): string[] {
  if ('column' in asset) return [asset.column]
  return 'pair' in asset ? [asset.pair] : []
}

/** The columns that tell rows apart where nobody chose others: time, words and amounts, none that changes later. */
export function plainIdentity(recipe: Recipe): string[] {
  const { time, word, legs, group } = recipe
  const bare: Recipe = { ...recipe, time, legs, identity: { columns: [] } }
  const telling = new Set([
    ...time.columns,
    ...(word?.columns ?? []),
    ...usedColumns({ ...bare, note: undefined, status: undefined }),
    ...(group?.columns ?? []),
  ])
  for (const aside of [recipe.hash, recipe.toAddress, recipe.fromAddress, recipe.counterparty])
    if (aside !== undefined) telling.delete(aside)
  return [...telling].filter((name) => !CHANGING.test(name)).slice(0, MOST_IDENTIFYING)
}

/**
 * The recipe as it is tried and saved: the header demands the columns that are read and allows the others, and rows are
 * told apart by what is read where nobody chose columns for it.
 */
export function completed(recipe: Recipe, names: readonly string[], identityChosen: boolean): Recipe {
  const identity = identityChosen ? recipe.identity.columns : plainIdentity(recipe)
  const next: Recipe = { ...recipe, identity: { ...recipe.identity, columns: identity } }
  const used = new Set(usedColumns(next))
  const columns = names.filter((name) => used.has(name))
  const optional = names.filter((name) => !used.has(name))
  const { optional: _before, ...header } = next.header
  return without({
    ...next,
    header: {
      ...header,
      columns: columns.length < 2 ? [...names] : columns,
      ...(optional.length > 0 && columns.length >= 2 ? { optional } : {}),
    },
  })
}

/** Without members that are undefined: a recipe holds what was said and nothing else. */
function without(recipe: Recipe): Recipe {
  return Object.fromEntries(Object.entries(recipe).filter(([, value]) => value !== undefined)) as Recipe
}
