import type { LotMethod } from './lot-method.ts'
import { byAge } from './lot-method.ts'

/**
 * Dates first in, first out; the cost is the average of everything that is in the same wallet at that moment.
 * Authority: BMF letter of 6 March 2025, IV C 1 - S 2256/00042/064/043 (order of use).
 */
export const fifoAverage: LotMethod = { id: 'fifo-average', order: 'age', compare: byAge, end: 'front', averaged: true }
