/** Answers of the tax contract, made from a result. Runs in the compute worker. */
import type { Money } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import type { Bounds } from '../../shared/contract/primitives.ts'
import type {
  DisposalView,
  OpenPoint as OpenPointView,
  YearTotals as YearTotalsView,
} from '../../shared/contract/tax.ts'
import type { Method } from '../../shared/events/interchange-types.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import { type DisposalRow, ENGINE_VERSION, type OpenPoint } from '../../shared/tax/result.ts'
import { methodName } from './countries.ts'
import { stageOf } from './stage-of.ts'
import { Refused, type Source, type TaxBook } from './tax-book.ts'
import { disposalView, effectOf, incomeView, lotView, openPointView, spread, yearTotalsView } from './tax-views.ts'

interface Page {
  readonly offset: number
  readonly limit: number
}
interface Rows<Row> {
  readonly revision: number
  readonly total: number
  readonly rows: Row[]
}

const cut = <Row>(rows: readonly Row[], { offset, limit }: Page): readonly Row[] => rows.slice(offset, offset + limit)

export interface YearsAnswer {
  readonly revision: number
  readonly currency: string
  readonly jurisdiction: string
  readonly method: string
  readonly engine: string
  readonly years: YearTotalsView[]
}

export function years(book: TaxBook): YearsAnswer {
  const { totals, open, jurisdiction, method } = book.totals()
  const { revision, profile } = book.books()
  const filed = book.filedYears()
  return {
    revision,
    currency: profile.currency,
    jurisdiction,
    method,
    engine: ENGINE_VERSION,
    years: [...new Set([...totals.keys(), ...filed.keys()])]
      .sort((a, b) => b - a)
      .flatMap((year) => {
        const frozen = filed.has(year) ? book.ofYear(year).result : null
        const ofYear = (frozen?.totals ?? totals).get(year)
        if (ofYear === undefined) return []
        const points = (frozen?.open ?? open).filter((point) => point.taxYear === null || point.taxYear === year)
        return [yearTotalsView(ofYear, points.length, frozen !== null)]
      }),
  }
}

/** Open points of a tax year, and those that belong to none. */
export const openOfYear = ({ result }: Source, year: number): OpenPoint[] =>
  result.open.filter((point) => point.taxYear === null || point.taxYear === year)

export interface DisposalsCall extends Page {
  readonly year: number
  readonly asset?: string | undefined
  readonly account?: string | undefined
  readonly term?: 'short' | 'long' | undefined
  readonly event?: string | undefined
  readonly sort: 'disposed' | 'gain' | 'proceeds' | 'asset'
  readonly descending: boolean
}

export function disposals(book: TaxBook, call: DisposalsCall): Rows<DisposalView> {
  const source = book.ofYear(call.year)
  const { names, result, openByEvent } = source
  const rows = result.disposals.filter(
    (row) =>
      row.taxYear === call.year &&
      (call.asset === undefined || row.asset === call.asset) &&
      (call.account === undefined || row.account === call.account) &&
      (call.term === undefined || row.term === call.term) &&
      (call.event === undefined || row.event === call.event),
  )
  const way = call.descending ? -1 : 1
  const order: Record<DisposalsCall['sort'], (a: DisposalRow, b: DisposalRow) => number> = {
    disposed: (a, b) => a.time - b.time,
    gain: (a, b) => compareBig(a.gain, b.gain),
    proceeds: (a, b) => compareBig(a.proceeds, b.proceeds),
    asset: (a, b) => compareText(names.symbol(a.asset), names.symbol(b.asset)),
  }
  rows.sort((a, b) => way * order[call.sort](a, b))
  return {
    revision: book.books().revision,
    total: rows.length,
    rows: cut(rows, call).map((row) => disposalView(row, names, openByEvent.get(row.event) ?? [])),
  }
}

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function income(book: TaxBook, call: Page & { year: number }) {
  const { result, names } = book.ofYear(call.year)
  const rows = result.income.filter((row) => row.taxYear === call.year)
  const heads = new Map<string, { value: bigint; count: number }>()
  for (const row of rows) {
    const known = heads.get(row.head) ?? { value: 0n, count: 0 }
    heads.set(row.head, { value: known.value + row.value, count: known.count + 1 })
  }
  return {
    revision: book.books().revision,
    total: rows.length,
    heads: [...heads]
      .sort(([a], [b]) => compareText(a, b))
      .map(([head, { value, count }]) => ({
        head,
        value: formatMoney(value as Money),
        count,
        ref: `income:${call.year}:${head}`,
      })),
    rows: cut(rows, call).map((row) => incomeView(row, names)),
  }
}

export function lots(book: TaxBook, call: Page & { asset?: string | undefined; account?: string | undefined }) {
  const { result, names } = book.current()
  const held = result.lots
    .filter(
      (lot) =>
        (call.asset === undefined || lot.asset === call.asset) &&
        (call.account === undefined || lot.account === call.account),
    )
    .map((lot) => lotView(lot, names))
  const pools = result.pools
    .filter(
      (pool) =>
        (call.asset === undefined || pool.asset === call.asset) &&
        (call.account === undefined || pool.account === call.account),
    )
    .map((pool) => ({
      account: pool.account,
      accountName: pool.account === null ? null : names.account(pool.account),
      asset: pool.asset,
      symbol: names.symbol(pool.asset),
      amount: formatAmount(pool.amount),
      acquired: null,
      cost: formatMoney(pool.cost),
      origin: null,
      longFrom: null,
    }))
  const rows = [...held, ...pools]
  return { revision: book.books().revision, total: rows.length, rows: [...cut(rows, call)] }
}

export interface OpenAnswer extends Rows<OpenPointView> {
  readonly effect: Bounds
}

/** Ranked by how far apart the bounds are. */
export function open(
  book: TaxBook,
  call: Page & { year?: number | undefined; stage?: string | undefined },
): OpenAnswer {
  const source = call.year === undefined ? book.current() : book.ofYear(call.year)
  const points = (call.year === undefined ? [...source.result.open] : openOfYear(source, call.year))
    .filter((point) => call.stage === undefined || stageOf(point.code) === call.stage)
    .map((point, at) => ({ point, at, spread: spread(point) }))
    .sort((a, b) => compareBig(b.spread, a.spread) || a.at - b.at)
  return {
    revision: book.books().revision,
    total: points.length,
    effect: effectOf(points.map(({ point }) => point)),
    rows: cut(points, call).map(({ point, at }) => openPointView(point, at, source.names)),
  }
}

/** The year under each method that the law allows. A method that refuses says why in its note. */
export function compare(book: TaxBook, year: number, check: () => void) {
  const chosen = book.current()
  const pack = packOf(chosen.result.jurisdiction)
  const rows = (pack?.methods.menu ?? []).map((method: Method) => {
    check()
    const { name, note } = methodName(method)
    try {
      const { result } = method === chosen.result.method ? chosen : book.under({ method })
      const totals = result.totals.get(year)
      return {
        method,
        name,
        chosen: method === chosen.result.method,
        gain: totals === undefined ? '0' : formatMoney(totals.gain),
        shortTerm: totals === undefined ? null : formatMoney(totals.shortTerm),
        longTerm: totals === undefined ? null : formatMoney(totals.longTerm),
        note: result.open.some((point) => point.code === 'standing-order-assumed' && point.taxYear === year)
          ? `${note} Needs a standing order on record before each sale.`
          : note,
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return null
    }
  })
  return { revision: book.books().revision, rows: rows.filter((row) => row !== null) }
}
