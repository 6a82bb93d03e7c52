import type { Money } from '../amount/amount.ts'
import type { AssetId } from '../events/identifiers.ts'
import { positive } from './least.ts'
import { PORTFOLIO_SUMS, usedUp } from './portfolio-basis.ts'
import type { DisposalRow, PortfolioState } from './result.ts'
import type { YearSlice } from './year-slice.ts'
import { addRow, countDisposal, countHead } from './year-slice.ts'

/** Open points whose bounds do not hang on the acquisition price. */
const INDEPENDENT: ReadonlySet<string> = new Set(['missing-acquisition', 'needs-decision'])

export interface Replayed {
  readonly slices: ReadonlyMap<number, YearSlice>
  /** The acquisition price as each of the years ends. */
  readonly ends: ReadonlyMap<number, PortfolioState>
}

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
  for (const year of years) {
    if (year.open.some(({ code, of }) => of === 'gain' && !INDEPENDENT.has(code))) return null
    const slice = emptied(year)
    let group: DisposalRow[] = []
    for (const old of year.rows) {
      const { form2086 } = old
      let row = old
      if (form2086 !== undefined) {
        const acquisition = form2086.acquisition + more
        const soultes = form2086.soultes + moreSoultes
        const cost = usedUp(positive(acquisition - consumed - soultes), old.proceeds, form2086.portfolio)
        const gain = (old.proceeds - old.fees - cost) as Money
        row = {
          ...old,
          cost,
          rawGain: gain,
          gain,
          form2086: {
            ...form2086,
            acquisition: acquisition as Money,
            consumed: consumed as Money,
            soultes: soultes as Money,
          },
        }
        consumed += cost
      }
      if (group.length > 0 && group[0]?.event !== row.event) {
        countGroup(slice, group)
        group = []
      }
      group.push(row)
      addRow(slice, row)
      countHead(slice, row)
    }
    if (group.length > 0) countGroup(slice, group)
    const end: PortfolioState = {
      acquisition: ((year.named.get(PORTFOLIO_SUMS.acquisition) ?? then.acquisition) + more) as Money,
      consumed: consumed as Money,
      soultes: ((year.named.get(PORTFOLIO_SUMS.soultes) ?? then.soultes) + moreSoultes) as Money,
    }
    slice.named.set(PORTFOLIO_SUMS.acquisition, end.acquisition)
    slice.named.set(PORTFOLIO_SUMS.consumed, end.consumed)
    slice.named.set(PORTFOLIO_SUMS.soultes, end.soultes)
    slices.set(year.year, slice)
    ends.set(year.year, end)
  }
  return { slices, ends }
}

const ZERO = 0n as Money

/** The year without its rows and what they came to; all else is shared. */
const emptied = (year: YearSlice): YearSlice => ({
  ...year,
  rows: [],
  proceeds: ZERO,
  fees: ZERO,
  cost: ZERO,
  gain: ZERO,
  gains: ZERO,
  losses: ZERO,
  disposals: 0,
  short: ZERO,
  long: ZERO,
  denied: ZERO,
  heads: new Map(),
  named: new Map(year.named),
})

/** The rows of one event and asset are one disposal. */
function countGroup(slice: YearSlice, rows: readonly DisposalRow[]): void {
  const [first] = rows
  if (rows.length === 1 && first !== undefined) {
    if (first.taxable) countDisposal(slice, first.gain, null)
    return
  }
  const gains = new Map<AssetId, bigint>()
  for (const { asset, gain, taxable } of rows) if (taxable) gains.set(asset, (gains.get(asset) ?? 0n) + gain)
  for (const gain of gains.values()) countDisposal(slice, gain as Money, null)
}
