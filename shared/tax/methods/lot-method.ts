import type { Method } from '../../events/interchange-types.ts'
import type { LotOrigin } from '../result.ts'

/**
 * How lots are chosen: the order that a queue keeps them in, and the end from which they are taken. A method is one
 * file with one of these.
 */
export interface LotMethod {
  readonly id: Method
  /** Queues kept in the same order need no re-sorting when the method changes between them. */
  readonly order: 'age' | 'dearest' | 'cheapest'
  /** Less than 0 where `a` stands before `b`. Never 0 for two different lots. */
  readonly compare: (a: LotOrigin, b: LotOrigin) => number
  readonly end: 'front' | 'back'
  /** Units take the average cost of everything in their queue; the order gives their dates only. */
  readonly averaged?: true
}

/** Earliest first; among equal instants the first listed. */
export const byAge = (a: LotOrigin, b: LotOrigin): number => a.time - b.time || a.sequence - b.sequence

/** Compares cost per unit with fees, exactly: less than 0 where `a` is cheaper. */
export const byUnitCost = (a: LotOrigin, b: LotOrigin): number => {
  const left = a.unitCost * b.perUnits
  const right = b.unitCost * a.perUnits
  return left < right ? -1 : left > right ? 1 : 0
}
