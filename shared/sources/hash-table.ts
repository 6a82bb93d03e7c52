/**
 * Compact memory of texts: 12 bytes for each, whatever its length. Two texts are taken for the same when 64 bits of a
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

/** Counts how often each text was met. */
export class OccurrenceTable {
  #keys: Uint32Array
  #counts: Uint32Array
  #size = 0
  readonly #hash = new Uint32Array(2)

  /** `room`: a power of two; it grows as it must. */
  constructor(room = 1024) {
    this.#keys = new Uint32Array(2 * room)
    this.#counts = new Uint32Array(room)
  }

  /** How often the text was met before; from now on once more. */
  next(text: string): number {
    mix(text, this.#hash)
    return this.#count()
  }

  /** As `next`, of texts that are one only together. */
  nextOf(first: string, more: readonly string[]): number {
    const into = this.#hash
    into[0] = FIRST_A
    into[1] = FIRST_B
    mixMore(first, into)
    for (let i = 0; i < more.length; i++) mixMore(more[i] as string, into)
    finish(into)
    return this.#count()
  }

  #count(): number {
    if (this.#size * 2 > this.#counts.length) this.#grow()
    const slot = this.#slot(this.#hash[0] as number, this.#hash[1] as number)
    const before = this.#counts[slot] as number
    if (before === 0) {
      this.#keys[slot * 2] = this.#hash[0] as number
      this.#keys[slot * 2 + 1] = this.#hash[1] as number
      this.#size++
    }
    this.#counts[slot] = before + 1
    return before
  }

  /** Was the text met? */
  has(text: string): boolean {
    return this.countOf(text) > 0
  }

  /** How often the text was met. */
  countOf(text: string): number {
    mix(text, this.#hash)
    return this.#counts[this.#slot(this.#hash[0] as number, this.#hash[1] as number)] as number
  }

  /** Takes over what another table counted, where that is more. */
  absorb(other: OccurrenceTable): void {
    for (let i = 0; i < other.#counts.length; i++) {
      const count = other.#counts[i] as number
      if (count === 0) continue
      if (this.#size * 2 > this.#counts.length) this.#grow()
      const low = other.#keys[i * 2] as number
      const high = other.#keys[i * 2 + 1] as number
      const slot = this.#slot(low, high)
      const known = this.#counts[slot] as number
      if (known >= count) continue
      if (known === 0) {
        this.#keys[slot * 2] = low
        this.#keys[slot * 2 + 1] = high
        this.#size++
      }
      this.#counts[slot] = count
    }
  }

  #slot(low: number, high: number): number {
    const mask = this.#counts.length - 1
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
    while ((this.#counts[slot] as number) > 0 && !(this.#keys[slot * 2] === low && this.#keys[slot * 2 + 1] === high)) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  #grow(): void {
    const keys = this.#keys
    const counts = this.#counts
    this.#keys = new Uint32Array(keys.length * 2)
    this.#counts = new Uint32Array(counts.length * 2)
    for (let i = 0; i < counts.length; i++) {
      if ((counts[i] as number) === 0) continue
      const slot = this.#slot(keys[i * 2] as number, keys[i * 2 + 1] as number)
      this.#keys[slot * 2] = keys[i * 2] as number
      this.#keys[slot * 2 + 1] = keys[i * 2 + 1] as number
      this.#counts[slot] = counts[i] as number
    }
  }
}
