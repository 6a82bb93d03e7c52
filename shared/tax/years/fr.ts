import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import { inForce } from '../in-force.ts'
import { positive } from '../least.ts'
import { PORTFOLIO_SUMS } from '../portfolio-basis.ts'
import type { HeadName } from '../running-sums.ts'
import type { FirstCarry, YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

/**
 * Gains on digital assets of a year: losses go against gains of the same year only; nothing is taxed where all disposals
 * together fetched no more than 305 euro; else the flat tax. What goes on is the acquisition price of the portfolio.
 * Authority: CGI arts. 150 VH bis and 200 C; form 2086, line 224; form 2042 C, boxes 3AN and 3BN.
 */
export const frYear: YearRule = (law, sums, _person, carried) => {
  const rules = law.pack.year.rule === 'fr' ? law.pack.year : { exemption: [], rates: [] }
  const first = law.yearStart(sums.year)
  const net = (head: HeadName): bigint => (sums.heads.get(head)?.gains ?? 0n) - (sums.heads.get(head)?.losses ?? 0n)
  const gain = net('short')
  const proceeds = sums.named.get(PORTFOLIO_SUMS.proceeds) ?? ZERO_MONEY
  const limit = inForce(rules.exemption, first) ?? ZERO_MONEY
  const exempt = proceeds > 0n && proceeds <= limit
  const taxable = exempt ? 0n : positive(gain)
  const rates = inForce(rules.rates, first)
  const tax = (rate: Money): Money => mulDiv(taxable, rate, ONE_MONEY) as Money
  const incomeTax = rates === null ? null : tax(rates.incomeTax)
  const socialLevies = rates === null ? null : tax(rates.socialLevies)
  const state = (sum: keyof typeof PORTFOLIO_SUMS, name: string): Money =>
    sums.named.get(PORTFOLIO_SUMS[sum]) ?? carried[name] ?? ZERO_MONEY
  const carry = {
    frAcquisition: state('acquisition', 'frAcquisition'),
    frConsumed: state('consumed', 'frConsumed'),
    frSoultes: state('soultes', 'frSoultes'),
  }
  const left = positive(carry.frAcquisition - carry.frConsumed - carry.frSoultes)
  const line = (id: string, label: string, amount: bigint) => ({ id, label, amount: amount as Money })
  return {
    totals: {
      ...plainTotals(sums, String(sums.year)),
      shortTerm: ZERO_MONEY,
      longTerm: ZERO_MONEY,
      exempt: (exempt ? gain : 0n) as Money,
      taxable: taxable as Money,
      tax: incomeTax === null || socialLevies === null ? null : ((incomeTax + socialLevies) as Money),
      carryOut: carry,
      lines: [
        line('fr-proceeds', 'Total of disposal prices, for the exemption up to 305 euro', proceeds),
        line('fr-224', 'Form 2086, line 224: overall gain or loss', gain),
        line('fr-3AN', 'Form 2042 C, box 3AN: gain', taxable),
        line('fr-3BN', 'Form 2042 C, box 3BN: loss', exempt ? 0n : positive(-gain)),
        line('fr-income-tax', 'Income tax at the flat rate', incomeTax ?? 0n),
        line('fr-social-levies', 'Social levies', socialLevies ?? 0n),
        line('fr-acquisition-left', 'Acquisition price that is left for later years', left),
        line('fr-derivatives', 'Derivatives (art. 150 ter, form 2074)', net('derivative')),
        line('fr-nft', 'Works kept apart from digital assets', net('nft')),
      ],
    },
    carried: carry,
    missing: [],
    outsideTables: rates === null || sums.year > (law.pack.tableYears?.[1] ?? sums.year),
  }
}

/** The basis starts from what is carried in; a year before its first event has nothing else. */
export const frFirstCarry: FirstCarry = (carryIn) => ({
  frAcquisition: carryIn.frAcquisition ?? ZERO_MONEY,
  frConsumed: carryIn.frConsumed ?? ZERO_MONEY,
  frSoultes: carryIn.frSoultes ?? ZERO_MONEY,
})
