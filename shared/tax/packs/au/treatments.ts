import { COSTS_OF_DEBT, LOANS, LOCK_MOVES, TRADES } from '../../kind-groups.ts'
import type { TreatmentRule } from '../../pack.ts'
import { accrualRow, cashbackRow, formRow, fundingRows, loanRow, rebaseRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const A1 = 'ITAA 1997 s 104-10 (CGT event A1), s 116-20; ATO, Crypto asset investments (QC 69947)'
const DEFI = 'ATO, Decentralised finance and wrapping crypto tokens: beneficial ownership changes, CGT event A1'
const ORDINARY = 'ITAA 1997 s 6-5; ATO, Staking rewards and airdrops'
const MARKET = 'ITAA 1997 ss 112-20, 116-30: market value where nothing is paid'

/** What Australian law makes of each kind, for a resident individual who invests. */
export const AU_TREATMENTS: readonly TreatmentRule[] = [
  { kinds: [...TRADES, 'business_expense', 'tax_payment', ...COSTS_OF_DEBT], treatment: 'exchange', authority: A1 },
  loanRow(
    LOANS,
    'Borrowed units are acquired against a debt; giving them back disposes of them (CGT event A1). No guidance on coins',
  ),
  ...fundingRows('TR 2005/15: part of the contract’s result'),
  {
    kinds: ['spend'],
    treatment: 'exchange',
    position: 'P32',
    choices: { cgt: 'exchange', 'personal-use': 'personal-use' },
    authority: `${A1}; ss 108-20, 118-10: personal use assets`,
  },
  { kinds: ['gift_out', 'gift_spouse', 'donation'], treatment: 'exchange', authority: `${A1}; ${MARKET}` },
  { kinds: ['gift_in', 'gift_spouse_in'], treatment: 'exchange', authority: MARKET },
  {
    kinds: ['gambling_win'],
    treatment: 'exchange',
    authority: 'Winnings of a private person are no income; acquired at market value, ITAA 1997 s 112-20',
  },
  cashbackRow('A rebate reduces the price paid; the units take their value as cost'),
  {
    kinds: ['fee_rebate'],
    treatment: 'acquire-nil',
    authority: 'A rebate reduces cost; not attributable to a trade, so the units take no cost',
  },
  {
    kinds: ['bridge'],
    treatment: 'carry-same',
    position: 'P10',
    choices: { swap: 'carry-same', none: 'carry' },
    authority: `${DEFI}; no event where the very same token comes out`,
  },
  formRow('wrapping', 'swap', DEFI),
  formRow('liquid-staking', 'swap', DEFI),
  formRow('pools', 'swap', DEFI),
  formRow('lending', 'swap', DEFI),
  formRow(
    'lending',
    'none',
    'No CGT event while the units stay the owner’s; ITAA 1997 s 106-60 for security',
    LOCK_MOVES,
  ),
  rebaseRow('No guidance; cautious reading of ITAA 1997 s 6-5'),
  {
    kinds: ['mining', 'cloud_mining'],
    treatment: 'income',
    head: 'business',
    position: 'P12',
    choices: { business: 'income', other: 'acquire-nil' },
    authority: 'ITAA 1997 s 6-5 as a business; as a hobby no income, no cost until disposal',
  },
  { kinds: ['validator_reward', 'mev_reward'], treatment: 'income', head: 'validator', authority: ORDINARY },
  accrualRow(
    'ITAA 1997 s 6-5(4): derived as soon as it is dealt with on one’s behalf; unsettled for unclaimed rewards',
  ),
  { kinds: ['staking_reward'], treatment: 'income', head: 'staking', authority: ORDINARY },
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: ORDINARY },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: ORDINARY },
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: ORDINARY },
  {
    kinds: ['airdrop'],
    treatment: 'income',
    head: 'airdrop',
    position: 'P7',
    choices: { income: 'income', nil: 'acquire-nil' },
    authority: `${ORDINARY}; an initial allocation of a new token is no income and has the cost of what was paid`,
  },
  {
    kinds: ['fork'],
    treatment: 'acquire-nil',
    authority:
      'ATO, Chain splits: no income for an investor; the new asset has a cost base of nil, acquired at the split',
  },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: 'ITAA 1997 s 6-5; FBTAA 1986' },
  {
    kinds: ['business_income', 'royalty'],
    treatment: 'income',
    head: 'business',
    authority: 'ITAA 1997 ss 6-5, 15-20',
  },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: ORDINARY },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: ORDINARY },
  { kinds: ['inheritance_out'], treatment: 'leave', authority: 'ITAA 1997 s 128-10: no gain or loss on death' },
  {
    kinds: ['inheritance_in'],
    treatment: 'acquire-carried',
    authority: 'ITAA 1997 ss 128-15, 115-30: the deceased’s cost base, and date for the discount',
  },
  {
    kinds: ['lost', 'stolen', 'slashing'],
    treatment: 'write-off',
    position: 'P17',
    choices: { none: 'leave', claim: 'dispose-nil' },
    authority: 'ITAA 1997 s 104-20 (CGT event C1): a loss needs evidence of ownership, cost and loss',
  },
  {
    kinds: ['burn', 'nft_burn'],
    treatment: 'dispose-nil',
    authority: 'ITAA 1997 s 104-25 (CGT event C2): ownership of an intangible ends',
  },
  {
    kinds: [
      'worthless',
      'seized',
      'clawback',
      'grant',
      'donation_in',
      'refund_in',
      'recovery_in',
      'debt_forgiven',
      'event_contract',
    ],
    treatment: 'ask',
    authority: 'Facts decide',
  },
  ...SHARED_TREATMENTS,
]
