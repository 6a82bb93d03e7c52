/** Where the elements of the lists of a JSON document stand in its text. The text must be valid JSON. */
export interface ListElement {
  /** Name of the document's member that holds the list. */
  readonly list: string
  readonly index: number
  /** Place in the text. */
  readonly start: number
  readonly length: number
}

const QUOTE = 34
const BACKSLASH = 92

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9
const opens = (code: number): boolean => code === 123 || code === 91
const closes = (code: number): boolean => code === 125 || code === 93

/** End of the string that begins at `at`, its closing quotation mark included. */
function endOfString(text: string, at: number): number {
  let i = at + 1
  while (text.charCodeAt(i) !== QUOTE) i += text.charCodeAt(i) === BACKSLASH ? 2 : 1
  return i + 1
}

/** End of the value that begins at `at`. */
function endOfValue(text: string, at: number): number {
  let depth = 0
  let i = at
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      i = endOfString(text, i)
      if (depth === 0) return i
      continue
    }
    if (opens(code)) depth++
    else if (closes(code)) {
      if (depth === 0) return i
      depth--
      if (depth === 0) return i + 1
    } else if (depth === 0 && (code === 44 || isSpace(code))) return i
    i++
  }
  return i
}

const skipTo = (text: string, at: number): number => {
  let i = at
  while (isSpace(text.charCodeAt(i)) || text.charCodeAt(i) === 44 || text.charCodeAt(i) === 58) i++
  return i
}

/**
 * The elements of all lists that are members of the document itself, in the order of the text. `twice`: a member that stands
 * in the document more than once, of which whoever reads it would take one or the other; null where there is none.
 */
export function listElements(text: string): {
  readonly elements: readonly ListElement[]
  readonly twice: string | null
} {
  const elements: ListElement[] = []
  const names = new Set<string>()
  let twice: string | null = null
  let i = text.indexOf('{') + 1
  for (;;) {
    i = skipTo(text, i)
    if (text.charCodeAt(i) !== QUOTE) return { elements, twice }
    const nameEnd = endOfString(text, i)
    const list = JSON.parse(text.slice(i, nameEnd)) as string
    if (names.has(list)) twice ??= list
    names.add(list)
    i = skipTo(text, nameEnd)
    const end = endOfValue(text, i)
    if (text.charCodeAt(i) === 91) {
      let index = 0
      let at = skipTo(text, i + 1)
      while (at < end - 1) {
        const stop = endOfValue(text, at)
        elements.push({ list, index, start: at, length: stop - at })
        index++
        at = skipTo(text, stop)
      }
    }
    i = end
  }
}
