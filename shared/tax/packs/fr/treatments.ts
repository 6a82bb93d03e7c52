import { COSTS_OF_DEBT, LOANS, LOCK_MOVES, PAYMENTS, POOL_MOVES, SWAPS } from '../../kind-groups.ts'
import type { TreatmentRule } from '../../pack.ts'
import { accrualRow, fundingRows, loanRow, rebaseRow } from '../answered-rows.ts'
import { SHARED_TREATMENTS } from '../shared-treatments.ts'

const SALE = 'CGI art. 150 VH bis, I and III-A: disposal against legal tender, goods or services'
const SWAP = 'CGI art. 150 VH bis, II-A: swaps of digital assets without money beside them are deferred'
const BNC = 'CGI art. 92; value on receipt, which joins the acquisition price'
const OPEN = 'No firm text on staking, lending and airdrops'

/** What the law of France makes of each kind, for disposals that are occasional. */
export const FR_TREATMENTS: readonly TreatmentRule[] = [
  { kinds: ['buy', 'sell', ...PAYMENTS], treatment: 'exchange', authority: SALE },
  {
    kinds: SWAPS,
    treatment: 'neutral-swap',
    authority: SWAP,
  },
  { kinds: COSTS_OF_DEBT, treatment: 'exchange', authority: `${SALE}; a debt or a service paid in coins` },
  loanRow(LOANS, `${SALE}; a debt paid in coins. No text on loans of coins`),
  ...fundingRows('CGI art. 150 ter: part of the contract’s result; not settled for perpetuals'),
  accrualRow(`${OPEN}; CGI arts. 92, 93: income when at one’s disposal`),
  { kinds: LOCK_MOVES, treatment: 'carry', authority: SWAP },
  {
    kinds: ['wrap', 'unwrap'],
    treatment: 'carry',
    position: 'P1',
    choices: { none: 'carry', swap: 'carry' },
    authority: SWAP,
  },
  {
    kinds: ['bridge'],
    treatment: 'carry',
    position: 'P10',
    choices: { none: 'carry', swap: 'carry' },
    authority: SWAP,
  },
  {
    kinds: ['liquid_stake', 'liquid_unstake'],
    treatment: 'carry',
    position: 'P2',
    choices: { swap: 'carry', none: 'carry' },
    authority: SWAP,
  },
  {
    kinds: POOL_MOVES,
    treatment: 'carry',
    position: 'P3',
    choices: { swap: 'carry', none: 'carry', deferred: 'carry' },
    authority: SWAP,
  },
  {
    kinds: ['lend_supply', 'lend_withdraw'],
    treatment: 'carry',
    position: 'P4',
    choices: { none: 'carry', swap: 'carry' },
    authority: SWAP,
  },
  {
    kinds: ['mining', 'cloud_mining', 'validator_reward', 'mev_reward'],
    treatment: 'income',
    head: 'mining',
    authority: `${BNC}; BOI-BNC-CHAMP-10-10-20-40: mining is a non-commercial profit`,
  },
  {
    kinds: ['staking_reward'],
    treatment: 'income',
    head: 'staking',
    position: 'fr.staking',
    choices: { bnc: 'income', none: 'acquire-nil' },
    authority: `${OPEN}; ${BNC}`,
  },
  {
    kinds: ['lending_interest'],
    treatment: 'income',
    head: 'lending',
    position: 'fr.staking',
    choices: { bnc: 'income', none: 'acquire-nil' },
    authority: `${OPEN}; ${BNC}`,
  },
  {
    kinds: ['lp_reward', 'revenue_share'],
    treatment: 'income',
    head: 'liquidity',
    position: 'fr.staking',
    choices: { bnc: 'income', none: 'acquire-nil' },
    authority: `${OPEN}; ${BNC}`,
  },
  {
    kinds: ['airdrop'],
    treatment: 'income',
    head: 'airdrop',
    position: 'P7',
    choices: { income: 'income', nil: 'acquire-nil' },
    authority: `${OPEN}; ${BNC}`,
  },
  rebaseRow(OPEN),
  { kinds: ['airdrop_task'], treatment: 'income', head: 'airdrop', authority: BNC },
  { kinds: ['fork'], treatment: 'acquire-nil', authority: 'No price was paid: the acquisition price stays as it is' },
  { kinds: ['salary'], treatment: 'income', head: 'salary', authority: 'CGI art. 79' },
  { kinds: ['business_income', 'royalty'], treatment: 'income', head: 'business', authority: 'CGI arts. 34, 92' },
  { kinds: ['referral', 'learn_reward'], treatment: 'income', head: 'reward', authority: BNC },
  { kinds: ['other_income'], treatment: 'income', head: 'other', authority: BNC },
  {
    kinds: ['gambling_win'],
    treatment: 'acquire-inherited',
    authority: 'Winnings are no income; they enter at their market value',
  },
  {
    kinds: ['cashback'],
    treatment: 'acquire-nil',
    position: 'P11',
    choices: { 'price-reduction': 'acquire-nil', income: 'income' },
    authority: 'A rebate reduces the price of what was bought: nothing was paid for the units',
  },
  {
    kinds: ['fee_rebate'],
    treatment: 'acquire-nil',
    authority: 'A rebate reduces cost; nothing was paid for the units',
  },
  {
    kinds: ['gift_in', 'gift_spouse_in', 'inheritance_in'],
    treatment: 'acquire-inherited',
    authority: 'CGI art. 150 VH bis, III-B: the value that transfer duties were taken on joins the acquisition price',
  },
  {
    kinds: ['gift_out', 'gift_spouse', 'donation', 'inheritance_out'],
    treatment: 'leave',
    authority: 'No disposal for a price; transfer duties are another tax',
  },
  {
    kinds: ['lost', 'stolen', 'worthless', 'burn', 'slashing', 'seized', 'clawback'],
    treatment: 'leave',
    authority: 'CGI art. 150 VH bis has no loss for what is gone; the acquisition price stays as it is',
  },
  {
    kinds: ['refund_in', 'recovery_in'],
    treatment: 'acquire-nil',
    authority: 'What comes back was in the acquisition price all along',
  },
  {
    kinds: ['nft_burn', 'grant', 'donation_in', 'debt_forgiven', 'event_contract'],
    treatment: 'ask',
    authority: 'Facts decide',
  },
  ...SHARED_TREATMENTS,
]
