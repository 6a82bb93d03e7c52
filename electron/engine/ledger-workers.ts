import { Worker } from 'node:worker_threads'
import { type Calls, callWorker, type WorkerCalls } from './worker-calls.ts'
import type { ComputeCalls, ReadCalls } from './worker-protocol.ts'
import { type WorkerName, workerUrl } from './worker-url.ts'

/** What every worker of a ledger is told first. The key is memory that all threads share and that closing zeroes. */
export interface OpenCall {
  readonly path: string
  readonly key: SharedArrayBuffer
}

/** A worker that is started at the first call and again after it was ended. */
export interface LedgerWorker<C extends Calls> {
  calls(): WorkerCalls<C>
  /** Ends the thread at once; the next call starts another. */
  terminate(): Promise<void>
}

/** The workers of the open ledger, each with a read-only connection of its own. */
export interface LedgerWorkers {
  readonly compute: LedgerWorker<ComputeCalls>
  readonly read: LedgerWorker<ReadCalls>
  /** The same entry as `compute` in its own thread, so that reading files waits for no computation. */
  readonly intake: LedgerWorker<ComputeCalls>
  /** The same entry again for what asks “what if”, so that no read of the books waits for it. */
  readonly whatIf: LedgerWorker<ComputeCalls>
  terminate(): Promise<void>
}

/** Workers are started when they are first needed. */
export function ledgerWorkers(path: string, key: SharedArrayBuffer): LedgerWorkers {
  const compute = ledgerWorker<ComputeCalls>('compute-worker', path, key)
  const intake = ledgerWorker<ComputeCalls>('compute-worker', path, key)
  const whatIf = ledgerWorker<ComputeCalls>('compute-worker', path, key)
  const read = ledgerWorker<ReadCalls>('read-worker', path, key)
  return {
    compute,
    intake,
    whatIf,
    read,
    async terminate() {
      await Promise.all([compute.terminate(), intake.terminate(), whatIf.terminate(), read.terminate()])
    },
  }
}

function ledgerWorker<C extends Calls & { open: { input: OpenCall; output: null } }>(
  name: WorkerName,
  path: string,
  key: SharedArrayBuffer,
): LedgerWorker<C> {
  let current: WorkerCalls<C> | null = null
  return {
    calls() {
      if (current === null || current.ended) {
        current = callWorker<C>(new Worker(workerUrl(name), { name }))
        current.call('open', { path, key }).catch(() => {})
      }
      return current
    },
    async terminate() {
      const ending = current
      current = null
      await ending?.terminate()
    },
  }
}
