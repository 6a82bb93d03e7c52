/** A recipe as a source format: what `shared/sources` does for the formats that Tallystick knows, from data alone. */
import type { Amount, Money } from '../amount/amount.ts'
import { valueAt } from '../amount/arithmetic.ts'
import { dateOfDay } from '../events/civil-date.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from '../sources/cells.ts'
import { addFact } from '../sources/facts.ts'
import { shared } from '../sources/identity.ts'
import { type Meaning as Event, feeLegs, feeWithin, leg, type Part, together } from '../sources/legs.ts'
import { type MarketPair, pairSplitter } from '../sources/market-pairs.ts'
import type { Column, RowCursor } from '../sources/row-cursor.ts'
import type { LegDraft, SourceFormat, Writable } from '../sources/source-format.ts'
import { type JoinedRow, type OpenTable, type RowReader, tableSource, type Verdict } from '../sources/table-source.ts'
import { readTime, type SourceTime } from '../sources/times.ts'
import { depositKind, tradeKind, withdrawalKind } from '../sources/trade-kind.ts'
import { partsOf } from '../sources/wallet-rows.ts'
import { remembered } from '../sources/word-table.ts'
import { readEpoch, readWrittenTime } from '../sources/written-times.ts'
import type { AmountSpec, AssetSpec, LegSpec, Meaning, Recipe } from './recipe.ts'

/** Ids of formats made of recipes begin so. */
export const RECIPE_PREFIX = 'recipe-'

export const sourceIdOf = (recipe: Pick<Recipe, 'id'>): SourceId => `${RECIPE_PREFIX}${recipe.id}` as SourceId

/** The format that reads tables as the recipe says. */
export function recipeFormat(recipe: Recipe): SourceFormat {
  const format = tableSource({
    id: sourceIdOf(recipe),
    name: recipe.name,
    venue: recipe.venue,
    version: recipe.version,
    account: recipe.account,
    zone: recipe.time.zone as ZoneName | 'ask',
    howToGet: `Any file with the columns of the recipe “${recipe.name}”.`,
    layouts: [
      {
        layout: 'recipe',
        required: recipe.header.columns,
        optional: recipe.header.optional ?? [],
        ...(recipe.identity.id === undefined ? {} : { id: [recipe.identity.id] }),
        identity: recipe.identity.columns,
        time: [recipe.time.columns[0] as string],
        open: (table) => new RecipeReader(recipe, table),
      },
    ],
  })
  if (recipe.decimals === 'file') return format
  const mark = recipe.decimals
  return { ...format, open: (context, sink) => format.open({ ...context, mark }, sink) }
}

const UTC = 'UTC' as ZoneName
const DAY = 86_400_000

const folded = remembered((text) => text.trim().replace(/\s+/g, ' ').toLowerCase())

type AssetReader = (row: RowCursor) => string
type AmountReader = (row: RowCursor) => bigint | null

interface LegReader {
  readonly spec: LegSpec
  readonly amount: AmountReader
  readonly asset: AssetReader
  readonly value: { readonly amount: Column; readonly currency: AssetReader } | null
  readonly acquired: Column | null
  readonly cost: { readonly at: Column; readonly amount: AmountReader; readonly currency: AssetReader } | null
}

/** A leg of a row with its direction: below nothing it left. */
interface Moved {
  readonly symbol: string
  readonly amount: bigint
  readonly isFee: boolean
  readonly included: boolean
  readonly more: Writable<Partial<LegDraft>>
}

class RecipeReader implements RowReader {
  readonly #recipe: Recipe
  readonly #table: OpenTable
  readonly #timeAt: readonly Column[]
  readonly #wordAt: readonly Column[]
  readonly #groupAt: readonly Column[]
  readonly #noteAt: readonly Column[]
  readonly #statusAt: Column | null
  readonly #walletAt: Column | null
  readonly #kept: ReadonlySet<string>
  readonly #meanings: ReadonlyMap<string, Meaning>
  readonly #legs: readonly LegReader[]
  readonly #facts: Readonly<Record<'hash' | 'toAddress' | 'fromAddress' | 'counterparty', Column | null>>

