import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { LedgerEvent } from '../events/event.ts'
import { positive } from './least.ts'
import type { DisposalRow } from './result.ts'
import type { YearSlice } from './year-slice.ts'

/**
 * Changes the gain of a row that is written already, because a later event restricts its loss or an earlier loss reduces
 * it. The disposal that it belongs to is counted anew, unless it is the event `now` that is still being read.
 */
export function changeGain(slice: YearSlice, index: number, by: Money, now: LedgerEvent): void {
  const row = slice.rows[index] as DisposalRow
  const before = disposalGain(slice, index)
  slice.rows[index] = { ...row, gain: (row.gain + by) as Money }
  slice.gain = (slice.gain + by) as Money
  slice.denied = (slice.denied + by) as Money
  if (row.event === now.id) return
  const after = before + by
  slice.gains = (slice.gains + positive(after) - positive(before)) as Money
  slice.losses = (slice.losses + positive(-after) - positive(-before)) as Money
}

/** The gain of the disposal, as the law counts it, that a row is part of: rows of its event, which stand together, and asset. */
function disposalGain({ rows }: YearSlice, index: number): bigint {
  const { event, asset } = rows[index] as DisposalRow
  let first = index
  while (first > 0 && rows[first - 1]?.event === event) first--
  let gain: bigint = ZERO_MONEY
  for (let i = first; rows[i]?.event === event; i++) {
    const row = rows[i] as DisposalRow
    if (row.asset === asset && row.taxable) gain += row.gain
  }
  return gain
}
