import type { PositionEntry } from './register.ts'

const EVERY_SCOPE = ['asset', 'protocol', 'account', 'dates'] as const

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
    id: 'P25',
    question: 'Is the option for the regular scale taken?',
    why: 'On the regular scale the flat rate falls away, and in some countries a loss may then be carried.',
    choices: [
      { id: 'flat', label: 'No: the flat rate' },
      { id: 'scale', label: 'Yes: with all other income, on the regular scale' },
    ],
    cautious: 'flat',
    kinds: ['sell', 'trade', 'spend'],
    scope: ['dates'],
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
  {
    id: 'ca.derivatives',
    question: 'Are the results of derivatives on income or on capital account?',
    why: 'On income account they count in full, on capital account as half; it has to be reported the same way every year.',
    choices: [
      { id: 'income', label: 'Income account: in full' },
      { id: 'capital', label: 'Capital account: half, with other capital gains' },
    ],
    cautious: 'income',
    kinds: ['realised_profit', 'realised_loss', 'funding_in', 'funding_out', 'derivative_fee'],
    scope: ['dates'],
  },
  {
    id: 'fr.staking',
    question: 'Are rewards of staking, lending and liquidity income when they come?',
    why: 'As non-commercial profits they are taxed on receipt and their value joins the acquisition price; otherwise they are taxed when sold, without a price.',
    choices: [
      { id: 'bnc', label: 'Yes: non-commercial profits, at market value' },
      { id: 'none', label: 'No: taxed only when sold, at no acquisition price' },
    ],
    cautious: 'bnc',
    kinds: ['staking_reward', 'lending_interest', 'lp_reward', 'revenue_share'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'fr.purchase_fees',
    question: 'Do the fees of a purchase belong to the acquisition price?',
    why: 'The law speaks of the price actually paid; with the fees in it, later gains are smaller.',
    choices: [
      { id: 'include', label: 'Yes: they were paid for the purchase' },
      { id: 'exclude', label: 'No: only the price of the coins' },
    ],
    cautious: 'exclude',
    kinds: ['buy'],
    scope: [],
  },
  {
    id: 'fr.nft',
    question: 'Are NFTs digital assets of the portfolio?',
    why: 'In the portfolio they are swapped without tax and count in its value; apart, paying for one with coins is a taxed payment.',
    choices: [
      { id: 'apart', label: 'No: works of their own, apart from the portfolio' },
      { id: 'digital-asset', label: 'Yes: digital assets like coins' },
    ],
    cautious: 'apart',
    kinds: ['nft_buy', 'nft_sell', 'nft_mint', 'trade', 'sell'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'fr.gifts',
    question: 'Does a gift use up its share of the acquisition price?',
    why: 'The law takes off the fractions of all earlier disposals, also those without a price; less is then left for later sales.',
    choices: [
      { id: 'none', label: 'No: a gift changes nothing' },
      { id: 'fraction', label: 'Yes: its value’s share is used up' },
    ],
    cautious: 'fraction',
    kinds: ['gift_out', 'donation', 'inheritance_out'],
    scope: EVERY_SCOPE,
  },
]
