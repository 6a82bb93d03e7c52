import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { oneLine, table } from '../output.ts'
import { planFiles } from './import.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface RecipeOptions extends LedgerOptions {
  readonly import?: string
  readonly export?: string
  readonly out?: string
  readonly remove?: string
  readonly suggest?: string
  readonly table?: string
  readonly headerRow?: string
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

const wholeNumber = (text: string | undefined, option: string): number | undefined => {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new CommandFailure(`${option}: “${text.slice(0, 40)}” is no number of a table or line`)
}

/** A first mapping of a table; the file is staged for it and leaves nothing behind. */
async function suggested(client: EngineClient, path: string, options: RecipeOptions) {
  const table = wholeNumber(options.table, '--table') ?? 1
  const headerRow = wholeNumber(options.headerRow, '--header-row')
  if (!existsSync(path) || !statSync(path).isFile()) throw new CommandFailure(`${path}: there is no such file`)
  const { batch, files } = await planFiles(client, [path], () => {})
  try {
    const [{ file } = { file: '' }] = files
    const where = { batch, file, table: table - 1, ...(headerRow === undefined ? {} : { headerRow }) }
    const { suggestion, questions } = await client.recipes.tables(where)
    if (suggestion !== null) return { recipe: suggestion, questions }
    const asked = questions.map(({ text }) => text).join(' ')
    throw new CommandFailure(`${path}: no mapping could be guessed. ${asked}`.trim())
  } finally {
    await client.intake.discard({ batch }).catch(() => {})
  }
}

const choicesText = (choices: readonly string[]): string =>
  choices.length === 0 ? '' : ` (${choices.slice(0, 8).map(oneLine).join(', ')})`

export function addRecipes(program: Command): void {
  onLedger(program.command('recipes'))
    .argument('<ledger>')
    .description('list the recipes for tables of other places; suggest one, take one in, give one out, remove one')
    .option('--import <file>', 'take a recipe file in')
    .option('--export <id>', 'write a recipe as a file that others can take in')
    .option('--out <file>', 'where --export writes; else the file’s own name')
    .option('--remove <id>', 'remove a recipe; what was read with it stays')
    .option('--suggest <file>', 'write a first mapping of this table as a recipe, to look over and take in')
    .option('--table <number>', 'which table of that file, where it has several')
    .option('--header-row <row>', 'on which line its header stands, where the guess was wrong')
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
        if (options.suggest !== undefined) {
          const { recipe, questions } = await suggested(client, options.suggest, options)
          const text = `${JSON.stringify(recipe, null, 2)}\n`
          const path = options.out ?? `${recipe.id}.recipe.json`
          writeFileSync(path, text)
          output.document({ file: path, recipe, questions }, () => [
            `Wrote ${path}. Look it over, then: recipes LEDGER --import ${path}`,
            ...questions.map((question) => `? ${oneLine(question.text)}${choicesText(question.choices)}`),
          ])
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
