import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { Instant, ZoneName } from '../../shared/events/identifiers.ts'
import type { ProposalCall } from './changeover-book.ts'
import { clearPosition, facts, recordAllocation, setFacts, setPositions } from './choice-acts.ts'
import { countries } from './countries.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { readProfileSettings } from './profile.ts'
import type { TaxReads } from './tax-reads.ts'

const tax = implement(engineContract).tax

/** Totals, disposals, income and lots under the profile's law; every figure opens its trace. */
export function taxRouter(engine: Engine, reads: TaxReads) {
  const job = () => engine.jobs.running('compute')
  /** The civil day it is, where the taxpayer is. */
  const today = () =>
    civilClock(readProfileSettings(engine.opened().ledger).zone as ZoneName).dateAt(Date.now() as Instant)
  const propose = (plan: Omit<ProposalCall, 'today'>) =>
    reads.whatIf('proposeAllocation', { ...plan, today: today() }, { name: 'allocation', unit: 'steps' })
  return tax.router({
    years: tax.years.handler(async () => ({ ...(await reads.read('years', null)), job: job() })),
    disposals: tax.disposals.handler(async ({ input }) => ({ ...(await reads.read('disposals', input)), job: job() })),
    income: tax.income.handler(async ({ input }) => ({ ...(await reads.read('income', input)), job: job() })),
    lots: tax.lots.handler(async ({ input }) => ({ ...(await reads.read('lots', input)), job: job() })),
    open: tax.open.handler(async ({ input }) => ({ ...(await reads.read('openPoints', input)), job: job() })),
    countries: tax.countries.handler(() => countries()),
    positions: tax.positions.handler(async () => ({ ...(await reads.read('positions', null)), job: job() })),
    positionEffects: tax.positionEffects.handler(async ({ input }) => ({
      ...(await reads.whatIf('positionEffects', input, { name: 'positions', unit: 'steps' })),
      job: job(),
    })),
    setPosition: tax.setPosition.handler(({ input }) => setPositions(engine, [input])),
    setPositions: tax.setPositions.handler(({ input }) => setPositions(engine, input.answers)),
    clearPosition: tax.clearPosition.handler(({ input }) => clearPosition(engine, input)),
    compareMethods: tax.compareMethods.handler(async ({ input }) => ({
      ...(await reads.whatIf('compareMethods', input, { name: 'compare', unit: 'steps' })),
      job: job(),
    })),
    compareCountries: tax.compareCountries.handler(async ({ input }) => ({
      ...(await reads.whatIf('compareCountries', input, { name: 'compare', unit: 'steps' })),
      job: job(),
    })),
    changeover: tax.changeover.handler(async () => ({
      ...(await reads.read('changeover', { today: today() })),
      job: job(),
    })),
    proposeAllocation: tax.proposeAllocation.handler(async ({ input }) => {
      const { allocation: _allocation, ...proposed } = await propose(input)
      return { ...proposed, job: job() }
    }),
    recordAllocation: tax.recordAllocation.handler(async ({ input: { confirmed, reason, ...plan } }) => {
      const proposed = await propose(plan)
      if (!proposed.ok) {
        const reasons = proposed.refused.map(({ text, rule }) => `${text} (${rule})`)
        throw failure('REFUSED', `${reasons.slice(0, 3).join(' ')} Nothing was stored.`)
      }
      const { revision } = proposed
      if (!confirmed) return { recorded: false, confirm: confirmation(proposed.rows.length), act: null, revision }
      return { recorded: true, confirm: null, ...recordAllocation(engine, proposed.allocation, reason) }
    }),
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

const confirmation = (lots: number): string =>
  `This puts ${lots} ${lots === 1 ? 'lot' : 'lots'} where the plan says. Once recorded, the allocation is complete and irrevocable (Rev. Proc. 2024-28 sec. 5): it cannot be undone here either.`
