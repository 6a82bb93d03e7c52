/**
 * Compact memory of texts: 16 bytes for each on the average, whatever its length. Two texts are taken for the same when 64 bits of a
 * mixing hash agree, which for ten million texts happens once in some hundred thousand files.
 */

const FIRST_A = 0xdeadbeef
const FIRST_B = 0x41c6ce57
/** Stands for the end of each of several texts. */
const END = 0x9e3779b1

/** Two 32-bit halves of the text's hash, written into `into`. */
function mix(text: string, into: Uint32Array): void {
  into[0] = FIRST_A
  into[1] = FIRST_B
  mixMore(text, into)
  finish(into)
}

/** The same of several texts, which are one only together. */
function mixAll(texts: readonly string[], into: Uint32Array): void {
  into[0] = FIRST_A
  into[1] = FIRST_B
  for (let i = 0; i < texts.length; i++) mixMore(texts[i] as string, into)
  finish(into)
}

/** Goes on with another text, two of its characters at a time. */
function mixMore(text: string, into: Uint32Array): void {
  let a = into[0] as number
  let b = into[1] as number
  const whole = text.length & ~1
  for (let i = 0; i < whole; i += 2) {
    const codes = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16)
    a = Math.imul(a ^ codes, 2654435761)
    b = Math.imul((b ^ codes) + (a >>> 15), 1597334677)
  }
  if (whole < text.length) {
    const code = text.charCodeAt(whole)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul((b ^ code) + (a >>> 15), 1597334677)
  }
  a = Math.imul(a ^ (a >>> 15) ^ END ^ text.length, 2246822507)
  b = Math.imul(b ^ (b >>> 13) ^ END, 3266489909)
  into[0] = a
  into[1] = b
}

function finish(into: Uint32Array): void {
  let a = into[0] as number
  let b = into[1] as number
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  into[0] = a
  into[1] = b
}

const nibble = (code: number): number => (code & 15) + (code >> 6) * 9

/** 32 bits of a text in hex digits, from the digit `at` on. */
function bitsOf(hex: string, at: number): number {
  let bits = 0
  for (let i = at; i < at + 8; i++) bits = (bits << 4) | nibble(hex.charCodeAt(i))
  return bits >>> 0
}

/** Below so many places a table that is full gets four times as many, from there on twice: moving the entries costs more. */
const FEW_PLACES = 1 << 18

/** Entries known by 64 bits, with as many numbers of 32 bits behind them as the width leaves; at first these are 0. */
class Entries {
  /** Read and written at the place that `find` and `make` give. */
  numbers: Uint32Array
  readonly #width: number
  /** Places, a power of two; at most two thirds of them are taken. */
  #room: number
  #size = 0
  /** Whether the entry was made that `make` was asked for last. */
  isNew = false

  constructor(width: number, room: number) {
    this.#width = width
    this.#room = room
    this.numbers = new Uint32Array(width * room)
  }

  /** Where the numbers of the entry stand; −1 where there is none. */
  find(low: number, high: number): number {
    const at = this.#placeOf(low, markOf(high))
    return this.numbers[at + 1] === 0 ? -1 : at + 2
  }

  /** As `find`; makes the entry where there is none. */
  make(low: number, high: number): number {
    const mark = markOf(high)
    let at = this.#placeOf(low, mark)
    this.isNew = this.numbers[at + 1] === 0
    if (!this.isNew) return at + 2
    if (++this.#size * 3 > this.#room * 2) {
      this.#grow()
      at = this.#placeOf(low, mark)
    }
    this.numbers[at] = low
    this.numbers[at + 1] = mark
    return at + 2
  }

  /** Calls `take` with each entry. */
  each(take: (low: number, high: number, at: number) => void): void {
    const { numbers } = this
    for (let at = 0; at < numbers.length; at += this.#width) {
      if (numbers[at + 1] !== 0) take(numbers[at] as number, numbers[at + 1] as number, at + 2)
    }
  }

