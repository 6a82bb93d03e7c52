import { hash } from 'node:crypto'
import { parseInterchange, problemLines } from '../../shared/events/interchange.ts'
import { hashInterchange } from '../../shared/events/interchange-writer.ts'
import { compute } from '../../shared/tax/compute.ts'
import type { DocumentOptions } from '../../shared/tax/forms/country-forms.ts'
import type { TaxResult } from '../../shared/tax/result.ts'
import { type ResultDocument, resultDocumentText, toResultDocument } from '../../shared/tax/result-document.ts'

export interface CalcOptions {
  /** Rounds each figure as the forms do under the profile: to cents, or to whole units. */
  readonly rounded?: boolean
}

/** `error`: one line a problem, each naming the file and the place in it. */
type Refused = { readonly ok: false; readonly error: string }
export type CalcOutcome = { readonly ok: true; readonly document: ResultDocument } | Refused

/**
 * Interchange JSON in, result document out, with no ledger: what `tallystick calc` does.
 * @param fileName for messages only
 */
export function calc(inputText: string, fileName: string, options: CalcOptions = {}): CalcOutcome {
  const computed = computeFrom(inputText, fileName, options)
  return computed.ok ? { ok: true, document: toResultDocument(computed.result, computed.as) } : computed
}

/** The same, the document as text in pieces, so that a long one is never held whole. */
export function calcText(
  inputText: string,
  fileName: string,
  options: CalcOptions = {},
): { readonly ok: true; readonly pieces: Iterable<string> } | Refused {
  const computed = computeFrom(inputText, fileName, options)
  return computed.ok ? { ok: true, pieces: resultDocumentText(computed.result, computed.as) } : computed
}

function computeFrom(
  inputText: string,
  fileName: string,
  options: CalcOptions,
): { readonly ok: true; readonly result: TaxResult; readonly as: DocumentOptions } | Refused {
  const read = parseInterchange(inputText, fileName)
  if (!read.ok) return { ok: false, error: problemLines(read).join('\n') }
  const { document } = read
  const inputHash = hashInterchange(document, (text) => hash('sha256', text))
  const outcome = compute({ ...document, inputHash })
  if (!outcome.ok) return { ok: false, error: outcome.refusals.map(({ text }) => `${fileName}: ${text}`).join('\n') }
  const { assets, profile } = document
  const rounded = options.rounded === true ? { rounded: profile.rounding ?? ('cents' as const) } : {}
  return { ok: true, result: outcome.result, as: { ...rounded, assets } }
}
