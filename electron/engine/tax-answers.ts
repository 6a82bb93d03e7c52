/** Answers of the tax contract, made from a result. Runs in the compute worker. */
import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Money } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import type { Bounds } from '../../shared/contract/primitives.ts'
import type { DisposalView, OpenPoint as OpenPointView, taxContract } from '../../shared/contract/tax.ts'
import type { RuleRefusal } from '../../shared/contract/tax-choices.ts'
import type { RulePack } from '../../shared/tax/pack.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import {
  type BlockedYear,
  type DisposalRow,
  ENGINE_VERSION,
  type OpenPoint,
  type Refusal,
} from '../../shared/tax/result.ts'
import { yearLabel } from './countries.ts'
import { stageOf } from './stage-of.ts'
import type { Source, TaxBook } from './tax-book.ts'
import {
  disposalView,
  effectOf,
  incomeView,
  lotView,
  methodTitle,
  openPointView,
  spread,
  yearTotalsView,
} from './tax-views.ts'

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

type ContractYears = InferContractRouterOutputs<typeof taxContract>['years']
export type YearsAnswer = Omit<ContractYears, 'job'>

export function years(book: TaxBook): YearsAnswer {
  const { totals, open, jurisdiction, method, blocked, residence } = book.totals()
  const { revision, profile } = book.books()
  const pack = packOf(jurisdiction)
  const filed = book.filedYears()
  const pointsOf = (points: readonly OpenPoint[], year: number) =>
    points.filter((point) => point.taxYear === null || point.taxYear === year)
  return {
    revision,
    currency: profile.currency,
    jurisdiction,
    method,
    engine: ENGINE_VERSION,
    country: pack?.name ?? jurisdiction,
    methodName: methodTitle(method),
    methodRule: pack?.methods.authority ?? '',
    methods:
      typeof profile.method === 'object'
        ? profile.method.map((change) => ({
            from: change.from,
            method: change.method,
            name: methodTitle(change.method),
          }))
        : [],
    toVerify: [...(pack?.toVerify ?? [])],
    years: [
      ...new Set([...totals.keys(), ...filed.keys(), ...residence.flatMap((part) => [...part.result.totals.keys()])]),
    ]
      .sort((a, b) => b - a)
      .flatMap((year) => {
        if (!filed.has(year)) {
          const abroad = totals.has(year) ? undefined : residence.find((part) => part.result.totals.has(year))?.result
          const ofYear = (abroad?.totals ?? totals).get(year)
          const here = { jurisdiction, currency: profile.currency, method, engine: ENGINE_VERSION }
          const source = { ...here, ...abroad, filed: false, open: pointsOf(abroad?.open ?? open, year) }
          return ofYear === undefined ? [] : [yearTotalsView(ofYear, source)]
        }
        const { result } = book.ofYear(year)
        const frozen = result.totals.get(year)
        const source = { ...result, filed: true, open: pointsOf(result.open, year) }
        return frozen === undefined ? [] : [yearTotalsView(frozen, source)]
      }),
    blocked: blockedYears(blocked, pack, filed),
    residence: residence.map((part) => ({
      jurisdiction: part.jurisdiction,
      name: packOf(part.jurisdiction)?.name ?? part.jurisdiction,
      currency: part.currency,
      from: part.from,
      to: part.to,
      event: part.event,
      years: [...part.result.totals.values()]
        .sort((a, b) => b.year - a.year)
        .map((ofYear) =>
          yearTotalsView(ofYear, { ...part.result, filed: false, open: pointsOf(part.result.open, ofYear.year) }),
        ),
    })),
  }
}

const blockedYears = (
  blocked: readonly BlockedYear[],
  pack: RulePack | null,
  filed: ReadonlyMap<number, number>,
): YearsAnswer['blocked'] =>
  blocked
    .filter(({ year }) => !filed.has(year))
    .map(({ year, refusals }) => ({ year, label: yearLabel(pack, year), refused: refusals.map(refusalView) }))

/** A refusal as the contract shows it. */
export const refusalView = ({ code, text, rule, event }: Refusal): RuleRefusal => ({
  rule: code,
  text,
  authority: rule ?? null,
  event,
})

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

export function income(book: TaxBook, call: Page & { year: number; head?: string | undefined }) {
  const { result, names } = book.ofYear(call.year)
  const rows = result.income.filter((row) => row.taxYear === call.year)
  const heads = new Map<string, { value: bigint; count: number }>()
  for (const row of rows) {
    const known = heads.get(row.head) ?? { value: 0n, count: 0 }
    heads.set(row.head, { value: known.value + row.value, count: known.count + 1 })
  }
  const shown = call.head === undefined ? rows : rows.filter(({ head }) => head === call.head)
  return {
    revision: book.books().revision,
    total: shown.length,
    heads: [...heads]
      .sort(([a], [b]) => compareText(a, b))
      .map(([head, { value, count }]) => ({
        head,
        value: formatMoney(value as Money),
        count,
        ref: `income:${call.year}:${head}`,
      })),
    rows: cut(shown, call).map((row) => incomeView(row, names)),
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
