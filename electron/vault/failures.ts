import { codeOf } from './cipher.ts'

/** Every way in which a ledger file does not open, or a copy is not made. `text` says what happened and what to do. */
export type VaultFailure = {
  readonly status:
    | 'missing'
    | 'exists'
    | 'not-a-ledger'
    | 'truncated'
    | 'wrong-passphrase'
    | 'wrong-key'
    | 'damaged'
    | 'in-use'
    | 'unreadable'
    | 'disk-full'
    | 'keychain-unavailable'
    | 'not-remembered'
  readonly text: string
  /** Whether a backup is the way on, so that the door offers to restore one. */
  readonly offerRestore: boolean
}

const RESTORE = 'Nothing was written. Restore a backup, or copy the file again from where it is whole.'

/** The failure of a name, with its text. `name` is the file's name, never its folder. */
export function failure(status: VaultFailure['status'], name: string, detail = ''): VaultFailure {
  const texts: Readonly<Record<VaultFailure['status'], string>> = {
    missing: `${name} is not there any more. It may have been moved or renamed.`,
    exists: `${name} exists already and was left as it is. Choose another name.`,
    'not-a-ledger': `${name} is not a Tallystick ledger${detail ? ` (${detail})` : ''}. Nothing was written.`,
    truncated: `${name} has been cut short: ${detail}. ${RESTORE}`,
    'wrong-passphrase': `${name}: wrong passphrase, or the first page is damaged. Try again; if the passphrase is surely right, restore a backup.`,
    'wrong-key': `${name}: this key does not open the file. It was printed for another ledger or before the passphrase was changed, or the first page is damaged.`,
    damaged: `${name} is damaged${detail ? ` (${detail})` : ''}. ${RESTORE}`,
    'in-use': `${name} is open elsewhere: ${detail}. Close it there first.`,
    unreadable: `${name} cannot be opened: ${detail}.`,
    'disk-full': `The disk is full. ${name} is as it was. Free some space and do it again.`,
    'keychain-unavailable': `The keychain of this computer cannot be reached${detail ? ` (${detail})` : ''}. Open ${name} with its passphrase.`,
    'not-remembered': `The keychain holds no key for ${name}. Open it with its passphrase.`,
  }
  const offerRestore =
    status === 'truncated' || status === 'damaged' || status === 'wrong-passphrase' || status === 'wrong-key'
  return { status, text: texts[status], offerRestore }
}

/** What SQLite or the file system said, as a failure; null where it is neither and must be thrown on. */
export function failureOf(error: unknown, name: string): VaultFailure | null {
  const code = codeOf(error)
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return failure('disk-full', name)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return failure('damaged', name)
  if (code.startsWith('SQLITE_BUSY')) return failure('in-use', name, 'another program has it open')
  if (code === 'ENOENT') return failure('missing', name)
  if (code === 'EEXIST') return failure('exists', name)
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_IOERR')
  ) {
    return failure('unreadable', name, error instanceof Error ? error.message : code)
  }
  return null
}
