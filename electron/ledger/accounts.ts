import type { Account, AccountKind, Asset, AssetKind } from '../../shared/events/account.ts'
import type { AccountId, AssetId } from '../../shared/events/identifiers.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'

export interface StoredAccount extends Account {
  readonly row: number
  readonly tags: readonly string[]
  /** Live batches, events and the time they cover, as imported. */
  readonly batches: number
  readonly events: number
  readonly first: number | null
  readonly last: number | null
  readonly sources: readonly string[]
}

interface AccountRow {
  readonly row: number
  readonly key: string
  readonly name: string
  readonly kind: AccountKind
  readonly grp: string | null
  readonly owner: NonNullable<Account['owner']> | null
  readonly business: number | null
  readonly tags: string | null
  readonly batches: number
  readonly events: number
  readonly first: number | null
  readonly last: number | null
  readonly sources: string | null
}

/** Per field the newest detail in force that sets it; an empty text takes a group or owner away. */
const detail = (field: string): string =>
  `(SELECT d.${field} FROM account_detail d JOIN act ON act.id = d.act_id
    WHERE d.account_id = a.id AND d.${field} IS NOT NULL AND act.live = 1 ORDER BY d.id DESC LIMIT 1)`

/** A broker's form of a live batch names the account or asset `a`. */
const NAMED_BY_FORM = (column: 'account_id' | 'asset_id'): string =>
  `EXISTS (SELECT 1 FROM broker_form w JOIN batch wb ON wb.id = w.batch_id WHERE w.${column} = a.id AND wb.state = 'live')`

/** What was decided of an event of a live batch names the account or asset `a`, which may have come with another batch. */
const NAMED_BY_DECISION = (member: 'account' | 'asset'): string =>
  `a.key IN (SELECT json_extract(d.body, '$.${member}') FROM decision d JOIN act da ON da.id = d.act_id AND da.live = 1
     JOIN event_identity di ON di.stable_id = d.event JOIN event de ON de.id = di.event_id
     JOIN batch db ON db.id = de.batch_id AND db.state = 'live'
     WHERE d.kind IN ('${member}'${member === 'account' ? ", 'counterparty'" : ''}))`

/** Accounts that a live batch uses, a live act made or a decision names, by name. */
export function readAccounts(ledger: ReadableLedger): StoredAccount[] {
  const rows = ledger.rows<AccountRow>(
    `SELECT a.id AS row, a.key, coalesce(${detail('name')}, a.name) AS name, coalesce(${detail('kind')}, a.kind) AS kind,
       ${detail('grp')} AS grp, ${detail('owner')} AS owner, ${detail('business')} AS business, ${detail('tags')} AS tags,
       count(DISTINCT b.id) AS batches, coalesce(sum(u.events), 0) AS events, min(u.first) AS first, max(u.last) AS last,
       json_group_array(DISTINCT f.source) AS sources
     FROM account a
     LEFT JOIN (file_account u JOIN source_file f ON f.id = u.file_id JOIN batch b ON b.id = f.batch_id AND b.state = 'live')
       ON u.account_id = a.id
     LEFT JOIN act made ON made.id = a.act_id
     WHERE b.id IS NOT NULL OR made.live = 1 OR ${NAMED_BY_FORM('account_id')} OR ${NAMED_BY_DECISION('account')}
     GROUP BY a.id ORDER BY name COLLATE NOCASE, a.key`,
  )
  return rows.map((row) => ({
    id: row.key as AccountId,
    row: row.row,
    name: row.name,
    kind: row.kind,
    ...(row.grp ? { group: row.grp } : {}),
    ...(row.owner ? { owner: row.owner } : {}),
    ...(row.business === null ? {} : { business: row.business === 1 }),
    tags: row.tags === null ? [] : (JSON.parse(row.tags) as string[]),
    batches: row.batches,
    events: row.events,
    first: row.first,
    last: row.last,
    sources: (JSON.parse(row.sources ?? '[]') as (string | null)[]).filter((source) => source !== null),
  }))
}

/** What a change of an account sets; absent members stay as they are, `null` takes group or owner away. */
export interface AccountChange {
  readonly id: string
  readonly name?: string
  readonly kind?: AccountKind
  readonly group?: string | null
  readonly owner?: Account['owner'] | null
  readonly business?: boolean
  readonly tags?: readonly string[]
}

interface ActText {
  readonly summary: string
  readonly who: string
  readonly at: number
}

/** Renames, groups or tags accounts as one act. Accounts that are not there are left out of it. */
export function changeAccounts(
  ledger: WritableLedger,
  changes: readonly AccountChange[],
  act: ActText,
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'accounts', ...act }, (write, scope) => {
    writeAccountChanges(write, scope, changes)
    return null
  })
}

