import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { HeldValue, OpenPoint } from './result.ts'
import type { RunningSums } from './running-sums.ts'
import { addSums, newRunningSums } from './running-sums.ts'
import type { YearSlice } from './year-slice.ts'

/** How far below and above the counted total the open points can bring it (null: no bound known), and what they count for in it. */
export interface OpenRange {
  below: Money | null
  above: Money | null
  counted: Money
}

const newRange = (): OpenRange => ({ below: ZERO_MONEY, above: ZERO_MONEY, counted: ZERO_MONEY })

/** The sums of one tax year over all partitions: what the country's year rule starts from. */
export interface YearSums extends RunningSums {
  readonly year: number
  /** What is held at the day that the country's table asks for. */
  wealth: readonly HeldValue[]
  /** What the open points of gains, and of income, make of the total. */
  readonly open: { readonly gain: OpenRange; readonly income: OpenRange }
  /** Long-term gain of collectibles. */
  collectible: Money
}

export const newYearSums = (year: number): YearSums => ({
  year,
  wealth: [],
  open: { gain: newRange(), income: newRange() },
  collectible: ZERO_MONEY,
  ...newRunningSums(),
})

const plus = (a: Money, b: Money): Money => (a + b) as Money

/** Widens a year's bounds by open points, each for the total that it concerns. */
export function widen(sums: YearSums, open: readonly OpenPoint[]): void {
  for (const { of, effect, counted } of open) {
    if (of === 'none') continue
    const range = sums.open[of]
    range.below =
      range.below === null || effect.low === null ? null : plus(range.below, (effect.low - counted) as Money)
    range.above =
      range.above === null || effect.high === null ? null : plus(range.above, (effect.high - counted) as Money)
    range.counted = plus(range.counted, counted)
  }
}

/** Adds what one partition has in the year. */
export function addSlice(sums: YearSums, slice: YearSlice): void {
  addSums(sums, slice)
  widen(sums, slice.open)
}
