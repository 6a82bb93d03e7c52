/** Binance's operations, and how each is read. An open list. */
import type { Kind } from '../events/kinds.ts'
import { wordTable } from './word-table.ts'

/**
 * `joint`: rows of one family, second and account are one event (Binance gives no order id). `pocket`: rows of one
 * operation and second, whatever the account: a move inside. `alone`: each row by itself, by its sign.
 */
export type Operation =
  | { readonly as: 'joint'; readonly family: string; readonly kind?: Kind; readonly fee?: true }
  | { readonly as: 'pocket' }
  | { readonly as: 'alone'; readonly in: Kind; readonly out: Kind; readonly counterparty?: string }

/** The family's name goes into event ids: it is frozen. */
const joint = (family: string, kind?: Kind): Operation => ({
  as: 'joint',
  family,
  ...(kind === undefined ? {} : { kind }),
})
const fee: Operation = { as: 'joint', family: 'trade', fee: true }
const pocket: Operation = { as: 'pocket' }
const income = (kind: Kind): Operation => ({ as: 'alone', in: kind, out: 'balance_correction' })
const signed = (comesIn: Kind, goesOut: Kind): Operation => ({ as: 'alone', in: comesIn, out: goesOut })
/** Comes and goes like a deposit or a withdrawal; fiat is told apart by its code. */
const crossing: Operation = { as: 'alone', in: 'unmatched_in', out: 'unmatched_out' }