  /** Where the entry stands, or the first free place where it would. */
  #placeOf(low: number, mark: number): number {
    const { numbers } = this
    const width = this.#width
    const last = this.#room - 1
    let slot = (low ^ Math.imul(mark, 0x9e3779b1)) & last
    for (;;) {
      const at = slot * width
      const there = numbers[at + 1] as number
      if (there === 0 || (there === mark && numbers[at] === low)) return at
      slot = (slot + 1) & last
    }
  }

  #grow(): void {
    const old = this.numbers
    const width = this.#width
    this.#room *= this.#room < FEW_PLACES ? 4 : 2
    this.numbers = new Uint32Array(width * this.#room)
    for (let from = 0; from < old.length; from += width) {
      if (old[from + 1] === 0) continue
      const at = this.#placeOf(old[from] as number, old[from + 1] as number)
      for (let i = 0; i < width; i++) this.numbers[at + i] = old[from + i] as number
    }
  }
}

/** Nothing but zeros means a free place. */
const markOf = (high: number): number => (high | 1) >>> 0

/** Counts how often each text was met. */
export class OccurrenceTable {
  readonly #met: Entries
  /** How often texts were met again; most tables have none. */
  readonly #again = new Entries(3, 16)
  readonly #hash = new Uint32Array(2)

  /** `room`: a power of two; it grows as it must. */
  constructor(room = 1024) {
    this.#met = new Entries(2, room)
  }

  /** How often the text was met before; from now on once more. */
  next(text: string): number {
    mix(text, this.#hash)
    return this.#count(this.#hash[0] as number, this.#hash[1] as number)
  }

  /** As `next`, of a text that is a hash in at least 16 hex digits itself: its first 64 bits tell it apart. */
  nextOfDigest(digest: string): number {
    return this.#count(bitsOf(digest, 0), bitsOf(digest, 8))
  }

  #count(low: number, high: number): number {
    this.#met.make(low, high)
    if (this.#met.isNew) return 0
    const at = this.#again.make(low, high)
    const before = (this.#again.numbers[at] as number) + 1
    this.#again.numbers[at] = before
    return before
  }

  /** Was the text met? */
  has(text: string): boolean {
    mix(text, this.#hash)
    return this.#met.find(this.#hash[0] as number, this.#hash[1] as number) >= 0
  }

  /** How often a text that is a hash in hex digits was met. */
  countOfDigest(digest: string): number {
    const low = bitsOf(digest, 0)
    const high = bitsOf(digest, 8)
    if (this.#met.find(low, high) < 0) return 0
    const at = this.#again.find(low, high)
    return at < 0 ? 1 : (this.#again.numbers[at] as number) + 1
  }

  /** Takes over what another table counted, where that is more. */
  absorb(other: OccurrenceTable): void {
    other.#met.each((low, high) => this.#met.make(low, high))
    const { numbers } = other.#again
    other.#again.each((low, high, from) => {
      const at = this.#again.make(low, high)
      const again = numbers[from] as number
      if ((this.#again.numbers[at] as number) < again) this.#again.numbers[at] = again
    })
  }
}

/** Remembers texts, each with 64 bits of the content that came with it first. */
export class ContentTable {
  readonly #entries = new Entries(4, 1024)
  readonly #hash = new Uint32Array(2)

  /**
   * `new` of a text that was not met before; otherwise whether it came with this very content the first time.
   * @param content a hash of it in at least 16 hex digits, or its texts; the same of all entries
   */
  meet(text: string, content: string | readonly string[]): 'new' | 'same' | 'other' {
    const hash = this.#hash
    mix(text, hash)
    const at = this.#entries.make(hash[0] as number, hash[1] as number)
    if (typeof content === 'string') {
      hash[0] = bitsOf(content, 0)
      hash[1] = bitsOf(content, 8)
    } else mixAll(content, hash)
    const { numbers, isNew } = this.#entries
    if (!isNew) return numbers[at] === hash[0] && numbers[at + 1] === hash[1] ? 'same' : 'other'
    numbers[at] = hash[0] as number
    numbers[at + 1] = hash[1] as number
    return 'new'
  }
}
