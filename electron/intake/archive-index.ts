/** The table of contents of a ZIP archive, with everything refused that no export has. */
export interface ArchiveEntry {
  readonly name: string
  readonly packed: number
  readonly size: number
  /** CRC-32 of what was packed. */
  readonly checkSum: number
  /** 0 stored, 8 deflated. */
  readonly method: number
  /** The packed bytes. */
  readonly bytes: Uint8Array
}

export interface ArchiveIndex {
  readonly entries: readonly ArchiveEntry[]
  readonly refused: readonly { readonly member: string; readonly reason: string }[]
}

const MOST_ENTRIES = 1_000
const LARGEST_MEMBER = 2 ** 31
const LARGEST_TOTAL = 2 ** 32
const HIGHEST_RATIO = 250
const RATIO_FROM = 16 * 1_048_576

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/** The index, or what is wrong with the archive as a whole. */
export function readArchiveIndex(bytes: Uint8Array): ArchiveIndex | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end < 0) return 'is damaged or cut short: its table of contents is missing'
  const count = view.getUint16(end + 10, true)
  if (count > MOST_ENTRIES) return `holds ${count} files; at most ${MOST_ENTRIES} are read`
  let at = view.getUint32(end + 16, true)
  const entries: ArchiveEntry[] = []
  const refused: { member: string; reason: string }[] = []
  let total = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY)
      return 'is damaged: its table of contents cannot be read'
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const entry = {
      name,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      checkSum: view.getUint32(at + 16, true),
    }
    const local = view.getUint32(at + 42, true)
    const locked = (view.getUint16(at + 8, true) & 1) === 1
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (name.endsWith('/') || isSystemFile(name)) continue
    total += entry.size
    if (total > LARGEST_TOTAL) return `unpacks to more than ${LARGEST_TOTAL / 2 ** 30} GiB`
    const reason = locked ? 'it is protected by a password; unpack it first' : reasonAgainst(entry)
    const packed = reason === null ? packedBytes(bytes, view, local, entry.packed) : null
    if (packed === null)
      refused.push({ member: name.slice(0, 200), reason: reason ?? 'its place in the archive is damaged' })
    else entries.push({ ...entry, bytes: packed })
  }
  return { entries, refused }
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 65_535)
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === END) return at
  return -1
}

/** What operating systems add to archives by themselves. */
const isSystemFile = (name: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\._)/i.test(name)

function reasonAgainst(entry: { name: string; method: number; packed: number; size: number }): string | null {
  const parts = entry.name.split(/[\\/]/)
  const escapes = /^([\\/]|[A-Za-z]:)/.test(entry.name) || parts.includes('..') || entry.name.includes('\0')
  if (escapes) return 'its path leads out of the archive'
  if (entry.method !== 0 && entry.method !== 8)
    return 'it is packed in a way that is not read here; pack it again as a plain ZIP'
  if (entry.size > LARGEST_MEMBER || entry.packed === 0xffffffff) return 'it is larger than 2 GiB; import it by itself'
  const isBomb = entry.size > RATIO_FROM && entry.size > entry.packed * HIGHEST_RATIO
  return isBomb ? `it would unpack to more than ${HIGHEST_RATIO} times its size` : null
}

function packedBytes(bytes: Uint8Array, view: DataView, local: number, packed: number): Uint8Array | null {
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) return null
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  return start + packed > bytes.length ? null : bytes.subarray(start, start + packed)
}
