import type { LedgerWrite, ReadableLedger } from './handles.ts'
import { query } from './sqlite.ts'
import type { StagedAccount, StagedAsset } from './staged.ts'

/** Row ids of accounts and assets by their stable keys, for the time of one import. */
export class Directory {
  readonly #accounts = new Map<string, number>()
  readonly #assets = new Map<string, number>()

  /** The row of an account; made when its key is new. A key that exists keeps its name and kind. */
  account(write: LedgerWrite, account: StagedAccount): number {
    const known = this.#accounts.get(account.key) ?? accountRow(write, account.key)
    const id =
      known ??
      write.run(
        query.insertInto('account').values({ key: account.key, name: account.name, kind: account.kind, act_id: null }),
      )
    this.#accounts.set(account.key, id)
    return id
  }

  asset(write: LedgerWrite, asset: StagedAsset): number {
    const known = this.#assets.get(asset.key) ?? assetRow(write, asset.key)
    const id =
      known ??
      write.run(
        query.insertInto('asset').values({
          key: asset.key,
          symbol: asset.symbol ?? null,
          name: asset.name ?? null,
          kind: asset.kind,
          chain: asset.chain ?? null,
          contract: asset.contract ?? null,
          family: asset.family ?? null,
          act_id: null,
        }),
      )
    this.#assets.set(asset.key, id)
    return id
  }

  accountOf(ledger: ReadableLedger, key: string): number {
    const id = this.#accounts.get(key) ?? accountRow(ledger, key)
    if (id === undefined) throw new Error('a leg names an account that was not staged')
    this.#accounts.set(key, id)
    return id
  }

  assetOf(ledger: ReadableLedger, key: string): number {
    const id = this.#assets.get(key) ?? assetRow(ledger, key)
    if (id === undefined) throw new Error('a leg names an asset that was not staged')
    this.#assets.set(key, id)
    return id
  }

  /** After a transaction that failed: rows made in it are gone. */
  clear(): void {
    this.#accounts.clear()
    this.#assets.clear()
  }
}

const accountRow = (ledger: ReadableLedger, key: string): number | undefined =>
  ledger.value<number>('SELECT id FROM account WHERE key = ?', key)
const assetRow = (ledger: ReadableLedger, key: string): number | undefined =>
  ledger.value<number>('SELECT id FROM asset WHERE key = ?', key)
