import type { LotMethod } from './lot-method.ts'
import { byAge, byUnitCost } from './lot-method.ts'

/** Highest cost per unit first, fees included; ties: the earliest, then the first listed. */
export const hifo: LotMethod = {
  id: 'hifo',
  order: 'dearest',
  compare: (a, b) => byUnitCost(b, a) || byAge(a, b),
  end: 'front',
}
