import { deletePassword, getPassword, setPassword } from 'keytar/keytar.js'
import { failure, type VaultFailure } from './failures.ts'
import { KEY_BYTES, type KeyMaterial, keyMaterial } from './key.ts'

/** The name under which people find the items in their keychain. */
export const KEYCHAIN_SERVICE = 'Tallystick'

const accountOf = (salt: Uint8Array): string => Buffer.from(salt).toString('hex')

const unavailable = (error: unknown, name: string): VaultFailure =>
  failure('keychain-unavailable', name, error instanceof Error ? error.message : '')

/** Keeps the key in the operating system's keychain, for opening without the passphrase. Asked for by the user, never by default. */
export async function rememberKey(
  key: KeyMaterial,
  name: string,
): Promise<{ readonly status: 'remembered' } | VaultFailure> {
  try {
    await setPassword(KEYCHAIN_SERVICE, accountOf(key.salt), key.key.toString('base64'))
    return { status: 'remembered' }
  } catch (error) {
    return unavailable(error, name)
  }
}

/** The key of the ledger file that begins with `salt`, from the keychain. */
export async function recallKey(salt: Uint8Array, name: string): Promise<KeyMaterial | VaultFailure> {
  let stored: string | null
  try {
    stored = await getPassword(KEYCHAIN_SERVICE, accountOf(salt))
  } catch (error) {
    return unavailable(error, name)
  }
  const key = stored === null ? null : Buffer.from(stored, 'base64')
  if (key?.length !== KEY_BYTES) return failure('not-remembered', name)
  return keyMaterial(key, Buffer.from(salt))
}

/** Takes the key out of the keychain; `forgotten: false` where there was none. */
export async function forgetKey(
  salt: Uint8Array,
  name: string,
): Promise<{ readonly status: 'done'; readonly forgotten: boolean } | VaultFailure> {
  try {
    return { status: 'done', forgotten: await deletePassword(KEYCHAIN_SERVICE, accountOf(salt)) }
  } catch (error) {
    return unavailable(error, name)
  }
}