const OPERATIONS: Readonly<Record<string, Operation>> = wordTable({
  buy: joint('trade'),
  sell: joint('trade'),
  'transaction related': joint('trade'),
  'transaction buy': joint('trade'),
  'transaction spend': joint('trade'),
  'transaction sold': joint('trade'),
  'transaction revenue': joint('trade'),
  fee,
  'transaction fee': fee,
  'bnb fee deduction': fee,
  'binance convert': joint('convert'),
  'large otc trading': joint('otc', 'otc_trade'),
  'the easiest way to trade': joint('convert'),
  'buy crypto': joint('buy crypto'),
  'buy crypto with card': joint('buy crypto'),
  'instant buy': joint('buy crypto'),
  'auto-invest transaction': joint('auto-invest'),
  'small assets exchange bnb': joint('dust', 'dust_convert'),
  'eth 2.0 staking': joint('eth2', 'liquid_stake'),
  'stablecoins auto-conversion': joint('stablecoins', 'forced_convert'),
  'leverage token redemption': joint('leveraged tokens'),
  'liquid swap sell': joint('liquid swap'),
  'swap farming transaction': joint('swap farming'),
  'futures convert': joint('futures convert'),
  'asset conversion transfer': joint('conversion'),
  'token swap - distribution': joint('token swap', 'migration'),
  'token swap - redenomination/rebranding': joint('token swap', 'redenomination'),
  'asset - transfer': joint('asset transfer', 'migration'),
  'leveraged coin consolidation': joint('consolidation', 'redenomination'),

  deposit: crossing,
  withdraw: crossing,
  send: crossing,
  'fiat deposit': crossing,
  'fiat withdraw': crossing,
  'fiat withdrawal': crossing,
  'fiat ocbs - add fiat and fees': crossing,
  'p2p trading': { as: 'alone', in: 'unmatched_in', out: 'unmatched_out', counterparty: 'Binance P2P' },

  'savings interest': income('lending_interest'),
  'savings distribution': income('lending_interest'),
  'simple earn flexible interest': income('lending_interest'),
  'simple earn locked rewards': income('lending_interest'),
  'simple earn flexible airdrop': income('airdrop'),
  'staking rewards': income('staking_reward'),
  'eth 2.0 staking rewards': income('staking_reward'),
  'pos savings interest': income('staking_reward'),
  'bnb vault rewards': income('lending_interest'),
  'launchpool interest': income('lp_reward'),
  'launchpool earnings withdrawal': income('lp_reward'),
  'pool distribution': income('mining'),
  'super bnb mining': income('lp_reward'),
  'liquid swap rewards': income('lp_reward'),
  'swap farming rewards': income('lp_reward'),
  'dot slot auction rewards': income('lp_reward'),
  distribution: income('airdrop'),
  'airdrop assets': income('airdrop'),
  'launchpool airdrop': income('airdrop'),
  'launchpool airdrop - user claim distribution': income('airdrop'),
  'launchpool airdrop - system distribution': income('airdrop'),
  'hodler airdrops distribution': income('airdrop'),
  'megadrop rewards': income('airdrop_task'),
  'cash voucher distribution': income('cashback'),
  'cashback voucher': income('cashback'),
  'mission reward distribution': income('learn_reward'),
  'campaign related reward': income('learn_reward'),
  'rewards distribution': income('other_income'),
  'crypto box': signed('gift_in', 'gift_out'),
  'referral kickback': income('fee_rebate'),
  'referral commission': income('referral'),
  'commission history': income('referral'),
  'commission rebate': income('referral'),
  'commission fee shared with you': income('fee_rebate'),
  'referrer rebates': income('referral'),
  'referee rebates': income('fee_rebate'),
  'binance card cashback': income('cashback'),
  'binance card spending': signed('refund_in', 'spend'),
  'asset recovery': signed('refund_in', 'clawback'),

  'realize profit and loss': signed('realised_profit', 'realised_loss'),
  'realized profit and loss': signed('realised_profit', 'realised_loss'),
  'funding fee': signed('funding_in', 'funding_out'),
  'insurance fund compensation': signed('realised_profit', 'realised_loss'),
  'insurance fund refund': signed('realised_profit', 'realised_loss'),
  'margin loan': signed('margin_borrow', 'margin_repay'),
  'isolated margin loan': signed('margin_borrow', 'margin_repay'),
  'margin repayment': signed('margin_borrow', 'margin_repay'),
  'cross margin liquidation - repayment': signed('margin_borrow', 'margin_repay'),

  transfer_in: pocket,
  transfer_out: pocket,
  'savings purchase': pocket,
  'savings principal redemption': pocket,
  'pos savings purchase': pocket,
  'pos savings redemption': pocket,
  'staking purchase': pocket,
  'staking redemption': pocket,
  'simple earn flexible subscription': pocket,
  'simple earn flexible redemption': pocket,
  'simple earn locked subscription': pocket,
  'simple earn locked redemption': pocket,
  'launchpool subscription': pocket,
  'launchpool redemption': pocket,
  'launchpool subscription/redemption': pocket,
  'liquid swap add': pocket,
  'liquid swap add/sell': pocket,
  'liquidity farming remove': pocket,
})

const FUTURES_FEE: Operation = { as: 'alone', in: 'fee_rebate', out: 'derivative_fee' }

/** By account; null of an operation that is new. */
const met = new Map<string, Map<string, Operation | null>>()
const MOST_MET = 200

/** How an operation of an account (Binance's word: Spot, Earn, USDT-Futures …) is read, or undefined where it is new. */
export function binanceOperation(operation: string, account: string): Operation | undefined {
  let ofAccount = met.get(account)
  if (ofAccount === undefined) {
    ofAccount = new Map()
    if (met.size < MOST_MET) met.set(account, ofAccount)
  }
  const known = ofAccount.get(operation)
  if (known !== undefined) return known ?? undefined
  const found = lookUp(operation.trim().replace(/\s+/g, ' ').toLowerCase(), account)
  if (ofAccount.size < MOST_MET) ofAccount.set(operation, found ?? null)
  return found
}

function lookUp(folded: string, account: string): Operation | undefined {
  const found = OPERATIONS[folded]
  if (found !== undefined) return 'fee' in found && /futures/i.test(account) ? FUTURES_FEE : found
  return /^(main account\/futures and margin account|transfer between .+)$/.test(folded) ? pocket : undefined
}
