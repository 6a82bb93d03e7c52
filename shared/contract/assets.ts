import { oc } from '@orpc/contract'
import { z } from 'zod'
import { assetKind, civilDate, ERRORS, instant } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL } = ERRORS

/** What a source meant by a symbol, as it was read. */
export const assetMention = z.object({
  source: z.string(),
  sourceName: z.string(),
  symbol: z.string(),
  asset: z.string(),
  found: z.enum(['known', 'ambiguous', 'unknown', 'answered']),
  /** Assets that it may stand for, the likeliest first. */
  choices: z.array(z.string()),
  reason: z.string(),
  first: instant,
  last: instant,
  count: z.number().int(),
})
export type AssetMention = z.infer<typeof assetMention>

/** A remembered answer: what `symbol` stands for at `source` (an id it begins with; absent: everywhere) between two days. */
export const assetAnswer = z.object({
  id: z.string(),
  source: z.string().nullable(),
  symbol: z.string(),
  from: civilDate.nullable(),
  to: civilDate.nullable(),
  asset: z.string(),
  note: z.string(),
})
export type AssetAnswer = z.infer<typeof assetAnswer>

export const bookAsset = z.object({
  id: z.string(),
  symbol: z.string(),
  kind: assetKind,
  chain: z.string().nullable(),
  contract: z.string().nullable(),
  family: z.string().nullable(),
  /** What a token calls itself in full; null where its source does not tell, or it is its symbol. */
  name: z.string().nullable(),
  /** Why this token looks like spam; null where it does not. */
  spam: z.string().nullable(),
})

const done = z.object({ act: z.string(), revision: z.number().int() })

/** What symbols stand for: asked where it is ambiguous, remembered, taken along. */
export const assetsContract = {
  list: oc.output(z.object({ revision: z.number().int(), assets: z.array(bookAsset) })).errors({ NO_LEDGER }),
  /** Symbols of live imports that are ambiguous or never heard of, most used first; answered ones too where `all`. */
  mentions: oc
    .input(z.object({ all: z.boolean().default(false) }))
    .output(z.object({ revision: z.number().int(), mentions: z.array(assetMention) }))
    .errors({ NO_LEDGER }),
  answers: oc.output(z.object({ revision: z.number().int(), answers: z.array(assetAnswer) })).errors({ NO_LEDGER }),
  /**
   * Remembers what a symbol stands for, and puts the events right that were read otherwise, as one act. Such a symbol is
   * read so in later imports. `events` says how many events changed.
   */
  answer: oc
    .input(
      z.object({
        source: z.string().nullable(),
        symbol: z.string().min(1).max(60),
        from: civilDate.nullable(),
        to: civilDate.nullable(),
        asset: z.string().min(1).max(200),
        kind: assetKind.optional(),
        note: z.string().max(500).default(''),
      }),
    )
    .output(done.extend({ answer: assetAnswer, events: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  forget: oc
    .input(z.object({ id: z.string() }))
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  /** Kind, symbol or family of an asset. A family joins assets only where a position says so. */
  edit: oc
    .input(
      z.object({
        id: z.string(),
        symbol: z.string().min(1).max(60).optional(),
        kind: assetKind.optional(),
        family: z.string().max(60).optional(),
      }),
    )
    .output(done)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** Families that the program knows, with the reason for each. */
  families: oc.output(z.array(z.object({ id: z.string(), members: z.array(z.string()), reason: z.string() }))),
  exportAnswers: oc.output(z.object({ fileName: z.string(), text: z.string() })).errors({ NO_LEDGER }),
  importAnswers: oc
    .input(z.object({ text: z.string().max(1_000_000) }))
    .output(
      z.object({
        added: z.number().int(),
        events: z.number().int(),
        act: z.string().nullable(),
        revision: z.number().int(),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, DISK_FULL }),
}
