import { Kysely, type Migration, Migrator, SqliteAdapter, SqliteDialect } from 'kysely'
import { MIGRATIONS } from '../../migrations/index.ts'
import { type Connection, DISK_FULL, type DiskFull, isDiskFull } from './sqlite.ts'

/** DDL is transactional in SQLite, so that a crash inside a migration leaves the version before. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class LedgerDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

export type MigrateResult =
  | { readonly status: 'ready'; readonly applied: readonly string[] }
  | { readonly status: 'newer'; readonly unknown: readonly string[]; readonly text: string }
  | { readonly status: 'no-backup'; readonly text: string }
  | { readonly status: 'failed'; readonly text: string }
  | DiskFull

/** The migrations a file has had, oldest first; empty for a new file. */
export function appliedMigrations(connection: Connection): string[] {
  const table = connection.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'kysely_migration'`).get()
  if (!table) return []
  return connection.prepare<[], string>('SELECT name FROM kysely_migration ORDER BY name').pluck().all()
}

/**
 * Brings a file to this program's schema. A file with a migration this program does not know is refused by name. Before
 * the first step on an existing file `backUp` makes and verifies an encrypted copy; where it cannot, nothing is changed.
 * All steps are one transaction. `migrations` is the program's own list; tests add to it.
 */
export async function migrate(
  connection: Connection,
  backUp: () => Promise<{ readonly status: 'done' } | { readonly status: string; readonly text: string }>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<MigrateResult> {
  const had = appliedMigrations(connection)
  const unknown = had.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) {
    return {
      status: 'newer',
      unknown,
      text: `This ledger was written by a newer version of Tallystick (it has ${unknown.join(', ')}). Nothing was changed. Install that version to open it.`,
    }
  }
  if (had.length === Object.keys(migrations).length) return { status: 'ready', applied: [] }
  if (had.length > 0) {
    const backup = await backUp()
    if (backup.status !== 'done') {
      const why = 'text' in backup ? backup.text : ''
      return {
        status: 'no-backup',
        text: `The ledger must be brought to this version's format, but the backup before that failed, so nothing was changed. ${why}`.trim(),
      }
    }
  }
  const kysely = new Kysely<unknown>({ dialect: new LedgerDialect({ database: connection }) })
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    if (isDiskFull(error)) return DISK_FULL
    const step = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown step'
    const why = error instanceof Error ? error.message : String(error)
    return { status: 'failed', text: `Migration ${step} failed and was rolled back; the ledger is as it was. ${why}` }
  }
  return { status: 'ready', applied: (results ?? []).map((result) => result.migrationName) }
}
