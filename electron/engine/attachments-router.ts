import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import {
  appendContent,
  attach,
  attachmentOf,
  beginContent,
  detach,
  readAttachmentBytes,
  readAttachments,
  type StoredAttachment,
} from '../ledger/attachments.ts'
import { newestLive } from '../ledger/link-targets.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { orDiskFull } from './intake-jobs.ts'
import type { OpenLedger } from './open-ledger.ts'

const attachments = implement(engineContract).attachments

interface Upload {
  readonly open: OpenLedger
  readonly content: number
  readonly event: string
  readonly name: string
  readonly type: string
  /** As many bytes as were announced. */
  readonly size: number
  chunks: number
  bytes: number
}

const CHUNK_BYTES = 1_048_576

/**
 * A name as a label: the last part of a path, without what would hide or turn round the letters beside it. Nothing is
 * ever written under it unasked.
 */
function plainName(name: string): string {
  const last =
    name
      .toWellFormed()
      .split(/[/\\]/)
      .findLast((part) => part.trim() !== '') ?? ''
  const shown = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]+/gu, ' ').trim()
  return shown === '' || /^\.+$/.test(shown) ? 'attachment' : shown
}

/** Files that prove or explain an event, kept inside the ledger. */
export function attachmentsRouter(engine: Engine) {
  const uploads = new Map<string, Upload>()
  const found = (id: string): StoredAttachment => {
    const one = attachmentOf(engine.opened().ledger, id)
    if (one === null) throw failure('NOT_FOUND', 'There is no such attachment in this ledger.')
    return one
  }
  return attachments.router({
    list: attachments.list.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        attachments: readAttachments(ledger, input.event).map((one) => ({ ...one })),
      }))
    }),
    begin: attachments.begin.handler(({ input }) => {
      const open = engine.opened()
      if (newestLive(open.ledger, input.event) === undefined)
        throw failure('NOT_FOUND', `${input.event} is not in the books.`)
      const { content } = orDiskFull(beginContent(open.ledger))
      const upload = randomUUID()
      const { event, type, bytes: size } = input
      const name = plainName(input.name)
      uploads.set(upload, { open, content, event, name, type, size, chunks: 0, bytes: 0 })
      return { upload }
    }),
    chunk: attachments.chunk.handler(({ input }) => {
      const { ledger } = engine.opened()
      const upload = uploads.get(input.upload)
      if (upload === undefined || upload.open !== engine.current())
        throw failure('NOT_FOUND', 'There is no such upload. Attach the file again.')
      if (input.index !== upload.chunks)
        throw failure('REFUSED', `${upload.name}: chunk ${input.index} came where chunk ${upload.chunks} was expected.`)
      const bytes = Buffer.from(input.base64, 'base64')
      if (bytes.length > CHUNK_BYTES)
        throw failure('REFUSED', `${upload.name}: a chunk has at most ${CHUNK_BYTES} bytes.`)
      const total = upload.bytes + bytes.length
      if (total > upload.size || (input.last && total < upload.size)) {
        uploads.delete(input.upload)
        const came = total > upload.size ? 'More bytes came' : 'Fewer bytes came'
        throw failure('REFUSED', `${came} of ${upload.name} than it has (${upload.size}). Nothing of it was kept.`)
      }
      if (bytes.length > 0) orDiskFull(appendContent(ledger, upload.content, bytes))
      upload.chunks += 1
      upload.bytes += bytes.length
      if (!input.last) return { attachment: null, revision: ledger.revision() }
      uploads.delete(input.upload)
      const { content, event, name, type } = upload
      const act = { ...person(), summary: `attach a file to an event` }
      const done = engine.committed(attach(ledger, content, { event, name, type }, act))
      return { attachment: { ...done.value }, revision: done.revision }
    }),
    read: attachments.read.handler(({ input }) => {
      const { ledger } = engine.opened()
      const one = found(input.id)
      const bytes = readAttachmentBytes(ledger, input.id, input.offset)
      return { base64: bytes.toString('base64'), bytes: one.bytes, end: input.offset + bytes.length >= one.bytes }
    }),
    remove: attachments.remove.handler(({ input }) => {
      const { ledger } = engine.opened()
      const act = { ...person(), summary: 'take a file away from an event' }
      const done = engine.committed(detach(ledger, found(input.id), act))
      return { act: String(done.act), revision: done.revision }
    }),
  })
}
