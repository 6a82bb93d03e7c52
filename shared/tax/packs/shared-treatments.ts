import type { TreatmentRule } from '../pack.ts'

const BOOKKEEPING = 'Book-keeping: the same in every country'

/** Kinds that no law treats: the same rows in every pack, before the country's own. */
export const SHARED_TREATMENTS: readonly TreatmentRule[] = [
  {
    kinds: [
      'fiat_deposit',
      'fiat_withdrawal',
      'informational',
      'ignored',
      'snapshot',
      'lot_selection',
      'allocation',
      'perp_open',
      'perp_close',
      'nft_list',
      'nft_delist',
      'option_expire',
      'fiat_fx',
      'vault_yield',
    ],
    treatment: 'nothing',
    authority: BOOKKEEPING,
  },
  {
    kinds: ['network_fee', 'approval_fee', 'failed_fee'],
    treatment: 'exchange',
    authority: 'Units spent on a fee are disposed of at market value',
  },
  { kinds: ['basis_override'], treatment: 'override', authority: BOOKKEEPING },
  { kinds: ['residence_change'], treatment: 'note', authority: BOOKKEEPING },
  { kinds: ['opening_lot'], treatment: 'opening', authority: BOOKKEEPING },
  { kinds: ['balance_correction'], treatment: 'correction', authority: BOOKKEEPING },
  { kinds: ['spam_in'], treatment: 'acquire-nil', authority: BOOKKEEPING },
  { kinds: ['unmatched_in', 'unmatched_out'], treatment: 'unknown', authority: BOOKKEEPING },
  { kinds: ['deemed_disposal'], treatment: 'deemed', authority: BOOKKEEPING },
  {
    kinds: ['transfer', 'custody_move', 'stake_lock', 'stake_unlock', 'self_send', 'redenomination', 'migration'],
    treatment: 'carry',
    authority: 'The owner is the same before and after',
  },
  {
    kinds: [
      'realised_profit',
      'realised_loss',
      'funding_in',
      'funding_out',
      'derivative_fee',
      'option_premium_in',
      'option_premium_out',
      'option_exercise',
    ],
    treatment: 'derivative',
    authority: 'Settled results of derivatives are kept apart from holdings',
  },
]
