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
  readonly rows: Row[]
  last: number
}

export class GroupWindow<Row> {
  readonly #close: (key: string, rows: readonly Row[]) => void
  readonly #span: number
  readonly #open = new Map<string, OpenGroup<Row>>()
  readonly #closed = new OccurrenceTable()
  #clock = 0

  constructor(close: (key: string, rows: readonly Row[]) => void, span: number = GROUP_SPAN) {
    this.#close = close
    this.#span = span
  }

  /** Adds a row to its group; a text is the reason why it could not be. */
  add(key: string, row: Row): string | null {
    const now = ++this.#clock
    const group = this.#open.get(key)
    if (group === undefined) {
      if (this.#closed.has(key)) return REOPENED
      this.#open.set(key, { rows: [row], last: now })
      this.#closeBefore(now - this.#span)
      return null
    }
    if (group.rows.length >= LARGEST_GROUP) return TOO_LARGE
    group.rows.push(row)
    if (now - group.last > 1) {
      this.#open.delete(key)
      this.#open.set(key, group)
    }
    group.last = now
    return null
  }

  /** Rows that pass without belonging to any group. */
  pass(): void {
    this.#clock++
  }

  /** Closes all groups, in the order of their last rows. */
  end(): void {
    for (const [key, group] of this.#open) this.#close(key, group.rows)
    this.#open.clear()
  }

  #closeBefore(limit: number): void {
    if (limit <= 0) return
    for (const [key, group] of this.#open) {
      if (group.last > limit) return
      this.#open.delete(key)
      this.#closed.next(key)
      this.#close(key, group.rows)
    }
  }
}
