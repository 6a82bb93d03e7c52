/**
 * The books as files for Koinly: its universal template, one file for each account, since its rows do not name one.
 * Both halves of an own transfer carry the same `TxHash`, which is how Koinly pairs them.
 */
import { formatMoney } from '../amount/decimal.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import type { Books, ExportedBooks, ExportedFile } from './books.ts'
import { csvText, field, textField } from './csv-text.ts'
import { fileNames } from './file-names.ts'
import { type FlatRow, flatRows, secondsOf, sideCells, withFeeSent } from './flat-rows.ts'
import { kindAndNote } from './kind-and-note.ts'
import { symbolsOf } from './symbols.ts'

const HEADER = [
  'Date',
  'Sent Amount',
  'Sent Currency',
  'Received Amount',
  'Received Currency',
  'Fee Amount',
  'Fee Currency',
  'Net Worth Amount',
  'Net Worth Currency',
  'Label',
  'Description',
  'TxHash',
]

const labels = (label: string, ...kinds: readonly Kind[]): readonly (readonly [Kind, string])[] =>
  kinds.map((kind) => [kind, label])

const INCOMING = new Map<Kind, string>([
  ...labels('airdrop', 'airdrop', 'airdrop_task'),
  ...labels('fork', 'fork'),
  ...labels('mining', 'mining', 'cloud_mining'),
  ...labels('reward', 'staking_reward', 'validator_reward', 'mev_reward', 'lp_reward', 'vault_yield', 'revenue_share'),
  ...labels('reward', 'referral', 'learn_reward', 'reward_accrual', 'rebase'),
  ...labels('lending interest', 'lending_interest'),
  ...labels('other income', 'other_income', 'business_income', 'royalty', 'grant', 'donation_in', 'gambling_win'),
  ...labels('salary', 'salary'),
  ...labels('cashback', 'cashback'),
  ...labels('fee refund', 'fee_rebate'),
  ...labels('loan', 'loan_borrow', 'hidden_margin_loan'),
  ...labels('margin loan', 'margin_borrow'),
  ...labels('realized gain', 'realised_profit', 'option_premium_in', 'event_contract', 'funding_in', 'option_exercise'),
  ...labels('gift', 'gift_in', 'gift_spouse_in', 'inheritance_in'),
  ...labels('liquidity out', 'lp_remove', 'vault_withdraw', 'lend_withdraw'),
  ...labels('ignored', 'ignored', 'spam_in'),
])

const OUTGOING = new Map<Kind, string>([
  ...labels('gift', 'gift_out', 'gift_spouse', 'inheritance_out'),
  ...labels('lost', 'lost', 'stolen', 'worthless', 'burn', 'seized', 'clawback', 'slashing', 'nft_burn'),
  ...labels('donation', 'donation'),
  ...labels('cost', 'business_expense', 'network_fee', 'approval_fee', 'failed_fee', 'tax_payment'),
  ...labels('loan fee', 'loan_interest'),
  ...labels('margin fee', 'margin_interest', 'derivative_fee'),
  ...labels('loan repayment', 'loan_repay', 'liquidation'),
  ...labels('margin repayment', 'margin_repay'),
  ...labels('realized gain', 'realised_loss', 'option_premium_out', 'funding_out', 'option_expire'),
  ...labels('liquidity in', 'lp_add', 'vault_deposit', 'lend_supply'),
  ...labels('ignored', 'ignored'),
])

const BOTH = new Map<Kind, string>([
  ...labels('swap', 'wrap', 'unwrap', 'migration', 'redenomination', 'liquid_stake', 'liquid_unstake', 'rebase'),
  ...labels('liquidity in', 'lp_add', 'vault_deposit', 'lend_supply'),
  ...labels('liquidity out', 'lp_remove', 'vault_withdraw', 'lend_withdraw'),
])

/** Koinly's label of a row; none where the sides say it all. */
function koinlyLabel({ event, sent, received }: FlatRow): string {
  if (sent !== null && received !== null) return BOTH.get(event.kind) ?? ''
  if (received !== null) return INCOMING.get(event.kind) ?? ''
  return sent === null ? 'cost' : (OUTGOING.get(event.kind) ?? '')
}

/** One file for each account with movements. */
export function koinlyFiles(books: Books, fileName: string): ExportedBooks {
  const symbols = symbolsOf(books.assets)
  const unit = (asset: AssetId): string => textField(symbols.get(asset) ?? asset)
  const rows = new Map<AccountId, string[][]>()
  const leftOut: { event: string; reason: string }[] = []
  for (const event of books.events) {
    const flat = flatRows(event)
    if (flat.length === 0) leftOut.push({ event: event.id, reason: 'nothing moves in it' })
    const accounts = new Set(flat.map(({ account }) => account)).size
    for (const row of flat) {
      const { sent, received, fee } = withFeeSent(row)
      const worth = received?.value ?? sent?.value ?? null
      const line = [
        `${secondsOf(event.time)} UTC`,
        ...sideCells(sent, unit),
        ...sideCells(received, unit),
        ...sideCells(fee, unit),
        worth === null ? '' : formatMoney(worth),
        worth === null ? '' : books.currency,
        field(koinlyLabel(row)),
        textField(kindAndNote(event, event.note ?? '')),
        textField(event.hash ?? (accounts > 1 ? event.id : '')),
      ]
      const lines = rows.get(row.account) ?? [HEADER]
      rows.set(row.account, lines)
      lines.push(line)
    }
  }
  const names = fileNames(books.accounts)
  const files: ExportedFile[] = [...rows].map(([account, lines]) => ({
    name: `${fileName} ${names.get(account) ?? account}.csv`,
    text: csvText(lines),
  }))
  return { files, leftOut }
}
