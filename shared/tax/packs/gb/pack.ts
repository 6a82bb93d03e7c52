import type { Money } from '../../../amount/amount.ts'
import { ONE_MONEY } from '../../../amount/amount.ts'
import type { CivilDate, CurrencyCode } from '../../../events/identifiers.ts'
import type { Dated, RulePack } from '../../pack.ts'
import { TRANSFER_FEE_ANSWERS } from '../answered-rows.ts'
import { GB_TREATMENTS } from './treatments.ts'

const date = (text: string): CivilDate => text as CivilDate
const percent = (whole: bigint): Money => ((whole * ONE_MONEY) / 100n) as Money

/** The annual exempt amount of the tax year that begins on 6 April of `year`. */
const exempt = (year: number, pounds: bigint): Dated<Money> => ({
  from: date(`${year}-04-06`),
  to: date(`${year + 1}-04-05`),
  value: (pounds * ONE_MONEY) as Money,
  authority: `TCGA 1992 s.${year < 2019 ? '3' : '1K'} as in force for ${year}-${(year + 1) % 100}`,
})

/** United Kingdom, individuals who hold as investors. */
export const gbPack: RulePack = {
  id: 'gb',
  name: 'United Kingdom',
  toVerify: [
    'Boxes 13.6 to 13.8 of SA108 from 2024-25, and how figures are rounded on the return, are to be compared with the form.',
    'Airdrops for which nothing was done, negligible value claims and derivatives rest on general knowledge of the manual.',
    'A move during a tax year is computed from its day; split-year treatment and temporary absence are not.',
  ],
  wholeUnits: { rule: 'favour', authority: 'SA108: income and gains down, costs and losses up; to verify' },
  facts: [
    {
      id: 'band',
      label: 'Rate band',
      about: 'Gains that fall into the unused basic rate band are taxed at the lower rate.',
      choices: [
        { id: 'basic', label: 'Basic rate' },
        { id: 'higher', label: 'Higher or additional rate' },
      ],
      assumed: 'higher',
    },
    {
      id: 'otherGains.short',
      label: 'Gains outside these books',
      about: 'Net chargeable gains or losses of the year on other assets: they share the annual exempt amount.',
      assumed: 'none',
    },
    {
      id: 'otherIncome',
      label: 'Other income of that kind',
      about: 'Trading and miscellaneous income that shares the allowance with income from crypto.',
      assumed: 'none',
    },
  ],
  currency: 'GBP' as CurrencyCode,
  yearStart: { month: 4, day: 6 },
  methods: { menu: ['s104'], standard: 's104', authority: 'TCGA 1992 ss. 104 to 106A; CRYPTO22200' },
  scope: [{ value: 'universal', authority: 'TCGA 1992 s.104: one pool of all securities of a class' }],
  scopeChoice: [{ value: 'universal', authority: 'TCGA 1992 s.104' }],
  swapValue: 'exchanged',
  swapAuthority: 'TCGA 1992 ss. 17, 38; CRYPTO22257',
  fees: [
    {
      value: { buy: 'cost', sell: 'proceeds', swap: 'split', coin: 'dispose', transfer: 'dispose' },
      authority: 'TCGA 1992 s.38; CRYPTO22150, CRYPTO22280',
    },
  ],
  transferFeeChoices: TRANSFER_FEE_ANSWERS,
  holding: { rule: 'none', authority: 'No distinction by time held' },
  treatments: GB_TREATMENTS,
  positions: [
    {
      id: 'P18',
      standard: 'connected',
      choices: ['connected', 'unconnected'],
      authority: 'TCGA 1992 ss. 18(3), 286: losses on disposals to connected persons',
    },
  ],
  incomeLines: [
    { value: { line: 'SA102', heads: ['salary'] }, authority: 'CRYPTO21100: employment income' },
    { value: { line: 'SA103', heads: ['business'] }, authority: 'CRYPTO20250: trading income' },
    { value: { line: 'SA100 box 17', heads: [] }, authority: 'CRYPTO21150 to 21250: other taxable income; to verify' },
  ],
  residence: {
    exitDisposal: false,
    entryStepUp: false,
    authority:
      'TCGA 1992 ss. 1, 2, 10A: no charge on leaving, no new cost on coming; a return within five years reopens',
  },
  giftLossBasis: false,
  inheritedIsLong: false,
  disposalUnit: 'day',
  foreignMoney: { rule: 'exempt', authority: 'TCGA 1992 ss. 252, 269: money in bank accounts and for personal use' },
  boxes: [],
  identification: { dateTest: false, assumedOrderFrom: null, brokerFrom: null, authority: 'TCGA 1992 s.106A' },
  year: {
    rule: 'gb',
    exempt: [
      exempt(2015, 11_100n),
      exempt(2016, 11_100n),
      exempt(2017, 11_300n),
      exempt(2018, 11_700n),
      exempt(2019, 12_000n),
      exempt(2020, 12_300n),
      exempt(2021, 12_300n),
      exempt(2022, 12_300n),
      exempt(2023, 6_000n),
      exempt(2024, 3_000n),
      exempt(2025, 3_000n),
      exempt(2026, 3_000n),
    ],
    rates: [
      {
        from: date('2016-04-06'),
        to: date('2024-10-29'),
        value: { basic: percent(10n), higher: percent(20n) },
        authority: 'Finance Act 2016 s.83',
      },
      {
        from: date('2024-10-30'),
        value: { basic: percent(18n), higher: percent(24n) },
        authority: 'Finance Act 2025: main rates from 30 October 2024',
      },
    ],
    reporting: [
      {
        from: date('2022-04-06'),
        to: date('2023-04-05'),
        value: (49_200n * ONE_MONEY) as Money,
        authority: 'TCGA 1992 s.3A as it was: four times the exempt amount',
      },
      {
        from: date('2023-04-06'),
        value: (50_000n * ONE_MONEY) as Money,
        authority: 'TMA 1970 s.8C: proceeds above £50,000 of somebody registered for self assessment',
      },
    ],
    miscellaneous: [
      {
        from: date('2017-04-06'),
        value: (1000n * ONE_MONEY) as Money,
        authority: 'ITTOIA 2005 ss. 783A to 783AR: trading and miscellaneous income up to £1,000',
      },
    ],
  },
  periods: [
    {
      from: date('2024-04-06'),
      to: date('2024-10-29'),
      value: 'to-2024-10-29',
      authority: 'Finance Act 2025: main rates from 30 October 2024',
    },
    {
      from: date('2024-10-30'),
      to: date('2025-04-05'),
      value: 'from-2024-10-30',
      authority: 'Finance Act 2025: main rates from 30 October 2024',
    },
  ],
}
