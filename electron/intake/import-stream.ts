/**
 * One file in, pushed as chunks; tables, rows, events and prices out, as batches. Memory is bounded by the chunk, the
 * open groups of events and the batch, never by the file. No worker, no clock, no disk: the caller brings the bytes and
 * takes the messages.
 */
import { createHash } from 'node:crypto'
import { recipeFormat } from '../../shared/recipes/recipe-format.ts'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import type { SourceFormat } from '../../shared/sources/source-format.ts'
import { FileReader } from './file-reader.ts'
import { CANCELLED, ImportRun, type ImportSink } from './import-run.ts'
import type { ImportOptions, ImportSummary } from './messages.ts'

/** Chunks may be of any size; the contract sends at most this many bytes. */
export const CHUNK_BYTES = 1_048_576

export interface ImportStream {
  /** Takes the next bytes; resolves when there is room for more. The bytes must not be changed until then. */
  push(chunk: Uint8Array): Promise<void>
  /** No more bytes: reads what is left and tells how it went. */
  end(): Promise<ImportSummary>
}

/** Opens an import. `formats` is for tests; by default all that Tallystick knows. */
export function openImport(
  options: ImportOptions,
  sink: ImportSink,
  formats: readonly SourceFormat[] = SOURCE_FORMATS,
): ImportStream {
  const recipes = (options.recipes ?? []).map(recipeFormat)
  const run = new ImportRun(options, sink, recipes.length === 0 ? formats : [...formats, ...recipes])
  const reader = new FileReader(run, null, 'bytes')
  const whole = createHash('sha256')
  let bytes = 0
  let problem: string | null = null

  const write = async (chunk: Uint8Array, last: boolean): Promise<void> => {
    if (problem !== null) return
    if (run.isCancelled) {
      problem = CANCELLED
      return
    }
    problem = await reader.write(chunk, last)
  }

  return {
    async push(chunk) {
      if (chunk.length === 0) return
      whole.update(chunk)
      bytes += chunk.length
      await write(chunk, false)
    },
    async end() {
      await write(new Uint8Array(0), true)
      return {
        tables: run.tables,
        counts: run.counts,
        sha256: whole.digest('hex'),
        bytes,
        problem,
        leftOut: run.leftOut,
        unknownTables: run.unknown,
      }
    },
  }
}
