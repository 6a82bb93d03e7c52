import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ERRORS } from './primitives.ts'

const {
  WRONG_PASSPHRASE,
  NOT_A_LEDGER,
  DAMAGED,
  NEWER_VERSION,
  IN_USE,
  ALREADY_EXISTS,
  NOT_FOUND,
  REFUSED,
  NO_LEDGER,
  DISK_FULL,
  KEYCHAIN_UNAVAILABLE,
} = ERRORS

/** A file the engine knows, by an opaque reference: no path crosses the contract. */
export const ledgerFile = z.object({
  ref: z.string(),
  name: z.string(),
  /** Where it lies, in words for people (“Tallystick folder”, or the folder's name). */
  place: z.string(),
  modified: z.number().int(),
  bytes: z.number().int(),
  keychain: z.boolean(),
  sample: z.boolean(),
})
export type LedgerFile = z.infer<typeof ledgerFile>

export const profileSettings = z.object({
  name: z.string().min(1).max(120),
  jurisdiction: z.string().regex(/^([a-z]{2}|none)$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  zone: z.string().min(1),
  method: z.string(),
  scope: z.enum(['pack', 'account', 'universal']),
  taxYear: z.number().int().min(2009).max(2100),
  rounding: z.enum(['cents', 'whole']),
})
export type ProfileSettings = z.infer<typeof profileSettings>

export const sessionState = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('closed') }),
  z.object({ phase: z.literal('locked'), ref: z.string(), name: z.string() }),
  z.object({
    phase: z.literal('open'),
    ref: z.string(),
    name: z.string(),
    revision: z.number().int(),
    profile: profileSettings,
    recoveryConfirmed: z.boolean(),
    sample: z.boolean(),
    keychain: z.boolean(),
    canUndo: z.string().nullable(),
    canRedo: z.string().nullable(),
  }),
])
export type SessionState = z.infer<typeof sessionState>

export const opened = z.object({ state: sessionState, notices: z.array(z.string()) })
const passphrase = z.string().min(1).max(1024)

/** Opening, locking and keeping the ledger file. Secrets go in, never out; the recovery sheet is the one document that holds a key, and only on proof of the passphrase. */
export const sessionContract = {
  state: oc.output(sessionState),
  ledgers: oc.output(z.array(ledgerFile)),
  /** Countries with a rule pack, their methods and defaults: what the first screen offers. */
  jurisdictions: oc.output(
    z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        currency: z.string(),
        years: z.array(z.number().int()),
        defaultMethod: z.string(),
        methods: z.array(z.object({ id: z.string(), name: z.string(), note: z.string() })),
        /** What is to be verified in its rules before anybody relies on the figures; empty where the sources are settled. */
        toVerify: z.array(z.string()),
      }),
    ),
  ),
  create: oc
    .input(
      z.object({
        passphrase,
        profile: profileSettings,
        /** Name of the file without its ending, where it is to differ from the profile's name. */
        fileName: z.string().min(1).max(120).optional(),
      }),
    )
    .output(opened)
    .errors({ ALREADY_EXISTS, REFUSED, DISK_FULL }),
  createSample: oc.output(opened).errors({ REFUSED, DISK_FULL }),
  open: oc
    .input(
      z.object({
        ref: z.string(),
        with: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('passphrase'), passphrase }),
          z.object({ kind: z.literal('recovery'), key: z.string() }),
          z.object({ kind: z.literal('keychain') }),
        ]),
      }),
    )
    .output(opened)
    .errors({
      WRONG_PASSPHRASE,
      NOT_A_LEDGER,
      DAMAGED,
      NEWER_VERSION,
      IN_USE,
      NOT_FOUND,
      KEYCHAIN_UNAVAILABLE,
      DISK_FULL,
    }),
  lock: oc.output(z.object({ ok: z.literal(true) })),
  close: oc.output(z.object({ ok: z.literal(true) })),
  changePassphrase: oc
    .input(z.object({ current: passphrase, next: z.string().min(8).max(1024) }))
    .output(z.object({ recoveryVoid: z.literal(true), keychainVoid: z.boolean() }))
    .errors({ WRONG_PASSPHRASE, REFUSED, DISK_FULL, NO_LEDGER }),
  /** The printable recovery sheet as PDF bytes (base64). */
  recoverySheet: oc
    .input(z.object({ passphrase }))
    .output(z.object({ fileName: z.string(), base64: z.string(), checkWord: z.string() }))
    .errors({ WRONG_PASSPHRASE, NO_LEDGER }),
  confirmRecovery: oc
    .input(z.object({ checkWord: z.string() }))
    .output(z.object({ ok: z.boolean() }))
    .errors({ NO_LEDGER, DISK_FULL }),
  keychain: oc
    .input(z.object({ enabled: z.boolean() }))
    .output(z.object({ enabled: z.boolean() }))
    .errors({ KEYCHAIN_UNAVAILABLE, NO_LEDGER }),
  /** A verified encrypted copy beside the ledger; `download` streams it instead. */
  backup: oc.output(z.object({ fileName: z.string(), bytes: z.number().int() })).errors({ NO_LEDGER, DISK_FULL }),
  backups: oc.output(
    z.array(z.object({ ref: z.string(), fileName: z.string(), made: z.number().int(), bytes: z.number().int() })),
  ),
  /** Puts a backup beside the damaged ledger under a new name and registers it; never overwrites. */
  restore: oc
    .input(z.object({ ref: z.string() }))
    .output(ledgerFile)
    .errors({ NOT_FOUND, NOT_A_LEDGER, DISK_FULL }),
  updateProfile: oc.input(profileSettings.partial()).output(sessionState).errors({ NO_LEDGER, REFUSED, DISK_FULL }),
}
