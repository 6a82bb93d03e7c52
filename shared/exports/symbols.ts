import type { Asset } from '../events/account.ts'
import type { AssetId } from '../events/identifiers.ts'
import { oneLine, uniqueNames } from './unique-names.ts'

/** A symbol of its own for each asset: a second `ABC` is `ABC-2`. */
export const symbolsOf = (assets: readonly Asset[]): ReadonlyMap<AssetId, string> =>
  uniqueNames<AssetId>(
    assets.map(({ id, symbol }) => [id, symbol ?? id]),
    (wish) => oneLine(wish) || 'asset',
  )
