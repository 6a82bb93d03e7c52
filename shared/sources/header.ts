/** Finding columns by name: never by position, never by the name of the file. */
import type { Recognition, TableHeader } from './source-format.ts'

/** A layout: the columns that must be there, and those that may. Compared without regard to case. */
export interface Layout {
  readonly layout: string
  readonly required: readonly string[]
  readonly optional?: readonly string[]
}

/** A header name as it is compared: without BOM, special spaces folded, trimmed, single spaces, lower case. */
export function foldName(name: string): string {
  return name
    .replace(/\ufeff/g, '')
    .replace(/[\u00a0\u202f\u2007\u2009\s]+/g, ' ')
    .trim()
    .toLowerCase()
}

/**
 * The best of the layouts that the header fits. The score says how much of header and layout is the same: unknown columns
 * and missing optional ones cost, so that of two layouts the one that explains more wins.
 */
export function bestLayout(header: TableHeader, layouts: readonly Layout[]): Recognition | null {
  const names = new Set(header.names.map(foldName).filter((name) => name !== ''))
  let best: Recognition | null = null
  for (const { layout, required, optional = [] } of layouts) {
    const wanted = required.map(foldName)
    if (!wanted.every((name) => names.has(name))) continue
    const known = wanted.length + optional.filter((name) => names.has(foldName(name))).length
    const all = names.size + wanted.length + optional.length - known
    const score = Math.round((0.5 + (0.5 * known) / all) * 1000) / 1000
    if (best === null || score > best.score) best = { layout, score }
  }
  return best
}

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
