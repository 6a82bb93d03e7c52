import type { Amount, Money } from '../amount/amount.ts'
import { dateOfDay } from '../events/civil-date.ts'
import type { AccountId, AssetId, CivilDate, EventId } from '../events/identifiers.ts'
import type { DisposalRow, LotOrigin, TaxResult } from './result.ts'
import { disposalId } from './result.ts'

/** One station of the units behind a figure, the latest first. */
export interface TraceStep {
  readonly what: 'disposed' | 'moved' | 'acquired'
  readonly event: EventId
  /** Where the units were after the step; null where the method does not say. */
  readonly account: AccountId | null
  readonly asset: AssetId
  readonly date: CivilDate | null
}

/** A disposal row with everything it came from. */
export interface DisposalTrace {
  readonly row: DisposalRow
  readonly amount: Amount
  readonly cost: Money
  /** The events that were disposed of together. */
  readonly events: readonly EventId[]
  /** From the disposal back to the first acquisition; pools end with the disposal. */
  readonly steps: readonly TraceStep[]
}

/** The chain of a lot, from where it is back to its first acquisition. */
export function lotSteps(origin: LotOrigin): TraceStep[] {
  const steps: TraceStep[] = []
  let lot: LotOrigin | null = origin
  while (lot !== null) {
    const { parent }: LotOrigin = lot
    if (parent === null) {
      steps.push({
        what: 'acquired',
        event: lot.event,
        account: lot.account,
        asset: lot.asset,
        date: dateOfDay(lot.day),
      })
    } else if (lot.via !== null) {
      steps.push({ what: 'moved', event: lot.via, account: lot.account, asset: lot.asset, date: null })
    }
    lot = parent
  }
  return steps
}

/** Everything behind one disposal row: its events, the moves its lot went through, and the lot's acquisition. */
export function explainRow(row: DisposalRow): DisposalTrace {
  const events = row.events ?? [row.event]
  const steps: TraceStep[] = events.map((event) => ({
    what: 'disposed',
    event,
    account: row.account,
    asset: row.asset,
    date: row.disposed,
  }))
  if (row.origin !== null) steps.push(...lotSteps(row.origin))
  return { row, amount: row.amount, cost: row.cost, events, steps }
}

/** The row of a stable id with everything behind it; null where the result has no such row. */
export function explainDisposal(result: TaxResult, id: string): DisposalTrace | null {
  const event = id.slice(0, id.indexOf('~'))
  const row = result.disposals.find((candidate) => candidate.event.startsWith(event) && disposalId(candidate) === id)
  return row === undefined ? null : explainRow(row)
}
