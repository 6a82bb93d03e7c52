/**
 * The books as CoinTracking's import table: one row for each thing sent or received, the account in `Exchange`, times in
 * UTC. A fee in the coin that was bought is part of it there: `Buy` is what arrived.
 */
import type { Amount } from '../amount/amount.ts'
import { formatMoney } from '../amount/decimal.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import type { Books, ExportedBooks } from './books.ts'
import { csvText, field, textField } from './csv-text.ts'
import { type FlatRow, flatRows, secondsOf, sideCells, withFeeSent } from './flat-rows.ts'
import { kindAndNote } from './kind-and-note.ts'
import { symbolsOf } from './symbols.ts'
import { oneLine, uniqueNames } from './unique-names.ts'

const HEADER = [
  'Type',
  'Buy Amount',
  'Buy Currency',
  'Sell Amount',
  'Sell Currency',
  'Fee',
  'Fee Currency',
  'Exchange',
  'Trade-Group',
  'Comment',
  'Date',
  'Tx-ID',
  'Buy Value in Account Currency',
  'Sell Value in Account Currency',
]

const types = (type: string, ...kinds: readonly Kind[]): readonly (readonly [Kind, string])[] =>
  kinds.map((kind) => [kind, type])

const INCOMING = new Map<Kind, string>([
  ...types('Airdrop', 'airdrop', 'fork'),
  ...types('Reward / Bonus', 'airdrop_task', 'referral', 'learn_reward', 'cashback', 'fee_rebate'),
  ...types('Mining', 'mining', 'cloud_mining'),
  ...types('Staking', 'staking_reward', 'mev_reward', 'reward_accrual'),
  ...types('Masternode', 'validator_reward'),
  ...types('Interest Income', 'lending_interest'),
  ...types('Lending Income', 'lp_reward', 'vault_yield'),
  ...types('Dividends Income', 'revenue_share'),
  ...types('Income', 'salary', 'business_income', 'rebase'),
  ...types('Other Income', 'other_income', 'royalty', 'gambling_win', 'grant'),
  ...types('Income (non taxable)', 'refund_in', 'recovery_in', 'spam_in'),
  ...types('Gift/Tip', 'gift_in', 'gift_spouse_in', 'inheritance_in', 'donation_in'),
  ...types('Margin Profit', 'realised_profit', 'funding_in', 'option_premium_in', 'event_contract'),
  ...types('Receive Loan', 'loan_borrow', 'margin_borrow', 'hidden_margin_loan'),
  ...types('Receive LP Token', 'lp_add'),
])

const OUTGOING = new Map<Kind, string>([
  ...types('Spend', 'spend', 'tax_payment'),
  ...types('Other Expense', 'business_expense'),
  ...types('Other Fee', 'network_fee', 'approval_fee', 'failed_fee'),
  ...types('Gift', 'gift_out', 'gift_spouse', 'inheritance_out'),
  ...types('Donation', 'donation'),
  ...types('Lost', 'lost', 'worthless', 'burn', 'seized', 'clawback', 'slashing', 'nft_burn'),
  ...types('Stolen', 'stolen'),
  ...types('Margin Loss', 'realised_loss', 'funding_out', 'option_premium_out', 'option_expire'),
  ...types('Margin Fee', 'derivative_fee', 'margin_interest'),
  ...types('Borrowing Fee', 'loan_interest'),
  ...types('Repay Loan', 'loan_repay', 'margin_repay', 'liquidation'),
  ...types('Provide Liquidity', 'lp_add'),
])

const TAX_FREE_SWAPS = new Set<Kind>(['wrap', 'unwrap', 'migration', 'redenomination'])

/** CoinTracking's type of a row. */
function coinTrackingType({ event, sent, received }: FlatRow): string {
  if (sent !== null && received !== null) return TAX_FREE_SWAPS.has(event.kind) ? 'Swap (non taxable)' : 'Trade'
  if (received !== null) return INCOMING.get(event.kind) ?? 'Deposit'
  return sent === null ? 'Other Fee' : (OUTGOING.get(event.kind) ?? 'Withdrawal')
}

/** The whole books as one table. */
export function coinTrackingTable(books: Books, fileName: string): ExportedBooks {
  const symbols = symbolsOf(books.assets)
  const unit = (asset: AssetId): string => textField(symbols.get(asset) ?? asset)
  const accounts = uniqueNames(
    books.accounts.map(({ id, name }) => [id, name] as const),
    (wish) => oneLine(wish) || 'Account',
  )
  const leftOut: { event: string; reason: string }[] = []
  const lines: string[][] = [HEADER]
  for (const event of books.events) {
    const rows = flatRows(event)
    if (rows.length === 0) leftOut.push({ event: event.id, reason: 'nothing moves in it' })
    for (const row of rows) {
      const { sent, received, fee } = withFeeSent(row)
      const within = sent !== null && received !== null && fee?.asset === received.asset ? fee.amount : 0n
      const bought = received === null ? null : { ...received, amount: (received.amount - within) as Amount }
      lines.push([
        field(coinTrackingType(row)),
        ...sideCells(bought, unit),
        ...sideCells(sent, unit),
        ...sideCells(fee, unit),
        textField(accounts.get(row.account) ?? row.account),
        '',
        textField(oneLine(kindAndNote(event, event.note ?? ''))),
        secondsOf(event.time),
        textField(event.hash ?? event.id),
        received?.value == null ? '' : formatMoney(received.value),
        sent?.value == null ? '' : formatMoney(sent.value),
      ])
    }
  }
  return { files: [{ name: `${fileName}.csv`, text: csvText(lines) }], leftOut }
}
