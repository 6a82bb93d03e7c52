/**
 * The words of a file and what they mean. Words are looked up as they stand in the file, so the table must know none of its
 * own: without this a type of `constructor` would mean something.
 */
export function wordTable<T>(words: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.freeze(Object.assign(Object.create(null) as Record<string, T>, words))
}
