import { COSTS_OF_DEBT, LENDING_MOVES, LOCK_MOVES, PAYMENTS, TRADES } from '../../kind-groups.ts'
import type { TreatmentRule } from '../../pack.ts'
import { accrualRow, cashbackRow, formRow, fundingRows, loanRow, rebaseRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const BMF = 'BMF letter of 6 March 2025, IV C 1 - S 2256/00042/064/043'
const SALE = `EStG § 23(1) no. 2; ${BMF}; BFH IX R 3/22`
const REWARD = `EStG § 22 no. 3; ${BMF}`
const UNSETTLED = 'Not in the BMF letter of 6 March 2025; cautious reading of EStG § 23'

/** What German income tax law makes of each kind, for private assets of an individual. */
export const DE_TREATMENTS: readonly TreatmentRule[] = [
  { kinds: [...TRADES, ...PAYMENTS], treatment: 'exchange', authority: `${SALE}; NFTs by analogy` },
  loanRow(
    ['loan_borrow', 'margin_borrow', 'hidden_margin_loan'],
    'Borrowed units are acquired against a debt, no income; not in the BMF letter',
  ),
  loanRow(['loan_repay', 'margin_repay'], `${SALE}; giving back borrowed units is not in the BMF letter`),
  { kinds: COSTS_OF_DEBT, treatment: 'exchange', authority: SALE },
  ...fundingRows('EStG § 20(2) no. 3: part of the contract’s result; unsettled'),
  formRow('bridges', 'none', `${UNSETTLED}: no exchange while the same economic good comes out`),
  formRow('wrapping', 'swap', UNSETTLED),
  formRow('liquid-staking', 'swap', UNSETTLED),
  formRow('pools', 'swap', UNSETTLED),
  formRow('lending', 'none', `${BMF}: lending and locking are no disposal while the same units come back`, [
    ...LENDING_MOVES,
    ...LOCK_MOVES,
  ]),
  rebaseRow(UNSETTLED),
  {
    kinds: ['mining', 'cloud_mining'],
    treatment: 'income',
    head: 'business',
    position: 'P12',
    choices: { business: 'income', other: 'income' },
    heads: { business: 'business', other: 'mining' },
    authority: `EStG § 15, else § 22 no. 3; ${BMF}: block creation is a business as a rule`,
  },
  {
    kinds: ['validator_reward', 'mev_reward'],
    treatment: 'income',
    head: 'business',
    position: 'P12',
    choices: { business: 'income', other: 'income' },
    heads: { business: 'business', other: 'validator' },
    authority: `EStG § 15, else § 22 no. 3; ${BMF}: block creation is a business as a rule`,
  },
  { kinds: ['staking_reward'], treatment: 'income', head: 'staking', authority: REWARD },
  accrualRow(`${BMF}: received at the latest at the year’s end where only the claim is wanting`),
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: REWARD },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: `${REWARD}, by analogy` },
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: REWARD },
  {
    kinds: ['airdrop'],
    treatment: 'acquire-nil',
    head: 'airdrop',
    position: 'P7',
    choices: { nil: 'acquire-nil', income: 'income', 'no-acquisition': 'acquire-outside' },
    authority: `${BMF}: no income where nothing is done for it; whether its sale is taxed is unsettled, cautious: at no cost`,
  },
  {
    kinds: ['fork'],
    treatment: 'split',
    position: 'P30',
    choices: { split: 'split', nil: 'acquire-nil' },
    authority: `${BMF}: no income; the cost is divided by market value, the date stays`,
  },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: 'EStG § 8(1), § 19' },
  { kinds: ['business_income'], treatment: 'income', head: 'business', authority: 'EStG § 15, § 18' },
  {
    kinds: ['royalty'],
    treatment: 'income',
    head: 'business',
    authority: 'EStG § 18, § 21(1) no. 3; facts may say § 22',
  },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: REWARD },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: REWARD },
  {
    kinds: ['gambling_win'],
    treatment: 'acquire-nil',
    authority: 'Winnings are no income; no cost of their own, cautious reading of EStG § 23',
  },
  cashbackRow('A rebate reduces the price paid; the units take their value as cost; not in the BMF letter'),
  {
    kinds: ['fee_rebate'],
    treatment: 'acquire-nil',
    authority: 'A rebate reduces cost; not attributable to a trade, so the units take no cost',
  },
  {
    kinds: ['gift_out', 'gift_spouse', 'inheritance_out', 'donation'],
    treatment: 'leave',
    authority: 'EStG § 23(1) sentence 1: no sale without consideration',
  },
  {
    kinds: ['gift_in', 'gift_spouse_in', 'inheritance_in'],
    treatment: 'acquire-carried',
    authority: 'EStG § 23(1) sentence 3: the acquisition of the predecessor counts, date and cost',
  },
  { kinds: ['lost', 'stolen'], treatment: 'leave', authority: 'EStG § 23: no sale, so no loss counts' },
  {
    kinds: [
      'worthless',
      'burn',
      'seized',
      'clawback',
      'slashing',
      'nft_burn',
      'grant',
      'donation_in',
      'refund_in',
      'recovery_in',
      'debt_forgiven',
      'event_contract',
    ],
    treatment: 'ask',
    authority: 'Facts decide; not in the BMF letter',
  },
  ...SHARED_TREATMENTS,
]
