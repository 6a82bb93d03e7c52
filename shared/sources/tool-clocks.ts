/** Dates of files that people edit: several forms in one file, the order of day and month proved or as the tool writes. */
import type { ZoneName } from '../events/identifiers.ts'
import type { Column } from './row-cursor.ts'
import type { ReadSink } from './source-format.ts'
import { DateProof } from './table-clocks.ts'
import type { OpenTable, RowReader } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { type DateOrder, provedDateOrder, readWrittenTime } from './written-times.ts'

const SPACE = 32
const HYPHEN = 45
const POINT = 46
const SLASH = 47

const isDigitAt = (text: string, at: number): boolean => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57
/** Does what stands there go on with the number before it, as a letter or one digit more does? */
const goesOnAt = (text: string, at: number): boolean =>
  at < text.length && text.charCodeAt(at) !== SPACE && /\w/.test(text[at] as string)

/** Where the digits from `from` on end, of which there are `most` at most. */
function endOfDigits(text: string, from: number, most: number): number {
  let end = from
  while (end < from + most && isDigitAt(text, end)) end++
  return end
}

/**
 * How a date stands in front of the text whose first number has one or two digits: `1/31/2024` with slashes, `31.01.24` and
 * `31-01-2024` with the day first; null for other texts.
 */
function shortDate(text: string): 'slashed' | 'day first' | null {
  const first = endOfDigits(text, 0, 2)
  if (first === 0) return null
  const mark = text.charCodeAt(first)
  const isSlash = mark === SLASH
  if (!isSlash && mark !== POINT && mark !== HYPHEN) return null
  const second = endOfDigits(text, first + 1, 2)
  if (second === first + 1) return null
  const other = text.charCodeAt(second)
  if (isSlash ? other !== SLASH : other !== POINT && other !== HYPHEN) return null
  const end = endOfDigits(text, second + 1, 4)
  if (end < second + 3 || goesOnAt(text, end)) return null
  return isSlash ? 'slashed' : 'day first'
}

const isSlashed = (text: string): boolean => shortDate(text) === 'slashed'

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
    const form = shortDate(text)
    if (form === null) return readTime(text, zone) ?? readWrittenTime(text, 'ymd', zone)
    if (form === 'day first') return readWrittenTime(text, 'dmy', zone)
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
      const form = shortDate(text)
      if (form === null) return readTime(text, zone) ?? readWrittenTime(text, 'ymd', zone)
      return readWrittenTime(text, form === 'slashed' ? proof.order : 'dmy', zone)
    },
  }
}
