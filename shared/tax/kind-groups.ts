import type { Kind } from '../events/kinds.ts'

// Kinds that laws speak of together. A pack names a group where its law makes the same of all of it, and lists kinds where not.

/** Trades in which coins can be given for coins. */
export const SWAPS: readonly Kind[] = [
  'trade',
  'ico_purchase',
  'otc_trade',
  'dust_convert',
  'forced_convert',
  'bridge_trade',
  'nft_mint',
  'nft_buy',
  'nft_sell',
]

/** Something is given for something else. */
export const TRADES: readonly Kind[] = ['buy', 'sell', ...SWAPS]

/** Coins are paid for goods, services or taxes. */
export const PAYMENTS: readonly Kind[] = ['spend', 'business_expense', 'tax_payment']

/** Coins are borrowed and given back. */
export const LOANS: readonly Kind[] = [
  'loan_borrow',
  'loan_repay',
  'hidden_margin_loan',
  'margin_borrow',
  'margin_repay',
]

/** Coins are paid, or taken, for what a debt costs. */
export const COSTS_OF_DEBT: readonly Kind[] = ['loan_interest', 'margin_interest', 'liquidation']

/** Coins go into a pool or a vault and come out of it. */
export const POOL_MOVES: readonly Kind[] = ['lp_add', 'lp_remove', 'vault_deposit', 'vault_withdraw']

/** Coins are lent to a protocol and come back. */
export const LENDING_MOVES: readonly Kind[] = ['lend_supply', 'lend_withdraw']

/** Coins are locked and released, and stay the owner's meanwhile. */
export const LOCK_MOVES: readonly Kind[] = [
  'collateral_post',
  'collateral_return',
  'farm_stake',
  'farm_unstake',
  'governance_lock',
  'governance_unlock',
]
