import { performance } from 'node:perf_hooks'

/** Locks after so many minutes without a request until the user says otherwise. */
export const DEFAULT_IDLE_MINUTES = 15
const CHECK_MS = 5_000
/** The wall clock runs on while a computer sleeps, the monotonic one does not: apart by this much, it has slept. */
const SLEPT_MS = 30_000

/** Two clocks in milliseconds: `wall` goes on during sleep, `running` does not. */
export type Clocks = { wall: () => number; running: () => number }

export type IdleLock = {
  /** The user did something. */
  active(): void
  /** 0 turns the idle lock off; sleep still locks. */
  setMinutes(minutes: number): void
  /** Looks at the clocks; called on a timer by `start`. */
  check(): void
  /** Checks every few seconds without keeping the process alive. Gives what ends that. */
  start(): () => void
}

/** Calls `lock` once when nobody did anything for the time set, and once when the computer was asleep. */
export function createIdleLock(
  lock: () => void,
  firstMinutes: number = DEFAULT_IDLE_MINUTES,
  clocks: Clocks = { wall: Date.now, running: () => performance.now() },
): IdleLock {
  let minutes = firstMinutes
  let lastActive = clocks.running()
  let lockedSinceActive = false
  let apart = clocks.wall() - clocks.running()

  const check = (): void => {
    const nowApart = clocks.wall() - clocks.running()
    const slept = nowApart - apart > SLEPT_MS
    apart = nowApart
    const idle = minutes > 0 && clocks.running() - lastActive >= minutes * 60_000
    if (!slept && (!idle || lockedSinceActive)) return
    lockedSinceActive = true
    lock()
  }
  return {
    active() {
      lastActive = clocks.running()
      lockedSinceActive = false
    },
    setMinutes(wanted) {
      minutes = wanted
    },
    check,
    start() {
      const timer = setInterval(check, CHECK_MS)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
