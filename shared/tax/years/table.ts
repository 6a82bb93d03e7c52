import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import { dayOfDate } from '../../events/civil-date.ts'
import { inForce } from '../in-force.ts'
import type { Law } from '../law.ts'
import { least, positive } from '../least.ts'
import { positionOf } from '../positions.ts'
import type { YearSums } from '../year-sums.ts'
import { settleAllowance, settleLosses } from './table-carry.ts'
import { allIncome, heldWealth, splitIncome } from './table-income.ts'
import { monthlyGains } from './table-months.ts'
import { share, taxAt } from './table-rates.ts'
import type { Figure, GainRule, IncomeRule, TableYear } from './table-rules.ts'
import { lineId } from './table-rules.ts'
import type { Carried, FirstCarry, MissingFact, YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

const NOTHING: GainRule = { netting: 'none', loss: { use: 'none' }, rates: { kind: 'none' } }
const NO_INCOME: IncomeRule = { taxed: 'own-scale' }

/** Figures of the year under their names, for the lines of the form. */
export type Figures = Map<Figure, bigint>

/**
 * A year by the country's table: gains and losses meet as it says, small years are free, losses and allowances come off
 * in its order, and where its rates are plain the tax is counted. Each row of the table carries its authority.
 */
export const tableYear: YearRule = (law, sums, person, carried) => {
  const rules = law.pack.year as TableYear
  const first = law.yearStart(sums.year)
  const { gainRule, known } = gainRuleOf(law, rules, first)
  const rule = gainRule ?? NOTHING
  const incomeRule = inForce(rules.income, first) ?? NO_INCOME
  const other = (person.otherGains?.short ?? 0n) + (person.otherGains?.long ?? 0n)
  const figures: Figures = new Map()
  const income = splitIncome(sums, incomeRule)
  const apart = apartGains(sums, rule, carried)
  const whole = rule.cliff?.per === 'month' ? monthlyGains(sums, rule) : yearGains(sums, rule, apart, other)

  const before = netOf(rule, whole, sums, carried)
  const withCliff = applyCliff(rule, before, sums, income, incomeRule)
  const joined = withCliff.joined
  // A loss limited against income stays apart from it; else both meet in one sum.
  const net = rule.lossAgainstIncome === undefined ? withCliff.net + joined : withCliff.net
  const againstIncome =
    rule.lossAgainstIncome === undefined
      ? 0n
      : least(positive(-net), mulDiv(joined, rule.lossAgainstIncome.share, ONE_MONEY))
  const settled = settleAllowance(rule, net, sums.year, carried)
  const kept = settleLosses(rule, positive(-net) - againstIncome - settled.offLoss, settled.used, sums.year, carried)
  const ofGains = rule.loss.use === 'other-income' && net < 0n ? net : positive(net - settled.used - settled.allowance)
  const chargeable =
    share(ofGains, rule.included) + (rule.lossAgainstIncome === undefined ? 0n : joined - againstIncome)

  const missing: MissingFact[] = []
  const base = person.otherIncome ?? 0n
  if (
    rule.rates.kind === 'slices' &&
    rule.cliff?.per !== 'month' &&
    chargeable > 0n &&
    person.otherIncome === undefined
  )
    missing.push({ fact: 'otherIncome', assumed: 'none' })
  const taxed = rule.cliff?.per === 'month' ? { tax: whole.tax, surcharge: 0n } : taxAt(rule.rates, chargeable, base)
  const relief = rule.lossRelief === undefined ? 0n : share(whole.losses, rule.lossRelief)
  const ofIncome = incomeRule.taxed === 'flat' ? share(withCliff.apart, incomeRule.rate) : 0n
  const wealth = heldWealth(law, sums, person)
  if (wealth.assumedAlone) missing.push({ fact: 'partner', assumed: 'no' })
  const stepUp = sums.named.get('step-up-tax') ?? ZERO_MONEY
  const tax =
    taxed.tax === null || apart.tax === null
      ? null
      : taxed.tax + taxed.surcharge + apart.tax + ofIncome + wealth.tax + stepUp

  const costs = rule.netting === 'revenue' ? yearCosts(sums) : sums.cost
  const carriedCosts = rule.netting === 'revenue' ? positive(-before) : 0n
  const carriedOut: Record<string, Money> = { ...kept.carried, ...settled.carried, ...apart.carried }
  if (rule.netting === 'revenue') carriedOut.costs = carriedCosts as Money
  const taxable = chargeable + apart.taxable + wealth.benefit
  const set = (entries: Partial<Record<Figure, bigint | null>>): void => {
    for (const [name, value] of Object.entries(entries)) if (value !== null) figures.set(name as Figure, value)
  }
  set({
    proceeds: sums.proceeds,
    fees: sums.fees,
    cost: costs,
    'cost-and-fees': costs + sums.fees,
    'net-proceeds': sums.proceeds - sums.fees,
    gains: whole.gains,
    losses: whole.losses,
    net: before,
    exempt: withCliff.exempt + whole.exempt,
    untaxed: sums.exempt,
    'counted-losses': rule.netting === 'weighted' ? share(whole.losses, rule.lossShare) : whole.losses,
    'losses-used': settled.used,
    allowance: settled.allowance,
    'allowance-limit': settled.limit,
    chargeable,
    taxable,
    tax: taxed.tax,
    surcharge: taxed.surcharge,
    relief,
    income: sums.income,
    'income-with-gains': joined,
    'income-apart': withCliff.apart,
    'carried-losses': kept.total,
    'carried-costs': carriedCosts,
    'costs-before': carried.costs ?? 0n,
    'costs-of-year': costs + sums.fees,
    speculation: apart.net,
    'step-up-tax': stepUp,
    ...wealth.figures,
  })
  const { year } = sums
  const label = rules.label === 'split' ? `${year}-${String((year + 1) % 100).padStart(2, '0')}` : String(year)
  const plain = plainTotals(sums, label)
  const revenue = rule.netting === 'revenue'
  const gain = (revenue ? sums.proceeds - sums.fees - costs : sums.gain) as Money
  return {
    totals: {
      ...plain,
      cost: costs as Money,
      gain,
      ...(revenue ? shifted(plain, gain) : {}),
      exempt: (sums.exempt + withCliff.exempt + whole.exempt) as Money,
      denied: (sums.denied + (rule.netting === 'gains' ? whole.losses : 0n)) as Money,
      incomeTaxable: allIncome(withCliff),
      deduction: (rule.netting === 'weighted' ? share(whole.losses, rule.lossShare) : againstIncome) as Money,
      allowance: (settled.allowance + wealth.free) as Money,
      taxable: taxable as Money,
      tax: tax as Money | null,
      carryOut: shownCarry(carriedOut),
      ...(sums.wealth.length > 0 ? { wealth: sums.wealth } : {}),
      ...(sums.periods.size > 0 ? { periods: periodsOf(sums) } : {}),
      lines: rules.form.lines
        .filter(({ from, to }) => (from === undefined || from <= year) && (to === undefined || year <= to))
        .map(({ id, label: text, figure }) => ({
          id: lineId(rules.form, id),
          label: text,
          amount: (figures.get(figure) ?? 0n) as Money,
        })),
    },
    carried: carriedOut,
    missing,
    outsideTables: !known,
  }
}

/** The rule of a year, as the person's choices have it; `known` is false where it is that of the nearest year. */
function gainRuleOf(
  law: Law,
  rules: TableYear,
  first: number,
): { readonly gainRule: GainRule | null; readonly known: boolean } {
  const { pack, profile } = law
  const rows =
    rules.chosen?.find(({ position, choice }) => positionOf(profile, pack, position, {}, first) === choice)?.gains ??
    rules.gains
  const own = inForce(rows, first)
  if (own !== null) return { gainRule: own, known: true }
  const [earliest] = rows
  const isBefore = earliest?.from !== undefined && first < dayOfDate(earliest.from)
  if (isBefore) return { gainRule: rules.otherLawBefore ? null : earliest.value, known: false }
  return { gainRule: rows.at(-1)?.value ?? null, known: false }
}

/** Bounds move with the gain where the year's costs are not the rows'. */
const shifted = (plain: ReturnType<typeof plainTotals>, gain: Money) => ({
  low: plain.low === null ? null : ((plain.low - plain.gain + gain) as Money),
  high: plain.high === null ? null : ((plain.high - plain.gain + gain) as Money),
  withoutOpen: { ...plain.withoutOpen, gain: (plain.withoutOpen.gain - plain.gain + gain) as Money },
})

/** Costs of the year where no lots are kept. */
const yearCosts = (sums: YearSums): bigint => sums.cost + (sums.named.get('costs') ?? 0n)

export interface WholeGains {
  readonly gains: bigint
  readonly losses: bigint
  /** Left untaxed already, by month. */
  readonly exempt: bigint
  readonly tax: bigint | null
}

/** The year's gains and losses without what is counted apart, with those made elsewhere. */
function yearGains(sums: YearSums, rule: GainRule, apart: ApartGains, other: bigint): WholeGains {
  if (rule.netting === 'none') return { gains: 0n, losses: 0n, exempt: 0n, tax: 0n }
  return {
    gains: sums.gains - apart.gains + positive(other),
    losses: sums.losses - apart.losses + positive(-other),
    exempt: 0n,
    tax: null,
  }
}

function netOf(rule: GainRule, { gains, losses }: WholeGains, sums: YearSums, carried: Carried): bigint {
  // Months are netted already, each by itself.
  if (rule.cliff?.per === 'month') return gains
  switch (rule.netting) {
    case 'none':
      return 0n
    case 'net':
      return gains - losses
    case 'gains':
      return gains
    case 'weighted':
      return gains - share(losses, rule.lossShare)
    case 'revenue':
      return sums.proceeds - sums.fees - yearCosts(sums) - (carried.costs ?? 0n)
  }
}

interface AfterCliff {
  readonly net: bigint
  readonly exempt: bigint
  readonly joined: bigint
  readonly apart: bigint
  readonly onScale: bigint
}

/** A small year is free as a whole; a loss of it counts only where what was sold had cost more than the limit. */
function applyCliff(
  rule: GainRule,
  net: bigint,
  sums: YearSums,
  income: ReturnType<typeof splitIncome>,
  incomeRule: IncomeRule,
): AfterCliff {
  const { cliff } = rule
  const all = { net, exempt: 0n, ...income }
  if (cliff === undefined || cliff.per === 'month') return all
  const counted = incomeRule.inCliff ? income.apart : 0n
  const measure = cliff.of === 'proceeds' ? sums.proceeds : positive(net) + counted
  if (measure > cliff.upTo) return all
  if (net < 0n) return cliff.of === 'proceeds' && sums.cost <= cliff.upTo ? { ...all, net: 0n } : all
  const free = incomeRule.inCliff ? { ...income, apart: 0n } : income
  return { ...free, net: 0n, exempt: net }
}

export interface ApartGains {
  readonly gains: bigint
  readonly losses: bigint
  readonly net: bigint
  readonly taxable: bigint
  readonly tax: bigint | null
  readonly carried: Carried
}

/** Periods with rates of their own: each netted by itself. */
function apartGains(sums: YearSums, rule: GainRule, carried: Carried): ApartGains {
  let [gains, losses, net, taxable, tax]: [bigint, bigint, bigint, bigint, bigint | null] = [0n, 0n, 0n, 0n, 0n]
  const next: Record<string, Money> = {}
  for (const [name, { rates, forward }] of Object.entries(rule.apart ?? {})) {
    const period = sums.periods.get(name) ?? { gains: ZERO_MONEY, losses: ZERO_MONEY }
    gains += period.gains
    losses += period.losses
    const key = `apart-${name}`
    const own = period.gains - period.losses - (forward ? (carried[key] ?? 0n) : 0n)
    net += period.gains - period.losses
    taxable += positive(own)
    const due = taxAt(rates, positive(own), 0n)
    tax = tax === null || due.tax === null ? null : tax + due.tax + due.surcharge
    if (forward && own < 0n) next[key] = -own as Money
  }
  return { gains, losses, net, taxable, tax, carried: next }
}

/** Losses of all years as one sum, as people read it; what else is carried by its name. */
function shownCarry(carried: Carried): Record<string, Money> {
  const shown: Record<string, Money> = {}
  for (const [name, value] of Object.entries(carried)) {
    const key = name.startsWith('losses-') ? 'losses' : name.startsWith('unused-') ? 'unusedAllowance' : name
    if (value !== 0n || key === 'costs') shown[key] = ((shown[key] ?? 0n) + value) as Money
  }
  return shown
}

const periodsOf = (sums: YearSums): NonNullable<ReturnType<typeof plainTotals>['periods']> =>
  Object.fromEntries(
    [...sums.periods]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { gains, losses, proceeds }]) => [name, { gains, losses, proceeds: proceeds ?? ZERO_MONEY }]),
  )

/** Losses and costs from before this ledger count as those of the year before. */
export const tableFirstCarry: FirstCarry = (carryIn) => ({
  [`losses-${carryIn.year - 1}`]: carryIn.losses ?? ZERO_MONEY,
  costs: carryIn.costs ?? ZERO_MONEY,
})