  constructor(recipe: Recipe, table: OpenTable) {
    const column = (name: string): Column => table.column(name)
    const maybe = (name: string | undefined): Column | null => (name === undefined ? null : column(name))
    this.#recipe = recipe
    this.#table = table
    this.#timeAt = recipe.time.columns.map(column)
    this.#wordAt = (recipe.word?.columns ?? []).map(column)
    this.#groupAt = (recipe.group?.columns ?? []).map(column)
    this.#noteAt = (recipe.note ?? []).map(column)
    this.#statusAt = maybe(recipe.status?.column)
    this.#kept = new Set((recipe.status?.keep ?? []).map(folded))
    this.#meanings = new Map(Object.entries(recipe.word?.meanings ?? {}).map(([word, one]) => [folded(word), one]))
    this.#legs = recipe.legs.map((spec) => ({
      spec,
      amount: amountReader(spec.amount, column),
      asset: assetReader(spec.asset, column),
      value:
        spec.value === undefined
          ? null
          : { amount: column(spec.value.amount), currency: assetReader(spec.value.currency, column) },
      acquired: maybe(spec.acquired),
      cost:
        spec.cost === undefined
          ? null
          : {
              at: column('column' in spec.cost.amount ? spec.cost.amount.column : spec.cost.amount.product[1]),
              amount: amountReader(spec.cost.amount, column),
              currency: assetReader(spec.cost.currency, column),
            },
    }))
    this.#walletAt = maybe(recipe.wallet)
    this.#facts = {
      hash: maybe(recipe.hash),
      toAddress: maybe(recipe.toAddress),
      fromAddress: maybe(recipe.fromAddress),
      counterparty: maybe(recipe.counterparty),
    }
  }

  timeText(row: RowCursor): string {
    return joined(row, this.#timeAt, ' ')
  }

  time(text: string): SourceTime | null {
    return this.#timeIn(text, this.#table.context.zone)
  }

  #timeIn(text: string, zone: ZoneName): SourceTime | null {
    const { format } = this.#recipe.time
    if (format === 'iso') return readTime(text, zone)
    if (format === 'epoch') return readEpoch(text)
    return readWrittenTime(text, format, zone)
  }

  read(row: RowCursor): Verdict {
    if (this.#statusAt !== null) {
      const status = row.text(this.#statusAt)
      if (!this.#kept.has(folded(status))) return { skip: `its ${this.#statusAt.name} is “${status.slice(0, 40)}”` }
    }
    const word = this.#wordOf(row)
    const meaning = this.#meaningOf(word)
    if (meaning === null) return unknownType(word, this.#wordAt[0]?.name ?? 'type')
    if (meaning.kind === 'skip') return { skip: meaning.reason ?? `rows of the type “${word}” are left out` }
    const place = this.#placeOf(row)
    const moved: Moved[] = []
    for (const one of this.#legs) {
      const leg = movedBy(one, row, meaning.flow)
      if (leg === null) continue
      if (place !== null) leg.more.account = place
      this.#addLot(leg.more, one, row)
      moved.push(CHARGES.has(meaning.kind) ? asFee(leg, one.spec.sign, meaning.flow) : leg)
    }
    if (moved.length === 0 && row.problem === null) row.fail('there is no amount in it', this.#firstAmount())
    const facts = this.#factsOf(row, word)
    if (this.#groupAt.length > 0) {
      const key = this.#groupAt.map((column) => row.text(column))
      if (key.some((text) => text !== '')) {
        if (meaning.kind !== 'by-legs') facts.kind = meaning.kind
        return { join: key, word, parts: moved.map((one) => partOf(one, row)), facts }
      }
    }
    return { ...eventOf(moved, meaning.kind, (symbol) => row.isFiat(symbol)), ...facts }
  }

  together(rows: readonly JoinedRow[]): Event {
    const parts = partsOf(rows)
    const kinds = rows.flatMap(({ facts }) => facts.kind ?? [])
    const isOnlyCharged = parts.every(({ isFee }) => isFee === true)
    const kind = kinds.find((one) => isOnlyCharged || !CHARGES.has(one))
    const event = together(parts, kind)
    if (kind !== undefined) return event.kind === 'network_fee' ? { ...event, kind } : event
    const sides = new Set(event.legs.map(({ role }) => role).filter((role) => role === 'in' || role === 'out'))
    if (sides.size !== 1) return event
    const isFiat = parts.every((part) => part.isFee === true || part.isFiat)
    const { warnings: _, ...rest } = event
    return { ...rest, kind: sides.has('in') ? depositKind(isFiat) : withdrawalKind(isFiat) }
  }

  #meaningOf(word: string): Meaning | null {
    if (this.#recipe.word === undefined) return { kind: 'by-legs' }
    return this.#meanings.get(folded(word)) ?? this.#recipe.word.otherwise ?? null
  }

  /** The words of the row, in one text. */
  #wordOf(row: RowCursor): string {
    const [first] = this.#wordAt
    if (first === undefined) return ''
    if (this.#wordAt.length === 1) return row.word(first)
    return this.#wordAt
      .map((column) => row.word(column))
      .join(' ')
      .trim()
  }

  #placeOf(row: RowCursor): NonNullable<LegDraft['account']> | null {
    const name = this.#walletAt === null ? '' : row.text(this.#walletAt)
    return name === '' ? null : { name: shared(name), kind: this.#recipe.account.kind }
  }

  /** Adds day and cost of an opening lot. */
  #addLot(lot: Writable<Partial<LegDraft>>, { acquired, cost }: LegReader, row: RowCursor): void {
    if (acquired !== null) {
      const text = row.text(acquired)
      const day = text === '' ? null : this.#timeIn(text, UTC)
      if (day === null)
        row.fail(
          text === '' ? 'the day of acquisition is missing' : `“${text.slice(0, 40)}” is no day of the calendar`,
          acquired,
        )
      else lot.acquired = dateOfDay(Math.floor(day.time / DAY))
    }
    if (cost !== null) {
      const amount = cost.amount(row)
      const currency = cost.currency(row)
      if (amount === null) row.fail('the cost is missing; write 0 where there was none', cost.at)
      else if (amount < 0n) row.fail('a cost is not negative', cost.at)
      else if (!row.isFiat(currency)) row.fail(`“${currency.slice(0, 40)}” is no currency`, cost.at)
      else lot.cost = { amount: (amount / 10n ** 6n) as Money, currency: currency.toUpperCase() }
    }
  }

  #firstAmount(): Column {
    const [first] = this.#recipe.legs
    const amount = first?.amount ?? { column: '' }
    return this.#table.column('column' in amount ? amount.column : amount.product[0])
  }

  #factsOf(row: RowCursor, word: string): Writable<Partial<Event>> {
    const { hash, toAddress, fromAddress, counterparty } = this.#facts
    const facts: Writable<Partial<Event>> = {}
    addFact(facts, 'sourceKind', word)
    addFact(facts, 'note', joined(row, this.#noteAt, ' · '))
    if (hash !== null) addFact(facts, 'hash', row.text(hash))
    if (toAddress !== null) addFact(facts, 'toAddress', row.text(toAddress))
    if (fromAddress !== null) addFact(facts, 'fromAddress', row.text(fromAddress))
    if (counterparty !== null) addFact(facts, 'counterparty', row.text(counterparty))
    return facts
  }
}

/** The texts of some cells that are not empty, in one. */
function joined(row: RowCursor, columns: readonly Column[], between: string): string {
  let all = ''
  for (const column of columns) {
    const text = row.text(column)
    if (text !== '') all = all === '' ? text : `${all}${between}${text}`
  }
  return all
}

function amountReader(spec: AmountSpec, column: (name: string) => Column): AmountReader {
  if ('column' in spec) {
    const at = column(spec.column)
    return (row) => row.amountOrNull(at)
  }
  const [units, price] = spec.product.map(column) as [Column, Column]
  return (row) => {
    const amount = row.amountOrNull(units)
    const each = row.money(price)
    if (amount === null || each === null) return null
    return valueAt(amount as Amount, each as Money) * 10n ** 6n
  }
}

function assetReader(spec: AssetSpec, column: (name: string) => Column): AssetReader {
  if ('symbol' in spec) return () => spec.symbol
  if ('column' in spec) {
    const at = column(spec.column)
    return (row) => row.symbol(at)
  }
  const at = column(spec.pair)
  const { separator, quotes, part } = spec
  const split =
    separator === undefined
      ? pairSplitter(quotes?.map((quote) => quote.toUpperCase()))
      : (text: string) => cutAt(text, separator)
  return (row) => {
    const text = row.word(at)
    const pair = split(text)
    if (pair === null) row.fail(`“${text.slice(0, 40)}” is no pair of two assets`, at)
    return pair === null ? '' : pair[part].trim()
  }
}

function cutAt(text: string, separator: string): MarketPair | null {
  const at = text.indexOf(separator)
  if (at <= 0 || at + separator.length >= text.length) return null
  return { base: text.slice(0, at), quote: text.slice(at + separator.length) }
}

/** The leg of a row; null where its cell is blank or nothing. */
function movedBy({ spec, amount, asset, value }: LegReader, row: RowCursor, flow: Meaning['flow']): Moved | null {
  const units = amount(row)
  if (units === null || units === 0n) return null
  const size = units < 0n ? -units : units
  const withWord = flow === undefined ? units : flow === 'in' ? size : -size
  const more: Writable<Partial<LegDraft>> = {}
  if (value !== null) {
    const worth = row.worth(value.amount, value.currency(row))
    if (worth.value !== undefined) more.value = worth.value
  }
  const signed = signedBy(spec.sign, units, size, withWord)
  return { symbol: asset(row), amount: signed, isFee: spec.sign === 'fee', included: spec.included === true, more }
}

function signedBy(sign: LegSpec['sign'], units: bigint, size: bigint, withWord: bigint): bigint {
  switch (sign) {
    case 'as-written':
      return units
    case 'reversed':
      return -units
    case 'out':
      return -size
    case 'with-word':
      return withWord
    case 'against-word':
      return -withWord
    default:
      return size
  }
}

/** Kinds of which all that moves is a fee. */
const CHARGES: ReadonlySet<string> = new Set<Kind>(['network_fee', 'approval_fee', 'failed_fee', 'derivative_fee'])

/** What a row of fees takes as the fee itself (negative: given back), so that it joins the trade of its rows. */
function asFee(moved: Moved, sign: LegSpec['sign'], flow: Meaning['flow']): Moved {
  if (moved.isFee) return moved
  const size = moved.amount < 0n ? -moved.amount : moved.amount
  const byWord = flow === 'in' ? -size : size
  return { ...moved, isFee: true, amount: sign === 'as-written' || flow === undefined ? -moved.amount : byWord }
}

const partOf = ({ symbol, amount, isFee, included, more }: Moved, row: RowCursor): Part => {
  const found = row.asset(symbol)
  const common = { symbol, asset: found.asset, isFiat: found.kind === 'fiat', amount, isFee }
  return { ...common, ...(included ? { included } : {}), ...(more.value === undefined ? {} : { value: more.value }) }
}

function eventOf(moved: readonly Moved[], wanted: Kind | 'by-legs', isFiat: (symbol: string) => boolean): Event {
  const sides = moved.filter(({ isFee }) => !isFee)
  const outs = sides.filter(({ amount }) => amount < 0n)
  const ins = sides.filter(({ amount }) => amount > 0n)
  const legs: LegDraft[] = [
    ...outs.map(({ symbol, amount, more }) => leg('out', symbol, amount, more)),
    ...ins.map(({ symbol, amount, more }) => leg('in', symbol, amount, more)),
  ]
  for (const { symbol, amount, isFee, included, more } of moved) {
    if (!isFee) continue
    const of = outs.find((out) => out.symbol === symbol) ?? ins.find((one) => one.symbol === symbol)
    const on = of === undefined ? undefined : of.amount < 0n ? 'out' : 'in'
    const gross = of === undefined ? 0n : of.amount < 0n ? -of.amount : of.amount
    legs.push(...(included ? feeWithin(symbol, amount, on, gross, more) : feeLegs(symbol, amount, on, more)))
  }
  return { kind: wanted === 'by-legs' ? kindByLegs(outs, ins, legs.length, isFiat) : wanted, legs }
}

function kindByLegs(
  outs: readonly Moved[],
  ins: readonly Moved[],
  legs: number,
  isFiat: (symbol: string) => boolean,
): Kind {
  const areFiat = (side: readonly Moved[]): boolean => side.every(({ symbol }) => isFiat(symbol))
  if (outs.length > 0 && ins.length > 0) return tradeKind(areFiat(outs), areFiat(ins))
  if (ins.length > 0) return depositKind(areFiat(ins))
  if (outs.length > 0) return withdrawalKind(areFiat(outs))
  return legs === 0 ? 'informational' : 'network_fee'
}
