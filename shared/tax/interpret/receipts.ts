import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import { dateOfDay, dayOfDate } from '../../events/civil-date.ts'
import type { Leg } from '../../events/event.ts'
import type { CivilDate, Instant } from '../../events/identifiers.ts'
import { legWithin } from '../../events/leg-direction.ts'
import type { LotNote } from '../result.ts'
import type { EventContext } from './event-context.ts'
import { isFiat, knownValue, openCostPrice, valueOrEstimate } from './event-context.ts'
import type { Charge } from './fees.ts'
import { chargeOf, disposeFeeUnits, feesAlone } from './fees.ts'
import { openDecision, unknownLegs, writeOff } from './open-kinds.ts'

/** Income at market value on receipt; the value, with the fees of receiving it, is the cost of the units. */
export function income(context: EventContext, head: string): void {
  const { event, basis, memory } = context
  const ins = event.legs.filter((leg) => leg.role === 'in' && leg.amount > 0n)
  const isAccrual = event.kind === 'reward_accrual'
  if (isAccrual && ins.length === 0 && event.legs.some((leg) => leg.role === 'info')) {
    for (const leg of event.legs) {
      if (leg.role !== 'info' || leg.amount === 0n || !basis.owns(leg.asset)) continue
      memory.accrue(leg.asset, event.protocol, null, leg.amount, incomeOf(context, leg, leg.amount, head))
    }
    feesAlone(context)
    return
  }
  if (ins.length === 0) {
    // The other way round: a negative reward takes units away, and is no income.
    writeOff(context)
    return
  }
  unknownLegs(context, 'needs-decision', 'out')
  const charges: Charge[] = []
  let fees = 0n
  for (const leg of event.legs) {
    if (leg.role !== 'fee' || leg.amount === 0n) continue
    const within = legWithin(leg, event.legs)
    const implied = within?.value === undefined ? null : (((within.value * leg.amount) / within.amount) as Money)
    const charge = chargeOf(context, leg, within, implied)
    charges.push(charge)
    // What was withheld of the reward itself is disposed of at its own cost; only what was paid beside it adds to cost.
    if (within === null || !ins.includes(within)) fees += charge.value
  }
  if (context.law.feeRelief?.acquisition === false) fees = 0n
  ins.forEach((leg, i) => {
    const share = i === 0 ? fees : 0n
    if (!basis.owns(leg.asset)) return
    const claimed = isAccrual ? NOTHING_CLAIMED : takeAccrued(context, leg)
    const amount = (leg.amount - claimed.amount) as Amount
    const value = amount === 0n ? ZERO_MONEY : incomeOf(context, leg, amount, head)
    if (isAccrual) memory.accrue(leg.asset, event.protocol, leg.account, leg.amount, value)
    if (!isFiat(context, leg.asset)) {
      const cost = (nilCost(context, head) ? ZERO_MONEY : value + claimed.value + share) as Money
      basis.acquire(leg, event.legs.indexOf(leg), (leg.amount - claimed.moved) as Amount, cost, null)
      for (const charge of charges) {
        if (charge.within === leg) basis.disposeJustAcquired(leg, charge.leg.amount, charge.value, ZERO_MONEY)
      }
    }
  })
  const separate = charges.filter((charge) => charge.within === null || !ins.includes(charge.within))
  if (separate.length > 0) disposeFeeUnits(context, separate)
}

const nilCost = (context: EventContext, head: string): boolean =>
  context.law.pack.nilCostHeads?.heads.includes(head) === true

/** Records `amount` units of a leg as income at market value; gives the value counted. */
function incomeOf(context: EventContext, whole: Leg, amount: Amount, head: string): Money {
  const { record } = context
  const leg = amount === whole.amount ? whole : partOf(whole, amount)
  const { value, open } = valueOrEstimate(context, leg)
  record.income(leg, value, head)
  if (open !== null) {
    record.open({
      code: 'missing-price',
      asset: leg.asset,
      account: leg.account,
      amount: leg.amount,
      effect: { low: open.low, high: open.high },
      counted: open.counted,
      of: 'income',
    })
  }
  return value
}

const partOf = (leg: Leg, amount: Amount): Leg =>
  leg.value === undefined
    ? { ...leg, amount }
    : { ...leg, amount, value: mulDiv(leg.value, amount, leg.amount) as Money }

const NOTHING_CLAIMED = { amount: 0n, value: 0n, moved: 0n }

/**
 * What a claim brings that was taxed when it accrued: no income again. Units that came into the books when they accrued
 * move to the place of the claim; the others come in now, at the value they were taxed at.
 */
function takeAccrued({ memory, event, basis }: EventContext, leg: Leg): typeof NOTHING_CLAIMED {
  const sum = { ...NOTHING_CLAIMED }
  for (const { amount, value, account } of memory.claim(leg.asset, event.protocol, leg.amount)) {
    sum.amount += amount
    if (account === null) {
      sum.value += value
      continue
    }
    sum.moved += amount
    const portion = { asset: leg.asset, amount, weight: amount }
    const [outs, ins] = [[{ ...portion, account }], [{ ...portion, account: leg.account }]]
    basis.move({ outs, ins, convert: false, absorbed: [], addCost: () => ZERO_MONEY })
  }
  return sum
}

