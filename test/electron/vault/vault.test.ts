import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readable } from '../../../electron/ledger/handles.ts'
import { countVisible } from '../../../electron/ledger/visibility.ts'
import { backUp, backUpInWorker, restoreBackup } from '../../../electron/vault/backup.ts'
import { connectPlain } from '../../../electron/vault/cipher.ts'
import { deriveKey, NEWEST_FORMAT } from '../../../electron/vault/key.ts'
import { inspectLedgerFile } from '../../../electron/vault/ledger-file.ts'
import { changePassphrase, isPassphrase } from '../../../electron/vault/passphrase.ts'
import { recoveryKeyText } from '../../../electron/vault/recovery-sheet.ts'
import { createVault, openReader, openVault } from '../../../electron/vault/vault.ts'
import {
  buy,
  drain,
  HOLDER,
  importExports,
  newBooks,
  newFolder,
  PASSPHRASE,
  removeFolder,
  reopen,
} from '../ledger/books.ts'

let folder: string
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => removeFolder(folder))

const MEMO = 'paid Aunt Augusta for the clock'

/** A closed ledger with two events. */
async function closedLedger(): Promise<string> {
  const books = await newBooks(folder)
  importExports(books.ledger, [[buy('a', 0, '1', '100', { note: MEMO }), buy('b', 1, '2', '250')]])
  books.close()
  return books.path
}

const open = (path: string, passphrase = PASSPHRASE) => openVault(path, { passphrase }, { holder: HOLDER })

