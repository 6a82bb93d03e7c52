/** A worker with a read-only connection of its own: reads files, matches, computes, renders. It never writes. */
import { parentPort } from 'node:worker_threads'
import { type ReadableLedger, readable } from '../ledger/handles.ts'
import { backUpInWorker } from '../vault/backup.ts'
import { openReader } from '../vault/vault.ts'
import { bookCalls } from './book-calls.ts'
import { readFile } from './read-file.ts'
import { createTaxBook, type TaxBook } from './tax-book.ts'
import { createTracer, type Tracer } from './trace.ts'
import { verifyLedger } from './verify-ledger.ts'
import { createWhatIf, type WhatIf } from './what-if.ts'
import { serveCalls } from './worker-calls.ts'
import type { ComputeCalls } from './worker-protocol.ts'

const engine = parentPort
if (engine === null) throw new Error('this runs as a worker thread')

interface Opened {
  readonly ledger: ReadableLedger
  readonly path: string
  readonly key: SharedArrayBuffer
  readonly book: TaxBook
  readonly tracer: Tracer
  readonly whatIf: WhatIf
}

let opened: Opened | null = null
const open = (): Opened => {
  if (opened === null) throw new Error('the worker was not given its ledger')
  return opened
}

serveCalls<ComputeCalls>(engine, {
  open({ path, key }) {
    const ledger = readable(openReader(path, key))
    const book = createTaxBook(ledger)
    opened = { ledger, path, key, book, tracer: createTracer(ledger, book), whatIf: createWhatIf(book) }
    return null
  },
  backUp: ({ target }) => backUpInWorker(open().path, open().key, target),
  readFile: (call, signal, emit) => readFile(open().ledger, call, signal, emit),
  verify: (_, signal) => verifyLedger(open().path, open().key, signal),
  ...bookCalls(open),
})
