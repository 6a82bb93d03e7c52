import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY, ZERO_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import { parseMoney } from '../../amount/decimal.ts'
import type { PersonYear } from '../../events/interchange-types.ts'
import { inForce } from '../in-force.ts'
import type { Law } from '../law.ts'
import { least, positive } from '../least.ts'
import type { GermanYear } from '../pack.ts'
import type { YearTotals } from '../result.ts'
import type { HeadName } from '../running-sums.ts'
import type { YearSums } from '../year-sums.ts'
import type { Carried, FirstCarry, YearRule } from './year-rule.ts'
import { plainTotals } from './year-rule.ts'

const line = (id: string, label: string, amount: bigint) => ({ id, label, amount: amount as Money })

/** Gains less losses of one head. */
export const netOfHead = (sums: YearSums, head: HeadName): bigint => {
  const parts = sums.heads.get(head)
  return parts === undefined ? 0n : parts.gains - parts.losses
}

/**
 * Private sales of an individual (EStG § 23): below the exemption limit nothing of the year's net is taxed, from it on
 * all of it, less losses carried. The limit is tested on the person's whole net before losses carried. Rewards
 * (§ 22 no. 3) have a limit of their own. Settled derivatives (§ 20) and business assets (§ 15) are shown by themselves
 * and meet none of these.
 * Authority: EStG §§ 15, 20(2) no. 3 and (6), 22 no. 3, 23(3), 10d.
 */
export const deYear: YearRule = (law, sums, person, carried) => {
  const rules = law.pack.year as GermanYear
  const day = law.yearStart(sums.year)
  const other = (person.otherGains?.short ?? 0n) + (person.otherGains?.long ?? 0n)
  const derivatives = netOfHead(sums, 'derivative')
  const business = netOfHead(sums, 'business')
  const net = sums.gain - derivatives - business + other
  const limit = inForce(rules.saleLimit, day) ?? ZERO_MONEY
  const freed = net > 0n && net < limit ? net : 0n
  const brought = carried.losses ?? 0n
  const used = least(brought, positive(net - freed))
  const taxable = positive(net - freed) - used
  const back = carriedBack(law, rules, sums, positive(-net), carried)
  const losses = (brought - used + positive(-net) - back[0] - back[1]) as Money
  const derivativeLosses = carried.derivativeLosses ?? 0n
  const derivativesUsed = least(derivativeLosses, positive(derivatives))
  const derivativesLeft = (derivativeLosses - derivativesUsed + positive(-derivatives)) as Money
  const rewards = sumOf(sums, (head) => rules.rewardHeads.includes(head))
  const rewardLimit = inForce(rules.rewardLimit, day) ?? ZERO_MONEY
  const rewardsTaxed = rewards < rewardLimit ? 0n : rewards
  const otherHeads = sums.income - rewards
  const incomeTaxable = rewardsTaxed + otherHeads
  const carryOut = { losses, ...(derivativesLeft > 0n ? { derivativeLosses: derivativesLeft } : {}) }
  return {
    totals: {
      ...plainTotals(sums, String(sums.year)),
      incomeTaxable: incomeTaxable as Money,
      allowance: freed as Money,
      taxable: taxable as Money,
      tax: taxOf(person, taxable + incomeTaxable),
      carryOut,
      lines: [
        line('section-23-net', 'Private sales: net gain or loss of the person (§ 23 EStG)', net),
        line('section-23-limit', 'Exemption limit of § 23(3) EStG', limit),
        line('section-23-freed', 'Not taxed because it is below the limit', freed),
        line('section-23-losses-used', 'Losses of other years used', used),
        line('section-23-taxable', 'Private sales: taxable', taxable),
        line('section-23-exempt', 'Held for more than one year: not taxable', sums.exempt),
        line('section-22-3', 'Rewards and other services (§ 22 no. 3 EStG)', rewards),
        line('section-22-3-limit', 'Exemption limit of § 22 no. 3 EStG', rewardLimit),
        line('section-22-3-taxable', 'Rewards and other services: taxable', rewardsTaxed),
        ...(otherHeads === 0n ? [] : [line('other-income', 'Income of other heads (§§ 15, 18, 19 EStG)', otherHeads)]),
        ...(business === 0n ? [] : [line('section-15-gains', 'Gains on business assets (§ 15 EStG)', business)]),
        ...(derivatives === 0n && derivativeLosses === 0n
          ? []
          : [
              line('section-20', 'Settled derivatives: net result (§ 20 EStG)', derivatives),
              line('section-20-losses-used', 'Derivatives: losses of other years used', derivativesUsed),
              line(
                'section-20-allowance',
                'Saver’s allowance for all capital income (§ 20(9) EStG), not applied here',
                inForce(rules.saverAllowance, day) ?? 0n,
              ),
            ]),
        ...back
          .map((amount, at) => line(backLine(at + 1), `Loss carried back ${at + 1} year(s)`, amount))
          .filter(({ amount }) => amount > 0n),
      ],
    },
    carried: {
      losses,
      derivativeLosses: derivativesLeft,
      room1: taxable as Money,
      room2: ((carried.room1 ?? 0n) - back[0]) as Money,
    },
    missing: [],
    outsideTables: inForce(rules.saleLimit, day) === null || sums.year > rules.lastYear,
  }
}

const backLine = (years: number): string => `loss-carried-back-${years}`

function sumOf(sums: YearSums, counts: (head: string) => boolean): bigint {
  let sum = 0n
  for (const [head, value] of sums.incomeByHead) if (counts(head)) sum += value
  return sum
}

/** What of a loss goes to the year before, and to the one before that. */
function carriedBack(
  law: Law,
  rules: GermanYear,
  sums: YearSums,
  loss: bigint,
  carried: Carried,
): readonly [bigint, bigint] {
  const chosen = law.profile.positions.P31?.findLast(
    ({ from, to }) =>
      (from === undefined || Number(from.slice(0, 4)) <= sums.year) &&
      (to === undefined || sums.year <= Number(to.slice(0, 4))),
  )
  if (loss === 0n || chosen?.choice !== 'back' || rules.carryBackYears < 1) return [0n, 0n]
  const first = least(loss, carried.room1 ?? 0n)
  const second = rules.carryBackYears < 2 ? 0n : least(loss - first, carried.room2 ?? 0n)
  return [first, second]
}

/** Takes losses that later years carried back off the years they went to. */
export function settleGermanCarryBack(totals: Map<number, YearTotals>): void {
  for (const [year, { lines }] of [...totals]) {
    for (const { id, amount } of lines) {
      const years = id === backLine(1) ? 1 : id === backLine(2) ? 2 : 0
      const earlier = totals.get(year - years)
      if (years === 0 || earlier === undefined) continue
      totals.set(earlier.year, {
        ...earlier,
        taxable: (earlier.taxable - amount) as Money,
        lines: [...earlier.lines, line('section-23-later-losses', `Loss carried back from ${year}`, amount)],
      })
    }
  }
}

/** Tax at the person's own marginal rate in percent; null where it is not given. */
function taxOf(person: PersonYear, taxable: bigint): Money | null {
  if (person.band === undefined) return null
  const rate = parseMoney(person.band.replace(/\s*%$/, ''))
  if (typeof rate !== 'bigint') return null
  return mulDiv(taxable, rate, 100n * ONE_MONEY) as Money
}

export const deFirstCarry: FirstCarry = (carryIn) => ({
  losses: carryIn.losses ?? ((carryIn.lossShort ?? 0n) as Money),
})
