import type { EventContext } from './event-context.ts'
import { knownValue } from './event-context.ts'
import { exchange } from './exchange.ts'
import { feesAlone } from './fees.ts'

/**
 * Money paid in, paid out or changed, where the law gives foreign money lots: paid in it is acquired at the rate of the
 * day, paid out it goes with its cost, changed it is exchanged. What it cost before it came is not known, which the year
 * says. False where the event is not of that sort.
 */
export function foreignMoney(context: EventContext): boolean {
  const { event, law, basis, record } = context
  const moved = event.legs.filter((leg) => (leg.role === 'in' || leg.role === 'out') && leg.amount > 0n)
  if (law.fiat.size === law.money.size || moved.some((leg) => !law.money.has(leg.asset))) return false
  if (event.kind === 'fiat_fx') {
    exchange(context)
    return true
  }
  event.legs.forEach((leg, index) => {
    if ((leg.role !== 'in' && leg.role !== 'out') || law.home.has(leg.asset) || !basis.owns(leg.asset)) return
    record.slice.foreignMoney.add(leg.asset)
    const value = knownValue(context, leg)
    if (leg.role === 'out') basis.drop(leg.account, leg.asset, leg.amount)
    else if (value !== null) basis.acquire(leg, index, leg.amount, value, null)
  })
  feesAlone(context)
  return true
}
