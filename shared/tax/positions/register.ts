import type { Kind } from '../../events/kinds.ts'
import { LENDING_MOVES, LOANS, LOCK_MOVES, POOL_MOVES } from '../kind-groups.ts'
import { COUNTRY_QUESTIONS } from './country-questions.ts'
import { EVERY_SCOPE, type PositionEntry } from './position-entry.ts'

const OWN_MOVES: readonly Kind[] = [
  'transfer',
  'bridge',
  'custody_move',
  'stake_lock',
  'stake_unlock',
  'self_send',
  'wrap',
  'unwrap',
  'migration',
  'redenomination',
  ...LENDING_MOVES,
  ...LOCK_MOVES,
]

/** The register of positions. A pack says which of them its law leaves open, and which choice is its own standard. */
export const REGISTER: readonly PositionEntry[] = [
  {
    id: 'P1',
    question: 'Is wrapping a coin an exchange?',
    why: 'An exchange realises the gain when the coin is wrapped; otherwise cost and date stay with the wrapper.',
    choices: [
      { id: 'swap', label: 'Yes: the coin is sold and the wrapper is bought' },
      { id: 'none', label: 'No: the wrapper is the same coin in another form' },
    ],
    cautious: 'swap',
    kinds: ['wrap', 'unwrap'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P2',
    question: 'Is a liquid-staking token a new asset?',
    why: 'A new asset realises the gain of what was staked; otherwise cost and date stay with the token.',
    choices: [
      { id: 'swap', label: 'Yes: staking is an exchange' },
      { id: 'none', label: 'No: the token stands for what was staked' },
    ],
    cautious: 'swap',
    kinds: ['liquid_stake', 'liquid_unstake'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P3',
    question: 'Is entering or leaving a liquidity pool or vault an exchange?',
    why: 'An exchange realises gains on entry and exit; deferred, the cost waits in the position.',
    choices: [
      { id: 'swap', label: 'Yes: coins are sold for the pool’s receipt' },
      { id: 'deferred', label: 'No: the cost waits in the position until it ends' },
      { id: 'none', label: 'No: the coins are still one’s own' },
      { id: 'ngnl', label: 'No gain and no loss: cost goes along (the proposal of November 2025, not law)' },
    ],
    cautious: 'swap',
    kinds: POOL_MOVES,
    scope: EVERY_SCOPE,
  },
  {
    id: 'P4',
    question: 'Is supplying coins to a lending pool an exchange?',
    why: 'Where ownership passes, what is lent is sold for the right to have it back.',
    choices: [
      { id: 'swap', label: 'Yes: the coins are sold for the right to have them back' },
      { id: 'none', label: 'No: the same units come back' },
      { id: 'ngnl', label: 'No gain and no loss: cost goes along (the proposal of November 2025, not law)' },
    ],
    cautious: 'swap',
    kinds: [...LENDING_MOVES, ...LOCK_MOVES],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P5',
    question: 'When is a staking reward received?',
    why: 'The market value at that moment is the income, and the year of that moment is taxed.',
    choices: [
      { id: 'control', label: 'When it could first be claimed' },
      { id: 'claim', label: 'When it was claimed' },
    ],
    cautious: 'control',
    kinds: ['reward_accrual', 'staking_reward', 'lending_interest', 'lp_reward', 'validator_reward', 'revenue_share'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P6',
    question: 'What becomes of the fee when coins move between own accounts?',
    why: 'The coins spent on it may be a disposal, and their worth may or may not join the cost of what moved.',
    choices: [
      { id: 'dispose', label: 'The coins spent are disposed of; nothing is added to cost' },
      { id: 'dispose-capitalise', label: 'The coins spent are disposed of; the fee is added to cost' },
      { id: 'add-to-basis', label: 'The coins spent are disposed of; the fee is added to cost' },
      { id: 'carry', label: 'The cost of the coins spent stays with what moved' },
      { id: 'cost', label: 'The fee’s value is added to cost, without a disposal' },
      { id: 'drop', label: 'The coins spent go with their cost, without a disposal' },
      { id: 'ignore', label: 'The coins spent go with their cost, without a disposal' },
    ],
    cautious: 'dispose',
    kinds: OWN_MOVES,
    scope: EVERY_SCOPE,
  },
  {
    id: 'P7',
    question: 'Is an airdrop for which nothing was done income?',
    why: 'As income it is taxed when it comes; at no cost it is taxed in full when it is sold.',
    choices: [
      { id: 'income', label: 'Yes: at market value when received' },
      { id: 'nil', label: 'No: taken in at no cost' },
      { id: 'market-value', label: 'No income, but taken in at market value' },
      { id: 'no-acquisition', label: 'No: it was never acquired, so its sale is not taxed' },
      { id: 'no-acquisition', label: 'No acquisition at all: no income now, no gain later' },
    ],
    cautious: 'income',
    kinds: ['airdrop'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P8',
    question: 'Are the units that a rebasing token adds income?',
    why: 'As income each rebase is taxed; otherwise the old cost is spread over more units.',
    choices: [
      { id: 'income', label: 'Yes: at market value, each time' },
      { id: 'spread', label: 'No: the old cost covers more units' },
    ],
    cautious: 'income',
    kinds: ['rebase'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P9',
    question: 'Is the funding of a perpetual part of its result?',
    why: 'As part of the result it nets with gains and losses; apart it is income, or an expense that may not count.',
    choices: [
      { id: 'result', label: 'Yes: part of the result' },
      { id: 'separate', label: 'No: income when received, an expense that does not count when paid' },
    ],
    cautious: 'result',
    kinds: ['funding_in', 'funding_out'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P10',
    question: 'Is a bridge to another form of the token an exchange?',
    why: 'An exchange realises the gain at the bridge; otherwise cost and date go across.',
    choices: [
      { id: 'swap', label: 'Yes: one token is sold, the other is bought' },
      { id: 'none', label: 'No: it is the same token on another chain' },
    ],
    cautious: 'swap',
    kinds: ['bridge'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P11',
    question: 'Is cashback paid in coins income?',
    why: 'As a reduction of the price it is not taxed when it comes; as income it is.',
    choices: [
      { id: 'price-reduction', label: 'No: it reduces what was paid' },
      { id: 'income', label: 'Yes: at market value when received' },
    ],
    cautious: 'price-reduction',
    kinds: ['cashback'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P12',
    question: 'Is the mining a business?',
    why: 'Income of a business has another form, social charges and expenses; the scale of it decides.',
    choices: [
      { id: 'other', label: 'No: other income' },
      { id: 'business', label: 'Yes: income of a business' },
    ],
    cautious: 'business',
    kinds: ['mining', 'cloud_mining', 'validator_reward', 'mev_reward'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P13',
    question: 'What is taxed when borrowed coins are given back?',
    why: 'The coins given back are disposed of at market value, or for the debt they settle at its first value.',
    choices: [
      { id: 'repay', label: 'A disposal at market value on the day of repayment' },
      { id: 'difference', label: 'The difference to what the loan was worth when taken' },
    ],
    cautious: 'repay',
    kinds: LOANS,
    scope: EVERY_SCOPE,
  },
  {
    id: 'P14',
    question: 'What do unexplained deposits and withdrawals count as meanwhile?',
    why: 'The worst case taxes what leaves and gives no cost to what comes; the best case taxes neither.',
    choices: [
      { id: 'worst', label: 'The worst: sales at market value, deposits without cost' },
      { id: 'best', label: 'The best: own moves, deposits at market value' },
    ],
    cautious: 'worst',
    kinds: ['unmatched_in', 'unmatched_out'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P15',
    question: 'How is the unused basis of 2024 divided over the wallets?',
    why: 'It decides which cost stands behind each sale from 2025; once complete it cannot be changed.',
    choices: [
      { id: 'residue', label: 'As the units physically lie, earliest first' },
      { id: 'specific', label: 'Lot by lot, by a plan on record' },
      { id: 'global', label: 'By a rule written down before 2025' },
    ],
    cautious: 'specific',
    kinds: ['allocation'],
    scope: ['asset'],
  },
  {
    id: 'P16',
    question: 'Is the NFT a collectible?',
    why: 'A collectible held long is taxed at up to 28 percent and marked with code C.',
    choices: [
      { id: 'collectible', label: 'Yes: it stands for a work of art or another collectible' },
      { id: 'property', label: 'No: it stands for something else' },
    ],
    cautious: 'collectible',
    kinds: ['nft_sell', 'trade', 'sell', 'spend'],
    scope: ['asset', 'dates'],
  },
  {
    id: 'P17',
    question: 'Is the loss of stolen coins claimed?',
    why: 'A theft counts only where the coins were held for profit and no recovery is in prospect.',
    choices: [
      { id: 'none', label: 'No: the coins go with their cost, no loss counts' },
      { id: 'claim', label: 'Yes: their cost is a loss of the year of discovery' },
    ],
    cautious: 'none',
    kinds: ['stolen', 'lost', 'worthless', 'slashing'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P18',
    question: 'Are gifts to people connected with you?',
    why: 'A loss on a gift to a relative or another connected person counts only against gains from the same person.',
    choices: [
      { id: 'connected', label: 'Yes: to relatives, partners, trusts or companies of one’s own' },
      { id: 'unconnected', label: 'No: to somebody else' },
    ],
    cautious: 'connected',
    kinds: ['gift_out'],
    scope: EVERY_SCOPE,
  },
  {
    id: 'P19',
    question: 'Is the contract a regulated future?',
    why: 'Of a regulated future 60 percent of the result is long and 40 percent short, whatever the time held.',
    choices: [
      { id: 'other', label: 'No: another contract, its result is short' },
      { id: 'section-1256', label: 'Yes: a contract of a regulated exchange' },
    ],
    cautious: 'other',
    kinds: ['realised_profit', 'realised_loss', 'derivative_fee'],
    scope: EVERY_SCOPE,
  },
  ...COUNTRY_QUESTIONS,
]

const BY_ID: ReadonlyMap<string, PositionEntry> = new Map(REGISTER.map((entry) => [entry.id, entry]))

/** The question of an id; null where the register has none. */
export const registerEntry = (id: string): PositionEntry | null => BY_ID.get(id) ?? null
