/** Whatever is wrong in a recipe, it is told in our words: which member, what is expected there, what to write. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkRecipe, parseRecipe } from '../../../shared/recipes/check-recipe.ts'
import { recipeSchema } from '../../../shared/recipes/recipe.ts'
import { RECIPE_MEMBERS } from '../../../shared/recipes/recipe-words.ts'

type Json = Record<string, unknown>

/** A recipe with every member; an asset of each shape. */
const whole = (): Json => ({
  schema: 'tallystick/recipe@1',
  id: 'mine-1',
  version: 1,
  name: 'Mine',
  venue: 'Mine',
  account: { name: 'Mine', kind: 'exchange' },
  header: { columns: ['When', 'What', 'Coin', 'Units', 'Price'], optional: ['State', 'Day'] },
  time: { columns: ['When'], format: 'iso', zone: 'UTC' },
  decimals: '.',
  identity: { id: 'What', columns: ['When'] },
  group: { columns: ['What'] },
  word: {
    columns: ['What'],
    meanings: { got: { kind: 'by-legs', flow: 'in', reason: 'so' } },
    otherwise: { kind: 'skip', flow: 'in', reason: 'so' },
  },
  status: { column: 'State', keep: ['done'] },
  legs: [
    {
      amount: { column: 'Units' },
      asset: { pair: 'Coin', part: 'base', separator: '/', quotes: ['EUR'] },
      sign: 'fee',
      included: true,
      value: { amount: 'Price', currency: { symbol: 'EUR' } },
      acquired: 'Day',
      cost: { amount: { product: ['Units', 'Price'] }, currency: { column: 'Coin' } },
    },
  ],
  note: ['What'],
  hash: 'What',
  toAddress: 'What',
  fromAddress: 'What',
  counterparty: 'What',
})

/** The paths of all members that the schema knows, `*` for places in lists and words of the file. */
function schemaPaths(schema: Json, at = ''): string[] {
  const inside = (name: string): string => (at === '' ? name : `${at}.${name}`)
  const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>)
  const items = schema.items === undefined || Array.isArray(schema.items) ? [] : [schema.items as Json]
  const extra = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties as Json] : []
  return [
    at,
    ...properties.flatMap(([name, one]) => schemaPaths(one, inside(name))),
    ...[...items, ...list(schema.prefixItems).slice(0, 1), ...extra].flatMap((one) => schemaPaths(one, inside('*'))),
    ...list(schema.anyOf).flatMap((one) => schemaPaths(one, at)),
  ]
}
const PATHS = [...new Set(schemaPaths(z.toJSONSchema(recipeSchema, { io: 'output' }) as Json))].sort()

test('every member of a recipe has words for what it must be, and nothing else has', () => {
  expect(Object.keys(RECIPE_MEMBERS).sort()).toEqual(PATHS)
})

test('the recipe of the tests is sound', () => {
  expect(checkRecipe(whole())).toMatchObject({ ok: true })
})

const SHAPES: Readonly<Record<string, unknown>> = {
  column: { column: 'Coin' },
  symbol: { symbol: 'EUR' },
  pair: { pair: 'Coin', part: 'base' },
  part: { pair: 'Coin', part: 'base' },
  separator: { pair: 'Coin', part: 'base', separator: '/' },
  quotes: { pair: 'Coin', part: 'base', quotes: ['EUR'] },
  product: { product: ['Units', 'Price'] },
}

/** The recipe with another value at a member; the member's place takes the shape that has it. */
function withAt(pattern: string, value: unknown): { readonly recipe: unknown; readonly path: string } {
  if (pattern === '') return { recipe: value, path: '' }
  const recipe = whole()
  const steps = pattern.split('.')
  const path = steps.map((step, n) => (step !== '*' ? step : steps[n - 1] === 'meanings' ? 'got' : '0'))
  let at: Json = recipe
  for (const [n, step] of path.slice(0, -1).entries()) {
    const next = path[n + 1] as string
    if (/amount|asset|currency/.test(step) && next in SHAPES) at[step] = structuredClone(SHAPES[next])
    at = at[step] as Json
  }
  const last = path.at(-1) as string
  if (value === undefined) delete at[last]
  else at[last] = value
  return { recipe, path: path.join('.') }
}

/** Words of the schema library, which say nothing to people. */
const THEIRS = /Invalid|expected|received|Too (small|big)|Unrecognized|undefined|NaN/

test.each(PATHS)('a wrong value at “%s” is told with the member and what to write', (pattern) => {
  for (const value of [{ never: 1 }, 1.5, null, 'x'.repeat(500), []]) {
    const { recipe, path } = withAt(pattern, value)
    const checked = checkRecipe(recipe)
    if (checked.ok) continue
    for (const { text } of checked.problems) expect(text).not.toMatch(THEIRS)
    const [problem] = checked.problems.filter(
      (one) => one.path === path || one.path.startsWith(`${path}.`) || path === '',
    )
    // A list that may hold nothing makes other members name columns that are not there.
    if (!(Array.isArray(value) && pattern === 'header.optional'))
      expect(problem, JSON.stringify(checked.problems)).toBeDefined()
  }
  const { recipe, path } = withAt(pattern, null)
  const checked = checkRecipe(recipe)
  expect(checked.ok ? [] : checked.problems[0]).toEqual({ path, text: `is null; write ${RECIPE_MEMBERS[pattern]}` })
})

test.each([
  ['name', undefined, 'name', 'is missing; write a text of 1 to 120 characters'],
  ['time.format', 'german', 'time.format', 'is "german"; write one of “iso”, “ymd”, “dmy”, “mdy”, “epoch”'],
  ['header.columns', ['one'], 'header.columns', 'is a list of 1; write a list of 2 to 200 names of columns'],
  ['version', 0, 'version', 'is 0; write a whole number from 1 to 1000000'],
  [
    'legs.*.amount',
    {},
    'legs.0.amount',
    'is an object; write an object with “column”, or with “product” of two columns',
  ],
  ['legs.*.asset.part', undefined, 'legs.0.asset.part', 'is missing; write “base” or “quote”'],
  [
    'legs.*.asset.color',
    'red',
    'legs.0.asset',
    'a recipe has no member called “color” here; take it out, or write one of column, symbol, pair, part, separator, quotes',
  ],
  [
    'time.clock',
    1,
    'time',
    'a recipe has no member called “clock” here; take it out, or write one of columns, format, zone',
  ],
])('%s = %j is refused with one clear sentence', (at, value, path, text) => {
  const checked = checkRecipe(withAt(at, value).recipe)
  expect(checked).toEqual({ ok: false, problems: [{ path, text }] })
})

test('a word of the file that is too long is named as such', () => {
  const recipe = whole()
  ;(recipe.word as { meanings: Json }).meanings['x'.repeat(300)] = { kind: 'skip' }
  const checked = checkRecipe(recipe)
  expect(checked.ok ? '' : checked.problems[0]?.text).toContain('at most 200 characters')
})

test('a file that is no JSON says what to take in instead', () => {
  expect(parseRecipe('a,b,c')).toEqual({
    ok: false,
    problems: [{ path: '', text: 'this is no JSON text; take in the file that the export of a recipe wrote' }],
  })
})
