/** Row numbers as ranges: what remains of a file's rows once those that the ledger already knew were taken out again. */
export type RowRanges = readonly (readonly [from: number, to: number])[]

/** Adds a row that is not below the last one. */
export function extendRanges(ranges: [number, number][], row: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && row >= last[0] && row <= last[1]) return
  if (last !== undefined && row === last[1] + 1) last[1] = row
  else ranges.push([row, row])
}

/** How many rows ranges hold. */
export const countRows = (ranges: RowRanges): number => ranges.reduce((count, [from, to]) => count + to - from + 1, 0)

/** The rows of `ranges` that are not in `present`, from the `offset`th on, at most `limit`. */
export function missingRows(ranges: RowRanges, present: ReadonlySet<number>, offset: number, limit: number): number[] {
  const rows: number[] = []
  let skipped = 0
  for (const [from, to] of ranges) {
    for (let row = from; row <= to; row++) {
      if (present.has(row)) continue
      if (skipped < offset) skipped += 1
      else if (rows.length < limit) rows.push(row)
      else return rows
    }
  }
  return rows
}
