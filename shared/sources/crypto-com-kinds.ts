/** The words of Crypto.com's app for what happened. An open list. */
import type { Kind } from '../events/kinds.ts'
import { wordTable } from './word-table.ts'

export type AppMeaning =
  /** Currency → To Currency; where there is no To, the native sum is the other side. */
  | { readonly as: 'trade' }
  /** Rows of one moment: what was debited and what was credited. */
  | { readonly as: 'group'; readonly family: string; readonly kind: Kind }
  | { readonly as: 'signed'; readonly in: Kind; readonly out: Kind; readonly counterparty?: string }
  /** Comes and goes like a deposit or a withdrawal. */
  | { readonly as: 'cross'; readonly counterparty?: string }
  /** Between pockets of the app: counts nowhere. */
  | { readonly as: 'inside' }

const trade: AppMeaning = { as: 'trade' }
const inside: AppMeaning = { as: 'inside' }
const income = (kind: Kind): AppMeaning => ({ as: 'signed', in: kind, out: 'clawback' })
const group = (family: string, kind: Kind): AppMeaning => ({ as: 'group', family, kind })
const cross = (counterparty?: string): AppMeaning =>
  counterparty === undefined ? { as: 'cross' } : { as: 'cross', counterparty }

const MEANINGS: Readonly<Record<string, AppMeaning>> = wordTable({
  crypto_exchange: trade,
  crypto_purchase: trade,
  viban_purchase: trade,
  van_purchase: trade,
  crypto_viban_exchange: trade,
  crypto_to_van_sell_order: trade,
  recurring_buy_order: trade,
  'trading.crypto_purchase.google_pay': trade,
  'trading.crypto_purchase.apple_pay': trade,
  'trading.limit_order.fiat_wallet.sell_commit': trade,
  'trading.limit_order.fiat_wallet.purchase_commit': trade,
  'trading.limit_order.cash_account.purchase_commit': trade,
  'trading.limit_order.cash_account.sell_commit': trade,
  'trading.limit_order.crypto_wallet.exchange': trade,
  card_top_up: trade,

  dust_conversion_debited: group('dust', 'dust_convert'),
  dust_conversion_credited: group('dust', 'dust_convert'),
  dynamic_coin_swap_debited: group('coin swap', 'forced_convert'),
  dynamic_coin_swap_credited: group('coin swap', 'forced_convert'),
  crypto_wallet_swap_debited: group('wallet swap', 'forced_convert'),
  crypto_wallet_swap_credited: group('wallet swap', 'forced_convert'),
  interest_swap_debited: group('interest swap', 'forced_convert'),
  interest_swap_credited: group('interest swap', 'forced_convert'),
  lockup_swap_debited: group('lockup swap', 'forced_convert'),
  lockup_swap_credited: group('lockup swap', 'forced_convert'),
  dynamic_coin_swap_bonus_exchange_deposit: income('other_income'),

  crypto_earn_interest_paid: income('lending_interest'),
  crypto_earn_extra_interest_paid: income('lending_interest'),
  'finance.crypto_earn.loyalty_program_extra_interest_paid.crypto_wallet': income('lending_interest'),
  mco_stake_reward: income('staking_reward'),
  supercharger_reward_to_app_credited: income('staking_reward'),
  'finance.dpos.compound_interest.crypto_wallet': income('staking_reward'),
  'finance.dpos.non_compound_interest.crypto_wallet': income('staking_reward'),
  'finance.lockup.dpos_compound_interest.crypto_wallet': income('staking_reward'),
  rewards_platform_deposit_credited: income('learn_reward'),
  referral_bonus: income('referral'),
  referral_gift: income('referral'),
  referral_card_cashback: income('cashback'),
  card_cashback_reverted: income('cashback'),
  reimbursement: income('cashback'),
  reimbursement_reverted: income('cashback'),
  transfer_cashback: income('cashback'),
  pay_checkout_reward: income('cashback'),
  gift_card_reward: income('cashback'),
  campaign_reward: income('learn_reward'),
  admin_wallet_credited: income('other_income'),
  airdrop_locked: income('airdrop'),
  lockup_swap_rebate: income('cashback'),

  crypto_deposit: cross(),
  crypto_withdrawal: cross(),
  exchange_to_crypto_transfer: cross('Crypto.com Exchange'),
  crypto_to_exchange_transfer: cross('Crypto.com Exchange'),
  airdrop_to_exchange_transfer: cross('Crypto.com Exchange'),
  crypto_transfer: cross('another user of Crypto.com'),
  crypto_payment: { as: 'signed', in: 'refund_in', out: 'spend' },
  crypto_payment_refund: { as: 'signed', in: 'refund_in', out: 'spend' },
  invest_deposit: cross('Crypto.com Invest'),
  invest_withdrawal: cross('Crypto.com Invest'),
  viban_deposit: cross(),
  viban_withdrawal: cross(),
  viban_card_top_up: cross('Crypto.com Card'),

  crypto_earn_program_created: inside,
  crypto_earn_program_withdrawn: inside,
  lockup_lock: inside,
  lockup_unlock: inside,
  lockup_upgrade: inside,
  supercharger_deposit: inside,
  supercharger_withdrawal: inside,
  council_node_deposit_created: inside,
  'finance.lockup.dpos_lock.crypto_wallet': inside,
  'finance.lockup.dpos_unlock.crypto_wallet': inside,
  'finance.dpos.staking.crypto_wallet': inside,
  'finance.dpos.unstaking.crypto_wallet': inside,
  viban_deposit_precredit: inside,
  viban_deposit_precredit_repayment: inside,
})

/** How a kind is read, or undefined where it is new. A limit order's lock and unlock only set coins aside. */
export function appMeaning(kind: string): AppMeaning | undefined {
  const known = MEANINGS[kind]
  if (known !== undefined) return known
  return kind.startsWith('trading.limit_order.') && (kind.endsWith('_lock') || kind.endsWith('_unlock'))
    ? inside
    : undefined
}
