import type { LotMethod } from './lot-method.ts'
import { byAge } from './lot-method.ts'

/** Last in, first out by the original acquisition; ties: the last listed. */
export const lifo: LotMethod = { id: 'lifo', order: 'age', compare: byAge, end: 'back' }
