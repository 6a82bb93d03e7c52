/** What the engine asks of its workers. */
import type { ImportOptions, ImportSummary, ImportTable, TableCounts } from '../intake/messages.ts'
import type { StagedChunk } from '../ledger/staged.ts'
import type { OpenCall } from './ledger-workers.ts'

/** One file to read: it lies in the ledger already, as compressed chunks. */
export interface ReadFileCall {
  readonly file: number
  readonly bytes: number
  readonly options: Omit<ImportOptions, 'cancelled'>
}

/** What reading a file gives while it goes on. */
export type ReadFilePart =
  /** Before the first chunk: the tables whose rows follow; for files of several tables, all of them. */
  | { readonly type: 'tables'; readonly tables: readonly ImportTable[] }
  | { readonly type: 'chunk'; readonly chunk: StagedChunk }
  | { readonly type: 'table-end'; readonly table: number; readonly counts: TableCounts; readonly warnings: readonly string[] }
  | { readonly type: 'left-out'; readonly member: string; readonly reason: string }

export type ComputeCalls = {
  open: { input: OpenCall; output: null }
  readFile: { input: ReadFileCall; output: ImportSummary; part: ReadFilePart }
}

export type ReadCalls = {
  open: { input: OpenCall; output: null }
}
