import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { PAGE_BYTES } from './cipher.ts'
import { failure, failureOf, type VaultFailure } from './failures.ts'
import { SALT_BYTES } from './key.ts'

/** What other files begin with. An encrypted ledger begins with 16 random bytes. */
const FOREIGN: readonly (readonly [string, readonly number[]])[] = [
  ['a plain SQLite database', [...Buffer.from('SQLite format 3\0')]],
  ['a ZIP archive or a workbook', [0x50, 0x4b, 0x03, 0x04]],
  ['a PDF', [...Buffer.from('%PDF')]],
  ['a gzip file', [0x1f, 0x8b, 0x08]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a text file with a byte order mark', [0xef, 0xbb, 0xbf]],
]

const isText = (head: Buffer): boolean =>
  head.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127))

/**
 * Looks at a file before any passphrase is asked for: gives its salt, or names what it is instead. Must not be called on
 * a file that this process has open as a ledger: closing it would drop SQLite's locks.
 */
export function inspectLedgerFile(
  path: string,
): { readonly status: 'looks-right'; readonly salt: Buffer } | VaultFailure {
  const name = basename(path)
  const head = Buffer.alloc(SALT_BYTES)
  let size: number
  try {
    const stat = statSync(path)
    if (stat.isDirectory()) return failure('not-a-ledger', name, 'it is a folder')
    size = stat.size
    if (size === 0) return failure('not-a-ledger', name, 'it is empty')
    const file = openSync(path, 'r')
    try {
      readSync(file, head, 0, SALT_BYTES, 0)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    const known = failureOf(error, name)
    if (known) return known
    throw error
  }
  const foreign = FOREIGN.find(([, magic]) => magic.every((byte, i) => head[i] === byte))
  if (foreign) return failure('not-a-ledger', name, `it is ${foreign[0]}`)
  if (isText(head.subarray(0, Math.min(size, SALT_BYTES)))) return failure('not-a-ledger', name, 'it is a text file')
  if (size % PAGE_BYTES !== 0) {
    return failure('truncated', name, `its size of ${size} bytes is no whole number of ${PAGE_BYTES}-byte pages`)
  }
  return { status: 'looks-right', salt: head }
}
