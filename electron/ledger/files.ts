import { createHash, type Hash, hash, randomUUID } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { gateOf, type LedgerWrite, type ReadableLedger, type WritableLedger } from './handles.ts'
import { DISK_FULL, type DiskFull, isDiskFull, query } from './sqlite.ts'
import type { BatchOrigin, BatchRow, FileRow } from './staged.ts'

/** Original bytes are kept in chunks of this size, each compressed on its own so that any row can be read alone. */
export const CHUNK_BYTES = 1_048_576

export interface BegunBatch {
  readonly status: 'begun'
  readonly batch: BatchRow
  readonly key: string
}

/**
 * Runs a small write that no query sees yet: no act, no audit line, no revision. Staging is not synced to the disk
 * (`synchronous=NORMAL`): what a power cut takes of it is a preview, deleted at the next open anyway. `commit` syncs
 * all of it with its own step.
 */
export function stageWrite<Value>(ledger: WritableLedger, fn: (write: LedgerWrite) => Value): Value | DiskFull {
  const gate = gateOf(ledger)
  gate.setSync('NORMAL')
  try {
    return gate.connection.transaction(() => fn(gate.write)).immediate()
  } catch (error) {
    if (isDiskFull(error)) return DISK_FULL
    throw error
  }
}

/** Opens a staged batch: an import being previewed. Nothing in it is seen by any query until `executeBatch`. */
export function beginBatch(
  ledger: WritableLedger,
  options: { readonly origin: BatchOrigin; readonly title: string; readonly at: number },
): BegunBatch | DiskFull {
  const key = randomUUID()
  return stageWrite(ledger, (write) => ({
    status: 'begun',
    key,
    batch: write.run(
      query.insertInto('batch').values({
        key,
        origin: options.origin,
        title: options.title,
        state: 'staged',
        made_at: options.at,
        executed_at: null,
        act_id: null,
        plan_hash: null,
        sealed_at_import: null,
      }),
    ),
  }))
}

/** The row of the batch that `beginBatch` named `key`. */
export const batchByKey = (ledger: ReadableLedger, key: string): BatchRow | undefined =>
  ledger.first(query.selectFrom('batch').select('id').where('key', '=', key))?.id

/** Adds a file to a staged batch; its bytes follow in order through `appendFileChunk`. */
export function beginFile(
  ledger: WritableLedger,
  batch: BatchRow,
  options: { readonly name: string; readonly size: number },
): { readonly status: 'begun'; readonly file: FileRow } | DiskFull {
  return stageWrite(ledger, (write) => ({
    status: 'begun',
    file: write.run(
      query.insertInto('source_file').values({
        batch_id: batch,
        name: options.name,
        size: options.size,
        state: 'uploading',
        sha256: null,
        encoding: null,
        source: null,
        layout: null,
        reader_version: null,
        account_id: null,
        zone: null,
        record_first: null,
        record_last: null,
        event_first: null,
        event_last: null,
        first: null,
        last: null,
        bytes_of: null,
      }),
    ),
  }))
}

interface Upload {
  readonly digest: Hash
  chunks: number
  bytes: number
}
const uploads = new WeakMap<WritableLedger, Map<FileRow, Upload>>()

function uploadOf(ledger: WritableLedger, file: FileRow): Upload {
  let files = uploads.get(ledger)
  if (!files) {
    files = new Map()
    uploads.set(ledger, files)
  }
  let upload = files.get(file)
  if (!upload) {
    upload = { digest: createHash('sha256'), chunks: 0, bytes: 0 }
    files.set(file, upload)
  }
  return upload
}

