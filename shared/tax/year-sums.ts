import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { AssetId, EventId } from '../events/identifiers.ts'
import { greatest, least } from './least.ts'
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

/**
 * Widens a year's bounds by open points, each for the total that it concerns. What several points say of the same units
 * is taken once: a coin that nobody explains may have been bought nowhere and have no price, and is still one gain.
 * `oneStock`: all assets are one stock, and a price of another coin is missing for the gain of this one. `dayOf`: the event
 * that stands for the disposals of one day, where these are one.
 */
export function widen(sums: YearSums, open: readonly OpenPoint[], oneStock = false, dayOf: DayOf = ITSELF): void {
  for (const range of rangesOf(open, oneStock, dayOf)) {
    const total = sums.open[range.of]
    total.below = total.below === null || range.below === null ? null : plus(total.below, range.below)
    total.above = total.above === null || range.above === null ? null : plus(total.above, range.above)
    total.counted = plus(total.counted, range.counted)
  }
}

type DayOf = (event: EventId, asset: AssetId | null) => EventId
const ITSELF: DayOf = (event) => event

interface PointRange extends OpenRange {
  readonly of: 'gain' | 'income'
  readonly code: string
}

/** The range of each event's asset, over all that is open about it. */
function rangesOf(open: readonly OpenPoint[], oneStock: boolean, dayOf: DayOf): readonly PointRange[] {
  const alone: PointRange[] = []
  const days = new Map<string, PointRange[]>()
  const byUnits = new Map<string, Map<string, PointRange>>()
  const dayKeys = new Map<string, string>()
  for (const point of open) {
    if (point.of === 'none') continue
    const range = rangeOf(point, point.of)
    if (point.event === null || point.of === 'income') {
      alone.push(range)
      continue
    }
    const key = oneStock ? point.event : `${point.event} ${point.asset ?? ''}`
    const byCode = byUnits.get(key)
    if (dayOf !== ITSELF && !oneStock) dayKeys.set(key, `${dayOf(point.event, point.asset)} ${point.asset ?? ''}`)
    if (byCode === undefined) {
      byUnits.set(key, new Map([[range.code, range]]))
    } else {
      const same = byCode.get(range.code)
      byCode.set(range.code, same === undefined ? range : added(same, range))
    }
  }
  for (const [key, byCode] of byUnits) {
    const range = [...byCode.values()].reduce(overlaid)
    const day =
      byCode.has(NEVER_BOUGHT) || [...byCode.keys()].every((code) => GONE.has(code)) ? dayKeys.get(key) : undefined
    if (day === undefined) alone.push(range)
    else days.set(day, [...(days.get(day) ?? []), byCode.has(NEVER_BOUGHT) ? { ...range, code: NEVER_BOUGHT } : range])
  }
  for (const ranges of days.values()) alone.push(...ofOneDay(ranges))
  return alone
}

const NEVER_BOUGHT = 'missing-acquisition'
/** Units that may not have been disposed of at all. */
const GONE: ReadonlySet<string> = new Set(['unmatched-out', 'needs-decision'])

/** Units that a day's disposals lack may be the very ones of the day that nobody can explain: taken once. */
function ofOneDay(ranges: readonly PointRange[]): readonly PointRange[] {
  const lacking = ranges.filter(({ code }) => code === NEVER_BOUGHT)
  const gone = ranges.filter(({ code }) => code !== NEVER_BOUGHT)
  if (lacking.length === 0 || gone.length === 0) return ranges
  return [overlaid(lacking.reduce(added), gone.reduce(added))]
}

const rangeOf = ({ code, effect: { low, high }, counted }: OpenPoint, of: PointRange['of']): PointRange => ({
  of,
  code,
  below: low === null ? null : ((low - counted) as Money),
  above: high === null ? null : ((high - counted) as Money),
  counted,
})

/** Two points of one code are of different units. */
const added = (a: PointRange, b: PointRange): PointRange => ({
  ...a,
  below: a.below === null || b.below === null ? null : plus(a.below, b.below),
  above: a.above === null || b.above === null ? null : plus(a.above, b.above),
  counted: plus(a.counted, b.counted),
})

/** Points of several codes are of the same units, or of a part of them; a profit and a loss are two things. */
function overlaid(a: PointRange, b: PointRange): PointRange {
  if (a.counted < 0n !== b.counted < 0n) return added(a, b)
  const wider = (a.counted < 0n ? -a.counted : a.counted) >= (b.counted < 0n ? -b.counted : b.counted) ? a : b
  return {
    ...a,
    below: a.below === null || b.below === null ? null : (least(a.below, b.below) as Money),
    above: a.above === null || b.above === null ? null : (greatest(a.above, b.above) as Money),
    counted: wider.counted,
  }
}

/** Adds what one partition has in the year. */
export function addSlice(sums: YearSums, slice: YearSlice, oneStock: boolean): void {
  addSums(sums, slice)
  widen(sums, slice.open, oneStock, daysOf(slice))
}

/** The first event of the disposals that were made one, for each of them and their asset. */
function daysOf({ open, rows }: YearSlice): DayOf {
  // Walking a year's rows is worth it only where units are lacking and others are not explained.
  if (!open.some(({ code }) => code === NEVER_BOUGHT) || !open.some(({ code }) => GONE.has(code))) return ITSELF
  const firsts = new Map<string, EventId>()
  for (const { asset, event, events } of rows) {
    if (events !== null) for (const one of events) firsts.set(`${one} ${asset}`, event)
  }
  return firsts.size === 0 ? ITSELF : (event, asset) => firsts.get(`${event} ${asset ?? ''}`) ?? event
}
