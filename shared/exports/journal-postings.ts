/** An event as the postings of a double-entry journal, each commodity summing to zero. */
import type { Amount } from '../amount/amount.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { directionOf } from '../events/leg-direction.ts'

/** Which side of the books a posting is on. `account` places hold what the ledger's accounts hold. */
export type Place =
  | { readonly root: 'account'; readonly account: AccountId }
  | { readonly root: 'debt'; readonly account: AccountId }
  | { readonly root: 'pledged'; readonly account: AccountId }
  | { readonly root: 'counter'; readonly name: CounterName }

/** The other side of what comes and goes, in the order in which a journal declares them. */
export const COUNTER_NAMES = [
  'Equity:Exchange',
  'Equity:Opening',
  'Equity:Transfers',
  'Equity:Gifts',
  'Equity:Borrowing',
  'Equity:Positions',
  'Equity:Corrections',
  'Equity:Unexplained',
  'Equity:Ignored',
  'Income:Mining',
  'Income:Staking',
  'Income:Lending',
  'Income:Airdrops',
  'Income:Work',
  'Income:Rewards',
  'Income:Other',
  'Income:Derivatives',
  'Expenses:Spending',
  'Expenses:Business',
  'Expenses:Taxes',
  'Expenses:Fees',
  'Expenses:Interest',
  'Expenses:Losses',
] as const
export type CounterName = (typeof COUNTER_NAMES)[number]

const COUNTERS: readonly (readonly [CounterName, readonly Kind[]])[] = [
  ['Equity:Opening', ['opening_lot']],
  [
    'Equity:Transfers',
    [
      'fiat_deposit',
      'fiat_withdrawal',
      'transfer',
      'bridge',
      'custody_move',
      'stake_lock',
      'stake_unlock',
      'self_send',
      'governance_lock',
      'governance_unlock',
      'farm_stake',
      'farm_unstake',
      'collateral_post',
      'collateral_return',
    ],
  ],
  [
    'Equity:Gifts',
    [
      'gift_out',
      'gift_spouse',
      'donation',
      'inheritance_out',
      'gift_in',
      'gift_spouse_in',
      'inheritance_in',
      'donation_in',
    ],
  ],
  [
    'Equity:Borrowing',
    ['loan_borrow', 'loan_repay', 'hidden_margin_loan', 'debt_forgiven', 'margin_borrow', 'margin_repay'],
  ],
  [
    'Equity:Positions',
    ['lp_add', 'lp_remove', 'vault_deposit', 'vault_withdraw', 'lend_supply', 'lend_withdraw', 'liquidation'],
  ],
  ['Equity:Corrections', ['balance_correction', 'basis_override', 'rebase']],
  ['Equity:Unexplained', ['unmatched_in', 'unmatched_out']],
  ['Equity:Ignored', ['ignored', 'spam_in', 'informational']],
  ['Income:Mining', ['mining', 'cloud_mining']],
  ['Income:Staking', ['validator_reward', 'mev_reward', 'staking_reward', 'reward_accrual']],
  ['Income:Lending', ['lending_interest', 'lp_reward', 'vault_yield', 'revenue_share']],
  ['Income:Airdrops', ['airdrop', 'airdrop_task', 'fork']],
  ['Income:Work', ['salary', 'business_income', 'royalty', 'grant']],
  ['Income:Rewards', ['referral', 'cashback', 'fee_rebate', 'learn_reward']],
  ['Income:Other', ['gambling_win', 'other_income', 'refund_in', 'recovery_in']],
  [
    'Income:Derivatives',
    [
      'perp_open',
      'perp_close',
      'realised_profit',
      'realised_loss',
      'funding_in',
      'funding_out',
      'option_premium_in',
      'option_premium_out',
      'option_exercise',
      'option_expire',
      'event_contract',
    ],
  ],
  ['Expenses:Spending', ['spend']],
  ['Expenses:Business', ['business_expense']],
  ['Expenses:Taxes', ['tax_payment']],
  ['Expenses:Fees', ['network_fee', 'approval_fee', 'failed_fee', 'derivative_fee']],
  ['Expenses:Interest', ['loan_interest', 'margin_interest']],
  ['Expenses:Losses', ['lost', 'stolen', 'worthless', 'burn', 'seized', 'clawback', 'slashing', 'nft_burn']],
]

const counterOf = new Map<Kind, CounterName>(COUNTERS.flatMap(([name, kinds]) => kinds.map((kind) => [kind, name])))

export interface Posting {
  readonly place: Place
  readonly asset: AssetId
  readonly amount: Amount
}

/**
 * The postings of an event: what its accounts gain and lose, what is owed and pledged, its fees as expenses, and the
 * rest of each asset against the counter account of its kind. Each asset's postings sum to zero. Empty where nothing moves.
 */
export function postingsOf(event: LedgerEvent): readonly Posting[] {
  const postings: Posting[] = []
  const sums = new Map<AssetId, bigint>()
  const post = (place: Place, asset: AssetId, amount: bigint): void => {
    if (amount === 0n) return
    sums.set(asset, (sums.get(asset) ?? 0n) + amount)
    postings.push({ place, asset, amount: amount as Amount })
  }
  for (const leg of event.legs) {
    const direction = directionOf(leg, event.legs)
    if (direction !== 0) {
      post({ root: 'account', account: leg.account }, leg.asset, direction === 1 ? leg.amount : -leg.amount)
    }
    if (leg.role === 'debt') post({ root: 'debt', account: leg.account }, leg.asset, -leg.amount)
    if (leg.role === 'collateral') post({ root: 'pledged', account: leg.account }, leg.asset, leg.amount)
    if (leg.role === 'fee') post({ root: 'counter', name: 'Expenses:Fees' }, leg.asset, leg.amount)
  }
  const name = counterOf.get(event.kind) ?? 'Equity:Exchange'
  for (const [asset, sum] of [...sums]) post({ root: 'counter', name }, asset, -sum)
  return postings
}
