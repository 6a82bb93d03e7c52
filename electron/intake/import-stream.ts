/**
 * One file in, pushed as chunks; tables, rows, events and prices out, as batches. Memory is bounded by the chunk, the
 * open groups of events and the batch, never by the file. No worker, no clock, no disk: the caller brings the bytes and
 * takes the messages.
 */
import { createHash } from 'node:crypto'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import type { SourceFormat } from '../../shared/sources/source-format.ts'
import { DelimitedText } from './delimited-text.ts'
import type { ImportMessage, ImportOptions, ImportSummary, TableCounts } from './messages.ts'
import type { TableRun } from './table-run.ts'

/** Chunks may be of any size; the contract sends at most this many bytes. */
export const CHUNK_BYTES = 1_048_576

export interface ImportStream {
  /** Takes the next bytes; resolves when there is room for more. The bytes must not be changed until then. */
  push(chunk: Uint8Array): Promise<void>
  /** No more bytes: reads what is left and tells how it went. */
  end(): Promise<ImportSummary>
}

/** Where messages go. A promise holds the reading back until it resolves. */
export type ImportSink = (message: ImportMessage) => void | Promise<void>

/** A kind of container that bytes are written to. */
export interface ByteReader {
  /** Problem in words where the file cannot be read (any further); what was read before stands. */
  write(bytes: Uint8Array, last: boolean): Promise<string | null>
}

/** What the readers of containers share: where tables are announced, counted and handed over. */
export class ImportRun {
  readonly options: ImportOptions
  readonly formats: readonly SourceFormat[]
  readonly #sink: ImportSink
  #tables = 0
  #finished = 0
  #counts: TableCounts = { rows: 0, understood: 0, skipped: 0, notUnderstood: 0, events: 0, prices: 0 }
  readonly leftOut: { member: string; reason: string }[] = []

  constructor(options: ImportOptions, sink: ImportSink, formats: readonly SourceFormat[]) {
    this.options = options
    this.formats = options.source === undefined ? formats : formats.filter((format) => format.id === options.source)
    this.#sink = sink
  }

  /** Tables read to their end. */
  get tables(): number {
    return this.#finished
  }

  get counts(): TableCounts {
    return this.#counts
  }

  get isCancelled(): boolean {
    return this.options.cancelled?.() === true
  }

  nextTable(): number {
    return this.#tables++
  }

  /** Hands over what is ready. */
  async deliver(run: TableRun, all: boolean): Promise<void> {
    if (!all && !run.isFull) return
    for (const message of run.take(all)) await this.#sink(message)
  }

  /** Hands over the rest of a table and closes its account. */
  async finish(run: TableRun): Promise<void> {
    await this.deliver(run, true)
    const { counts } = run
    const sum = this.#counts
    this.#finished++
    this.#counts = {
      rows: sum.rows + counts.rows,
      understood: sum.understood + counts.understood,
      skipped: sum.skipped + counts.skipped,
      notUnderstood: sum.notUnderstood + counts.notUnderstood,
      events: sum.events + counts.events,
      prices: sum.prices + counts.prices,
    }
    await this.#sink(run.ended())
  }

  async leaveOut(member: string, reason: string): Promise<void> {
    this.leftOut.push({ member, reason })
    await this.#sink({ type: 'left-out', member, reason })
  }
}

export const CANCELLED = 'cancelled'

/** What is said of a text that no format knows. */
export const unknownText = (name: string, source: string | undefined): string =>
  source === undefined
    ? `${name}: none of its first 30 lines is a header that Tallystick knows. Nothing was read from it. Export it again as CSV with its header line, or choose the source yourself.`
    : `${name}: none of its first 30 lines is a header of the source you chose. Nothing was read from it.`

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
    if (this.#isUnknown) return unknownText(this.#name, this.#run.options.source)
    this.#given += bytes.length
    for (const step of this.#text.write(bytes, last)) {
      if (step === 'unknown') {
        this.#isUnknown = true
        return this.#given === 0 ? `${this.#name} is empty.` : unknownText(this.#name, this.#run.options.source)
      }
      if (this.#text.run !== null) await this.#run.deliver(this.#text.run, false)
      if (this.#run.isCancelled) return CANCELLED
    }
    if (last && this.#text.run !== null) await this.#run.finish(this.#text.run)
    return null
  }
}

/** Opens an import. `formats` is for tests; by default all that Tallystick knows. */
export function openImport(
  options: ImportOptions,
  sink: ImportSink,
  formats: readonly SourceFormat[] = SOURCE_FORMATS,
): ImportStream {
  const run = new ImportRun(options, sink, formats)
  const whole = createHash('sha256')
  let bytes = 0
  let reader: ByteReader | null = null
  let problem: string | null = null

  const write = async (chunk: Uint8Array, last: boolean): Promise<void> => {
    if (problem !== null) return
    if (run.isCancelled) {
      problem = CANCELLED
      return
    }
    reader ??= new TextReader(run, null, 'bytes')
    problem = await reader.write(chunk, last)
  }

  return {
    async push(chunk) {
      if (chunk.length === 0) return
      whole.update(chunk)
      bytes += chunk.length
      await write(chunk, false)
    },
    async end() {
      await write(new Uint8Array(0), true)
      return {
        tables: run.tables,
        counts: run.counts,
        sha256: whole.digest('hex'),
        bytes,
        problem,
        leftOut: run.leftOut,
      }
    },
  }
}