/** The same inside another act. */
export function writeAccountChanges(write: LedgerWrite, scope: ActScope, changes: readonly AccountChange[]): void {
  for (const change of changes) {
    const account = write.value<number>('SELECT id FROM account WHERE key = ?', change.id)
    if (account === undefined) continue
    write.run(
      query.insertInto('account_detail').values({
        act_id: scope.id,
        account_id: account,
        name: change.name ?? null,
        kind: change.kind ?? null,
        grp: change.group === undefined ? null : (change.group ?? ''),
        owner: change.owner === undefined ? null : (change.owner ?? ''),
        business: change.business === undefined ? null : change.business ? 1 : 0,
        tags: change.tags === undefined ? null : JSON.stringify(change.tags),
      }),
    )
  }
  scope.touch('accounts')
}

/** Makes accounts and assets that an import declares and no event of it names part of its act. */
export function writeDeclared(
  write: LedgerWrite,
  scope: ActScope,
  declared: { readonly accounts: readonly string[]; readonly assets: readonly string[] },
): void {
  for (const [table, keys] of [
    ['account', declared.accounts],
    ['asset', declared.assets],
  ] as const) {
    for (const key of keys) write.exec(`UPDATE ${table} SET act_id = ? WHERE key = ? AND act_id IS NULL`, scope.id, key)
  }
}

/** Makes an account by hand. An account whose key is there already is left as it is. */
export function addAccount(
  ledger: WritableLedger,
  account: { readonly key: string; readonly name: string; readonly kind: AccountKind },
  act: ActText,
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'accounts', ...act }, (write, scope) => {
    write.exec(
      `INSERT INTO account (key, name, kind, act_id) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET act_id = excluded.act_id WHERE account.act_id IS NULL`,
      account.key,
      account.name,
      account.kind,
      scope.id,
    )
    scope.touch('accounts')
    return null
  })
}

interface AssetRow {
  readonly key: string
  readonly symbol: string | null
  readonly name: string | null
  readonly kind: AssetKind
  readonly chain: string | null
  readonly contract: string | null
  readonly family: string | null
}

const assetDetail = (field: string): string =>
  `coalesce((SELECT d.${field} FROM asset_detail d JOIN act ON act.id = d.act_id
    WHERE d.asset_id = a.id AND d.${field} IS NOT NULL AND act.live = 1 ORDER BY d.id DESC LIMIT 1), a.${field}) AS ${field}`

/** Assets that a live batch uses, a live price is of, or a live act made, by key. */
export function readAssets(ledger: ReadableLedger): Asset[] {
  const rows = ledger.rows<AssetRow>(
    `SELECT a.key, ${assetDetail('symbol')}, a.name, ${assetDetail('kind')}, a.chain, a.contract, ${assetDetail('family')}
     FROM asset a LEFT JOIN act made ON made.id = a.act_id
     WHERE made.live = 1 OR EXISTS (
       SELECT 1 FROM file_asset u JOIN source_file f ON f.id = u.file_id JOIN batch b ON b.id = f.batch_id
       WHERE u.asset_id = a.id AND b.state = 'live')
     OR EXISTS (
       SELECT 1 FROM price p LEFT JOIN batch b ON b.id = p.batch_id LEFT JOIN act t ON t.id = p.act_id
       WHERE p.asset_id = a.id AND (b.state = 'live' OR t.live = 1))
     OR ${NAMED_BY_FORM('asset_id')} OR ${NAMED_BY_DECISION('asset')}
     ORDER BY a.key`,
  )
  return rows.map((row) => ({
    id: row.key as AssetId,
    kind: row.kind,
    ...(row.symbol === null ? {} : { symbol: row.symbol }),
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.chain === null ? {} : { chain: row.chain }),
    ...(row.contract === null ? {} : { contract: row.contract }),
    ...(row.family === null ? {} : { family: row.family }),
  }))
}

/** Says what an asset is or which family it belongs to, as one act. */
export function changeAssets(
  ledger: WritableLedger,
  changes: readonly {
    readonly id: string
    readonly symbol?: string
    readonly kind?: AssetKind
    readonly family?: string
  }[],
  act: ActText,
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'assets', ...act }, (write, scope) => {
    for (const change of changes) {
      const asset = write.value<number>('SELECT id FROM asset WHERE key = ?', change.id)
      if (asset === undefined) continue
      write.run(
        query.insertInto('asset_detail').values({
          act_id: scope.id,
          asset_id: asset,
          symbol: change.symbol ?? null,
          kind: change.kind ?? null,
          family: change.family ?? null,
        }),
      )
    }
    scope.touch('assets')
    return null
  })
}
