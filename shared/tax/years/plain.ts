import type { YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

/** Sums as they are: no allowance, no limit, nothing carried. */
export const plainYear: YearRule = (_law, sums) => ({
  totals: plainTotals(sums, String(sums.year)),
  carried: {},
  missing: [],
  outsideTables: false,
})
