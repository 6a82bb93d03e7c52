import type { JsonValue } from '../../shared/events/canonical-json.ts'

/**
 * Half characters (lone surrogates, which a cut-off text can hold) made whole, in every text of a value: SQLite stores
 * them so, and canonical JSON refuses them.
 */
export function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed()
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(wellFormed)
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name.toWellFormed(), one === undefined ? undefined : wellFormed(one)]),
  )
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
