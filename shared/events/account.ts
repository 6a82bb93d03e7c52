import type { AccountId, AssetId } from './identifiers.ts'

export const ACCOUNT_KINDS = ['exchange', 'wallet', 'address', 'manual', 'protocol', 'bank'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** A place that holds assets; the unit of per-wallet basis unless `group` joins several. */
export interface Account {
  readonly id: AccountId
  readonly name: string
  readonly kind: AccountKind
  readonly group?: string
  readonly owner?: 'self' | 'spouse' | 'joint' | 'affiliated'
  readonly business?: boolean
}

export const ASSET_KINDS = ['fiat', 'crypto', 'token', 'nft', 'position', 'derivative'] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

export interface Asset {
  readonly id: AssetId
  readonly symbol?: string
  /** What a token calls itself in full, where its source tells. */
  readonly name?: string
  readonly kind: AssetKind
  readonly chain?: string
  readonly contract?: string
  readonly family?: string
}
