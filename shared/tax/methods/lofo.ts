import type { LotMethod } from './lot-method.ts'
import { byAge, byUnitCost } from './lot-method.ts'

/** Lowest cost per unit first, fees included; ties: the earliest, then the first listed. */
export const lofo: LotMethod = {
  id: 'lofo',
  order: 'cheapest',
  compare: (a, b) => byUnitCost(a, b) || byAge(a, b),
  end: 'front',
}
