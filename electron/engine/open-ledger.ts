import { basename, dirname } from 'node:path'
import { type WritableLedger, writableLedger } from '../ledger/handles.ts'
import { migrate } from '../ledger/migrate.ts'
import { backUp } from '../vault/backup.ts'
import type { Holder } from '../vault/engine-lock.ts'
import { createVault, type OpenVault, openVault, type Secret } from '../vault/vault.ts'
import { failure, vaultError } from './failure.ts'
import { type LedgerWorkers, ledgerWorkers } from './ledger-workers.ts'
import { ledgerRef } from './start-engine.ts'

/** The open ledger: its file, its writing handle, and the workers that read it. */
export interface OpenLedger {
  readonly ref: string
  readonly path: string
  readonly vault: OpenVault
  readonly ledger: WritableLedger
  readonly workers: LedgerWorkers
  /** Ends the workers, closes the file, zeroes the key. */
  close(): Promise<void>
}

/** A name for a copy that lies beside the ledger: `Anna (backup 2026-03-01 101500).tally`. */
export const backupName = (path: string, now: number): string =>
  `${basename(path, '.tally')} (backup ${new Date(now).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '')})`

export interface OpenOptions {
  readonly holder: Holder
  /** A free path beside the ledger, for the backup that comes before a migration. */
  readonly backupPath: string
}

/** Makes a new file with its schema. Throws the contract's error where it cannot. */
export async function createLedgerFile(path: string, passphrase: string, options: OpenOptions): Promise<OpenLedger> {
  const opened = await createVault(path, passphrase, options)
  if (opened.status !== 'open') throw vaultError(opened)
  await bringUpToDate(opened.vault, options)
  return openLedgerOf(opened.vault)
}

/** Opens a file and brings its schema up to this version, after a verified backup. Throws the contract's error. */
export async function openLedgerFile(
  path: string,
  secret: Secret,
  options: OpenOptions,
): Promise<{ open: OpenLedger; notices: string[] }> {
  const opened = await openVault(path, secret, options)
  if (opened.status !== 'open') throw vaultError(opened)
  const notices = await bringUpToDate(opened.vault, options)
  return { open: openLedgerOf(opened.vault), notices }
}

/** The ledger of an open vault; also after its passphrase was changed, which opens another one. */
export function openLedgerOf(vault: OpenVault): OpenLedger {
  const workers = ledgerWorkers(vault.path, vault.key.shared)
  return {
    ref: ledgerRef(vault.path),
    path: vault.path,
    vault,
    ledger: writableLedger(vault.connection),
    workers,
    async close() {
      await workers.terminate()
      vault.close()
    },
  }
}

async function bringUpToDate(vault: OpenVault, options: OpenOptions): Promise<string[]> {
  let migrated: Awaited<ReturnType<typeof migrate>>
  try {
    migrated = await migrate(vault.connection, async () => backUp(vault, options.backupPath))
  } catch (error) {
    vault.close()
    throw error
  }
  if (migrated.status === 'ready')
    return migrated.applied.length > 0
      ? [
          `The ledger was brought to this version’s format. A backup of it as it was lies beside it in ${basename(dirname(vault.path))}.`,
        ]
      : []
  vault.close()
  if (migrated.status === 'newer') throw failure('NEWER_VERSION', migrated.text)
  if (migrated.status === 'disk-full') throw failure('DISK_FULL', migrated.text)
  throw failure('DAMAGED', migrated.text)
}
