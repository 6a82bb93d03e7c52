import type { Kind } from '../../shared/events/kinds.ts'
import { LOCALE } from '../app/session.ts'
import { countText } from './decimal-text.ts'

const KIND_WORDS: Partial<Record<Kind, string>> = {
  fiat_deposit: 'Money in',
  fiat_withdrawal: 'Money out',
  fiat_fx: 'Currency exchange',
  ico_purchase: 'ICO purchase',
  otc_trade: 'OTC trade',
  unmatched_out: 'Withdrawal, receiver unknown',
  unmatched_in: 'Deposit, sender unknown',
  self_send: 'Sent to self',
  lp_add: 'Liquidity added',
  lp_remove: 'Liquidity removed',
  lp_reward: 'Liquidity reward',
  mev_reward: 'MEV reward',
  nft_mint: 'NFT minted',
  nft_buy: 'NFT bought',
  nft_sell: 'NFT sold',
  nft_list: 'NFT listed',
  nft_delist: 'NFT delisted',
  nft_burn: 'NFT burned',
  gift_in: 'Gift received',
  gift_out: 'Gift given',
  gift_spouse: 'Gift to spouse',
  gift_spouse_in: 'Gift from spouse',
  donation_in: 'Donation received',
  refund_in: 'Refund',
  recovery_in: 'Recovered',
  spam_in: 'Spam',
  inheritance_in: 'Inherited',
  inheritance_out: 'Bequeathed',
}

/** A kind in the field's own words: `Staking reward`. */
export function kindWords(kind: Kind): string {
  const known = KIND_WORDS[kind]
  if (known) return known
  const plain = kind.replaceAll('_', ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** `1,204 events`, `1 event`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count, LOCALE)} ${count === 1 ? one : many}`
}

/** What an act on rules did: `It changes 5 decisions.` */
export function decisionsChanged(decisions: number): string {
  return decisions === 0 ? 'It changes no event.' : `It changes ${counted(decisions, 'decision')}.`
}

/** Names in one sentence: `a, b and c`; of many, the first and how many more. */
export function listed(names: readonly string[], most = 3): string {
  const shown =
    names.length > most ? [...names.slice(0, most - 1), `${countText(names.length - most + 1, LOCALE)} more`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** The role of a leg, said from the account's side. */
export const ROLE_WORDS = {
  in: 'in',
  out: 'out',
  fee: 'fee',
  rebate: 'rebate',
  debt: 'debt',
  collateral: 'collateral',
  info: 'for information',
} as const
