import { z } from 'zod'
import { ACCOUNT_KINDS, ASSET_KINDS } from '../events/account.ts'
import { ROLES } from '../events/event.ts'
import { KINDS } from '../events/kinds.ts'

/** A canonical decimal: no exponent, no trailing zeros, no `-0`. Amounts and money cross the contract as text. */
export const decimal = z.string().regex(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/, 'a plain decimal number')
/** Milliseconds since the epoch, UTC. */
export const instant = z.number().int()
/** `YYYY-MM-DD` in the taxpayer's zone. */
export const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const kind = z.enum(KINDS)
export const role = z.enum(ROLES)
export const accountKind = z.enum(ACCOUNT_KINDS)
export const assetKind = z.enum(ASSET_KINDS)

/** Position in a list of any length. At most 500 rows a call. */
export const page = z.object({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) })

/** Tax or totals with the open points resolved either way. `null` where a bound is not known. */
export const bounds = z.object({ low: decimal.nullable(), high: decimal.nullable() })
export type Bounds = z.infer<typeof bounds>

/** What a change that is only thought of would do: to the profile's tax year, and to every year that moves. */
export const taxEffect = z.object({
  year: z.number().int(),
  gainBefore: decimal,
  gainAfter: decimal,
  openBefore: z.number().int(),
  openAfter: z.number().int(),
  /** The years that would move. `filed`: its figures stay as filed, and the difference to them is shown. */
  years: z.array(
    z.object({
      year: z.number().int(),
      filed: z.boolean(),
      gainBefore: decimal,
      gainAfter: decimal,
      incomeBefore: decimal,
      incomeAfter: decimal,
      taxableBefore: decimal,
      taxableAfter: decimal,
      openBefore: z.number().int(),
      openAfter: z.number().int(),
    }),
  ),
})
export type TaxEffectView = z.infer<typeof taxEffect>

/** A piece of an upload, the last one marked as such: at most 1 MiB of a file. */
export const uploadChunk = z.object({
  upload: z.string(),
  index: z.number().int().min(0),
  base64: z.string().max(1_500_000),
  last: z.boolean(),
})

/**
 * A reference to any figure the app shows, which `trace.expand` can open. Text of the form `kind:rest`, for example
 * `total:2025:gain`, `disposal:<id>`, `form:us-8949:2025:L:14:d`, `event:<id>`, `raw:<record>`.
 */
export const figureRef = z.string().min(3).max(500)

/**
 * Files that held the same rows as an import which was just taken back: a job reads them again, and what they hold comes
 * back with it.
 */
export const readingAgain = z.array(z.string())

/** The closed list of errors a door may meet. `message` is a text a person can act on. */
export const ERRORS = {
  NO_LEDGER: { status: 409, message: 'No ledger is open.' },
  LOCKED: { status: 423, message: 'The ledger is locked.' },
  WRONG_PASSPHRASE: { status: 401, message: 'The passphrase is wrong, or the first page of the file is damaged.' },
  NOT_A_LEDGER: { status: 422, message: 'This file is not a Tallystick ledger.' },
  DAMAGED: { status: 422, message: 'The ledger is damaged.' },
  NEWER_VERSION: { status: 422, message: 'The ledger was written by a newer version of Tallystick.' },
  IN_USE: { status: 409, message: 'The ledger is open elsewhere.' },
  ALREADY_EXISTS: { status: 409, message: 'A ledger of that name exists already.' },
  NOT_FOUND: { status: 404, message: 'That is not in the ledger.' },
  REFUSED: { status: 422, message: 'That is not possible.' },
  PLAN_CHANGED: { status: 409, message: 'The ledger has changed since this plan was made. Look at the new plan.' },
  DISK_FULL: { status: 507, message: 'The disk is full. Nothing was changed.' },
  CANCELLED: { status: 499, message: 'Cancelled.' },
  KEYCHAIN_UNAVAILABLE: { status: 503, message: 'The keychain of this computer cannot be reached.' },
} as const
export type ErrorCode = keyof typeof ERRORS
