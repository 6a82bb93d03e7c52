/** Names that a target accepts, each used once: what is taken gets a number. The same input gives the same names. */
export function uniqueNames<Id extends string>(
  entries: readonly (readonly [Id, string])[],
  accepted: (wish: string) => string,
  longest = Number.POSITIVE_INFINITY,
): ReadonlyMap<Id, string> {
  const names = new Map<Id, string>()
  const taken = new Set<string>()
  for (const [id, wish] of entries) {
    const base = accepted(wish)
    let name = base
    for (let number = 2; taken.has(name.toLowerCase()); number++) {
      const suffix = `-${number}`
      name = `${base.slice(0, longest - suffix.length)}${suffix}`
    }
    taken.add(name.toLowerCase())
    names.set(id, name)
  }
  return names
}

/** One line of plain text: control characters and line breaks become spaces, and runs of spaces one. */
export const oneLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a journal
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
