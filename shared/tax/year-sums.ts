import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { OpenPoint } from './result.ts'
import type { PeriodSums, YearSlice } from './year-slice.ts'

/** The sums of one tax year over all partitions: what the country's year rule starts from. */
export interface YearSums {
  readonly year: number
  proceeds: Money
  fees: Money
  cost: Money
  gain: Money
  gains: Money
  losses: Money
  disposals: number
  short: Money
  long: Money
  denied: Money
  exempt: Money
  income: Money
  readonly incomeByHead: Map<string, Money>
  readonly periods: Map<string, PeriodSums>
  /** How far below and above the counted gain the open points can bring it; null: no bound known. */
  below: Money | null
  above: Money | null
  assumedOrder: boolean
  readonly foreignMoney: Set<AssetId>
}

export const newYearSums = (year: number): YearSums => ({
  year,
  proceeds: ZERO_MONEY,
  fees: ZERO_MONEY,
  cost: ZERO_MONEY,
  gain: ZERO_MONEY,
  gains: ZERO_MONEY,
  losses: ZERO_MONEY,
  disposals: 0,
  short: ZERO_MONEY,
  long: ZERO_MONEY,
  denied: ZERO_MONEY,
  exempt: ZERO_MONEY,
  income: ZERO_MONEY,
  incomeByHead: new Map(),
  periods: new Map(),
  below: ZERO_MONEY,
  above: ZERO_MONEY,
  assumedOrder: false,
  foreignMoney: new Set(),
})

const plus = (a: Money, b: Money): Money => (a + b) as Money

/** How the open points of a slice widen its gain; only what concerns gains, and only where a bound was stated. */
function widen(open: readonly OpenPoint[]): { readonly below: Money | null; readonly above: Money | null } {
  let below: bigint | null = 0n
  let above: bigint | null = 0n
  for (const { of, effect, counted } of open) {
    if (of !== 'gain') continue
    below = below === null || effect.low === null ? null : below + effect.low - counted
    above = above === null || effect.high === null ? null : above + effect.high - counted
  }
  return { below: below as Money | null, above: above as Money | null }
}

/** Adds what one partition has in the year. */
export function addSlice(sums: YearSums, slice: YearSlice): void {
  sums.proceeds = plus(sums.proceeds, slice.proceeds)
  sums.fees = plus(sums.fees, slice.fees)
  sums.cost = plus(sums.cost, slice.cost)
  sums.gain = plus(sums.gain, slice.gain)
  sums.gains = plus(sums.gains, slice.gains)
  sums.losses = plus(sums.losses, slice.losses)
  sums.disposals += slice.disposals
  sums.short = plus(sums.short, slice.short)
  sums.long = plus(sums.long, slice.long)
  sums.denied = plus(sums.denied, slice.denied)
  sums.exempt = plus(sums.exempt, slice.exempt)
  sums.income = plus(sums.income, slice.incomeValue)
  for (const [head, value] of slice.incomeByHead) {
    sums.incomeByHead.set(head, plus(sums.incomeByHead.get(head) ?? ZERO_MONEY, value))
  }
  for (const [period, { gains, losses }] of slice.periods) {
    const known = sums.periods.get(period) ?? { gains: ZERO_MONEY, losses: ZERO_MONEY }
    sums.periods.set(period, { gains: plus(known.gains, gains), losses: plus(known.losses, losses) })
  }
  if (slice.open.length > 0) {
    const { below, above } = widen(slice.open)
    sums.below = sums.below === null || below === null ? null : plus(sums.below, below)
    sums.above = sums.above === null || above === null ? null : plus(sums.above, above)
  }
  sums.assumedOrder ||= slice.assumedOrder
  for (const asset of slice.foreignMoney) sums.foreignMoney.add(asset)
}
