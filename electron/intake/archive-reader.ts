/** A ZIP archive: its members are read one after the other, as they unpack; a workbook is a ZIP of its own kind. */
import { crc32 } from 'node:zlib'
import { Inflate } from 'fflate'
import { type ArchiveEntry, readArchiveIndex } from './archive-index.ts'
import { type ByteReader, CANCELLED, type ImportRun, type MemberReader } from './import-run.ts'
import { isWorkbook, readWorkbook } from './workbook.ts'

/** The packed archive is held in memory, because its table of contents stands at its end. */
const LARGEST_ARCHIVE = 256 * 1_048_576
const SLICE = 64 * 1024

export class ArchiveReader implements ByteReader {
  readonly #run: ImportRun
  readonly #memberReader: MemberReader
  #parts: Uint8Array[] = []
  #size = 0

  constructor(run: ImportRun, memberReader: MemberReader) {
    this.#run = run
    this.#memberReader = memberReader
  }

  async write(bytes: Uint8Array, last: boolean): Promise<string | null> {
    this.#size += bytes.length
    const name = this.#run.options.fileName
    if (this.#size > LARGEST_ARCHIVE) {
      this.#parts = []
      return `${name} is an archive of more than ${LARGEST_ARCHIVE / 1_048_576} MiB. Nothing was read from it. Unpack it and import what is in it.`
    }
    if (bytes.length > 0) this.#parts.push(bytes.slice())
    if (!last) return null
    const whole = Buffer.concat(this.#parts)
    this.#parts = []
    const index = readArchiveIndex(whole)
    if (typeof index === 'string') return `${name} ${index}. Nothing was read from it.`
    if (isWorkbook(index)) {
      const bad = index.entries.find((entry) => damageOf(entry) !== null)
      if (bad !== undefined)
        return `${name} is a workbook, but ${bad.name} in it is damaged. Nothing was read from it. Fetch the file again.`
      return readWorkbook(this.#run, whole, index)
    }
    for (const { member, reason } of index.refused) await this.#run.leaveOut(member, reason)
    if (index.entries.length === 0 && index.refused.length === 0) return `${name} is an archive without files.`
    for (const entry of index.entries) {
      const problem = await this.#readMember(entry)
      if (problem === CANCELLED) return problem
      if (problem !== null) await this.#run.leaveOut(entry.name, problem)
    }
    if (this.#run.tables > 0) return null
    const [first, ...others] = this.#run.leftOut
    const why = first === undefined ? '' : ` ${first.member}: ${first.reason}`.replace(/\.?$/, '.')
    const more =
      others.length === 0 ? '' : ` ${others.length} more of them ${others.length === 1 ? 'was' : 'were'} left out.`
    return `${name}: none of the files in it could be read.${why}${more}`
  }

  async #readMember(entry: ArchiveEntry): Promise<string | null> {
    const damage = damageOf(entry)
    if (damage !== null) return damage
    const reader = this.#memberReader(entry.name)
    for (const part of unpack(entry)) {
      const problem = await reader.write(part as Uint8Array, false)
      if (problem !== null) return problem
      if (this.#run.isCancelled) return CANCELLED
    }
    return reader.write(new Uint8Array(0), true)
  }
}

/** Unpacks a member once for nothing but to see that it is what was packed: damage is known before its first row is read. */
function damageOf(entry: ArchiveEntry): string | null {
  let size = 0
  let sum = 0
  for (const part of unpack(entry)) {
    if (part === null) return 'it is damaged: it could be unpacked only in part; fetch the archive again'
    size += part.length
    if (size > entry.size) return 'it unpacks to more than the archive says'
    sum = crc32(part, sum)
  }
  if (size === entry.size && sum === entry.checkSum) return null
  return 'it is damaged: what it unpacks to is not what was packed; fetch the archive again'
}

/** The member's bytes in parts; null where they cannot be unpacked any further. */
function* unpack(entry: ArchiveEntry): Generator<Uint8Array | null> {
  if (entry.method === 0) {
    for (let at = 0; at < entry.bytes.length; at += SLICE) yield entry.bytes.subarray(at, at + SLICE)
    return
  }
  let ready: Uint8Array[] = []
  const inflate = new Inflate((data) => {
    ready.push(data)
  })
  for (let at = 0; at < entry.bytes.length; at += SLICE) {
    const slice = entry.bytes.subarray(at, at + SLICE)
    try {
      inflate.push(slice, at + SLICE >= entry.bytes.length)
    } catch {
      yield* ready
      yield null
      return
    }
    yield* ready
    ready = []
  }
}
