/**
 * Rows that belong to one event, collected until no more can come. A group is closed once this many rows have passed
 * since its last one; a row that comes later still is refused, because its event has been handed on.
 */
import { OccurrenceTable } from './hash-table.ts'

export const GROUP_SPAN = 200_000
/** No venue writes one event on more rows than this. */
export const LARGEST_GROUP = 10_000

export const REOPENED = `it belongs to an event whose other rows stand more than ${GROUP_SPAN.toLocaleString('en-US')} rows above; sort the file by time and import it again`
export const TOO_LARGE = `its event has more than ${LARGEST_GROUP.toLocaleString('en-US')} rows already`

interface OpenGroup<Row> {
  readonly key: string
  rows: Row[]
  /** The row count at its last row. */
  last: number
}

export class GroupWindow<Row> {
  readonly #close: (key: string, rows: readonly Row[]) => void
  readonly #span: number
  readonly #open = new Map<string, OpenGroup<Row>>()
  /** One entry for each row, in order; the entry of a group's last row is the one that counts. */
  #queue: OpenGroup<Row>[] = []
  #touched: number[] = []
  #head = 0
  readonly #closed = new OccurrenceTable()
  #clock = 0

  constructor(close: (key: string, rows: readonly Row[]) => void, span: number = GROUP_SPAN) {
    this.#close = close
    this.#span = span
  }

  /** Counts a row of the file, whether or not it belongs to a group. */
  nextRow(): void {
    this.#clock++
  }

  /** Adds the present row to its group; a text is the reason why it could not be. */
  add(key: string, row: Row): string | null {
    const now = this.#clock
    let group = this.#open.get(key)
    if (group === undefined) {
      if (this.#closed.has(key)) return REOPENED
      group = { key, rows: [row], last: now }
      this.#open.set(key, group)
    } else if (group.rows.length >= LARGEST_GROUP) return TOO_LARGE
    // Most groups have a few rows, and an array that is pushed to makes room for many.
    else if (group.rows.length < 4) group.rows = [...group.rows, row]
    else group.rows.push(row)
    group.last = now
    this.#queue.push(group)
    this.#touched.push(now)
    this.#closeBefore(now - this.#span)
    return null
  }

  /** Closes all groups, in the order of their last rows. */
  end(): void {
    this.#closeBefore(this.#clock + 1)
  }

  #closeBefore(limit: number): void {
    while (this.#head < this.#queue.length && (this.#touched[this.#head] as number) < limit) {
      const group = this.#queue[this.#head] as OpenGroup<Row>
      const isLast = group.last === this.#touched[this.#head]
      this.#head++
      if (!isLast) continue
      this.#open.delete(group.key)
      this.#closed.next(group.key)
      this.#close(group.key, group.rows)
    }
    if (this.#head > 10_000 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#touched = this.#touched.slice(this.#head)
      this.#head = 0
    }
  }
}
