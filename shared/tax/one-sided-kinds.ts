import type { Kind } from '../events/kinds.ts'
import { LENDING_MOVES, LOCK_MOVES } from './kind-groups.ts'

/** Kinds that may have one side only: the units stay the owner's, in the same books, so that one side alone moves nothing. */
export const ONE_SIDED: ReadonlySet<Kind> = new Set<Kind>([
  'custody_move',
  'stake_lock',
  'stake_unlock',
  'self_send',
  ...LENDING_MOVES,
  ...LOCK_MOVES,
])
