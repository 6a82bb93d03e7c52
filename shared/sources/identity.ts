/**
 * What makes a row the same row in every file it appears in: the provider's id, or else the source text of the frozen
 * identity columns with its ordinal among equal rows of its file. Nothing parsed, zoned or versioned goes in.
 */
import { CutRow, lineOf, type TextColumns } from './cut-row.ts'
import { ContentTable, OccurrenceTable } from './hash-table.ts'
import { cell } from './header.ts'
import { Quoting } from './quoting.ts'
import type { RowOutcome } from './source-format.ts'

type Sha256 = (text: string) => string

/** Stands between the texts that are hashed together. */
const SEPARATOR = '\u001f'

/** Text that would otherwise keep the whole block alive that it was cut from. */
export const detached = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1))

const words = new Map<string, string>()
/** One copy of each of the few words that types and symbols are. */
export function shared(text: string): string {
  const known = words.get(text)
  if (known !== undefined) return known
  const copy = detached(text)
  if (words.size < 10_000) words.set(copy, copy)
  return copy
}

const LONGEST_KEY = 100

/** Letters, digits and `-_./+=`: what provider ids are made of, and what may stand in an id of ours as it is. */
function isPlainKey(text: string): boolean {
  if (text.length === 0 || text.length > LONGEST_KEY) return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const plain =
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 45 && code <= 57) ||
      code === 95 ||
      code === 43 ||
      code === 61
    if (!plain) return false
  }
  return true
}

/** A group key from a provider's text: itself where it is plain, its hash where it is long or strange. */
export const groupKey = (text: string, sha256: Sha256): string =>
  isPlainKey(text) ? detached(text) : `h.${sha256(text).slice(0, 32)}`

/** `source:account:group`, as a stable event id is made. */
const STABLE_ID = /^[a-z0-9][a-z0-9-]{0,60}:[^:\p{Cc}]{1,120}:\P{Cc}{1,240}$/u

/** Whether a text has the form of a stable event id. */
export const isStableEventId = (text: string): boolean => STABLE_ID.test(text)

/** A group key from the source text of several cells. */
export const groupKeyOfTexts = (texts: readonly string[], sha256: Sha256): string =>
  groupKeyOfJoined(joinedTexts(texts), sha256)

/** Texts of several cells as one, which their group is known by while it is open. */
export function joinedTexts(texts: readonly string[]): string {
  let joined = texts.length === 0 ? '' : (texts[0] as string)
  for (let i = 1; i < texts.length; i++) joined += SEPARATOR + (texts[i] as string)
  return joined
}

/** As `groupKeyOfTexts`, of texts that are joined already. */
export const groupKeyOfJoined = (joined: string, sha256: Sha256): string => `h.${sha256(joined).slice(0, 32)}`

export interface RowIdentity {
  readonly identity: string
  /** A provider's id that was met before in this file: the same record twice, to be counted once. */
  readonly repeated: boolean
  /** … but this row says something else than the one before, so that it is not the same record. */
  readonly differs?: boolean
}

/** By text: put together when it is asked for, because so many rows wait that have one. */
class TextIdentity implements RowIdentity {
  readonly #digest: string
  readonly #ordinal: number
  readonly repeated: boolean

  constructor(digest: string, ordinal: number, repeated: boolean) {
    this.#digest = digest
    this.#ordinal = ordinal
    this.repeated = repeated
  }

  get identity(): string {
    return `row:${this.#digest.slice(0, KEPT)}:${this.#ordinal}`
  }
}

/** Why a row with the id of an earlier one is not read. */
const OTHER_CONTENT =
  'an earlier row of this file has the same id but says something else; only that one was read. Compare the two, and add this one by hand if both happened'

/**
 * What becomes of a row whose identity an earlier row of its file had; null where it is the first.
 * `record` is what a row of the source is ("transfer"), for the reason that people read.
 */
export function outcomeOfRepeated(row: number, found: RowIdentity, record: string): RowOutcome | null {
  const { identity } = found
  if (found.differs) return { row, outcome: 'not-understood', identity, reason: OTHER_CONTENT }
  if (!found.repeated) return null
  return { row, outcome: 'skipped', identity, reason: `the same ${record} stands in this file already` }
}

