import { randomBytes } from 'node:crypto'
import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { type Connection, codeOf, connect, PAGE_BYTES, prepareReader, prepareWriter } from './cipher.ts'
import { type EngineLock, type Holder, takeEngineLock } from './engine-lock.ts'
import { failure, failureOf, type VaultFailure } from './failures.ts'
import {
  deriveKey,
  KEY_FORMATS,
  type KeyMaterial,
  keyFromShared,
  keyMaterial,
  NEWEST_FORMAT,
  SALT_BYTES,
} from './key.ts'
import { recallKey } from './keychain.ts'
import { inspectLedgerFile } from './ledger-file.ts'
import { parseRecoveryKey } from './recovery-sheet.ts'

/** Marks the file inside the encryption, so that another program's database under the same key is not taken for ours. */
const APPLICATION_ID = 0x54414c59

/** What opens a ledger. `key` is copied, not kept. */
export type Secret =
  | { readonly passphrase: string }
  | { readonly recovery: string }
  | { readonly keychain: true }
  | { readonly key: KeyMaterial }

export interface OpenVault {
  readonly path: string
  /** The one writing connection. Run `migrate` on it before anything else. */
  readonly connection: Connection
  /** Post `key.shared` to worker threads; they open with `openReader`. */
  readonly key: KeyMaterial
  readonly lock: EngineLock
  /**
   * Checkpoints, so that the closed ledger is one file, closes it, zeroes the key in every thread and frees the engine's
   * place. Reading workers must have ended before.
   */
  close(): void
}

export type OpenResult = { readonly status: 'open'; readonly vault: OpenVault } | VaultFailure

/** The copy that a change of passphrase makes before it takes the file's place; left over only by a crash. */
export const rekeyPath = (path: string): string => `${path}-rekey`

/** Removes that copy and what SQLite may have kept beside it. */
export function removeRekeyCopy(path: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(rekeyPath(path) + suffix, { force: true })
}

/**
 * Makes a new, empty ledger file under a passphrase; its schema is `migrate`'s. An existing file is never touched.
 */
export async function createVault(
  path: string,
  passphrase: string,
  options: { readonly holder: Holder },
): Promise<OpenResult> {
  const name = basename(path)
  if (statSync(path, { throwIfNoEntry: false })) return failure('exists', name)
  const lock = takeEngineLock(path, options.holder)
  if (lock.status !== 'taken') return lock
  const key = await deriveKey(passphrase, randomBytes(SALT_BYTES), NEWEST_FORMAT)
  let made = false
  try {
    closeSync(openSync(path, 'wx', 0o600))
    made = true
    const connection = connect(path, key)
    connection.pragma(`page_size = ${PAGE_BYTES}`)
    prepareWriter(connection)
    connection.pragma(`application_id = ${APPLICATION_ID}`)
    return { status: 'open', vault: vaultOf(path, connection, key, lock) }
  } catch (error) {
    key.destroy()
    if (made) for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    lock.release()
    const known = failureOf(error, name)
    if (known) return known
    throw error
  }
}

/** Opens a ledger file for writing and takes the one engine's place on it. Nothing is written when it does not open. */
export async function openVault(
  path: string,
  secret: Secret,
  options: { readonly holder: Holder },
): Promise<OpenResult> {
  const name = basename(path)
  if (!statSync(path, { throwIfNoEntry: false })) return failure('missing', name)
  const lock = takeEngineLock(path, options.holder)
  if (lock.status !== 'taken') return lock
  const opened = await openLocked(path, secret, lock)
  if (opened.status !== 'open') lock.release()
  return opened
}

/** `openVault` by somebody who has the engine's place already. */
export async function openLocked(path: string, secret: Secret, lock: EngineLock): Promise<OpenResult> {
  const name = basename(path)
  const looks = inspectLedgerFile(path)
  if (looks.status !== 'looks-right') return looks
  const keys = keysFor(secret, looks.salt, name)
  for await (const key of keys) {
    if ('status' in key) return key
    const tried = tryKey(path, key)
    if (tried === 'wrong') {
      key.destroy()
      continue
    }
    if ('status' in tried) {
      key.destroy()
      return tried
    }
    removeRekeyCopy(path)
    return { status: 'open', vault: vaultOf(path, tried, key, lock) }
  }
  return failure('passphrase' in secret ? 'wrong-passphrase' : 'wrong-key', name)
}

/**
 * A read-only connection for a worker thread, under the key that the engine shared. For files that the engine has opened
 * already; close it before the engine closes.
 */
export function openReader(path: string, shared: SharedArrayBuffer): Connection {
  const connection = connect(path, keyFromShared(shared), { readonly: true, fileMustExist: true })
  prepareReader(connection)
  return connection
}

async function* keysFor(secret: Secret, salt: Buffer, name: string): AsyncGenerator<KeyMaterial | VaultFailure> {
  if ('passphrase' in secret) {
    for (const format of KEY_FORMATS.toReversed()) yield await deriveKey(secret.passphrase, Buffer.from(salt), format)
  } else if ('recovery' in secret) {
    const parsed = parseRecoveryKey(secret.recovery)
    yield parsed.status === 'key'
      ? keyMaterial(parsed.key, salt)
      : { status: 'wrong-key', text: parsed.text, offerRestore: false }
  } else if ('keychain' in secret) {
    yield await recallKey(Buffer.from(salt), name)
  } else {
    yield keyMaterial(Buffer.from(secret.key.key), Buffer.from(salt))
  }
}

function tryKey(path: string, key: KeyMaterial): Connection | 'wrong' | VaultFailure {
  const name = basename(path)
  let connection: Connection | null = null
  try {
    connection = connect(path, key, { fileMustExist: true, timeout: 1000 })
    connection.prepare('SELECT count(*) FROM sqlite_master').get()
    if (connection.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      connection.close()
      return failure('not-a-ledger', name, 'it is a database of another program')
    }
    prepareWriter(connection)
    return connection
  } catch (error) {
    connection?.close()
    if (codeOf(error) === 'SQLITE_NOTADB') return 'wrong'
    const known = failureOf(error, name)
    if (known) return known
    throw error
  }
}

function vaultOf(path: string, connection: Connection, key: KeyMaterial, lock: EngineLock): OpenVault {
  return {
    path,
    connection,
    key,
    lock,
    close: () => {
      closeFile(connection)
      key.destroy()
      lock.release()
    },
  }
}

/** Closes a connection so that the ledger is one file afterwards. A disk that is full leaves the log beside it, which is as good. */
export function closeFile(connection: Connection): void {
  if (!connection.open) return
  try {
    connection.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    if (!codeOf(error).startsWith('SQLITE_')) throw error
  }
  connection.close()
}
