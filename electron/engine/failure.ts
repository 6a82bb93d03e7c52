import { ORPCError } from '@orpc/server'
import { ERRORS, type ErrorCode } from '../../shared/contract/primitives.ts'
import type { VaultFailure } from '../vault/failures.ts'

/**
 * An error of the contract, to be thrown by a procedure. `message` says what happened, to what, what was kept and what
 * to do; without one the code's own sentence stands.
 */
export function failure(code: ErrorCode, message?: string): ORPCError<ErrorCode, undefined> {
  const { status, message: sentence } = ERRORS[code]
  return new ORPCError(code, { status, message: message ?? sentence })
}

const VAULT_CODES: Readonly<Record<VaultFailure['status'], ErrorCode>> = {
  missing: 'NOT_FOUND',
  exists: 'ALREADY_EXISTS',
  'not-a-ledger': 'NOT_A_LEDGER',
  truncated: 'DAMAGED',
  'wrong-passphrase': 'WRONG_PASSPHRASE',
  'wrong-key': 'WRONG_PASSPHRASE',
  damaged: 'DAMAGED',
  'in-use': 'IN_USE',
  unreadable: 'NOT_FOUND',
  'disk-full': 'DISK_FULL',
  'keychain-unavailable': 'KEYCHAIN_UNAVAILABLE',
  'not-remembered': 'KEYCHAIN_UNAVAILABLE',
}

/** What the vault refused, as the contract's error with the vault's own sentence. */
export const vaultError = ({ status, text }: VaultFailure) => failure(VAULT_CODES[status], text)
