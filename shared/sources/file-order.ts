/**
 * Order among rows of one instant. A file that runs one way throughout declares its direction by that; then the place
 * among neighbours with the same time counts. A file that jumps declares nothing.
 */
export class FileOrder {
  #lastText = ''
  #lastTime = Number.NaN
  #index = 0
  #up = false
  #down = false
  readonly #isZoned: boolean

  /** @param isZoned equal texts may be different times, because rows name their zones */
  constructor(isZoned = false) {
    this.#isZoned = isZoned
  }

  /** The place of a row among neighbours with the same text of time. */
  place(timeText: string, time: number): number {
    if ((time === this.#lastTime || this.#isZoned) && timeText === this.#lastText) return ++this.#index
    if (time > this.#lastTime) this.#up = true
    else if (time < this.#lastTime) this.#down = true
    this.#lastText = timeText
    this.#lastTime = time
    this.#index = 0
    return 0
  }

  /** `place` as an order that ascends with time, or undefined where the file declares no direction (so far). */
  order(place: number): number | undefined {
    if (this.#up === this.#down) return undefined
    return this.#up || place === 0 ? place : -place
  }
}
