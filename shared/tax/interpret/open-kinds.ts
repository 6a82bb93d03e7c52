import type { Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { Leg } from '../../events/event.ts'
import { least, positive } from '../least.ts'
import { NOT_KNOWN, type OpenPointDraft } from '../open-point.ts'
import { positionChoice } from '../positions.ts'
import type { EventContext } from './event-context.ts'
import { boundsOf, isFiat, knownValue, valueOrEstimate } from './event-context.ts'
import { exchange } from './exchange.ts'
import { feesAlone } from './fees.ts'

/** What an open point says of the units of a leg. */
const unitsOf = ({ asset, account, amount }: Leg): Pick<OpenPointDraft, 'asset' | 'account' | 'amount'> => ({
  asset,
  account,
  amount,
})

/**
 * Units whose coming or going is not explained. Until it is: out counts as a disposal at market value whose losses do
 * not count, in counts as units without cost; or with position P14 `best` neither is taxed. Both bounds are shown. Fees
 * are the caller's.
 */
export function unknownLegs(context: EventContext, code: string, only: 'in' | 'out' | 'both' = 'both'): void {
  const { law, event, basis, record } = context
  const best = positionChoice(law.profile, 'P14', event, context.day) === 'best'
  const detail = code === 'needs-decision' ? { detail: event.kind } : {}
  event.legs.forEach((leg, index) => {
    if ((leg.role !== 'in' && leg.role !== 'out') || leg.amount === 0n || !basis.owns(leg.asset)) return
    if (only !== 'both' && leg.role !== only) return
    const fiat = isFiat(context, leg.asset)
    if (fiat) {
      record.open({ code, ...detail, ...unitsOf(leg), effect: NOT_KNOWN })
    } else if (leg.role === 'in') {
      const value = knownValue(context, leg)
      if (best) basis.acquire(leg, index, leg.amount, value ?? ZERO_MONEY, null)
      else basis.acquire(leg, index, leg.amount, ZERO_MONEY, { note: { missing: true } })
      record.open({
        code,
        ...detail,
        ...unitsOf(leg),
        effect: { low: ZERO_MONEY, high: value },
        of: value === null ? 'none' : 'income',
      })
    } else if (best) {
      basis.leave(leg.account, leg.asset, leg.amount, knownValue(context, leg))
      record.open({ code, ...detail, ...unitsOf(leg), effect: NOT_KNOWN })
    } else {
      const { value, open } = valueOrEstimate(context, leg)
      const before = record.slice.gain
      const gain = record.withoutLosses(() => basis.dispose(leg.account, leg.asset, leg.amount, value, ZERO_MONEY))
      const countedNow = record.slice.gain - before
      const bounds = open === null ? { high: 0n } : boundsOf(context, leg.amount, open)
      basis.settle(leg.asset, leg.amount, gain, (known, counts) => {
        const most = bounds.high === null ? null : known + bounds.high
        record.open({
          code,
          ...detail,
          event: event.id,
          ...unitsOf(leg),
          effect: { low: least(known, 0n) as Money, high: most === null ? null : (positive(most) as Money) },
          // Where the day's disposals are one, a loss of this part counts with them.
          counted: counts ?? ((gain !== 0n || law.family === 'lots' ? countedNow : known) as Money),
          of: 'gain',
        })
      })
    }
  })
}

/** A kind that only facts decide. One-sided it counts as unexplained; with both sides as an exchange meanwhile. */
export function askLegs(context: EventContext): void {
  const coins = context.event.legs.filter((leg) => !isFiat(context, leg.asset))
  const given = coins.find((leg) => leg.role === 'out')
  const taken = coins.find((leg) => leg.role === 'in')
  const delivered =
    context.event.kind === 'option_exercise' && coins.some(({ role }) => role === 'out' || role === 'in')
  if ((given !== undefined && taken !== undefined) || delivered) {
    exchange(context)
    openDecision(context)
  } else if (given === undefined && taken === undefined) {
    feesAlone(context)
    openDecision(context)
  } else {
    unknownLegs(context, 'needs-decision')
    feesAlone(context)
  }
}

/** One open point for the event, in the partition of its first asset. */
export function openDecision(context: EventContext): void {
  const first = context.event.legs[0]
  if (first !== undefined && !context.basis.owns(first.asset)) return
  context.record.open({
    code: 'needs-decision',
    ...(first === undefined ? {} : unitsOf(first)),
    effect: NOT_KNOWN,
    detail: context.event.kind,
  })
}

/** Units lost, stolen or worthless: they go with their cost; whether the loss counts is the decision. */
export function writeOff(context: EventContext): void {
  for (const leg of context.event.legs) {
    if (leg.role !== 'out' || leg.amount === 0n || !context.basis.owns(leg.asset) || isFiat(context, leg.asset))
      continue
    const cost = context.basis.leave(leg.account, leg.asset, leg.amount, knownValue(context, leg))
    context.record.open({
      code: 'needs-decision',
      ...unitsOf(leg),
      effect: { low: -cost as Money, high: ZERO_MONEY },
      of: 'gain',
      detail: context.event.kind,
    })
  }
  feesAlone(context)
}

/** No disposal until a claim is made: nothing moves in the books. */
export function awaitClaim(context: EventContext): void {
  for (const leg of context.event.legs) {
    if (leg.role !== 'out' || !context.basis.owns(leg.asset)) continue
    context.record.open({
      code: 'needs-decision',
      ...unitsOf(leg),
      effect: NOT_KNOWN,
      detail: context.event.kind,
    })
  }
  feesAlone(context)
}

/** A plug that makes a balance agree: in without cost, out without loss. */
export function correction(context: EventContext): void {
  context.event.legs.forEach((leg, index) => {
    if (!context.basis.owns(leg.asset) || leg.amount === 0n || isFiat(context, leg.asset)) return
    if (leg.role === 'in') context.basis.acquire(leg, index, leg.amount, ZERO_MONEY, null)
    else if (leg.role === 'out') context.basis.leave(leg.account, leg.asset, leg.amount, knownValue(context, leg))
    else return
    context.record.open({ code: 'balance-correction', ...unitsOf(leg), effect: NOT_KNOWN })
  })
  feesAlone(context)
}
