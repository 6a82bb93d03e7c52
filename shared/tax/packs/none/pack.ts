import { PAYMENTS, TRADES } from '../../kind-groups.ts'
import type { RulePack, TreatmentRule } from '../../pack.ts'
import { formRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const PLAIN = 'Plain arithmetic, no country'

const treatments: readonly TreatmentRule[] = [
  ...SHARED_TREATMENTS,
  {
    kinds: ['bridge', 'wrap', 'unwrap', 'collateral_post', 'collateral_return', 'farm_stake', 'farm_unstake'],
    treatment: 'carry',
    authority: PLAIN,
  },
  { kinds: ['governance_lock', 'governance_unlock'], treatment: 'carry', authority: PLAIN },
  formRow('pools', 'swap', PLAIN),
  formRow('lending', 'swap', PLAIN),
  formRow('liquid-staking', 'swap', PLAIN),
  {
    kinds: [
      ...TRADES,
      ...PAYMENTS,
      'gift_out',
      'gift_spouse',
      'donation',
      'inheritance_out',
      'loan_borrow',
      'loan_repay',
      'loan_interest',
      'hidden_margin_loan',
      'liquidation',
      'margin_borrow',
      'margin_repay',
      'margin_interest',
      'cashback',
      'refund_in',
      'recovery_in',
    ],
    treatment: 'exchange',
    authority: PLAIN,
  },
  {
    kinds: ['lost', 'stolen', 'worthless', 'burn', 'seized', 'clawback', 'slashing', 'nft_burn'],
    treatment: 'dispose-nil',
    authority: PLAIN,
  },
  { kinds: ['gift_in', 'gift_spouse_in'], treatment: 'acquire-carried', authority: PLAIN },
  { kinds: ['inheritance_in'], treatment: 'acquire-inherited', authority: PLAIN },
  { kinds: ['fee_rebate'], treatment: 'acquire-nil', authority: PLAIN },
  { kinds: ['mining', 'cloud_mining'], treatment: 'income', head: 'mining', authority: PLAIN },
  { kinds: ['validator_reward', 'mev_reward'], treatment: 'income', head: 'validator', authority: PLAIN },
  { kinds: ['staking_reward', 'reward_accrual'], treatment: 'income', head: 'staking', authority: PLAIN },
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: PLAIN },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: PLAIN },
  { kinds: ['airdrop', 'airdrop_task'], treatment: 'income', head: 'airdrop', authority: PLAIN },
  { kinds: ['fork'], treatment: 'income', head: 'fork', authority: PLAIN },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: PLAIN },
  { kinds: ['business_income'], treatment: 'income', head: 'business', authority: PLAIN },
  { kinds: ['royalty'], treatment: 'income', head: 'royalty', authority: PLAIN },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: PLAIN },
  { kinds: ['gambling_win'], treatment: 'income', head: 'gambling', authority: PLAIN },
  { kinds: ['rebase'], treatment: 'income', head: 'rebase', authority: PLAIN },
  {
    kinds: ['grant', 'donation_in', 'other_income', 'debt_forgiven'],
    treatment: 'income',
    head: 'other',
    authority: PLAIN,
  },
  { kinds: ['event_contract'], treatment: 'ask', authority: PLAIN },
]

/** No country: every outflow but a transfer is a disposal, the year is the calendar's, nothing is allowed or limited. */
export const nonePack: RulePack = {
  id: 'none',
  name: 'Plain arithmetic',
  currency: null,
  yearStart: { month: 1, day: 1 },
  methods: {
    menu: ['fifo', 'lifo', 'hifo', 'lofo', 'specific', 'acb', 'moving-average', 'total-average', 's104'],
    standard: 'fifo',
    authority: PLAIN,
  },
  scope: [{ value: 'account', authority: PLAIN }],
  scopeChoice: [
    { value: 'account', authority: PLAIN },
    { value: 'universal', authority: PLAIN },
  ],
  swapValue: 'received',
  swapAuthority: PLAIN,
  fees: [
    { value: { buy: 'cost', sell: 'proceeds', swap: 'out', coin: 'dispose', transfer: 'dispose' }, authority: PLAIN },
  ],
  transferFeeChoices: {},
  holding: { rule: 'us-anniversary', authority: 'As in the United States' },
  treatments,
  giftLossBasis: false,
  inheritedIsLong: false,
  disposalUnit: 'event',
  foreignMoney: { rule: 'exempt', authority: PLAIN },
  boxes: [],
  identification: { dateTest: true, assumedOrderFrom: null, brokerFrom: null, authority: PLAIN },
  year: { rule: 'plain' },
  periods: [],
}
