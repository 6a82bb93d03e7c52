import { hash } from 'node:crypto'
import { KEY_BYTES } from './key.ts'

/** Crockford's alphabet: no I, L, O or U, which paper and hands confuse. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 8
const KEY_PER_GROUP = KEY_BYTES / GROUPS
const GROUP_LETTERS = 8

function checkByte(group: number, bytes: Uint8Array): number {
  return hash(
    'sha256',
    Buffer.concat([Buffer.from(`tallystick recovery group ${group}`), bytes]),
    'buffer',
  )[0] as number
}

/**
 * The key as eight groups of eight letters and digits, each carrying its own check, so that a slip of the pen can be
 * named. Opens the ledger without the passphrase, until the passphrase is changed.
 */
export function recoveryKeyText(key: Uint8Array): string {
  const groups: string[] = []
  for (let group = 0; group < GROUPS; group++) {
    const part = key.subarray(group * KEY_PER_GROUP, (group + 1) * KEY_PER_GROUP)
    let number = 0n
    for (const byte of [...part, checkByte(group, part)]) number = (number << 8n) | BigInt(byte)
    let text = ''
    for (let letter = GROUP_LETTERS - 1; letter >= 0; letter--)
      text += ALPHABET[Number((number >> BigInt(letter * 5)) & 31n)]
    groups.push(text)
  }
  return groups.join('-')
}

export type ParsedRecoveryKey =
  | { readonly status: 'key'; readonly key: Buffer }
  | { readonly status: 'mistyped'; readonly text: string }

/** Reads what was typed from a sheet, in either case, with any spaces and dashes; names the group that holds a slip. */
export function parseRecoveryKey(typed: string): ParsedRecoveryKey {
  const text = typed
    .toUpperCase()
    .replace(/[\s\-–—·.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (text.length !== GROUPS * GROUP_LETTERS) {
    return {
      status: 'mistyped',
      text: `A recovery key has ${GROUPS} groups of ${GROUP_LETTERS} letters and digits; this one has ${text.length} characters instead of ${GROUPS * GROUP_LETTERS}.`,
    }
  }
  const key = Buffer.alloc(KEY_BYTES)
  const wrong: number[] = []
  for (let group = 0; group < GROUPS; group++) {
    const part = readGroup(text.slice(group * GROUP_LETTERS, (group + 1) * GROUP_LETTERS))
    const bytes = part?.subarray(0, KEY_PER_GROUP)
    if (!part || !bytes || part[KEY_PER_GROUP] !== checkByte(group, bytes)) wrong.push(group + 1)
    else key.set(bytes, group * KEY_PER_GROUP)
  }
  if (wrong.length === 0) return { status: 'key', key }
  key.fill(0)
  const which =
    wrong.length === 1
      ? `Group ${wrong[0]} of the recovery key is`
      : `Groups ${wrong.join(', ')} of the recovery key are`
  return { status: 'mistyped', text: `${which} not as printed. Compare with the sheet and type it again.` }
}

function readGroup(text: string): Buffer | null {
  let number = 0n
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) return null
    number = (number << 5n) | BigInt(value)
  }
  return Buffer.from(number.toString(16).padStart(10, '0'), 'hex')
}
