import { COSTS_OF_DEBT, LOANS, LOCK_MOVES, PAYMENTS, POOL_MOVES, TRADES } from '../../kind-groups.ts'
import type { TreatmentRule } from '../../pack.ts'
import { accrualRow, cashbackRow, formRow, fundingRows, loanRow, minedRow, rebaseRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const DISPOSAL = 'TCGA 1992 s.21; HMRC Cryptoassets Manual CRYPTO22100'
const MISC = 'HMRC Cryptoassets Manual CRYPTO21150 to 21250: miscellaneous income'
const DEFI = 'HMRC Cryptoassets Manual CRYPTO61600 onwards: beneficial ownership'

/** What the law of the United Kingdom makes of each kind, for an individual who does not trade. */
export const GB_TREATMENTS: readonly TreatmentRule[] = [
  { kinds: [...TRADES, ...PAYMENTS, ...COSTS_OF_DEBT], treatment: 'exchange', authority: DISPOSAL },
  { kinds: ['gift_out'], treatment: 'exchange', authority: 'TCGA 1992 s.17: a gift is a disposal at market value' },
  { kinds: ['gift_in'], treatment: 'exchange', authority: 'TCGA 1992 s.17: acquired at market value' },
  { kinds: ['gambling_win'], treatment: 'exchange', authority: 'Winnings are no income; acquired at market value' },
  cashbackRow('A rebate reduces the price paid'),
  formRow('bridges', 'none', DISPOSAL),
  formRow('wrapping', 'swap', 'Unsettled; cautious reading of CRYPTO22100'),
  formRow('liquid-staking', 'swap', DEFI),
  {
    kinds: POOL_MOVES,
    treatment: 'exchange',
    position: 'P3',
    choices: { swap: 'exchange', ngnl: 'carry', none: 'carry', deferred: 'carry' },
    authority: DEFI,
  },
  {
    kinds: ['lend_supply', 'lend_withdraw'],
    treatment: 'exchange',
    position: 'P4',
    choices: { swap: 'exchange', ngnl: 'carry', none: 'carry' },
    authority: 'HMRC Cryptoassets Manual CRYPTO61670 to 61678; outcome paper of 26 November 2025, not law',
  },
  formRow('lending', 'none', DEFI, LOCK_MOVES),
  loanRow(LOANS, `${DISPOSAL}; the outcome paper of 26 November 2025 favours the economic difference, not yet law`),
  minedRow(
    ['mining', 'cloud_mining'],
    'mining',
    'CRYPTO21150: a trade by its degree of activity, organisation, risk and commerciality',
  ),
  minedRow(['validator_reward', 'mev_reward'], 'validator', 'CRYPTO21150, CRYPTO21200'),
  accrualRow('CRYPTO21200: the value when received; when a reward is received before its claim is unsettled'),
  rebaseRow('Unsettled; cautious reading of CRYPTO21200'),
  ...fundingRows('Unsettled; part of the contract’s result'),
  { kinds: ['staking_reward'], treatment: 'income', head: 'staking', authority: 'CRYPTO21200' },
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: DEFI },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: DEFI },
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: 'CRYPTO21250' },
  {
    kinds: ['airdrop'],
    treatment: 'acquire-nil',
    head: 'airdrop',
    position: 'P7',
    choices: { nil: 'acquire-nil', 'market-value': 'exchange', income: 'income' },
    authority: 'CRYPTO21250: no income where nothing was done for it',
  },
  { kinds: ['fork'], treatment: 'split', authority: 'CRYPTO22300; TCGA 1992 s.52(4)' },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: 'CRYPTO21100' },
  { kinds: ['business_income'], treatment: 'income', head: 'business', authority: 'CRYPTO21000' },
  { kinds: ['royalty'], treatment: 'income', head: 'royalty', authority: MISC },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: MISC },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: MISC },
  {
    kinds: ['fee_rebate'],
    treatment: 'acquire-nil',
    authority: 'A rebate reduces cost; not attributable to a trade, so the units take no cost',
  },
  {
    kinds: ['gift_spouse', 'donation', 'inheritance_out'],
    treatment: 'leave',
    authority: 'TCGA 1992 s.58, s.257, s.62: no gain, no loss',
  },
  { kinds: ['gift_spouse_in'], treatment: 'acquire-carried', authority: 'TCGA 1992 s.58' },
  { kinds: ['inheritance_in'], treatment: 'acquire-inherited', authority: 'TCGA 1992 s.62: value at death' },
  {
    kinds: ['lost', 'stolen', 'worthless'],
    treatment: 'await-claim',
    authority: 'CRYPTO22400 to 22500: no disposal; TCGA 1992 s.24(2) claim of negligible value',
  },
  {
    kinds: [
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
    authority: 'Facts decide',
  },
  // Last, so that the rows above go before the shared ones.
  ...SHARED_TREATMENTS,
]
