import { randomBytes } from 'node:crypto'
import { deletePassword, getPassword, setPassword } from 'keytar/keytar.js'
import { afterEach, beforeEach, expect, type TestContext, test } from 'vitest'
import { forgetKey, KEYCHAIN_SERVICE, rememberKey } from '../../../electron/vault/keychain.ts'
import { changePassphrase } from '../../../electron/vault/passphrase.ts'
import { openVault } from '../../../electron/vault/vault.ts'
import { type Books, HOLDER, newBooks, PASSPHRASE, removeFolder, reopen } from '../ledger/books.ts'

/** Skips, by name and reason, where this computer has no keychain service or it is locked. */
async function needsKeychain(context: TestContext): Promise<void> {
  const account = `probe ${randomBytes(8).toString('hex')}`
  try {
    await setPassword('Tallystick tests', account, 'x')
    await deletePassword('Tallystick tests', account)
  } catch (error) {
    context.skip(`no keychain service here: ${error instanceof Error ? error.message : String(error)}`)
  }
}

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

test('a key kept in the keychain opens the ledger without the passphrase, until it is forgotten', async (context) => {
  await needsKeychain(context)
  const salt = Buffer.from(books.vault.key.salt)
  expect(await rememberKey(books.vault.key, 'Ada.tally')).toEqual({ status: 'remembered' })
  expect(await getPassword(KEYCHAIN_SERVICE, salt.toString('hex'))).toBe(books.vault.key.key.toString('base64'))
  books.close()
  books = await reopen(books.path, { keychain: true })
  expect(await forgetKey(salt, 'Ada.tally')).toEqual({ status: 'done', forgotten: true })
  books.close()
  expect(await openVault(books.path, { keychain: true }, { holder: HOLDER })).toMatchObject({
    status: 'not-remembered',
  })
  books = await reopen(books.path)
})

test('a new passphrase takes the old key out of the keychain', async (context) => {
  await needsKeychain(context)
  const salt = Buffer.from(books.vault.key.salt)
  await rememberKey(books.vault.key, 'Ada.tally')
  const changed = await changePassphrase(books.vault, PASSPHRASE, 'another one')
  expect(changed).toMatchObject({ status: 'changed', keychainVoid: true })
  expect(await getPassword(KEYCHAIN_SERVICE, salt.toString('hex'))).toBeNull()
  changed.vault.close()
  books = await reopen(books.path, { passphrase: 'another one' })
})

test('without a keychain service the passphrase is asked for, in words', async (context) => {
  const before = process.env.DBUS_SESSION_BUS_ADDRESS
  if (process.platform !== 'linux') context.skip('only a Linux session can be without a keychain service')
  books.close()
  process.env.DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent'
  const opened = await openVault(books.path, { keychain: true }, { holder: HOLDER })
  if (before === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS
  else process.env.DBUS_SESSION_BUS_ADDRESS = before
  expect(['keychain-unavailable', 'not-remembered']).toContain(opened.status)
  expect('text' in opened && opened.text).toContain('passphrase')
  books = await reopen(books.path)
})
