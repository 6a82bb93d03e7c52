import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { Leg } from '../../events/event.ts'
import type { AssetId } from '../../events/identifiers.ts'
import type { Kind } from '../../events/kinds.ts'
import { legWithin } from '../../events/leg-direction.ts'
import type { Portion } from '../basis.ts'
import { ONE_SIDED } from '../one-sided-kinds.ts'
import type { EventContext } from './event-context.ts'
import { isFiat, knownValue, openDisposalPrice } from './event-context.ts'
import type { Charge } from './fees.ts'
import { chargeOf, feesAlone } from './fees.ts'
import { unknownLegs } from './open-kinds.ts'

/** Kinds that change the number of units of one and the same asset. */
const RENUMBERED: ReadonlySet<Kind> = new Set<Kind>(['redenomination', 'migration'])

/** Units that keep date and cost: between own accounts, or into another form of themselves. */
export function move(context: EventContext): void {
  const { legs, kind } = context.event
  const outs = legs.filter((leg) => leg.role === 'out' && leg.amount > 0n && !isFiat(context, leg.asset))
  for (const leg of outs) context.memory.release(leg.account, leg.asset, leg.amount)
  const ins = legs.filter((leg) => leg.role === 'in' && leg.amount > 0n && !isFiat(context, leg.asset))
  if (outs.length === 0 || ins.length === 0) {
    if (outs.length + ins.length > 0 && !ONE_SIDED.has(kind)) {
      unknownLegs(context, outs.length > 0 ? 'unmatched-out' : 'unmatched-in')
    }
    feesAlone(context)
    return
  }
  const assets = new Set(outs.map((leg) => leg.asset))
  const same = assets.size === new Set([...assets, ...ins.map((leg) => leg.asset)]).size
  const allArrive = same && outs.every((out) => ins.some((leg) => leg.asset === out.asset))
  const fees = legs.filter((leg) => leg.role === 'fee' && leg.amount > 0n)
  if (allArrive && !RENUMBERED.has(kind)) {
    const [first] = assets
    for (const asset of assets) {
      // Fees in a coin that does not move go with the first that does.
      const own = fees.filter((fee) => fee.asset === asset || (asset === first && !assets.has(fee.asset)))
      transfer(
        context,
        asset,
        outs.filter((leg) => leg.asset === asset),
        ins.filter((leg) => leg.asset === asset),
        own,
      )
    }
  } else {
    convert(context, outs, ins, fees)
  }
}

const portion = (leg: Leg, amount: bigint, weight: bigint): Portion => ({
  account: leg.account,
  asset: leg.asset,
  amount: amount as Amount,
  weight,
})

/** One asset from own accounts to own accounts; what is missing on arrival paid the fee. */
function transfer(
  context: EventContext,
  asset: AssetId,
  outs: readonly Leg[],
  ins: readonly Leg[],
  fees: readonly Leg[],
): void {
  let sent = 0n
  let arrived = 0n
  for (const leg of outs) sent += leg.amount
  for (const leg of ins) arrived += leg.amount
  const charges: Charge[] = []
  const inside: Leg[] = []
  for (const fee of fees) {
    const within = legWithin(fee, context.event.legs)
    charges.push(chargeOf(context, fee, within, null))
    if (within !== null && fee.asset === asset && within.role === 'out') {
      sent -= fee.amount
      inside.push(fee)
    }
  }
  if (sent > arrived) {
    // A difference that no fee leg explains is a fee too, and asks for its value and its name.
    const last = outs[outs.length - 1] as Leg
    const implied: Leg = {
      role: 'fee',
      account: last.account,
      asset,
      amount: (sent - arrived) as Amount,
      for: 'out',
      included: true,
    }
    if (context.basis.owns(asset)) context.record.open({ code: 'transfer-difference', asset, amount: implied.amount })
    charges.push(chargeOf(context, implied, last, null))
    sent = arrived
  }
  const moving = sent < arrived ? sent : arrived
  const leaving = firstUnits(outs, moving)
  const arriving = firstUnits(ins, moving)
  moveThenPay(context, leaving, arriving, false, charges)
  if (arrived > sent) openExcess(context, ins, arrived - sent)
}

/**
 * Takes the moved units, pays the fees, lets the units arrive; what moves may belong to another partition than the fees.
 * A fee in a coin that only a conversion brings is paid out of what arrived.
 */
