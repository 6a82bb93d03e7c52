import { positive } from '../least.ts'
import type { YearSums } from '../year-sums.ts'
import type { WholeGains } from './table.ts'
import { taxAt } from './table-rates.ts'
import type { GainRule } from './table-rules.ts'

const MONTH = /^\d{4}-\d{2}$/

/**
 * Gains month by month: a month whose sales stay within the limit is free; else its gains less its losses are taxed at
 * the rates of a month by itself. A month's loss reaches no other month.
 */
export function monthlyGains(sums: YearSums, rule: GainRule): WholeGains {
  let [gains, losses, exempt, tax]: [bigint, bigint, bigint, bigint | null] = [0n, 0n, 0n, 0n]
  for (const [name, month] of sums.periods) {
    if (!MONTH.test(name)) continue
    const net = month.gains - month.losses
    if (rule.cliff !== undefined && (month.proceeds ?? 0n) <= rule.cliff.upTo) {
      exempt += positive(net)
      continue
    }
    gains += positive(net)
    losses += positive(-net)
    const due = taxAt(rule.rates, positive(net), 0n)
    tax = tax === null || due.tax === null ? null : tax + due.tax
  }
  return { gains, losses, exempt, tax }
}