describe('a ledger file', () => {
  test('is one file when closed, and opens with its passphrase', async () => {
    const path = await closedLedger()
    expect(readdirSync(folder)).toEqual(['Ada.tally'])
    const books = await reopen(path)
    expect(countVisible(books.ledger)).toBe(2)
    books.close()
    expect(readdirSync(folder)).toEqual(['Ada.tally'])
  })

  test('begins with its salt and shows nothing of what is in it, open or closed', async () => {
    const books = await newBooks(folder)
    importExports(books.ledger, [[buy('a', 0, '1', '100', { note: MEMO })]])
    const salt = Buffer.from(books.vault.key.salt)
    const plain = (): string[] =>
      readdirSync(folder).filter((name) => {
        const bytes = readFileSync(join(folder, name))
        return (
          bytes.includes(MEMO) ||
          bytes.includes('kraken') ||
          bytes.includes('SQLite format') ||
          bytes.includes('CREATE TABLE')
        )
      })
    expect(plain()).toEqual([])
    books.close()
    expect(plain()).toEqual([])
    expect(readFileSync(books.path).subarray(0, 16).equals(salt)).toBe(true)
  })

  test('is kept in a log that is synced, with deleted rows overwritten, and no temporary file', async () => {
    const books = await newBooks(folder)
    const pragma = (name: string): unknown => books.vault.connection.pragma(name, { simple: true })
    expect(
      ['journal_mode', 'synchronous', 'secure_delete', 'temp_store', 'foreign_keys', 'page_size'].map(pragma),
    ).toEqual(['wal', 2, 1, 2, 1, 4096])
    books.close()
  })

  test('takes the same passphrase in another Unicode form', async () => {
    const created = await createVault(join(folder, 'ü.tally'), 'Zu\u0308rich ﬁne', { holder: HOLDER })
    if (created.status !== 'open') throw new Error(created.text)
    created.vault.close()
    expect(statSync(join(folder, 'ü.tally')).mode & 0o077).toBe(0)
    const opened = await open(join(folder, 'ü.tally'), 'Zürich fine')
    expect(opened.status).toBe('open')
    if (opened.status === 'open') opened.vault.close()
  })

  test('refuses a wrong passphrase and says that the first page may be damaged', async () => {
    const path = await closedLedger()
    const before = readFileSync(path)
    const opened = await open(path, 'wrong')
    expect(opened).toMatchObject({ status: 'wrong-passphrase', offerRestore: true })
    expect('text' in opened && opened.text).toContain('first page is damaged')
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['Ada.tally'])
  })

  test('is never written over by a new one', async () => {
    const path = await closedLedger()
    const before = readFileSync(path)
    expect(await createVault(path, 'other', { holder: HOLDER })).toMatchObject({ status: 'exists' })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('that is gone is named as missing', async () => {
    expect(await open(join(folder, 'No.tally'))).toMatchObject({ status: 'missing' })
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj')],
    ['a text file', Buffer.from('Date,Type,Amount,Fee,Asset\n2024-01-01')],
    ['a plain SQLite database', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)])],
    ['it is empty', Buffer.alloc(0)],
  ])('that is really %s is said to be that, before any passphrase', async (what, bytes) => {
    const path = join(folder, 'Odd.tally')
    writeFileSync(path, bytes)
    const looks = inspectLedgerFile(path)
    expect(looks).toMatchObject({ status: 'not-a-ledger' })
    expect('text' in looks && looks.text).toContain(what)
    expect(await open(path)).toMatchObject({ status: 'not-a-ledger' })
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  test('that was cut short is named as truncated, with restore offered', async () => {
    const path = await closedLedger()
    const file = openSync(path, 'r+')
    ftruncateSync(file, statSync(path).size - 1000)
    closeSync(file)
    expect(await open(path)).toMatchObject({ status: 'truncated', offerRestore: true })
  })

  test('that lacks whole pages at its end is damaged: verify or opening says so, nothing throws', async () => {
    const path = await closedLedger()
    const file = openSync(path, 'r+')
    ftruncateSync(file, statSync(path).size - 8 * 4096)
    closeSync(file)
    const opened = await open(path)
    if (opened.status !== 'open') {
      expect(opened).toMatchObject({ status: 'damaged', offerRestore: true })
      return
    }
    const { verify } = await import('../../../electron/ledger/verify.ts')
    expect(drain(verify(readable(opened.vault.connection))).ok).toBe(false)
    opened.vault.close()
  })

  test('with one bit flipped anywhere is either refused or found by verify', async () => {
    const path = await closedLedger()
    const { verify } = await import('../../../electron/ledger/verify.ts')
    const size = statSync(path).size
    const copy = join(folder, 'Flipped.tally')
    const key = await deriveKey(PASSPHRASE, readFileSync(path).subarray(0, 16), NEWEST_FORMAT)
    const missed: number[] = []
    for (let n = 0; n < 60; n++) {
      const at = Math.floor((n / 60) * size) + (n % 17)
      copyFileSync(path, copy)
      const byte = readFileSync(copy)[at] as number
      const file = openSync(copy, 'r+')
      writeSync(file, Buffer.from([byte ^ (1 << (n % 8))]), 0, 1, at)
      closeSync(file)
      const opened = await openVault(copy, { key }, { holder: HOLDER })
      if (opened.status !== 'open') {
        expect(['wrong-key', 'damaged']).toContain(opened.status)
        continue
      }
      const unused = opened.vault.connection.pragma('freelist_count', { simple: true }) as number
      const { ok, findings } = drain(verify(readable(opened.vault.connection)))
      if (ok && unused === 0) missed.push(at)
      for (const { check, text } of findings)
        if (check === 'pages') expect(text).toMatch(/page .*is damaged.* Restore a backup\.$/i)
      opened.vault.close()
    }
    expect(missed).toEqual([])
  })

  test('of another program under the same key is not taken for ours', async () => {
    const path = await closedLedger()
    const opened = await open(path)
    if (opened.status !== 'open') throw new Error(opened.text)
    opened.vault.connection.pragma('application_id = 7')
    opened.vault.close()
    expect(await open(path)).toMatchObject({ status: 'not-a-ledger' })
  })
})

