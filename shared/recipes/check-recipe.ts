/** What is wrong with a recipe, member by member. */
import { isZoneName } from '../events/civil-time.ts'
import { foldName } from '../sources/header.ts'
import { type AmountSpec, type AssetSpec, type Recipe, recipeSchema } from './recipe.ts'
import { memberText, strangerText, valueAt } from './recipe-words.ts'

/** `path` names the member: `legs.0.amount.column`. */
export interface RecipeProblem {
  readonly path: string
  readonly text: string
}

export type CheckedRecipe =
  | { readonly ok: true; readonly recipe: Recipe }
  | { readonly ok: false; readonly problems: readonly RecipeProblem[] }

/** A recipe from any JSON. Nothing in it can run: it is only ever compared with this schema and looked up by name. */
export function checkRecipe(value: unknown): CheckedRecipe {
  const parsed = recipeSchema.safeParse(value)
  if (!parsed.success) return { ok: false, problems: inOurWords(value, parsed.error.issues) }
  const recipe = parsed.data
  const problems = problemsOf(recipe)
  return problems.length === 0 ? { ok: true, recipe } : { ok: false, problems }
}

type Issue = {
  readonly path: PropertyKey[]
  readonly code?: string | undefined
  readonly keys?: unknown
  readonly errors?: unknown
}

const LONGEST_STEP = 60
const stepText = (step: PropertyKey): string => {
  const text = String(step)
  return text.length > LONGEST_STEP ? `${text.slice(0, LONGEST_STEP)}…` : text
}

/** One problem for each member that is wrong, the first that was found there. */
function inOurWords(value: unknown, issues: readonly Issue[]): RecipeProblem[] {
  const found = new Map<string, RecipeProblem>()
  for (const { path, ...issue } of issues.flatMap((one) => ofUnion(value, one))) {
    const at = path.map(stepText).join('.')
    const text =
      issue.code === 'invalid_key'
        ? `is a word of ${String(path.at(-1)).length} characters; write one of at most 200 characters`
        : issue.code === 'unrecognized_keys'
          ? strangerText(path, issue.keys as string[])
          : memberText(value, path)
    if (!found.has(at)) found.set(at, { path: at, text })
  }
  return [...found.values()]
}

/** Members that say which of several shapes an amount or an asset is meant to have. */
const SHAPES = ['pair', 'symbol', 'product', 'column'] as const

/** What is wrong within the shape that was meant; the member as a whole where none was. */
function ofUnion(value: unknown, issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union' || !Array.isArray(issue.errors)) return [issue]
  const meant = SHAPES.find((shape) => valueAt(value, [...issue.path, shape]) !== undefined)
  const branches = issue.errors as readonly (readonly Issue[])[]
  const inner = branches.find((branch) => !branch.some((one) => isStranger(one, meant)))
  if (meant === undefined || inner === undefined) return [{ ...issue, code: 'invalid_type' }]
  return inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] }))
}

const isStranger = (issue: Issue, member: string | undefined): boolean =>
  (issue.code === 'unrecognized_keys' && (issue.keys as readonly unknown[]).includes(member)) ||
  (issue.path.length === 0 && issue.code === 'invalid_type')

