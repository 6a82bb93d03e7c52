/** A gzip file: one file inside, unpacked as it streams in. */
import { crc32 } from 'node:zlib'
import { Gunzip } from 'fflate'
import { type ByteReader, CANCELLED, type ImportRun, type MemberReader } from './import-run.ts'

/** What text can hardly reach when packed, and a bomb needs. Small files are let be. */
export const HIGHEST_RATIO = 250
const RATIO_FROM = 64 * 1_048_576
const SLICE = 64 * 1024
/** Check sum and size, four bytes each. */
const TAIL = 8

export class GzipReader implements ByteReader {
  readonly #run: ImportRun
  readonly #inner: ByteReader
  readonly #gunzip: Gunzip
  #ready: Uint8Array[] = []
  #packed = 0
  #unpacked = 0
  /** Of what was unpacked, which a file of one member states in its last eight bytes. */
  #checkSum = 0
  /** Members after the first: only the last one's check sum stands at the end of the file. */
  #furtherMembers = 0
  #tail: Uint8Array = new Uint8Array(0)

  constructor(run: ImportRun, memberReader: MemberReader) {
    this.#run = run
    this.#inner = memberReader(run.options.fileName.replace(/\.gz$/i, ''))
    this.#gunzip = new Gunzip((data) => {
      this.#ready.push(data)
    })
    this.#gunzip.onmember = () => {
      this.#furtherMembers++
    }
  }

  async write(bytes: Uint8Array, last: boolean): Promise<string | null> {
    const name = this.#run.options.fileName
    for (let at = 0; at < bytes.length; at += SLICE) {
      const slice = bytes.subarray(at, at + SLICE)
      this.#packed += slice.length
      this.#keepTail(slice)
      const broken = this.#unpack(slice, false)
      const problem = await this.#pass(false)
      if (problem !== null) return problem
      if (broken) return this.#damaged(name)
      if (this.#unpacked > RATIO_FROM && this.#unpacked > this.#packed * HIGHEST_RATIO) {
        return `${name} unpacks to more than ${HIGHEST_RATIO} times its size. Reading was stopped there, and nothing of it is taken.`
      }
      if (this.#run.isCancelled) return CANCELLED
    }
    if (!last) return null
    if (this.#unpack(new Uint8Array(0), true)) return this.#damaged(name)
    const problem = await this.#pass(true)
    return problem ?? (this.#isWhole() ? null : this.#damaged(name))
  }

  #keepTail(slice: Uint8Array): void {
    this.#tail = slice.length >= TAIL ? slice.slice(-TAIL) : Buffer.concat([this.#tail, slice]).subarray(-TAIL)
  }

  #isWhole(): boolean {
    if (this.#furtherMembers > 0) return true
    if (this.#tail.length < TAIL) return false
    const stated = new DataView(this.#tail.buffer, this.#tail.byteOffset, TAIL)
    return stated.getUint32(0, true) === this.#checkSum && stated.getUint32(4, true) === this.#unpacked % 2 ** 32
  }

  /** True where the bytes are no gzip. */
  #unpack(bytes: Uint8Array, last: boolean): boolean {
    try {
      this.#gunzip.push(bytes, last)
      return false
    } catch {
      return true
    }
  }

  async #pass(last: boolean): Promise<string | null> {
    const ready = this.#ready
    this.#ready = []
    for (const data of ready) {
      this.#unpacked += data.length
      this.#checkSum = crc32(data, this.#checkSum)
      const problem = await this.#inner.write(data, false)
      if (problem !== null) return problem
    }
    return last ? this.#inner.write(new Uint8Array(0), true) : null
  }

  async #damaged(name: string): Promise<string> {
    await this.#pass(true)
    return `${name} is damaged or cut short: it could not be unpacked as it was packed. Nothing of it is taken; fetch the file again.`
  }
}
