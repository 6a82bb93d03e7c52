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

const slotOf = (low: number, high: number, mask: number): number => (low ^ Math.imul(high, 0x9e3779b1)) & mask

/** Nothing but zeros means a free place: half of a hash that is never zero. */
const marked = (high: number): number => (high | 1) >>> 0

/** Entries take two thirds of the room, at most. */
const isFull = (size: number, room: number): boolean => size * 3 > room * 2

/** Of each entry: the two halves of its text's hash, of which nothing but zeros means a free place. */
const COUNTED = 2

/** Counts how often each text was met. */
export class OccurrenceTable {
  #entries: Uint32Array
  /** How often each entry was met again; most tables have no entry that was. */
  #again: Uint32Array | null = null
  #room: number
  #size = 0
  readonly #hash = new Uint32Array(2)

  /** `room`: a power of two; it grows as it must. */
  constructor(room = 1024) {
    this.#room = room
    this.#entries = new Uint32Array(COUNTED * room)
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
    const slot = this.#find(low, high)
    if (this.#entries[slot * COUNTED + 1] === 0) {
      this.#put(slot, low, high)
      return 0
    }
    this.#again ??= new Uint32Array(this.#room)
    const before = 1 + (this.#again[slot] as number)
    this.#again[slot] = before
    return before
  }

  /** Was the text met? */
  has(text: string): boolean {
    mix(text, this.#hash)
    return this.#countAt(this.#hash[0] as number, this.#hash[1] as number) > 0
  }

  /** How often a text that is a hash in hex digits was met. */
  countOfDigest(digest: string): number {
    return this.#countAt(bitsOf(digest, 0), bitsOf(digest, 8))
  }

  #countAt(low: number, high: number): number {
    const slot = this.#find(low, high)
    if (this.#entries[slot * COUNTED + 1] === 0) return 0
    return this.#again === null ? 1 : 1 + (this.#again[slot] as number)
  }

  /** Takes over what another table counted, where that is more. */
  absorb(other: OccurrenceTable): void {
    for (let from = 0; from < other.#room; from++) {
      const low = other.#entries[from * COUNTED] as number
      const high = other.#entries[from * COUNTED + 1] as number
      if (high === 0) continue
      const again = other.#again === null ? 0 : (other.#again[from] as number)
      const slot = this.#find(low, high)
      const isNew = this.#entries[slot * COUNTED + 1] === 0
      const at = isNew ? this.#put(slot, low, high) : slot
      if (again === 0) continue
      this.#again ??= new Uint32Array(this.#room)
      if ((this.#again[at] as number) < again) this.#again[at] = again
    }
  }

  /** Where the entry stands, or the first free place where it would. */
  #find(low: number, high: number): number {
    const entries = this.#entries
    const mask = this.#room - 1
    const other = marked(high)
    let slot = slotOf(low, other, mask)
    for (;;) {
      const at = slot * COUNTED
      if (entries[at + 1] === 0 || (entries[at] === low && entries[at + 1] === other)) return slot
      slot = (slot + 1) & mask
    }
  }

  /** Makes the entry at the free place; gives where it stands then. */
  #put(slot: number, low: number, high: number): number {
    this.#entries[slot * COUNTED] = low
    this.#entries[slot * COUNTED + 1] = marked(high)
    this.#size++
    if (!isFull(this.#size, this.#room)) return slot
    this.#grow()
    return this.#find(low, high)
  }

  #grow(): void {
    const old = this.#entries
    const again = this.#again
    this.#room *= 2
    this.#entries = new Uint32Array(COUNTED * this.#room)
    if (again !== null) this.#again = new Uint32Array(this.#room)
    for (let from = 0; from * COUNTED < old.length; from++) {
      const low = old[from * COUNTED] as number
      const high = old[from * COUNTED + 1] as number
      if (high === 0) continue
      const slot = this.#find(low, high)
      this.#entries[slot * COUNTED] = low
      this.#entries[slot * COUNTED + 1] = high
      if (again !== null) (this.#again as Uint32Array)[slot] = again[from] as number
    }
  }
}

/** Of each entry: the two halves of its text's hash, and 64 bits of the content that it had first. */
const WITH_CONTENT = 4

/** Remembers texts, each with the content that came with it first. 16 bytes for each. */
export class ContentTable {
  #entries = new Uint32Array(WITH_CONTENT * 1024)
  #room = 1024
  #size = 0
  readonly #hash = new Uint32Array(2)

  /**
   * `new` of a text that was not met before; otherwise whether it came with this very content the first time.
   * @param content a hash of it in at least 16 hex digits, or its texts; the same of all entries
   */
  meet(text: string, content: string | readonly string[]): 'new' | 'same' | 'other' {
    const hash = this.#hash
    mix(text, hash)
    const low = hash[0] as number
    const high = marked(hash[1] as number)
    if (typeof content === 'string') {
      hash[0] = bitsOf(content, 0)
      hash[1] = bitsOf(content, 8)
    } else mixAll(content, hash)
    if (isFull(this.#size, this.#room)) this.#grow()
    const entries = this.#entries
    const at = this.#find(low, high)
    if (entries[at + 1] === 0) {
      entries[at] = low
      entries[at + 1] = high
      entries[at + 2] = hash[0] as number
      entries[at + 3] = hash[1] as number
      this.#size++
      return 'new'
    }
    return entries[at + 2] === hash[0] && entries[at + 3] === hash[1] ? 'same' : 'other'
  }

  #find(low: number, high: number): number {
    const entries = this.#entries
    const mask = this.#room - 1
    let slot = slotOf(low, high, mask)
    for (;;) {
      const at = slot * WITH_CONTENT
      if (entries[at + 1] === 0 || (entries[at] === low && entries[at + 1] === high)) return at
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const old = this.#entries
    this.#room *= 2
    this.#entries = new Uint32Array(WITH_CONTENT * this.#room)
    for (let i = 0; i < old.length; i += WITH_CONTENT) {
      if (old[i + 1] === 0) continue
      const at = this.#find(old[i] as number, old[i + 1] as number)
      for (let k = 0; k < WITH_CONTENT; k++) this.#entries[at + k] = old[i + k] as number
    }
  }
}
