import type { LotMethod } from './lot-method.ts'
import { byAge } from './lot-method.ts'

/** First in, first out by the original acquisition; ties: the first listed. */
export const fifo: LotMethod = { id: 'fifo', order: 'age', compare: byAge, end: 'front' }
