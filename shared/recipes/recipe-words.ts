/** What each member of a recipe must be, in words, for a recipe that cannot be used. */
import { ACCOUNT_KINDS } from '../events/account.ts'
import { inWords } from '../events/interchange-problems.ts'
import { RECIPE_SCHEMA, SIGN_RULES, TIME_FORMATS, wordKey } from './recipe.ts'

const COLUMN = 'the name of a column'
const NAME = 'a text of 1 to 120 characters'
const MEANING =
  'an object with “kind” (a kind of event, “by-legs” or “skip”), and “flow” or “reason” where they are needed'
const KIND = 'a kind of event as the list of kinds names it (“buy”, “staking_reward”, …), “by-legs” or “skip”'
const FLOW = '“in” or “out”'
const REASON = 'a text of 1 to 200 characters'
const choice = (words: readonly string[]): string => `one of ${words.map((word) => `“${word}”`).join(', ')}`
const columnsUpTo = (most: number): string => `a list of 1 to ${most} names of columns`

const amountAt = (path: string): Record<string, string> => ({
  [path]: 'an object with “column”, or with “product” of two columns',
  [`${path}.column`]: COLUMN,
  [`${path}.product`]: 'a list of two names of columns',
  [`${path}.product.*`]: COLUMN,
})
const assetAt = (path: string): Record<string, string> => ({
  [path]: 'an object with “column”, “symbol”, or “pair” and “part”',
  [`${path}.column`]: COLUMN,
  [`${path}.symbol`]: 'a text of 1 to 60 characters',
  [`${path}.pair`]: COLUMN,
  [`${path}.part`]: '“base” or “quote”',
  [`${path}.separator`]: 'one to three characters that stand between the two',
  [`${path}.quotes`]: 'a list of up to 100 symbols that a pair may end with',
  [`${path}.quotes.*`]: 'a symbol of 1 to 20 characters',
})

/** By the member's path, `*` for a place in a list or a word of the file. */
export const RECIPE_MEMBERS: Readonly<Record<string, string>> = {
  '': 'an object, as the export of a recipe writes it',
  schema: `“${RECIPE_SCHEMA}”`,
  id: 'three to sixty small letters, digits and hyphens',
  version: 'a whole number from 1 to 1000000',
  name: NAME,
  venue: NAME,
  account: 'an object with “name” and “kind”',
  'account.name': NAME,
  'account.kind': choice(ACCOUNT_KINDS),
  header: 'an object with “columns”, and “optional” where there are such',
  'header.columns': 'a list of 2 to 200 names of columns',
  'header.columns.*': COLUMN,
  'header.optional': 'a list of up to 200 names of columns',
  'header.optional.*': COLUMN,
  time: 'an object with “columns”, “format” and “zone”',
  'time.columns': 'a list of one column, or of a date and a time',
  'time.columns.*': COLUMN,
  'time.format': choice(TIME_FORMATS),
  'time.zone': 'a time zone like “Europe/Berlin”, or “ask”',
  decimals: choice(['.', ',', 'file']),
  identity: 'an object with “columns”, and “id” where the file has ids of its own',
  'identity.id': COLUMN,
  'identity.columns': columnsUpTo(12),
  'identity.columns.*': COLUMN,
  group: 'an object with “columns”',
  'group.columns': columnsUpTo(12),
  'group.columns.*': COLUMN,
  word: 'an object with “columns” and “meanings”',
  'word.columns': 'a list of one or two names of columns',
  'word.columns.*': COLUMN,
  'word.meanings': 'an object that says of each word of the file what it means',
  'word.meanings.*': MEANING,
  'word.meanings.*.kind': KIND,
  'word.meanings.*.flow': FLOW,
  'word.meanings.*.reason': REASON,
  'word.otherwise': MEANING,
  'word.otherwise.kind': KIND,
  'word.otherwise.flow': FLOW,
  'word.otherwise.reason': REASON,
  status: 'an object with “column” and “keep”',
  'status.column': COLUMN,
  'status.keep': 'a list of 1 to 50 words',
  'status.keep.*': 'a text of up to 200 characters',
  legs: 'a list of one to eight legs',
  'legs.*': 'an object with “amount”, “asset” and “sign”',
  ...amountAt('legs.*.amount'),
  ...assetAt('legs.*.asset'),
  'legs.*.sign': choice(SIGN_RULES),
  'legs.*.included': 'true or false',
  'legs.*.value': 'an object with “amount” (a column) and “currency”',
  'legs.*.value.amount': COLUMN,
  ...assetAt('legs.*.value.currency'),
  'legs.*.acquired': COLUMN,
  'legs.*.cost': 'an object with “amount” and “currency”',
  ...amountAt('legs.*.cost.amount'),
  ...assetAt('legs.*.cost.currency'),
  wallet: COLUMN,
  note: columnsUpTo(12),
  'note.*': COLUMN,
  hash: COLUMN,
  toAddress: COLUMN,
  fromAddress: COLUMN,
  counterparty: COLUMN,
}

type Path = readonly PropertyKey[]

const patternOf = (path: Path): string =>
  path
    .map((step, n) =>
      typeof step === 'number' || (n === 2 && path[0] === 'word' && path[1] === 'meanings') ? '*' : String(step),
    )
    .join('.')

/** What stands at a member; undefined where it is not there. Nothing that the value inherits is looked at. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined
    const key = Object.hasOwn(at, step) ? step : Object.keys(at).find((name) => wordKey(name) === step)
    if (key === undefined) return undefined
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key]
  }
  return at
}

const foundWords = (found: unknown): string =>
  Array.isArray(found) ? `a list of ${found.length}` : typeof found === 'number' ? String(found) : inWords(found)

/** What is wrong at a member and what to write instead. */
export function memberText(recipe: unknown, path: Path): string {
  const found = valueAt(recipe, path)
  const expected = RECIPE_MEMBERS[patternOf(path)] ?? 'what the guide to recipes says of it'
  return found === undefined ? `is missing; write ${expected}` : `is ${foundWords(found)}; write ${expected}`
}

/** Members that are not known, each by its name, with those that its place has. */
export function strangerText(path: Path, keys: readonly string[]): string {
  const at = patternOf(path)
  const inside = Object.keys(RECIPE_MEMBERS)
    .filter((member) => member !== '' && (at === '' ? !member.includes('.') : member.startsWith(`${at}.`)))
    .map((member) => (at === '' ? member : member.slice(at.length + 1)))
    .filter((member) => !member.includes('.') && member !== '*')
  const names = keys.map((key) => `“${key}”`).join(', ')
  return `a recipe has no member called ${names}${at === '' ? '' : ' here'}; take it out, or write one of ${inside.join(', ')}`
}
