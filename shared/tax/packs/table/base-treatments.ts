import type { Kind } from '../../../events/kinds.ts'
import { COSTS_OF_DEBT, LENDING_MOVES, LOANS, LOCK_MOVES, PAYMENTS, POOL_MOVES, TRADES } from '../../kind-groups.ts'
import type { TreatmentRule } from '../../pack.ts'
import { accrualRow, cashbackRow, formRow, fundingRows, loanRow, minedRow, rebaseRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const GENERAL = 'General rule of capital gains taxes, to be verified for the country'
const UNSETTLED = 'No guidance known; cautious reading, to be verified'
const FACTS = 'Facts decide'

/** Kinds in which coins are given for coins. */
export const SWAPS: readonly Kind[] = ['trade', 'dust_convert', 'forced_convert', 'otc_trade', 'bridge_trade']
/** Kinds that put coins into another wrapper. */
export const WRAPPERS: readonly Kind[] = ['wrap', 'unwrap', 'liquid_stake', 'liquid_unstake']
/** Kinds that put coins into a pool, a vault or a loan, and take them out. */
export const POOLS: readonly Kind[] = [...POOL_MOVES, ...LENDING_MOVES]
/** Coins received for lending value or work to a network or a platform. */
export const PASSIVE: readonly Kind[] = [
  'staking_reward',
  'validator_reward',
  'mev_reward',
  'lending_interest',
  'lp_reward',
  'revenue_share',
]
export const MINING: readonly Kind[] = ['mining', 'cloud_mining']
export const DROPS: readonly Kind[] = ['airdrop', 'airdrop_task', 'referral', 'learn_reward']

/** What most laws make of each kind; a country's own rows go before these. */
const COMMON: readonly TreatmentRule[] = [
  { kinds: [...TRADES, ...PAYMENTS, ...COSTS_OF_DEBT], treatment: 'exchange', authority: GENERAL },
  loanRow(LOANS, UNSETTLED),
  rebaseRow(UNSETTLED),
  accrualRow(UNSETTLED),
  ...fundingRows(UNSETTLED),
  cashbackRow(UNSETTLED),
  formRow('bridges', 'none', UNSETTLED),
  formRow('wrapping', 'swap', UNSETTLED),
  formRow('liquid-staking', 'swap', UNSETTLED),
  formRow('pools', 'swap', UNSETTLED),
  formRow('lending', 'swap', UNSETTLED),
  formRow('lending', 'none', UNSETTLED, LOCK_MOVES),
  minedRow(MINING, 'mining', GENERAL),
  minedRow(['validator_reward', 'mev_reward'], 'validator', GENERAL),
  { kinds: ['staking_reward'], treatment: 'income', head: 'staking', authority: GENERAL },
  { kinds: ['lending_interest'], treatment: 'income', head: 'lending', authority: GENERAL },
  { kinds: ['lp_reward', 'revenue_share'], treatment: 'income', head: 'liquidity', authority: GENERAL },
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: GENERAL },
  {
    kinds: ['airdrop'],
    treatment: 'income',
    head: 'airdrop',
    position: 'P7',
    choices: { income: 'income', nil: 'acquire-nil' },
    authority: UNSETTLED,
  },
  { kinds: ['fork'], treatment: 'acquire-nil', authority: UNSETTLED },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: GENERAL },
  { kinds: ['business_income'], treatment: 'income', head: 'business', authority: GENERAL },
  { kinds: ['royalty'], treatment: 'income', head: 'royalty', authority: GENERAL },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: GENERAL },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: GENERAL },
  { kinds: ['fee_rebate'], treatment: 'acquire-nil', authority: GENERAL },
  { kinds: ['gift_out', 'gift_spouse', 'donation', 'inheritance_out'], treatment: 'leave', authority: GENERAL },
  { kinds: ['gift_in', 'gift_spouse_in'], treatment: 'acquire-carried', authority: GENERAL },
  { kinds: ['inheritance_in'], treatment: 'acquire-inherited', authority: GENERAL },
  { kinds: ['lost', 'stolen', 'worthless', 'slashing'], treatment: 'write-off', authority: UNSETTLED },
  {
    kinds: [
      'burn',
      'debt_forgiven',
      'seized',
      'clawback',
      'nft_burn',
      'grant',
      'donation_in',
      'gambling_win',
      'refund_in',
      'recovery_in',
      'event_contract',
    ],
    treatment: 'ask',
    authority: FACTS,
  },
]

/** Rows before others, which keep only the kinds that these say nothing of. */
function before(own: readonly TreatmentRule[], others: readonly TreatmentRule[]): readonly TreatmentRule[] {
  const ruled = new Set(own.flatMap((rule) => rule.kinds))
  const rest = others.map((rule) => ({ ...rule, kinds: rule.kinds.filter((kind) => !ruled.has(kind)) }))
  return [...own, ...rest.filter((rule) => rule.kinds.length > 0)]
}

/** The rows of a country: its own, then the general ones, then those that are the same in every country. */
export const withOwnRows = (own: readonly TreatmentRule[]): readonly TreatmentRule[] =>
  before(before(own, COMMON), SHARED_TREATMENTS)

/** Rows for laws under which coins for coins keep their cost, wrappers and pools included. */
export const neutralSwapRows = (authority: string): readonly TreatmentRule[] => [
  { kinds: SWAPS, treatment: 'neutral-swap', authority },
  formRow('wrapping', 'none', authority),
  formRow('liquid-staking', 'none', authority),
  formRow('pools', 'none', authority),
  formRow('lending', 'none', authority),
]