/** Keeps the next bytes of a file (at most `CHUNK_BYTES`), compressed. Some 5 ms a chunk. */
export function appendFileChunk(
  ledger: WritableLedger,
  file: FileRow,
  bytes: Uint8Array,
): { readonly status: 'kept'; readonly bytes: number } | DiskFull {
  if (bytes.length > CHUNK_BYTES) throw new Error(`a chunk has at most ${CHUNK_BYTES} bytes`)
  const upload = uploadOf(ledger, file)
  const packed = zstdCompressSync(bytes)
  const sha256 = hash('sha256', bytes, 'buffer')
  const kept = stageWrite(ledger, (write) => {
    write.exec(
      'INSERT INTO file_chunk (file_id, n, start, length, sha256, bytes) VALUES (?, ?, ?, ?, ?, ?)',
      file,
      upload.chunks,
      upload.bytes,
      bytes.length,
      sha256,
      packed,
    )
    return { status: 'kept', bytes: upload.bytes + bytes.length } as const
  })
  if (kept.status === 'kept') {
    upload.digest.update(bytes)
    upload.chunks++
    upload.bytes += bytes.length
  }
  return kept
}

/**
 * Ends the upload. `seenIn` names the live batches that hold a file of the very same bytes already, so that the preview
 * can say so.
 */
export function finishFile(
  ledger: WritableLedger,
  file: FileRow,
):
  | { readonly status: 'uploaded'; readonly sha256: string; readonly size: number; readonly seenIn: readonly string[] }
  | DiskFull {
  const upload = uploadOf(ledger, file)
  const sha256 = upload.digest.digest('hex')
  uploads.get(ledger)?.delete(file)
  return stageWrite(ledger, (write) => {
    write.exec(
      `UPDATE source_file SET sha256 = ?, size = ?, state = 'uploaded' WHERE id = ?`,
      sha256,
      upload.bytes,
      file,
    )
    const seenIn = write.column<string>(
      `SELECT DISTINCT b.key FROM source_file f JOIN batch b ON b.id = f.batch_id
       WHERE f.sha256 = ? AND f.id <> ? AND b.state = 'live'`,
      sha256,
      file,
    )
    return { status: 'uploaded', sha256, size: upload.bytes, seenIn } as const
  })
}

/**
 * Keeps what the engine found out about a staged file (candidates, warnings, a problem), over what it noted before. A
 * file that cannot be read at all is marked `failed`; the rest of its batch can still be executed.
 */
export function noteFile(
  ledger: WritableLedger,
  file: FileRow,
  detail: Readonly<Record<string, unknown>>,
  state?: 'failed',
): { readonly status: 'noted' } | DiskFull {
  return stageWrite(ledger, (write) => {
    write.exec('UPDATE source_file SET detail = json_patch(detail, ?) WHERE id = ?', JSON.stringify(detail), file)
    if (state) write.exec('UPDATE source_file SET state = ? WHERE id = ?', state, file)
    return { status: 'noted' } as const
  })
}

/** The file that holds the bytes of `file`: itself, or the one that it reads again. */
export const fileOfBytes = (ledger: ReadableLedger, file: FileRow): FileRow =>
  ledger.value<number | null>('SELECT bytes_of FROM source_file WHERE id = ?', file) ?? file

interface ChunkRow {
  readonly start: number
  readonly length: number
  readonly bytes: Buffer
}

/** Bytes `[offset, offset + length)` of an original file, as they were; fewer at its end. */
export function readFileBytes(ledger: ReadableLedger, file: FileRow, offset: number, length: number): Buffer {
  const rows = ledger.rows<ChunkRow>(
    'SELECT start, length, bytes FROM file_chunk WHERE file_id = ? AND start < ? AND start + length > ? ORDER BY start',
    fileOfBytes(ledger, file),
    offset + length,
    offset,
  )
  return Buffer.concat(
    rows.map((row) => {
      const plain = zstdDecompressSync(row.bytes)
      return plain.subarray(Math.max(0, offset - row.start), Math.min(row.length, offset + length - row.start))
    }),
  )
}

/** The original file, chunk by chunk, for a reader that streams it. */
export function* readFileChunks(ledger: ReadableLedger, row: FileRow): Generator<Buffer> {
  const file = fileOfBytes(ledger, row)
  const count = ledger.value<number>('SELECT count(*) FROM file_chunk WHERE file_id = ?', file) ?? 0
  for (let n = 0; n < count; n++) {
    const bytes = ledger.value<Buffer>('SELECT bytes FROM file_chunk WHERE file_id = ? AND n = ?', file, n)
    if (bytes) yield zstdDecompressSync(bytes)
  }
}
