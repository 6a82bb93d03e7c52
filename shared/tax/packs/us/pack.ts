import type { Money } from '../../../amount/amount.ts'
import { ONE_MONEY } from '../../../amount/amount.ts'
import type { CivilDate, CurrencyCode } from '../../../events/identifiers.ts'
import type { RulePack } from '../../pack.ts'
import { TRANSFER_FEE_ANSWERS } from '../answered-rows.ts'
import { US_TREATMENTS } from './treatments.ts'

const date = (text: string): CivilDate => text as CivilDate
const dollars = (whole: bigint): Money => (whole * ONE_MONEY) as Money

/** United States, federal, individuals. */
export const usPack: RulePack = {
  id: 'us',
  name: 'United States',
  carriesIn: ['lossShort', 'lossLong'],
  toVerify: [
    'Position P6: no published rule says whether gas on own transfers may join the cost.',
    'Line 8z of Schedule 1 for tax year 2022, the reading of card rewards, and the heads of lending and liquidity income rest on general knowledge.',
    'Worthless or lost coins, thefts, perpetuals abroad and collectible NFTs rest on general knowledge of the rules named.',
  ],
  facts: [
    {
      id: 'filingStatus',
      label: 'Filing status',
      about: 'A net loss counts up to 3,000 dollars against other income, up to 1,500 if married filing separately.',
      choices: [
        { id: 'single', label: 'Single' },
        { id: 'married-jointly', label: 'Married filing jointly' },
        { id: 'married-separately', label: 'Married filing separately' },
        { id: 'head-of-household', label: 'Head of household' },
        { id: 'surviving-spouse', label: 'Qualifying surviving spouse' },
      ],
      assumed: 'single',
    },
    {
      id: 'otherGains.short',
      label: 'Short-term gains outside these books',
      about: 'Net gain or loss of one year or less on shares and the like: they net with these.',
      assumed: 'none',
    },
    {
      id: 'otherGains.long',
      label: 'Long-term gains outside these books',
      about: 'Net gain or loss of more than one year: they net with these.',
      assumed: 'none',
    },
  ],
  currency: 'USD' as CurrencyCode,
  yearStart: { month: 1, day: 1 },
  methods: {
    menu: ['fifo', 'lifo', 'hifo', 'lofo', 'specific'],
    standard: 'fifo',
    authority: 'Reg. 1.1012-1(j); IRS FAQ 39 to 41',
  },
  scope: [
    { to: date('2024-12-31'), value: 'universal', authority: 'Practice before Reg. 1.1012-1(j); Rev. Proc. 2024-28' },
    { from: date('2025-01-01'), value: 'account', authority: 'Reg. 1.1012-1(j), TD 10000' },
  ],
  scopeChoice: [
    { value: 'account', authority: 'Reg. 1.1012-1(j); records by account before 2025' },
    { to: date('2024-12-31'), value: 'universal', authority: 'Rev. Proc. 2024-28' },
  ],
  swapValue: 'received',
  swapAuthority: 'IRC 1001(b); Reg. 1.1012-1(h)',
  fees: [
    {
      to: date('2024-12-31'),
      value: { buy: 'cost', sell: 'proceeds', swap: 'out', coin: 'dispose', transfer: 'dispose' },
      authority: 'General rule of IRC 1001 and 1012; the split of a swap’s fee was not prescribed',
    },
    {
      from: date('2025-01-01'),
      value: { buy: 'cost', sell: 'proceeds', swap: 'out', coin: 'dispose', transfer: 'dispose' },
      authority: 'Reg. 1.1001-7(b), 1.1012-1(h)',
    },
  ],
  transferFeeChoices: TRANSFER_FEE_ANSWERS,
  holding: {
    rule: 'us-anniversary',
    authority: 'IRC 1222; Rev. Rul. 66-7: counted from the day after acquisition, the day of disposal included',
  },
  treatments: US_TREATMENTS,
  incomeLines: [
    { value: { line: 'Form 1040 line 1a', heads: ['salary'] }, authority: 'Notice 2014-21 A-11; Form W-2' },
    { value: { line: 'Schedule C line 1', heads: ['business', 'royalty'] }, authority: 'Notice 2014-21 A-9, A-10' },
    { value: { line: 'Schedule 1 line 8b', heads: ['gambling'] }, authority: 'Schedule 1; to verify' },
    { value: { line: 'Schedule 1 line 8c', heads: ['debt-forgiven'] }, authority: 'Schedule 1; to verify' },
    {
      to: date('2022-12-31'),
      value: { line: 'Schedule 1 line 8z', heads: [] },
      authority: 'Schedule 1 of 2022 had no line for digital assets; to verify',
    },
    {
      from: date('2023-01-01'),
      value: { line: 'Schedule 1 line 8v', heads: [] },
      authority: 'Schedule 1 of 2023 to 2026: digital assets received as ordinary income not reported elsewhere',
    },
  ],
  positions: [
    {
      id: 'P15',
      standard: 'residue',
      choices: ['residue', 'specific', 'global'],
      authority: 'Rev. Proc. 2024-28 sec. 5; Reg. 1.1012-1(j)',
    },
    {
      id: 'P16',
      standard: 'collectible',
      choices: ['collectible', 'property'],
      authority: 'IRC 1(h)(4), 408(m); Notice 2023-27: what the NFT stands for decides',
    },
    {
      id: 'P19',
      standard: 'other',
      choices: ['other', 'section-1256'],
      authority: 'IRC 1256(a), (b), (g): futures of a regulated exchange are 60 percent long, 40 percent short',
    },
  ],
  changeover: {
    from: date('2025-01-01'),
    writtenBefore: date('2025-01-01'),
    // The return for 2025 with its extension.
    due: date('2026-10-15'),
    authority: 'Rev. Proc. 2024-28 sec. 5',
  },
  residence: {
    exitDisposal: false,
    entryStepUp: false,
    authority: 'IRC 1012: the original cost counts; the exit tax of IRC 877A reaches covered expatriates only',
  },
  giftLossBasis: true,
  inheritedIsLong: true,
  disposalUnit: 'event',
  foreignMoney: { rule: 'open', authority: 'IRC 988' },
  boxes: [
    { to: date('2024-12-31'), value: { short: 'C', long: 'F' }, authority: 'Form 8949 up to 2024, no Form 1099-B' },
    { from: date('2025-01-01'), value: { short: 'I', long: 'L' }, authority: 'Form 8949 from 2025, no Form 1099-DA' },
  ],
  identification: {
    dateTest: true,
    assumedOrderFrom: date('2025-01-01'),
    brokerFrom: date('2027-01-01'),
    authority: 'Reg. 1.1012-1(j)(3); Notice 2025-7 as extended by Notice 2026-20',
  },
  year: {
    rule: 'us',
    lossLimit: [
      { value: { single: dollars(3000n), marriedSeparately: dollars(1500n) }, authority: 'IRC 1211(b), 1212(b)' },
    ],
  },
  periods: [],
}
