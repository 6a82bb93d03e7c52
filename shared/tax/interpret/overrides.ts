import type { Amount } from '../../amount/amount.ts'
import { dayOfDate } from '../../events/civil-date.ts'
import type { EventContext } from './event-context.ts'
import { isFiat } from './event-context.ts'
import { feesAlone } from './fees.ts'
import { openDecision } from './open-kinds.ts'

/**
 * The person states the cost, and where known the date, of units that are held: of the lots named, else of those without
 * a past first, then of the oldest. No unit moves. It is always listed, as it stands on the person's word.
 */
export function overrideCost(context: EventContext): void {
  const { event, basis, record, law } = context
  for (const leg of event.legs) {
    if ((leg.role !== 'in' && leg.role !== 'info') || !basis.owns(leg.asset) || isFiat(context, leg.asset)) continue
    const cost = leg.cost ?? leg.value
    if (cost === undefined || leg.amount === 0n || basis.overrideCost === undefined) {
      openDecision(context)
      continue
    }
    const day = leg.acquired === undefined ? null : dayOfDate(leg.acquired)
    const acquired =
      day === null || leg.acquired === undefined ? null : { day, time: law.clock.startOfDay(leg.acquired) }
    const missing = basis.overrideCost(leg, cost, acquired, event.lots ?? [])
    record.open({ code: 'basis-stated', asset: leg.asset, account: leg.account, amount: leg.amount })
    if (missing > 0n) {
      record.open({
        code: 'basis-stated-for-missing-units',
        asset: leg.asset,
        account: leg.account,
        amount: missing as Amount,
        effect: { low: null, high: null },
      })
    }
  }
  feesAlone(context)
}
