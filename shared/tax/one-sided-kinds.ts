import type { Kind } from '../events/kinds.ts'

/** Kinds that may have one side only: the units stay the owner's, in the same books, so that one side alone moves nothing. */
export const ONE_SIDED: ReadonlySet<Kind> = new Set<Kind>([
  'custody_move',
  'stake_lock',
  'stake_unlock',
  'self_send',
  'lend_supply',
  'lend_withdraw',
  'collateral_post',
  'collateral_return',
  'farm_stake',
  'farm_unstake',
  'governance_lock',
  'governance_unlock',
])
