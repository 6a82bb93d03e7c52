/** What the readers of files and containers share: where tables are announced, counted and handed over. */
import type { SourceFormat } from '../../shared/sources/source-format.ts'
import type { ImportMessage, ImportOptions, TableCounts } from './messages.ts'
import type { TableRun } from './table-run.ts'

/** Where messages go. A promise holds the reading back until it resolves. */
export type ImportSink = (message: ImportMessage) => void | Promise<void>

/** A kind of container that bytes are written to. */
export interface ByteReader {
  /** Problem in words where the file cannot be read (any further); what was read before stands. */
  write(bytes: Uint8Array, last: boolean): Promise<string | null>
}

export class ImportRun {
  readonly options: ImportOptions
  readonly formats: readonly SourceFormat[]
  readonly #sink: ImportSink
  #tables = 0
  #finished = 0
  #counts: TableCounts = { rows: 0, understood: 0, skipped: 0, notUnderstood: 0, events: 0, prices: 0 }
  /** Sheets of a workbook that became tables. */
  readonly sheets = new Set<string>()
  readonly leftOut: { member: string; reason: string }[] = []
  /** Texts whose header no format knows. */
  #unknown = 0

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

  get unknown(): number {
    return this.#unknown
  }

  /** Counts a text that no format knows, and says so. */
  unknownText(name: string, is: 'table' | 'document' = 'table'): string {
    this.#unknown++
    return is === 'table' ? unknownText(name, this.options.source) : unknownDocument(name)
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

const unknownDocument = (name: string): string =>
  `${name} is JSON of a form that Tallystick does not know. Nothing was read from it. Where the place gives CSV as well, take that.`

/** What is said of a text that no format knows. */
const unknownText = (name: string, source: string | undefined): string =>
  source === undefined
    ? `${name}: none of its first 30 lines is a header that Tallystick knows. Nothing was read from it. If a header stands further down, delete the lines above it. If it is a table, map its columns once: Tallystick keeps that as a recipe. Else export it again as CSV with its header line.`
    : `${name}: none of its first 30 lines is a header of the source you chose. Nothing was read from it. Choose another source, or let the header decide.`

/** Opens what is inside a container, under its path there. */
export type MemberReader = (member: string) => ByteReader
