/**
 * A recipe says how to read a table that no built-in format knows: which column is which member, how times and numbers
 * are written, what the file's words mean. It is data only: nothing in it can run, and a member that is not listed here
 * is refused by name.
 */
import { z } from 'zod'
import { ACCOUNT_KINDS } from '../events/account.ts'
import { KINDS } from '../events/kinds.ts'

export const TIME_FORMATS = ['iso', 'ymd', 'dmy', 'mdy', 'epoch'] as const

export const RECIPE_SCHEMA = 'tallystick/recipe@1'

const column = z.string().trim().min(1).max(200)
const columns = z.array(column).min(1).max(12)

/** Where an asset's symbol stands: a column, the same for every row, or one side of a pair such as `BTC/EUR`. */
const assetSpec = z.union([
  z.strictObject({ column }),
  z.strictObject({ symbol: z.string().trim().min(1).max(60) }),
  z.strictObject({
    pair: column,
    part: z.enum(['base', 'quote']),
    /** Characters between the two; absent where the pair is written in one word and `quotes` cut it. */
    separator: z.string().min(1).max(3).optional(),
    /** Symbols that a pair in one word may end with; the longest that fits wins. */
    quotes: z.array(z.string().min(1).max(20)).max(100).optional(),
  }),
])
export type AssetSpec = z.infer<typeof assetSpec>

/** Where an amount stands: a column, or the product of two (units × price). */
const amountSpec = z.union([z.strictObject({ column }), z.strictObject({ product: z.tuple([column, column]) })])
export type AmountSpec = z.infer<typeof amountSpec>

/**
 * How a leg gets its direction. `as-written`: plus came in, minus went out; `reversed`: the other way; `in`, `out`,
 * `fee`: always that, whatever the sign; `with-word`: as the row's word says; `against-word`: the opposite of it.
 */
export const SIGN_RULES = ['as-written', 'reversed', 'in', 'out', 'fee', 'with-word', 'against-word'] as const

const legSpec = z.strictObject({
  amount: amountSpec,
  asset: assetSpec,
  sign: z.enum(SIGN_RULES),
  /** A fee that is within the amount already and moves nothing of its own. */
  included: z.boolean().optional(),
  /** What the leg was worth, as the file states it. */
  value: z.strictObject({ amount: column, currency: assetSpec }).optional(),
  /** Of an opening lot: the column of the day on which it was acquired, written like the times of the recipe. */
  acquired: column.optional(),
  /** Of an opening lot: what the whole lot cost, or the product of two columns. */
  cost: z.strictObject({ amount: amountSpec, currency: assetSpec }).optional(),
})
export type LegSpec = z.infer<typeof legSpec>

/** What a word of the file means. `by-legs`: what moves tells the kind; `skip`: such rows are left out, with the reason. */
export const meaning = z.strictObject({
  kind: z.enum([...KINDS, 'by-legs', 'skip']),
  /** Which way legs `with-word` go. */
  flow: z.enum(['in', 'out']).optional(),
  reason: z.string().trim().min(1).max(200).optional(),
})
export type Meaning = z.infer<typeof meaning>

/** `__proto__` among the words of a file, as a key that every program keeps; words are compared without spaces around them. */
export const wordKey = (word: string): string => (word === '__proto__' ? ' __proto__' : word)

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The table of words, none of which is lost whatever it is called. */
const meanings = z.preprocess(
  (value) =>
    isTable(value) ? Object.fromEntries(Object.entries(value).map(([word, one]) => [wordKey(word), one])) : value,
  z.record(z.string().max(200), meaning),
)

export const recipeSchema = z.strictObject({
  schema: z.literal(RECIPE_SCHEMA),
  /** Never changes once rows were read with it: ids of events begin with it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/, 'small letters, digits and hyphens, at least three'),
  /** Raised by every saved change. */
  version: z.number().int().min(1).max(1_000_000),
  name: z.string().trim().min(1).max(120),
  venue: z.string().trim().min(1).max(120),
  account: z.strictObject({ name: z.string().trim().min(1).max(120), kind: z.enum(ACCOUNT_KINDS) }),
  header: z.strictObject({
    /** Names that must all be there; compared without regard to case and spaces. */
    columns: z.array(column).min(2).max(200),
    /** Names that may be there as well. */
    optional: z.array(column).max(200).optional(),
  }),
  time: z.strictObject({
    /** One column, or a date and a time that are joined by a space. */
    columns: z.array(column).min(1).max(2),
    /** `2024-03-01 10:00:00` in any of its forms; year, day or month first; or seconds (milliseconds) since 1970. */
    format: z.enum(TIME_FORMATS),
    /** An IANA zone for times that name none, or `ask`. */
    zone: z.string().min(1).max(60),
  }),
  decimals: z.enum(['.', ',', 'file']),
  identity: z.strictObject({
    /** The provider's own id of a row, where the file has one. */
    id: column.optional(),
    /** Columns whose text identifies a row without an id. Frozen: no balance, no status. */
    columns,
  }),
  /** Rows that agree in these columns are one event. */
  group: z.strictObject({ columns }).optional(),
  word: z
    .strictObject({
      columns: z.array(column).min(1).max(2),
      meanings,
      /** Of words that are not in the table; absent: such rows are kept as not understood. */
      otherwise: meaning.optional(),
    })
    .optional(),
  /** Rows are read only where the column holds one of these words (`completed`); others are skipped with the reason. */
  status: z.strictObject({ column, keep: z.array(z.string().max(200)).min(1).max(50) }).optional(),
  legs: z.array(legSpec).min(1).max(8),
  /** The wallet or account that a row is of, where the file has several. */
  wallet: column.optional(),
  note: columns.optional(),
  hash: column.optional(),
  toAddress: column.optional(),
  fromAddress: column.optional(),
  counterparty: column.optional(),
})
/** A recipe that was checked. */
export type Recipe = z.infer<typeof recipeSchema>
