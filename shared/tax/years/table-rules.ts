import type { Money } from '../../amount/amount.ts'
import type { Dated } from '../pack.ts'

/**
 * What the year of a country makes of its sums, as rows of a table. Each row holds for the tax years whose first day lies
 * in its dates; `years/table.ts` puts the parts together.
 */
export interface TableYear {
  readonly rule: 'table'
  /** `calendar`: 2025. `split`: 2025-26. */
  readonly label: 'calendar' | 'split'
  readonly gains: readonly Dated<GainRule>[]
  /** Rows in place of `gains` for whoever answered a question so. */
  readonly chosen?: readonly {
    readonly position: string
    readonly choice: string
    readonly gains: readonly Dated<GainRule>[]
  }[]
  /** Years before the first row followed another law: nothing of them is carried on. Absent: the first row holds, and that is open. */
  readonly otherLawBefore?: true
  readonly income: readonly Dated<IncomeRule>[]
  /** Tax on, or a statement of, what is held; absent where there is none. */
  readonly wealth?: readonly Dated<WealthRule>[]
  readonly form: TableForm
}

/** How gains are taxed; the members are applied in their order here. */
export interface GainRule {
  /**
   * `none`: not taxed. `net`: gains less losses. `gains`: gains alone, losses never reduce them. `weighted`: losses count
   * by `lossShare`. `revenue`: the year's revenue less its costs, excess costs carried.
   */
  readonly netting: 'none' | 'net' | 'gains' | 'weighted' | 'revenue'
  readonly lossShare?: Money
  /** A small year (or month) is free as a whole; one unit more and all of it is taxed. */
  readonly cliff?: Cliff
  /** What becomes of a net loss. */
  readonly loss:
    | { readonly use: 'none' | 'other-income' }
    /** `years`: how many later years; absent: all. `beyond`: only where the loss is more. */
    | { readonly use: 'forward'; readonly years?: number; readonly beyond?: Money }
  /** Share of some heads of income that a net loss may reduce before it is carried. */
  readonly lossAgainstIncome?: { readonly heads: readonly string[]; readonly share: Money }
  readonly allowance?: Allowance
  /** Share of the gain that is taxed; absent: all of it. */
  readonly included?: Money
  readonly rates: Rates
  /** Periods of the year that are netted and taxed by themselves, by name. */
  readonly apart?: Readonly<Record<string, ApartRule>>
  /** Tax relief on losses that do not reduce gains: their share that comes off the tax. */
  readonly lossRelief?: Money
}

export interface ApartRule {
  readonly rates: Rates
  /** A net loss reduces later years of the same period. */
  readonly forward?: boolean
}

export interface Cliff {
  readonly of: 'proceeds' | 'net'
  readonly upTo: Money
  readonly per: 'year' | 'month'
}

export interface Allowance {
  readonly amount: Money
  /** `losses-first`: losses carried in come before it. `allowance-first`: it comes before them, and before a net loss. */
  readonly order: 'losses-first' | 'allowance-first'
  /** Unused allowance of earlier years that adds to it. */
  readonly carry?: { readonly perYear: Money; readonly years: number; readonly upTo: Money }
}

export type Rates =
  | { readonly kind: 'flat'; readonly rate: Money; readonly surcharge?: Money }
  /** Slices of the gain: `over` ascending, the first from 0. */
  | { readonly kind: 'slices'; readonly slices: readonly { readonly over: Money; readonly rate: Money }[] }
  /** The person's own scale, which this program does not know: no tax is computed. */
  | { readonly kind: 'own-scale' }
  | { readonly kind: 'none' }

/** How income is taxed: with the gains (their losses reduce it), by itself at a flat rate, or on the person's own scale. */
export interface IncomeRule {
  readonly taxed: 'with-gains' | 'flat' | 'own-scale' | 'none'
  readonly rate?: Money
  /** Heads that follow the gains though the others do not. */
  readonly headsWithGains?: readonly string[]
  /** Heads on the person's own scale though the others are not. */
  readonly headsOnScale?: readonly string[]
  /** Counts towards the limit under which a small year is free, and is free with it. */
  readonly inCliff?: boolean
}

export interface WealthRule {
  /** Holdings at the first instant of the tax year, or at its end. */
  readonly at: 'start' | 'end'
  /** Deemed return (NL): the return at `rate` on the value, the part of it above the tax-free capital, taxed at `tax`. */
  readonly deemed?: { readonly rate: Money; readonly free: Money; readonly tax: Money }
  /** A tax on the value itself, shown on a line of its own. */
  readonly levy?: Money
  /** Declared only above this value. */
  readonly declaredAbove?: Money
}

/** Figures of the year that a line of a form can show. */
export const FIGURES = [
  'proceeds',
  'fees',
  'cost',
  /** Where the form has one column for cost and for fees of selling. */
  'cost-and-fees',
  /** Where the form wants proceeds after the fees of selling. */
  'net-proceeds',
  'gains',
  'losses',
  'net',
  'exempt',
  'untaxed',
  'counted-losses',
  'losses-used',
  'allowance',
  'allowance-limit',
  /** Without what is counted apart. */
  'chargeable',
  'taxable',
  'tax',
  'surcharge',
  'relief',
  'income',
  'income-with-gains',
  'income-apart',
  'carried-losses',
  'carried-costs',
  'costs-before',
  'wealth',
  'wealth-declared',
  'wealth-levy',
  'costs-of-year',
  'deemed-return',
  'tax-free-capital',
  'taxable-base',
  'benefit',
  'speculation',
  'step-up-tax',
] as const
export type Figure = (typeof FIGURES)[number]

export interface TableLine {
  readonly id: string
  readonly label: string
  readonly figure: Figure
  /** Rows that only some years have. */
  readonly from?: number
  readonly to?: number
}

/** The id of a line among the totals of the year, where it stands beside figures that every country has. */
export const lineId = (form: { readonly id: string }, line: string): string => `${form.id}.${line}`

export type ListKind = 'k4' | 'k4-fields' | 'vda' | 'yearly-average' | 'holdings' | 'flows' | 'months'

/** The country's form: its lines, and what list goes with it. */
export interface TableForm {
  /** Key among the result's forms: `at-e1kv`. */
  readonly id: string
  readonly name: string
  readonly rounding: 'cents' | 'whole'
  readonly lines: readonly TableLine[]
  /** A list that the form, or its enclosure, asks for. */
  readonly list?: {
    /** Key among the result's forms. */
    readonly id: string
    readonly name: string
    readonly kind: ListKind
  }
  /** A second list. */
  readonly also?: { readonly id: string; readonly name: string; readonly kind: ListKind }
  readonly authority: string
}
