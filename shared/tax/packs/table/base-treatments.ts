import type { Kind } from '../../../events/kinds.ts'
import type { TreatmentRule } from '../../pack.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const GENERAL = 'General rule of capital gains taxes, to be verified for the country'
const UNSETTLED = 'No guidance known; cautious reading, to be verified'
const FACTS = 'Facts decide'

/** Kinds in which coins are given for coins. */
export const SWAPS: readonly Kind[] = ['trade', 'dust_convert', 'forced_convert', 'otc_trade', 'bridge_trade']
/** Kinds that put coins into another wrapper. */
export const WRAPPERS: readonly Kind[] = ['wrap', 'unwrap', 'liquid_stake', 'liquid_unstake']
/** Kinds that put coins into a pool, a vault or a loan, and take them out. */
export const POOLS: readonly Kind[] = [
  'lp_add',
  'lp_remove',
  'vault_deposit',
  'vault_withdraw',
  'lend_supply',
  'lend_withdraw',
]
/** Coins received for lending value or work to a network or a platform. */
export const PASSIVE: readonly Kind[] = [
  'staking_reward',
  'validator_reward',
  'mev_reward',
  'lending_interest',
  'lp_reward',
  'revenue_share',
]
export const MINING: readonly Kind[] = ['mining', 'cloud_mining']
export const DROPS: readonly Kind[] = ['airdrop', 'airdrop_task', 'referral', 'learn_reward']

/** What most laws make of each kind; a country's own rows go before these. */
const COMMON: readonly TreatmentRule[] = [
  {
    kinds: [
      'buy',
      'sell',
      'trade',
      'ico_purchase',
      'otc_trade',
      'dust_convert',
      'forced_convert',
      'bridge_trade',
      'nft_mint',
      'nft_buy',
      'nft_sell',
      'spend',
      'business_expense',
      'tax_payment',
      'loan_interest',
      'margin_interest',
      'liquidation',
    ],
    treatment: 'exchange',
    authority: GENERAL,
  },
  {
    kinds: ['loan_borrow', 'loan_repay', 'margin_borrow', 'margin_repay', 'hidden_margin_loan'],
    treatment: 'exchange',
    position: 'P13',
    choices: { repay: 'exchange', difference: 'debt' },
    authority: UNSETTLED,
  },
  {
    kinds: ['rebase'],
    treatment: 'income',
    head: 'rebase',
    position: 'P8',
    choices: { income: 'income', spread: 'acquire-nil' },
    authority: UNSETTLED,
  },
  {
    kinds: ['reward_accrual'],
    treatment: 'income',
    head: 'staking',
    position: 'P5',
    choices: { control: 'income', claim: 'nothing' },
    authority: UNSETTLED,
  },
  {
    kinds: ['funding_in'],
    treatment: 'derivative',
    head: 'funding',
    position: 'P9',
    choices: { result: 'derivative', separate: 'income' },
    authority: UNSETTLED,
  },
  {
    kinds: ['funding_out'],
    treatment: 'derivative',
    position: 'P9',
    choices: { result: 'derivative', separate: 'exchange' },
    authority: UNSETTLED,
  },
  {
    kinds: ['cashback'],
    treatment: 'exchange',
    position: 'P11',
    choices: { 'price-reduction': 'exchange', income: 'income' },
    authority: UNSETTLED,
  },
  {
    kinds: ['bridge'],
    treatment: 'carry',
    position: 'P10',
    choices: { none: 'carry', swap: 'exchange' },
    authority: UNSETTLED,
  },
  {
    kinds: ['wrap', 'unwrap'],
    treatment: 'exchange',
    position: 'P1',
    choices: { swap: 'exchange', none: 'carry' },
    authority: UNSETTLED,
  },
  {
    kinds: ['liquid_stake', 'liquid_unstake'],
    treatment: 'exchange',
    position: 'P2',
    choices: { swap: 'exchange', none: 'carry' },
    authority: UNSETTLED,
  },
  {
    kinds: ['lp_add', 'lp_remove', 'vault_deposit', 'vault_withdraw'],
    treatment: 'exchange',
    position: 'P3',
    choices: { swap: 'exchange', none: 'carry', deferred: 'carry' },
    authority: UNSETTLED,
  },
  {
    kinds: ['lend_supply', 'lend_withdraw'],
    treatment: 'exchange',
    position: 'P4',
    choices: { swap: 'exchange', none: 'carry' },
    authority: UNSETTLED,
  },
  {
    kinds: [
      'collateral_post',
      'collateral_return',
      'farm_stake',
      'farm_unstake',
      'governance_lock',
      'governance_unlock',
    ],
    treatment: 'carry',
    position: 'P4',
    choices: { none: 'carry', swap: 'exchange' },
    authority: UNSETTLED,
  },
  {
    kinds: MINING,
    treatment: 'income',
    head: 'mining',
    position: 'P12',
    choices: { other: 'income', business: 'income' },
    heads: { business: 'business' },
    authority: GENERAL,
  },
  {
    kinds: ['validator_reward', 'mev_reward'],
    treatment: 'income',
    head: 'validator',
    position: 'P12',
    choices: { other: 'income', business: 'income' },
    heads: { business: 'business' },
    authority: GENERAL,
  },
  { kinds: ['staking_reward'], treatment: 'income', head: 'staking', authority: GENERAL },
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: GENERAL },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: GENERAL },
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: GENERAL },
  {
    kinds: ['airdrop'],
    treatment: 'income',
    head: 'airdrop',
    position: 'P7',
    choices: { income: 'income', nil: 'acquire-nil' },
    authority: UNSETTLED,
  },
  { kinds: ['fork'], treatment: 'acquire-nil', authority: UNSETTLED },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: GENERAL },
  { kinds: ['business_income'], treatment: 'income', head: 'business', authority: GENERAL },
  { kinds: ['royalty'], treatment: 'income', head: 'royalty', authority: GENERAL },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: GENERAL },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: GENERAL },
  { kinds: ['fee_rebate'], treatment: 'acquire-nil', authority: GENERAL },
  {
    kinds: ['gift_out', 'gift_spouse', 'donation', 'inheritance_out'],
    treatment: 'leave',
    authority: GENERAL,
  },
  { kinds: ['gift_in', 'gift_spouse_in'], treatment: 'acquire-carried', authority: GENERAL },
  { kinds: ['inheritance_in'], treatment: 'acquire-inherited', authority: GENERAL },
  { kinds: ['lost', 'stolen', 'worthless', 'slashing'], treatment: 'write-off', authority: UNSETTLED },
  {
    kinds: [
      'burn',
      'debt_forgiven',
      'seized',
      'clawback',
      'nft_burn',
      'grant',
      'donation_in',
      'gambling_win',
      'refund_in',
      'recovery_in',
      'event_contract',
    ],
    treatment: 'ask',
    authority: FACTS,
  },
]

