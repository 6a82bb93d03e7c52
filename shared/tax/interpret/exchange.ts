import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv, shareMoney } from '../../amount/arithmetic.ts'
import type { Leg } from '../../events/event.ts'
import { legWithin } from '../../events/leg-direction.ts'
import { contradicts, countingSide, NO_GROUND, PRICE, statedGround, weakestGround } from '../../valuation/sides.ts'
import type { Estimate, EventContext } from './event-context.ts'
import { estimateValue, homeMoney, isFiat, knownValue, openCostPrice, openDisposalPrice } from './event-context.ts'
import type { Charge } from './fees.ts'
import { chargeOf, disposeFeeUnits } from './fees.ts'

/** The value of a trade as its two sides see it. */
interface TradeValue {
  readonly proceeds: Money
  readonly cost: Money
  readonly open: Estimate | null
  /** Taken from the gross value of what is given: fees contained in it are still inside. */
  readonly proceedsGross: boolean
  readonly costGross: boolean
}

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
const NET = { proceedsGross: false, costGross: false }

/** The trade's value without the fees contained in what is given. */
function withoutContained(trade: TradeValue, outs: readonly Leg[], charges: readonly Charge[]): TradeValue {
  if (!trade.proceedsGross && !trade.costGross) return trade
  let contained = 0n
  for (const { leg, within, value } of charges) {
    if (within !== null && leg.for !== 'fee' && outs.includes(within)) contained += value
  }
  if (contained === 0n) return trade
  return {
    ...trade,
    proceeds: (trade.proceedsGross ? trade.proceeds - contained : trade.proceeds) as Money,
    cost: (trade.costGross ? trade.cost - contained : trade.cost) as Money,
  }
}

function noteForeignMoney(context: EventContext): void {
  if (context.law.pack.foreignMoney.rule === 'exempt' || context.law.fiat.size === context.law.home.size) return
  for (const leg of context.event.legs) {
    if (isFiat(context, leg.asset) && !context.law.home.has(leg.asset)) context.record.slice.foreignMoney.add(leg.asset)
  }
}

/** What both sides are worth. Against money the money counts; else what is stated, else prices, else an estimate. */
function tradeValue(
  context: EventContext,
  outs: readonly Leg[],
  ins: readonly Leg[],
  money: Leg | null,
  net: bigint,
  moneyOpen: Estimate | null,
): TradeValue {
  if (ins.length === 0 || outs.length === 0) {
    const decided = decidedValue(outs.length > 0 ? outs : ins)
    if (decided !== null) {
      return { proceeds: decided, cost: decided, open: null, proceedsGross: outs.length > 0, costGross: false }
    }
    if (money !== null) {
      const amount = (outs.length > 0 ? net : -net) as Money
      warnIfContradicted(context, outs.length > 0 ? outs : ins, amount)
      return { proceeds: amount, cost: amount, open: moneyOpen, ...NET }
    }
    const side = outs.length > 0 ? outs : ins
    if (side.length === 0) return { proceeds: ZERO_MONEY, cost: ZERO_MONEY, open: null, ...NET }
    const value = stated(side) ?? debtCleared(context) ?? known(context, side)
    const gross = { proceedsGross: outs.length > 0, costGross: false }
    if (value !== null) return { proceeds: value, cost: value, open: null, ...gross }
    const open = estimateSide(context, side)
    return { proceeds: open.counted, cost: open.counted, open, ...gross }
  }
  const counted = foreignMoneyValue(context, outs, ins)
  if (counted !== null) return counted
  const preferred = context.law.pack.swapValue === 'exchanged' ? 'out' : 'in'
  let [given, taken] = [stated(outs), stated(ins)]
  let [outGround, inGround] = [weakestGround(outs, statedGround), weakestGround(ins, statedGround)]
  if (given === null && taken === null) {
    given = known(context, outs)
    taken = known(context, ins)
    outGround = given === null ? NO_GROUND : PRICE
    inGround = taken === null ? NO_GROUND : PRICE
  }
  const forProceeds = countingSide('in', outGround, inGround)
  const forCost = countingSide(preferred, outGround, inGround)
  let proceeds = forProceeds === 'in' ? taken : given
  let cost = forCost === 'in' ? taken : given
  let open: Estimate | null = null
  let proceedsGross = forProceeds !== 'in'
  let costGross = forCost !== 'in'
  if (proceeds === null || cost === null) {
    const [first, second] = [estimateSide(context, ins), estimateSide(context, outs)]
    open = first.high === null && second.high !== null ? second : first
    proceedsGross = open === second
    costGross = proceedsGross
    proceeds = open.counted
    cost = open.counted
  }
  // Money beside coins: what is given was given for it too, and what is received was paid for with it too. A value taken
  // from the very side that is asked about has no money in it.
  if (net !== 0n) {
    if (!proceedsGross) proceeds = (proceeds + net) as Money
    if (costGross) cost = (cost - net) as Money
  }
  return { proceeds, cost, open, proceedsGross, costGross }
}

