import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import type { PersonYear } from '../../events/interchange-types.ts'
import { inForce } from '../in-force.ts'
import type { Law } from '../law.ts'
import { least, positive } from '../least.ts'
import type { YearSums } from '../year-sums.ts'
import { share } from './table-rates.ts'
import type { Figure, IncomeRule, TableYear } from './table-rules.ts'

export interface SplitIncome {
  /** Taxed in one sum with the gains. */
  readonly joined: bigint
  /** Taxed by itself at a flat rate. */
  readonly apart: bigint
  /** On the person's own scale. */
  readonly onScale: bigint
}

/** Divides the year's income by how its heads are taxed. */
export function splitIncome(sums: YearSums, rule: IncomeRule): SplitIncome {
  let [joined, apart, onScale] = [0n, 0n, 0n]
  for (const [head, value] of sums.incomeByHead) {
    if (rule.headsWithGains?.includes(head)) joined += value
    else if (rule.headsOnScale?.includes(head)) onScale += value
    else if (rule.taxed === 'with-gains') joined += value
    else if (rule.taxed === 'flat') apart += value
    else if (rule.taxed === 'own-scale') onScale += value
  }
  return { joined, apart, onScale }
}

/** All income that is taxed in some way. */
export const allIncome = ({ joined, apart, onScale }: SplitIncome): Money => (joined + apart + onScale) as Money

export interface Wealth {
  readonly figures: Partial<Record<Figure, bigint>>
  readonly benefit: bigint
  readonly free: bigint
  readonly tax: bigint
  /** The tax-free capital is doubled for partners, and nobody said whether there is one. */
  readonly assumedAlone: boolean
}

const NONE: Wealth = { figures: {}, benefit: 0n, free: 0n, tax: 0n, assumedAlone: false }

/** What is held on the day of the table, and the tax on its deemed return where there is one. */
export function heldWealth(law: Law, sums: YearSums, person: PersonYear): Wealth {
  const rules = law.pack.year as TableYear
  const rule = inForce(rules.wealth ?? [], law.yearStart(sums.year))
  if (rule === null) return NONE
  const value = sums.wealth.reduce((sum, held) => sum + (held.value ?? 0n), 0n)
  const declared = rule.declaredAbove === undefined || value > rule.declaredAbove ? value : 0n
  const levy = rule.levy === undefined ? 0n : share(value, rule.levy)
  const figures: Partial<Record<Figure, bigint>> = { wealth: value, 'wealth-declared': declared, 'wealth-levy': levy }
  const { deemed } = rule
  if (deemed === undefined) return { ...NONE, figures }
  const free = deemed.free * (person.partner === true ? 2n : 1n)
  const deemedReturn = share(value, deemed.rate)
  const base = positive(value - free)
  // The return counts by the part of the value that lies above the tax-free capital.
  const benefit = value === 0n ? 0n : mulDiv(deemedReturn, base, value)
  return {
    figures: { ...figures, 'deemed-return': deemedReturn, 'tax-free-capital': free, 'taxable-base': base, benefit },
    benefit,
    free: least(free, value),
    tax: mulDiv(benefit, deemed.tax, ONE_MONEY),
    assumedAlone: base > 0n && person.partner === undefined,
  }
}
