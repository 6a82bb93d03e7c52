import { dayOfDate } from '../../events/civil-date.ts'
import type { Leg } from '../../events/event.ts'
import type { Kind } from '../../events/kinds.ts'
import { awaitsGlobalPlan } from '../changeover-plan.ts'
import type { Treatment } from '../pack.ts'
import { keepsItsAssets } from '../partition.ts'
import { claimLoss, debtInCoins, deemedDisposal, derivative, disposeForStated, leave } from './departures.ts'
import type { EventContext } from './event-context.ts'
import { isFiat } from './event-context.ts'
import { exchange } from './exchange.ts'
import { feesAlone } from './fees.ts'
import { foreignMoney } from './foreign-money.ts'
import { move } from './moves.ts'
import { askLegs, awaitClaim, correction, openDecision, unknownLegs, writeOff } from './open-kinds.ts'
import { overrideCost } from './overrides.ts'
import {
  acquireCarried,
  acquireInherited,
  acquireNil,
  debtReleased,
  income,
  openingLot,
  splitFork,
} from './receipts.ts'

/** Applies what the law makes of the event to the basis and the record of the context's partition. */
export function interpretEvent(context: EventContext): void {
  const { event, law } = context
  const named =
    event.lots !== undefined && event.lots.length > 0 && event.kind !== 'basis_override' && lotsCount(context)
  if (named) context.basis.nameLots(event.lots ?? [], namedAsset(context))
  const { treatment, head } = law.treatmentOf(event, context.day)
  switch (treatment) {
    case 'exchange':
      exchange(context)
      break
    case 'carry':
      move(context)
      break
    case 'carry-same':
      if (keepsItsAssets(event)) move(context)
      else exchange(context)
      break
    case 'personal-use':
      context.record.forPersonalUse(() => exchange(context))
      break
    case 'income':
      income(context, head)
      break
    case 'nothing':
      if (!MONEY_ONLY.has(event.kind)) feesAlone(context)
      else if (!foreignMoney(context)) {
        unknownLegs(context, 'needs-decision')
        feesAlone(context)
      }
      break
    case 'acquire-nil':
      acquireNil(context)
      break
    case 'acquire-outside':
      acquireNil(context, { outside: true })
      break
    case 'acquire-carried':
      acquireCarried(context)
      break
    case 'acquire-inherited':
      acquireInherited(context)
      break
    case 'opening':
      openingLot(context)
      break
    case 'dispose-nil':
      disposeForStated(context)
      break
    case 'leave':
      leave(context)
      break
    case 'write-off':
      writeOff(context)
      break
    case 'await-claim':
      awaitClaim(context)
      break
    case 'deemed':
      deemedDisposal(context)
      break
    case 'split':
      splitFork(context)
      break
    case 'derivative':
      if (deliversCoins(context)) askLegs(context)
      else derivative(context)
      break
    case 'unknown':
      unknownLegs(context, event.kind === 'unmatched_in' ? 'unmatched-in' : 'unmatched-out')
      feesAlone(context)
      break
    case 'ask':
      askLegs(context)
      break
    case 'note':
      openDecision(context)
      feesAlone(context)
      break
    case 'correction':
      correction(context)
      break
    case 'debt':
      debtInCoins(context)
      break
    case 'debt-released':
      debtReleased(context, head)
      break
    case 'claim-loss':
      claimLoss(context)
      break
    case 'override':
      overrideCost(context)
      break
    default: {
      const never: never = treatment
      throw new RangeError(`no interpretation of ${String(never)}`)
    }
  }
  const against = AGAINST[treatment]
  if (against !== undefined) unknownLegs(context, 'needs-decision', against)
  if (named) context.basis.endNaming()
}

/** Kinds of which only money is expected; a coin in one is unexplained. */
const MONEY_ONLY: ReadonlySet<Kind> = new Set<Kind>(['fiat_deposit', 'fiat_withdrawal', 'fiat_fx'])

/** Treatments of one direction, or none: a leg of another one is unexplained, never passed over. */
const AGAINST: Partial<Record<Treatment, 'in' | 'out' | 'both'>> = {
  'acquire-nil': 'out',
  'acquire-outside': 'out',
  'acquire-carried': 'out',
  'acquire-inherited': 'out',
  opening: 'out',
  split: 'out',
  leave: 'in',
  'write-off': 'in',
  'claim-loss': 'in',
  'debt-released': 'both',
  override: 'out',
  'await-claim': 'in',
}

/** An option exercised against delivery is a purchase or a sale, and where its premium belongs is open; one settled in cash has a result. */
function deliversCoins({ event }: EventContext): boolean {
  const moves = (role: Leg['role']): boolean => event.legs.some((leg) => leg.role === role && leg.amount > 0n)
  return event.kind === 'option_exercise' && moves('out') && moves('in')
}

/** The asset that a named lot without one is of: what is given, else what pays the fee. */
function namedAsset(context: EventContext): Leg['asset'] {
  const { legs } = context.event
  const coin = (leg: Leg): boolean => !isFiat(context, leg.asset)
  const leg = legs.find((l) => l.role === 'out' && coin(l)) ?? legs.find((l) => l.role === 'fee' && coin(l)) ?? legs[0]
  return (leg as Leg).asset
}

/**
 * Do the lots that an event names count: identified no later than the event, and to the broker where that is asked.
 * What does not count is reported, and the method chooses.
 */
function lotsCount(context: EventContext): boolean {
  const { event, law, record, basis } = context
  const rules = law.pack.identification
  const asset = namedAsset(context)
  const report = (code: string): false => {
    if (basis.owns(asset)) record.open({ code, asset, effect: { low: null, high: null } })
    return false
  }
  if (awaitsGlobalPlan(asset, event.time, context.day, law)) return report('identification-before-allocation')
  const { pack } = law
  if (pack.oldHoldings === undefined && !pack.methods.menu.includes('specific'))
    return report('identification-not-allowed')
  if (rules.dateTest && event.identifiedAt !== undefined && event.identifiedAt > event.time) {
    return report('identification-after-disposal')
  }
  const brokerFrom = rules.brokerFrom === null ? null : dayOfDate(rules.brokerFrom)
  if (brokerFrom !== null && context.day >= brokerFrom && event.identifiedTo === 'books') {
    const source = event.legs.find((leg) => leg.role === 'out' || leg.role === 'fee')
    if (source !== undefined && law.accounts.get(source.account)?.kind === 'exchange') {
      return report('identification-not-sent-to-broker')
    }
  }
  return true
}
