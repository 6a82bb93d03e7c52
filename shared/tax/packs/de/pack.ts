import type { Money } from '../../../amount/amount.ts'
import { ONE_MONEY } from '../../../amount/amount.ts'
import type { CivilDate, CurrencyCode } from '../../../events/identifiers.ts'
import type { RulePack } from '../../pack.ts'
import { TRANSFER_FEE_ANSWERS } from '../answered-rows.ts'
import { DE_TREATMENTS } from './treatments.ts'

const date = (text: string): CivilDate => text as CivilDate
const euros = (whole: bigint): Money => (whole * ONE_MONEY) as Money
const BMF = 'BMF letter of 6 March 2025, IV C 1 - S 2256/00042/064/043'

/** Germany, private assets of an individual. */
export const dePack: RulePack = {
  id: 'de',
  name: 'Germany',
  currency: 'EUR' as CurrencyCode,
  toVerify: [
    'The margin numbers of the BMF letter of 6 March 2025, the carry-back of losses from private sales over two years, and the treatment of airdrops for which nothing was done rest on secondary sources.',
  ],
  tableYears: [2022, 2026],
  wholeUnits: { rule: 'favour', authority: 'Anlage SO: whole euro, rounded in the taxpayer’s favour' },
  yearStart: { month: 1, day: 1 },
  methods: {
    menu: ['fifo', 'fifo-average', 'specific'],
    standard: 'fifo',
    authority: `EStG § 23(1) no. 2; ${BMF}, order of use: by wallet, identified units, else first in first out`,
  },
  methodKeptUntilEmpty: { authority: `${BMF}: the method holds per coin and wallet until none is left` },
  transfersFifo: { authority: `${BMF}: units leave a wallet for another first in, first out` },
  scope: [{ value: 'account', authority: `${BMF}: each wallet by itself` }],
  scopeChoice: [{ value: 'account', authority: `${BMF}: each wallet by itself` }],
  swapValue: 'received',
  swapAuthority: `${BMF}: the market value of what is received`,
  fees: [
    {
      value: { buy: 'cost', sell: 'proceeds', swap: 'out', coin: 'dispose', transfer: 'dispose' },
      authority: `EStG § 23(3) sentence 1; HGB § 255(1); ${BMF}: coins spent on a fee are disposed of`,
    },
  ],
  transferFeeChoices: TRANSFER_FEE_ANSWERS,
  holding: {
    rule: 'after-months',
    months: 12,
    longIs: 'exempt',
    authority: 'EStG § 23(1) no. 2; BGB §§ 187(1), 188(2) and (3): one year from the day after acquisition',
  },
  gainHeads: {
    heads: ['derivative', 'business'],
    authority: 'EStG § 20(2) no. 3 and (6): settled derivatives; EStG § 15: business assets have no holding period',
  },
  treatments: DE_TREATMENTS,
  incomeLines: [
    { value: { line: 'Anlage N', heads: ['salary'] }, authority: 'EStG § 19' },
    { value: { line: 'Anlage G or S', heads: ['business'] }, authority: 'EStG §§ 15, 18' },
    { value: { line: 'Anlage SO, Leistungen', heads: [] }, authority: 'EStG § 22 no. 3' },
  ],
  carriedOnly: true,
  residence: {
    exitDisposal: false,
    entryStepUp: false,
    authority: 'EStG § 23: the original cost counts; AStG § 6 reaches shares in companies only; to verify',
  },
  giftLossBasis: false,
  inheritedIsLong: false,
  disposalUnit: 'event',
  foreignMoney: { rule: 'lots', authority: 'EStG § 23(1) no. 2: foreign money is an economic good of its own' },
  boxes: [],
  identification: {
    dateTest: false,
    assumedOrderFrom: null,
    brokerFrom: null,
    authority: `${BMF}: individual identification where it can be proved`,
  },
  facts: [
    {
      id: 'otherGains.short',
      label: 'Other gains from private sales',
      about: 'Gains less losses of the year under EStG § 23 outside this ledger. They share the exemption limit.',
      assumed: 'none',
    },
    {
      id: 'band',
      label: 'Personal tax rate in percent',
      about: 'Your marginal rate with surcharges, for example 42. Without it no tax is worked out.',
      assumed: 'no rate',
    },
  ],
  year: {
    rule: 'de',
    saleLimit: [
      { to: date('2023-12-31'), value: euros(600n), authority: 'EStG § 23(3) sentence 5 as in force up to 2023' },
      {
        from: date('2024-01-01'),
        value: euros(1000n),
        authority: 'EStG § 23(3) sentence 5 as changed by the Wachstumschancengesetz',
      },
    ],
    rewardLimit: [{ value: euros(256n), authority: 'EStG § 22 no. 3 sentence 2' }],
    saverAllowance: [
      { to: date('2022-12-31'), value: euros(801n), authority: 'EStG § 20(9) as in force up to 2022' },
      { from: date('2023-01-01'), value: euros(1000n), authority: 'EStG § 20(9)' },
    ],
    rewardHeads: [
      'staking',
      'lending',
      'liquidity',
      'airdrop',
      'reward',
      'mining',
      'validator',
      'rebase',
      'other',
      'cashback',
      'funding',
    ],
    carryBackYears: 2,
    lastYear: 2026,
    carryAuthority: 'EStG § 23(3) sentences 7 and 8 with § 10d',
  },
  positions: [
    {
      id: 'P31',
      standard: 'forward',
      choices: ['forward', 'back'],
      authority: 'EStG § 23(3) sentence 8 with § 10d(1): carried back unless the taxpayer asks otherwise',
    },
  ],
  periods: [],
}
