/**
 * The same books under another choice: each method, each country, each answer of the register. Runs in a worker of its
 * own, so that no read of the books waits for it, and never touches a filed year.
 */

import type { Money } from '../../shared/amount/amount.ts'
import { formatMoney } from '../../shared/amount/decimal.ts'
import type { Country, YearUnder } from '../../shared/contract/tax-choices.ts'
import { dateOfDay, dayNumber } from '../../shared/events/civil-date.ts'
import type { CivilDate } from '../../shared/events/identifiers.ts'
import type { InterchangeDocument, Method, MethodFrom, Profile } from '../../shared/events/interchange-types.ts'
import { METHODS } from '../../shared/events/interchange-types.ts'
import { createIncremental } from '../../shared/tax/incremental.ts'
import type { RulePack } from '../../shared/tax/pack.ts'
import { PACKS, packOf } from '../../shared/tax/packs/pack-list.ts'
import type { OpenPoint, Refusal, YearTotals } from '../../shared/tax/result.ts'
import { methodName, yearLabel } from './countries.ts'
import { inCountry, noRates } from './in-country.ts'
import { Cancelled, type JobSignal } from './job-signal.ts'
import type { TaxBook } from './tax-book.ts'
import { methodTitle } from './tax-views.ts'

/** What the books give under one choice. */
export type Variant =
  | { readonly ok: true; readonly totals: ReadonlyMap<number, YearTotals>; readonly open: readonly OpenPoint[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

export interface ComparedYear {
  readonly year: number
  readonly label: string
  readonly filed: boolean
  readonly mayChoose: boolean
  readonly why: string | null
}

interface Row {
  readonly chosen: boolean
  readonly allowed: boolean
  readonly why: string | null
  readonly cells: YearUnder[]
}
export interface MethodRow extends Row {
  readonly method: string
  readonly name: string
  readonly note: string
}
export interface CountryRow extends Row {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly method: string
  readonly methodName: string
  readonly toVerify: Country['toVerify']
}

export interface WhatIf {
  methods(years: readonly number[] | undefined, signal: JobSignal): MethodsCompared
  countries(
    codes: readonly string[] | undefined,
    years: readonly number[] | undefined,
    signal: JobSignal,
  ): { revision: number; rows: CountryRow[] }
  /** The totals of other books; kept until the ledger changes. `null` at the end of a job that was cancelled is thrown. */
  variant(books: InterchangeDocument, key: string, signal: JobSignal): Variant
}

export interface MethodsCompared {
  readonly revision: number
  readonly currency: string
  readonly years: ComparedYear[]
  readonly from: CivilDate | null
  readonly rows: MethodRow[]
}

const FIRST_DAY = '1970-01-01' as CivilDate

export function createWhatIf(book: TaxBook): WhatIf {
  const known = new Map<string, Variant>()
  let knownOf = -1

  const variant = (books: InterchangeDocument, key: string, signal: JobSignal): Variant => {
    const { revision } = book.books()
    if (knownOf !== revision) {
      known.clear()
      knownOf = revision
    }
    const before = known.get(key)
    if (before !== undefined) return before
    const computed = compute(books, signal)
    known.set(key, computed)
    return computed
  }

  const own = (): Variant => {
    const { totals, open } = book.totals()
    return { ok: true, totals, open }
  }

  return {
    variant,
    methods(wanted, signal) {
      const books = book.document()
      const pack = packIn(books.profile)
      const chosen = book.totals()
      const years = comparedYears(book, pack, wanted, [...chosen.totals.keys()])
      const filed = [...book.filedYears().keys()]
      const lastFiled = filed.length === 0 ? null : Math.max(...filed)
      const methods = [...pack.methods.menu, ...METHODS.filter((method) => !pack.methods.menu.includes(method))]
      const rows = methods.map((method, at): MethodRow => {
        signal.check()
        signal.progress(at, pack.methods.menu.length)
        const about = { method, ...methodName(method), chosen: method === chosen.method }
        if (!pack.methods.menu.includes(method))
          return { ...about, allowed: false, why: notOnMenu(pack, method), cells: [] }
        if (about.chosen)
          return {
            ...about,
            allowed: true,
            why: null,
            cells: [...filedCells(book, years), ...cellsOf(own(), own(), years)],
          }
        const profile = { ...books.profile, method: methodFrom(books.profile, pack, method, lastFiled) }
        const under = variant({ ...books, profile }, `method ${method} ${lastFiled ?? ''}`, signal)
        if (!under.ok) return { ...about, allowed: false, why: reasonsOf(under.refusals), cells: [] }
        const note = needsOrder(under, years)
          ? `${about.note} Needs a standing order on record before each sale.`
          : about.note
        return { ...about, note, allowed: true, why: null, cells: cellsOf(under, own(), years) }
      })
      return {
        revision: book.books().revision,
        currency: books.profile.currency,
        years,
        from: firstOpenDay(pack, lastFiled),
        rows,
      }
    },
    countries(codes, wanted, signal) {
      const books = book.document()
      const packs = PACKS.filter(
        ({ id }) => codes === undefined || codes.includes(id) || id === books.profile.jurisdiction,
      )
      const mine = books.profile.jurisdiction
      const ordered = [...packs].sort((a, b) => Number(b.id === mine) - Number(a.id === mine))
      const rows = ordered.map((pack, at): CountryRow => {
        signal.check()
        signal.progress(at, ordered.length)
        const currency = pack.currency ?? books.profile.currency
        const chosen = pack.id === mine
        const method = chosen ? book.totals().method : pack.methods.standard
        const about = {
          code: pack.id,
          name: pack.name,
          currency,
          method,
          methodName: methodTitle(method),
          chosen,
          toVerify: [...(pack.toVerify ?? [])],
        }
        if (chosen) {
          const years = yearsOf(own(), wanted)
          return { ...about, allowed: true, why: null, cells: cellsOf(own(), own(), asCompared(pack, years)) }
        }
        const moved = inCountry(books, pack)
        if (moved === null)
          return { ...about, allowed: false, why: noRates(books.profile.currency, currency), cells: [] }
        const under = variant(moved, `country ${pack.id}`, signal)
        if (!under.ok) return { ...about, allowed: false, why: reasonsOf(under.refusals), cells: [] }
        const cells = cellsOf(under, null, asCompared(pack, yearsOf(under, wanted)))
        return { ...about, allowed: true, why: null, cells }
      })
      return { revision: book.books().revision, rows }
    },
  }
}

function compute(books: InterchangeDocument, signal: JobSignal): Variant {
  const outcome = createIncremental(books, () => signal.cancelled)
  if (outcome === null) throw new Cancelled()
  if (!outcome.ok) return outcome
  const totals = outcome.tax.totals()
  if (!totals.ok) return totals
  return { ok: true, totals: totals.reduced.totals, open: outcome.tax.open() }
}

function packIn(profile: Profile): RulePack {
  const pack = packOf(profile.jurisdiction)
  if (pack === null) throw new Error('a computed ledger has no rule pack')
  return pack
}

/** A refusal in one sentence with the rule's name. */
export const reasonsOf = (refusals: readonly Refusal[]): string =>
  refusals
    .slice(0, 3)
    .map(({ code, text, rule }) => `${text} (${rule === undefined ? code : `${code}: ${rule}`})`)
    .join(' ')

const notOnMenu = (pack: RulePack, method: Method): string =>
  `${pack.name} does not allow “${methodTitle(method)}” (method-not-allowed: ${pack.methods.authority}).`

/** The years side by side: all, or those asked for; a filed year keeps its figures. */
function comparedYears(
  book: TaxBook,
  pack: RulePack,
  wanted: readonly number[] | undefined,
  computed: readonly number[],
): ComparedYear[] {
  const filed = book.filedYears()
  return [...new Set([...computed, ...filed.keys()])]
    .filter((year) => wanted === undefined || wanted.includes(year))
    .sort((a, b) => b - a)
    .map((year) => ({
      year,
      label: yearLabel(pack, year),
      filed: filed.has(year),
      mayChoose: !filed.has(year),
      why: filed.has(year)
        ? 'This year is filed: its method was chosen with it, and its figures stay as they are (filed-year).'
        : null,
    }))
}

const asCompared = (pack: RulePack, years: readonly number[]): ComparedYear[] =>
  years.map((year) => ({ year, label: yearLabel(pack, year), filed: false, mayChoose: true, why: null }))

const yearsOf = (variant: Variant, wanted: readonly number[] | undefined): number[] =>
  variant.ok
    ? [...variant.totals.keys()].filter((year) => wanted === undefined || wanted.includes(year)).sort((a, b) => b - a)
    : []

/** The method for every year that may still choose: the years up to the last filed one keep what they had. */
function methodFrom(
  profile: Profile,
  pack: RulePack,
  method: Method,
  lastFiled: number | null,
): Method | readonly MethodFrom[] {
  const from = firstOpenDay(pack, lastFiled)
  if (from === null) return method
  const before = profile.method ?? pack.methods.standard
  const kept =
    typeof before === 'string' ? [{ from: FIRST_DAY, method: before }] : before.filter((one) => one.from < from)
  return [...kept, { from, method }]
}

/** First day after the last filed year; null where none is filed. */
function firstOpenDay({ yearStart }: RulePack, lastFiled: number | null): CivilDate | null {
  return lastFiled === null ? null : dateOfDay(dayNumber(lastFiled + 1, yearStart.month, yearStart.day))
}

const needsOrder = (variant: Variant, years: readonly ComparedYear[]): boolean =>
  variant.ok &&
  variant.open.some(
    ({ code, taxYear }) =>
      code === 'standing-order-assumed' && years.some(({ year, filed }) => !filed && year === taxYear),
  )

/** One cell for each year that is not filed; `chosen` is what differences are counted against. */
function cellsOf(variant: Variant, chosen: Variant | null, years: readonly ComparedYear[]): YearUnder[] {
  if (!variant.ok) return []
  return years.flatMap(({ year, filed }) => {
    const totals = variant.totals.get(year)
    if (filed || totals === undefined) return []
    const base = chosen?.ok === true ? chosen.totals.get(year)?.taxable : undefined
    const points = variant.open.filter((point) => point.taxYear === null || point.taxYear === year).length
    return [cell(totals, base ?? totals.taxable, points)]
  })
}

/** The years of a variant that are not filed, each against what is chosen now. */
export function methodCells(book: TaxBook, variant: Variant): YearUnder[] {
  const { totals, open } = book.totals()
  const years = comparedYears(book, packIn(book.books().profile), undefined, [...totals.keys()])
  return cellsOf(variant, { ok: true, totals, open }, years)
}

const filedCells = (book: TaxBook, years: readonly ComparedYear[]): YearUnder[] =>
  years.flatMap(({ year, filed }) => {
    if (!filed) return []
    const { result } = book.ofYear(year)
    const totals = result.totals.get(year)
    return totals === undefined ? [] : [cell(totals, totals.taxable, result.open.length)]
  })

const cell = (totals: YearTotals, base: Money, openPoints: number): YearUnder => ({
  year: totals.year,
  label: totals.label,
  gain: formatMoney(totals.gain),
  shortTerm: formatMoney(totals.shortTerm),
  longTerm: formatMoney(totals.longTerm),
  exempt: formatMoney(totals.exempt),
  income: formatMoney(totals.income),
  taxable: formatMoney(totals.taxable),
  tax: totals.tax === null ? null : formatMoney(totals.tax),
  difference: formatMoney((totals.taxable - base) as Money),
  openPoints,
})
