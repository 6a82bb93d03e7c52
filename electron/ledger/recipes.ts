import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import { checkRecipe } from '../../shared/recipes/check-recipe.ts'
import type { Recipe } from '../../shared/recipes/recipe.ts'
import { type Committed, commit } from './commit.ts'
import type { ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'
import { wellFormed } from './well-formed.ts'

const IN_FORCE = `recipe r JOIN act a ON a.id = r.act_id WHERE a.live = 1
  AND NOT EXISTS (SELECT 1 FROM recipe n JOIN act na ON na.id = n.act_id WHERE n.key = r.key AND n.id > r.id AND na.live = 1)`

function recipeOf(body: string): Recipe {
  const checked = checkRecipe(JSON.parse(body))
  if (!checked.ok) throw new Error(`a recipe in the ledger is not one: ${checked.problems[0]?.text ?? ''}`)
  return checked.recipe
}

/** Recipes in force, by name. */
export const readRecipes = (ledger: ReadableLedger): Recipe[] =>
  ledger
    .column<string>(`SELECT r.body FROM ${IN_FORCE} AND r.removed = 0`)
    .map(recipeOf)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1))

/** The newest version ever kept of each recipe, removed ones included: rows that were read with one stay readable. */
export const everyRecipe = (ledger: ReadableLedger): Recipe[] =>
  ledger
    .column<string>(
      `SELECT r.body FROM recipe r WHERE r.removed = 0 AND NOT EXISTS (
         SELECT 1 FROM recipe n WHERE n.key = r.key AND n.removed = 0 AND n.id > r.id)`,
    )
    .map(recipeOf)

interface ActText {
  readonly summary: string
  readonly who: string
  readonly at: number
}

/** Keeps a recipe, new or in its next version, as one act. */
export function saveRecipe(ledger: WritableLedger, recipe: Recipe, act: ActText): Committed<null> | DiskFull {
  return put(ledger, recipe, 0, act)
}

/** Takes a recipe away, as one act. What was read with it stays. */
export function removeRecipe(ledger: WritableLedger, recipe: Recipe, act: ActText): Committed<null> | DiskFull {
  return put(ledger, recipe, 1, act)
}

function put(ledger: WritableLedger, recipe: Recipe, removed: 0 | 1, act: ActText): Committed<null> | DiskFull {
  const body = canonicalJson(wellFormed(JSON.parse(JSON.stringify(recipe)) as JsonValue))
  return commit(ledger, { kind: 'recipes', ...act }, (write, scope) => {
    write.run(
      query.insertInto('recipe').values({ act_id: scope.id, key: recipe.id, version: recipe.version, body, removed }),
    )
    scope.touch('recipes')
    return null
  })
}

/** Live imports that were read by a source; a file that was read again is no further one. */
export const importsReadBy = (ledger: ReadableLedger, source: string): number =>
  ledger.value<number>(
    `SELECT count(DISTINCT b.id) FROM source_file f JOIN batch b ON b.id = f.batch_id WHERE f.source = ? AND b.state = 'live' AND f.bytes_of IS NULL`,
    source,
  ) ?? 0
