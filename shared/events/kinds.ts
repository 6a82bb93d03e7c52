/** What happened: the closed list of kinds, the same in every country. What the law makes of a kind is the rule pack's. */
export const KINDS = [
  // money in, money out, trading
  'fiat_deposit', 'fiat_withdrawal', 'buy', 'sell', 'trade', 'ico_purchase', 'otc_trade', 'fiat_fx', 'dust_convert', 'forced_convert',
  // movement of own assets
  'transfer', 'bridge', 'bridge_trade', 'custody_move', 'stake_lock', 'stake_unlock', 'self_send', 'unmatched_out', 'unmatched_in',
  // the same thing in a new wrapper
  'wrap', 'unwrap', 'migration', 'redenomination', 'rebase', 'liquid_stake', 'liquid_unstake',
  // income
  'mining', 'cloud_mining', 'validator_reward', 'mev_reward', 'staking_reward', 'lending_interest', 'lp_reward', 'vault_yield', 'revenue_share',
  'airdrop', 'airdrop_task', 'fork', 'salary', 'business_income', 'royalty', 'referral', 'cashback', 'fee_rebate', 'learn_reward', 'grant',
  'donation_in', 'gambling_win', 'other_income', 'reward_accrual',
  // going out
  'spend', 'business_expense', 'tax_payment', 'network_fee', 'approval_fee', 'failed_fee', 'gift_out', 'gift_spouse', 'donation', 'lost',
  'stolen', 'worthless', 'burn', 'seized', 'clawback', 'slashing', 'inheritance_out',
  // coming in without income
  'gift_in', 'gift_spouse_in', 'inheritance_in', 'refund_in', 'recovery_in', 'spam_in',
  // positions and loans
  'lp_add', 'lp_remove', 'vault_deposit', 'vault_withdraw', 'lend_supply', 'lend_withdraw', 'collateral_post', 'collateral_return',
  'loan_borrow', 'loan_repay', 'loan_interest', 'liquidation', 'hidden_margin_loan', 'farm_stake', 'farm_unstake', 'governance_lock',
  'governance_unlock', 'debt_forgiven',
  // derivatives and margin
  'perp_open', 'perp_close', 'realised_profit', 'realised_loss', 'funding_in', 'funding_out', 'derivative_fee', 'option_premium_in',
  'option_premium_out', 'option_exercise', 'option_expire', 'margin_borrow', 'margin_repay', 'margin_interest', 'event_contract',
  // NFTs
  'nft_mint', 'nft_buy', 'nft_sell', 'nft_list', 'nft_delist', 'nft_burn',
  // book-keeping
  'opening_lot', 'basis_override', 'allocation', 'lot_selection', 'balance_correction', 'informational', 'ignored', 'residence_change',
  'snapshot', 'deemed_disposal',
] as const
export type Kind = (typeof KINDS)[number]
