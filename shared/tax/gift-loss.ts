import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { dateOfDay } from '../events/civil-date.ts'
import type { CivilDate } from '../events/identifiers.ts'
import type { LotOrigin, Term } from './result.ts'

type LossBasis = NonNullable<NonNullable<LotOrigin['note']>['lossBasis']>

/**
 * A gift sold below the giver's cost: the loss counts from the lower basis for losses, and where that leaves none, there
 * is neither gain nor loss.
 */
export function lossUnder(
  basis: LossBasis,
  amount: Amount,
  net: Money,
  day: number,
): { cost: Money; gain: Money; acquired: CivilDate | null; term: Term | null } {
  const cost = ((basis.cost * amount) / basis.amount) as Money
  const gain = (net - cost) as Money
  if (gain >= 0n) return { cost: net, gain: ZERO_MONEY, acquired: null, term: null }
  return { cost, gain, acquired: dateOfDay(basis.day), term: day >= basis.longFrom ? 'long' : 'short' }
}
