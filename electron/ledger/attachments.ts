import { createHash, hash, randomUUID } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { type Committed, commit } from './commit.ts'
import { stageWrite } from './files.ts'
import type { ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'

/** A file that belongs to an event, kept inside the ledger. */
export interface StoredAttachment {
  readonly id: string
  readonly event: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  readonly added: number
}

const IN_FORCE = `attachment t JOIN act a ON a.id = t.act_id AND a.live = 1 JOIN attachment_content c ON c.id = t.content_id
  WHERE t.removed = 0 AND NOT EXISTS (SELECT 1 FROM attachment n JOIN act na ON na.id = n.act_id
    WHERE n.key = t.key AND n.id > t.id AND na.live = 1)`
const COLUMNS = 't.key AS id, t.event, t.name, t.type, c.size AS bytes, c.sha256, a.at AS added'

/** Attachments in force, oldest first; of one event where given. */
export const readAttachments = (ledger: ReadableLedger, event?: string): StoredAttachment[] =>
  ledger.rows<StoredAttachment>(
    `SELECT ${COLUMNS} FROM ${IN_FORCE} ${event === undefined ? '' : 'AND t.event = ?'} ORDER BY t.id`,
    ...(event === undefined ? [] : [event]),
  )

/** One attachment in force. */
export const attachmentOf = (ledger: ReadableLedger, id: string): StoredAttachment | null =>
  ledger.rows<StoredAttachment>(`SELECT ${COLUMNS} FROM ${IN_FORCE} AND t.key = ?`, id)[0] ?? null

export const countAttachments = (ledger: ReadableLedger, event: string): number =>
  ledger.value<number>(`SELECT count(*) FROM ${IN_FORCE} AND t.event = ?`, event) ?? 0

/** Makes room for bytes that are on their way; nothing sees them before `attach`. */
export function beginContent(
  ledger: WritableLedger,
): { readonly status: 'begun'; readonly content: number } | DiskFull {
  return stageWrite(ledger, (write) => ({
    status: 'begun',
    content: write.run(query.insertInto('attachment_content').values({ size: 0, sha256: null })),
  }))
}

/** Keeps the next bytes, compressed. */
export function appendContent(
  ledger: WritableLedger,
  content: number,
  bytes: Uint8Array,
): { readonly status: 'kept' } | DiskFull {
  const packed = zstdCompressSync(bytes)
  return stageWrite(ledger, (write) => {
    const [n, start] = write.tuples<[number, number]>(
      'SELECT count(*), coalesce(sum(length), 0) FROM attachment_chunk WHERE content_id = ?',
      content,
    )[0] ?? [0, 0]
    write.run(
      query.insertInto('attachment_chunk').values({
        content_id: content,
        n,
        start,
        length: bytes.length,
        sha256: hash('sha256', bytes, 'buffer'),
        bytes: packed,
      }),
    )
    return { status: 'kept' } as const
  })
}

interface ActText {
  readonly summary: string
  readonly who: string
  readonly at: number
}

/**
 * Attaches uploaded bytes to an event, as one act. Bytes that the ledger holds already are kept once: the new copy goes
 * when the ledger is next tidied.
 */
export function attach(
  ledger: WritableLedger,
  content: number,
  to: { readonly event: string; readonly name: string; readonly type: string },
  act: ActText,
): Committed<StoredAttachment> | DiskFull {
  const digest = createHash('sha256')
  let size = 0
  for (const bytes of contentChunks(ledger, content)) {
    digest.update(bytes)
    size += bytes.length
  }
  const sha256 = digest.digest('hex')
  const key = randomUUID()
  return commit(ledger, { kind: 'attach', ...act }, (write, scope) => {
    const same = write.value<number>(
      'SELECT id FROM attachment_content WHERE sha256 = ? AND size = ? AND id <> ?',
      sha256,
      size,
      content,
    )
    write.exec('UPDATE attachment_content SET size = ?, sha256 = ? WHERE id = ?', size, sha256, content)
    write.run(
      query.insertInto('attachment').values({ act_id: scope.id, key, content_id: same ?? content, ...to, removed: 0 }),
    )
    scope.touch('attachments')
    return { id: key, ...to, bytes: size, sha256, added: act.at }
  })
}

/** Takes an attachment away from its event, as one act; the bytes stay for undo. */
export function detach(ledger: WritableLedger, attachment: StoredAttachment, act: ActText): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'attach', ...act }, (write, scope) => {
    write.exec(
      `INSERT INTO attachment (act_id, key, event, content_id, name, type, removed)
       SELECT ?, key, event, content_id, name, type, 1 FROM attachment WHERE key = ? ORDER BY id DESC LIMIT 1`,
      scope.id,
      attachment.id,
    )
    scope.touch('attachments')
    return null
  })
}

/** The bytes of an attachment from `offset` on, at most one chunk of them. */
export function readAttachmentBytes(ledger: ReadableLedger, id: string, offset: number): Buffer {
  const row = ledger.rows<{ start: number; bytes: Buffer }>(
    `SELECT k.start, k.bytes FROM attachment t JOIN attachment_chunk k ON k.content_id = t.content_id
     WHERE t.id = (SELECT max(id) FROM attachment WHERE key = ?) AND k.start <= ? AND k.start + k.length > ?`,
    id,
    offset,
    offset,
  )[0]
  return row === undefined ? Buffer.alloc(0) : zstdDecompressSync(row.bytes).subarray(offset - row.start)
}

/** The bytes of a content, chunk by chunk. */
export function* contentChunks(ledger: ReadableLedger, content: number): Generator<Buffer> {
  const count = ledger.value<number>('SELECT count(*) FROM attachment_chunk WHERE content_id = ?', content) ?? 0
  for (let n = 0; n < count; n++) {
    const bytes = ledger.value<Buffer>('SELECT bytes FROM attachment_chunk WHERE content_id = ? AND n = ?', content, n)
    if (bytes !== undefined) yield zstdDecompressSync(bytes)
  }
}

/** Deletes bytes that no attachment ever named: uploads that a crash or a closed window left. In steps. */
export function* clearContents(ledger: WritableLedger): Generator<void, { readonly status: 'cleared' } | DiskFull> {
  for (;;) {
    const done = stageWrite(ledger, (write) => {
      const content = write.value<number>(
        'SELECT id FROM attachment_content c WHERE NOT EXISTS (SELECT 1 FROM attachment t WHERE t.content_id = c.id) LIMIT 1',
      )
      if (content === undefined) return { status: 'cleared', left: false } as const
      const gone = write.exec(
        'DELETE FROM attachment_chunk WHERE content_id = ? AND n IN (SELECT n FROM attachment_chunk WHERE content_id = ? LIMIT 4)',
        content,
        content,
      )
      if (gone === 0) write.exec('DELETE FROM attachment_content WHERE id = ?', content)
      return { status: 'cleared', left: true } as const
    })
    if (done.status !== 'cleared') return done
    if (!done.left) return { status: 'cleared' }
    yield
  }
}
