import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storedAmount } from '../../../electron/ledger/balance-sums.ts'
import { executeBatch } from '../../../electron/ledger/batches.ts'
import { commit } from '../../../electron/ledger/commit.ts'
import { appendFileChunk, beginBatch, beginFile, finishFile } from '../../../electron/ledger/files.ts'
import { type ReadableLedger, type WritableLedger, writableLedger } from '../../../electron/ledger/handles.ts'
import { migrate } from '../../../electron/ledger/migrate.ts'
import { planOf } from '../../../electron/ledger/plan.ts'
import type {
  BatchPlan,
  BatchRow,
  FileCounts,
  FileRow,
  StagedChunk,
  StagedEvent,
  StagedLeg,
} from '../../../electron/ledger/staged.ts'
import { type FileStage, openStage } from '../../../electron/ledger/staging.ts'
import { type KeyMaterial, keyMaterial } from '../../../electron/vault/key.ts'
import { createVault, type OpenVault, openVault, type Secret } from '../../../electron/vault/vault.ts'

export const PASSPHRASE = 'correct horse battery staple'
export const HOLDER = { door: 'a test', pid: process.pid, since: 0 }
export const BY = { who: 'tester', at: 1_700_000_000_000 }
const noBackup = async () => ({ status: 'done' }) as const

export interface Books {
  readonly folder: string
  readonly path: string
  readonly vault: OpenVault
  readonly ledger: WritableLedger
  close(): void
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'tallystick-'))
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

function booksOf(folder: string, path: string, vault: OpenVault): Books {
  return { folder, path, vault, ledger: writableLedger(vault.connection), close: () => vault.close() }
}

interface Template {
  readonly bytes: Buffer
  readonly key: KeyMaterial
}
let template: Promise<Template> | null = null

/** An empty ledger is made once for each test file, the slow way; every test has a copy of it. */
async function makeTemplate(): Promise<Template> {
  const folder = newFolder()
  const path = join(folder, 'Template.tally')
  const created = await createVault(path, PASSPHRASE, { holder: HOLDER })
  if (created.status !== 'open') throw new Error(created.text)
  const migrated = await migrate(created.vault.connection, noBackup)
  if (migrated.status !== 'ready') throw new Error(migrated.text)
  commit(writableLedger(created.vault.connection), { kind: 'create', summary: 'new ledger', ...BY }, () => null)
  const key = keyMaterial(Buffer.from(created.vault.key.key), Buffer.from(created.vault.key.salt))
  created.vault.close()
  const bytes = readFileSync(path)
  removeFolder(folder)
  return { bytes, key }
}

/** A new encrypted ledger in a folder of its own. */
export async function newBooks(folder = newFolder()): Promise<Books> {
  template ??= makeTemplate()
  const { bytes, key } = await template
  const path = join(folder, 'Ada.tally')
  writeFileSync(path, bytes, { mode: 0o600 })
  return reopen(path, { key })
}

export async function reopen(path: string, secret: Secret = { passphrase: PASSPHRASE }): Promise<Books> {
  const opened = await openVault(path, secret, { holder: HOLDER })
  if (opened.status !== 'open') throw new Error(opened.text)
  return booksOf(join(path, '..'), path, opened.vault)
}

/** Runs a generator of steps to its end. */
export function drain<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** One line of a made-up export: group, time, kind, account, signed units of an asset, units of another, text beside them. */
export interface Line {
  readonly group: string
  readonly time: number
  readonly kind?: StagedEvent['kind']
  readonly legs: readonly (readonly [role: StagedLeg['role'], asset: string, amount: string, account?: string])[]
  readonly note?: string
  readonly hash?: string
  readonly outcome?: 'skipped' | 'not-understood'
  readonly warnings?: readonly string[]
}

export interface ExportOptions {
  readonly source?: string
  readonly account?: string
  readonly readerVersion?: number
  readonly name?: string
  /** A later reader that takes every event for this kind. */
  readonly readAs?: StagedEvent['kind']
}

const short = (text: string): Buffer => hash('sha256', text, 'buffer').subarray(0, 16)