/** Where foreign money has lots: against it, too, the money counts, at the rate of the day. */
function foreignMoneyValue(context: EventContext, outs: readonly Leg[], ins: readonly Leg[]): TradeValue | null {
  const { fiat, money } = context.law
  if (fiat.size === money.size || decidedValue(outs) !== null || decidedValue(ins) !== null) return null
  const side = [outs, ins].find((legs) => legs.every((leg) => money.has(leg.asset)))
  const value = side === undefined ? null : known(context, side)
  if (value === null) return null
  return { proceeds: value, cost: value, open: null, proceedsGross: side === outs, costGross: side === outs }
}

/** What the user says that a side is worth: above any money. */
function decidedValue(legs: readonly Leg[]): Money | null {
  for (const leg of legs) if (leg.valueBy !== 'user') return null
  return legs.length === 0 ? null : stated(legs)
}

function stated(legs: readonly Leg[]): Money | null {
  let sum = 0n
  for (const leg of legs) {
    if (leg.value === undefined) return null
    sum += leg.value
  }
  return sum as Money
}

function known(context: EventContext, legs: readonly Leg[]): Money | null {
  let sum = 0n
  for (const leg of legs) {
    const value = knownValue(context, leg)
    if (value === null) return null
    sum += value
  }
  return sum as Money
}

/** A liquidation is a disposal for the debt it clears. */
function debtCleared(context: EventContext): Money | null {
  if (context.event.kind !== 'liquidation') return null
  const debts = context.event.legs.filter((leg) => leg.role === 'debt' && leg.amount < 0n)
  if (debts.length === 0) return null
  const value = known(
    context,
    debts.map((leg) => ({ ...leg, amount: -leg.amount as Amount })),
  )
  return value === null ? null : ((value < 0n ? -value : value) as Money)
}

function estimateSide(context: EventContext, legs: readonly Leg[]): Estimate {
  let [counted, low, high]: [bigint, bigint, bigint | null] = [0n, 0n, 0n]
  for (const leg of legs) {
    const value = knownValue(context, leg)
    const estimate =
      value === null ? estimateValue(context, leg.asset, leg.amount) : { counted: value, low: value, high: value }
    counted += estimate.counted
    low += estimate.low
    high = high === null || estimate.high === null ? null : high + estimate.high
  }
  return { counted: counted as Money, low: low as Money, high: high as Money | null }
}

function warnIfContradicted(context: EventContext, legs: readonly Leg[], amount: Money): void {
  for (const leg of legs) if (leg.value === undefined) return
  const value = stated(legs)
  if (value === null || legs.length === 0 || !context.basis.owns((legs[0] as Leg).asset)) return
  if (contradicts(value, amount)) {
    context.record.open({ code: 'value-contradicts-money', asset: (legs[0] as Leg).asset })
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