/** A debt that is released: income of the value that need not be given back. */
export function debtReleased(context: EventContext, head: string): void {
  for (const leg of context.event.legs) {
    if (leg.role !== 'debt' || leg.amount >= 0n || !context.basis.owns(leg.asset)) continue
    const amount = -leg.amount as Amount
    incomeOf(context, { ...leg, amount }, amount, head)
  }
  feesAlone(context)
}

/** Units taken in at no cost and without income. */
export function acquireNil(context: EventContext, note: LotNote | null = null): void {
  context.event.legs.forEach((leg, index) => {
    if (leg.role === 'in' && leg.amount > 0n && !isFiat(context, leg.asset)) {
      context.basis.acquire(leg, index, leg.amount, ZERO_MONEY, note === null ? null : { note })
    }
  })
  feesAlone(context)
}

const at = (context: EventContext, date: CivilDate): { day: number; time: Instant } => {
  const day = dayOfDate(date)
  // Of one day, what happened at a known instant keeps it.
  return day === context.day
    ? { day, time: context.event.time }
    : { day, time: context.law.clock.startOfDay(dateOfDay(day)) }
}

/** A gift: the giver's cost and date; with a second basis for losses where the law has one. */
export function acquireCarried(context: EventContext): void {
  const { law, event, basis } = context
  event.legs.forEach((leg, index) => {
    if (leg.role !== 'in' || leg.amount === 0n || isFiat(context, leg.asset)) return
    const { carry } = leg
    const market = carry?.marketValue ?? knownValue(context, leg)
    const acquired = carry?.acquired === undefined ? undefined : at(context, carry.acquired)
    const detail = (note: LotNote | undefined) => ({
      ...(acquired === undefined ? {} : { acquired }),
      ...(note === undefined ? {} : { note }),
    })
    if (carry?.cost === undefined) {
      const unknown = law.pack.giftLossBasis || law.pack.carriedOnly === true || market === null
      if (unknown) basis.acquire(leg, index, leg.amount, ZERO_MONEY, detail({ missing: true }))
      else basis.acquire(leg, index, leg.amount, market, detail(undefined))
      if (basis.owns(leg.asset) && unknown) {
        context.record.open({ code: 'gift-basis-missing', asset: leg.asset, amount: leg.amount })
      }
      return
    }
    const second = law.pack.giftLossBasis && event.kind === 'gift_in' && market !== null && market < carry.cost
    const lossBasis = second
      ? { cost: market as Money, amount: leg.amount, day: context.day, longFrom: law.longFrom(context.day) }
      : undefined
    basis.acquire(leg, index, leg.amount, carry.cost, detail(lossBasis === undefined ? undefined : { lossBasis }))
  })
  feesAlone(context)
}

/** An inheritance: the market value of the death is the cost. */
export function acquireInherited(context: EventContext): void {
  const { law, event, basis } = context
  event.legs.forEach((leg, index) => {
    if (leg.role !== 'in' || leg.amount === 0n || isFiat(context, leg.asset)) return
    const market = leg.carry?.marketValue ?? knownValue(context, leg)
    const cost = market ?? valueOrEstimate(context, leg).value
    if (market === null) openCostPrice(context, leg.asset, leg.amount)
    const acquired = leg.carry?.acquired
    basis.acquire(leg, index, leg.amount, cost, {
      ...(acquired === undefined ? {} : { acquired: at(context, acquired) }),
      ...(law.pack.inheritedIsLong ? { note: { inherited: true } } : {}),
    })
  })
  feesAlone(context)
}

/** A lot or a pool from other records, as stated there. */
export function openingLot(context: EventContext): void {
  context.event.legs.forEach((leg: Leg, index) => {
    if (leg.role !== 'in' || leg.amount === 0n || isFiat(context, leg.asset)) return
    const cost = leg.cost ?? leg.value ?? null
    context.basis.acquire(leg, index, leg.amount, cost ?? ZERO_MONEY, {
      ...(leg.acquired === undefined ? {} : { acquired: at(context, leg.acquired) }),
      ...(cost === null ? { note: { missing: true } } : {}),
      unmatched: true,
    })
    // A portfolio's acquisition price that is carried in has the cost of these units in it.
    const carried = context.basis.portfolio !== undefined && context.law.profile.carryIn?.frAcquisition !== undefined
    if (cost === null && !carried && context.basis.owns(leg.asset)) {
      context.record.open({ code: 'missing-acquisition', asset: leg.asset, account: leg.account, amount: leg.amount })
    }
  })
  feesAlone(context)
}

/** A chain split: part of the parent's cost goes to the child, by value. */
export function splitFork(context: EventContext): void {
  const { event, law, basis } = context
  const index = event.legs.findIndex((leg) => leg.role === 'in' && leg.amount > 0n)
  const leg = event.legs[index]
  if (leg === undefined) {
    feesAlone(context)
    return
  }
  const value = knownValue(context, leg)
  const parentPrice = event.parent === undefined ? null : law.prices.priceAt(event.parent, event.time, context.day)
  if (event.parent === undefined || value === null || parentPrice === null) {
    basis.acquire(leg, index, leg.amount, ZERO_MONEY, null)
    openDecision(context)
  } else {
    basis.split(event.parent, leg, index, value, parentPrice)
  }
  feesAlone(context)
}
