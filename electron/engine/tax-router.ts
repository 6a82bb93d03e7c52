import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import { clearPosition, facts, setFacts, setPositions } from './choice-acts.ts'
import { countries } from './countries.ts'
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
      ...(await reads.whatIf('compare', input, { name: 'compare', unit: 'methods' })),
      job: job(),
    })),
    countries: tax.countries.handler(() => countries()),
    positions: tax.positions.handler(async () => ({ ...(await reads.read('positions', null)), job: job() })),
    positionEffects: tax.positionEffects.handler(async ({ input }) => ({
      ...(await reads.whatIf('positionEffects', input, { name: 'positions', unit: 'questions' })),
      job: job(),
    })),
    setPosition: tax.setPosition.handler(({ input }) => setPositions(engine, [input])),
    setPositions: tax.setPositions.handler(({ input }) => setPositions(engine, input.answers)),
    clearPosition: tax.clearPosition.handler(({ input }) => clearPosition(engine, input)),
    compareMethods: tax.compareMethods.handler(async ({ input }) => ({
      ...(await reads.whatIf('compareMethods', input, { name: 'compare', unit: 'methods' })),
      job: job(),
    })),
    compareCountries: tax.compareCountries.handler(async ({ input }) => ({
      ...(await reads.whatIf('compareCountries', input, { name: 'compare', unit: 'countries' })),
      job: job(),
    })),
    facts: tax.facts.handler(() => facts(engine.opened().ledger)),
    setFacts: tax.setFacts.handler(({ input }) => setFacts(engine, input)),
    document: tax.document.handler(async ({ input }) => ({ ...(await reads.read('document', input)), job: job() })),
    expand: tax.expand.handler(async ({ input }) => {
      const expanded = await reads.read('expand', input)
      if (expanded === null) throw failure('NOT_FOUND', `There is no figure ${input.ref} in these books.`)
      return { ...expanded, job: job() }
    }),
  })
}
