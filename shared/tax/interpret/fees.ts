import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { Leg } from '../../events/event.ts'
import type { AccountId, AssetId } from '../../events/identifiers.ts'
import type { Estimate, EventContext } from './event-context.ts'
import { estimateValue, isFiat, knownValue, openDisposalPrice } from './event-context.ts'

/** A fee leg with what is known of it. */
export interface Charge {
  readonly leg: Leg
  readonly value: Money
  readonly open: Estimate | null
  /** The leg whose gross amount contains it; null where it is a movement of its own. */
  readonly within: Leg | null
}

/** Values a fee: as money, as stated, from the trade it belongs to (`implied`), from prices, or as an estimate. */
export function chargeOf(context: EventContext, leg: Leg, within: Leg | null, implied: Money | null): Charge {
  if (leg.value === undefined && implied !== null && !isFiat(context, leg.asset)) {
    return { leg, value: implied, open: null, within }
  }
  const value = knownValue(context, leg)
  if (value !== null) return { leg, value, open: null, within }
  const open = estimateValue(context, leg.asset, leg.amount)
  return { leg, value: open.counted, open, within }
}

interface FeeDisposal {
  readonly account: AccountId
  readonly asset: AssetId
  amount: Amount
  value: Money
  fees: Money
  open: Estimate | null
}

/**
 * Disposes of the units that fees were paid with, each coin once: at the fee's value, less what was charged for
 * disposing of it. Fees that are part of the disposal of their own leg are not here.
 */
export function disposeFeeUnits(context: EventContext, charges: readonly Charge[]): void {
  const disposals: FeeDisposal[] = []
  let onFees = 0n
  let first: FeeDisposal | null = null
  for (const { leg, value, open } of charges) {
    if (leg.for === 'fee') onFees += value
    if (isFiat(context, leg.asset) || leg.amount === 0n) continue
    let disposal = disposals.find((known) => known.asset === leg.asset && known.account === leg.account)
    if (disposal === undefined) {
      disposal = {
        account: leg.account,
        asset: leg.asset,
        amount: 0n as Amount,
        value: ZERO_MONEY,
        fees: ZERO_MONEY,
        open: null,
      }
      disposals.push(disposal)
    }
    disposal.amount = (disposal.amount + leg.amount) as Amount
    disposal.value = (disposal.value + value) as Money
    disposal.open ??= open
    if (leg.for !== 'fee') first ??= disposal
  }
  if (first !== null) first.fees = onFees as Money
  const drop = context.law.feesOn(context.day).coin === 'drop'
  for (const { account, asset, amount, value, fees, open } of disposals) {
    if (drop) {
      context.basis.drop(account, asset, amount)
      continue
    }
    const gain = context.basis.dispose(account, asset, amount, value, fees)
    if (open !== null) openDisposalPrice(context, asset, amount, open, gain)
  }
}

/** Fees of an event that nothing else bears: their units are disposed of, and no cost or proceeds changes. */
export function feesAlone(context: EventContext): void {
  const { legs } = context.event
  let charges: Charge[] | null = null
  for (const leg of legs) {
    if (leg.role !== 'fee' || leg.amount === 0n) continue
    charges ??= []
    charges.push(chargeOf(context, leg, null, null))
  }
  if (charges !== null) disposeFeeUnits(context, charges)
}
