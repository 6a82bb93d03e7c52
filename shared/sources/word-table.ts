import { detached } from './identity.ts'

/**
 * The words of a file and what they mean. Words are looked up as they stand in the file, so the table must know none of its
 * own: without this a type of `constructor` would mean something.
 */
export function wordTable<T>(words: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.freeze(Object.assign(Object.create(null) as Record<string, T>, words))
}

/** Words met by one function, at most: types and labels are few, and texts that are none must not fill the memory. */
const MOST_REMEMBERED = 2000

/** The same answers, those about the few words of a file remembered. */
export function remembered<T>(answer: (word: string) => T): (word: string) => T {
  const met = new Map<string, T>()
  return (word) => {
    const known = met.get(word)
    if (known !== undefined) return known
    const found = answer(word)
    if (met.size < MOST_REMEMBERED) met.set(detached(word), found)
    return found
  }
}

/** The same of two words. */
export function rememberedPair<T>(answer: (one: string, other: string) => T): (one: string, other: string) => T {
  const ofOne = remembered((one) => remembered((other) => answer(one, other)))
  return (one, other) => ofOne(one)(other)
}

/** Two words as one: `trade / spot`. */
export const bothWords = rememberedPair((one, other) => `${one} / ${other}`)
