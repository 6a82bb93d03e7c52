/** What a person answered on symbols: remembered, and above what the program knows. */
import type { AssetKind } from '../events/account.ts'
import type { AssetId, Instant, SourceId } from '../events/identifiers.ts'
import { isFiatCode } from './fiat.ts'
import { type AssetName, type ResolvedAsset, resolveAsset } from './resolve.ts'
import { kindOfSymbol } from './symbols.ts'

export interface AssetAnswer {
  /** An id that the source's begins with; null: every source. */
  readonly source: string | null
  /** As the source writes it, in capitals. */
  readonly symbol: string
  /** Milliseconds: in force from (inclusive) and to (exclusive). */
  readonly from: number | null
  readonly to: number | null
  readonly asset: AssetId
  readonly kind?: AssetKind
}

/** The answer that holds for a symbol at a source and time: one for the source before one for all, the newest first. */
function answerFor(answers: readonly AssetAnswer[], symbol: string, source: string, time: number): AssetAnswer | null {
  const wanted = symbol.toUpperCase()
  const fits = answers.filter(
    (one) =>
      one.symbol === wanted &&
      (one.source === null || source.startsWith(one.source)) &&
      (one.from === null || time >= one.from) &&
      (one.to === null || time < one.to),
  )
  return fits.findLast(({ source: own }) => own !== null) ?? fits.at(-1) ?? null
}

/** As `resolveAsset`, with what was answered first. A contract on a chain says itself what it is and is not asked about. */
export function resolveWithAnswers(
  name: AssetName,
  source: SourceId,
  time: Instant,
  answers: readonly AssetAnswer[],
): ResolvedAsset & { readonly answered?: true } {
  const answer =
    name.contract === undefined && name.fiat !== true ? answerFor(answers, name.symbol, source, time) : null
  if (answer === null) return resolveAsset(name, source, time)
  const kind = answer.kind ?? (isFiatCode(answer.asset) ? 'fiat' : (kindOfSymbol(answer.asset) ?? 'crypto'))
  return { found: 'known', answered: true, asset: answer.asset, kind, symbol: answer.asset, reason: 'as you answered' }
}
