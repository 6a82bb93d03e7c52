import type { Money } from '../../../amount/amount.ts'
import { ONE_MONEY } from '../../../amount/amount.ts'
import type { CivilDate, CurrencyCode } from '../../../events/identifiers.ts'
import type { Bracket, Dated, RulePack } from '../../pack.ts'
import { TRANSFER_FEE_ANSWERS } from '../answered-rows.ts'
import { AU_TREATMENTS } from './treatments.ts'

const date = (text: string): CivilDate => text as CivilDate
const dollars = (whole: bigint): Money => (whole * ONE_MONEY) as Money
/** A rate from tenths of a percent. */
const perMille = (tenths: bigint): Money => ((tenths * ONE_MONEY) / 1000n) as Money

/** The resident scale of the years from `from` to `to`; rates in tenths of a percent. */
const scale = (
  from: string,
  to: string,
  steps: readonly (readonly [above: bigint, rate: bigint])[],
): Dated<readonly Bracket[]> => ({
  from: date(from),
  to: date(to),
  value: steps.map(([above, rate]) => ({ above: dollars(above), rate: perMille(rate) })),
  authority: 'Income Tax Rates Act 1986 Sch 7 Pt I, residents',
})

const BEFORE_2024 = [
  [18_200n, 190n],
  [45_000n, 325n],
  [120_000n, 370n],
  [180_000n, 450n],
] as const
const FROM_2024 = [
  [18_200n, 160n],
  [45_000n, 300n],
  [135_000n, 370n],
  [190_000n, 450n],
] as const
const FROM_2026 = [
  [18_200n, 150n],
  [45_000n, 300n],
  [135_000n, 370n],
  [190_000n, 450n],
] as const

/** Australia, resident individuals. */
export const auPack: RulePack = {
  id: 'au',
  name: 'Australia',
  currency: 'AUD' as CurrencyCode,
  toVerify: [
    'The events of wrapping, lending and pools, the fees of swaps and own transfers, the resident rates and the labels of item 24 rest on secondary sources.',
  ],
  tableYears: [2022, 2026],
  wholeUnits: { rule: 'truncate', authority: 'Individual tax return: cents are left out; to verify' },
  yearStart: { month: 7, day: 1 },
  methods: {
    menu: ['fifo', 'lifo', 'hifo', 'specific'],
    standard: 'fifo',
    authority:
      'ITAA 1997 s 110-25; TD 33 by analogy: parcels that records identify, else first in first out; no average',
  },
  scope: [{ value: 'universal', authority: 'No rule of law by wallet; TD 33 by analogy' }],
  scopeChoice: [
    { value: 'universal', authority: 'No rule of law by wallet; TD 33 by analogy' },
    { value: 'account', authority: 'Tracing by wallet is evidence of which parcel was disposed of' },
  ],
  swapValue: 'exchanged',
  swapAuthority: 'ITAA 1997 ss 110-25(2), 116-20(1): market value of what is received, and of what is given for it',
  fees: [
    {
      value: { buy: 'cost', sell: 'proceeds', swap: 'out', coin: 'dispose', transfer: 'dispose' },
      authority: 'ITAA 1997 ss 110-25(3), 110-35: incidental costs, once; coins spent on a fee are disposed of',
    },
  ],
  transferFeeChoices: TRANSFER_FEE_ANSWERS,
  holding: {
    rule: 'after-months',
    months: 12,
    authority:
      'ITAA 1997 ss 115-5, 115-25; TD 2002/10: twelve months, without the day of acquisition and the day of the event',
  },
  gainHeads: {
    heads: ['derivative', 'business', 'personal-use'],
    authority: 'ITAA 1997 s 118-20 and TR 2005/15: revenue account; ss 70-10, 118-25: business; s 108-20: personal use',
  },
  personalUse: {
    costLimit: dollars(10_000n),
    authority: 'ITAA 1997 ss 108-20(1), 118-10(3)',
  },
  treatments: AU_TREATMENTS,
  incomeLines: [
    { value: { line: 'Item 1', heads: ['salary'] }, authority: 'Tax return for individuals: salary or wages' },
    { value: { line: 'Item 15', heads: ['business'] }, authority: 'Tax return for individuals: business income' },
    { value: { line: 'Item 24', heads: [] }, authority: 'Tax return for individuals: other income; label to verify' },
  ],
  carriedOnly: true,
  residence: {
    exitDisposal: true,
    entryStepUp: true,
    authority: 'ITAA 1997 ss. 104-160, 855-45: CGT event I1 on ceasing, market value on becoming resident; to verify',
  },
  giftLossBasis: false,
  inheritedIsLong: false,
  disposalUnit: 'event',
  foreignMoney: { rule: 'open', authority: 'ITAA 1997 Div 775: forex realisation' },
  boxes: [],
  identification: {
    dateTest: false,
    assumedOrderFrom: null,
    brokerFrom: null,
    authority: 'TD 33 by analogy: the parcel is chosen when the return is made, from records kept',
  },
  facts: [
    {
      id: 'otherGains.short',
      label: 'Other capital gains without the discount',
      about: 'Net, outside this ledger; a loss is negative.',
      assumed: 'none',
    },
    {
      id: 'otherGains.long',
      label: 'Other capital gains with the discount',
      about: 'Before the discount, net, outside this ledger; a loss is negative.',
      assumed: 'none',
    },
    {
      id: 'otherIncome',
      label: 'Other taxable income',
      about: 'Without it no tax is estimated.',
      assumed: 'no estimate',
    },
  ],
  year: {
    rule: 'au',
    discount: [
      {
        to: date('2027-06-30'),
        value: perMille(500n),
        authority:
          'ITAA 1997 s 115-100 for CGT events up to 30 June 2027; Act No. 49 of 2026 replaces it from 1 July 2027',
      },
    ],
    brackets: [
      scale('2020-07-01', '2024-06-30', BEFORE_2024),
      scale('2024-07-01', '2026-06-30', FROM_2024),
      scale('2026-07-01', '2027-06-30', FROM_2026),
    ],
    levy: [{ to: date('2027-06-30'), value: perMille(20n), authority: 'Medicare Levy Act 1986 s 6; no reductions' }],
  },
  periods: [],
}
