import type { Account, Asset } from '../../shared/events/account.ts'

/** What accounts and assets are called, for rows that people read. An unknown id is shown as itself. */
export interface Names {
  account(id: string): string
  symbol(id: string): string
}

export function namesOf(accounts: readonly Account[], assets: readonly Asset[]): Names {
  const accountNames = new Map<string, string>(accounts.map((account) => [account.id, account.name]))
  const symbols = new Map<string, string>(assets.map((asset) => [asset.id, asset.symbol ?? asset.id]))
  return {
    account: (id) => accountNames.get(id) ?? id,
    symbol: (id) => symbols.get(id) ?? id,
  }
}
