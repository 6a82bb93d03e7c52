import { COSTS_OF_DEBT, LOCK_MOVES, PAYMENTS, TRADES } from '../../kind-groups.ts'
import type { TreatmentRule } from '../../pack.ts'
import { accrualRow, cashbackRow, formRow, fundingRows, loanRow, minedRow, rebaseRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const PROPERTY = 'Notice 2014-21 as modified by Notice 2023-34; IRC 1001'
const REWARD = 'Notice 2014-21 A-8; IRC 61'
const UNSETTLED = 'No guidance; cautious reading'

/** What federal law makes of each kind, for an individual. */
export const US_TREATMENTS: readonly TreatmentRule[] = [
  { kinds: [...TRADES, ...PAYMENTS], treatment: 'exchange', authority: PROPERTY },
  formRow('bridges', 'none', UNSETTLED),
  formRow('wrapping', 'none', 'No guidance on taxability; Notice 2024-57 suspends only the reporting by brokers'),
  formRow('liquid-staking', 'swap', UNSETTLED),
  formRow('pools', 'swap', UNSETTLED),
  formRow('lending', 'none', 'No guidance; not taxable where the same units come back'),
  { kinds: LOCK_MOVES, treatment: 'carry', authority: 'No realisation while the units are still the owner’s' },
  rebaseRow(UNSETTLED),
  minedRow(['mining', 'cloud_mining'], 'mining', 'Notice 2014-21 A-8, A-9: a trade or business is self-employment'),
  minedRow(['validator_reward', 'mev_reward'], 'validator', 'Rev. Rul. 2023-14; Notice 2014-21 A-9'),
  accrualRow('Rev. Rul. 2023-14: the year of dominion and control'),
  ...fundingRows(UNSETTLED),
  {
    kinds: ['debt_forgiven'],
    treatment: 'debt-released',
    head: 'debt-forgiven',
    authority: 'IRC 61(a)(11); the exclusions of IRC 108 are the person’s to claim',
  },
  { kinds: ['staking_reward'], treatment: 'income', head: 'staking', authority: 'Rev. Rul. 2023-14' },
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: REWARD },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: REWARD },
  {
    kinds: ['airdrop'],
    treatment: 'income',
    head: 'airdrop',
    position: 'P7',
    choices: { income: 'income', nil: 'acquire-nil' },
    authority: 'Rev. Rul. 2019-24',
  },
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: 'Rev. Rul. 2019-24' },
  { kinds: ['fork'], treatment: 'income', head: 'fork', authority: 'Rev. Rul. 2019-24' },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: 'Notice 2014-21 A-11' },
  { kinds: ['business_income', 'royalty'], treatment: 'income', head: 'business', authority: 'Notice 2014-21 A-10' },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: REWARD },
  { kinds: ['gambling_win'], treatment: 'income', head: 'gambling', authority: REWARD },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: REWARD },
  cashbackRow('A rebate reduces the price paid; the units take their value as cost'),
  {
    kinds: ['fee_rebate'],
    treatment: 'acquire-nil',
    authority: 'A rebate reduces cost; not attributable to a trade, so the units take no cost',
  },
  loanRow(
    ['loan_borrow', 'margin_borrow', 'hidden_margin_loan'],
    'Borrowed units are acquired against a debt, no income',
  ),
  loanRow(['loan_repay', 'margin_repay'], PROPERTY),
  { kinds: COSTS_OF_DEBT, treatment: 'exchange', authority: PROPERTY },
  {
    kinds: ['gift_out', 'gift_spouse', 'inheritance_out'],
    treatment: 'leave',
    authority: 'IRC 1015, 1041, 1014: no gain to the giver',
  },
  { kinds: ['donation'], treatment: 'leave', authority: 'IRC 170: no gain to the giver' },
  { kinds: ['gift_in'], treatment: 'acquire-carried', authority: 'IRC 1015; Reg. 1.1015-1' },
  { kinds: ['gift_spouse_in'], treatment: 'acquire-carried', authority: 'IRC 1041' },
  { kinds: ['inheritance_in'], treatment: 'acquire-inherited', authority: 'IRC 1014, 1223(9)' },
  {
    kinds: ['stolen'],
    treatment: 'write-off',
    position: 'P17',
    choices: { none: 'write-off', claim: 'claim-loss' },
    authority: 'IRC 165(c)(2), 165(e): a theft of what was held for profit, in the year of discovery (Form 4684)',
  },
  {
    kinds: ['lost', 'worthless', 'slashing'],
    treatment: 'write-off',
    authority: 'IRC 165(c)(3), 165(h)(5), 67(g); CCA 202302011: not deductible without a realisation',
  },
  {
    kinds: [
      'burn',
      'seized',
      'clawback',
      'nft_burn',
      'grant',
      'donation_in',
      'refund_in',
      'recovery_in',
      'event_contract',
    ],
    treatment: 'ask',
    authority: 'Facts decide',
  },
  // Last, so that the rows above go before the shared ones.
  ...SHARED_TREATMENTS,
]