/** Digits of a hash that are kept. */
const KEPT = 32

/** Gives each row of one table its identity. */
export class RowIdentities {
  readonly #sha256: Sha256
  readonly #ids = new ContentTable()
  /** Rows that say something else than the first under their id. */
  readonly #others = new OccurrenceTable(16)
  #texts = new OccurrenceTable()
  /**
   * Rows under ids are compared by the hash that their line has anyway, where they are written as the first of them is;
   * null of a file whose first row has none: they are compared cell by cell.
   */
  #quoting: Quoting | null | undefined
  /** Of the statements that stand above this one in the same file; null in the first. */
  #above: OccurrenceTable | null = null

  constructor(sha256: Sha256) {
    this.#sha256 = sha256
  }

  /**
   * By the provider's own id of the row; what the row says as a whole tells a record given twice from another one under the
   * same id. `key`: the group key of the id, where it was made already.
   */
  byProvider(id: string, row: CutRow | readonly string[], key: string = groupKey(id, this.#sha256)): RowIdentity {
    const identity = `id:${key}`
    if (this.#quoting === undefined) this.#quoting = row instanceof CutRow ? Quoting.of(row) : null
    const met = this.#ids.meet(key, this.#contentOf(row, this.#quoting))
    if (met === 'new') return { identity, repeated: false }
    if (met === 'same') return { identity, repeated: true }
    const digest = this.#digestOf(row)
    if (this.#others.next(`${digest} ${key}`) > 0) return { identity, repeated: true }
    return { identity: this.#byDigest(digest).identity, repeated: true, differs: true }
  }

  /** By the provider's id where the row has one, otherwise by the texts of the columns. */
  byProviderOrColumns(id: string, row: CutRow, columns: TextColumns): RowIdentity {
    return id === '' ? this.byColumns(row, columns) : this.byProvider(id, row)
  }

  /** As `byProviderOrColumns`, of a row that is at hand as cells only. */
  byProviderOrText(id: string, cells: readonly string[], identityAt: readonly number[]): RowIdentity {
    return id === '' ? this.byText(identityAt.map((at) => cell(cells, at))) : this.byProvider(id, cells)
  }

  /** By the source text of the identity columns, and the ordinal among equal rows. */
  byColumns(row: CutRow, columns: TextColumns): RowIdentity {
    if (columns.isWhole(row)) return this.#byDigest(this.#digestOf(row))
    return this.#byDigest(this.#sha256(columns.textOf(row)))
  }

  /** As `byColumns`, of the texts themselves: as they stand in the columns, or made of them. */
  byText(texts: readonly string[]): RowIdentity {
    return this.byLine(lineOf(texts))
  }

  /** As `byText`, of texts that `lineOf` has joined already, or that stand so in a line. */
  byLine(line: string): RowIdentity {
    return this.#byDigest(this.#sha256(line))
  }

  #byDigest(digest: string): RowIdentity {
    const ordinal = this.#texts.nextOfDigest(digest)
    const repeated = this.#above !== null && this.#above.countOfDigest(digest) > ordinal
    return new TextIdentity(digest, ordinal, repeated)
  }

  /** What all rows that say the same have in common. */
  #contentOf(row: CutRow | readonly string[], quoting: Quoting | null): string | readonly string[] {
    const isCut = row instanceof CutRow
    if (isCut && quoting?.isOf(row) === true) return row.digest === '' ? this.#sha256(row.line) : row.digest
    const cells = isCut ? row.cells : row
    return quoting === null ? cells : this.#sha256(quoting.lineOf(cells))
  }

  /** The hash of the row's whole text, the same whether or not the file quotes it. */
  #digestOf(row: CutRow | readonly string[]): string {
    if (!(row instanceof CutRow)) return this.#sha256(lineOf(row))
    if (row.isPlain) return row.digest === '' ? this.#sha256(row.line) : row.digest
    return this.#sha256(lineOf(row.cells))
  }

  /** Another export begins in the same file: equal rows count anew, and those that stood above are the same rows. */
  beginStatement(): void {
    if (this.#above === null) this.#above = this.#texts
    else this.#above.absorb(this.#texts)
    this.#texts = new OccurrenceTable(16)
  }
}