/** A recipe from the text of a file. */
export function parseRecipe(text: string): CheckedRecipe {
  try {
    return checkRecipe(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return {
      ok: false,
      problems: [{ path: '', text: 'this is no JSON text; take in the file that the export of a recipe wrote' }],
    }
  }
}

/** Names of columns that cannot identify a row. */
export const CHANGING = /\b(?:balance|status|state|saldo)\b/i

function problemsOf(recipe: Recipe): RecipeProblem[] {
  const problems: RecipeProblem[] = []
  const known = new Set([...recipe.header.columns, ...(recipe.header.optional ?? [])].map(foldName))
  const needed = new Set(recipe.header.columns.map(foldName))
  const checkColumn = (path: string, column: string): void => {
    if (!known.has(foldName(column)))
      problems.push({
        path,
        text: `the column “${column}” is not among the columns of the header`,
      })
  }
  const checkAsset = (path: string, asset: AssetSpec): void => {
    if ('column' in asset) checkColumn(`${path}.column`, asset.column)
    if ('pair' in asset) checkColumn(`${path}.pair`, asset.pair)
  }
  const checkAmount = (path: string, amount: AmountSpec): void => {
    if ('column' in amount) checkColumn(`${path}.column`, amount.column)
    else for (const [n, column] of amount.product.entries()) checkColumn(`${path}.product.${n}`, column)
  }
  for (const [n, column] of recipe.time.columns.entries()) checkColumn(`time.columns.${n}`, column)
  if (recipe.time.zone !== 'ask' && !isZoneName(recipe.time.zone))
    problems.push({
      path: 'time.zone',
      text: `“${recipe.time.zone}” is no time zone; write one like Europe/Berlin, or ask`,
    })
  if (recipe.identity.id !== undefined) checkColumn('identity.id', recipe.identity.id)
  for (const [n, column] of recipe.identity.columns.entries()) {
    const path = `identity.columns.${n}`
    checkColumn(path, column)
    if (known.has(foldName(column)) && !needed.has(foldName(column)))
      problems.push({ path, text: `the column “${column}” identifies rows, so every file must have it` })
    if (CHANGING.test(column))
      problems.push({ path, text: `“${column}” changes from one export to the next and cannot identify a row` })
  }
  for (const [n, column] of (recipe.group?.columns ?? []).entries()) checkColumn(`group.columns.${n}`, column)
  for (const [n, column] of (recipe.word?.columns ?? []).entries()) checkColumn(`word.columns.${n}`, column)
  if (recipe.status !== undefined) checkColumn('status.column', recipe.status.column)
  for (const [n, leg] of recipe.legs.entries()) {
    checkAmount(`legs.${n}.amount`, leg.amount)
    checkAsset(`legs.${n}.asset`, leg.asset)
    if (leg.value !== undefined) {
      checkColumn(`legs.${n}.value.amount`, leg.value.amount)
      checkAsset(`legs.${n}.value.currency`, leg.value.currency)
    }
    if (leg.acquired !== undefined) checkColumn(`legs.${n}.acquired`, leg.acquired)
    if (leg.cost !== undefined) {
      checkAmount(`legs.${n}.cost.amount`, leg.cost.amount)
      checkAsset(`legs.${n}.cost.currency`, leg.cost.currency)
    }
    if (leg.included === true && leg.sign !== 'fee')
      problems.push({ path: `legs.${n}.included`, text: 'only a fee can be within another amount' })
    if ((leg.sign === 'with-word' || leg.sign === 'against-word') && recipe.word === undefined)
      problems.push({
        path: `legs.${n}.sign`,
        text: 'there is no table of words that could say which way such a leg goes',
      })
  }
  if (recipe.wallet !== undefined) {
    checkColumn('wallet', recipe.wallet)
    if (recipe.group !== undefined)
      problems.push({
        path: 'wallet',
        text: 'rows that are joined are of one account; leave out the wallet or the key',
      })
  }
  const kinds = [...Object.values(recipe.word?.meanings ?? {}), recipe.word?.otherwise].map((one) => one?.kind)
  if (
    kinds.includes('opening_lot') &&
    !recipe.legs.some(({ acquired, cost }) => acquired !== undefined && cost !== undefined)
  )
    problems.push({
      path: 'legs',
      text: 'an opening lot has a day of acquisition and a cost: say in which columns they stand',
    })
  for (const name of ['hash', 'toAddress', 'fromAddress', 'counterparty'] as const) {
    const column = recipe[name]
    if (column !== undefined) checkColumn(name, column)
  }
  for (const [n, column] of (recipe.note ?? []).entries()) checkColumn(`note.${n}`, column)
  return problems
}

/** Why a recipe cannot follow another of the same id: ids of events would change. Null where it can. */
export function frozenProblem(before: Recipe, after: Recipe): RecipeProblem | null {
  const identity = ({ identity: { id = '', columns }, group }: Recipe): string =>
    [id, ...columns, '|', ...(group?.columns ?? [])].map(foldName).join('\u001f')
  return identity(before) === identity(after)
    ? null
    : {
        path: 'identity',
        text: 'the columns that identify a row were settled when rows were first read with this recipe; give the new one another id',
      }
}
