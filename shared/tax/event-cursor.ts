import { dateOfDay } from '../events/civil-date.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { CivilDate, Instant } from '../events/identifiers.ts'
import type { Law } from './law.ts'
import type { YearSlice } from './year-slice.ts'
import { newYearSlice } from './year-slice.ts'
import { YearSlices } from './year-slices.ts'

/** Where the reading of one partition's events stands: the event, its day, and the year's slice that it writes to. */
export class EventCursor {
  readonly law: Law
  event!: LedgerEvent
  day = 0
  date!: CivilDate
  year = Number.MIN_SAFE_INTEGER
  /** Place of the event in its partition. */
  position = 0
  slice!: YearSlice
  private nextYear = Number.MIN_SAFE_INTEGER
  private readonly years = new YearSlices()
  /** What happened while another country taxed, or is only a valuation. */
  private readonly elsewhere = newYearSlice(Number.MIN_SAFE_INTEGER)

  constructor(law: Law) {
    this.law = law
  }

  /** What each year has got so far. */
  get slices(): ReadonlyMap<number, YearSlice> {
    return this.years.all
  }

  /** The slices as they are, never to be written to again: whoever goes on writes to copies. */
  freeze(): ReadonlyMap<number, YearSlice> {
    const slices = this.years.freeze()
    this.slice = this.years.of(this.year)
    return slices
  }

  /** Goes on from slices that were frozen. */
  resume(slices: ReadonlyMap<number, YearSlice>): void {
    this.years.resume(slices)
  }

  /** Does a day lie in a later tax year than the last one begun. */
  entersNewYear(day: number): boolean {
    return day >= this.nextYear
  }

  startYear(year: number): void {
    const { law } = this
    this.year = year
    this.nextYear = law.yearStart(year + 1)
    const isWithin = this.isWithin(law.clock.startOfDay(dateOfDay(law.yearStart(year))))
    this.slice = isWithin ? this.years.of(year) : this.elsewhere
  }

  begin(event: LedgerEvent, day: number): void {
    this.event = event
    const { window } = this.law
    if (window !== null) {
      this.slice = this.isWithin(event.time) && !window.outside.has(event) ? this.years.of(this.year) : this.elsewhere
    }
    if (day !== this.day || this.date === undefined) this.startDay(day)
  }

  /** Goes back to an event of an earlier day, for methods that know its figures only later. */
  reopen(event: LedgerEvent, day: number): void {
    const year = this.law.yearOf(day)
    if (year !== this.year) this.startYear(year)
    this.begin(event, day)
  }

  protected startDay(day: number): void {
    this.day = day
    this.date = dateOfDay(day)
  }

  protected sliceOf(year: number): YearSlice {
    return this.years.of(year)
  }

  /** Is the event at hand outside of what this country taxes. */
  protected get isElsewhere(): boolean {
    return this.slice === this.elsewhere
  }

  private isWithin(time: Instant): boolean {
    const { window } = this.law
    return window === null || (window.from <= time && time < window.to)
  }
}
