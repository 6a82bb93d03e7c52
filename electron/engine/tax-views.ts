/** The tax engine's result as the contract shows it: exact figures as decimal text, ids with names beside them. */
import type { Money } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import type { Bounds } from '../../shared/contract/primitives.ts'
import type {
  DisposalView,
  OpenPoint as OpenPointView,
  YearTotals as YearTotalsView,
} from '../../shared/contract/tax.ts'
import { METHODS, type Method } from '../../shared/events/interchange-types.ts'
import { openPointWords } from '../../shared/reports/open-point-words.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import {
  type DisposalRow,
  disposalId,
  type HeldLot,
  type IncomeRow,
  type OpenPoint,
  type YearTotals,
} from '../../shared/tax/result.ts'
import { methodName } from './countries.ts'
import type { Names } from './names.ts'
import { stageOf } from './stage-of.ts'

const orNull = (money: Money | null): string | null => (money === null ? null : formatMoney(money))

/** What stands behind a year's figures. */
export interface YearSource {
  readonly jurisdiction: string
  readonly currency: string
  readonly method: string
  readonly engine: string
  readonly filed: boolean
  /** The open points of that year, and those that belong to none. */
  readonly open: readonly OpenPoint[]
}

/** One tax year. */
export function yearTotalsView(totals: YearTotals, source: YearSource): YearTotalsView {
  const { year } = totals
  const { jurisdiction, currency, method, engine, filed, open } = source
  const ref = (part: string): string => `total:${year}:${part}`
  return {
    year,
    label: totals.label,
    proceeds: formatMoney(totals.proceeds),
    cost: formatMoney(totals.cost),
    fees: formatMoney(totals.fees),
    gain: formatMoney(totals.gain),
    gains: formatMoney(totals.gains),
    losses: formatMoney(totals.losses),
    shortTerm: formatMoney(totals.shortTerm),
    longTerm: formatMoney(totals.longTerm),
    income: formatMoney(totals.income),
    disposals: totals.disposals,
    low: orNull(totals.low),
    high: orNull(totals.high),
    openPoints: open.length,
    filed,
    jurisdiction,
    currency,
    method,
    methodName: methodTitle(method),
    methodRule: packOf(jurisdiction)?.methods.authority ?? '',
    engine,
    heads: Object.entries(totals.incomeByHead).map(([head, value]) => ({
      head,
      value: formatMoney(value),
      ref: `income:${year}:${head}`,
    })),
    incomeTaxable: formatMoney(totals.incomeTaxable),
    exempt: formatMoney(totals.exempt),
    denied: formatMoney(totals.denied),
    discount: formatMoney(totals.discount),
    deduction: formatMoney(totals.deduction),
    allowance: formatMoney(totals.allowance),
    taxable: formatMoney(totals.taxable),
    tax: orNull(totals.tax),
    carryOut: Object.entries(totals.carryOut)
      .filter(([, amount]) => amount !== 0n)
      .map(([id, amount]) => ({
        id,
        label: carriedLabel(id),
        amount: formatMoney(amount),
        ref: ref(`carryOut.${id}`),
      })),
    withoutOpen: { gain: formatMoney(totals.withoutOpen.gain), income: formatMoney(totals.withoutOpen.income) },
    incomeLow: orNull(totals.incomeLow),
    incomeHigh: orNull(totals.incomeHigh),
    lines: totals.lines.map(({ id, label, amount }) => ({ label, amount: formatMoney(amount), ref: ref(id) })),
  }
}

/** What is carried into later years, in words. */
const CARRIED: Readonly<Record<string, string>> = {
  lossShort: 'Short-term loss carried forward',
  lossLong: 'Long-term loss carried forward',
  losses: 'Losses carried forward',
  derivativeLosses: 'Losses on contracts carried forward',
  costs: 'Costs carried forward',
  unusedAllowance: 'Unused allowance carried forward',
  'apart-foreign': 'Losses abroad carried forward',
  frAcquisition: 'Total acquisition price carried forward',
  frConsumed: 'Acquisition price already used',
  frSoultes: 'Balancing payments received',
}

export const carriedLabel = (id: string): string => CARRIED[id] ?? id

/** How a method is called; a name that no method has (any more) stands for itself. */
export const methodTitle = (method: string): string =>
  (METHODS as readonly string[]).includes(method) ? methodName(method as Method).name : method

/** `open`: codes of open points on the row's event. */
export function disposalView(row: DisposalRow, names: Names, open: readonly string[]): DisposalView {
  return {
    id: disposalId(row),
    event: row.event,
    account: row.account,
    accountName: row.account === null ? null : names.account(row.account),
    asset: row.asset,
    symbol: names.symbol(row.asset),
    amount: formatAmount(row.amount),
    acquired: row.acquired,
    disposed: row.disposed,
    proceeds: formatMoney(row.proceeds),
    fees: formatMoney(row.fees),
    cost: formatMoney(row.cost),
    gain: formatMoney(row.gain),
    denied: formatMoney((row.gain - row.rawGain) as Money),
    term: row.term,
    rule: row.rule,
    taxable: row.taxable,
    box: row.box,
    open: [...open],
  }
}

export function incomeView(row: IncomeRow, names: Names) {
  return {
    event: row.event,
    date: row.date,
    asset: row.asset,
    symbol: names.symbol(row.asset),
    amount: formatAmount(row.amount),
    value: formatMoney(row.value),
    head: row.head,
  }
}

export function lotView(lot: HeldLot, names: Names) {
  return {
    account: lot.account,
    accountName: lot.account === null ? null : names.account(lot.account),
    asset: lot.asset,
    symbol: names.symbol(lot.asset),
    amount: formatAmount(lot.amount),
    acquired: lot.acquired,
    cost: formatMoney(lot.cost),
    origin: lot.origin,
    longFrom: lot.longFrom,
  }
}

/** `at`: the point's place in the result, which makes its id. */
export function openPointView(point: OpenPoint, at: number, names: Names): OpenPointView {
  const symbol = point.asset === null ? null : names.symbol(point.asset)
  const { title, text } = openPointWords(point, names.symbol, (account) =>
    account === null ? 'all accounts' : names.account(account),
  )
  return {
    id: `${point.code}:${point.event ?? ''}:${point.asset ?? ''}:${at}`,
    code: point.code,
    title,
    text,
    event: point.event,
    asset: point.asset,
    symbol,
    amount: point.amount === null ? null : formatAmount(point.amount),
    taxYear: point.taxYear,
    effect: { low: orNull(point.effect.low), high: orNull(point.effect.high) },
    stage: stageOf(point.code),
  }
}

/** The sum of effects on the gain or the income: what is at stake with these points open. A bound that one point lacks, all lack. */
export function effectOf(points: readonly OpenPoint[]): Bounds {
  let low: bigint | null = 0n
  let high: bigint | null = 0n
  for (const point of points) {
    if (point.of === 'none') continue
    low = low === null || point.effect.low === null ? null : low + point.effect.low
    high = high === null || point.effect.high === null ? null : high + point.effect.high
  }
  return { low: orNull(low as Money | null), high: orNull(high as Money | null) }
}

/** How far apart a point's bounds are; an unknown bound outranks every known one. */
export function spread(point: OpenPoint): bigint {
  const { low, high } = point.effect
  if (point.of === 'none') return 0n
  if (low === null || high === null) return 10n ** 60n
  return high > low ? high - low : low - high
}
