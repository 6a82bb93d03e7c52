import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Kysely, type Migration, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writableLedger } from '../../electron/ledger/handles.ts'
import { appliedMigrations, migrate } from '../../electron/ledger/migrate.ts'
import { verify } from '../../electron/ledger/verify.ts'
import { countVisible } from '../../electron/ledger/visibility.ts'
import { backUp } from '../../electron/vault/backup.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { MIGRATIONS } from '../../migrations/index.ts'
import {
  type Books,
  buy,
  drain,
  HOLDER,
  importExports,
  newBooks,
  removeFolder,
  reopen,
} from '../electron/ledger/books.ts'

const unexpected = async (): Promise<never> => {
  throw new Error('no backup was called for')
}

test('migrations are numbered without gaps, and each has its file', () => {
  const names = Object.keys(MIGRATIONS)
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, n) => n + 1))
  const files = readdirSync(join(import.meta.dirname, '../../migrations')).filter((file) => /^\d/.test(file))
  expect(files.sort()).toEqual(names.map((name) => `${name}.ts`))
})

describe('an existing ledger', () => {
  let books: Books
  beforeEach(async () => {
    books = await newBooks()
    importExports(books.ledger, [[buy('a', 0, '1', '100', { note: 'kept' }), buy('b', 1, '2', '250')]])
    importExports(books.ledger, [[buy('a', 0, '1', '101', { note: 'kept' })]])
  })
  afterEach(() => {
    books.close()
    removeFolder(books.folder)
  })
  const rows = () => books.vault.connection.prepare('SELECT * FROM event ORDER BY id').all()

  /** A later release that keeps a colour with every event. */
  const later: Record<string, Migration> = {
    ...MIGRATIONS,
    '9999_colour': {
      up: async (db: Kysely<unknown>) => {
        await sql`ALTER TABLE event ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'`.execute(db)
      },
    },
  }

  test('of this version is left as it is', async () => {
    const before = rows()
    expect(await migrate(books.vault.connection, unexpected)).toEqual({ status: 'ready', applied: [] })
    expect(rows()).toEqual(before)
  })

  test('of an older version is backed up, verified and brought forward with its rows', async () => {
    const before = rows()
    const copy = join(books.folder, 'before.tally')
    const migrated = await migrate(books.vault.connection, async () => backUp(books.vault, copy), later)
    expect(migrated).toEqual({ status: 'ready', applied: ['9999_colour'] })
    expect(rows()).toEqual(before.map((row) => ({ ...(row as object), colour: 'grey' })))
    expect(drain(verify(books.ledger)).findings).toEqual([])
    const backup = await reopen(copy)
    expect(appliedMigrations(backup.vault.connection)).toEqual(Object.keys(MIGRATIONS))
    expect(countVisible(backup.ledger)).toBe(2)
    backup.close()
  })

  test('is not migrated when the backup fails', async () => {
    const refused = await migrate(
      books.vault.connection,
      async () => ({ status: 'disk-full', text: 'The disk is full.' }),
      later,
    )
    expect(refused).toMatchObject({ status: 'no-backup' })
    expect('text' in refused && refused.text).toContain('The disk is full.')
    expect(appliedMigrations(books.vault.connection)).toEqual(Object.keys(MIGRATIONS))
  })

  test('is as it was when a migration fails half way', async () => {
    const before = rows()
    const broken: Record<string, Migration> = {
      ...later,
      '0003_broken': {
        up: async (db: Kysely<unknown>) => {
          await sql`DELETE FROM leg`.execute(db)
          await sql`SELECT no_such_function()`.execute(db)
        },
      },
    }
    const failed = await migrate(books.vault.connection, async () => ({ status: 'done' }), broken)
    expect(failed).toMatchObject({ status: 'failed' })
    expect('text' in failed && failed.text).toContain('0003_broken')
    expect(rows()).toEqual(before)
    expect(writableLedger(books.vault.connection).value('SELECT count(*) FROM leg')).toBe(6)
    expect(appliedMigrations(books.vault.connection)).toEqual(Object.keys(MIGRATIONS))
  })

  test('of a newer version is refused by name and left as it is', async () => {
    await migrate(books.vault.connection, async () => ({ status: 'done' }), later)
    const before = rows()
    const refused = await migrate(books.vault.connection, unexpected)
    expect(refused).toMatchObject({ status: 'newer', unknown: ['9999_colour'] })
    expect('text' in refused && refused.text).toContain('9999_colour')
    expect(rows()).toEqual(before)
  })
})

test('a new ledger needs no backup before its first migration', async () => {
  const books = await newBooks()
  const created = await createVault(join(books.folder, 'New.tally'), 'x', { holder: HOLDER })
  if (created.status !== 'open') throw new Error(created.text)
  expect(await migrate(created.vault.connection, unexpected)).toEqual({
    status: 'ready',
    applied: Object.keys(MIGRATIONS),
  })
  created.vault.close()
  books.close()
  removeFolder(books.folder)
})
