/** Two 32-bit words, then two doubles. */
const CANCEL = 0
const TAKEN = 1
const DONE = 1
const TOTAL = 2

/** Parts of an answer that may be on their way before the worker waits for the engine. */
const MOST_UNDERWAY = 6
const WAIT_MS = 50

/** Thrown inside a worker to leave a job that was cancelled; it never leaves the worker as an error. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled')
    this.name = 'Cancelled'
  }
}

/** What a job may do about itself: say how far it is, and learn that nobody waits for it any more. */
export interface JobSignal {
  readonly cancelled: boolean
  progress(done: number, total: number | null): void
  /** Throws `Cancelled` once the job was cancelled. Cheap enough to call every 1,000 rows. */
  check(): void
}

/** The memory that a job's two sides share: a cancel flag, and how far it is. */
export function newSignalBuffer(): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(24)
  new Float64Array(buffer)[TOTAL] = -1
  return buffer
}

/** The worker's side. Without a buffer (a call that is no job) nothing can be cancelled and progress is dropped. */
export function jobSignal(buffer: SharedArrayBuffer | null): JobSignal {
  if (buffer === null) return { cancelled: false, progress: () => {}, check: () => {} }
  const flag = new Int32Array(buffer, 0, 1)
  const counts = new Float64Array(buffer)
  const isCancelled = () => Atomics.load(flag, CANCEL) === 1
  return {
    get cancelled() {
      return isCancelled()
    },
    progress(done, total) {
      counts[DONE] = done
      counts[TOTAL] = total ?? -1
    },
    check() {
      if (isCancelled()) throw new Cancelled()
    },
  }
}

/**
 * The worker's side of a stream of parts: waits until the engine has taken all but the last few of the `sent` ones, so
 * that memory stays bounded however fast the worker is. Throws `Cancelled` once nobody takes them any more.
 */
export function awaitTaken(buffer: SharedArrayBuffer, sent: number): void {
  const words = new Int32Array(buffer, 0, 2)
  for (;;) {
    if (Atomics.load(words, CANCEL) === 1) throw new Cancelled()
    const taken = Atomics.load(words, TAKEN)
    if (sent - taken < MOST_UNDERWAY) return
    Atomics.wait(words, TAKEN, taken, WAIT_MS)
  }
}

/** The engine's side of a stream of parts: one more was taken. */
export function partTaken(buffer: SharedArrayBuffer): void {
  const words = new Int32Array(buffer, 0, 2)
  Atomics.add(words, TAKEN, 1)
  Atomics.notify(words, TAKEN)
}

/** The engine's side: raises the cancel flag. */
export function requestCancel(buffer: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(buffer, 0, 1), CANCEL, 1)
}

/** The engine's side: how far the job is. */
export function readProgress(buffer: SharedArrayBuffer): { done: number; total: number | null } {
  const counts = new Float64Array(buffer)
  const total = counts[TOTAL] ?? -1
  return { done: counts[DONE] ?? 0, total: total < 0 ? null : total }
}
