/**
 * Typed calls between the engine thread and its workers. A worker answers one call at a time in the order they came;
 * a call may be a job, which then shares a signal buffer with the engine.
 */
import type { MessagePort, Transferable, Worker } from 'node:worker_threads'
import {
  awaitTaken,
  Cancelled,
  type JobSignal,
  jobSignal,
  newSignalBuffer,
  partTaken,
  requestCancel,
} from './job-signal.ts'

/**
 * The calls of a worker: for each name what goes in, what comes out, and, for an answer too large for one message, the
 * parts that come before. All of it is structured-cloned.
 */
export type Calls = { [name: string]: { input: unknown; output: unknown; part?: unknown } }

interface CallMessage {
  readonly id: number
  readonly name: string
  readonly input: unknown
  readonly signal: SharedArrayBuffer | null
}

type AnswerMessage =
  | { readonly id: number; readonly outcome: 'part'; readonly part: unknown }
  | { readonly id: number; readonly outcome: 'done'; readonly output: unknown }
  | { readonly id: number; readonly outcome: 'cancelled' }
  | {
      readonly id: number
      readonly outcome: 'failed'
      readonly name: string
      readonly message: string
      readonly stack: string
    }

type Handlers<C extends Calls> = {
  [N in keyof C]: (
    input: C[N]['input'],
    signal: JobSignal,
    /** Sends a part; blocks while the engine has too many to take. */
    emit: (part: C[N]['part']) => void,
  ) => C[N]['output'] | Promise<C[N]['output']>
}

/** Serves `handlers` on a worker's own port, one call after the other. `transfer` names buffers of an answer to hand over. */
export function serveCalls<C extends Calls>(
  port: Pick<MessagePort, 'on' | 'postMessage'>,
  handlers: Handlers<C>,
  transfer: (output: unknown) => Transferable[] = () => [],
): void {
  let last: Promise<void> = Promise.resolve()
  const answer = async (message: CallMessage) => {
    const respond = (reply: AnswerMessage, list: Transferable[] = []) => port.postMessage(reply, list)
    try {
      const handler = handlers[message.name]
      if (handler === undefined) throw new Error(`this worker has no call ${message.name}`)
      const signal = jobSignal(message.signal)
      signal.check()
      let sent = 0
      const emit = (part: unknown) => {
        if (message.signal === null) throw new Error(`${message.name} sends parts: it needs a signal`)
        awaitTaken(message.signal, sent)
        sent += 1
        respond({ id: message.id, outcome: 'part', part })
      }
      const output = await handler(message.input as C[string]['input'], signal, emit)
      respond({ id: message.id, outcome: 'done', output }, transfer(output))
    } catch (error) {
      if (error instanceof Cancelled) respond({ id: message.id, outcome: 'cancelled' })
      else {
        const { name, message: text, stack } = error instanceof Error ? error : new Error(String(error))
        respond({ id: message.id, outcome: 'failed', name, message: text, stack: stack ?? '' })
      }
    }
  }
  port.on('message', (message: CallMessage) => {
    last = last.then(() => answer(message))
  })
}

export interface CallOptions<Part> {
  readonly signal?: SharedArrayBuffer
  readonly transfer?: Transferable[]
  /** Takes each part, one after the other, before the answer is given. What it throws ends the call. */
  readonly onPart?: (part: Part) => void | Promise<void>
}

interface Waiter {
  readonly resolve: (output: never) => void
  readonly reject: (error: Error) => void
  readonly signal: SharedArrayBuffer | null
  readonly onPart: ((part: never) => void | Promise<void>) | null
  parts: Promise<void>
}

export interface WorkerCalls<C extends Calls> {
  /** Rejects with `Cancelled` when the job was cancelled or its worker ended, with the worker's error when it failed. */
  call<N extends keyof C & string>(
    name: N,
    input: C[N]['input'],
    options?: CallOptions<C[N]['part']>,
  ): Promise<C[N]['output']>
  /** Ends the thread at once; calls in flight are rejected with `Cancelled`. */
  terminate(): Promise<void>
  readonly ended: boolean
  /** Calls that wait for an answer. */
  readonly waiting: number
}

/** The engine's side of a worker. */
export function callWorker<C extends Calls>(worker: Worker): WorkerCalls<C> {
  const pending = new Map<number, Waiter>()
  let next = 1
  let ended = false
  const end = (reason: Error) => {
    ended = true
    for (const waiter of pending.values()) waiter.reject(reason)
    pending.clear()
  }
  worker.on('message', (answer: AnswerMessage) => {
    const waiter = pending.get(answer.id)
    if (waiter === undefined) return
    if (answer.outcome === 'part') {
      takePart(waiter, answer.part)
      return
    }
    const settle = () => {
      pending.delete(answer.id)
      if (answer.outcome === 'done') waiter.resolve(answer.output as never)
      else if (answer.outcome === 'cancelled') waiter.reject(new Cancelled())
      else {
        const error = new Error(answer.message)
        error.name = answer.name
        error.stack = answer.stack
        waiter.reject(error)
      }
    }
    waiter.parts.then(settle, (error: unknown) => {
      pending.delete(answer.id)
      waiter.reject(error instanceof Error ? error : new Error(String(error)))
    })
  })
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => end(new Cancelled()))
  return {
    get ended() {
      return ended
    },
    get waiting() {
      return pending.size
    },
    call(name, input, options = {}) {
      if (ended) return Promise.reject(new Cancelled())
      return new Promise((resolve, reject) => {
        const id = next++
        const { onPart = null } = options
        const signal = options.signal ?? (onPart === null ? null : newSignalBuffer())
        pending.set(id, {
          resolve: resolve as (output: never) => void,
          reject,
          signal,
          onPart: onPart as Waiter['onPart'],
          parts: Promise.resolve(),
        })
        const message: CallMessage = { id, name, input, signal }
        worker.postMessage(message, options.transfer ?? [])
      })
    },
    async terminate() {
      end(new Cancelled())
      await worker.terminate()
    },
  }
}

/** Parts are taken in turn; the first that fails cancels the worker's call, and the rest are dropped. */
function takePart(waiter: Waiter, part: unknown): void {
  const { signal, onPart } = waiter
  waiter.parts = waiter.parts.then(async () => {
    try {
      await onPart?.(part as never)
    } catch (error) {
      if (signal !== null) requestCancel(signal)
      throw error
    } finally {
      if (signal !== null) partTaken(signal)
    }
  })
  waiter.parts.catch(() => {})
}
