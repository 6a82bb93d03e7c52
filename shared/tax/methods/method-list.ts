import type { Method } from '../../events/interchange-types.ts'
import { fifo } from './fifo.ts'
import { fifoAverage } from './fifo-average.ts'
import { hifo } from './hifo.ts'
import { lifo } from './lifo.ts'
import { lofo } from './lofo.ts'
import type { LotMethod } from './lot-method.ts'

/** The methods that choose lots. `specific` names lots by the event and falls back on one of these. */
const LOT_METHODS: readonly LotMethod[] = [fifo, lifo, hifo, lofo, fifoAverage]

export const lotMethodOf = (method: Method): LotMethod | null =>
  LOT_METHODS.find((known) => known.id === method) ?? null

/** Which machinery a method needs: lots that keep their identity, a running or yearly average, share matching, one price of the whole, or the costs of the year. */
export type MethodFamily = 'lots' | 'average' | 's104' | 'portfolio' | 'costs' | 'other'

export const familyOf = (method: Method): MethodFamily => {
  if (method === 'specific' || lotMethodOf(method) !== null) return 'lots'
  if (method === 'acb' || method === 'moving-average' || method === 'total-average') return 'average'
  if (method === 'portfolio-fr') return 'portfolio'
  if (method === 'yearly-costs') return 'costs'
  return method === 's104' ? 's104' : 'other'
}
