import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { Leg } from '../../events/event.ts'
import type { EventContext } from './event-context.ts'
import { isFiat, knownValue, openCostPrice, openDisposalPrice, valueOrEstimate } from './event-context.ts'
import { feesAlone } from './fees.ts'

/** Gifts, donations, estates: the units go with their cost, without gain or loss. */
export function leave(context: EventContext): void {
  for (const leg of context.event.legs) {
    if (leg.role !== 'out' || leg.amount === 0n || isFiat(context, leg.asset)) continue
    context.basis.leave(leg.account, leg.asset, leg.amount, knownValue(context, leg))
  }
  feesAlone(context)
}

/** Units stolen whose cost is claimed as a loss: it is no capital loss, and has a form of its own. */
export function claimLoss(context: EventContext): void {
  const { basis, record } = context
  for (const leg of context.event.legs) {
    if (leg.role !== 'out' || leg.amount === 0n || !basis.owns(leg.asset) || isFiat(context, leg.asset)) continue
    const cost = basis.leave(leg.account, leg.asset, leg.amount, knownValue(context, leg))
    record.slice.claimed = (record.slice.claimed + cost) as Money
  }
  feesAlone(context)
}

/**
 * Borrowed units come in at market value; what is given back is disposed of for what as many were worth when they were
 * borrowed, and only what no debt stands against at its market value.
 */
export function debtInCoins(context: EventContext): void {
  const { basis, memory, event } = context
  event.legs.forEach((leg, index) => {
    if (leg.amount === 0n || !basis.owns(leg.asset) || isFiat(context, leg.asset)) return
    if (leg.role === 'in') {
      const { value, open } = valueOrEstimate(context, leg)
      memory.borrow(leg.asset, leg.amount, value)
      basis.acquire(leg, index, leg.amount, value, null)
      if (open !== null) openCostPrice(context, leg.asset, leg.amount)
    } else if (leg.role === 'out') {
      const settled = memory.repay(leg.asset, leg.amount)
      const beyond = (leg.amount - settled.amount) as Amount
      const market = beyond === 0n ? null : valueOrEstimate(context, { ...leg, amount: beyond })
      const proceeds = (settled.value + (market?.value ?? 0n)) as Money
      const gain = basis.dispose(leg.account, leg.asset, leg.amount, proceeds, ZERO_MONEY)
      if (market?.open) openDisposalPrice(context, leg.asset, leg.amount, market.open, gain)
    }
  })
  feesAlone(context)
}

/** Units gone for what is stated, or for nothing. */
export function disposeForStated(context: EventContext): void {
  context.event.legs.forEach((leg, index) => {
    if (leg.amount === 0n || isFiat(context, leg.asset)) return
    if (leg.role === 'out') {
      context.basis.dispose(leg.account, leg.asset, leg.amount, leg.value ?? ZERO_MONEY, ZERO_MONEY)
    } else if (leg.role === 'in') {
      context.basis.acquire(leg, index, leg.amount, leg.value ?? ZERO_MONEY, null)
    }
  })
  feesAlone(context)
}

/** Disposal at market value and reacquisition at it: a claim of negligible value, an exit, a step-up. */
export function deemedDisposal(context: EventContext): void {
  const { event, basis } = context
  event.legs.forEach((leg, index) => {
    if (leg.role !== 'out' || leg.amount === 0n || isFiat(context, leg.asset)) return
    const { value, open } = valueOrEstimate(context, leg)
    const gain = basis.dispose(leg.account, leg.asset, leg.amount, value, ZERO_MONEY)
    if (open !== null) openDisposalPrice(context, leg.asset, leg.amount, open, gain)
    if (!event.legs.some((other) => other.role === 'in' && other.asset === leg.asset)) {
      basis.acquire(leg, index, leg.amount, value, { unmatched: true, boughtBack: true })
    }
  })
  event.legs.forEach((leg, index) => {
    if (leg.role !== 'in' || leg.amount === 0n || isFiat(context, leg.asset)) return
    basis.acquire(leg, index, leg.amount, valueOrEstimate(context, leg).value, { unmatched: true, boughtBack: true })
  })
  feesAlone(context)
}

/** A settled result of a derivative: profit comes in, loss goes out; the coin it is paid in has a history of its own. */
export function derivative(context: EventContext): void {
  const { event, basis, record } = context
  let fees = 0n
  for (const leg of event.legs) {
    if (leg.role === 'fee') fees += knownValue(context, leg) ?? 0n
  }
  const first = event.legs.find((leg) => leg.role === 'in' || leg.role === 'out')
  const charged = event.legs.find((leg) => leg.role === 'fee' && leg.amount > 0n)
  if (first === undefined && charged !== undefined && basis.owns(charged.asset)) {
    // A fee by itself is a result of its own.
    record.plainRow(
      charged.account,
      charged.asset,
      charged.amount,
      ZERO_MONEY,
      fees as Money,
      ZERO_MONEY,
      'derivative',
      null,
    )
  }
  event.legs.forEach((leg: Leg, index) => {
    if ((leg.role !== 'in' && leg.role !== 'out') || leg.amount === 0n) return
    const { value, open } = valueOrEstimate(context, leg)
    const charge = (leg === first ? fees : 0n) as Money
    const profit = leg.role === 'in'
    if (basis.owns(leg.asset)) {
      const [proceeds, cost] = profit ? [value, ZERO_MONEY] : [ZERO_MONEY, value]
      record.plainRow(leg.account, leg.asset, leg.amount as Amount, proceeds, charge, cost, 'derivative', null)
      if (open !== null) {
        const [low, high] = profit ? [open.low, open.high] : [open.high === null ? null : -open.high, -open.low]
        record.open({
          code: 'missing-price',
          asset: leg.asset,
          amount: leg.amount,
          effect: { low: low as Money | null, high: high as Money | null },
          counted: (profit ? open.counted : -open.counted) as Money,
          of: 'gain',
        })
      }
    }
    if (isFiat(context, leg.asset)) return
    if (profit) basis.acquire(leg, index, leg.amount, value, null)
    else basis.dispose(leg.account, leg.asset, leg.amount, value, ZERO_MONEY)
  })
  feesAlone(context)
}
