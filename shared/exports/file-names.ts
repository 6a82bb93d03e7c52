import type { Account } from '../events/account.ts'
import type { AccountId } from '../events/identifiers.ts'
import { oneLine, uniqueNames } from './unique-names.ts'

/** Names of accounts that any file system takes. */
export const fileNames = (accounts: readonly Account[]): ReadonlyMap<AccountId, string> =>
  uniqueNames<AccountId>(
    accounts.map(({ id, name }) => [id, name]),
    (wish) =>
      oneLine(wish.replace(/[^\p{L}\p{N} ._-]+/gu, ' '))
        .replace(/^[. ]+|[. ]+$/g, '')
        .slice(0, 60) || 'account',
  )
