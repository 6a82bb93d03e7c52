/**
 * Averages by the book. A pool is units and cost; a disposal takes its share of both. `moving`: the average of the moment;
 * `yearly`: that of everything held in the civil year, so that its disposals are worked out when it is over.
 * Fees: cost of a purchase, outlay of a sale, of the given side of a swap; coins paid as a fee are disposed of at their
 * value. Canada's superficial losses (Income Tax Act s. 54) are in `plain-superficial.ts`.
 */
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, divided, isZero, least, minus, times, ZERO } from './fraction.ts'
import type { PlainDocument, PlainEvent, PlainLeg } from './plain-history.ts'
import { civilDateOf, inOrder, partsOf, statedValue } from './plain-history.ts'

export interface PlainPool {
  readonly account: string | null
  readonly asset: string
  units: Fraction
  cost: Fraction
}
export interface PlainDisposal {
  readonly event: string
  readonly asset: string
  readonly isMissing: boolean
  readonly units: Fraction
  readonly proceeds: Fraction
  readonly fees: Fraction
  readonly cost: Fraction
  /** What of a loss is denied. */
  readonly denied: Fraction
}
export interface PlainAverages {
  readonly disposals: readonly PlainDisposal[]
  readonly pools: readonly PlainPool[]
  readonly income: Fraction
}

export interface AverageRules {
  readonly average: 'moving' | 'yearly'
  /** One pool for all accounts, or one for each. */
  readonly pools: 'universal' | 'account'
  /** Does a swap of coins keep their cost. */
  readonly swaps: 'taxed' | 'neutral'
  readonly rewards: 'income' | 'nothing'
  /** Do fees change cost and proceeds. */
  readonly fees: 'count' | 'do not count'
  /** Asked at each loss what of it is denied, and at each step what joins the cost of a pool. */
  readonly losses?: SuperficialRule
}
export interface SuperficialRule {
  deny(event: PlainEvent, asset: string, sold: Fraction, loss: Fraction, held: Fraction): Fraction
  /** What has come to join the cost of the asset by now. */
  joining(asset: string): Fraction
  /** The acquisition has happened. */
  acquired(event: PlainEvent, asset: string): void
}

interface Waiting {
  readonly event: PlainEvent
  readonly leg: PlainLeg
  readonly proceeds: Fraction
  readonly fees: Fraction
}

/** Runs a history through averages. */
export function plainAverages(document: PlainDocument, rules: AverageRules): PlainAverages {
  const { currency, zone } = document.profile
  const pools: PlainPool[] = []
  const disposals: PlainDisposal[] = []
  let waiting: Waiting[] = []
  let income = ZERO
  let year = ''

  const poolOf = (leg: PlainLeg): PlainPool => {
    const account = rules.pools === 'universal' ? null : leg.account
    let pool = pools.find((known) => known.asset === leg.asset && known.account === account)
    if (!pool) {
      pool = { account, asset: leg.asset, units: ZERO, cost: ZERO }
      pools.push(pool)
    }
    return pool
  }
  const joinDenied = (leg: PlainLeg): void => {
    const pool = poolOf(leg)
    pool.cost = add(pool.cost, rules.losses?.joining(leg.asset) ?? ZERO)
  }
  const acquire = (event: PlainEvent, leg: PlainLeg, cost: Fraction): void => {
    const pool = poolOf(leg)
    pool.units = add(pool.units, decimal(leg.amount))
    pool.cost = add(pool.cost, cost)
    rules.losses?.acquired(event, leg.asset)
    joinDenied(leg)
  }
  /** Takes units at the average, no more than there are. */
  const take = (leg: PlainLeg, wanted: Fraction): { units: Fraction; cost: Fraction } => {
    const pool = poolOf(leg)
    const units = least(pool.units, wanted)
    if (isZero(units)) return { units: ZERO, cost: ZERO }
    const cost = divided(times(pool.cost, units), pool.units)
    pool.units = minus(pool.units, units)
    pool.cost = minus(pool.cost, cost)
    return { units, cost }
  }
  const disposeNow = ({ event, leg, proceeds, fees }: Waiting): void => {
    const amount = decimal(leg.amount)
    const { units, cost } = take(leg, amount)
    const part = (money: Fraction, of: Fraction): Fraction => divided(times(money, of), amount)
    if (!isZero(units)) {
      const [price, outlay] = [part(proceeds, units), part(fees, units)]
      const loss = minus(add(cost, outlay), price)
      const denied =
        rules.losses === undefined || compare(loss, ZERO) <= 0
          ? ZERO
          : rules.losses.deny(event, leg.asset, units, loss, poolOf(leg).units)
      disposals.push({
        event: event.id,
        asset: leg.asset,
        isMissing: false,
        units,
        proceeds: price,
        fees: outlay,
        cost,
        denied,
      })
      joinDenied(leg)
    }
    const rest = minus(amount, units)
    if (isZero(rest)) return
    disposals.push({
      event: event.id,
      asset: leg.asset,
      isMissing: true,
      units: rest,
      proceeds: part(proceeds, rest),
      fees: part(fees, rest),
      cost: ZERO,
      denied: ZERO,
    })
  }
  const dispose = (event: PlainEvent, leg: PlainLeg, proceeds: Fraction, fees: Fraction): void => {
    const one = { event, leg, proceeds, fees: rules.fees === 'count' ? fees : ZERO }
    if (rules.average === 'yearly') waiting.push(one)
    else disposeNow(one)
  }
  const endYear = (): void => {
    for (const one of waiting) disposeNow(one)
    waiting = []
  }
  const moveTo = (given: PlainLeg, received: PlainLeg, units: string): void => {
    if (rules.pools === 'universal' && given.asset === received.asset) return
    const { cost } = take(given, decimal(units))
    const pool = poolOf(received)
    pool.units = add(pool.units, decimal(received.amount))
    pool.cost = add(pool.cost, cost)
  }

  for (const event of inOrder(document)) {
    const itsYear = civilDateOf(event.time, zone).slice(0, 4)
    if (itsYear !== year) endYear()
    year = itsYear
    const { given, received, feeCoin, paid, earned, cashFee } = partsOf(event, currency)
    const fee = add(cashFee, statedValue(feeCoin))
    const bornOnPurchase = rules.fees === 'count' ? fee : ZERO
    if (event.kind === 'transfer' && given && received) moveTo(given, received, received.amount)
    else if (given && received && rules.swaps === 'neutral') moveTo(given, received, given.amount)
    else if (given && received) {
      dispose(event, given, statedValue(received), fee)
      acquire(event, received, statedValue(received))
    } else if (given) dispose(event, given, isZero(earned) ? statedValue(given) : earned, fee)
    else if (received && !isZero(paid)) acquire(event, received, add(paid, bornOnPurchase))
    else if (received) {
      const value = rules.rewards === 'income' ? statedValue(received) : ZERO
      acquire(event, received, value)
      income = add(income, value)
    }
    if (feeCoin) dispose(event, feeCoin, statedValue(feeCoin), ZERO)
  }
  endYear()
  return { disposals, pools: pools.filter((pool) => !isZero(pool.units) || !isZero(pool.cost)), income }
}
