import type { Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { CarryIn, PersonYear } from '../../events/interchange-types.ts'
import type { Law } from '../law.ts'
import type { YearTotals } from '../result.ts'
import type { YearSums } from '../year-sums.ts'

/** Sums that one year hands on to the next, by name. */
export type Carried = Readonly<Record<string, Money>>

/** A fact about the person that the year's figures needed and the profile does not have. */
export interface MissingFact {
  readonly fact: string
  readonly assumed: string
}

export interface YearOutcome {
  readonly totals: YearTotals
  readonly carried: Carried
  readonly missing: readonly MissingFact[]
  /** The pack has no figures for this year. */
  readonly outsideTables: boolean
}

/** Stage two for one year of one country. */
export type YearRule = (law: Law, sums: YearSums, person: PersonYear, carried: Carried) => YearOutcome

/** What enters the first year from before this ledger. */
export type FirstCarry = (carryIn: CarryIn) => Carried

const bound = (total: Money, by: Money | null): Money | null => (by === null ? null : ((total + by) as Money))

/** Totals with everything that no rule of the country changes. */
export function plainTotals(sums: YearSums, label: string): YearTotals {
  return {
    year: sums.year,
    label,
    proceeds: sums.proceeds,
    fees: sums.fees,
    cost: sums.cost,
    gain: sums.gain,
    gains: sums.gains,
    losses: sums.losses,
    disposals: sums.disposals,
    shortTerm: sums.short,
    longTerm: sums.long,
    exempt: sums.exempt,
    denied: sums.denied,
    discount: ZERO_MONEY,
    income: sums.income,
    incomeByHead: Object.fromEntries([...sums.incomeByHead].sort(([a], [b]) => (a < b ? -1 : 1))),
    incomeTaxable: sums.income,
    deduction: ZERO_MONEY,
    allowance: ZERO_MONEY,
    taxable: sums.gain,
    tax: null,
    carryOut: {},
    low: bound(sums.gain, sums.open.gain.below),
    high: bound(sums.gain, sums.open.gain.above),
    incomeLow: bound(sums.income, sums.open.income.below),
    incomeHigh: bound(sums.income, sums.open.income.above),
    withoutOpen: {
      gain: (sums.gain - sums.open.gain.counted) as Money,
      income: (sums.income - sums.open.income.counted) as Money,
    },
    lines: [],
  }
}
