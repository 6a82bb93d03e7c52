import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import { checkCopy, stateOfLedger } from './backup.ts'
import { connect, rekeyCopy } from './cipher.ts'
import { makePrivateFile, syncFile, syncFolderOf } from './durable.ts'
import { failure, failureOf, type VaultFailure } from './failures.ts'
import { deriveKey, KEY_FORMATS, type KeyMaterial, keyMaterial, NEWEST_FORMAT, SALT_BYTES } from './key.ts'
import { forgetKey } from './keychain.ts'
import { closeFile, type OpenVault, openLocked, rekeyPath, removeRekeyCopy } from './vault.ts'

export type ChangeResult =
  /** The recovery sheet is void. `keychainVoid`: a keychain item was there and was removed. `vault` replaces the one given. */
  | { readonly status: 'changed'; readonly vault: OpenVault; readonly keychainVoid: boolean }
  /** Nothing was changed. `vault` is the one to go on with: another than the one given where `reopened`. */
  | {
      readonly status: 'refused'
      readonly failure: VaultFailure
      readonly vault: OpenVault
      readonly reopened: boolean
    }

/** Whether a passphrase is the one that the ledger is open under. */
export async function isPassphrase(vault: OpenVault, passphrase: string): Promise<boolean> {
  for (const format of KEY_FORMATS.toReversed()) {
    const key = await deriveKey(passphrase, Buffer.from(vault.key.salt), format)
    const same = timingSafeEqual(key.key, vault.key.key)
    key.destroy()
    if (same) return true
  }
  return false
}

/**
 * Changes the passphrase: a copy under a new salt and key, verified, on the disk, then renamed over the ledger. Until the
 * rename the file opens with the old passphrase, from then on with the new one, whenever the computer stops. Reading
 * workers must have ended; the connection is closed and another one opened.
 */
export async function changePassphrase(vault: OpenVault, current: string, next: string): Promise<ChangeResult> {
  const name = basename(vault.path)
  if (!(await isPassphrase(vault, current))) {
    return { status: 'refused', failure: failure('wrong-passphrase', name), vault, reopened: false }
  }
  const key = await deriveKey(next, randomBytes(SALT_BYTES), NEWEST_FORMAT)
  const copied = copyUnder(vault, key)
  if (copied) {
    key.destroy()
    return { status: 'refused', failure: copied, vault, reopened: false }
  }
  const oldSalt = Buffer.from(vault.key.salt)
  const oldKey = keyMaterial(Buffer.from(vault.key.key), Buffer.from(vault.key.salt))
  closeFile(vault.connection)
  const problem = takePlace(vault.path)
  const opened = await openLocked(vault.path, { key: problem ? oldKey : key }, vault.lock)
  oldKey.destroy()
  key.destroy()
  vault.key.destroy()
  if (opened.status !== 'open')
    throw new Error(`the ledger did not open after its passphrase was changed: ${opened.text}`)
  if (problem) return { status: 'refused', failure: problem, vault: opened.vault, reopened: true }
  const forgotten = await forgetKey(oldSalt, name)
  return { status: 'changed', vault: opened.vault, keychainVoid: forgotten.status === 'done' && forgotten.forgotten }
}

/** Makes and verifies the copy. Null when it lies there, on the disk, whole. */
function copyUnder(vault: OpenVault, key: KeyMaterial): VaultFailure | null {
  const name = basename(vault.path)
  const copy = rekeyPath(vault.path)
  try {
    removeRekeyCopy(vault.path)
    makePrivateFile(copy)
    vault.connection.prepare('VACUUM INTO ?').run(copy)
    const connection = connect(copy, vault.key, { fileMustExist: true })
    try {
      rekeyCopy(connection, key)
    } finally {
      connection.close()
    }
    const problem = checkCopy(copy, key, stateOfLedger(vault.connection))
    if (problem !== null) {
      removeRekeyCopy(vault.path)
      return failure('damaged', name, `the copy under the new passphrase was not whole: ${problem}`)
    }
    syncFile(copy)
    return null
  } catch (error) {
    removeRekeyCopy(vault.path)
    const known = failureOf(error, name)
    if (known) return known
    throw error
  }
}

/** Renames the copy over the ledger. A log left beside the old file would be replayed into the new one, so it is refused. */
function takePlace(path: string): VaultFailure | null {
  const name = basename(path)
  if (existsSync(`${path}-wal`)) {
    removeRekeyCopy(path)
    return failure('in-use', name, 'something is still reading it')
  }
  try {
    renameSync(rekeyPath(path), path)
    syncFolderOf(path)
    return null
  } catch (error) {
    const known = failureOf(error, name)
    if (known) return known
    throw error
  }
}
