import { oc } from '@orpc/contract'
import { z } from 'zod'
import { eventRow, rawRow } from './events.ts'
import { accountKind, ERRORS, instant, page, readingAgain, uploadChunk } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, PLAN_CHANGED, DISK_FULL, CANCELLED } = ERRORS

export const account = z.object({
  id: z.string(),
  name: z.string(),
  kind: accountKind,
  group: z.string().nullable(),
  business: z.boolean(),
  events: z.number().int(),
  first: instant.nullable(),
  last: instant.nullable(),
  batches: z.number().int(),
  sources: z.array(z.string()),
})
export type AccountSummary = z.infer<typeof account>

export const rowNotice = z.object({
  /** Which table of the file: the member of a ZIP, the sheet of a workbook; null where the file has one table. */
  table: z.string().nullable(),
  row: z.number().int(),
  reason: z.string(),
  column: z.string().nullable(),
  text: z.string(),
})
export type RowNotice = z.infer<typeof rowNotice>

export const filePlan = z.object({
  file: z.string(),
  source: z.string().nullable(),
  sourceName: z.string().nullable(),
  layout: z.string().nullable(),
  /** Formats that recognise the header, best first; more than one at the same score asks the user. */
  candidates: z.array(z.object({ source: z.string(), name: z.string(), score: z.number() })),
  account: z.object({ id: z.string(), name: z.string(), isNew: z.boolean() }).nullable(),
  /** Of a file with several tables that go into several accounts: all of them, `account` first. */
  accounts: z.array(z.object({ name: z.string(), isNew: z.boolean() })).optional(),
  zone: z.string().nullable(),
  zoneAsked: z.boolean(),
  rows: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  linked: z.number().int(),
  skipped: z.number().int(),
  notUnderstood: z.number().int(),
  events: z.number().int(),
  prices: z.number().int(),
  /** Rows of brokers' forms (US: 1099-DA). */
  brokerForms: z.number().int().optional(),
  first: instant.nullable(),
  last: instant.nullable(),
  skippedReasons: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  warnings: z.array(z.string()),
  /** The file as a whole could not be read: which, where, what was kept, what to do. */
  problem: z.string().nullable(),
  /** No format knows its header: a recipe can be made of it (`recipes.tables`). */
  mappable: z.boolean(),
  /** Symbols that may stand for several assets, and what each was taken for; `assets.answer` settles them. */
  symbols: z.array(z.object({ symbol: z.string(), asset: z.string(), choices: z.array(z.string()) })).optional(),
  /**
   * Of a document with choices of its own, while it waits: those that differ from the ledger's. `execute` takes them over
   * only when asked; `refused` says which rule does not allow that.
   */
  choices: z
    .object({
      differ: z.array(z.object({ what: z.string(), here: z.string(), there: z.string() })),
      refused: z.string().nullable(),
    })
    .optional(),
})
export type FilePlan = z.infer<typeof filePlan>

/** The preview, which is the plan that is executed: same staged batch, same hash. */
export const importPlan = z.object({
  batch: z.string(),
  hash: z.string(),
  state: z.enum(['reading', 'ready', 'failed']),
  files: z.array(filePlan),
  job: z.string().nullable(),
})
export type ImportPlan = z.infer<typeof importPlan>

export const batch = z.object({
  id: z.string(),
  made: instant,
  state: z.enum(['live', 'reverted']),
  title: z.string(),
  files: z.array(filePlan),
  events: z.number().int(),
  notUnderstood: z.number().int(),
})
export type Batch = z.infer<typeof batch>

