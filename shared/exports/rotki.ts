/**
 * The books as rotki's two generic import files: trades, and everything that only comes or goes. rotki knows places from
 * a closed list; an account that is not on it is `external`, named in the description.
 */
import { formatAmount } from '../amount/decimal.ts'
import { chainNumber } from '../assets/chains.ts'
import type { Asset } from '../events/account.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import type { Books, ExportedBooks } from './books.ts'
import { csvText, textField } from './csv-text.ts'
import { type FlatRow, flatRows, sideCells, withFeeSent } from './flat-rows.ts'
import { kindAndNote } from './kind-and-note.ts'
import { symbolsOf } from './symbols.ts'
import { oneLine } from './unique-names.ts'

const EVENTS = ['Type', 'Location', 'Currency', 'Amount', 'Fee', 'Fee Currency', 'Description', 'Timestamp']
const TRADES = [
  'Location',
  'Spend Currency',
  'Receive Currency',
  'Receive Amount',
  'Spend Amount',
  'Fee',
  'Fee Currency',
  'Description',
  'Timestamp',
]

/** Places that rotki has a name for, by their letters alone. */
const LOCATIONS: ReadonlySet<string> = new Set([
  'kraken',
  'poloniex',
  'bittrex',
  'binance',
  'bitmex',
  'coinbase',
  'banks',
  'blockchain',
  'coinbasepro',
  'gemini',
  'bitstamp',
  'binanceus',
  'bitfinex',
  'cryptocom',
  'nexo',
  'blockfi',
  'independentreserve',
  'uphold',
  'bitpanda',
  'bisq',
  'ftx',
  'okx',
  'kucoin',
  'bybit',
  'woo',
  'bitcoinde',
  'bitvavo',
])

const INCOME = new Set<Kind>([
  'mining',
  'cloud_mining',
  'mev_reward',
  'lending_interest',
  'lp_reward',
  'vault_yield',
  'revenue_share',
  'airdrop',
  'airdrop_task',
  'fork',
  'salary',
  'business_income',
  'royalty',
  'referral',
  'cashback',
  'fee_rebate',
  'learn_reward',
  'grant',
  'donation_in',
  'gambling_win',
  'other_income',
  'realised_profit',
  'funding_in',
  'gift_in',
  'inheritance_in',
])
const STAKING = new Set<Kind>(['staking_reward', 'validator_reward', 'reward_accrual'])
const LOSS = new Set<Kind>(['lost', 'stolen', 'worthless', 'burn', 'slashing', 'realised_loss', 'clawback', 'seized'])
const SPENDING = new Set<Kind>([
  'spend',
  'business_expense',
  'tax_payment',
  'network_fee',
  'approval_fee',
  'failed_fee',
  'gift_out',
  'gift_spouse',
  'donation',
  'loan_interest',
  'derivative_fee',
  'funding_out',
  'margin_interest',
])

/** rotki's name of an asset: a token on a chain by its contract, anything else by its symbol. */
function rotkiName(asset: Asset | undefined, symbol: string): string {
  const chain = asset?.chain === undefined ? null : chainNumber(asset.chain)
  const isContract = asset?.contract !== undefined && /^0x[0-9a-f]{40}$/i.test(asset.contract)
  return chain !== null && isContract ? `eip155:${chain}/erc20:${asset.contract}` : symbol
}

/** rotki's type of a row with one side. */
function rotkiType({ event, sent, received }: FlatRow): string {
  if (received !== null) return STAKING.has(event.kind) ? 'Staking' : INCOME.has(event.kind) ? 'Income' : 'Deposit'
  if (sent === null) return 'Spending'
  return LOSS.has(event.kind) ? 'Loss' : SPENDING.has(event.kind) ? 'Spending' : 'Withdrawal'
}

/** The whole books as rotki's generic files of events and of trades. */
export function rotkiFiles(books: Books, fileName: string): ExportedBooks {
  const symbols = symbolsOf(books.assets)
  const assets = new Map(books.assets.map((asset) => [asset.id, asset]))
  const unit = (asset: AssetId): string => textField(rotkiName(assets.get(asset), symbols.get(asset) ?? asset))
  const accounts = new Map(books.accounts.map((account) => [account.id, account]))
  const events: string[][] = [EVENTS]
  const trades: string[][] = [TRADES]
  const leftOut: { event: string; reason: string }[] = []
  for (const event of books.events) {
    const rows = flatRows(event)
    if (rows.length === 0) leftOut.push({ event: event.id, reason: 'nothing moves in it' })
    for (const row of rows) {
      const name = accounts.get(row.account)?.name ?? row.account
      const letters = name.toLowerCase().replace(/[^a-z]/g, '')
      const [location, place] = LOCATIONS.has(letters) ? [letters, ''] : ['external', `in ${name}`]
      const text = textField(oneLine(kindAndNote(event, place, event.note ?? '')))
      const time = String(event.time)
      const { sent, received, fee } = withFeeSent(row)
      const feeCells = sideCells(fee, unit)
      const one = received ?? sent
      if (sent !== null && received !== null) {
        const amounts = [formatAmount(received.amount), formatAmount(sent.amount)]
        trades.push([location, unit(sent.asset), unit(received.asset), ...amounts, ...feeCells, text, time])
      } else if (one !== null) {
        events.push([rotkiType(row), location, unit(one.asset), formatAmount(one.amount), ...feeCells, text, time])
      }
    }
  }
  return {
    files: [
      { name: `${fileName} events.csv`, text: csvText(events) },
      { name: `${fileName} trades.csv`, text: csvText(trades) },
    ],
    leftOut,
  }
}
