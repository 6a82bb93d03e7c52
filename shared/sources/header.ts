/** Finding columns by name: never by position, never by the name of the file. */
import type { Recognition, TableHeader } from './source-format.ts'

/** A layout: the columns that must be there, and those that may. Compared without regard to case. */
export interface Layout {
  readonly layout: string
  readonly required: readonly string[]
  readonly optional?: readonly string[]
  /** A further condition on the header as it stands in the file. */
  readonly fits?: (header: TableHeader) => boolean
}

/** Words of ASCII with single spaces between them: nothing to fold but their case. */
const FOLDED = /^[!-~]+(?: [!-~]+)*$/

/** A header name as it is compared: without BOM, special spaces folded, trimmed, single spaces, lower case. */
export function foldName(name: string): string {
  if (FOLDED.test(name)) return name.toLowerCase()
  return name
    .replace(/\ufeff/g, '')
    .replace(/[\u00a0\u202f\u2007\u2009\s]+/g, ' ')
    .trim()
    .toLowerCase()
}

interface FoldedLayout {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

const foldedLayouts = new WeakMap<Layout, FoldedLayout>()

function folded(layout: Layout): FoldedLayout {
  const known = foldedLayouts.get(layout)
  if (known !== undefined) return known
  const { required, optional = [] } = layout
  const found = { required: required.map(foldName), optional: optional.map(foldName) }
  foldedLayouts.set(layout, found)
  return found
}

type PlainName = (name: string) => string
const asItIs: PlainName = (name) => name
/** Names of a header, folded: asked for by every format, for every line that may be a header. */
const foldedNames = new WeakMap<TableHeader, Map<PlainName, ReadonlySet<string>>>()

function namesOf(header: TableHeader, plainName: PlainName): ReadonlySet<string> {
  let known = foldedNames.get(header)
  if (known === undefined) {
    known = new Map()
    foldedNames.set(header, known)
  }
  let names = known.get(plainName)
  if (names === undefined) {
    names = new Set(header.names.map((name) => foldName(plainName(name))).filter((name) => name !== ''))
    known.set(plainName, names)
  }
  return names
}

const hasAll = (names: ReadonlySet<string>, wanted: readonly string[]): boolean => {
  for (const name of wanted) if (!names.has(name)) return false
  return true
}

/**
 * The best of the layouts that the header fits. The score says how much of header and layout is the same: unknown columns
 * and missing optional ones cost, so that of two layouts the one that explains more wins. `plainName` takes out of a name
 * what files vary (an offset in parentheses).
 */
export function bestLayout(
  header: TableHeader,
  layouts: readonly Layout[],
  plainName: PlainName = asItIs,
): Recognition | null {
  const names = namesOf(header, plainName)
  let best: Recognition | null = null
  for (const layout of layouts) {
    const { required, optional } = folded(layout)
    if (!hasAll(names, required) || layout.fits?.(header) === false) continue
    const known = required.length + optional.filter((name) => names.has(name)).length
    const all = names.size + required.length + optional.length - known
    const score = Math.round((0.5 + (0.5 * known) / all) * 1000) / 1000
    if (best === null || score > best.score) best = { layout: layout.layout, score }
  }
  return best
}

/** The mark that a file begins with stands before the quotes of its first cell, where the file was put below another. */
const MARKED = /^\s*\ufeff\s*"(.*)"$/s

/** Is a row of the table its header once more, where exports were put one below the other? */
export const isHeaderAgain = (cells: readonly string[], { names }: Pick<TableHeader, 'names'>): boolean =>
  names.every((name, i) => foldName((cells[i] ?? '').replace(MARKED, '$1')) === foldName(name))
export const HEADER_AGAIN = 'the header of the table once more'

/** Column number of each name (folded); of equal names the first, the others as `name #2`, `name #3`. −1 where there is none. */
export class Columns {
  readonly #at = new Map<string, number>()

  constructor(header: TableHeader) {
    header.names.forEach((name, i) => {
      const folded = foldName(name)
      let key = folded
      for (let n = 2; this.#at.has(key); n++) key = `${folded} #${n}`
      this.#at.set(key, i)
    })
  }

  /** Where the first of `names` that is there stands, or −1. */
  at(...names: readonly string[]): number {
    for (const name of names) {
      const found = this.#at.get(foldName(name))
      if (found !== undefined) return found
    }
    return -1
  }
}

/** The cell, trimmed; empty where the row is too short or the column is not there. */
export const cell = (cells: readonly string[], at: number): string => {
  const text = at < 0 ? undefined : cells[at]
  return text === undefined ? '' : text.trim()
}