describe('keys', () => {
  test('locking zeroes the key in every thread that was given it', async () => {
    const books = await newBooks(folder)
    const shared = new Uint8Array(books.vault.key.shared)
    expect(shared.some((byte) => byte !== 0)).toBe(true)
    books.close()
    expect(shared.every((byte) => byte === 0)).toBe(true)
  })

  test('a worker reads through the shared key and cannot write', async () => {
    const books = await newBooks(folder)
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    const reader = openReader(books.path, books.vault.key.shared)
    expect(countVisible(readable(reader))).toBe(1)
    expect(() => reader.exec('DELETE FROM event')).toThrow(/readonly|read-only|query_only/)
    reader.close()
    books.close()
  })

  test('the recovery key opens the ledger without the passphrase', async () => {
    const books = await newBooks(folder)
    const sheet = recoveryKeyText(books.vault.key.key)
    books.close()
    const opened = await reopen(books.path, { recovery: sheet.toLowerCase().replaceAll('-', ' ') })
    opened.close()
  })

  test('a slip on the recovery key is named by its group', async () => {
    const path = await closedLedger()
    const opened = await reopen(path)
    const sheet = recoveryKeyText(opened.vault.key.key)
    opened.close()
    const groups = sheet.split('-')
    groups[2] = `${groups[2]?.[0] === '7' ? '8' : '7'}${groups[2]?.slice(1)}`
    const tried = await openVault(path, { recovery: groups.join('-') }, { holder: HOLDER })
    expect(tried).toMatchObject({ status: 'wrong-key' })
    expect('text' in tried && tried.text).toContain('Group 3')
  })
})

describe('changing the passphrase', () => {
  test('the new one opens, the old one and the old sheet no longer do', async () => {
    const books = await newBooks(folder)
    importExports(books.ledger, [[buy('a', 0, '1', '100', { note: MEMO })]])
    const sheet = recoveryKeyText(books.vault.key.key)
    const salt = Buffer.from(books.vault.key.salt)
    const changed = await changePassphrase(books.vault, PASSPHRASE, 'another one, longer')
    expect(changed.status).toBe('changed')
    expect(await isPassphrase(changed.vault, 'another one, longer')).toBe(true)
    expect(readFileSync(books.path).subarray(0, 16).equals(salt)).toBe(false)
    changed.vault.close()
    expect(readdirSync(folder)).toEqual(['Ada.tally'])
    expect(await open(books.path)).toMatchObject({ status: 'wrong-passphrase' })
    expect(await openVault(books.path, { recovery: sheet }, { holder: HOLDER })).toMatchObject({ status: 'wrong-key' })
    const again = await reopen(books.path, { passphrase: 'another one, longer' })
    expect(countVisible(again.ledger)).toBe(1)
    again.close()
  })

  test('a wrong current passphrase changes nothing', async () => {
    const books = await newBooks(folder)
    const refused = await changePassphrase(books.vault, 'not it', 'another')
    expect(refused).toMatchObject({ status: 'refused', failure: { status: 'wrong-passphrase' }, reopened: false })
    books.close()
    ;(await reopen(books.path)).close()
  })

  test('while something still reads the ledger, it is refused and the ledger stays open under the old one', async () => {
    const books = await newBooks(folder)
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    const reader = openReader(books.path, books.vault.key.shared)
    reader.prepare('SELECT count(*) FROM event').get()
    const refused = await changePassphrase(books.vault, PASSPHRASE, 'another')
    expect(refused).toMatchObject({ status: 'refused', failure: { status: 'in-use' }, reopened: true })
    reader.close()
    refused.vault.close()
    ;(await reopen(books.path)).close()
  })

  test('a copy left by a crash before the rename is ignored and removed', async () => {
    const path = await closedLedger()
    writeFileSync(`${path}-rekey`, randomBytes(8192))
    const books = await reopen(path)
    expect(countVisible(books.ledger)).toBe(2)
    expect(existsSync(`${path}-rekey`)).toBe(false)
    books.close()
  })
})

