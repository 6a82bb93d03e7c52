import type { Money } from '../../../amount/amount.ts'
import { ONE_MONEY } from '../../../amount/amount.ts'
import type { CivilDate, CurrencyCode } from '../../../events/identifiers.ts'
import type { RulePack } from '../../pack.ts'
import { TRANSFER_FEE_ANSWERS } from '../answered-rows.ts'
import { CA_TREATMENTS } from './treatments.ts'

const date = (text: string): CivilDate => text as CivilDate

/** Canada, federal, individuals. */
export const caPack: RulePack = {
  id: 'ca',
  name: 'Canada',
  toVerify: [
    'Line numbers of Schedule 3 for 2024 and later, and the two periods of the 2024 form, have to be checked against the form of the year.',
    'Superficial losses: units still held on the thirtieth day are compared with each loss by itself, as the formula is written for one sale; whether they may serve two losses of overlapping periods, no text says.',
    'Mining, staking, lending and airdrops rest on general rules: the Canada Revenue Agency has published little on them.',
  ],
  tableYears: [2022, 2026],
  currency: 'CAD' as CurrencyCode,
  yearStart: { month: 1, day: 1 },
  methods: { menu: ['acb'], standard: 'acb', authority: 'Income Tax Act s. 47: identical properties are averaged' },
  scope: [{ value: 'universal', authority: 'Income Tax Act s. 47: all identical properties of the taxpayer' }],
  scopeChoice: [{ value: 'universal', authority: 'Income Tax Act s. 47' }],
  swapValue: 'received',
  swapAuthority:
    'Interpretation bulletin IT-490: the value of what is received, or of what is given where it is better known',
  fees: [
    {
      value: { buy: 'cost', sell: 'proceeds', swap: 'out', coin: 'dispose', transfer: 'dispose' },
      authority: 'Income Tax Act ss. 40(1)(a)(i), 54 “adjusted cost base”; guide T4037: outlays and expenses',
    },
  ],
  transferFeeChoices: TRANSFER_FEE_ANSWERS,
  gainHeads: {
    heads: ['derivative', 'business'],
    authority:
      'Income Tax Act ss. 9, 39(1): income of a business, and of derivatives on income account, is no capital gain',
  },
  holding: { rule: 'none', authority: 'No distinction by time held' },
  superficialLosses: {
    days: 30,
    authority: 'Income Tax Act ss. 40(2)(g)(i), 53(1)(f), 54 “superficial loss”',
  },
  treatments: CA_TREATMENTS,
  residence: {
    exitDisposal: true,
    entryStepUp: true,
    authority:
      'ITA 128.1(1) and 128.1(4): deemed sold and bought at market value on becoming and on ceasing resident; to verify',
  },
  giftLossBasis: false,
  inheritedIsLong: false,
  disposalUnit: 'event',
  foreignMoney: { rule: 'open', authority: 'Income Tax Act s. 39(1.1): gains on foreign money above 200 dollars' },
  boxes: [],
  identification: { dateTest: false, assumedOrderFrom: null, brokerFrom: null, authority: 'Income Tax Act s. 47' },
  positions: [
    {
      id: 'ca.derivatives',
      standard: 'income',
      choices: ['income', 'capital'],
      authority: 'Guide T4037, IT-346R: on income account, or on capital account if always reported so',
    },
  ],
  facts: [
    {
      id: 'otherGains.long',
      label: 'Capital gains elsewhere',
      about: 'Net capital gains or losses outside this ledger: losses of the year meet all gains of it.',
      assumed: 'none',
    },
  ],
  year: {
    rule: 'ca',
    inclusion: [
      {
        value: (ONE_MONEY / 2n) as Money,
        authority: 'Income Tax Act s. 38; the rate of two thirds proposed for 2024 was cancelled on 21 March 2025',
      },
    ],
  },
  periods: [
    {
      from: date('2024-01-01'),
      to: date('2024-06-24'),
      value: '1',
      authority: 'Schedule 3 of 2024: period 1, of no effect on the tax',
    },
    {
      from: date('2024-06-25'),
      to: date('2024-12-31'),
      value: '2',
      authority: 'Schedule 3 of 2024: period 2, of no effect on the tax',
    },
  ],
}
