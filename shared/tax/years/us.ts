import type { Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import { inForce } from '../in-force.ts'
import { least, positive } from '../least.ts'
import type { LossLimit } from '../pack.ts'
import type { FirstCarry, MissingFact, YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

/**
 * Net capital gain of an individual: short and long netted apart, then together; a net loss counts up to the limit, the
 * rest is carried with its character, the deduction used up by the short-term loss first.
 * Authority: IRC 1211(b), 1212(b), 1222; Schedule D and its carryover worksheet.
 */
export const usYear: YearRule = (law, sums, person, carried) => {
  const short = sums.short + (person.otherGains?.short ?? 0n) - (carried.lossShort ?? 0n)
  const long = sums.long + (person.otherGains?.long ?? 0n) - (carried.lossLong ?? 0n)
  const net = short + long
  const rules = law.pack.year.rule === 'us' ? law.pack.year.lossLimit : []
  const limits = inForce<LossLimit>(rules, law.yearStart(sums.year)) as LossLimit
  const separate = person.filingStatus === 'married-separately' || person.filingStatus === 'mfs'
  const limit = separate ? limits.marriedSeparately : limits.single
  const loss = positive(-net)
  const deduction = least(loss, limit)
  // The deduction counts as a short-term gain in finding what is left to carry.
  const shortAfter = short + deduction
  const lossShort = positive(-(shortAfter + positive(long)))
  const lossLong = positive(-(long + positive(shortAfter)))
  const carry = net < 0n ? { lossShort: lossShort as Money, lossLong: lossLong as Money } : NOTHING
  const missing: MissingFact[] = []
  if (person.filingStatus === undefined && loss > limits.marriedSeparately) {
    missing.push({ fact: 'filingStatus', assumed: 'single' })
  }
  return {
    totals: {
      ...plainTotals(sums, String(sums.year)),
      deduction: deduction as Money,
      taxable: positive(net) as Money,
      carryOut: carry,
      lines: [
        { id: 'net-short', label: 'Net short-term gain or loss', amount: short as Money },
        { id: 'net-long', label: 'Net long-term gain or loss', amount: long as Money },
        { id: 'net', label: 'Net capital gain or loss', amount: net as Money },
        ...(sums.collectible === 0n
          ? []
          : [{ id: 'collectibles', label: 'Collectibles held long (28 % rate gain)', amount: sums.collectible }]),
        ...NAMED_LINES.flatMap(({ id, label }) => {
          const amount = sums.named.get(id)
          return amount === undefined ? [] : [{ id, label, amount }]
        }),
      ],
    },
    carried: carry,
    missing,
    outsideTables: false,
  }
}

const NAMED_LINES = [
  { id: 'section-1256', label: 'Section 1256 contracts (Form 6781), in the terms above' },
  { id: 'theft-loss', label: 'Theft losses claimed (Form 4684, Section B)' },
]

const NOTHING = { lossShort: ZERO_MONEY, lossLong: ZERO_MONEY }

export const usFirstCarry: FirstCarry = (carryIn) => ({
  lossShort: carryIn.lossShort ?? ZERO_MONEY,
  lossLong: carryIn.lossLong ?? ZERO_MONEY,
})
