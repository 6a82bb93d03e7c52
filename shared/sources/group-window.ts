/**
 * Rows that belong to one event, collected until no more can come. A group is closed once this many rows have passed
 * since its last one; a row that comes later still is refused, because its event has been handed on.
 */
import { OccurrenceTable } from './hash-table.ts'
import { detached } from './identity.ts'

export const GROUP_SPAN = 200_000
/** No venue writes one event on more rows than this. */
export const LARGEST_GROUP = 10_000

/** Rows of the groups that are closed at once when no more rows come. */
const PORTION = 500

export const REOPENED = `it belongs to an event whose other rows stand more than ${GROUP_SPAN.toLocaleString('en-US')} rows above; sort the file by time and import it again`
export const TOO_LARGE = `its event has more than ${LARGEST_GROUP.toLocaleString('en-US')} rows already`

/** All rows of a group. */
function rowsOf<Row>({ one, two, more }: OpenGroup<Row>): readonly Row[] {
  if (two === null) return [one]
  return more === null ? [one, two] : [one, two, ...more]
}

/** Open groups are a list in the order of their last rows. */
interface OpenGroup<Row> {
  readonly key: string
  /** Most groups have a row or two: so many wait that lists of their own would be felt. */
  readonly one: Row
  two: Row | null
  more: Row[] | null
  /** The row count at its last row. */
  last: number
  earlier: OpenGroup<Row> | null
  later: OpenGroup<Row> | null
}

export class GroupWindow<Row> {
  readonly #close: (key: string, rows: readonly Row[]) => void
  readonly #span: number
  readonly #open = new Map<string, OpenGroup<Row>>()
  #first: OpenGroup<Row> | null = null
  #last: OpenGroup<Row> | null = null
  readonly #closed = new OccurrenceTable()
  #hasClosed = false
  #clock = 0

  constructor(close: (key: string, rows: readonly Row[]) => void, span: number = GROUP_SPAN) {
    this.#close = close
    this.#span = span
  }

  /** Counts a row of the file, whether or not it belongs to a group. */
  nextRow(): void {
    this.#clock++
  }

  /**
   * Adds the present row to its group; a text is the reason why it could not be.
   * @param isOwn the key is no part of a block of the file
   */
  add(key: string, row: Row, isOwn = false): string | null {
    const group = this.#open.get(key)
    if (group === undefined) {
      if (this.#hasClosed && this.#closed.has(key)) return REOPENED
      const own = isOwn ? key : detached(key)
      const opened = { key: own, one: row, two: null, more: null, last: this.#clock, earlier: null, later: null }
      this.#open.set(own, opened)
      this.#append(opened)
    } else {
      if (group.two === null) group.two = row
      else if (group.more === null) group.more = [row]
      else if (group.more.length + 2 < LARGEST_GROUP) group.more.push(row)
      else return TOO_LARGE
      group.last = this.#clock
      if (group !== this.#last) {
        this.#takeOut(group)
        this.#append(group)
      }
    }
    this.#closeBefore(this.#clock - this.#span)
    return null
  }

  /** Closes the groups that were left longest, of some rows together; false where none is open. No row comes after it. */
  endSome(): boolean {
    this.#open.clear()
    let rows = 0
    for (let group = this.#first; group !== null && rows < PORTION; group = this.#first) {
      const ofGroup = rowsOf(group)
      rows += ofGroup.length
      this.#takeOut(group)
      this.#close(group.key, ofGroup)
    }
    return this.#first !== null
  }

  /** Closes all groups, in the order of their last rows. No row comes after it. */
  end(): void {
    while (this.endSome());
  }

  #closeBefore(limit: number): void {
    for (let group = this.#first; group !== null && group.last < limit; group = this.#first) {
      this.#takeOut(group)
      this.#open.delete(group.key)
      this.#closed.next(group.key)
      this.#hasClosed = true
      this.#close(group.key, rowsOf(group))
    }
  }

  #append(group: OpenGroup<Row>): void {
    group.earlier = this.#last
    group.later = null
    if (this.#last === null) this.#first = group
    else this.#last.later = group
    this.#last = group
  }

  #takeOut({ earlier, later }: OpenGroup<Row>): void {
    if (earlier === null) this.#first = later
    else earlier.later = later
    if (later === null) this.#last = earlier
    else later.earlier = earlier
  }
}