/** Files in: upload in chunks of at most 1 MiB, preview, execute, revert. */
export const intakeContract = {
  sources: oc.output(z.array(z.object({ id: z.string(), name: z.string(), venue: z.string(), howToGet: z.string() }))),
  accounts: oc.output(z.object({ revision: z.number().int(), accounts: z.array(account) })).errors({ NO_LEDGER }),
  editAccount: oc
    .input(
      z.object({
        id: z.string(),
        name: z.string().min(1).max(120).optional(),
        group: z.string().nullable().optional(),
        business: z.boolean().optional(),
      }),
    )
    .output(account)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  begin: oc
    .input(
      z.object({
        files: z
          .array(z.object({ name: z.string(), bytes: z.number().int() }))
          .min(1)
          .max(500),
      }),
    )
    .output(z.object({ batch: z.string(), uploads: z.array(z.string()) }))
    .errors({ NO_LEDGER, REFUSED, DISK_FULL }),
  /** `base64` of at most 1 MiB; answers when the engine has room for the next. */
  chunk: oc
    .input(uploadChunk)
    .output(z.object({ ok: z.literal(true) }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED }),
  plan: oc
    .input(z.object({ batch: z.string() }))
    .output(importPlan)
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  /** Reads a staged file again under another source, account or zone. */
  replan: oc
    .input(
      z.object({
        batch: z.string(),
        file: z.string(),
        source: z.string().optional(),
        account: z.string().optional(),
        newAccountName: z.string().optional(),
        zone: z.string().optional(),
      }),
    )
    .output(importPlan)
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  previewEvents: oc
    .input(page.extend({ batch: z.string(), file: z.string().optional() }))
    .output(z.object({ total: z.number().int(), rows: z.array(eventRow) }))
    .errors({ NO_LEDGER, NOT_FOUND }),
  /**
   * What an import on its way would be proposed to be linked with, by likeness: as likely or unclear proposals, or at once where
   * the evidence proves it. What ids and hashes prove is counted in the plan as linked.
   */
  previewLinks: oc
    .input(z.object({ batch: z.string() }))
    .output(
      z.object({
        revision: z.number().int(),
        proved: z.number().int(),
        likely: z.number().int(),
        unclear: z.number().int(),
        sample: z.array(
          z.object({
            id: z.string(),
            grade: z.enum(['proved', 'likely', 'unclear']),
            reason: z.string(),
            facts: z.array(z.string()),
            corroborating: z.array(z.string()),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, CANCELLED }),
  /** The rows of the file that a staged event was read from, in the source's own words. */
  /** What a staged import will join: transactions told in several files, and those that change events of the books. */
  previewJoins: oc
    .input(z.object({ batch: z.string() }))
    .output(
      z.object({
        revision: z.number().int(),
        transactions: z.number().int(),
        /** Of those: such as have records in the books already, which become one event with the new ones. */
        before: z.number().int(),
        /** Filed years in which they lie: their filings stay as they are, and show a difference. */
        filed: z.array(z.object({ year: z.number().int(), count: z.number().int() })),
        /** Left apart, because a person has spoken of one of their records: `joins.join` joins them. */
        waiting: z.number().int(),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, CANCELLED }),
  previewRaw: oc
    .input(z.object({ batch: z.string(), event: z.string() }))
    .output(z.object({ rawRows: z.array(rawRow) }))
    .errors({ NO_LEDGER, NOT_FOUND }),
  notices: oc
    .input(
      page.extend({
        batch: z.string(),
        file: z.string().optional(),
        outcome: z.enum(['skipped', 'not-understood', 'changed', 'linked']),
        /** Without the texts of the rows, which takes a file in an archive or workbook longer. */
        withoutTexts: z.boolean().default(false),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(rowNotice.extend({ file: z.string() })) }))
    .errors({ NO_LEDGER, NOT_FOUND }),
  execute: oc
    .input(
      z.object({
        batch: z.string(),
        hash: z.string(),
        /** The name of a file of the import whose choices are taken over in the same act: all of it, or nothing. */
        takeChoicesOf: z.string().optional(),
      }),
    )
    .output(z.object({ batch, revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, PLAN_CHANGED, DISK_FULL, REFUSED }),
  discard: oc
    .input(z.object({ batch: z.string() }))
    .output(z.object({ ok: z.literal(true) }))
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
  batches: oc.output(z.object({ revision: z.number().int(), batches: z.array(batch) })).errors({ NO_LEDGER }),
  revert: oc
    .input(z.object({ batch: z.string() }))
    .output(z.object({ revision: z.number().int(), events: z.number().int(), readingAgain }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
}
