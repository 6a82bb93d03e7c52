/** A JSON document, read as a whole: its size is bounded, its elements are the rows. */
import { hash } from 'node:crypto'
import { recogniseTable } from '../../shared/sources/registry.ts'
import type { TableHeader } from '../../shared/sources/source-format.ts'
import { findEncoding, textOf, UnitReader } from './encoding.ts'
import type { ByteReader, ImportRun } from './import-run.ts'
import { CANCELLED } from './import-run.ts'
import { listElements } from './json-lists.ts'
import { TableRun } from './table-run.ts'

/** A larger document is refused: it has to fit into memory several times over. */
const LARGEST_DOCUMENT = 256 * 1_048_576

export class JsonReader implements ByteReader {
  readonly #run: ImportRun
  readonly #member: string | null
  readonly #rowsAre: 'bytes' | 'text'
  #parts: Uint8Array[] = []
  #size = 0

  constructor(run: ImportRun, member: string | null, rowsAre: 'bytes' | 'text') {
    this.#run = run
    this.#member = member
    this.#rowsAre = rowsAre
  }

  async write(bytes: Uint8Array, last: boolean): Promise<string | null> {
    const name = this.#member ?? this.#run.options.fileName
    this.#size += bytes.length
    if (this.#size > LARGEST_DOCUMENT) {
      this.#parts = []
      return `${name} is a JSON document of more than ${LARGEST_DOCUMENT / 1_048_576} MiB. Nothing was read from it. Split it into documents by year.`
    }
    if (bytes.length > 0) this.#parts.push(bytes.slice())
    return last ? this.#read(Buffer.concat(this.#parts), name) : null
  }

  async #read(bytes: Buffer, name: string): Promise<string | null> {
    this.#parts = []
    const { encoding, bom } = findEncoding(bytes)
    const text = textOf(new UnitReader(encoding).read(bytes.subarray(bom)), encoding)
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return `${name} begins like JSON but is none: ${error.message}. Nothing was read from it. If it was cut off on its way, get it again.`
    }
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return this.#run.unknownText(name, 'document')
    const schema = 'schema' in json && typeof json.schema === 'string' ? json.schema : ''
    const header: TableHeader = { row: 0, names: Object.keys(json), fileName: name, sample: [], preamble: [schema] }
    const candidates = recogniseTable(header, this.#run.formats).filter(({ format }) => format.document !== undefined)
    if (candidates.length === 0) return this.#run.unknownText(name, 'document')
    const table = new TableRun(
      {
        table: this.#run.nextTable(),
        member: this.#member,
        sheet: null,
        rowsAre: this.#rowsAre,
        encoding,
        delimiter: null,
        header,
        candidates,
        mark: '.',
      },
      this.#run.options,
    )
    const bytesBefore = byteCounter(text, encoding === 'utf-8')
    const lists = listElements(text)
    if (lists.twice !== null) {
      return `${name} cannot be read, nothing was taken from it: its member “${lists.twice.slice(0, 80)}” stands in it more than once. Put both together, or take one out, and import it again.`
    }
    const elements = lists.elements
      .filter(({ list }) => candidates[0]?.format.document?.lists.includes(list))
      .map((element, i) => ({ ...element, row: i + 1 }))
    for (const { row, start, length } of elements) {
      const content = text.slice(start, start + length)
      const at = bytesBefore(start)
      table.expect(row, {
        start: this.#rowsAre === 'bytes' && encoding === 'utf-8' ? bom + at : null,
        length: bytesBefore(start + length) - at,
        hash: hash('sha256', content),
        text: () => content,
      })
    }
    const problems = table.document({ json, elements })
    if (problems !== null) {
      return `${name} cannot be read, nothing was taken from it: ${problems.join('; ')}. Correct the document and import it again.`
    }
    if (this.#run.isCancelled) return CANCELLED
    await this.#run.finish(table)
    return null
  }
}

/** Bytes of UTF-8 before a place in the text; places must be asked for in ascending order. */
function byteCounter(text: string, isUtf8: boolean): (at: number) => number {
  let place = 0
  let bytes = 0
  return (at) => {
    bytes += isUtf8 ? Buffer.byteLength(text.slice(place, at)) : at - place
    place = at
    return bytes
  }
}
