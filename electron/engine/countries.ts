import type { Method } from '../../shared/events/interchange-types.ts'
import { PACKS } from '../../shared/tax/packs/pack-list.ts'

const METHOD_NAMES: Readonly<Record<Method, { readonly name: string; readonly note: string }>> = {
  fifo: { name: 'First in, first out', note: 'The oldest lot leaves first.' },
  lifo: { name: 'Last in, first out', note: 'The newest lot leaves first.' },
  hifo: { name: 'Highest cost first', note: 'The lot with the highest cost per unit leaves first.' },
  lofo: { name: 'Lowest cost first', note: 'The lot with the lowest cost per unit leaves first.' },
  specific: {
    name: 'Specific identification',
    note: 'The lots you name in time leave; where none is named, the oldest.',
  },
  acb: { name: 'Adjusted cost base', note: 'One average cost for all units.' },
  'moving-average': { name: 'Moving average', note: 'The average cost at each moment.' },
  'total-average': { name: 'Total average', note: 'The average cost of the whole year.' },
  s104: { name: 'Section 104 pool', note: 'Same day first, then 30 days ahead, then the pool.' },
  'portfolio-fr': { name: 'Portfolio formula', note: 'Share of the whole portfolio’s acquisition cost.' },
  'fifo-average': { name: 'Average by wallet', note: 'Dates by first in, first out; value by the wallet’s average.' },
}

const YEARS: Readonly<Record<string, readonly [number, number]>> = { us: [2022, 2026], gb: [2022, 2026] }
const PLAIN_YEARS = [2013, 2026] as const

/** How a method is called, and what it does in one sentence. */
export const methodName = (method: Method): { readonly name: string; readonly note: string } => METHOD_NAMES[method]

/** Countries with a rule pack, their methods and defaults. */
export function jurisdictions() {
  return PACKS.map((pack) => {
    const [first, last] = YEARS[pack.id] ?? PLAIN_YEARS
    return {
      code: pack.id,
      name: pack.name,
      currency: pack.currency ?? 'USD',
      years: Array.from({ length: last - first + 1 }, (_, at) => first + at),
      defaultMethod: pack.methods.standard,
      methods: pack.methods.menu.map((id) => ({ id, ...methodName(id) })),
    }
  }).sort((a, b) => (a.code === 'none' ? 1 : 0) - (b.code === 'none' ? 1 : 0))
}
