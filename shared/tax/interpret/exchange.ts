import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv, shareMoney } from '../../amount/arithmetic.ts'
import type { Leg } from '../../events/event.ts'
import { legWithin } from '../../events/leg-direction.ts'
import type { Estimate, EventContext } from './event-context.ts'
import { estimateValue, homeMoney, isFiat, knownValue, openCostPrice, openDisposalPrice } from './event-context.ts'
import type { Charge } from './fees.ts'
import { chargeOf, disposeFeeUnits } from './fees.ts'
import type { TradeValue } from './trade-value.ts'
import { tradeValue, withoutContained } from './trade-value.ts'

/**
 * A trade, a purchase, a sale, a payment: units are given and taken at market value, fees go where the law puts them.
 * Order inside the event: what is given, what is taken, then the fees.
 */
export function exchange(context: EventContext): void {
  if (tradeAgainstMoney(context)) return
  const { legs } = context.event
  const outs: Leg[] = []
  const ins: Leg[] = []
  let rest: Leg[] | null = null
  let money: Leg | null = null
  let paid = 0n
  let received = 0n
  let moneyOpen: Estimate | null = null
  for (const leg of legs) {
    if (leg.amount === 0n) continue
    if (leg.role === 'out' || leg.role === 'in') {
      if (!isFiat(context, leg.asset)) {
        if (leg.role === 'out') outs.push(leg)
        else ins.push(leg)
        continue
      }
      money = leg
      let value = context.law.home.has(leg.asset) ? homeMoney(leg.amount) : knownValue(context, leg)
      if (value === null) {
        moneyOpen = estimateValue(context, leg.asset, leg.amount)
        value = moneyOpen.counted
      }
      if (leg.role === 'out') paid += value
      else received += value
    } else if (leg.role === 'fee' || leg.role === 'rebate') {
      rest ??= []
      rest.push(leg)
    }
  }
  noteForeignMoney(context)
  const trade = tradeValue(context, outs, ins, money, received - paid, moneyOpen)
  if (rest === null) {
    give(context, outs, trade, ZERO_MONEY, NO_CHARGES)
    take(context, ins, trade, ZERO_MONEY)
    return
  }
  const { charges, feeTotal, rebates } = chargesOf(context, rest, outs, ins, trade, paid)
  const traded = outs.length > 0 || ins.length > 0
  const net = withoutContained(trade, outs, charges)
  const relief = context.law.feeRelief
  const [borneOut, borneIn] = traded ? allocateFees(context, outs, ins, feeTotal) : [ZERO_MONEY, ZERO_MONEY]
  const onOut = relief?.disposal === false ? ZERO_MONEY : borneOut
  const onIn = relief?.acquisition === false ? ZERO_MONEY : borneIn
  give(context, outs, net, onOut, charges)
  // A fee contained in the money paid is cost already: the gross amount was the price with it.
  take(context, ins, net, onIn)
  for (const leg of rebates) {
    const index = legs.indexOf(leg)
    const value = knownValue(context, leg)
    if (value === null) openCostPrice(context, leg.asset, leg.amount)
    context.basis.acquire(leg, index, leg.amount, value ?? ZERO_MONEY, null)
  }
  settleFeeUnits(context, charges)
}

/**
 * The plainest trade, which most of a long history is: one coin against home currency, with or without a fee in it. Says
 * whether it was one; the general reading gives the same.
 */
function tradeAgainstMoney(context: EventContext): boolean {
  const { law, basis, event } = context
  const { legs } = event
  const count = legs.length
  if (count < 2 || count > 3) return false
  let coin = -1
  let money: Leg | null = null
  let fee = ZERO_MONEY
  for (let i = 0; i < count; i++) {
    const leg = legs[i] as Leg
    const home = law.home.has(leg.asset)
    if (leg.role === 'fee') {
      if (!home || leg.included || leg.withheld || leg.for !== undefined) return false
      fee = homeMoney(leg.amount)
    } else if (leg.role !== 'in' && leg.role !== 'out') {
      return false
    } else if (home) {
      if (money !== null) return false
      money = leg
    } else {
      if (coin >= 0 || leg.value !== undefined || law.fiat.has(leg.asset)) return false
      coin = i
    }
  }
  const leg = legs[coin]
  if (money === null || leg === undefined || leg.role === money.role) return false
  const sum = homeMoney(money.amount)
  const { feeRelief } = law
  if (feeRelief !== null && !(leg.role === 'out' ? feeRelief.disposal : feeRelief.acquisition)) fee = ZERO_MONEY
  if (leg.role === 'out') basis.dispose(leg.account, leg.asset, leg.amount, sum, fee)
  else basis.acquire(leg, coin, leg.amount, fee === 0n ? sum : ((sum + fee) as Money), null)
  return true
}

const NO_CHARGES: readonly Charge[] = []

function noteForeignMoney(context: EventContext): void {
  if (context.law.pack.foreignMoney.rule === 'exempt' || context.law.fiat.size === context.law.home.size) return
  for (const leg of context.event.legs) {
    if (isFiat(context, leg.asset) && !context.law.home.has(leg.asset)) context.record.slice.foreignMoney.add(leg.asset)
  }
}

