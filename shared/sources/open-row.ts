/** Rows of a table that wait for the others of their event. */
import type { RowIdentity } from './identity.ts'
import type { Meaning, Part } from './legs.ts'
import type { WaitingRow } from './source-format.ts'
import type { JoinedRow } from './table-source.ts'
import type { SourceTime } from './times.ts'

const NO_PARTS: readonly Part[] = Object.freeze([])
const isList = (part: Part | readonly Part[]): part is readonly Part[] => Array.isArray(part)

/** A row that waits for the others of its event. As few objects as can be: 200,000 of them may wait. */
export class OpenRow implements JoinedRow, WaitingRow {
  readonly row: number
  start: number | null = null
  length = 0
  hash = ''
  text: string | null = null
  readonly word: string
  /** Its one part: most rows have no more, and lists of their own would be felt. */
  readonly #part: Part | readonly Part[]
  readonly facts: Partial<Meaning>
  readonly missing: Part | undefined
  readonly of: RowIdentity
  readonly time: SourceTime
  readonly timeText: string
  /** Among neighbours of one time. */
  readonly place: number

  constructor(
    row: number,
    { word = '', parts = NO_PARTS, missing }: Partial<JoinedRow>,
    facts: Partial<Meaning>,
    of: RowIdentity,
    time: SourceTime,
    timeText: string,
    place: number,
  ) {
    this.row = row
    this.word = word
    this.#part = parts.length === 1 ? (parts[0] as Part) : parts
    this.facts = facts
    this.missing = missing
    this.of = of
    this.time = time
    this.timeText = timeText
    this.place = place
  }

  get parts(): readonly Part[] {
    return isList(this.#part) ? this.#part : [this.#part]
  }
}
