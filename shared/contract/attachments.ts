import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ERRORS, instant, uploadChunk } from './primitives.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL } = ERRORS

/** A file that proves or explains an event, kept inside the ledger. */
export const attachment = z.object({
  id: z.string(),
  event: z.string(),
  name: z.string(),
  /** As the page's computer calls it, for example `application/pdf`; only a hint. */
  type: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  added: instant,
})
export type Attachment = z.infer<typeof attachment>

/** Any one attachment has at most so many bytes. */
export const LARGEST_ATTACHMENT = 100 * 1_048_576

/** Attachments to events: up in chunks of at most 1 MiB, down the same way. */
export const attachmentsContract = {
  list: oc
    .input(z.object({ event: z.string().optional() }))
    .output(z.object({ revision: z.number().int(), attachments: z.array(attachment) }))
    .errors({ NO_LEDGER }),
  begin: oc
    .input(
      z.object({
        event: z.string(),
        name: z.string().min(1).max(255),
        type: z.string().max(200).default(''),
        bytes: z.number().int().min(0).max(LARGEST_ATTACHMENT),
      }),
    )
    .output(z.object({ upload: z.string() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  /** The last chunk makes the attachment, as one act; before it nothing is seen. */
  chunk: oc
    .input(uploadChunk)
    .output(z.object({ attachment: attachment.nullable(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, DISK_FULL }),
  read: oc
    .input(z.object({ id: z.string(), offset: z.number().int().min(0) }))
    .output(z.object({ base64: z.string(), bytes: z.number().int(), end: z.boolean() }))
    .errors({ NO_LEDGER, NOT_FOUND }),
  remove: oc
    .input(z.object({ id: z.string() }))
    .output(z.object({ act: z.string(), revision: z.number().int() }))
    .errors({ NO_LEDGER, NOT_FOUND, DISK_FULL }),
}
