import type Database from 'better-sqlite3'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { LedgerTables } from './schema.ts'

/** An open, keyed connection as `electron/vault` gives it. */
export type Connection = Database.Database

/** What SQLite takes as a bound value. */
export type Bound = string | number | bigint | Buffer | null

/** The typed query builder. It only compiles: a handle runs the result, synchronously. */
export const query = new Kysely<LedgerTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** The disk or its quota is full; the transaction was rolled back and nothing half written is left. */
export interface DiskFull {
  readonly status: 'disk-full'
  readonly text: string
}

export const DISK_FULL: DiskFull = {
  status: 'disk-full',
  text: 'The disk is full. Nothing of this step was written and the ledger is as it was. Free some space and do it again.',
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** True for every way in which SQLite says that it could not get room on the disk. */
export const isDiskFull = (error: unknown): boolean =>
  codeOf(error) === 'SQLITE_FULL' || codeOf(error) === 'ENOSPC' || codeOf(error) === 'SQLITE_IOERR_WRITE'

/** True where SQLite or the cipher found a page that is not what was written. */
export const isDamaged = (error: unknown): boolean =>
  codeOf(error).startsWith('SQLITE_CORRUPT') || codeOf(error) === 'SQLITE_NOTADB'
