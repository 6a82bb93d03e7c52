/** What the two sheets of eToro's account statement share. */
import type { RowCursor } from './row-cursor.ts'
import { remembered } from './word-table.ts'

/** Does the sheet's own word say that it is a coin? */
export const isOfCoins = remembered((assetType) => /^(?:real )?crypto$|^cryptocurrency$/i.test(assetType))

/** What the sheet's word says; null where it has none. */
const sortOf = remembered((assetType) => {
  if (isOfCoins(assetType)) return 'crypto'
  if (assetType === '') return null
  return assetType.toLowerCase() === 'cfd' ? 'derivative' : 'other'
})

/** Is the thing traded a coin, by the sheet's own word or, where it has none, by its symbol? */
export function coinOf(row: RowCursor, assetType: string, symbol: string): 'crypto' | 'other' | 'derivative' {
  const sort = sortOf(assetType)
  if (sort !== null) return sort
  const { found, kind } = row.asset(symbol)
  return found !== 'unknown' && kind !== 'fiat' ? 'crypto' : 'other'
}

export const NOT_CRYPTO = { skip: 'it is about shares, funds or metals, not about crypto' } as const
