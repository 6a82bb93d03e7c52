/** Dates of files that people edit: several forms in one file, the order of day and month proved or as the tool writes. */
import type { ZoneName } from '../events/identifiers.ts'
import type { Column } from './row-cursor.ts'
import type { ReadSink } from './source-format.ts'
import { DateProof } from './table-clocks.ts'
import type { OpenTable, RowReader } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { type DateOrder, provedDateOrder, readWrittenTime } from './written-times.ts'

const SLASHED = /^\d{1,2}\/\d{1,2}\/\d{2,4}\b/
const DAY_FIRST = /^\d{1,2}[.-]\d{1,2}[.-]\d{2,4}\b/

const isDigitAt = (text: string, at: number): boolean => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57
/** The first number has one or two digits: asked before the patterns, because most dates begin with their year. */
const hasShortNumber = (text: string): boolean => !(isDigitAt(text, 1) && isDigitAt(text, 2))
const isSlashed = (text: string): boolean => hasShortNumber(text) && SLASHED.test(text)
const isDayFirst = (text: string): boolean => hasShortNumber(text) && DAY_FIRST.test(text)

type Order = Exclude<DateOrder, 'ymd'>
type ToolClock = Required<Pick<RowReader, 'time' | 'proof'>>

const slashedIn = ({ context }: OpenTable, column: Column): string[] =>
  context.header.sample.map((row) => row.cells[column.at]?.trim() ?? '').filter(isSlashed)

/** Only dates with slashes leave open what stands first, and only they prove it. */
class SlashProof extends DateProof {
  override see(text: string): void {
    if (isSlashed(text)) super.see(text)
  }
}

/** The order that the tool documents needs no proof; where a row proves the other one, the file is told. */
class DocumentedProof extends SlashProof {
  readonly #documented: Order
  readonly #told: ReadSink
  #isTold = false

  constructor(sample: readonly string[], documented: Order, sink: ReadSink) {
    super(sample, documented, { ...sink, warn() {} })
    this.#documented = documented
    this.#told = sink
    this.#tell()
  }

  override see(text: string): void {
    super.see(text)
    this.#tell()
  }

  #tell(): void {
    if (this.#isTold || this.order === this.#documented) return
    this.#isTold = true
    const how = this.order === 'dmy' ? 'day before month' : 'month before day'
    this.#told.warn(`the dates of this file are written ${how}, not as the tool writes them; they were read so`)
  }
}

/**
 * Reads `2024-01-31 …`, `31.01.2024 …`, `31-01-2024 …` and dates with slashes, also mixed in one file. Slashes are read in
 * the order that some row proves, else in that of `usual`, which the file is told; a date that has only one reading is read
 * so.
 */
export function mixedClock(table: OpenTable, column: Column, usual: Order): ToolClock {
  const proof = new SlashProof(slashedIn(table, column), usual, table.sink)
  return { proof, time: mixedTimes(proof, table.context.zone) }
}

/** The same, in another zone, by the order that the proof has. */
export function mixedTimes(proof: DateProof, zone: ZoneName): (text: string) => SourceTime | null {
  return (text) => {
    if (isDayFirst(text)) return readWrittenTime(text, 'dmy', zone)
    if (!isSlashed(text)) return readTime(text, zone) ?? readWrittenTime(text, 'ymd', zone)
    return readWrittenTime(text, provedDateOrder([text]) ?? proof.order, zone)
  }
}

/**
 * Reads dates with slashes in the documented order; where some row proves the other one (the file went through a
 * spreadsheet), in that, and the file is told. Everything else as `mixedClock` reads it.
 */
export function documentedClock(table: OpenTable, column: Column, documented: Order): ToolClock {
  const proof = new DocumentedProof(slashedIn(table, column), documented, table.sink)
  const { zone } = table.context
  return {
    proof,
    time(text) {
      if (isSlashed(text)) return readWrittenTime(text, proof.order, zone)
      if (isDayFirst(text)) return readWrittenTime(text, 'dmy', zone)
      return readTime(text, zone) ?? readWrittenTime(text, 'ymd', zone)
    },
  }
}
