import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { GainHead } from './result.ts'

/** Sums of one period of a year whose gains are counted apart. */
export interface PeriodSums {
  gains: Money
  losses: Money
  /** Of months only. */
  proceeds?: Money
}

/** What of a year's gains and losses has one head, or one term: row by row, not netted inside a disposal. */
export type HeadName = Exclude<GainHead, 'personal-use'> | 'short' | 'long'

/** What is added up as a tax year goes: within one partition row by row, then over all partitions. */
export interface RunningSums {
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
  /** Gains less losses of rows that the time held takes out of tax. */
  exempt: Money
  income: Money
  readonly incomeByHead: Map<string, Money>
  readonly periods: Map<string, PeriodSums>
  /** Rows by head, where the pack keeps heads apart. */
  readonly heads: Map<HeadName, PeriodSums>
  /** Sums of one country's own, by name: the costs of the year (PL), the value of a step-up. */
  readonly named: Map<string, Money>
  /** A standing order that is only assumed was used. */
  assumedOrder: boolean
  /** Foreign money that was given or received. */
  readonly foreignMoney: Set<AssetId>
}

export const newRunningSums = (): RunningSums => ({
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
  heads: new Map(),
  named: new Map(),
  assumedOrder: false,
  foreignMoney: new Set(),
})

/** The sums that are one amount of money each. */
const AMOUNTS = [
  'proceeds',
  'fees',
  'cost',
  'gain',
  'gains',
  'losses',
  'short',
  'long',
  'denied',
  'exempt',
  'income',
] as const satisfies readonly (keyof RunningSums)[]

const plus = (a: Money | undefined, b: Money | undefined): Money => ((a ?? 0n) + (b ?? 0n)) as Money

function addParts<Name>(sums: Map<Name, PeriodSums>, parts: ReadonlyMap<Name, PeriodSums>): void {
  for (const [name, { gains, losses, proceeds }] of parts) {
    const known = sums.get(name)
    sums.set(name, {
      gains: plus(known?.gains, gains),
      losses: plus(known?.losses, losses),
      proceeds: plus(known?.proceeds, proceeds),
    })
  }
}

function addAmounts(sums: Map<string, Money>, parts: ReadonlyMap<string, Money>): void {
  for (const [name, value] of parts) sums.set(name, plus(sums.get(name), value))
}

/** Adds what one partition has in the year. */
export function addSums(sums: RunningSums, part: RunningSums): void {
  for (const name of AMOUNTS) sums[name] = plus(sums[name], part[name])
  sums.disposals += part.disposals
  addAmounts(sums.incomeByHead, part.incomeByHead)
  addParts(sums.periods, part.periods)
  addParts(sums.heads, part.heads)
  addAmounts(sums.named, part.named)
  sums.assumedOrder ||= part.assumedOrder
  for (const asset of part.foreignMoney) sums.foreignMoney.add(asset)
}
