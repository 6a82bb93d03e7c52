/** A worker with a read-only connection of its own: reads files, matches, computes, renders. It never writes. */
import { parentPort } from 'node:worker_threads'
import { type ReadableLedger, readable } from '../ledger/handles.ts'
import { openReader } from '../vault/vault.ts'
import { readFile } from './read-file.ts'
import { serveCalls } from './worker-calls.ts'
import type { ComputeCalls } from './worker-protocol.ts'

const engine = parentPort
if (engine === null) throw new Error('this runs as a worker thread')

let opened: ReadableLedger | null = null
const ledger = (): ReadableLedger => {
  if (opened === null) throw new Error('the worker was not given its ledger')
  return opened
}

serveCalls<ComputeCalls>(engine, {
  open({ path, key }) {
    opened = readable(openReader(path, key))
    return null
  },
  readFile: (call, signal, emit) => readFile(ledger(), call, signal, emit),
})
