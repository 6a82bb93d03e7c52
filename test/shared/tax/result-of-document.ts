/**
 * Runs an interchange document through the engine in this process, as `tallystick calc` does. Reading takes the parsed
 * objects over, so it gets a copy.
 */
import { createHash } from 'node:crypto'
import { problemLines, readInterchange } from '../../../shared/events/interchange.ts'
import type { InterchangeDocument } from '../../../shared/events/interchange-types.ts'
import { compute } from '../../../shared/tax/compute.ts'
import type { TaxResult } from '../../../shared/tax/result.ts'
import { toResultDocument } from '../../../shared/tax/result-document.ts'
import type { JsonObject } from './scenario-files.ts'

/** A document and its result; throws where the engine refuses it. */
export function computed(input: JsonObject): { readonly document: InterchangeDocument; readonly result: TaxResult } {
  const inputHash = `sha256:${createHash('sha256').update(JSON.stringify(input)).digest('hex')}`
  const reading = readInterchange(structuredClone(input), 'scenario')
  if (!reading.ok) throw new Error(problemLines(reading).join('\n'))
  const outcome = compute({ ...reading.document, inputHash })
  if (!outcome.ok) throw new Error(outcome.refusals.map((refusal) => refusal.text).join('\n'))
  return { document: reading.document, result: outcome.result }
}

export type Outcome =
  | { readonly ok: true; readonly document: JsonObject }
  | { readonly ok: false; readonly text: string }

/** The result document of an input, or why it was refused. `rounded`: as the form rounds under the profile. */
export function resultOf(input: JsonObject, rounded: boolean): Outcome {
  const reading = readInterchange(structuredClone(input), 'scenario')
  if (!reading.ok) return { ok: false, text: problemLines(reading).join('\n') }
  const outcome = compute(reading.document)
  if (!outcome.ok) return { ok: false, text: outcome.refusals.map((refusal) => refusal.text).join('\n') }
  const { assets, profile } = reading.document
  const document = toResultDocument(outcome.result, {
    assets,
    ...(rounded ? { rounded: profile.rounding ?? 'cents' } : {}),
  })
  return { ok: true, document: JSON.parse(JSON.stringify(document)) }
}
