import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { keepWasmCode } from './wasm-code.ts'
import { workerUrl } from './worker-url.ts'

/** What an engine is told at its start. */
export interface EngineOptions {
  /** The folder that holds the user's ledgers; made when it is not there. */
  readonly dataFolder: string
  /** The folder of the made-up client's exports that `session.createSample` reads. Default: the one shipped beside the app. */
  readonly samplesFolder?: string
  /** Who holds the ledger, as a second door is told: “the desktop app”, “the terminal”. */
  readonly door?: string
  /** Whether the computer's keychain may be asked. Default true. */
  readonly keychain?: boolean
}

/** A ledger that was locked: what the next engine thread says until it is opened again. */
export interface LockedLedger {
  readonly ref: string
  readonly name: string
}

/** What the engine thread is started with. */
export interface EngineStart extends EngineOptions {
  readonly registered: readonly { readonly ref: string; readonly path: string }[]
  readonly locked: LockedLedger | null
}

/** What the door thread may say to the engine thread, beside the contract's frames. */
export type DoorMessage =
  | { readonly say: 'connect'; readonly port: MessagePort }
  | { readonly say: 'register'; readonly ref: string; readonly path: string }
  | { readonly say: 'lock' }
  | { readonly say: 'stop' }

/** What the engine thread says to the door thread: its ledger was locked or closed and it is about to end. */
export type EngineMessage = { readonly say: 'ending'; readonly locked: LockedLedger | null }

export interface Engine {
  /**
   * A new port that speaks the contract (oRPC over a message port), one for each page. When the ledger is locked or
   * closed, the engine's thread ends and its ports close; the next `connect` starts a new thread.
   */
  connect(): MessagePort
  /** Makes a ledger outside the data folder known; answers the reference that `session.open` takes. */
  registerLedger(path: string): string
  /** Locks the open ledger, if any: the database is closed, all threads are ended, the key is zeroed. */
  lock(): void
  /** Closes the ledger and ends the engine for good. Throws what crashed it, if anything did. */
  stop(): Promise<void>
}

/** The reference of a ledger file: stable for its path, and says nothing about it. */
export function ledgerRef(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 24)
}

/** Starts the engine's thread. Several doors' pages may connect to one engine; it holds at most one open ledger. */
export function startEngine(options: EngineOptions): Engine {
  keepWasmCode()
  const registered = new Map<string, string>()
  let locked: LockedLedger | null = null
  let thread: { worker: Worker; ended: Promise<Error | null> } | null = null
  let stopped = false

  const start = () => {
    const workerData: EngineStart = {
      ...options,
      dataFolder: resolve(options.dataFolder),
      registered: [...registered].map(([ref, path]) => ({ ref, path })),
      locked,
    }
    const worker = new Worker(workerUrl('engine-worker'), { workerData, name: 'engine' })
    let crash: Error | null = null
    const retire = () => {
      if (thread?.worker === worker) thread = null
    }
    worker.on('message', (message: EngineMessage) => {
      locked = message.locked
      retire()
    })
    const ended = new Promise<Error | null>((settle) => {
      worker.on('error', (error) => {
        crash = error instanceof Error ? error : new Error(String(error))
      })
      worker.on('exit', () => {
        retire()
        settle(crash)
      })
    })
    return { worker, ended }
  }
  const current = () => {
    if (stopped) throw new Error('the engine was stopped')
    thread ??= start()
    return thread
  }
  current()

  return {
    connect() {
      const { port1, port2 } = new MessageChannel()
      const message: DoorMessage = { say: 'connect', port: port2 }
      current().worker.postMessage(message, [port2])
      return port1
    },
    registerLedger(path) {
      const ref = ledgerRef(path)
      registered.set(ref, resolve(path))
      const message: DoorMessage = { say: 'register', ref, path: resolve(path) }
      current().worker.postMessage(message)
      return ref
    },
    lock() {
      const message: DoorMessage = { say: 'lock' }
      thread?.worker.postMessage(message)
    },
    async stop() {
      stopped = true
      if (thread === null) return
      const message: DoorMessage = { say: 'stop' }
      const { worker, ended } = thread
      worker.postMessage(message)
      const error = await ended
      if (error !== null) throw error
    },
  }
}
