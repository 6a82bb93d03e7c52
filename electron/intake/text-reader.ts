import { DelimitedText } from './delimited-text.ts'
import { type ByteReader, CANCELLED, type ImportRun } from './import-run.ts'

/** Reads delimited text into one table. */
export class TextReader implements ByteReader {
  readonly #run: ImportRun
  readonly #text: DelimitedText
  readonly #name: string
  #given = 0
  #isUnknown = false

  constructor(run: ImportRun, member: string | null, rowsAre: 'bytes' | 'text') {
    this.#run = run
    this.#name = member ?? run.options.fileName
    this.#text = new DelimitedText({ table: run.nextTable(), member, rowsAre, formats: run.formats }, run.options)
  }

  async write(bytes: Uint8Array, last: boolean): Promise<string | null> {
    if (this.#isUnknown) return this.#run.unknownText(this.#name)
    this.#given += bytes.length
    for (const step of this.#text.write(bytes, last)) {
      if (step === 'unknown') {
        this.#isUnknown = true
        return this.#given === 0 ? `${this.#name} is empty.` : this.#run.unknownText(this.#name)
      }
      if (this.#text.run !== null) await this.#run.deliver(this.#text.run, false)
      if (this.#run.isCancelled) return CANCELLED
    }
    if (last && this.#text.run !== null) await this.#run.finish(this.#text.run)
    return null
  }
}
