import type { Money } from '../amount/amount.ts'
import type { AssetId } from '../events/identifiers.ts'
import { positive } from './least.ts'
import { PORTFOLIO_SUMS, usedUp } from './portfolio-basis.ts'
import type { DisposalRow, PortfolioState } from './result.ts'
import type { HeadName, PeriodSums } from './running-sums.ts'
import type { YearSlice } from './year-slice.ts'
import { countDisposal } from './year-slice.ts'

const ZERO = 0n as Money

/** Open points whose bounds do not hang on the acquisition price. */
const INDEPENDENT: ReadonlySet<string> = new Set(['missing-acquisition', 'needs-decision'])

export interface Replayed {
  readonly slices: ReadonlyMap<number, YearSlice>
  /** The acquisition price as each of the years ends. */
  readonly ends: ReadonlyMap<number, PortfolioState>
}

/** A year's start as the replay needs it: what its rows were made from, and the price before the first of them. */
interface Base {
  readonly rows: readonly DisposalRow[]
  /** What is added to the acquisition price, and to the balances received, that the rows were made with. */
  readonly acquisition: bigint
  readonly soultes: bigint
  /** Used up before the first row. */
  readonly consumed: bigint
}

/** What replayed years were made from. */
const bases = new WeakMap<YearSlice, Base>()

/** A year under another acquisition price, without its sums yet: its rows are made when somebody asks for them. */
function replayedSlice(old: YearSlice, base: Base): YearSlice {
  const members: Record<string, unknown> = {}
  for (const name of Object.keys(old)) if (name !== 'rows') members[name] = old[name as keyof YearSlice]
  let rows: DisposalRow[] | null = null
  Object.defineProperty(members, 'rows', {
    enumerable: true,
    get: () => {
      rows ??= rowsOf(base)
      return rows
    },
  })
  // Every member of the old one is there now, its rows by the getter; the loop hides that from the compiler.
  const slice = members as unknown as YearSlice
  slice.gains = ZERO
  slice.losses = ZERO
  slice.disposals = 0
  bases.set(slice, base)
  return Object.assign(slice, { heads: new Map(), named: new Map(old.named) })
}

/** The rows with what each of them uses up. */
function rowsOf({ rows, acquisition, soultes, consumed: before }: Base): DisposalRow[] {
  let consumed = before
  return rows.map((row) => {
    const { form2086 } = row
    if (form2086 === undefined) return row
    const own = {
      ...form2086,
      acquisition: (form2086.acquisition + acquisition) as Money,
      consumed: consumed as Money,
      soultes: (form2086.soultes + soultes) as Money,
    }
    const cost = usedUp(positive(own.acquisition - consumed - own.soultes), row.proceeds, own.portfolio)
    const gain = (row.proceeds - row.fees - cost) as Money
    consumed += cost
    return { ...row, cost, rawGain: gain, gain, form2086: own }
  })
}

/** Goes over the rows as they come out, adds them up, and returns what is used up after the last. */
function sumUp(slice: YearSlice, { rows, acquisition, soultes, consumed: before }: Base): bigint {
  const heads = new Map<DisposalRow['head'], PeriodSums>()
  // The rows of one event and asset are one disposal; nearly every event has one row.
  const group = new Map<AssetId, bigint>()
  let consumed = before
  let [cost, gained, gains, losses] = [0n, 0n, 0n, 0n]
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as DisposalRow
    const { form2086, head } = row
    let { cost: used, gain } = row
    if (form2086 !== undefined) {
      const net = form2086.acquisition + acquisition - consumed - form2086.soultes - soultes
      used = usedUp(positive(net), row.proceeds, form2086.portfolio)
      gain = (row.proceeds - row.fees - used) as Money
      consumed += used
    }
    const last = rows[at + 1]?.event !== row.event
    if (!row.taxable) {
      if (last) countGroup(slice, group)
      continue
    }
    cost += used
    gained += gain
    if (head === null) {
      if (gain > 0n) gains += gain
      else losses -= gain
    } else {
      const sums = heads.get(head) ?? { gains: ZERO, losses: ZERO }
      if (gain > 0n) sums.gains = (sums.gains + gain) as Money
      else sums.losses = (sums.losses - gain) as Money
      heads.set(head, sums)
    }
    if (last && group.size === 0) {
      countDisposal(slice, gain, null)
      continue
    }
    group.set(row.asset, (group.get(row.asset) ?? 0n) + gain)
    if (last) countGroup(slice, group)
  }
  slice.cost = cost as Money
  slice.gain = gained as Money
  if (gains !== 0n || losses !== 0n || rows.some(({ head, taxable }) => head === null && taxable)) {
    slice.heads.set('short', { gains: gains as Money, losses: losses as Money })
  }
  for (const [head, sums] of heads) slice.heads.set(headName(head), sums)
  return consumed
}

function countGroup(slice: YearSlice, group: Map<AssetId, bigint>): void {
  for (const gain of group.values()) countDisposal(slice, gain as Money, null)
  group.clear()
}

/** No row of a portfolio has a term. */
const headName = (head: DisposalRow['head']): HeadName => (head === null || head === 'personal-use' ? 'short' : head)

/**
 * Years whose events and holdings are as they were, under another acquisition price at their beginning: each disposal
 * uses up its share of what is there now. `then` and `now` are the prices before the first of `years`. Null where a
 * year has bounds that would have to be found anew.
 */
export function replayPortfolio(
  years: readonly YearSlice[],
  then: PortfolioState,
  now: PortfolioState,
): Replayed | null {
  const slices = new Map<number, YearSlice>()
  const ends = new Map<number, PortfolioState>()
  const more = now.acquisition - then.acquisition
  const moreSoultes = now.soultes - then.soultes
  let consumed = now.consumed as bigint
  // As the year at hand left them in the previous result.
  let { acquisition, soultes } = then
  for (const year of years) {
    if (year.open.some(({ code, of }) => of === 'gain' && !INDEPENDENT.has(code))) return null
    const known = bases.get(year)
    const base: Base = {
      rows: known?.rows ?? year.rows,
      acquisition: (known?.acquisition ?? 0n) + more,
      soultes: (known?.soultes ?? 0n) + moreSoultes,
      consumed,
    }
    const slice = replayedSlice(year, base)
    consumed = sumUp(slice, base)
    acquisition = year.named.get(PORTFOLIO_SUMS.acquisition) ?? acquisition
    soultes = year.named.get(PORTFOLIO_SUMS.soultes) ?? soultes
    const end: PortfolioState = {
      acquisition: (acquisition + more) as Money,
      consumed: consumed as Money,
      soultes: (soultes + moreSoultes) as Money,
    }
    // A year without an event of its own shows nothing, as before.
    if (year.named.has(PORTFOLIO_SUMS.acquisition)) {
      slice.named.set(PORTFOLIO_SUMS.acquisition, end.acquisition)
      slice.named.set(PORTFOLIO_SUMS.consumed, end.consumed)
      slice.named.set(PORTFOLIO_SUMS.soultes, end.soultes)
    }
    slices.set(year.year, slice)
    ends.set(year.year, end)
  }
  return { slices, ends }
}
