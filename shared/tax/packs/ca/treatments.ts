import { COSTS_OF_DEBT, LOANS, LOCK_MOVES, PAYMENTS, TRADES } from '../../kind-groups.ts'
import type { TreatmentRule } from '../../pack.ts'
import { accrualRow, cashbackRow, formRow, fundingRows, loanRow, rebaseRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const BARTER = 'Income Tax Act ss. 38 to 40, 54 “disposition”; CRA guide for cryptocurrency users; IT-490 on barter'
const INCOME = 'Income Tax Act ss. 3, 9, 12; value on receipt is cost (s. 52(1))'
const BENEFICIAL = 'No guidance; Income Tax Act s. 248(1) “disposition”: none where beneficial ownership stays'
const UNSETTLED = 'No guidance; cautious reading: beneficial ownership changes'

/** What the federal law of Canada makes of each kind, for an individual. */
export const CA_TREATMENTS: readonly TreatmentRule[] = [
  { kinds: [...TRADES, ...PAYMENTS, ...COSTS_OF_DEBT], treatment: 'exchange', authority: BARTER },
  loanRow(LOANS, 'Borrowed units are acquired against a debt; giving them back disposes of them. No guidance on coins'),
  ...fundingRows('No guidance; part of the contract’s result'),
  accrualRow('Income Tax Act ss. 9, 12: amounts receivable; no published position on staking'),
  {
    kinds: ['gift_out', 'donation'],
    treatment: 'exchange',
    authority: 'Income Tax Act s. 69(1)(b): proceeds at market value; s. 118.1 for the receipt of a donation',
  },
  {
    kinds: ['inheritance_out'],
    treatment: 'exchange',
    authority: 'Income Tax Act s. 70(5): disposed of at market value immediately before death',
  },
  {
    kinds: ['gift_in', 'inheritance_in'],
    treatment: 'acquire-inherited',
    authority: 'Income Tax Act ss. 69(1)(c), 70(5)(b): cost at market value',
  },
  {
    kinds: ['gift_spouse'],
    treatment: 'leave',
    authority: 'Income Tax Act s. 73(1): rolls over at adjusted cost base; s. 74.2 attributes later gains',
  },
  { kinds: ['gift_spouse_in'], treatment: 'acquire-carried', authority: 'Income Tax Act s. 73(1)' },
  formRow('wrapping', 'none', BENEFICIAL),
  formRow('bridges', 'none', BENEFICIAL),
  formRow('liquid-staking', 'swap', UNSETTLED),
  formRow('pools', 'swap', UNSETTLED),
  formRow('lending', 'swap', UNSETTLED),
  { kinds: LOCK_MOVES, treatment: 'carry', authority: BENEFICIAL },
  {
    kinds: ['mining', 'cloud_mining', 'validator_reward', 'mev_reward'],
    treatment: 'income',
    head: 'mining',
    position: 'P12',
    choices: { business: 'income', other: 'acquire-nil' },
    authority:
      'CRA guide for cryptocurrency users: mining is a business by its facts (s. 9); a hobby has no income, cost nil',
  },
  {
    kinds: ['staking_reward'],
    treatment: 'income',
    head: 'staking',
    authority: `${INCOME}; no published position on staking`,
  },
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: 'Income Tax Act s. 12(1)(c)' },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: INCOME },
  rebaseRow(UNSETTLED),
  {
    kinds: ['airdrop'],
    treatment: 'acquire-nil',
    head: 'airdrop',
    position: 'P7',
    choices: { nil: 'acquire-nil', income: 'income', 'market-value': 'exchange' },
    authority: 'No guidance; a windfall without anything done for it is no income, cost nil',
  },
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: INCOME },
  {
    kinds: ['fork'],
    treatment: 'acquire-nil',
    authority: 'CRA views on chain splits: no income to an investor, the new coin’s cost is nil',
  },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: 'Income Tax Act s. 5; slip T4' },
  { kinds: ['business_income', 'royalty'], treatment: 'income', head: 'business', authority: 'Income Tax Act s. 9' },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: INCOME },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: INCOME },
  {
    kinds: ['gambling_win'],
    treatment: 'exchange',
    authority: 'Income Tax Act s. 40(2)(f): winnings are no income; acquired at market value',
  },
  cashbackRow('A rebate reduces the price paid; the units take their value as cost'),
  {
    kinds: ['fee_rebate'],
    treatment: 'acquire-nil',
    authority: 'A rebate reduces cost; not attributable to a trade, so the units take no cost',
  },
  {
    kinds: ['lost', 'stolen', 'worthless', 'slashing'],
    treatment: 'write-off',
    position: 'P17',
    choices: { none: 'write-off', claim: 'dispose-nil' },
    authority:
      'Income Tax Act ss. 40(1), 54 “disposition”: a loss needs proof that the property is gone; s. 50 for bad debts',
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
      'debt_forgiven',
      'event_contract',
    ],
    treatment: 'ask',
    authority: 'Facts decide',
  },
  ...SHARED_TREATMENTS,
]
