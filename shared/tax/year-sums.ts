import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { HeldValue, OpenPoint } from './result.ts'
import type { HeadName, PeriodSums, YearSlice } from './year-slice.ts'

/** How far below and above the counted total the open points can bring it (null: no bound known), and what they count for in it. */
export interface OpenRange {
  below: Money | null
  above: Money | null
  counted: Money
}

const newRange = (): OpenRange => ({ below: ZERO_MONEY, above: ZERO_MONEY, counted: ZERO_MONEY })

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
  /** Cost of what was stolen, claimed as a loss of its own. */
  claimed: Money
  readonly incomeByHead: Map<string, Money>
  readonly periods: Map<string, PeriodSums>
  readonly heads: Map<HeadName, PeriodSums>
  readonly named: Map<string, Money>
  /** What is held at the day that the country's table asks for. */
  wealth: readonly HeldValue[]
  /** What the open points of gains, and of income, make of the total. */
  readonly open: { readonly gain: OpenRange; readonly income: OpenRange }
  /** Long-term gain of collectibles. */
  collectible: Money
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
  claimed: ZERO_MONEY,
  incomeByHead: new Map(),
  periods: new Map(),
  heads: new Map(),
  named: new Map(),
  wealth: [],
  open: { gain: newRange(), income: newRange() },
  collectible: ZERO_MONEY,
  assumedOrder: false,
  foreignMoney: new Set(),
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

function addParts<Name>(sums: Map<Name, PeriodSums>, parts: ReadonlyMap<Name, PeriodSums>): void {
  for (const [name, { gains, losses, proceeds }] of parts) {
    const known = sums.get(name) ?? { gains: ZERO_MONEY, losses: ZERO_MONEY }
    sums.set(name, {
      gains: plus(known.gains, gains),
      losses: plus(known.losses, losses),
      proceeds: plus(known.proceeds ?? ZERO_MONEY, proceeds ?? ZERO_MONEY),
    })
  }
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
  sums.claimed = plus(sums.claimed, slice.claimed)
  for (const [head, value] of slice.incomeByHead) {
    sums.incomeByHead.set(head, plus(sums.incomeByHead.get(head) ?? ZERO_MONEY, value))
  }
  addParts(sums.periods, slice.periods)
  addParts(sums.heads, slice.heads)
  for (const [name, value] of slice.named) sums.named.set(name, plus(sums.named.get(name) ?? ZERO_MONEY, value))
  widen(sums, slice.open)
  sums.assumedOrder ||= slice.assumedOrder
  for (const asset of slice.foreignMoney) sums.foreignMoney.add(asset)
}
