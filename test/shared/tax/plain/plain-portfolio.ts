/**
 * The French portfolio formula by the book (CGI art. 150 VH bis): one acquisition price A of everything; a sale or payment
 * at price C out of a portfolio worth V just before takes A × C / V of it, all of it where C reaches V. Swaps and own
 * transfers take nothing. Fees reduce the price of a disposal, and in money raise that of a purchase; the coins they are paid in go.
 */
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, divided, isZero, least, minus, times, ZERO } from './fraction.ts'
import type { PlainDisposal } from './plain-averages.ts'
import type { PlainDocument, PlainLeg } from './plain-history.ts'
import { civilDateOf, inOrder, partsOf, statedValue } from './plain-history.ts'

export interface PlainPrice {
  readonly asset: string
  readonly time: string
  readonly price: string
}
export interface PlainPortfolio {
  readonly disposals: readonly PlainDisposal[]
  readonly held: ReadonlyMap<string, Fraction>
  readonly acquisition: Fraction
  readonly consumed: Fraction
  readonly income: Fraction
}

/** Runs a history whose prices are all given, by civil day. */
export function plainPortfolio(document: PlainDocument & { readonly prices: readonly PlainPrice[] }): PlainPortfolio {
  const { currency, zone } = document.profile
  const prices = new Map(document.prices.map(({ asset, time, price }) => [`${asset} ${time}`, decimal(price)]))
  const held = new Map<string, Fraction>()
  const disposals: PlainDisposal[] = []
  let [acquisition, consumed, income] = [ZERO, ZERO, ZERO]
  const unitsOf = (asset: string): Fraction => held.get(asset) ?? ZERO
  const gain = (leg: PlainLeg): void => void held.set(leg.asset, add(unitsOf(leg.asset), decimal(leg.amount)))
  const lose = (leg: PlainLeg, units: Fraction): void => {
    held.set(leg.asset, minus(unitsOf(leg.asset), least(units, unitsOf(leg.asset))))
  }
  for (const event of inOrder(document)) {
    const day = civilDateOf(event.time, zone)
    const { given, received, feeCoin, paid, earned, cashFee } = partsOf(event, currency)
    const fee = add(cashFee, statedValue(feeCoin))
    if (given && received) {
      if (event.kind !== 'transfer') {
        lose(given, decimal(given.amount))
        gain(received)
      }
    } else if (given) {
      const amount = decimal(given.amount)
      const price = isZero(earned) ? statedValue(given) : earned
      const units = least(amount, unitsOf(given.asset))
      const part = (money: Fraction, of: Fraction): Fraction => divided(times(money, of), amount)
      const row = { event: event.id, asset: given.asset, denied: ZERO }
      if (!isZero(units)) {
        const worth = [...held].reduce(
          (sum, [asset, there]) => add(sum, times(there, prices.get(`${asset} ${day}`) ?? ZERO)),
          ZERO,
        )
        const [proceeds, left] = [part(price, units), minus(acquisition, consumed)]
        const cost = compare(proceeds, worth) >= 0 ? left : divided(times(left, proceeds), worth)
        disposals.push({ ...row, isMissing: false, units, proceeds, fees: part(fee, units), cost })
        consumed = add(consumed, cost)
        lose(given, units)
      }
      const rest = minus(amount, units)
      if (!isZero(rest)) {
        const [proceeds, fees] = [part(price, rest), part(fee, rest)]
        disposals.push({ ...row, isMissing: true, units: rest, proceeds, fees, cost: ZERO })
      }
    } else if (received) {
      gain(received)
      const isBought = !isZero(paid)
      // Coins spent on a fee were paid for when they came.
      acquisition = add(acquisition, isBought ? add(paid, cashFee) : statedValue(received))
      if (!isBought) income = add(income, statedValue(received))
    }
    if (feeCoin) lose(feeCoin, decimal(feeCoin.amount))
  }
  return { disposals, held, acquisition, consumed, income }
}
