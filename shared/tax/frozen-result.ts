/**
 * A result as a filing keeps it: every figure of one tax year, written so that later versions of the engine read it back
 * as it was instead of computing it again.
 */
import type { FormLine, LotOrigin, TaxResult } from './result.ts'

const SCHEMA = 'tallystick/filed@1'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

interface FrozenText {
  readonly schema: string
  /** Lots with the lots they were taken from, each once, parents first. */
  readonly origins: readonly Json[]
  readonly result: Json
  readonly forms: Forms
}

/** Lines of the country's forms by form, each line with its members in the form's order. */
export type Forms = Readonly<Record<string, readonly FormLine[]>>

export interface Frozen {
  readonly result: TaxResult
  readonly forms: Forms
}

/** The part of a result that belongs to a tax year: its rows and open points, the totals up to it, and what is held. */
function resultOfYear(result: TaxResult, year: number): TaxResult {
  const ofYear = (row: { readonly taxYear: number | null }): boolean => row.taxYear === null || row.taxYear === year
  return {
    ...result,
    disposals: result.disposals.filter(ofYear),
    income: result.income.filter(ofYear),
    transfersOut: result.transfersOut.filter(ofYear),
    open: result.open.filter(ofYear),
    totals: new Map([...result.totals].filter(([own]) => own <= year)),
    residence: result.residence.map((part) => ({ ...part, result: resultOfYear(part.result, year) })),
  }
}

/** Writes what a filing of `year` keeps of a result and its forms. The same result gives the same text. */
export function freezeResult({ result, forms }: Frozen, year: number): string {
  const origins: Json[] = []
  const places = new Map<object, number>()
  const placeOf = (origin: LotOrigin): number => {
    const chain: LotOrigin[] = []
    for (let next: LotOrigin | null = origin; next !== null && !places.has(next); next = next.parent) chain.push(next)
    for (const one of chain.toReversed()) {
      const { parent, ...rest } = one
      origins.push({ ...(write(rest) as object), parent: parent === null ? null : (places.get(parent) as number) })
      places.set(one, origins.length - 1)
    }
    return places.get(origin) as number
  }
  const write = (value: unknown): Json => {
    if (typeof value === 'bigint') return { $n: value.toString() }
    if (value === null || typeof value !== 'object') return (value ?? null) as Json
    if (Array.isArray(value)) return value.map(write)
    if (value instanceof Map) return { $m: [...value].map(([key, one]) => [key as Json, write(one)]) }
    if (isOrigin(value)) return { $o: placeOf(value) }
    const written: Record<string, Json> = {}
    for (const [name, one] of Object.entries(value)) if (one !== undefined) written[name] = write(one)
    return written
  }
  const body = write(resultOfYear(result, year))
  const text: FrozenText = { schema: SCHEMA, origins, result: body, forms }
  return JSON.stringify(text)
}

const isOrigin = (value: object): value is LotOrigin => 'unitCost' in value && 'perUnits' in value && 'parent' in value

/** Members that a result has had since the first version that froze its rows; a later one supplies what is newer. */
const ABSENT: Partial<TaxResult> = { blocked: [], brokerForms: [], residence: [] }

/** Reads what `freezeResult` wrote; null where the text is none. */
export function thawResult(text: string): Frozen | null {
  const frozen = JSON.parse(text) as FrozenText
  if (frozen.schema !== SCHEMA) return null
  const origins: LotOrigin[] = []
  const read = (value: Json): unknown => {
    if (value === null || typeof value !== 'object') return value
    if (isList(value)) return value.map(read)
    if (typeof value.$n === 'string') return BigInt(value.$n)
    if (typeof value.$o === 'number') return origins[value.$o]
    if (value.$m !== undefined) return new Map((value.$m as [string, Json][]).map(([key, one]) => [key, read(one)]))
    const object: Record<string, unknown> = {}
    for (const [name, one] of Object.entries(value)) object[name] = read(one)
    return object
  }
  for (const written of frozen.origins) {
    const { parent, ...rest } = written as { readonly [key: string]: Json }
    origins.push({
      ...(read(rest) as LotOrigin),
      parent: typeof parent === 'number' ? (origins[parent] ?? null) : null,
    })
  }
  return { result: { ...ABSENT, ...(read(frozen.result) as TaxResult) }, forms: frozen.forms }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
