/** A value that JSON can hold. Members that are undefined are left out. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined }

/**
 * JSON in the canonical form of RFC 8785: members sorted by UTF-16 code units, no white space, ECMAScript numbers and
 * escapes. Equal values give equal bytes, so the text can be hashed. A number that is not finite, and a lone surrogate,
 * are bugs of the caller and throw.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('JSON has no such number')
  if (typeof value === 'string' && !value.isWellFormed()) throw new RangeError('a lone surrogate has no canonical form')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members: string[] = []
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) members.push(`${canonicalJson(name)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
