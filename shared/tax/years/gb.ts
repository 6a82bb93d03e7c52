import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import { dayOfDate } from '../../events/civil-date.ts'
import type { PersonYear } from '../../events/interchange-types.ts'
import { inForce } from '../in-force.ts'
import type { Law } from '../law.ts'
import { least, positive } from '../least.ts'
import type { CapitalGainsRates } from '../pack.ts'
import type { YearSums } from '../year-sums.ts'
import type { FirstCarry, MissingFact, YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

/**
 * Chargeable gains of an individual: losses of the year in full, losses brought forward only down to the annual exempt
 * amount, which is used on the dearer gains first.
 * Authority: TCGA 1992 ss. 1, 1K, 2A as in force; Finance Act 2025 for the rates from 30 October 2024.
 */
export const gbYear: YearRule = (law, sums, person, carried) => {
  const rules =
    law.pack.year.rule === 'gb' ? law.pack.year : { exempt: [], rates: [], miscellaneous: [], reporting: [] }
  const first = law.yearStart(sums.year)
  const band = person.band === 'basic' ? 'basic' : 'higher'
  const misc = miscellaneousOf(sums, person, inForce(rules.miscellaneous, first) ?? ZERO_MONEY)
  const reporting = inForce(rules.reporting, first)
  const firstRate = inForce<CapitalGainsRates>(rules.rates, first)?.[band]
  const exempt = inForce(rules.exempt, first)
  const allowanceLimit = exempt ?? ZERO_MONEY
  const other = (person.otherGains?.short ?? 0n) + (person.otherGains?.long ?? 0n)
  const net = sums.gains + other - sums.losses
  const brought = carried.losses ?? 0n
  const used = least(brought, positive(net - allowanceLimit))
  const allowance = least(allowanceLimit, positive(net - used))
  const taxable = positive(net - used - allowance)
  const carry = { losses: (brought - used + positive(-net)) as Money }
  const missing: MissingFact[] = []
  if (taxable > 0n && person.band === undefined) missing.push({ fact: 'band', assumed: 'higher' })
  const relief = sums.losses + used + allowance
  return {
    totals: {
      ...plainTotals(sums, `${sums.year}-${String((sums.year + 1) % 100).padStart(2, '0')}`),
      shortTerm: ZERO_MONEY,
      longTerm: ZERO_MONEY,
      incomeTaxable: (sums.income - misc.free) as Money,
      allowance: allowance as Money,
      taxable: taxable as Money,
      tax: taxOf(law, sums, band, other, relief),
      carryOut: carry,
      lines: [
        { id: 'losses-used', label: 'Losses brought forward and used', amount: used as Money },
        { id: 'exempt-amount', label: 'Annual exempt amount', amount: allowanceLimit },
        ...(misc.income === 0n
          ? []
          : [
              { id: 'misc-income', label: 'Miscellaneous income', amount: misc.income },
              { id: 'misc-free', label: 'Covered by the £1,000 allowance', amount: misc.free },
              { id: 'misc-election', label: 'Allowance that may be claimed instead of expenses', amount: misc.onClaim },
            ]),
        ...periodLines(sums),
        ...(reporting === null || sums.disposals === 0
          ? []
          : [{ id: 'reporting-limit', label: 'Proceeds above this have to be reported', amount: reporting }]),
        ...(firstRate === undefined || sums.periods.size === 0
          ? []
          : [{ id: 'first-rate', label: 'Rate of the first part of the year', amount: firstRate }]),
      ],
    },
    carried: carry,
    missing,
    outsideTables: exempt === null,
  }
}

/** Heads that are no miscellaneous income: they have pages of the return of their own. */
const OWN_PAGES: ReadonlySet<string> = new Set(['salary', 'business'])

/**
 * Miscellaneous income up to the allowance is free of itself; of more, the allowance may be claimed in place of the
 * expenses, which is the person's choice and is not taken here. Other such income shares it.
 * Authority: ITTOIA 2005 ss. 783AF, 783AG.
 */
function miscellaneousOf(sums: YearSums, person: PersonYear, limit: Money) {
  let income = 0n
  for (const [head, value] of sums.incomeByHead) if (!OWN_PAGES.has(head)) income += value
  const all = income + (person.otherIncome ?? 0n)
  const isFree = all <= limit
  return {
    income: income as Money,
    free: (isFree ? income : 0n) as Money,
    onClaim: (isFree ? 0n : least(income, limit)) as Money,
  }
}

/** Gains and losses of a year whose rate changes inside it, part by part. */
const periodLines = (sums: YearSums) =>
  [...sums.periods]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .flatMap(([period, { gains, losses }]) => [
      { id: `gains-${period}`, label: `Gains ${inWords(period)}`, amount: gains },
      { id: `losses-${period}`, label: `Losses ${inWords(period)}`, amount: losses },
    ])

const inWords = (period: string): string => period.replace(/^(to|from)-/, '$1 ')

/** Tax at the rates of each part of the year; what relieves gains goes to the dearest first. */
function taxOf(law: Law, sums: YearSums, band: keyof CapitalGainsRates, other: bigint, relief: bigint): Money | null {
  const rules = law.pack.year.rule === 'gb' ? law.pack.year.rates : []
  const first = law.yearStart(sums.year)
  const periods = law.pack.periods.filter(
    (row) =>
      row.from !== undefined &&
      row.to !== undefined &&
      dayOfDate(row.from) <= law.yearStart(sums.year + 1) - 1 &&
      dayOfDate(row.to) >= first,
  )
  const parts =
    periods.length === 0
      ? [{ day: first, gains: sums.gains + other }]
      : periods.map((row, i) => ({
          day: dayOfDate(row.from as NonNullable<typeof row.from>),
          // Gains made elsewhere have no date here; they count in the last, dearer part.
          gains: (sums.periods.get(row.value)?.gains ?? 0n) + (i === periods.length - 1 ? other : 0n),
        }))
  const rated = parts.map((part) => ({ gains: part.gains, rate: inForce(rules, part.day)?.[band] ?? null }))
  if (rated.some((part) => part.rate === null)) return null
  rated.sort((a, b) => ((a.rate as Money) < (b.rate as Money) ? 1 : -1))
  let left = relief
  let tax = 0n
  for (const part of rated) {
    const relieved = least(left, positive(part.gains))
    left -= relieved
    tax += mulDiv(part.gains - relieved, part.rate as Money, ONE_MONEY)
  }
  return positive(tax) as Money
}

export const gbFirstCarry: FirstCarry = (carryIn) => ({ losses: carryIn.losses ?? ZERO_MONEY })
