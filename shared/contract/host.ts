import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'

/** What a door answers itself: the window, files on this computer, the idle lock. Paths stay on the door's side. */
export const hostContract = {
  about: oc.output(
    z.object({
      door: z.enum(['desktop', 'browser']),
      version: z.string(),
      platform: z.string(),
      canPickLedger: z.boolean(),
      canSaveFiles: z.boolean(),
      /** After how long nobody at the computer locks the ledger; 0 for never. */
      idleMinutes: z.number().int(),
    }),
  ),
  /** Desktop: an open dialog for a ledger elsewhere; answers a reference that `session.open` takes, or null. */
  pickLedger: oc.output(z.object({ ref: z.string().nullable() })),
  /** Desktop: a save dialog. The browser door answers `saved: false` and the page offers a download. */
  saveFile: oc
    .input(z.object({ fileName: z.string(), mediaType: z.string(), base64: z.string() }))
    .output(z.object({ saved: z.boolean(), name: z.string().nullable() })),
  idleLock: oc
    .input(z.object({ minutes: z.number().int().min(0).max(240) }))
    .output(z.object({ minutes: z.number().int() })),
  /** `lock` when the computer sleeps or the user is idle; `focus` when a second start brought this window up. */
  signals: oc.output(eventIterator(z.object({ signal: z.enum(['lock', 'focus', 'quit']) }))),
}