describe('one engine per ledger', () => {
  test('a second door is told who holds it', async () => {
    const books = await newBooks(folder)
    const second = await openVault(
      books.path,
      { passphrase: PASSPHRASE },
      { holder: { door: 'the terminal', pid: 1, since: 0 } },
    )
    expect(second).toMatchObject({ status: 'in-use' })
    expect('text' in second && second.text).toContain('a test')
    expect('text' in second && second.text).toContain(String(process.pid))
    books.close()
    ;(await reopen(books.path)).close()
  })

  test('a lock file that nobody holds stands in nobody’s way', async () => {
    const path = await closedLedger()
    writeFileSync(`${path}-lock`, '')
    writeFileSync(`${path}-lock-holder`, '{"door":"a dead one","pid":99,"since":0}')
    ;(await reopen(path)).close()
  })

  test('a lock held by another connection keeps even the right passphrase out', async () => {
    const path = await closedLedger()
    const other = connectPlain(`${path}-lock`)
    other.exec('BEGIN EXCLUSIVE')
    expect(await open(path)).toMatchObject({ status: 'in-use' })
    other.close()
  })
})

describe('backup and restore', () => {
  test('a backup of an open ledger opens with its passphrase and holds the same', async () => {
    const books = await newBooks(folder)
    importExports(books.ledger, [[buy('a', 0, '1', '100', { note: MEMO })]])
    const target = join(folder, 'Ada backup.tally')
    expect(backUp(books.vault, target)).toMatchObject({ status: 'done' })
    expect(backUp(books.vault, target)).toMatchObject({ status: 'exists' })
    books.close()
    expect(readFileSync(target).includes(MEMO)).toBe(false)
    const copy = await reopen(target)
    expect(countVisible(copy.ledger)).toBe(1)
    copy.close()
  })

  test.runIf(process.platform !== 'win32')('every copy is for this user alone, like the ledger itself', async () => {
    const mode = (path: string) => statSync(path).mode & 0o777
    const books = await newBooks(folder)
    const backup = join(folder, 'Ada backup.tally')
    expect(backUp(books.vault, backup)).toMatchObject({ status: 'done' })
    expect(mode(backup)).toBe(0o600)
    chmodSync(backup, 0o644)
    expect(restoreBackup(backup, join(folder, 'Ada again.tally'))).toMatchObject({ status: 'done' })
    expect(mode(join(folder, 'Ada again.tally'))).toBe(0o600)
    const changed = await changePassphrase(books.vault, PASSPHRASE, 'another one, longer')
    expect(changed.status).toBe('changed')
    changed.vault.close()
    expect(mode(books.path)).toBe(0o600)
  })

  test('a worker makes the backup on a connection of its own', async () => {
    const books = await newBooks(folder)
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    const target = join(folder, 'by worker.tally')
    expect(backUpInWorker(books.path, books.vault.key.shared, target)).toMatchObject({ status: 'done' })
    books.close()
    const copy = await reopen(target)
    expect(countVisible(copy.ledger)).toBe(1)
    copy.close()
  })

  test('a restored backup stands beside the damaged ledger and never takes its place', async () => {
    const path = await closedLedger()
    const backup = join(folder, 'backup.tally')
    copyFileSync(path, backup)
    expect(restoreBackup(backup, path)).toMatchObject({ status: 'exists' })
    expect(restoreBackup(backup, join(folder, 'Ada (restored).tally'))).toMatchObject({ status: 'done' })
    ;(await reopen(join(folder, 'Ada (restored).tally'))).close()
    writeFileSync(backup, 'no ledger at all')
    expect(restoreBackup(backup, join(folder, 'Other.tally'))).toMatchObject({ status: 'not-a-ledger' })
    expect(existsSync(join(folder, 'Other.tally'))).toBe(false)
  })
})
