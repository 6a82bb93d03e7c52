/** Which encoding a text file is in, and its units as text. */
import { isAscii, isUtf8 } from 'node:buffer'
import type { Encoding } from './messages.ts'
import type { Units } from './records.ts'

export interface FoundEncoding {
  readonly encoding: Encoding
  /** Bytes of the mark at the beginning. */
  readonly bom: number
}

/** Judges by the mark at the beginning, else by where zero bytes stand, else by whether it is UTF-8. */
export function findEncoding(head: Uint8Array): FoundEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 }
  const even = zeros(head, 0)
  const odd = zeros(head, 1)
  const pairs = Math.min(head.length, 4096) / 2
  if (odd > pairs * 0.6 && even < pairs * 0.1) return { encoding: 'utf-16le', bom: 0 }
  if (even > pairs * 0.6 && odd < pairs * 0.1) return { encoding: 'utf-16be', bom: 0 }
  return { encoding: isUtf8(wholeCharacters(head)) ? 'utf-8' : 'windows-1252', bom: 0 }
}

function zeros(head: Uint8Array, from: number): number {
  let count = 0
  for (let i = from; i < Math.min(head.length, 4096); i += 2) if (head[i] === 0) count++
  return count
}

/** Without a character that the end of the head cuts in two. */
function wholeCharacters(head: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, head.length); back++) {
    const byte = head[head.length - back] as number
    if (byte < 0x80) return head
    if (byte >= 0xc0) return head.subarray(0, head.length - back)
  }
  return head
}

const windows1252 = new TextDecoder('windows-1252')
const utf16 = new TextDecoder('utf-16le')

/** The text of whole records. Bytes that are no UTF-8 in a file taken for it are read as Windows-1252. */
export function textOf(units: Units, encoding: Encoding): string {
  if (units instanceof Uint16Array) return utf16.decode(units)
  const bytes = Buffer.from(units.buffer, units.byteOffset, units.byteLength)
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (encoding === 'utf-8' && isUtf8(bytes)) return bytes.toString('utf8')
  return windows1252.decode(bytes)
}

/** Turns pushed bytes into units: themselves, or pairs of them in the machine's order. */
export class UnitReader {
  readonly #wide: boolean
  readonly #swap: boolean
  #odd: number | null = null

  constructor(encoding: Encoding) {
    this.#wide = encoding === 'utf-16le' || encoding === 'utf-16be'
    this.#swap = encoding === 'utf-16be'
  }

  /** Bytes per unit. */
  get size(): 1 | 2 {
    return this.#wide ? 2 : 1
  }

  read(bytes: Uint8Array): Units {
    if (!this.#wide) return bytes
    const total = bytes.length + (this.#odd === null ? 0 : 1)
    const units = new Uint16Array(total >> 1)
    const lowFirst = this.#swap ? 0 : 1
    for (let i = 0, at = this.#odd === null ? 0 : -1; i < units.length; i++, at += 2) {
      const first = at < 0 ? (this.#odd as number) : (bytes[at] as number)
      const second = bytes[at + 1] as number
      units[i] = lowFirst === 1 ? first | (second << 8) : (first << 8) | second
    }
    this.#odd = total % 2 === 1 ? (bytes[bytes.length - 1] ?? this.#odd) : null
    return units
  }
}