function moveThenPay(
  context: EventContext,
  outs: readonly Portion[],
  ins: readonly Portion[],
  convert: boolean,
  charges: readonly Charge[],
): void {
  const first = outs[0]
  if (first === undefined || !context.basis.owns(first.asset)) {
    payTransferFees(context, charges)
    return
  }
  const carried = context.law.transferFeeOf(context.event, context.day) === 'carry'
  const absorbed = carried ? unitsOf(context, charges) : []
  const isBrought = ({ leg }: Charge): boolean =>
    convert &&
    !carried &&
    ins.some(({ asset }) => asset === leg.asset) &&
    !outs.some(({ asset }) => asset === leg.asset)
  const addCost = (): Money => {
    payTransferFees(
      context,
      charges.filter((charge) => !isBrought(charge)),
    )
    return capitalisedFees(context, charges)
  }
  context.basis.move({ outs, ins, convert, absorbed, addCost })
  payTransferFees(context, charges.filter(isBrought))
}

/** The fee units whose cost stays with what they moved. */
const unitsOf = (context: EventContext, charges: readonly Charge[]): Portion[] =>
  charges
    .filter(({ leg }) => leg.for !== 'fee' && !isFiat(context, leg.asset))
    .map(({ leg }) => portion(leg, leg.amount, leg.amount))

/** The first `units` of some legs, leg by leg. */
function firstUnits(legs: readonly Leg[], units: bigint): Portion[] {
  const portions: Portion[] = []
  let left = units
  for (const leg of legs) {
    const amount = leg.amount < left ? (leg.amount as bigint) : left
    if (amount > 0n) portions.push(portion(leg, amount, amount))
    left -= amount
  }
  return portions
}

/** More arrived than was sent: units that no lot stands behind. */
function openExcess(context: EventContext, ins: readonly Leg[], excess: bigint): void {
  const last = ins[ins.length - 1] as Leg
  if (!context.basis.owns(last.asset)) return
  const amount = excess as Amount
  context.basis.acquire(last, context.event.legs.indexOf(last), amount, ZERO_MONEY, { note: { missing: true } })
  context.record.open({ code: 'transfer-difference', asset: last.asset, account: last.account, amount })
}

/** The cost that the fees of an own transfer add to what moves. */
function capitalisedFees(context: EventContext, charges: readonly Charge[]): Money {
  const rule = context.law.transferFeeOf(context.event, context.day)
  let added = 0n
  if (rule === 'cost' || rule === 'dispose-capitalise') {
    for (const { leg, value } of charges) if (leg.for !== 'fee') added += value
  }
  return added as Money
}

/**
 * The units that pay the fees of an own transfer.
 * Authority of each treatment: the pack's fee rules, or the profile where it overrides them.
 */
function payTransferFees(context: EventContext, charges: readonly Charge[]): void {
  const rule = context.law.transferFeeOf(context.event, context.day)
  for (const { leg, value, open } of charges) {
    if (leg.for === 'fee' || isFiat(context, leg.asset) || rule === 'carry') continue
    if (rule === 'dispose' || rule === 'dispose-capitalise') {
      const gain = context.basis.dispose(leg.account, leg.asset, leg.amount, value, ZERO_MONEY)
      if (open !== null) openDisposalPrice(context, leg.asset, leg.amount, open, gain)
      continue
    }
    context.basis.drop(leg.account, leg.asset, leg.amount)
    if (open !== null && rule === 'cost' && context.basis.owns(leg.asset)) {
      context.record.open({
        code: 'missing-price',
        asset: leg.asset,
        amount: leg.amount,
        effect: { low: null, high: null },
      })
    }
  }
}

/** Another form of the same property: the cost of what is given is divided over what is taken. */
function convert(context: EventContext, outs: readonly Leg[], ins: readonly Leg[], fees: readonly Leg[]): void {
  const charges = fees.map((fee) => chargeOf(context, fee, legWithin(fee, context.event.legs), null))
  const given = outs.map((leg) => {
    let amount = leg.amount as bigint
    for (const charge of charges) if (charge.within === leg) amount -= charge.leg.amount
    return { leg, amount }
  })
  const arriving = ins.map((leg) => ({ leg, amount: leg.amount }))
  moveThenPay(context, weighed(context, given), weighed(context, arriving), true, charges)
}

/** Weighs one side of a conversion: by units where it is one asset, else by value, else by equal parts. */
function weighed(context: EventContext, side: readonly { leg: Leg; amount: bigint }[]): Portion[] {
  const first = side[0]
  if (side.every(({ leg }) => leg.asset === first?.leg.asset)) {
    return side.map(({ leg, amount }) => portion(leg, amount, amount))
  }
  const values = side.map(({ leg }) => knownValue(context, leg))
  const usable = values.every((value) => value !== null && value > 0n)
  if (!usable && first !== undefined && !context.basis.weightless && context.basis.owns(first.leg.asset)) {
    context.record.open({ code: 'missing-price', asset: first.leg.asset, effect: { low: null, high: null } })
  }
  return side.map(({ leg, amount }, i) => portion(leg, amount, usable ? (values[i] as Money) : 1n))
}
