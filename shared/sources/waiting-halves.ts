/** Halves of events that wait for their other row, in the order they came, and found by the time they are near. */
export interface Half {
  readonly time: { readonly time: number }
}

export class WaitingHalves<T extends Half> {
  readonly #span: number
  readonly #waiting = new Map<number, T>()
  readonly #near = new Map<number, number[]>()
  #next = 0

  /** `span`: milliseconds that halves of one event can lie apart, at most. */
  constructor(span: number) {
    this.#span = span
  }

  get size(): number {
    return this.#waiting.size
  }

  add(half: T): void {
    const place = this.#placeOf(half)
    const numbers = this.#near.get(place)
    if (numbers === undefined) this.#near.set(place, [this.#next])
    else numbers.push(this.#next)
    this.#waiting.set(this.#next++, half)
  }

  /** Those that can lie within the span of this one, in the order they came; some lie beyond it. */
  near(half: T): { readonly number: number; readonly half: T }[] {
    const place = this.#placeOf(half)
    const numbers: number[] = []
    for (let at = place - 1; at <= place + 1; at++) {
      const found = this.#near.get(at)
      if (found !== undefined) numbers.push(...found)
    }
    return numbers.sort((a, b) => a - b).map((number) => ({ number, half: this.#waiting.get(number) as T }))
  }

  /** Takes out the half of this number. */
  take(number: number): T {
    const half = this.#waiting.get(number) as T
    const place = this.#placeOf(half)
    const left = (this.#near.get(place) ?? []).filter((one) => one !== number)
    if (left.length === 0) this.#near.delete(place)
    else this.#near.set(place, left)
    this.#waiting.delete(number)
    return half
  }

  /** Takes out the one that came first. */
  takeOldest(): T | undefined {
    const [oldest] = this.#waiting.keys()
    return oldest === undefined ? undefined : this.take(oldest)
  }

  #placeOf({ time }: T): number {
    return Math.floor(time.time / this.#span)
  }
}
