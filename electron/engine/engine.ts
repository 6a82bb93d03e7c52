import type { Topic } from '../../shared/contract/live.ts'
import type { DiskFull } from '../ledger/sqlite.ts'
import { failure } from './failure.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createLive, type Live } from './live.ts'
import type { OpenLedger } from './open-ledger.ts'
import { readProfileSettings } from './profile.ts'
import { createRegistry, type Registry } from './registry.ts'
import type { EngineStart, LockedLedger } from './start-engine.ts'

/** What all procedures share: the open ledger, if any, and how to tell the pages what changed. */
export interface Engine {
  readonly options: EngineStart
  readonly registry: Registry
  readonly live: Live
  readonly jobs: Jobs
  readonly locked: LockedLedger | null
  /** The open ledger, or null. */
  current(): OpenLedger | null
  /** The open ledger; throws NO_LEDGER where there is none. */
  opened(): OpenLedger
  attach(open: OpenLedger): void
  /** The same ledger under another key: after a change of passphrase. */
  replace(open: OpenLedger): void
  /** Closes the ledger, ends its workers, zeroes the key, and ends this thread. */
  shut(how: 'locked' | 'closed' | 'stopped'): Promise<void>
  /** Tells every page what a commit touched, and hands its value on. A full disk is thrown as the contract's error. */
  committed<T extends { readonly revision: number; readonly topics: readonly Topic[] }>(result: T | DiskFull): T
}

/** @param end called once, when this thread has nothing left to do */
export function createEngine(options: EngineStart, end: (locked: LockedLedger | null) => void): Engine {
  const registry = createRegistry(options.dataFolder, options.registered)
  const live = createLive()
  const jobs = createJobs((list) => live.jobs(list))
  let open: OpenLedger | null = null
  let shutting: Promise<void> | null = null

  const detach = async () => {
    const closing = open
    open = null
    jobs.cancelAll()
    await closing?.close()
  }

  return {
    options,
    registry,
    live,
    jobs,
    locked: options.locked,
    current: () => open,
    opened() {
      if (open === null) throw failure('NO_LEDGER', options.locked === null ? undefined : 'The ledger is locked.')
      return open
    },
    attach(ledger) {
      if (open !== null) throw new Error('a ledger is open already')
      open = ledger
    },
    replace(ledger) {
      open = ledger
    },
    shut(how) {
      if (how === 'locked' && open === null) return Promise.resolve()
      const locked =
        how === 'locked' && open !== null ? { ref: open.ref, name: readProfileSettings(open.ledger).name } : null
      shutting ??= detach()
        .catch((error: unknown) => {
          process.stderr.write(
            `engine: the ledger did not close cleanly: ${error instanceof Error ? error.name : 'unknown error'}\n`,
          )
        })
        .then(() => end(locked))
      return shutting
    },
    committed(result) {
      if ('status' in result && result.status === 'disk-full') throw failure('DISK_FULL', result.text)
      const done = result as Exclude<typeof result, DiskFull>
      live.changed(done.revision, done.topics)
      return done
    },
  }
}
