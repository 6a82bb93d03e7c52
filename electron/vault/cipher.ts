import Database from 'better-sqlite3'
import type { KeyMaterial } from './key.ts'

/** A database whose pages are encrypted; everything of better-sqlite3, plus keys as bytes. */
export interface Connection extends Database.Database {
  key(key: Buffer): number
  rekey(key: Buffer): number
}

export const PAGE_BYTES = 4096

/** `raw:`, key and salt as bytes: the cipher derives nothing and takes both as they are. */
function rawKey(material: KeyMaterial): Buffer {
  return Buffer.concat([Buffer.from('raw:'), material.key, material.salt])
}

function chooseCipher(connection: Connection): void {
  connection.pragma(`cipher = 'sqlcipher'`)
  connection.pragma('legacy = 4')
}

/** Opens a file under a key, in SQLCipher 4 pages. A wrong key shows at the first read, not here. */
export function connect(path: string, material: KeyMaterial, options: Database.Options = {}): Connection {
  const connection = new Database(path, options) as Connection
  const key = rawKey(material)
  try {
    chooseCipher(connection)
    connection.key(key)
  } catch (error) {
    connection.close()
    throw error
  } finally {
    key.fill(0)
  }
  return connection
}

/** Encrypts every page anew under another key and salt. In place, so only ever on a copy that nobody relies on. */
export function rekeyCopy(connection: Connection, material: KeyMaterial): void {
  const key = rawKey(material)
  try {
    connection.pragma('journal_mode = MEMORY')
    connection.rekey(key)
  } finally {
    key.fill(0)
  }
}

/** A connection that holds no ledger: the lock file, which is an empty database in the clear. */
export const connectPlain = (path: string, options: Database.Options = {}): Database.Database =>
  new Database(path, options)

/** How the writing connection keeps a ledger: nothing decrypted on the disk, every commit on it before it is answered. */
export function prepareWriter(connection: Connection): void {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('secure_delete = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma('cache_size = -65536')
  connection.pragma('wal_autocheckpoint = 1000')
}

/** A reading connection of a worker: SQLite refuses writes on it. */
export function prepareReader(connection: Connection): void {
  connection.pragma('query_only = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma('cache_size = -32768')
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
