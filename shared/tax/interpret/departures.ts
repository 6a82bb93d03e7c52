import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { Leg } from '../../events/event.ts'
import { positionChoice } from '../positions.ts'
import { addNamed } from '../year-slice.ts'
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
    addNamed(record.slice, 'theft-loss', cost)
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

/**
 * The row of a derivative's result. Of a contract that the position says is a regulated future, 60 percent are long and
 * 40 short, on a form of their own.
 * Authority: IRC 1256(a)(3), Form 6781.
 */
function writeResult(context: EventContext, leg: Leg, proceeds: Money, fees: Money, cost: Money): void {
  const { record, law, event, day } = context
  if (positionChoice(law.profile, 'P19', event, day) !== 'section-1256') {
    record.plainRow(leg.account, leg.asset, leg.amount, proceeds, fees, cost, 'derivative', null)
    return
  }
  const long = (value: bigint): bigint => (value * 3n) / 5n
  const parts = [leg.amount, proceeds, fees, cost].map((value) => [long(value), value - long(value)] as const)
  for (const [index, term] of (['long', 'short'] as const).entries()) {
    const [amount, given, charged, spent] = parts.map((part) => part[index] as bigint)
    record.plainRow(
      leg.account,
      leg.asset,
      amount as Amount,
      given as Money,
      charged as Money,
      spent as Money,
      'section-1256',
      null,
      { term, box: null },
    )
  }
  addNamed(record.slice, 'section-1256', (proceeds - fees - cost) as Money)
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
    writeResult(context, charged, ZERO_MONEY, fees as Money, ZERO_MONEY)
  }
  event.legs.forEach((leg: Leg, index) => {
    if ((leg.role !== 'in' && leg.role !== 'out') || leg.amount === 0n) return
    const { value, open } = valueOrEstimate(context, leg)
    const charge = (leg === first ? fees : 0n) as Money
    const profit = leg.role === 'in'
    if (basis.owns(leg.asset)) {
      const [proceeds, cost] = profit ? [value, ZERO_MONEY] : [ZERO_MONEY, value]
      writeResult(context, leg, proceeds, charge, cost)
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
