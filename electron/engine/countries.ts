import type { CarriedSum, Country } from '../../shared/contract/tax-choices.ts'
import type { Method } from '../../shared/events/interchange-types.ts'
import type { PersonFact, RulePack } from '../../shared/tax/pack.ts'
import { PACKS } from '../../shared/tax/packs/pack-list.ts'
import { packPositions } from '../../shared/tax/positions/pack-positions.ts'

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
  'yearly-costs': { name: 'Costs of the year', note: 'No lots: the year’s revenue less the year’s purchases.' },
}

const TABLE_YEARS = [2022, 2026] as const
const PLAIN_YEARS = [2013, 2026] as const

/** How a method is called, and what it does in one sentence. */
export const methodName = (method: Method): { readonly name: string; readonly note: string } => METHOD_NAMES[method]

const yearsOf = (pack: RulePack): number[] => {
  const [first, last] = pack.tableYears ?? (pack.id === 'none' ? PLAIN_YEARS : TABLE_YEARS)
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

const inOrder = (): RulePack[] => [...PACKS].sort((a, b) => Number(a.id === 'none') - Number(b.id === 'none'))

const methodsOf = (pack: RulePack) => pack.methods.menu.map((id) => ({ id, ...methodName(id) }))

/** Countries with a rule pack, their methods and defaults. */
export function jurisdictions() {
  return inOrder().map((pack) => ({
    code: pack.id,
    name: pack.name,
    currency: pack.currency ?? 'USD',
    years: yearsOf(pack),
    defaultMethod: pack.methods.standard,
    methods: methodsOf(pack),
    toVerify: [...(pack.toVerify ?? [])],
  }))
}

/** How a country writes its tax year that begins in `year`: `2025`, or `2024-25` where it runs over two calendar years. */
export const yearLabel = (pack: RulePack | null, year: number): string =>
  pack === null || (pack.yearStart.month === 1 && pack.yearStart.day === 1)
    ? String(year)
    : `${year}-${String((year + 1) % 100).padStart(2, '0')}`

/** The countries with all that a person has to know and to say about them. */
export function countries(): Country[] {
  return inOrder().map((pack) => ({
    code: pack.id,
    name: pack.name,
    currency: pack.currency,
    years: yearsOf(pack).map((year) => ({ year, label: yearLabel(pack, year) })),
    defaultMethod: pack.methods.standard,
    methods: methodsOf(pack),
    methodRule: pack.methods.authority,
    scopes: pack.scopeChoice.map(({ value, to, authority }) => ({ id: value, to: to ?? null, authority })),
    facts: (pack.facts ?? []).map((fact) => ({
      id: fact.id,
      label: fact.label,
      about: fact.about,
      kind: (fact.choices ?? []).length > 0 ? ('choice' as const) : FACT_KINDS[fact.id],
      choices: (fact.choices ?? []).map((choice) => ({ ...choice })),
      assumed: fact.assumed,
    })),
    carriesIn: (pack.carriesIn ?? (pack.id === 'none' ? [] : CARRIES_LOSSES)).map((id) => ({
      id,
      label: CARRY_IN[id],
    })),
    positions: packPositions(pack).map(({ id }) => id),
    toVerify: [...(pack.toVerify ?? [])],
  }))
}

const CARRIES_LOSSES = ['losses'] as const

const CARRY_IN: Readonly<Record<CarriedSum, string>> = {
  lossShort: 'Short-term losses not used up',
  lossLong: 'Long-term losses not used up',
  losses: 'Losses not used up',
  costs: 'Costs not used up',
  frAcquisition: 'Total acquisition price of the portfolio',
  frConsumed: 'Acquisition price already used up',
  frSoultes: 'Balancing payments received',
}

const FACT_KINDS: Readonly<Record<PersonFact['id'], 'text' | 'yes-no' | 'money'>> = {
  filingStatus: 'text',
  band: 'text',
  partner: 'yes-no',
  'otherGains.short': 'money',
  'otherGains.long': 'money',
  otherIncome: 'money',
}
