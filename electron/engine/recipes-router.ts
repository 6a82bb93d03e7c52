import { randomBytes } from 'node:crypto'
import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { RecipeEntry, RecipeProblem } from '../../shared/contract/recipes.ts'
import { checkRecipe, frozenProblem, parseRecipe } from '../../shared/recipes/check-recipe.ts'
import type { Recipe } from '../../shared/recipes/recipe.ts'
import { sourceIdOf } from '../../shared/recipes/recipe-format.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { everyRecipe, importsReadBy, readRecipes, removeRecipe, saveRecipe } from '../ledger/recipes.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import type { StagedFiles } from './previews.ts'
import { fileNameOf } from './registry.ts'

const recipes = implement(engineContract).recipes

/** Any other table: mapped, tried live, kept as a recipe. */
export function recipesRouter(engine: Engine, staged: StagedFiles) {
  const entry = (ledger: ReadableLedger, recipe: Recipe): RecipeEntry => ({
    id: recipe.id,
    name: recipe.name,
    venue: recipe.venue,
    version: recipe.version,
    recipe,
    imports: importsReadBy(ledger, sourceIdOf(recipe)),
  })
  const found = (id: string): Recipe => {
    const recipe = readRecipes(engine.opened().ledger).find((one) => one.id === id)
    if (recipe === undefined) throw failure('NOT_FOUND', 'There is no such recipe in this ledger.')
    return recipe
  }
  /** The recipe in its next version, or what stands against it. */
  const next = (recipe: Recipe): { readonly recipe: Recipe } | { readonly problem: RecipeProblem } => {
    const { ledger } = engine.opened()
    const before = everyRecipe(ledger).find(({ id }) => id === recipe.id)
    if (before === undefined) return { recipe }
    const isRead =
      ledger.value<number>('SELECT 1 FROM source_file WHERE source = ? LIMIT 1', sourceIdOf(recipe)) !== undefined
    const problem = isRead ? frozenProblem(before, recipe) : null
    if (problem !== null) return { problem: { ...problem } }
    return { recipe: { ...recipe, version: Math.max(recipe.version, before.version + 1) } }
  }
  const save = (recipe: Recipe, summary: string) => {
    const { ledger } = engine.opened()
    const done = engine.committed(saveRecipe(ledger, recipe, { ...person(), summary }))
    return { recipe: entry(ledger, recipe), act: String(done.act), revision: done.revision }
  }

  return recipes.router({
    list: recipes.list.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        recipes: readRecipes(ledger).map((recipe) => entry(ledger, recipe)),
      }))
    }),
    tables: recipes.tables.handler(async ({ input }) => {
      const { workers } = engine.opened()
      const { file, name } = staged.fileOf(input.batch, input.file)
      const id = `${slugOf(name)}-${randomBytes(4).toString('hex')}`
      const call = { file, name, table: input.table, headerRow: input.headerRow ?? null, id }
      const { tables, problem, recipe, questions } = await workers.read.calls().call('rawTables', call)
      if (tables.length === 0) throw failure('REFUSED', problem ?? `${name} holds no table of at least two columns.`)
      return {
        tables,
        suggestion: recipe,
        questions: questions.map(({ about, text, choices }) => ({ about, text, choices: [...choices] })),
      }
    }),
    preview: recipes.preview.handler(({ input }) => {
      const { workers } = engine.opened()
      const { file, name } = staged.fileOf(input.batch, input.file)
      const { table, headerRow = null, recipe } = input
      return workers.read.calls().call('tryRecipe', { file, name, table, headerRow, recipe })
    }),
    save: recipes.save.handler(({ input }) => {
      const checked = checkRecipe(input.recipe)
      if (!checked.ok) throw failure('REFUSED', problemText(checked.problems))
      const wanted = next(checked.recipe)
      if ('problem' in wanted) throw failure('REFUSED', problemText([wanted.problem]))
      return save(wanted.recipe, `keep the recipe “${wanted.recipe.name}”`)
    }),
    remove: recipes.remove.handler(({ input }) => {
      const recipe = found(input.id)
      const { ledger } = engine.opened()
      const summary = `remove the recipe “${recipe.name}”`
      const done = engine.committed(removeRecipe(ledger, recipe, { ...person(), summary }))
      return { act: String(done.act), revision: done.revision }
    }),
    export: recipes.export.handler(({ input }) => {
      const recipe = found(input.id)
      return { fileName: `${fileNameOf(recipe.name)}.recipe.json`, text: `${JSON.stringify(recipe, null, 2)}\n` }
    }),
    import: recipes.import.handler(({ input }) => {
      const { ledger } = engine.opened()
      const refused = (problems: readonly RecipeProblem[]) => ({
        problems: problems.map((problem) => ({ ...problem })),
        recipe: null,
        act: null,
        revision: ledger.revision(),
      })
      const checked = parseRecipe(input.text)
      if (!checked.ok) return refused(checked.problems)
      const wanted = next(checked.recipe)
      if ('problem' in wanted) return refused([wanted.problem])
      return { problems: [], ...save(wanted.recipe, `import the recipe “${wanted.recipe.name}”`) }
    }),
  })
}

const problemText = (problems: readonly RecipeProblem[]): string =>
  `This recipe cannot be used. ${problems
    .slice(0, 5)
    .map(({ path, text }) => (path === '' ? text : `${path}: ${text}`))
    .join('; ')}.`

/** Small letters, digits and hyphens of a file's name. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.[a-z0-9]{1,5}$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'table'
