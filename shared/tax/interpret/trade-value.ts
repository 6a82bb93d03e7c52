import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { Leg } from '../../events/event.ts'
import { contradicts, countingSide, NO_GROUND, PRICE, statedGround, weakestGround } from '../../valuation/sides.ts'
import type { Estimate, EventContext } from './event-context.ts'
import { estimateValue, knownValue } from './event-context.ts'
import type { Charge } from './fees.ts'

/** The value of a trade as its two sides see it. */
export interface TradeValue {
  readonly proceeds: Money
  readonly cost: Money
  readonly open: Estimate | null
  /** Taken from the gross value of what is given: fees contained in it are still inside. */
  readonly proceedsGross: boolean
  readonly costGross: boolean
}

const NET = { proceedsGross: false, costGross: false }

/** What both sides are worth. Against money the money counts; else what is stated, else prices, else an estimate. */
export function tradeValue(
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

/** The trade's value without the fees contained in what is given. */
export function withoutContained(trade: TradeValue, outs: readonly Leg[], charges: readonly Charge[]): TradeValue {
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
