import { hash } from 'node:crypto'
import { chmodSync, constants, copyFileSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { type Connection, connect } from './cipher.ts'
import { makePrivateFile, syncFile, syncFolderOf } from './durable.ts'
import { failure, failureOf, type VaultFailure } from './failures.ts'
import { type KeyMaterial, keyFromShared } from './key.ts'
import { inspectLedgerFile } from './ledger-file.ts'
import { openReader } from './vault.ts'

export type BackupResult = { readonly status: 'done'; readonly bytes: number } | VaultFailure

/**
 * Writes an encrypted copy of an open ledger, under the same key, to a path that is free, and verifies it by opening it
 * and checking every page. Blocks its thread for some seconds per gigabyte: on large ledgers call `backUpInWorker`.
 */
export function backUp(
  from: { readonly connection: Connection; readonly key: KeyMaterial },
  target: string,
): BackupResult {
  const name = basename(target)
  const partial = `${target}.partial`
  if (statSync(target, { throwIfNoEntry: false })) return failure('exists', name)
  try {
    rmSync(partial, { force: true })
    const before = stateOf(from.connection)
    makePrivateFile(partial)
    from.connection.prepare('VACUUM INTO ?').run(partial)
    const problem = checkCopy(partial, from.key, before)
    if (problem !== null) {
      rmSync(partial, { force: true })
      return failure('damaged', name, problem)
    }
    syncFile(partial)
    renameSync(partial, target)
    syncFolderOf(target)
    return { status: 'done', bytes: statSync(target).size }
  } catch (error) {
    rmSync(partial, { force: true })
    const known = failureOf(error, name)
    if (known) return known
    throw error
  }
}

/** `backUp` in a worker thread, on a reading connection of its own, while the engine goes on. */
export function backUpInWorker(path: string, shared: SharedArrayBuffer, target: string): BackupResult {
  const connection = openReader(path, shared)
  connection.pragma('query_only = OFF')
  try {
    return backUp({ connection, key: keyFromShared(shared) }, target)
  } finally {
    connection.close()
  }
}

/**
 * Puts a copy of a backup at a path that is free, compares the two byte by byte, and leaves everything else as it is.
 * Whether it opens is for `openVault` to say, since only the user's passphrase can.
 */
export function restoreBackup(backup: string, target: string): BackupResult {
  const looks = inspectLedgerFile(backup)
  if (looks.status !== 'looks-right') return looks
  const name = basename(target)
  let made = false
  try {
    copyFileSync(backup, target, constants.COPYFILE_EXCL)
    made = true
    chmodSync(target, 0o600)
    syncFile(target)
    syncFolderOf(target)
    if (hash('sha256', readFileSync(target)) !== hash('sha256', readFileSync(backup))) {
      rmSync(target, { force: true })
      return failure('damaged', name, 'the copy differs from the backup')
    }
    return { status: 'done', bytes: statSync(target).size }
  } catch (error) {
    if (made) rmSync(target, { force: true })
    const known = failureOf(error, name)
    if (known) return known
    throw error
  }
}

/** Tables and the last line of the audit trail: what a copy must have in common with its original. */
function stateOf(connection: Connection): string {
  const tables = connection.prepare<[], string>('SELECT name FROM sqlite_master ORDER BY name').pluck().all()
  const last = tables.includes('audit')
    ? connection.prepare<[], string>('SELECT hash FROM audit ORDER BY seq DESC LIMIT 1').pluck().get()
    : undefined
  return JSON.stringify([tables, last ?? null])
}

/** Opens a copy and reads every page of it through the cipher. Null when it is whole and says what the original says. */
export function checkCopy(path: string, key: KeyMaterial, expected: string): string | null {
  const copy = connect(path, key, { readonly: true, fileMustExist: true })
  try {
    const found = copy.pragma('integrity_check(1)', { simple: true })
    if (found !== 'ok') return String(found)
    return stateOf(copy) === expected ? null : 'it does not hold what the ledger holds'
  } finally {
    copy.close()
  }
}

export const stateOfLedger = stateOf