/** Rows before others, which keep only the kinds that these say nothing of. */
function before(own: readonly TreatmentRule[], others: readonly TreatmentRule[]): readonly TreatmentRule[] {
  const ruled = new Set(own.flatMap((rule) => rule.kinds))
  const rest = others.map((rule) => ({ ...rule, kinds: rule.kinds.filter((kind) => !ruled.has(kind)) }))
  return [...own, ...rest.filter((rule) => rule.kinds.length > 0)]
}

/** The rows of a country: its own, then the general ones, then those that are the same in every country. */
export const withOwnRows = (own: readonly TreatmentRule[]): readonly TreatmentRule[] =>
  before(before(own, COMMON), SHARED_TREATMENTS)

/** Rows for laws under which coins for coins keep their cost, wrappers and pools included. */
export const neutralSwapRows = (authority: string): readonly TreatmentRule[] => [
  { kinds: SWAPS, treatment: 'neutral-swap', authority },
  {
    kinds: ['wrap', 'unwrap'],
    treatment: 'carry',
    position: 'P1',
    choices: { none: 'carry', swap: 'exchange' },
    authority,
  },
  {
    kinds: ['liquid_stake', 'liquid_unstake'],
    treatment: 'carry',
    position: 'P2',
    choices: { none: 'carry', swap: 'exchange' },
    authority,
  },
  {
    kinds: ['lp_add', 'lp_remove', 'vault_deposit', 'vault_withdraw'],
    treatment: 'carry',
    position: 'P3',
    choices: { none: 'carry', deferred: 'carry', swap: 'exchange' },
    authority,
  },
  {
    kinds: ['lend_supply', 'lend_withdraw'],
    treatment: 'carry',
    position: 'P4',
    choices: { none: 'carry', swap: 'exchange' },
    authority,
  },
]
