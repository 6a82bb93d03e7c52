import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import type { TaxReads } from './tax-reads.ts'

const tax = implement(engineContract).tax

/** Totals, disposals, income and lots under the profile's law; every figure opens its trace. */
export function taxRouter(engine: Engine, reads: TaxReads) {
  const job = () => engine.jobs.running('compute')
  return tax.router({
    years: tax.years.handler(async () => ({ ...(await reads.read('years', null)), job: job() })),
    disposals: tax.disposals.handler(async ({ input }) => ({ ...(await reads.read('disposals', input)), job: job() })),
    income: tax.income.handler(async ({ input }) => ({ ...(await reads.read('income', input)), job: job() })),
    lots: tax.lots.handler(async ({ input }) => ({ ...(await reads.read('lots', input)), job: job() })),
    open: tax.open.handler(async ({ input }) => ({ ...(await reads.read('openPoints', input)), job: job() })),
    compare: tax.compare.handler(async ({ input }) => ({
      ...(await reads.readAsJob('compare', input, { name: 'compare', unit: 'methods' })),
      job: job(),
    })),
    document: tax.document.handler(async ({ input }) => ({ ...(await reads.read('document', input)), job: job() })),
    expand: tax.expand.handler(async ({ input }) => {
      const expanded = await reads.read('expand', input)
      if (expanded === null) throw failure('NOT_FOUND', `There is no figure ${input.ref} in these books.`)
      return { ...expanded, job: job() }
    }),
  })
}