/** What a reader would make of such an export: rows, outcomes and events, identity by group and ordinal among equal rows. */
export function readExport(
  lines: readonly Line[],
  options: ExportOptions = {},
): { readonly bytes: Buffer; readonly chunk: StagedChunk } {
  const account = options.account ?? 'kraken'
  const source = options.source ?? 'kraken-ledgers'
  const texts = lines.map((line) => JSON.stringify(line))
  const bytes = Buffer.from(`${texts.join('\n')}\n`)
  let start = 0
  const places = texts.map((text) => {
    const place = { start, length: Buffer.byteLength(text) }
    start += place.length + 1
    return place
  })
  const groups = Map.groupBy(
    lines.map((line, index) => ({ line, row: index + 1 })).filter(({ line }) => !line.outcome),
    ({ line }) => line.group,
  )
  const seen = new Map<string, number>()
  const accounts = new Set([account])
  const assets = new Set<string>()
  const events: StagedEvent[] = [...groups].map(([group, members]) => {
    const first = members[0] as (typeof members)[number]
    const legs = members.flatMap(({ line }) =>
      line.legs.map(([role, asset, amount, other]): StagedLeg => {
        accounts.add(other ?? account)
        assets.add(asset)
        return { role, account: other ?? account, asset, amount }
      }),
    )
    return {
      id: `${source}:${account}:${group}`,
      time: first.line.time,
      precision: 'second',
      kind: options.readAs ?? first.line.kind ?? 'buy',
      legs,
      timeText: new Date(first.line.time).toISOString(),
      ...(first.line.note === undefined ? {} : { note: first.line.note }),
      ...(first.line.hash === undefined ? {} : { hash: first.line.hash }),
      ...(first.line.warnings === undefined ? {} : { warnings: first.line.warnings }),
      rows: members.map(({ row }) => row),
    }
  })
  return {
    bytes,
    chunk: {
      accounts: [...accounts].map((key) => ({ key, name: key, kind: 'exchange' })),
      assets: [...assets].map((key) => ({ key, kind: key === 'USD' ? 'fiat' : 'crypto' })),
      records: lines.map((line, index) => {
        const place = places[index] as (typeof places)[number]
        const like = `${line.group} ${line.time} ${line.legs.map(([role, asset]) => `${role}${asset}`).join()}`
        const ordinal = (seen.get(like) ?? 0) + 1
        seen.set(like, ordinal)
        return {
          row: index + 1,
          ...place,
          identity: short(`${like} ${ordinal}`),
          hash: short(texts[index] as string),
          outcome: line.outcome ?? 'event',
          ...(line.outcome ? { reason: 'made up' } : {}),
        }
      }),
      events,
    },
  }
}

/** A file begun in a batch, without a byte yet. */
export function fileOf(ledger: WritableLedger, batch: BatchRow, name: string, size: number): FileRow {
  const begun = beginFile(ledger, batch, { name, size })
  if (begun.status !== 'begun') throw new Error(begun.text)
  return begun.file
}

/** The stage of a file whose rows are made up. */
export function stageOf(ledger: WritableLedger, file: FileRow, options: ExportOptions = {}): FileStage {
  const account = options.account ?? 'kraken'
  const opened = openStage(ledger, file, {
    source: options.source ?? 'kraken-ledgers',
    layout: 'made-up',
    readerVersion: options.readerVersion ?? 1,
    encoding: 'utf-8',
    account: { key: account, name: account, kind: 'exchange' },
    zone: 'UTC',
  })
  if (opened.status !== 'open') throw new Error(opened.text)
  return opened
}

/** Uploads, stages and seals exports as one batch. */
export function stageExports(
  ledger: WritableLedger,
  exports: readonly (readonly [readonly Line[], ExportOptions?])[],
): { readonly batch: BatchRow; readonly counts: FileCounts[]; readonly plan: BatchPlan } {
  const begun = beginBatch(ledger, { origin: 'file', title: 'made up', at: BY.at })
  if (begun.status !== 'begun') throw new Error(begun.text)
  const counts = exports.map(([lines, options = {}]) => {
    const { bytes, chunk } = readExport(lines, options)
    const file = fileOf(ledger, begun.batch, options.name ?? 'export.jsonl', bytes.length)
    const kept = appendFileChunk(ledger, file, bytes)
    if (kept.status !== 'kept') throw new Error(kept.text)
    finishFile(ledger, file)
    const stage = stageOf(ledger, file, options)
    const added = stage.add(chunk)
    if (added.status !== 'staged') throw new Error(added.text)
    const sealed = drain(stage.seal())
    if (sealed.status !== 'sealed') throw new Error(sealed.text)
    return sealed.counts
  })
  const plan = planOf(ledger, begun.batch)
  if (!plan) throw new Error('no plan')
  return { batch: begun.batch, counts, plan }
}

/** Stages and executes exports. */
export function importExports(
  ledger: WritableLedger,
  ...exports: readonly (readonly [readonly Line[], ExportOptions?])[]
) {
  const staged = stageExports(ledger, exports)
  const done = executeBatch(ledger, staged.batch, staged.plan.hash ?? '', BY)
  if (done.status !== 'done') throw new Error(done.text)
  return { ...staged, act: done.act }
}

export const DAY = 86_400_000
/** Noon of day `n` after 2024-01-01. */
export const day = (n: number): number => Date.UTC(2024, 0, 1, 12) + n * DAY

export const buy = (group: string, n: number, units: string, cost: string, more: Partial<Line> = {}): Line => ({
  group,
  time: day(n),
  legs: [
    ['in', 'BTC', units],
    ['out', 'USD', cost],
  ],
  ...more,
})

/** What each account holds of each asset by the table that the ledger keeps. */
export const readBalances = (ledger: ReadableLedger) =>
  ledger
    .tuples<[string, string, string]>(
      `SELECT a.key, s.key, b.amount FROM balance b JOIN account a ON a.id = b.account_id JOIN asset s ON s.id = b.asset_id
       ORDER BY a.key, s.key`,
    )
    .map(([account, asset, amount]) => ({ account, asset, amount: storedAmount(amount) }))

/** Stable ids of the events that a source row went into. */
export const eventsOfRecord = (ledger: ReadableLedger, record: number): string[] =>
  ledger.column<string>(
    `SELECT e.stable_id FROM event e WHERE e.id = (SELECT event_id FROM raw_record WHERE id = ?)
       OR e.id IN (SELECT event_id FROM shared_row WHERE record_id = ?) ORDER BY e.id`,
    record,
    record,
  )
