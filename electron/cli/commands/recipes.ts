import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CommandFailure } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface RecipeOptions extends LedgerOptions {
  readonly import?: string
  readonly export?: string
  readonly out?: string
  readonly remove?: string
}

/** The text of a file that a person names. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new CommandFailure(`${path}: cannot be read`)
  }
}

/** What the engine takes as a recipe's text. */
const LONGEST_RECIPE = 500_000

function recipeText(path: string): string {
  const text = textOf(path)
  if (text.length <= LONGEST_RECIPE) return text
  throw new CommandFailure(
    `${path}: no recipe that can be used: a recipe has at most ${LONGEST_RECIPE.toLocaleString('en-US')} characters`,
  )
}

export function addRecipes(program: Command): void {
  onLedger(program.command('recipes'))
    .argument('<ledger>')
    .description('list the recipes for tables of other places; take one in, give one out, remove one')
    .option('--import <file>', 'take a recipe file in')
    .option('--export <id>', 'write a recipe as a file that others can take in')
    .option('--out <file>', 'where --export writes; else the file’s own name')
    .option('--remove <id>', 'remove a recipe; what was read with it stays')
    .action((ledger: string, options: RecipeOptions) =>
      withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (options.import !== undefined) {
          const { problems, recipe } = await client.recipes.import({ text: recipeText(options.import) })
          if (recipe === null)
            throw new CommandFailure(
              `${options.import}: no recipe that can be used: ${problems.map(({ path, text }) => (path === '' ? text : `${path}: ${text}`)).join('; ')}`,
            )
          output.document({ recipe }, () => [
            `Kept the recipe “${recipe.name}” (${recipe.id}, version ${recipe.version}).`,
          ])
          return
        }
        if (options.export !== undefined) {
          const { fileName, text } = await client.recipes.export({ id: options.export })
          const path = options.out ?? fileName
          writeFileSync(path, text)
          output.document({ file: path }, () => [`Wrote ${path}.`])
          return
        }
        if (options.remove !== undefined) {
          const { act } = await client.recipes.remove({ id: options.remove })
          output.document({ removed: options.remove, act }, () => [`Removed ${options.remove}.`])
          return
        }
        const { recipes } = await client.recipes.list()
        output.document({ recipes }, () =>
          table(
            ['id', 'name', 'version', 'columns', 'imports'],
            recipes.map(({ id, name, version, recipe, imports }) => [
              id,
              name,
              String(version),
              recipe.header.columns.join(', '),
              String(imports),
            ]),
            ['version', 'imports'],
          ),
        )
      }),
    )
}
