import { copyOf } from './state-copies.ts'
import type { YearSlice } from './year-slice.ts'
import { newYearSlice } from './year-slice.ts'

/** One partition's slices by tax year. A frozen one stays as it is: who goes on writes to a copy of it. */
export class YearSlices {
  private readonly slices = new Map<number, YearSlice>()
  private readonly frozen = new Set<YearSlice>()

  get all(): ReadonlyMap<number, YearSlice> {
    return this.slices
  }

  /** The year's slice, to be written to. */
  of(year: number): YearSlice {
    let slice = this.slices.get(year)
    if (slice === undefined) {
      slice = newYearSlice(year)
      this.slices.set(year, slice)
    } else if (this.frozen.has(slice)) {
      slice = copyOf(slice)
      this.slices.set(year, slice)
    }
    return slice
  }

  /** The slices as they are, never to be written to again. */
  freeze(): ReadonlyMap<number, YearSlice> {
    const slices = new Map(this.slices)
    for (const slice of slices.values()) this.frozen.add(slice)
    return slices
  }

  /** Goes on from slices that were frozen. */
  resume(slices: ReadonlyMap<number, YearSlice>): void {
    for (const [year, slice] of slices) {
      this.slices.set(year, slice)
      this.frozen.add(slice)
    }
  }
}
