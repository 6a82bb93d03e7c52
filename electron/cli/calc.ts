import { hash } from 'node:crypto'
import { parseInterchange, problemLines } from '../../shared/events/interchange.ts'
import { hashInterchange } from '../../shared/events/interchange-writer.ts'
import { compute } from '../../shared/tax/compute.ts'
import { type ResultDocument, toResultDocument } from '../../shared/tax/result-document.ts'

export interface CalcOptions {
  /** Rounds each figure as the forms do under the profile: to cents, or to whole units. */
  readonly rounded?: boolean
}

/** `error`: one line a problem, each naming the file and the place in it. */
export type CalcOutcome =
  | { readonly ok: true; readonly document: ResultDocument }
  | { readonly ok: false; readonly error: string }

/**
 * Interchange JSON in, result document out, with no ledger: what `tallystick calc` does.
 * @param fileName for messages only
 */
export function calc(inputText: string, fileName: string, options: CalcOptions = {}): CalcOutcome {
  const read = parseInterchange(inputText, fileName)
  if (!read.ok) return { ok: false, error: problemLines(read).join('\n') }
  const { document } = read
  const inputHash = hashInterchange(document, (text) => hash('sha256', text))
  const outcome = compute({ ...document, inputHash })
  if (!outcome.ok) return { ok: false, error: outcome.refusals.map(({ text }) => `${fileName}: ${text}`).join('\n') }
  const { assets, profile } = document
  const rounded = options.rounded === true ? { rounded: profile.rounding ?? ('cents' as const) } : {}
  return { ok: true, document: toResultDocument(outcome.result, { ...rounded, assets }) }
}
