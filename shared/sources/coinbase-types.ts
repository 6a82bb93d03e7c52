/** Coinbase's words for what happened, and how each is read. An open list: new ones appear every few months. */
import type { Kind } from '../events/kinds.ts'
import { wordTable } from './word-table.ts'

export type CoinbaseMeaning =
  | { readonly as: 'buy' | 'sell' | 'convert' | 'send' | 'receive' }
  /** Comes in as this kind (`money`: or as that, where it is fiat). */
  | { readonly as: 'in' | 'out'; readonly kind: Kind; readonly money?: Kind; readonly counterparty?: string }
  /** Between pockets of the one account: counts nowhere. */
  | { readonly as: 'internal' }
  /** Two rows, one out and one in, close in time. */
  | { readonly as: 'pair'; readonly kind: Kind; readonly seconds: number }

const reward: CoinbaseMeaning = { as: 'in', kind: 'staking_reward' }
const learn: CoinbaseMeaning = { as: 'in', kind: 'learn_reward' }
const rebate: CoinbaseMeaning = { as: 'in', kind: 'fee_rebate' }
const internal: CoinbaseMeaning = { as: 'internal' }
const leavesFor = (counterparty: string): CoinbaseMeaning => ({
  as: 'out',
  kind: 'unmatched_out',
  money: 'fiat_withdrawal',
  counterparty,
})
const arrivesFrom = (counterparty: string): CoinbaseMeaning => ({
  as: 'in',
  kind: 'unmatched_in',
  money: 'fiat_deposit',
  counterparty,
})

const MEANINGS: Readonly<Record<string, CoinbaseMeaning>> = wordTable({
  buy: { as: 'buy' },
  'advanced trade buy': { as: 'buy' },
  'advance trade buy': { as: 'buy' },
  sell: { as: 'sell' },
  'advanced trade sell': { as: 'sell' },
  'advance trade sell': { as: 'sell' },
  convert: { as: 'convert' },
  send: { as: 'send' },
  'retail mgx dex send': { as: 'send' },
  receive: { as: 'receive' },
  deposit: { as: 'in', kind: 'unmatched_in', money: 'fiat_deposit' },
  withdrawal: { as: 'out', kind: 'unmatched_out', money: 'fiat_withdrawal' },
  'exchange deposit': leavesFor('Coinbase Exchange'),
  'exchange withdrawal': arrivesFrom('Coinbase Exchange'),
  'pro deposit': leavesFor('Coinbase Pro'),
  'pro withdrawal': arrivesFrom('Coinbase Pro'),
  'prime deposit': leavesFor('Coinbase Prime'),
  'prime withdrawal': arrivesFrom('Coinbase Prime'),
  'coinbase earn': learn,
  'learning reward': learn,
  'rewards income': reward,
  'reward income': reward,
  'staking income': reward,
  'inflation reward': reward,
  'interest payout': { as: 'in', kind: 'lending_interest' },
  subscription: { as: 'out', kind: 'spend' },
  'subscription rebate': rebate,
  'subscription rebates (24 hours)': rebate,
  'card spend': { as: 'out', kind: 'spend' },
  credit: { as: 'in', kind: 'unmatched_in', money: 'fiat_deposit' },
  donation: { as: 'out', kind: 'donation' },
  'admin debit': { as: 'out', kind: 'clawback' },
  'vault withdrawal': internal,
  'cash to savings': internal,
  'savings to cash': internal,
  transfer: internal,
  'retail staking transfer': internal,
  'retail unstaking transfer': internal,
  'retail eth2 deprecation': internal,
  'asset migration': { as: 'pair', kind: 'migration', seconds: 10 },
  'retail mgx dex buy': { as: 'pair', kind: 'trade', seconds: 15 },
  'retail simple dust': { as: 'pair', kind: 'dust_convert', seconds: 10 },
})

const met = new Map<string, CoinbaseMeaning | undefined>()

/** How a type is read, or undefined where it is new. */
export function coinbaseMeaning(type: string): CoinbaseMeaning | undefined {
  if (met.has(type)) return met.get(type)
  const meaning = MEANINGS[type.trim().replace(/\s+/g, ' ').toLowerCase()]
  if (met.size < 1_000) met.set(type, meaning)
  return meaning
}
