import { oc } from '@orpc/contract'
import { z } from 'zod'
import { accountKind, civilDate, decimal, ERRORS, figureRef, instant, kind, page, role } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL, CANCELLED } = ERRORS

export const legView = z.object({
  role,
  account: z.string(),
  accountName: z.string(),
  asset: z.string(),
  symbol: z.string(),
  amount: decimal,
  value: decimal.nullable(),
  valueReason: z.string().nullable(),
  included: z.boolean(),
})
export type LegView = z.infer<typeof legView>

/** One line of the Ledger view: an effective event. */
export const eventRow = z.object({
  id: z.string(),
  time: instant,
  precision: z.enum(['day', 'minute', 'second', 'millisecond']),
  date: civilDate,
  timeText: z.string(),
  kind,
  sourceKind: z.string().nullable(),
  accountNames: z.array(z.string()),
  legs: z.array(legView),
  note: z.string(),
  batch: z.string().nullable(),
  source: z.string().nullable(),
  decided: z.boolean(),
  ignored: z.boolean(),
  /** Codes of open points that hang on this event. */
  open: z.array(z.string()),
  /** Ids of the two (or more) events this one joins, when it is a matched transfer. */
  joined: z.array(z.string()),
  /** The group that a person put it into. */
  group: z.object({ id: z.string(), name: z.string() }).nullable().optional(),
})
export type EventRow = z.infer<typeof eventRow>

export const eventFilter = z.object({
  text: z.string().max(200).optional(),
  account: z.string().optional(),
  asset: z.string().optional(),
  kinds: z.array(kind).optional(),
  batch: z.string().optional(),
  year: z.number().int().optional(),
  from: civilDate.optional(),
  to: civilDate.optional(),
  attention: z.boolean().optional(),
})
export type EventFilter = z.infer<typeof eventFilter>

export const rawRow = z.object({
  record: z.string(),
  file: z.string(),
  row: z.number().int(),
  header: z.array(z.string()),
  cells: z.array(z.string()),
  text: z.string(),
  hash: z.string(),
  batch: z.string(),
  identity: z.string(),
})
export type RawRow = z.infer<typeof rawRow>

export const decision = z.discriminatedUnion('what', [
  z.object({ what: z.literal('kind'), event: z.string(), kind }),
  z.object({ what: z.literal('value'), event: z.string(), leg: z.number().int().min(0), value: decimal }),
  z.object({
    what: z.literal('cost'),
    event: z.string(),
    leg: z.number().int().min(0),
    cost: decimal,
    acquired: civilDate,
  }),
  z.object({ what: z.literal('ignore'), event: z.string(), reason: z.string().min(1).max(500) }),
  z.object({ what: z.literal('unignore'), event: z.string() }),
  z.object({ what: z.literal('note'), event: z.string(), note: z.string().max(2000) }),
  z.object({
    what: z.literal('lots'),
    event: z.string(),
    lots: z.array(z.object({ event: z.string(), amount: decimal })),
    identifiedAt: instant.optional(),
  }),
])
export type Decision = z.infer<typeof decision>

export const eventDetail = z.object({
  revision: z.number().int(),
  row: eventRow,
  hash: z.string().nullable(),
  fromAddress: z.string().nullable(),
  toAddress: z.string().nullable(),
  rawRows: z.array(rawRow),
  corroboratedBy: z.array(z.object({ event: z.string(), source: z.string(), reason: z.string() })),
  versions: z.array(z.object({ version: z.number().int(), batch: z.string(), live: z.boolean() })),
  decisions: z.array(z.object({ act: z.string(), at: instant, what: z.string(), live: z.boolean() })),
  figures: z.array(z.object({ ref: figureRef, label: z.string(), amount: decimal.nullable() })),
  /** Events that it was made of by hand, and those that it gave way to. */
  madeFrom: z.array(z.string()).optional(),
  replacedBy: z.array(z.string()).optional(),
  /** The records of one transaction that it was joined from, and why it is what it is. */
  records: z.array(eventRow).optional(),
  joinReason: z.string().nullable().optional(),
  /** The one event that it is a record of, or could be: `joins.join` and `joins.apart` take its id. */
  transaction: z
    .object({ id: z.string(), state: z.enum(['joined', 'waiting', 'apart']) })
    .nullable()
    .optional(),
  /** How many files are attached. */
  attachments: z.number().int().optional(),
})
export type EventDetail = z.infer<typeof eventDetail>

/** Every event, filtered, sorted, by position; the facts behind one; decisions upon them. */
export const eventsContract = {
  list: oc
    .input(
      page.extend({
        filter: eventFilter,
        sort: z.enum(['time', 'kind', 'account', 'asset', 'amount', 'value']),
        descending: z.boolean(),
      }),
    )
    .output(z.object({ revision: z.number().int(), total: z.number().int(), rows: z.array(eventRow) }))
    .errors({ NO_LEDGER, CANCELLED }),
  facets: oc
    .output(
      z.object({
        revision: z.number().int(),
        years: z.array(z.number().int()),
        accounts: z.array(z.object({ id: z.string(), name: z.string(), kind: accountKind })),
        assets: z.array(z.object({ id: z.string(), symbol: z.string() })),
        kinds: z.array(kind),
      }),
    )
    .errors({ NO_LEDGER, CANCELLED }),
  get: oc
    .input(z.object({ event: z.string() }))
    .output(eventDetail)
    .errors({ NO_LEDGER, NOT_FOUND, CANCELLED }),
  /** One act, however many decisions; undone as one. */
  decide: oc
    .input(z.object({ decisions: z.array(decision).min(1).max(10_000) }))
    .output(z.object({ act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  balances: oc
    .input(z.object({ at: civilDate.optional() }))
    .output(
      z.object({
        revision: z.number().int(),
        rows: z.array(
          z.object({
            account: z.string(),
            accountName: z.string(),
            asset: z.string(),
            symbol: z.string(),
            amount: decimal,
            negativeSince: civilDate.nullable(),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, CANCELLED }),
}
