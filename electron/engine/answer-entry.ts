import { z } from 'zod'
import { assetKind, civilDate } from '../../shared/contract/primitives.ts'
import type { StoredAnswer } from '../ledger/asset-answers.ts'

/** An answer on what a symbol stands for, as files take it along. */
export const answerEntry = z.strictObject({
  source: z.string().min(1).max(80).nullable(),
  symbol: z.string().min(1).max(60),
  from: civilDate.nullable(),
  to: civilDate.nullable(),
  asset: z.string().min(1).max(200),
  kind: assetKind.nullable(),
  note: z.string().max(500),
})

/** The same of one that is stored. */
export const answerEntryOf = ({ source, symbol, from, to, asset, kind, note }: StoredAnswer) => ({
  source,
  symbol,
  from,
  to,
  asset,
  kind,
  note,
})
