import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import { CAPITAL_PROCEEDS } from '../acb-basis.ts'
import { inForce } from '../in-force.ts'
import { least, positive } from '../least.ts'
import { positionOf } from '../positions.ts'
import type { HeadName } from '../running-sums.ts'
import type { FirstCarry, YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

/** Heads of income that have a line of their own, beside other income. */
const BUSINESS_HEADS = ['business', 'mining'] as const

/**
 * Capital gains of an individual: half of the net gain is taxable, half of a net loss is an allowable loss that goes
 * against taxable gains of three years back or of any later year. Inventory of a business, and derivatives unless they
 * are reported on capital account, are income in full. Losses are carried in full amounts, before the half.
 * Authority: Income Tax Act ss. 3, 9, 38, 39, 111(1)(b); Schedule 3 and form T1A.
 */
export const caYear: YearRule = (law, sums, person, carried) => {
  const rules = law.pack.year.rule === 'ca' ? law.pack.year.inclusion : []
  const first = law.yearStart(sums.year)
  const inclusion = inForce(rules, first) ?? ONE_MONEY
  const net = (head: HeadName): bigint => (sums.heads.get(head)?.gains ?? 0n) - (sums.heads.get(head)?.losses ?? 0n)
  const derivatives = net('derivative')
  const onCapitalAccount = positionOf(law.profile, law.pack, 'ca.derivatives', {}, first) === 'capital'
  const capital = net('short') + net('long') + (onCapitalAccount ? derivatives : 0n)
  const elsewhere = (person.otherGains?.short ?? 0n) + (person.otherGains?.long ?? 0n)
  const total = capital + elsewhere
  const brought = carried.losses ?? 0n
  const used = least(brought, positive(total))
  const half = (value: bigint): Money => mulDiv(value, inclusion, ONE_MONEY) as Money
  const business = net('business')
  const onIncomeAccount = onCapitalAccount ? 0n : derivatives
  const loss = positive(-total)
  const carry = { losses: (brought - used + loss) as Money }
  const heads = sums.incomeByHead
  const businessIncome = BUSINESS_HEADS.reduce((sum, head) => sum + (heads.get(head) ?? 0n), business)
  const salary = heads.get('salary') ?? 0n
  const otherIncome = sums.income - salary - (businessIncome - business)
  const proceeds = sums.named.get(CAPITAL_PROCEEDS) ?? ZERO_MONEY
  return {
    totals: {
      ...plainTotals(sums, String(sums.year)),
      shortTerm: ZERO_MONEY,
      longTerm: ZERO_MONEY,
      incomeTaxable: (sums.income + business + onIncomeAccount) as Money,
      allowance: ZERO_MONEY,
      taxable: half(total - used),
      carryOut: carry,
      lines: [
        { id: 'ca-15199', label: 'Schedule 3, line 15199: proceeds of disposition', amount: proceeds },
        { id: 'ca-15300', label: 'Schedule 3, line 15300: gain or loss', amount: capital as Money },
        { id: 'ca-12700', label: 'Line 12700: taxable capital gains', amount: half(positive(total)) },
        { id: 'ca-25300', label: 'Line 25300: net capital losses of other years', amount: half(used) },
        { id: 'ca-denied', label: 'Superficial losses, added to cost', amount: sums.denied },
        {
          id: 'ca-t1a',
          label: 'Form T1A: net capital loss that could be carried back three years',
          amount: half(loss),
        },
        { id: 'ca-13000', label: 'Line 13000: other income', amount: otherIncome as Money },
        { id: 'ca-t2125', label: 'Form T2125: income of a business', amount: businessIncome as Money },
        { id: 'ca-derivatives', label: 'Derivatives on income account', amount: onIncomeAccount as Money },
      ],
    },
    carried: carry,
    missing: [],
    outsideTables: sums.year > (law.pack.tableYears?.[1] ?? sums.year),
  }
}

export const caFirstCarry: FirstCarry = (carryIn) => ({
  losses: ((carryIn.losses ?? 0n) + (carryIn.lossShort ?? 0n) + (carryIn.lossLong ?? 0n)) as Money,
})
