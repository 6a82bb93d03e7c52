/** Halves of events that wait for their other row, in the order they came, and found by the time they are near. */
export interface Half {
  readonly time: { readonly time: number }
}

interface Waiting<T> {
  readonly half: T
  /** Counts up in the order they came. */
  readonly number: number
}

export class WaitingHalves<T extends Half> {
  readonly #span: number
  readonly #waiting = new Set<T>()
  readonly #near = new Map<number, Waiting<T>[]>()
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
    const one = { half, number: this.#next++ }
    const others = this.#near.get(place)
    if (others === undefined) this.#near.set(place, [one])
    else others.push(one)
    this.#waiting.add(half)
  }

  /** Those that can lie within the span of this one, in the order they came; some lie beyond it. */
  near(half: T): readonly T[] {
    const place = this.#placeOf(half)
    let found: readonly Waiting<T>[] = []
    for (let at = place - 1; at <= place + 1; at++) {
      const here = this.#near.get(at)
      if (here === undefined) continue
      found = found.length === 0 ? here : [...found, ...here].sort((a, b) => a.number - b.number)
    }
    return found.map((one) => one.half)
  }

  /** Takes out one that waits. */
  take(half: T): void {
    const place = this.#placeOf(half)
    const left = (this.#near.get(place) ?? []).filter((one) => one.half !== half)
    if (left.length === 0) this.#near.delete(place)
    else this.#near.set(place, left)
    this.#waiting.delete(half)
  }

  /** Takes out the one that came first. */
  takeOldest(): T | undefined {
    for (const oldest of this.#waiting) {
      this.take(oldest)
      return oldest
    }
    return undefined
  }

  #placeOf({ time }: T): number {
    return Math.floor(time.time / this.#span)
  }
}