function chargesOf(
  context: EventContext,
  rest: readonly Leg[],
  outs: readonly Leg[],
  ins: readonly Leg[],
  trade: TradeValue,
  paid: bigint,
): { charges: Charge[]; feeTotal: Money; rebates: Leg[] } {
  const { legs } = context.event
  const charges: Charge[] = []
  const rebates: Leg[] = []
  let total = 0n
  for (const leg of rest) {
    if (leg.role === 'rebate') {
      total -= knownValue(context, leg) ?? 0n
      if (!isFiat(context, leg.asset)) rebates.push(leg)
      continue
    }
    const within = legWithin(leg, legs)
    const charge = chargeOf(context, leg, within, impliedValue(leg, within, outs, ins, trade))
    charges.push(charge)
    if (leg.for === 'fee') continue
    const insideMoneyPaid = within !== null && within.role === 'out' && isFiat(context, leg.asset) && paid > 0n
    // One price of the whole counts what was paid in money; coins spent on a purchase were bought with it before.
    const coinsAgain = context.basis.weightless && outs.length === 0 && !isFiat(context, leg.asset)
    if ((!insideMoneyPaid || outs.length > 0) && !coinsAgain) total += charge.value
  }
  return { charges, feeTotal: total as Money, rebates }
}

/** A fee in a coin of the trade is worth what the trade makes of that coin. */
function impliedValue(
  fee: Leg,
  within: Leg | null,
  outs: readonly Leg[],
  ins: readonly Leg[],
  trade: TradeValue,
): Money | null {
  if (trade.open !== null) return null
  const out = outs.length === 1 ? (outs[0] as Leg) : undefined
  if (out !== undefined && out.asset === fee.asset && fee.amount < out.amount) {
    if (out.value !== undefined) return mulDiv(out.value, fee.amount, out.amount) as Money
    // What is received stands against the units that were traded, not against those that paid the fee.
    const traded = within === out && !trade.proceedsGross ? out.amount - fee.amount : out.amount
    return mulDiv(trade.proceeds, fee.amount, traded) as Money
  }
  const taken = ins.length === 1 ? (ins[0] as Leg) : undefined
  if (taken !== undefined && taken.asset === fee.asset) {
    return mulDiv(taken.value ?? trade.cost, fee.amount, taken.amount) as Money
  }
  return null
}

/** Which side bears the fees: [what reduces proceeds, what adds to cost]. */
function allocateFees(
  context: EventContext,
  outs: readonly Leg[],
  ins: readonly Leg[],
  total: Money,
): readonly [Money, Money] {
  if (outs.length === 0) return [ZERO_MONEY, total]
  if (ins.length === 0) return [total, ZERO_MONEY]
  // Where foreign money has lots it is given like a coin, and yet coins are bought with it.
  const { money } = context.law
  if (outs.every((leg) => money.has(leg.asset)) && !ins.every((leg) => money.has(leg.asset))) return [ZERO_MONEY, total]
  const rule = context.law.feesOn(context.day).swap
  if (rule === 'out') return [total, ZERO_MONEY]
  if (rule === 'in') return [ZERO_MONEY, total]
  const half = (total / 2n) as Money
  return [half, (total - half) as Money]
}

/** Shares a sum over legs by what each is worth; without values by equal parts. */
function shareOver(context: EventContext, legs: readonly Leg[], total: Money): readonly Money[] {
  if (legs.length === 1) return [total]
  const values = legs.map((leg) => knownValue(context, leg))
  const usable = values.every((value) => value !== null && value >= 0n) && values.some((value) => value !== 0n)
  return shareMoney(total, usable ? (values as Money[]) : legs.map(() => 1n))
}

function give(
  context: EventContext,
  outs: readonly Leg[],
  trade: TradeValue,
  fees: Money,
  charges: readonly Charge[],
): void {
  if (outs.length === 0) return
  const proceeds = shareOver(context, outs, trade.proceeds)
  const borne = fees === 0n ? null : shareOver(context, outs, fees)
  outs.forEach((leg, i) => {
    let amount = leg.amount as bigint
    let value = proceeds[i] as bigint
    for (const charge of charges) {
      if (charge.within !== leg) continue
      // Withheld from what is given: one disposal of it all, for what is received and for the service.
      if (charge.leg.withheld) value += charge.value
      else amount -= charge.leg.amount
    }
    const gain = context.basis.dispose(
      leg.account,
      leg.asset,
      amount as Amount,
      value as Money,
      borne?.[i] ?? ZERO_MONEY,
    )
    if (trade.open !== null) openDisposalPrice(context, leg.asset, leg.amount, trade.open, gain)
  })
}

function take(context: EventContext, ins: readonly Leg[], trade: TradeValue, fees: Money): void {
  if (ins.length === 0) return
  const costs = shareOver(context, ins, trade.cost)
  const borne = fees === 0n ? null : shareOver(context, ins, fees)
  ins.forEach((leg, i) => {
    const cost = ((costs[i] as Money) + (borne?.[i] ?? 0n)) as Money
    context.basis.acquire(leg, context.event.legs.indexOf(leg), leg.amount, cost, null)
    if (trade.open !== null) openCostPrice(context, leg.asset, leg.amount)
  })
}

/** The units that paid the fees, unless they went with the disposal of their own leg. */
function settleFeeUnits(context: EventContext, charges: readonly Charge[]): void {
  const own: Charge[] = []
  for (const charge of charges) {
    const { leg, within, value, open } = charge
    if (leg.withheld && within?.role === 'out') continue
    if (leg.withheld && within?.role === 'in' && !isFiat(context, leg.asset)) {
      if (context.law.feesOn(context.day).coin === 'drop') {
        context.basis.drop(leg.account, leg.asset, leg.amount)
      } else {
        const gain = context.basis.disposeJustAcquired(within, leg.amount, value, ZERO_MONEY)
        if (open !== null) openDisposalPrice(context, leg.asset, leg.amount, open, gain)
      }
      continue
    }
    own.push(charge)
  }
  if (own.length > 0) disposeFeeUnits(context, own)
}
