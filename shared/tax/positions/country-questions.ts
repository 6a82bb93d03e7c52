import type { PositionEntry } from './register.ts'

/** Questions that only the law of some countries asks; each of their packs says its own standard. */
export const COUNTRY_QUESTIONS: readonly PositionEntry[] = [
  {
    id: 'P20',
    question: 'Are the gains those of private wealth, or of a trader or speculator?',
    why: 'What normal management of private wealth leaves untaxed, or taxes little, is taxed in full where it is more than that.',
    choices: [
      { id: 'private', label: 'Private wealth, normally managed' },
      { id: 'trader', label: 'Trading, or speculation' },
    ],
    cautious: 'trader',
    kinds: ['sell', 'trade', 'spend'],
    scope: ['dates'],
  },
  {
    id: 'P21',
    question: 'Was the value on 1 January taken as the cost, against the substitute tax?',
    why: 'The substitute tax is on the whole value of that day; later gains then count from it.',
    choices: [
      { id: 'none', label: 'No: the real cost stays' },
      { id: '2023', label: 'Yes: the value of 1 January 2023, at 14 percent' },
      { id: '2025', label: 'Yes: the value of 1 January 2025, at 18 percent' },
    ],
    cautious: 'none',
    kinds: ['sell', 'trade', 'spend'],
    scope: ['asset'],
  },
  {
    id: 'P22',
    question: 'Do the assets of a swap have the same characteristics and functions?',
    why: 'A swap inside one function keeps cost; a swap into another function is taxed.',
    choices: [
      { id: 'by-kind', label: 'As the kinds of the assets say: coin for coin is the same, coin for NFT is not' },
      { id: 'same', label: 'Yes: the cost goes over' },
      { id: 'different', label: 'No: the swap is taxed' },
    ],
    cautious: 'different',
    kinds: ['trade', 'dust_convert', 'forced_convert', 'otc_trade', 'bridge_trade'],
    scope: ['asset', 'protocol', 'account', 'dates'],
  },
  {
    id: 'P23',
    question: 'Is the account at a platform abroad?',
    why: 'Gains abroad are taxed once a year without the exemption of small monthly sales.',
    choices: [
      { id: 'domestic', label: 'No: at home, or in a wallet of one’s own' },
      { id: 'foreign', label: 'Yes: abroad' },
    ],
    cautious: 'foreign',
    kinds: ['sell', 'trade', 'spend'],
    scope: ['account', 'dates'],
  },
  {
    id: 'P24',
    question: 'Is the asset an electronic-money token in euro under MiCA?',
    why: 'Gains on such tokens keep the lower rate.',
    choices: [
      { id: 'no', label: 'No' },
      { id: 'emt', label: 'Yes: a euro token of an authorised issuer' },
    ],
    cautious: 'no',
    kinds: ['sell', 'trade', 'spend'],
    scope: ['asset'],
  },
  {
    id: 'P30',
    question: 'Does a coin from a chain split take part of the old coin’s cost?',
    why: 'With part of the cost it has the old coin’s date too; without, all it fetches is gain, counted from the day of the split.',
    choices: [
      { id: 'split', label: 'Yes: by market value, with the old date' },
      { id: 'nil', label: 'No: it comes at no cost, on the day of the split' },
    ],
    cautious: 'nil',
    kinds: ['fork'],
    scope: ['asset', 'dates'],
  },
  {
    id: 'P31',
    question: 'Are losses from private sales carried back first?',
    why: 'Carried back they lower the tax of up to two years before, whose returns change; waived, they wait for gains to come.',
    choices: [
      { id: 'forward', label: 'No: the carry-back is waived, they go to the years to come' },
      { id: 'back', label: 'Yes: up to two years back, then forward' },
    ],
    cautious: 'forward',
    kinds: ['sell', 'trade', 'spend'],
    scope: ['dates'],
  },
  {
    id: 'P32',
    question: 'Were the coins spent kept mainly to buy personal items?',
    why: 'A personal use asset that cost no more than the limit makes no gain, and never a loss.',
    choices: [
      { id: 'cgt', label: 'No: an investment, the gain counts' },
      { id: 'personal-use', label: 'Yes: acquired and soon used to buy personal items' },
    ],
    cautious: 'cgt',
    kinds: ['spend'],
    scope: ['asset', 'account', 'dates'],
  },
]
