/** Tells by its first bytes what a file is, and reads it so: never by its name. */
import { ArchiveReader } from './archive-reader.ts'
import { GzipReader } from './gzip-reader.ts'
import type { ByteReader, ImportRun } from './import-run.ts'
import { JsonReader } from './json-document.ts'
import { TextReader } from './text-reader.ts'

/** Enough to know a container by, and to get past spaces and marks before a JSON document. */
const PEEK = 64

export class FileReader implements ByteReader {
  readonly #run: ImportRun
  readonly #member: string | null
  readonly #rowsAre: 'bytes' | 'text'
  #reader: ByteReader | null = null
  #first: Uint8Array = new Uint8Array(0)

  /** `member`: the path inside an archive; containers inside it are not opened. */
  constructor(run: ImportRun, member: string | null, rowsAre: 'bytes' | 'text') {
    this.#run = run
    this.#member = member
    this.#rowsAre = rowsAre
  }

  async write(bytes: Uint8Array, last: boolean): Promise<string | null> {
    if (this.#reader !== null) return this.#reader.write(bytes, last)
    const head = this.#first.length === 0 ? bytes : Buffer.concat([this.#first, bytes])
    if (head.length < PEEK && !last) {
      this.#first = head.slice()
      return null
    }
    this.#first = new Uint8Array(0)
    const reader = this.#readerFor(head)
    if (typeof reader === 'string') return reader
    this.#reader = reader
    return reader.write(head, last)
  }

  #readerFor(head: Uint8Array): ByteReader | string {
    const isInside = this.#member !== null
    const name = this.#member ?? this.#run.options.fileName
    const inside = (member: string) => new FileReader(this.#run, member, 'text')
    if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) {
      return isInside
        ? `${name} is an archive inside an archive. Unpack it and import what is in it.`
        : new ArchiveReader(this.#run, inside)
    }
    if (head[0] === 0x1f && head[1] === 0x8b) {
      return isInside
        ? `${name} is packed once more. Unpack it and import what is in it.`
        : new GzipReader(this.#run, inside)
    }
    const strange = knownBinary(head)
    if (strange !== null) return `${name} is ${strange}, which Tallystick does not read. Export it as CSV.`
    if (WEB_PAGE.test(Buffer.from(head).toString('latin1')))
      return `${name} is a web page and no export: perhaps the one that asks to sign in. Nothing was read from it. Download the export again.`
    return beginsLikeJson(head)
      ? new JsonReader(this.#run, this.#member, this.#rowsAre)
      : new TextReader(this.#run, this.#member, this.#rowsAre)
  }
}

/** After the mark of a file in UTF-8, if it has one. */
const WEB_PAGE = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)\b/i

function knownBinary(head: Uint8Array): string | null {
  const begins = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte)
  if (begins(0x25, 0x50, 0x44, 0x46)) return 'a PDF'
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return 'a workbook of the old binary format (.xls)'
  if (begins(0x89, 0x50, 0x4e, 0x47) || begins(0xff, 0xd8, 0xff)) return 'a picture'
  return null
}

const OBJECT = 0x7b
const LIST = 0x5b
/** What a list can begin with whose elements are records: an object, a list, a text, or nothing. */
const IN_LIST = new Set([OBJECT, LIST, 0x22, 0x5d])

/** What numbers, true, false and null are written with, one after the other, and the end of their list. */
const BARE = new Set(Buffer.from('0123456789+-.eE,truefalsn \n\r\t\0]'))

/** An object, or a list of records or of nothing but numbers and words: a line of a table may begin with a bracket too. */
function beginsLikeJson(head: Uint8Array): boolean {
  const beginning = head.subarray(0, PEEK)
  let isInList = false
  for (const [at, byte] of beginning.entries()) {
    if (isInList ? IN_LIST.has(byte) : byte === OBJECT) return true
    const passes = byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0 || byte >= 0xbb
    if (!isInList && byte === LIST) isInList = true
    else if (!passes) return isInList && beginning.subarray(at).every((one) => BARE.has(one))
  }
  return false
}
