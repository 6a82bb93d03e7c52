import { oc } from '@orpc/contract'
import { z } from 'zod'
import { recipeSchema } from '../recipes/recipe.ts'
import { decimal, ERRORS, instant, kind, role } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL } = ERRORS

export const recipeEntry = z.object({
  id: z.string(),
  name: z.string(),
  venue: z.string(),
  version: z.number().int(),
  recipe: recipeSchema,
  /** Live imports that were read with it. */
  imports: z.number().int(),
})
export type RecipeEntry = z.infer<typeof recipeEntry>

/** One table of a staged file, as it stands in it. */
export const rawTable = z.object({
  table: z.number().int(),
  /** Path inside an archive, and worksheet, where there are such. */
  member: z.string().nullable(),
  sheet: z.string().nullable(),
  delimiter: z.string().nullable(),
  /** 1-based row of the line taken for the header. */
  headerRow: z.number().int(),
  header: z.array(z.string()),
  preamble: z.array(z.string()),
  /** The first rows under the header. */
  rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
})
export type RawTable = z.infer<typeof rawTable>

/** Something that the first mapping could not settle and a person should look at. */
export const recipeQuestion = z.object({
  about: z.enum(['time', 'zone', 'decimals', 'amount', 'asset', 'words', 'identity', 'fee']),
  text: z.string(),
  choices: z.array(z.string()),
})

/** What is wrong with a recipe: where in it, and why. */
export const recipeProblem = z.object({ path: z.string(), text: z.string() })
export type RecipeProblem = z.infer<typeof recipeProblem>

export const recipePreviewEvent = z.object({
  id: z.string(),
  time: instant,
  timeText: z.string(),
  kind,
  sourceKind: z.string().nullable(),
  note: z.string(),
  legs: z.array(z.object({ role, account: z.string(), symbol: z.string(), amount: decimal, included: z.boolean() })),
  /** Row numbers it was built from. */
  rows: z.array(z.number().int()),
  warnings: z.array(z.string()),
})

export const recipePreview = z.object({
  problems: z.array(recipeProblem),
  /** Whether the recipe recognises this file's header. */
  recognised: z.boolean(),
  events: z.array(recipePreviewEvent),
  rows: z.array(
    z.object({
      row: z.number().int(),
      outcome: z.enum(['event', 'price', 'skipped', 'not-understood']),
      reason: z.string().nullable(),
      column: z.string().nullable(),
    }),
  ),
  warnings: z.array(z.string()),
  /** Words of the vocabulary column in these rows, with their number, most first. */
  words: z.array(z.object({ word: z.string(), count: z.number().int(), known: z.boolean() })),
})
export type RecipePreview = z.infer<typeof recipePreview>

const where = z.object({
  batch: z.string(),
  file: z.string(),
  table: z.number().int().min(0).default(0),
})

/**
 * Any other table: a mapping, tried live on the first 200 rows, saved as a recipe that is applied by header next time.
 * `recipe` goes in as any JSON here, so that what is wrong with it is said member by member.
 */
export const recipesContract = {
  list: oc.output(z.object({ revision: z.number().int(), recipes: z.array(recipeEntry) })).errors({ NO_LEDGER }),
  /** The tables of a staged file in its own words. `headerRow` where the guess was wrong. */
  tables: oc
    .input(where.extend({ headerRow: z.number().int().min(1).max(200).optional() }))
    .output(
      z.object({
        tables: z.array(rawTable),
        /** A first mapping of the chosen table; null where it has no columns that could be one. */
        suggestion: recipeSchema.nullable(),
        questions: z.array(recipeQuestion),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED }),
  preview: oc
    .input(where.extend({ recipe: z.unknown(), headerRow: z.number().int().min(1).max(200).optional() }))
    .output(recipePreview)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED }),
  /** A new recipe, or the next version of one. Its id and identity columns cannot change once rows were read with it. */
  save: oc
    .input(z.object({ recipe: z.unknown() }))
    .output(z.object({ recipe: recipeEntry, act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, REFUSED, DISK_FULL }),
  remove: oc
    .input(z.object({ id: z.string() }))
    .output(z.object({ act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  /** A file that another person can import. */
  export: oc
    .input(z.object({ id: z.string() }))
    .output(z.object({ fileName: z.string(), text: z.string() }))
    .errors({ NO_LEDGER, NOT_FOUND }),
  /** Takes the text of a recipe file: checked, then saved as a new recipe or a newer version of a known one. */
  import: oc
    .input(z.object({ text: z.string().max(500_000) }))
    .output(
      z.object({
        problems: z.array(recipeProblem),
        recipe: recipeEntry.nullable(),
        act: z.string().nullable(),
        revision: z.number().int(),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, DISK_FULL }),
}
