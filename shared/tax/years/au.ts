import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv, roundMoney } from '../../amount/arithmetic.ts'
import { inForce } from '../in-force.ts'
import type { Law } from '../law.ts'
import { least, positive } from '../least.ts'
import type { AustralianYear, Bracket } from '../pack.ts'
import { netOfHead } from './de.ts'
import type { FirstCarry, YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

const line = (id: string, label: string, amount: bigint) => ({ id, label, amount: amount as Money })
/** The return leaves cents out. */
const dollars = (amount: bigint): bigint => roundMoney(amount as Money, 'whole', 'truncate')

/**
 * Net capital gain of a resident individual: losses of the year, then losses carried, reduce gains without the discount
 * first, then discount gains; what is left of these is discounted. Derivatives and business assets are on revenue
 * account and meet none of it; a personal use asset makes no loss.
 * Authority: ITAA 1997 ss 102-5, 102-10, 102-15, 115-100, 118-20, 108-20.
 */
export const auYear: YearRule = (law, sums, person, carried) => {
  const rules = law.pack.year as AustralianYear
  const day = law.yearStart(sums.year)
  const rate = inForce(rules.discount, day)
  const parts = (head: 'short' | 'long') => sums.heads.get(head) ?? { gains: 0n, losses: 0n }
  const [otherShort, otherLong] = [person.otherGains?.short ?? 0n, person.otherGains?.long ?? 0n]
  const plain = parts('short').gains + positive(otherShort)
  const discountable = parts('long').gains + positive(otherLong)
  const losses = parts('short').losses + parts('long').losses + positive(-otherShort) + positive(-otherLong)
  const brought = carried.losses ?? 0n
  const gross = plain + discountable
  const usedOwn = least(losses, gross)
  const usedBrought = least(brought, gross - usedOwn)
  const used = usedOwn + usedBrought
  const plainLeft = positive(plain - used)
  const discountLeft = discountable - positive(used - plain)
  const discount = mulDiv(discountLeft, rate ?? 0n, ONE_MONEY)
  const taxable = plainLeft + discountLeft - discount
  const left = (losses - usedOwn + (brought - usedBrought)) as Money
  const revenue = netOfHead(sums, 'derivative') + netOfHead(sums, 'business')
  const incomeTaxable = sums.income + positive(revenue)
  const deduction = positive(-revenue)
  const assessed = taxable + incomeTaxable - deduction
  const tax = person.otherIncome === undefined ? null : taxOf(law, rules, day, person.otherIncome, assessed)
  const label = `${sums.year}-${String((sums.year + 1) % 100).padStart(2, '0')}`
  return {
    totals: {
      ...plainTotals(sums, label),
      discount: discount as Money,
      incomeTaxable: incomeTaxable as Money,
      deduction: deduction as Money,
      taxable: taxable as Money,
      tax,
      carryOut: { losses: left },
      lines: [
        line('18H', 'Total current year capital gains', dollars(gross)),
        line('18A', 'Net capital gain', dollars(taxable)),
        line('18V', 'Net capital losses carried forward', dollars(left)),
        line('gains-without-discount', 'Gains without the discount', plain),
        line('gains-with-discount', 'Gains with the discount, before it', discountable),
        line('losses-of-the-year', 'Capital losses of the year', losses),
        line('losses-used', 'Losses applied, of the year and of earlier years', used),
        line('discount', 'CGT discount', discount),
        ...(revenue === 0n ? [] : [line('revenue-account', 'Net result on revenue account', revenue)]),
      ],
    },
    carried: { losses: left },
    missing: [],
    outsideTables: rate === null || inForce(rules.brackets, day) === null,
  }
}

/** What `amount` on top of other income costs at the scale of the year, levy included; null where no scale is known. */
function taxOf(law: Law, rules: AustralianYear, day: number, otherIncome: bigint, amount: bigint): Money | null {
  const scale = inForce(rules.brackets, day)
  if (scale === null) return null
  const levy = inForce(rules.levy, law.yearStart(law.yearOf(day))) ?? ZERO_MONEY
  const base = positive(otherIncome)
  const total = positive(otherIncome + amount)
  return (onScale(scale, total) - onScale(scale, base) + mulDiv(total - base, levy, ONE_MONEY)) as Money
}

function onScale(scale: readonly Bracket[], income: bigint): bigint {
  let tax = 0n
  scale.forEach(({ above, rate }, at) => {
    const top = scale[at + 1]?.above
    const slice = positive((top === undefined ? income : least(income, top)) - above)
    tax += mulDiv(slice, rate, ONE_MONEY)
  })
  return tax
}

export const auFirstCarry: FirstCarry = (carryIn) => ({
  losses: carryIn.losses ?? (((carryIn.lossShort ?? 0n) + (carryIn.lossLong ?? 0n)) as Money),
})
