/** Koinly's labels (tags), in both spellings of its exports, as kinds. */
import type { Kind } from '../events/kinds.ts'
import { remembered, wordTable } from './word-table.ts'

const INCOMING: Readonly<Record<string, Kind>> = wordTable({
  airdrop: 'airdrop',
  fork: 'fork',
  mining: 'mining',
  reward: 'staking_reward',
  staking: 'staking_reward',
  'loan interest': 'lending_interest',
  'lending interest': 'lending_interest',
  interest: 'lending_interest',
  'other income': 'other_income',
  income: 'other_income',
  cashback: 'cashback',
  salary: 'salary',
  'fee refund': 'fee_rebate',
  loan: 'loan_borrow',
  'margin loan': 'margin_borrow',
  'realized gain': 'realised_profit',
  'realized p&l': 'realised_profit',
  'realized pnl': 'realised_profit',
  'futures realized p&l': 'realised_profit',
  'funding fee': 'funding_in',
  gift: 'gift_in',
  'remove from pool': 'stake_unlock',
  'from pool': 'stake_unlock',
  'liquidity out': 'lp_remove',
  spam: 'spam_in',
})

const OUTGOING: Readonly<Record<string, Kind>> = wordTable({
  gift: 'gift_out',
  lost: 'lost',
  stolen: 'stolen',
  donation: 'donation',
  cost: 'business_expense',
  tax: 'tax_payment',
  'loan fee': 'loan_interest',
  'margin fee': 'derivative_fee',
  'futures fee': 'derivative_fee',
  'loan repayment': 'loan_repay',
  'margin repayment': 'margin_repay',
  'realized gain': 'realised_loss',
  'realized p&l': 'realised_loss',
  'realized pnl': 'realised_loss',
  'futures realized p&l': 'realised_loss',
  'funding fee': 'funding_out',
  'add to pool': 'stake_lock',
  'to pool': 'stake_lock',
  'liquidity in': 'lp_add',
})

const TRADE: Readonly<Record<string, Kind>> = wordTable({
  // Koinly's swap is the one that its user declared free of tax: the same thing in a new wrapper.
  swap: 'migration',
  'liquidity in': 'lp_add',
  'liquidity out': 'lp_remove',
})

const foldLabel = remembered((label) =>
  label
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, ' '),
)

/** Labels that take a row out of the books. */
export function isIgnoredLabel(label: string): boolean {
  const folded = foldLabel(label)
  return folded === 'ignored' || folded === 'ignore'
}

const REMARKS: Readonly<Record<string, string>> = wordTable({
  cost: 'Koinly’s “Cost” holds fees of the chain and expenses alike: look at what this was; it was read as an expense',
})

/** What to say about rows with this label. */
export const remarkOfLabel = (label: string): string | undefined => REMARKS[foldLabel(label)]

const KINDS = { in: INCOMING, out: OUTGOING, trade: TRADE }

/** The kind of a label on a row with these sides; null for no label, undefined for one that is not known. */
export function kindOfLabel(label: string, side: 'in' | 'out' | 'trade'): Kind | null | undefined {
  const folded = foldLabel(label)
  if (folded === '') return null
  return KINDS[side][folded]
}
